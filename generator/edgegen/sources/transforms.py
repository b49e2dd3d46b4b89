"""The preprocessing object of the user's that `--transforms` names, and the presets edgegen itself knows."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from edgegen.errors import SourceError
from edgegen.sources.imports import import_object, user_code_errors

_REFERENCE = re.compile(r"(?P<module>[\w.]+):(?P<attribute>[\w.]+)")


def load_transforms(origin: str, cwd: Path) -> object:
    """The transform object at "package.module:object"; a function or class that needs no argument is called for it.

    Raises SourceError when it cannot be found or is nothing to call with a picture.
    """
    if origin == "demo:preset":
        from edgegen.sources.demo import demo_transforms

        return demo_transforms()
    where = f"--transforms {origin}"
    if origin == "torchvision:preset":
        raise SourceError(
            "only a torchvision: model brings a preset", where=where, hint="Give package.module:object instead"
        )
    match = _REFERENCE.fullmatch(origin)
    if match is None:
        raise SourceError("is not of the form package.module:object", where=where, hint="As in mypkg.data:val_tf")
    found = import_object(match["module"], match["attribute"], cwd)
    if _is_maker(found):
        with user_code_errors(where):
            found = found()  # type: ignore[operator]
    if not callable(found):
        raise SourceError(
            f"is a {type(found).__name__}, not a transform", where=where, hint="Name a torchvision Compose or preset"
        )
    return found


def _is_maker(found: object) -> bool:
    """Whether `found` makes a transform (a function, class or partial that needs no arguments) and is none itself."""
    makes = inspect.isfunction(found) or inspect.isclass(found) or type(found).__name__ == "partial"
    if not makes or not callable(found):
        return False
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    try:
        parameters = inspect.signature(found).parameters.values()
    except (TypeError, ValueError):
        return False
    return all(p.default is not p.empty or p.kind in variadic for p in parameters)
