"""What is inside a `.pte`: inputs, outputs, operators inside and outside the delegates, and what edgegen put there.

The file is read as data; nothing of it is run but the two constant methods.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any, Final

from edgegen.console import captured_output
from edgegen.exporters.embedded import LABELS_KEY, SPEC_KEY
from edgegen.verify.inspect_mlpackage import operator_counts
from edgegen.verify.runner import PteProgram
from edgegen.verify.runner_pte_coreml import BACKEND, delegate_packages, deserialized, forward_plan

_SCALAR_TYPES: Final = {
    0: "uint8", 1: "int8", 2: "int16", 3: "int32", 4: "int64", 5: "float16", 6: "float32", 7: "float64", 11: "bool",
}  # fmt: skip


def inspect_pte(path: Path) -> dict[str, Any]:
    """The facts of the program at `path`. Raises ExportError where it cannot be read."""
    runner = PteProgram(path)
    with captured_output():
        program = deserialized(path, runner.data)
        forward = forward_plan(program, path)
        undelegated = _kernel_calls(forward)
        delegated = _delegated(program, forward, path)
    inside, outside = sum(delegated.values()), sum(undelegated.values())
    spec, labels = runner.constant(SPEC_KEY), runner.constant(LABELS_KEY)
    return {
        "kind": "pte",
        "file": str(path),
        "bytes": path.stat().st_size,
        "methods": sorted(runner.methods),
        "inputs": [_tensor_facts(forward.values[index].val) for index in forward.inputs],
        "outputs": [_tensor_facts(forward.values[index].val) for index in forward.outputs],
        "backends": dict(Counter(delegate.id for delegate in forward.delegates)),
        "delegated": delegated,
        "undelegated": undelegated,
        "delegated_percent": 100.0 * inside / (inside + outside) if inside + outside else 0.0,
        "spec": spec if isinstance(spec, str) else None,
        "spec_origin": f"the program's method {SPEC_KEY}" if isinstance(spec, str) else None,
        "labels": labels.split("\n") if isinstance(labels, str) and labels else None,
    }


def _kernel_calls(plan: Any) -> dict[str, int]:
    """How often each portable kernel is called."""
    counts: Counter[str] = Counter()
    for chain in plan.chains:
        for instruction in chain.instructions:
            index = getattr(instruction.instr_args, "op_index", None)
            if index is not None:
                operator = plan.operators[index]
                name = operator.name.replace("::", ".")
                counts[f"{name}.{operator.overload}" if operator.overload else name] += 1
    return dict(counts.most_common())


def _delegated(program: Any, plan: Any, path: Path) -> dict[str, int]:
    """The nodes of XNNPACK's and Core ML's own graphs, by kind; a delegate of another backend counts as one."""
    counts: Counter[str] = Counter()
    for package in delegate_packages(program, plan, path):
        counts.update(operator_counts(package.program))
    for delegate in plan.delegates:
        if delegate.id == "XnnpackBackend":
            counts.update(_xnnpack_nodes(bytes(program.backend_delegate_data[delegate.processed.index].data)))
        elif delegate.id != BACKEND:
            counts[delegate.id] += 1
    return dict(counts.most_common())


def _xnnpack_nodes(data: bytes) -> list[str]:
    """The kinds of nodes ("Conv2d", "Add" …) in a payload of XNNPACK's: a header, then a flatbuffer."""
    from executorch.backends.xnnpack.serialization import xnnpack_graph_serialize as serialize
    from executorch.exir._serialize import _flatbuffer

    header = serialize.XNNHeader.from_bytes(data[: serialize.XNNHeader.EXPECTED_LENGTH])
    payload = data[header.flatbuffer_offset : header.flatbuffer_offset + header.flatbuffer_size]
    schema = resources.files("executorch.backends.xnnpack.serialization").joinpath("schema.fbs").read_bytes()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "schema.fbs").write_bytes(schema)
        (folder / "graph.bin").write_bytes(payload)
        # Reading the 100 kB of a graph with flatc saves a generated reader of a schema that changes with each release.
        _flatbuffer._flatc_decompile(name, str(folder / "schema.fbs"), str(folder / "graph.bin"), ["--raw-binary"])
        # flatc writes an unbounded activation as inf, which JSON has no word for.
        text = re.sub(r"(?<=: )[+-]?(?:inf|nan)(?=,?\s)", "null", (folder / "graph.json").read_text(encoding="utf-8"))
        graph = json.loads(text)
    return [str(node["xnode_union_type"]).removeprefix("XNN").lstrip("_") for node in graph["xnodes"]]


def _tensor_facts(value: Any) -> dict[str, Any]:
    sizes = getattr(value, "sizes", None)
    if sizes is None:
        return {"shape": None, "dtype": type(value).__name__.lower()}
    return {"shape": list(sizes), "dtype": _SCALAR_TYPES.get(int(value.scalar_type), str(value.scalar_type))}
