"""Whether a project's exported model still belongs to its inputs. Standard library only: a build asks often.

`export.json` among the generated files is the stamp: every input with its size, time stamp and hash, and every output.
It is swapped in together with the files it speaks of, so it can never vouch for files of another export.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from edgegen.errors import ProjectError, StaleError
from edgegen.paths import file_sha256, relative_path
from edgegen.render.manifest import generated_in
from edgegen.version import __version__

STAMP: Final = "export.json"
MANIFEST_NAME: Final = "edgegen.toml"


@dataclass(frozen=True, slots=True)
class _Change:
    """The first thing found that makes an export stale."""

    path: str
    what: str


def is_fresh(project: Path) -> bool:
    """True if nothing changed; a matching size and time stamp is trusted, otherwise the content decides."""
    require_project(project)
    return _first_change(project, trust_times=True) is None


def require_fresh(project: Path) -> None:
    """Compares every input's and output's content; raises StaleError naming the first that differs. Writes nothing."""
    require_project(project)
    change = _first_change(project, trust_times=False)
    if change is not None:
        raise StaleError(change.what, where=change.path, hint=f'Run "edgegen export --project {project}"')


def require_project(project: Path) -> Path:
    """The project's edgegen.toml, or a ProjectError that says what is missing.

    Every command asks this first, so an update that was killed while it put its files in place is ended here.
    """
    if not project.is_dir():
        problem = "is not a folder" if project.exists() else "there is no such folder"
        raise ProjectError(problem, where=str(project), hint="Give the project's folder with --project")
    manifest = project / MANIFEST_NAME
    if not manifest.is_file():
        raise ProjectError(
            f"there is no {MANIFEST_NAME} in this folder",
            where=str(project),
            hint='Go to a project\'s folder or name it with --project; "edgegen new" makes one',
        )
    if (project / ".edgegen" / "update").is_dir():
        from edgegen.projects.journal import finish_pending

        finish_pending(project)
    return manifest


def stamp(
    project: Path, inputs: Iterable[Path], packages: Iterable[Path], calibration: Path | None, outputs: Path
) -> dict[str, Any]:
    """The stamp of an export: `inputs` are absolute, `outputs` the finished folder that becomes `generated/`.

    `packages` are the folders in which a new .py file counts as well as a changed one.
    """
    return {
        "edgegen": __version__,
        "inputs": [_input_entry(path, relative_path(path, project)) for path in sorted(set(inputs))],
        "packages": [relative_path(path, project) for path in packages],
        "calibration": None if calibration is None else _listing_entry(calibration, project),
        "outputs": [
            {"path": path.relative_to(outputs).as_posix(), "size": path.stat().st_size, "sha256": file_sha256(path)}
            for path in sorted(outputs.rglob("*"))
            if path.is_file()
        ],
    }


def _first_change(project: Path, *, trust_times: bool) -> _Change | None:
    generated = generated_in(project)
    path = generated / STAMP
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["edgegen"] != __version__:
            return _Change(str(path), f"was exported by edgegen {document['edgegen']}, this is {__version__}")
        return (
            _changed_input(project, document["inputs"], trust_times)
            or _new_module(project, document["packages"], document["inputs"])
            or _changed_listing(project, document["calibration"])
            or _changed_output(generated, document["outputs"], trust_times)
        )
    except FileNotFoundError:
        return _Change(str(path), "the model has not been exported here")
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return _Change(str(path), "the stamp of the last export cannot be read")


def _changed_input(project: Path, entries: list[dict[str, Any]], trust_times: bool) -> _Change | None:
    for entry in entries:
        path = project / entry["path"]
        try:
            status = path.stat()
            if trust_times and status.st_size == entry["size"] and status.st_mtime_ns == entry["mtime_ns"]:
                continue
            if status.st_size != entry["size"] or file_sha256(path) != entry["sha256"]:
                return _Change(str(path), "changed since the model was exported")
        except OSError:
            return _Change(str(path), "is gone since the model was exported")
    return None


def _new_module(project: Path, packages: list[str], entries: list[dict[str, Any]]) -> _Change | None:
    if not packages:
        return None
    from edgegen.sources.freshness import package_files

    known = {(project / entry["path"]).resolve() for entry in entries}
    for folder in packages:
        for path in package_files(project / folder):
            if path.resolve() not in known:
                return _Change(str(path), "is new since the model was exported")
    return None


def _changed_listing(project: Path, entry: dict[str, Any] | None) -> _Change | None:
    if entry is None:
        return None
    folder = project / entry["path"]
    if not folder.is_dir():
        return _Change(str(folder), "the folder of calibration pictures is gone since the model was exported")
    if _listing_hash(folder) != entry["listing"]:
        return _Change(str(folder), "the calibration pictures changed since the model was exported")
    return None


def _changed_output(generated: Path, entries: list[dict[str, Any]], trust_times: bool) -> _Change | None:
    for entry in entries:
        path = generated / entry["path"]
        if not path.is_file():
            return _Change(str(path), "is missing")
        if path.stat().st_size != entry["size"] or (not trust_times and file_sha256(path) != entry["sha256"]):
            return _Change(str(path), "is not what edgegen wrote")
    return None


def _input_entry(path: Path, name: str) -> dict[str, Any]:
    status = path.stat()
    return {"path": name, "size": status.st_size, "mtime_ns": status.st_mtime_ns, "sha256": file_sha256(path)}


def _listing_entry(folder: Path, project: Path) -> dict[str, Any]:
    return {"path": relative_path(folder, project), "listing": _listing_hash(folder)}


def _listing_hash(folder: Path) -> str:
    """Names and sizes of the files below a folder: pictures are replaced by others, hardly ever edited in place."""
    rows = sorted(
        f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}" for path in folder.rglob("*") if path.is_file()
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
