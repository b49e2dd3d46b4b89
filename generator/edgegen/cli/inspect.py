"""`edgegen inspect`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from edgegen import console
from edgegen.cli.options import output_options

_EPILOG = """\b
Examples:
  edgegen inspect hello                          a project: its model and its exported file
  edgegen inspect hello/generated/model.pte      an exported file (.pte, .onnx, .ptl, .mlpackage)
  edgegen inspect torchvision:resnet18 --weights none
  edgegen inspect shop.net:build --weights shop.pth --transforms shop.data:val_transform
"""


@click.command("inspect", epilog=_EPILOG)
@click.argument("source", metavar="SRC|FILE")
@click.option("--weights", metavar="W", help="As for edgegen new.")
@click.option("--transforms", metavar="PKG:OBJ", help="As for edgegen new.")
@click.option("--input", "inputs", multiple=True, metavar="NAME=SHAPE[:DTYPE]", help="As for edgegen new; repeatable.")
@output_options
def command(source: str, weights: str | None, transforms: str | None, inputs: tuple[str, ...]) -> None:
    """Show inputs, outputs, parameters, MACs, operators and size of a model, an exported file or a project.

    Of an exported file: which operators run in the delegate (.pte) or compute in int8. Of a model: the specification
    that was inferred, and from where. Pictures are read as stored: a colour profile such as Display P3 is not applied,
    in Python and on the device alike.
    """
    from edgegen.verify import inspect_source

    with console.task("reading the model"):
        document = inspect_source(source, weights=weights, transforms=transforms, inputs=inputs, cwd=Path.cwd())
    if console.json_requested():
        console.result_json(document)
        return
    for part in (document["model"], document["exported"]) if document["kind"] == "project" else (document,):
        if part is not None:
            for line in _LINES[part["kind"]](part):
                console.result(line)


def _model_lines(facts: dict[str, Any]) -> list[str]:
    macs = "unknown" if facts["macs"] is None else f"{facts['macs'] / 1e6:,.1f} million"
    lines = [
        f"model       {facts['title']} ({facts['source']})",
        f"licence     {facts['licence'] or 'not known'}",
        f"parameters  {facts['parameters']:,}  ({facts['bytes'] / 1e6:.2f} MB)",
        f"MACs        {macs}",
        *_tensors("input", facts["inputs"] or []),
        *_tensors("output", facts["outputs"] or []),
    ]
    if facts["spec"] is not None:
        lines.append(f"spec        from {facts['spec_origin'] or 'the options'}")
    if facts["spec_problem"]:
        lines.append(f"spec        none: {facts['spec_problem']}")
    if facts["operators"]:
        lines += _counts("operators", facts["operators"])
    if facts["export_problem"]:
        lines.append(f"operators   not known: {facts['export_problem']}")
    return lines


def _pte_lines(facts: dict[str, Any]) -> list[str]:
    backends = ", ".join(f"{name} x{count}" for name, count in facts["backends"].items()) or "none"
    return [
        f"file        {facts['file']}  ({facts['bytes'] / 1e6:.2f} MB, ExecuTorch)",
        f"methods     {', '.join(facts['methods'])}",
        *_tensors("input", facts["inputs"]),
        *_tensors("output", facts["outputs"]),
        f"backends    {backends}; {facts['delegated_percent']:.0f} % of the operators delegated",
        *_counts("delegated", facts["delegated"]),
        *_counts("outside", facts["undelegated"]),
        *_rider_lines(facts),
    ]


def _ptl_lines(facts: dict[str, Any]) -> list[str]:
    return [
        f"file        {facts['file']}  ({facts['bytes'] / 1e6:.2f} MB, TorchScript)",
        *_tensors("input", facts["inputs"]),
        *_operator_lines(facts),
        *_rider_lines(facts),
    ]


def _onnx_lines(facts: dict[str, Any]) -> list[str]:
    return [
        f"file        {facts['file']}  ({facts['bytes'] / 1e6:.2f} MB, ONNX, opset {facts['opset']})",
        *_tensors("input", facts["inputs"]),
        *_tensors("output", facts["outputs"]),
        *_operator_lines(facts),
        *_rider_lines(facts),
    ]


def _mlpackage_lines(facts: dict[str, Any]) -> list[str]:
    weights = {
        name: f"{kind['tensors']} tensors, {kind['values']:,} values, {kind['bytes'] / 1e6:.2f} MB"
        for name, kind in facts["weights"].items()
    }
    return [
        f"file        {facts['file']}  ({facts['bytes'] / 1e6:.2f} MB, Core ML)",
        f"needs       {facts['system'] or 'an unknown system'} (specification version {facts['specification']})",
        *_tensors("input", facts["inputs"]),
        *_tensors("output", facts["outputs"]),
        *_table("weights", weights),
        *_counts("computes in", facts["types"]),
        *_counts("operators", facts["operators"]),
        *(f"{name:<11} {facts['metadata'][key]}" for key, name in _METADATA.items() if key in facts["metadata"]),
        *_rider_lines(facts),
    ]


def _operator_lines(facts: dict[str, Any]) -> list[str]:
    return [f"in int8     {facts['quantized_ops']} operators", *_counts("operators", facts["operators"])]


def _rider_lines(facts: dict[str, Any]) -> list[str]:
    """What edgegen put into the file."""
    lines = []
    if facts["labels"]:
        lines.append(f"labels      {len(facts['labels'])}: {', '.join(facts['labels'][:3])} …")
    if facts["spec_origin"]:
        lines.append(f"spec        from {facts['spec_origin']}; --json shows it")
    return lines


def _tensors(label: str, items: list[dict[str, Any]]) -> list[str]:
    lines = []
    for item in items:
        shape = "x".join(map(str, item["shape"])) if item.get("shape") else item["kind"]
        steps = f": {' → '.join(item['steps'])}" if item.get("steps") else ""
        what = item.get("dtype") or (f"{item['color']} picture" if item.get("color") else "")
        lines.append(f"{label:<11} {item.get('name', '')} {shape} {what}".rstrip() + steps)
    return lines


def _counts(label: str, counts: dict[str, int]) -> list[str]:
    return _table(label, {name: f"{count:>5}" for name, count in counts.items()})


def _table(label: str, rows: dict[str, str]) -> list[str]:
    """Two columns under one label."""
    if not rows:
        return [f"{label:<11} none"]
    width = max(map(len, rows))
    return [f"{label if not i else '':<11} {name:<{width}} {text}" for i, (name, text) in enumerate(rows.items())]


_METADATA: Final = {
    "shortDescription": "description",
    "versionString": "version",
    "author": "author",
    "license": "licence",
}
_LINES: Final[dict[str, Callable[[dict[str, Any]], list[str]]]] = {
    "model": _model_lines,
    "pte": _pte_lines,
    "ptl": _ptl_lines,
    "onnx": _onnx_lines,
    "mlpackage": _mlpackage_lines,
}
