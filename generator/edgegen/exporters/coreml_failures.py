"""At which operator coremltools failed, which it tells its log only, as one line with the user's own."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from edgegen import console
from edgegen.errors import ExportError
from edgegen.exporters.failures import quoted_line

if TYPE_CHECKING:
    from torch.export import ExportedProgram

_LOCATED: Final = re.compile(r"converting '(?P<kind>[^']+)' op \(located at: '(?P<place>[^']*)'\)")
_MAX_TEXT: Final = 160


class _Remembering(logging.Handler):
    """Keeps the last message that names an operator."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.kind: str | None = None
        self.node: str | None = None

    def emit(self, record: logging.LogRecord) -> None:
        match = _LOCATED.search(record.getMessage())
        if match:
            self.kind, self.node = match["kind"], match["place"].rpartition("/")[2]


@contextmanager
def failing_operator() -> Iterator[_Remembering]:
    """Listens to coremltools' log for a block."""
    logger = logging.getLogger("coremltools")
    handler = _Remembering()
    logger.addHandler(handler)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)


def at_operator(error: Exception, program: ExportedProgram, seen: _Remembering) -> ExportError:
    """The ExportError for `error`, with the line of the operator that was `seen`."""
    console.log("".join(traceback.format_exception(error)))
    where = None
    for node in program.graph.nodes:
        if node.name == seen.node:
            where = quoted_line(node.meta.get("stack_trace") or "")
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    text = lines[0] if len(lines[0]) <= _MAX_TEXT else lines[0][:_MAX_TEXT].rsplit(" ", 1)[0] + " …"
    return ExportError(
        f"Core ML cannot take the operator {seen.kind} as it is used here: {text}",
        where=where,
        hint="Write it otherwise, or take it out of the model and do this step in the app",
    )
