"""`.edgegen/manifest.json`: who owns each file of a project, and the content edgegen gave it.

`generated` files are rewritten by `edgegen export`; `user` files were written once. The hash tells a later update
whether a file is still as edgegen wrote it; render/base.py keeps the text itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from edgegen.errors import ProjectError
from edgegen.paths import atomic_write, file_sha256
from edgegen.version import __version__

MANIFEST: Final = Path(".edgegen") / "manifest.json"
GENERATED: Final = "generated"
"""The owner of a file that `edgegen export` rewrites; on most platforms also the name of the folder it is in."""

# SwiftPM takes a package's files from the package's own folder only.
_FOLDERS: Final = {"ios": Path("ModelKit", "Generated"), "ios-module": Path("Generated")}
# Written by `new` from what the user said, and theirs from then on: no template is behind them.
_SAID_BY_THE_USER: Final = frozenset({"edgegen.toml", "labels.txt"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: `owner` is "generated" or "user", `sha256` the content edgegen wrote, in hex."""

    owner: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was read: the edgegen that wrote the project, its platform and slug, its files by path with forward slashes.

    The slug names folders and targets that are the user's by now, so it stays when `app.name` changes.
    """

    edgegen: str
    platform: str
    slug: str
    files: dict[str, Entry]

    @property
    def generated(self) -> Path:
        """The folder that `edgegen export` rewrites, relative to the project's."""
        return generated_folder(self.platform)


def generated_folder(platform: str) -> Path:
    """Where a project of that platform keeps what `edgegen export` rewrites, relative to the project's folder."""
    return _FOLDERS.get(platform, Path(GENERATED))


def generated_in(project: Path) -> Path:
    """The same for the project in a folder; the usual place where no manifest says what it is."""
    try:
        document = json.loads((project / MANIFEST).read_text(encoding="utf-8"))
        return project / generated_folder(str(document["platform"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return project / GENERATED


def build_manifest(project: Path, files: Iterable[Path], generated: Path = Path(GENERATED)) -> dict[str, Entry]:
    """The manifest of `files` (relative to `project`), keyed by path with forward slashes.

    `generated` is the folder, relative too, whose files are edgegen's.
    """
    return {
        path.as_posix(): Entry(
            owner=GENERATED if path.is_relative_to(generated) else "user",
            sha256=file_sha256(project / path),
        )
        for path in sorted(files)
    }


def write_manifest(
    project: Path, entries: dict[str, Entry], platform: str, slug: str, *, edgegen: str = __version__
) -> None:
    """Writes the manifest, whole or not at all; `edgegen` is the version whose templates the user's files are of."""
    (project / MANIFEST).parent.mkdir(exist_ok=True)
    document = {
        "edgegen": edgegen,
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
        files = {_inside(name): _entry(e) for name, e in document["files"].items()}
        return Manifest(str(document["edgegen"]), str(document["platform"]), _slug(document["slug"]), files)
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


def is_template_file(name: str, entry: Entry) -> bool:
    """Whether the file is the user's, and a template of edgegen's is behind it."""
    return entry.owner != GENERATED and name not in _SAID_BY_THE_USER


def _entry(document: Any) -> Entry:
    owner, sha256 = document["owner"], document["sha256"]
    if not isinstance(owner, str) or not isinstance(sha256, str):
        raise TypeError("owner and sha256 are texts")
    return Entry(owner=owner, sha256=sha256)


def _inside(name: str) -> str:
    """`name`, which must lead to a file inside the project: an update removes and replaces what is named here."""
    path = PurePosixPath(name)
    first = path.parts[0] if path.parts else "."
    leads_out = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in first
    if leads_out or first in (".", ".git", MANIFEST.parts[0]) or path.as_posix() != name:
        raise ValueError(f"{name!r} is no file of a project")
    return name


def _slug(text: object) -> str:
    """The slug, which becomes a folder's name in an update."""
    if not isinstance(text, str) or not re.fullmatch(r"[a-z][a-z0-9_-]*", text):
        raise ValueError(f"{text!r} is no slug")
    return text
