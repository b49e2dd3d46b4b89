"""What the modules that `edgegen add` writes have in common: a new project's library, without the project around it."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path


def only_module(into: Path, module: str, kept: Collection[str]) -> None:
    """Leaves of the rendered project `into` what is `kept`, and of the folder `module` what is in it."""
    for path in list(into.iterdir()):
        if path.name == module or path.name in kept:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    for path in sorted((into / module).iterdir()):
        path.rename(into / path.name)
    (into / module).rmdir()
