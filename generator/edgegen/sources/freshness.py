"""Which files an exported model depends on, found without importing torch or the user's package.

`edgegen export --if-changed` runs in every build of an app, so this reads names and folders only. (find_spec on a
dotted name would execute the parent package, so only the top-level name goes through Python's finders.)
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from pathlib import Path

from edgegen.sources.origin import FILE_SUFFIXES, Kind, parse_origin

_IMPORT = re.compile(r"^\s*(?:from\s+([.\w]+)\s+import|import\s+([\w., ]+))", re.MULTILINE)
_SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules", "build", "dist", "site-packages"})


def source_files(source: str, weights: str | None, transforms: str | None, cwd: Path) -> list[Path]:
    """The files whose change makes the exported model stale, sorted: the package's own .py files, the model or weights
    file, the package of the transforms. A file that is missing is listed too, so that its return is noticed.

    Raises SourceError when `source` is none of the known forms.
    """
    found: set[Path] = set()
    origin = parse_origin(source, cwd)
    if origin.kind is Kind.FACTORY:
        found.update(module_files(origin.name, cwd))
    elif origin.kind is Kind.FILE and origin.path is not None:
        found.add(origin.path)
    if weights is not None and _is_file_name(weights, cwd):
        found.add(cwd / Path(weights).expanduser())
    if transforms is not None and transforms not in {"demo:preset", "torchvision:preset"}:
        found.update(module_files(transforms.partition(":")[0], cwd))
    return sorted(path.resolve() for path in found)


def _is_file_name(weights: str, cwd: Path) -> bool:
    path = Path(weights).expanduser()
    return weights.lower() != "none" and (path.suffix.lower() in FILE_SUFFIXES or (cwd / path).is_file())


def module_files(dotted: str, cwd: Path) -> list[Path]:
    """The .py files of the top-level package of `dotted`; of a lone module, it and those beside it that it imports."""
    top = dotted.partition(".")[0]
    place = _find(top, cwd)
    if place is None:
        return []
    return package_files(place) if place.is_dir() else sorted(_with_siblings(place))


def package_folder(dotted: str, cwd: Path) -> Path | None:
    """The folder of the top-level package of `dotted`, in which each new .py file counts; None for a lone module."""
    place = _find(dotted.partition(".")[0], cwd)
    return place if place is not None and place.is_dir() else None


def package_files(folder: Path) -> list[Path]:
    """The .py files of a package, without those of a hidden folder (such as .venv) or of a project inside it."""
    found = []
    for root, folders, files in os.walk(folder):
        if "edgegen.toml" in files and Path(root) != folder:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _SKIPPED_FOLDERS]
        found += [Path(root, name) for name in files if name.endswith(".py")]
    return sorted(found)


def _find(top: str, cwd: Path) -> Path | None:
    """The package's folder or the module's file, by name: the current folder first, then as Python finds it."""
    for folder in (cwd, *(Path(entry or ".") for entry in sys.path)):
        if (folder / top / "__init__.py").is_file():
            return folder / top
        if (folder / f"{top}.py").is_file():
            return folder / f"{top}.py"
    if (cwd / top).is_dir():
        return cwd / top  # A namespace package.
    # Editable installs can hide a package behind an import hook; a top-level name runs no code of the package.
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    if spec.submodule_search_locations:
        return Path(next(iter(spec.submodule_search_locations)))
    return Path(spec.origin) if spec.origin and spec.origin.endswith(".py") else None


def _with_siblings(module: Path) -> set[Path]:
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for name in _imported_names(path):
            sibling = module.parent / name
            if (sibling / "__init__.py").is_file():
                found.update(package_files(sibling))
            elif sibling.with_suffix(".py").is_file():
                waiting.append(sibling.with_suffix(".py"))
    return found


def _imported_names(path: Path) -> set[str]:
    """The top-level names that a file imports, as far as its lines show; one too many costs a comparison."""
    text = path.read_text(encoding="utf-8", errors="replace")
    names: set[str] = set()
    for match in _IMPORT.finditer(text):
        for part in (match[1] or match[2]).split(","):
            names.add(part.split()[0].lstrip(".").partition(".")[0] if part.strip() else "")
    return names - {""}
