"""Everything that can go wrong and is not a bug in edgegen.

    EdgegenError            what is wrong, where, and what to do next, in one line
    ├── UsageError      2   the command line
    ├── SpecError       3   edgegen.toml or a hand-written spec
    ├── SourceError     4   the model, its weights, its labels, a picture
    ├── TransformError  5   a transform that the device cannot reproduce, or that differs from the plan
    ├── ExportError     6   torch.export, quantisation, lowering
    ├── GateError       7   verify or a budget: the result is there and is not good enough
    ├── ProjectError    8   the file system: target folder, disk, permissions, not a project of ours
    ├── ToolError       9   an external tool is missing or failed
    ├── StaleError     10   `export --check`: the exported model is older than its inputs
    └── ConflictError  11   `update`: the user's changes and edgegen's meet, and are marked in the files

1 is left for what should never happen, 130 for an interruption, as shells have it.
"""

from __future__ import annotations

from typing import ClassVar, Final

INTERNAL_ERROR: Final = 1
INTERRUPTED: Final = 130


class EdgegenError(Exception):
    """A failure the user can act on.

    `problem` says what is wrong, with what was expected and what was found; `where` names the file and key (or the
    option); `hint` is the next step. None of them ends in a full stop.
    """

    exit_code: ClassVar[int] = INTERNAL_ERROR

    def __init__(self, problem: str, *, where: str | None = None, hint: str) -> None:
        self.problem = one_line(problem)
        self.where = one_line(where) if where else None
        self.hint = one_line(hint)
        super().__init__(f"{self.where}: {self.problem}" if self.where else self.problem)

    def message(self) -> str:
        """The one line that stderr gets, without its `error:` label."""
        end = "" if self.hint.endswith("?") else "."
        return f"{str(self).rstrip('.')}. {self.hint.rstrip('.')}{end}"


class UsageError(EdgegenError):
    """The command line asks for something that does not exist or does not fit together."""

    exit_code = 2


class SpecError(EdgegenError):
    """edgegen.toml, or a spec given by hand, is not what it must be."""

    exit_code = 3


class SourceError(EdgegenError):
    """A model, its weights, its labels or a picture cannot be used."""

    exit_code = 4


class TransformError(EdgegenError):
    """A transform cannot be reproduced on the device, or its own result differs from the plan's."""

    exit_code = 5


class ExportError(EdgegenError):
    """The model could not be exported, quantised or lowered."""

    exit_code = 6


class GateError(EdgegenError):
    """The exported model is worse, or larger, than edgegen.toml allows."""

    exit_code = 7


class ProjectError(EdgegenError):
    """A folder or file cannot be read or written, or is not a project of edgegen's."""

    exit_code = 8


class ToolError(EdgegenError):
    """An external tool is missing, too old, or failed."""

    exit_code = 9


class StaleError(EdgegenError):
    """The exported model no longer belongs to its inputs."""

    exit_code = 10


class ConflictError(EdgegenError):
    """The user and edgegen changed the same lines of a file; a person has to choose."""

    exit_code = 11


def one_line(text: str) -> str:
    """`text` with every run of white space, line breaks and control characters made one space."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
