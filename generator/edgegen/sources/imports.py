"""Imports an object of the user's by "package.module:attribute"; an error in it is told by file and line.

The current folder is importable, as it is for `python -m`.
"""

from __future__ import annotations

import difflib
import importlib
import sys
import sysconfig
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from edgegen import console
from edgegen.errors import SourceError

_PACKAGE = Path(__file__).resolve().parents[1]


def import_object(module_name: str, attribute: str, cwd: Path) -> object:
    """The object `attribute` (dotted) of module `module_name`. Raises SourceError."""
    where = f"{module_name}:{attribute}"
    found: object = import_module(module_name, cwd, where)
    walked = module_name
    for part in attribute.split("."):
        if not hasattr(found, part):
            near = difflib.get_close_matches(part, [name for name in dir(found) if not name.startswith("_")], n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Look for it in {getattr(found, '__file__', walked)}"
            raise SourceError(f"{walked} has no {part!r}", where=where, hint=hint)
        found = getattr(found, part)
        walked += f".{part}"
    return found


def import_module(name: str, cwd: Path, where: str) -> ModuleType:
    """Module `name`, found from `cwd` first. Raises SourceError naming the line of the user's file that failed."""
    folder = str(cwd.resolve())
    if folder not in sys.path:
        sys.path.insert(0, folder)
    _forget_namesake(name.partition(".")[0], cwd)
    importlib.invalidate_caches()
    with user_code_errors(where, module=name):
        return importlib.import_module(name)


def _forget_namesake(top: str, cwd: Path) -> None:
    """Unloads a module of that name that came from another folder: the one in `cwd` is meant."""
    loaded = sys.modules.get(top)
    file = getattr(loaded, "__file__", None)
    here = [cwd / f"{top}.py", cwd / top / "__init__.py"]
    if file is None or not any(path.is_file() for path in here) or Path(file).resolve() in {p.resolve() for p in here}:
        return
    for name in [name for name in sys.modules if name == top or name.startswith(f"{top}.")]:
        del sys.modules[name]


@contextmanager
def user_code_errors(where: str, module: str = "") -> Iterator[None]:
    """Turns any failure of the block, which runs the user's code, into a SourceError with its file and line."""
    try:
        yield
    except (SourceError, KeyboardInterrupt):
        raise
    except ModuleNotFoundError as error:
        raise _missing_module(error, where, module) from error
    except BaseException as error:
        console.log("".join(traceback.format_exception(error)))
        message = str(error).strip()
        if "Traceback of TorchScript" in message:  # The reason is its last line.
            message = message.splitlines()[-1].removeprefix("RuntimeError: ")
        text = f"{type(error).__name__}: {message}" if message else type(error).__name__
        line = error_line(error)
        raise SourceError(
            f"{line + ': ' if line else ''}{text}", where=where, hint="Put the line right and run again"
        ) from error


def _missing_module(error: ModuleNotFoundError, where: str, module: str) -> SourceError:
    missing = error.name or str(error)
    if module == missing or module.startswith(f"{missing}."):
        here = [path.stem for path in Path.cwd().iterdir() if path.is_dir() or path.suffix == ".py"]
        near = difflib.get_close_matches(missing, [name for name in here if name != missing], n=1)
        hint = (
            f"Did you mean {near[0]}?"
            if near
            else "Run edgegen in the folder that holds it (of a project: model.path in edgegen.toml), "
            "or install its package"
        )
        return SourceError(f"there is no module {missing}", where=where, hint=hint)
    line = error_line(error)
    return SourceError(
        f"{line + ': ' if line else ''}needs the module {missing}, which is not installed",
        where=where,
        hint=f"Install it into the environment of edgegen: pip install {missing.partition('.')[0]}",
    )


def error_line(error: BaseException) -> str | None:
    """ "net.py:12", the innermost line of the user's own code in the error's traceback; None if there is none."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if is_user_file(frame.filename)]
    return f"{own[-1].filename}:{own[-1].lineno}" if own else None


def is_user_file(filename: str) -> bool:
    """Whether a file is the user's: no part of Python, of an installed package or of edgegen."""
    if filename.startswith("<"):
        return False
    path = Path(filename).resolve()
    foreign = [_PACKAGE, *(Path(sysconfig.get_path(key)).resolve() for key in ("stdlib", "purelib", "platlib"))]
    return not any(path.is_relative_to(folder) for folder in foreign)
