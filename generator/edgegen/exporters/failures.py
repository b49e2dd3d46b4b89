"""What torch.export and the lowering say, in one line with the user's own line or operator and a next step."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

from edgegen import console
from edgegen.errors import EdgegenError, ExportError
from edgegen.sources.imports import error_line, is_user_file

if TYPE_CHECKING:
    from torch.export import ExportedProgram

_MAX_TEXT: Final = 200
DECIDES_BY_VALUE: Final = "the model decides by a value that is known only when it runs"
# torch prints where in the user's program it was: `  File "/…/net.py", line 12, in forward`, or `# /…/net.py:12 in …`.
_FRAME = re.compile(r'File "(?P<file>[^"<>]+)", line (?P<line>\d+)|(?P<file2>[^\s"<>#]+\.py):(?P<line2>\d+) in ')
_OPERATOR = re.compile(r"\b(?:torch\.ops\.)?(?P<name>(?:aten|torchvision|prims|higher_order)(?:\.|::)\w+(?:\.\w+)?)")


def translate(error: BaseException, shapes: str, program: ExportedProgram | None = None) -> EdgegenError:
    """The ExportError for whatever `error` torch raised; the whole traceback goes to the log.

    `shapes` says which inputs the model was given, as in "image 1x3x224x224 float32"; in `program`, where there is
    one already, the line that an operator came from is looked up.
    """
    if isinstance(error, EdgegenError):
        return error
    console.log("".join(traceback.format_exception(error)))
    name, text = type(error).__name__, str(error)
    where = user_line(error) or _line_of_operator(program, _operator(text))
    if _is_data_dependent(name, text):
        return ExportError(
            DECIDES_BY_VALUE + _of_condition(text),
            where=where,
            hint="Write the choice as torch.where or torch.cond, or make it depend on shapes and constants only",
        )
    if "Missing out variant" in text or "Missing operator" in text:
        return _unsupported(text, where, "ExecuTorch has no kernel for")
    if name == "SpecViolationError" or "Core ATen" in text:
        return _unsupported(text, where, "ExecuTorch cannot run")
    branch = re.search(r"could not find kernel for HigherOrderOperator (\w+)", text)
    if branch:
        return ExportError(
            f"a trace cannot keep torch.{branch[1]}",
            where=where or _line_of_operator(program, f"higher_order.{branch[1]}"),
            hint="Write it as a plain if or while and give --script, or take the runtime onnx",
        )
    if "No ONNX function found" in text:
        summary = text[text.index("No ONNX function found") :]
        where = where or _line_of_operator(program, _operator(summary))
        return _unsupported(summary, where, "ONNX has no counterpart of")
    if "Constraints violated" in text or "ConstraintViolation" in name:
        return ExportError(
            "the model fixes the size of an axis that should be dynamic",
            where=where or "export.dynamic_axes",
            hint="Write it for any size (x.shape[0] instead of 1), or leave the axis out",
        )
    if "finite upper bound" in text:
        return ExportError(
            "a tensor's size depends on the data and has no upper bound",
            where=where or _line_of_data_dependent_size(program),
            hint="Cut it to a fixed size in the model, or leave the step (such as nms) out and do it in the app",
        )
    if isinstance(error, MemoryError):
        return ExportError("out of memory", where=where, hint="Close other programs, or export on a larger machine")
    if _is_shape_error(error, text):
        return ExportError(
            f"the model does not take this input ({shapes}): {_short(text)}",
            where=where,
            hint="Give the shape it expects, as in --input NAME=1x3x224x224, or transforms that make it",
        )
    return ExportError(
        f"{name}: {_short(text)}", where=where, hint="Change this line of the model, or export the part before it"
    )


def user_line(error: BaseException) -> str | None:
    """ "net.py:12": the user's line that `error` came from, by its traceback or by what its text quotes."""
    seen: BaseException | None = error
    while seen is not None:
        found = error_line(seen) or quoted_line(str(seen))
        if found is not None:
            return found
        seen = seen.__cause__ or seen.__context__
    return None


def quoted_line(text: str) -> str | None:
    """The last line of the user's code that a text of torch's, such as a node's stack trace, quotes."""
    found = None
    for match in _FRAME.finditer(text):
        file = match["file"] or match["file2"]
        # torch cuts common beginnings off the paths it quotes, so not each is a file.
        if Path(file).is_file() and is_user_file(file):
            found = f"{file}:{match['line'] or match['line2']}"
    return found


def _is_data_dependent(name: str, text: str) -> bool:
    names = ("GuardOnDataDependentSymNode", "UserError", "PendingUnbackedSymbolNotFound", "DataDependent")
    phrases = ("data-dependent", "Data-dependent", "data dependent", "Dynamic control flow", "unbacked symint")
    return name.startswith("GuardOnData") or (name.startswith(names) and any(phrase in text for phrase in phrases))


def _of_condition(text: str) -> str:
    match = re.search(r"(?:expression|guard on data-dependent expression) ([^\n]{1,80}?)(?: \(unhinted|\.|\n)", text)
    return f" ({match.group(1).strip()})" if match else ""


def _operator(text: str) -> str | None:
    match = _OPERATOR.search(text)
    return match["name"].replace("::", ".") if match else None


def _line_of_operator(program: ExportedProgram | None, operator: str | None) -> str | None:
    """The user's line whose operator has that name, with or without the underscore that decomposing puts before it."""
    if program is None or operator is None:
        return None
    base = operator.split(".")[1].strip("_")
    for node in program.graph.nodes:
        name = getattr(node.target, "__name__", "").partition(".")[0].strip("_")
        if node.op == "call_function" and name == base:
            return quoted_line(node.meta.get("stack_trace") or "")
    return None


def _line_of_data_dependent_size(program: ExportedProgram | None) -> str | None:
    from torch.fx.experimental.symbolic_shapes import free_unbacked_symbols

    for node in program.graph.nodes if program is not None else ():
        if node.op == "call_function" and free_unbacked_symbols(node.meta.get("val")):
            return quoted_line(node.meta.get("stack_trace") or "") or str(node.target)
    return None


def _unsupported(text: str, where: str | None, verb: str) -> ExportError:
    operator = _operator(text) or re.sub(r"^.*?(\w+(?:\.\w+)+).*$", r"\1", _short(text))
    return ExportError(
        f"{verb} the operator {operator}",
        where=where,
        hint="Replace it by other operators, or take it out of the model and do this step in the app",
    )


def _is_shape_error(error: BaseException, text: str) -> bool:
    if not isinstance(error, RuntimeError | TypeError | ValueError | IndexError | AssertionError | KeyError):
        return False
    phrases = (
        "size of tensor", "shapes cannot be multiplied", "expected input", "Expected", "shape '", "must match",
        "dimension", "positional argument", "required argument", "Sizes of tensors", "mat1 and mat2", "unpack",
        "Trying to create tensor",
        "a and b must have", "Calculated padded input size", "channels", "dtype", "scalar type", "index out of range",
    )  # fmt: skip
    return any(phrase in text for phrase in phrases)


def _short(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["no message"]
    # The interpreter tells what failed after its own stack.
    first = lines[-1 if lines[0].startswith("The following operation failed in the TorchScript") else 0]
    first = re.sub(r"\x1b\[[0-9;]*m", "", first)
    return first if len(first) <= _MAX_TEXT else first[:_MAX_TEXT].rsplit(" ", 1)[0] + " …"
