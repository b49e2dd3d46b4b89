"""`edgegen build` and `edgegen run`: a project built with its own build system, then run here or on a board."""

from __future__ import annotations

from edgegen.boards.build import BuildResult, build
from edgegen.boards.run import run

__all__ = ["BuildResult", "build", "run"]
