"""What is inside a `.ptl`: operators, which of them compute in int8, and what edgegen put there.

The file itself does not say which shapes it takes; the spec in it does.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, Final

from edgegen.console import captured_output
from edgegen.errors import ExportError, SpecError
from edgegen.exporters.embedded import LABELS_KEY, SPEC_KEY
from edgegen.verify.runner_ptl import PtlRunner, quantized_engine

# Nodes that compute nothing: they make lists and tuples, or are there for the interpreter.
_NAMESPACES: Final = ("aten::", "quantized::")
_NOT_QUANTIZED: Final = frozenset({"quantized.quantize_per_tensor", "quantized.dequantize"})


def inspect_ptl(path: Path) -> dict[str, Any]:
    """The facts of the program at `path`. Raises ExportError where it cannot be read."""
    runner = PtlRunner(path)
    operators = _operators(path)
    spec, labels = runner.constant(SPEC_KEY), runner.constant(LABELS_KEY)
    return {
        "kind": "ptl",
        "file": str(path),
        "bytes": path.stat().st_size,
        "inputs": _inputs(spec, path),
        "operators": operators,
        "quantized_ops": sum(
            count for name, count in operators.items() if name.startswith("quantized.") and name not in _NOT_QUANTIZED
        ),
        "spec": spec,
        "spec_origin": f"the program's extra file {SPEC_KEY}" if spec is not None else None,
        "labels": labels.split("\n") if labels else None,
    }


def _operators(path: Path) -> dict[str, int]:
    """How often each operator stands in the program, in loops and branches once."""
    import torch

    with captured_output(), quantized_engine():
        try:
            # The archive holds the program twice: as byte code, and as text, which this reads.
            module: Any = torch.jit.load(str(path), map_location="cpu")  # type: ignore[no-untyped-call]
            graph = module.inlined_graph
        except Exception as error:  # A damaged archive fails in whatever way its C++ readers stumble.
            raise ExportError("the program is damaged", where=str(path), hint="Export the model again") from error
    counts: Counter[str] = Counter()
    waiting = [graph]
    while waiting:
        for node in waiting.pop().nodes():
            waiting += node.blocks()
            if node.kind().startswith(_NAMESPACES):
                counts[node.kind().replace("::", ".")] += 1
    return dict(counts.most_common())


def _inputs(text: str | None, path: Path) -> list[dict[str, Any]]:
    if text is None:
        return []
    from edgegen.spec.parse import parse_spec

    try:
        spec = parse_spec(text, f"{path}: {SPEC_KEY}")
    except SpecError:  # Written by another edgegen; the text itself is in the document.
        return []
    return [{"name": item.name, "shape": list(item.shape), "dtype": item.dtype} for item in spec.inputs]
