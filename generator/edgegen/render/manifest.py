"""`.edgegen/manifest.json`: who owns each file of a project, and the content edgegen gave it.

`generated` files are rewritten by `edgegen export`; `user` files were written once. The hash tells a later update
whether a file is still as edgegen wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edgegen.errors import ProjectError
from edgegen.paths import atomic_write, file_sha256
from edgegen.version import __version__

MANIFEST: Final = Path(".edgegen") / "manifest.json"
GENERATED: Final = "generated"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: `owner` is "generated" or "user", `sha256` the content edgegen wrote, in hex."""

    owner: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was read: the edgegen that wrote the project, its files by path with forward slashes, and its slug.

    The slug names folders and targets that are the user's by now, so it stays when `app.name` changes.
    """

    edgegen: str
    slug: str
    files: dict[str, Entry]


def build_manifest(project: Path, files: Iterable[Path]) -> dict[str, Entry]:
    """The manifest of `files` (relative to `project`), keyed by path with forward slashes."""
    return {
        path.as_posix(): Entry(
            owner="generated" if path.parts[0] == GENERATED else "user",
            sha256=file_sha256(project / path),
        )
        for path in sorted(files)
    }


def write_manifest(project: Path, entries: dict[str, Entry], platform: str, slug: str) -> None:
    """Writes the manifest, whole or not at all."""
    (project / MANIFEST).parent.mkdir(exist_ok=True)
    document = {
        "edgegen": __version__,
        "platform": platform,
        "slug": slug,
        "files": {path: {"owner": e.owner, "sha256": e.sha256} for path, e in sorted(entries.items())},
    }
    atomic_write(project / MANIFEST, json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def read_manifest(project: Path) -> Manifest:
    """The manifest of a project; ProjectError if it is missing or not what edgegen writes."""
    path = project / MANIFEST
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        files = {name: Entry(owner=e["owner"], sha256=e["sha256"]) for name, e in document["files"].items()}
        return Manifest(str(document["edgegen"]), str(document["slug"]), files)
    except FileNotFoundError:
        raise ProjectError(
            "there is no manifest, so this is not a project of edgegen's",
            where=str(path),
            hint="Make one with edgegen new",
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ProjectError(
            "the manifest cannot be read", where=str(path), hint="Restore the file from version control"
        ) from None
