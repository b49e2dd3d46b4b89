"""Exported models by the hash of everything they were made from.

    cache/exports/<key>/model.pte, report.json     a finished entry; report.json holds the file's own SHA-256
    cache/exports/<key>/model.mlpackage/…          the same with a folder, whose SHA-256 is over paths and contents
    cache/exports/.<key>.edgegen-…                 an entry being written, or left by a killed run

An entry appears by one rename and is checked whenever it is read; one that does not match its hash is removed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from edgegen.errors import ProjectError
from edgegen.exporters.job import ExportReport, ExportResult
from edgegen.paths import cache_dir, content_sha256, file_errors, remove_tree, replace_dir, staging

_REPORT: Final = "report.json"
_LEFTOVER_AGE_S: Final = 3600.0


def lookup(key: str, file_name: str) -> ExportResult | None:
    """The finished entry of that key, or None where there is none or it is damaged."""
    folder = _folder(key)
    path = folder / file_name
    try:
        document = json.loads((folder / _REPORT).read_text(encoding="utf-8"))
        digest = document.pop("sha256")
        report = ExportReport(**document)
        if content_sha256(path) == digest:
            return ExportResult(path, dataclasses.replace(report, cached=True))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    remove_tree(folder)
    return None


def store(key: str, file_name: str, write: Callable[[Path], ExportReport]) -> ExportResult:
    """Keeps what `write(path)` wrote (a file or a folder) and reported under `key`.

    Raises ProjectError where that cannot be written.
    """
    folder = _folder(key)
    _remove_old_leftovers(folder.parent)
    with staging(folder) as temporary, file_errors(folder, "write the cache"):
        path = temporary / file_name
        report = write(path)
        document = {**dataclasses.asdict(report), "sha256": content_sha256(path)}
        (temporary / _REPORT).write_text(json.dumps(document, indent=2), encoding="utf-8")
        try:
            replace_dir(temporary, folder)
        except ProjectError:
            # Another process may have finished the same export in this moment: its entry is as good.
            if lookup(key, file_name) is None:
                raise
    return ExportResult(folder / file_name, report)


def _remove_old_leftovers(exports: Path) -> None:
    """Removes what killed runs left; a young one may belong to an export that is running now."""
    for leftover in exports.glob(".*.edgegen-*"):
        with contextlib.suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _LEFTOVER_AGE_S:
                remove_tree(leftover)


def _folder(key: str) -> Path:
    return cache_dir() / "exports" / key
