"""What is inside a `.mlpackage`: inputs, outputs, operators, how the weights are kept, and what edgegen put there."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path
from typing import Any

from edgegen.exporters.embedded import LABELS_KEY, SPEC_KEY
from edgegen.verify.inspect_weights import LONG_NAMES, UNPACKS, weight_kinds
from edgegen.verify.mil.package import open_package
from edgegen.verify.mil.program import Feature, Program, load_program
from edgegen.verify.mil.schema import DEPLOYMENT_TARGETS


def inspect_mlpackage(path: Path) -> dict[str, Any]:
    """The facts of the package at `path`. Raises ProjectError where it is not whole."""
    package = open_package(path)
    program = load_program(package)
    description = program.description
    labels, spec = description.user.get(LABELS_KEY), description.user.get(SPEC_KEY)
    return {
        "kind": "mlpackage",
        "file": str(path),
        "bytes": sum(file.stat().st_size for file in path.rglob("*") if file.is_file()),
        "specification": program.specification,
        "system": DEPLOYMENT_TARGETS.get(program.specification),
        "opset": program.opset,
        "inputs": [_feature(item) for item in description.inputs],
        "outputs": [_feature(item) for item in description.outputs],
        "classifier": description.label_output is not None,
        "operators": operator_counts(program),
        "types": _type_counts(program),
        "weights": {name: dataclasses.asdict(kind) for name, kind in weight_kinds(package).items()},
        "metadata": dict(description.metadata),
        "spec": spec,
        "spec_origin": f"the model's metadata {SPEC_KEY}" if spec is not None else None,
        "labels": labels.split("\n") if labels else None,
    }


def operator_counts(program: Program) -> dict[str, int]:
    """How often each operation occurs, without those that only unpack a weight."""
    kinds = (item.kind for item in program.operations if not item.kind.startswith(UNPACKS))
    return dict(Counter(kinds).most_common())


def _type_counts(program: Program) -> dict[str, int]:
    """How many operations give each type: what the model computes in."""
    counts: Counter[str] = Counter()
    for item in program.operations:
        if item.outputs and not item.kind.startswith(UNPACKS):
            dtype = item.outputs[0][1].dtype
            counts[LONG_NAMES.get(dtype, dtype)] += 1
    return dict(counts.most_common())


def _feature(item: Feature) -> dict[str, Any]:
    """`dtype` is None of what is no array; of a picture `color` says how it is stored, and `shape` is its height and
    width.
    """
    return {
        "name": item.name,
        "kind": item.kind,
        "shape": list(item.shape),
        "dtype": item.dtype,
        "color": item.color,
        "description": item.description,
    }
