"""A `.mlpackage` folder: what its manifest names, and the weight files beside the model.

model.mlpackage/
    Manifest.json                              which entry is the model
    Data/com.apple.CoreML/model.mlmodel        a Model message (see `schema`)
    Data/com.apple.CoreML/weights/weight.bin   arrays, found by offset (see `weights`)
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from edgegen.errors import ProjectError
from edgegen.verify.mil.schema import MODEL
from edgegen.verify.mil.wire import Message, WireError, read

_MANIFEST: Final = "Manifest.json"
_DATA: Final = "Data"


@dataclass(frozen=True, slots=True)
class Package:
    """`model` is the Model message; `folder` is that of the `.mlmodel`, which its weight files are named from."""

    path: Path
    folder: Path
    model: Message

    def damaged(self, problem: str) -> ProjectError:
        """The error for contents that cannot be: `problem` says what was found."""
        return damaged(self.path, problem)


def damaged(path: Path, problem: str) -> ProjectError:
    """The one line for a package that is cut short or altered."""
    return ProjectError(f"the package is damaged: {problem}", where=str(path), hint="Export the model again")


def open_package(path: Path) -> Package:
    """The package at `path`, its model read and its weights not. Raises ProjectError where it is not whole."""
    if not path.is_dir():
        found = "a file" if path.exists() else "nothing"
        raise ProjectError(
            f"is no .mlpackage: expected a folder, found {found}", where=str(path), hint="Export the model again"
        )
    model = _model_path(path)
    try:
        message = read(model.read_bytes(), MODEL)
    except WireError as error:
        raise damaged(path, f"{model.name}: {error}") from error
    except RecursionError as error:
        raise damaged(path, f"{model.name} is nested without end") from error
    except OSError as error:
        raise damaged(path, f"{model.name} cannot be read: {error.strerror}") from error
    return Package(path, model.parent, message)


def _model_path(path: Path) -> Path:
    """The file that the manifest calls the root model."""
    try:
        manifest = json.loads((path / _MANIFEST).read_text(encoding="utf-8"))
        entry = manifest["itemInfoEntries"][manifest["rootModelIdentifier"]]["path"]
    except FileNotFoundError as error:
        raise damaged(path, f"there is no {_MANIFEST}") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(path, f"{_MANIFEST} does not name the model") from error
    return inside(path, path / _DATA, str(entry))


def inside(package: Path, folder: Path, name: str) -> Path:
    """`folder`/`name`, for a name that a file gave: it must stay in the package. Raises ProjectError."""
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts or not relative.parts:
        raise damaged(package, f"the name {name!r} leads out of it")
    return folder / relative
