"""`.edgegen/base.json.gz`, the recorded base: the text edgegen gave each file that has been the user's since.

The manifest's hashes tell whether a file was edited; only its text tells what the edit was, which is what
`edgegen diff` shows and `edgegen update` keeps. Recorded are the texts among the user's files and which files were
executable: not generated/ (it is written anew), not edgegen.toml and labels.txt (no template of ours is behind them),
and not pictures and jars, which nobody merges. The file is compressed, a quarter of the texts' size, and has no time
stamp in it: same texts, same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edgegen.errors import ProjectError
from edgegen.paths import atomic_write
from edgegen.render.manifest import (
    MANIFEST,
    Entry,
    Manifest,
    build_manifest,
    generated_folder,
    is_template_file,
    write_manifest,
)
from edgegen.render.merge import is_text

BASE: Final = MANIFEST.with_name("base.json.gz")
_SCHEMA: Final = 1
# A project has less than one megabyte of text; a damaged file may claim any size.
_LARGEST_BASE: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class Base:
    """Texts as edgegen wrote them, by path with forward slashes; `executable` also names files that are no text.

    A path of the manifest that is missing from `texts` is no text, or its text is not known any more.
    """

    texts: Mapping[str, bytes]
    executable: frozenset[str]


def record(project: Path, files: list[Path], platform: str, slug: str) -> None:
    """Writes the manifest and the base of a project whose `files` (relative) were just written by edgegen."""
    entries = build_manifest(project, files, generated_folder(platform))
    write_manifest(project, entries, platform, slug)
    atomic_write(project / BASE, encode(collect(project, entries)))


def record_missing(project: Path, entries: Mapping[str, Entry], rendered: Path) -> None:
    """Writes the base of a project that has none, being older than it, as far as the texts are still to be had.

    They are where the user changed nothing, and in `rendered`, today's project, where the templates have not changed.
    """
    if not (project / BASE).exists():
        atomic_write(project / BASE, encode(union(collect(rendered, entries), collect(project, entries))))


def union(one: Base, other: Base) -> Base:
    """What either knows."""
    return Base({**one.texts, **other.texts}, one.executable | other.executable)


def collect(folder: Path, entries: Mapping[str, Entry]) -> Base:
    """The base of the files in `folder` that are still what `entries` say edgegen wrote; others are left out."""
    texts: dict[str, bytes] = {}
    executable = []
    for name, entry in entries.items():
        path = folder / name
        if not is_template_file(name, entry) or path.is_symlink() or not path.is_file():
            continue
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != entry.sha256:
            continue
        if is_text(content):
            texts[name] = content
        if os.access(path, os.X_OK):
            executable.append(name)
    return Base(texts, frozenset(executable))


def encode(base: Base) -> bytes:
    """The content of the file, the same for the same base."""
    document = {
        "schema": _SCHEMA,
        "executable": sorted(base.executable),
        "files": {name: text.decode() for name, text in sorted(base.texts.items())},
    }
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        file.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())
    return packed.getvalue()


def read_base(project: Path, manifest: Manifest) -> Base | None:
    """The recorded base; None where there is none, as in projects older than it.

    Raises ProjectError where the file is damaged, or speaks of other texts than the manifest: half of the two was
    restored, or merged by a version control system that knows neither.
    """
    path = project / BASE
    try:
        with gzip.open(path) as file:
            data = file.read(_LARGEST_BASE)
        document = json.loads(data)
        texts = {str(name): str(text).encode() for name, text in document["files"].items()}
        executable = frozenset(map(str, document["executable"]))
        schema = int(document["schema"])
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise _damaged(path, "the recorded base cannot be read") from error
    if schema != _SCHEMA:
        raise _damaged(path, f"the recorded base has schema {schema}, this edgegen reads {_SCHEMA}")
    for name, text in texts.items():
        entry = manifest.files.get(name)
        if entry is None or hashlib.sha256(text).hexdigest() != entry.sha256:
            raise _damaged(path, f"the recorded base and manifest.json disagree about {name}")
    return Base(texts, executable)


def _damaged(path: Path, problem: str) -> ProjectError:
    return ProjectError(
        problem,
        where=str(path),
        hint=f"Restore {path.parent} from version control; without {path.name}, update marks every edit as a conflict",
    )
