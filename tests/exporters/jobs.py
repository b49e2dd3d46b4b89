"""Models loaded, specs written and files exported once for all tests; the exports stay in the cache between runs."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import torch

from edgegen.compress.calibration import calibration_inputs
from edgegen.exporters import ExportJob, ExportResult, get_exporter
from edgegen.reference.photos import bundled_photos
from edgegen.runtimes import RUNTIMES
from edgegen.sources import LoadedModel, load_model
from edgegen.sources.examples import example_inputs
from edgegen.sources.outputs import recognise
from edgegen.spec.infer import infer_image_input
from edgegen.spec.model_spec import (
    AppSection,
    ClassificationOutput,
    ExportSection,
    ImageInput,
    Input,
    ModelSection,
    ModelSpec,
    Output,
    Quantization,
    QuantizeMode,
    TensorInput,
    TensorOutput,
)

# Two cores that other tests use as well: threads that wait for one another take ten times as long.
torch.set_num_threads(1)

ROOT = Path(__file__).resolve().parents[2]
PHOTOS = bundled_photos()[0].parent
VECTOR = TensorInput("x", (1, 8))


def make_spec(
    *inputs: Input,
    outputs: Sequence[Output] = (),
    mode: QuantizeMode = "none",
    source: str = "net:build",
    runtime: str = "executorch",
) -> ModelSpec:
    """A spec of these inputs; the output is a made-up one where none is given."""
    return ModelSpec(
        model=ModelSection(source),
        inputs=inputs,
        outputs=tuple(outputs) or (TensorOutput("output", (1,)),),
        app=AppSection("linux-arm", "test"),
        export=ExportSection(runtime, RUNTIMES[runtime].backends[0], Quantization(mode)),
    )


@functools.cache
def net(name: str) -> LoadedModel:
    """A model of nets.py."""
    return load_model(f"tests.exporters.nets:{name}", cwd=ROOT)


def job(
    name: str,
    *inputs: Input,
    mode: QuantizeMode = "none",
    calibration: Sequence[tuple[torch.Tensor, ...]] = (),
    runtime: str = "executorch",
) -> ExportJob:
    """The export of a model of nets.py with the outputs it really has."""
    loaded = net(name)
    spec = make_spec(*inputs, mode=mode)
    outputs = recognise(loaded.module, example_inputs(spec), None)
    return ExportJob(loaded, make_spec(*inputs, outputs=outputs, mode=mode, runtime=runtime), None, calibration)


def export(
    name: str, *inputs: Input, mode: QuantizeMode = "none", runtime: str = "executorch"
) -> tuple[ExportJob, ExportResult]:
    """The exported model of nets.py, from the cache where it is there."""
    made = job(name, *inputs, mode=mode, runtime=runtime)
    return made, get_exporter(runtime).export(made)


@functools.cache
def demo() -> LoadedModel:
    """EfficientNet-Lite0 with its real weights."""
    return load_model("demo")


def demo_input() -> ImageInput:
    """What the demo's own transforms say."""
    return infer_image_input(demo().transforms, name="image")


@functools.cache
def demo_export(mode: QuantizeMode = "none", runtime: str = "executorch") -> tuple[ExportJob, ExportResult]:
    """The exported demo model; int8 is calibrated with the bundled photos."""
    outputs = [ClassificationOutput("logits", "labels.txt")]
    spec = make_spec(demo_input(), outputs=outputs, mode=mode, source="demo", runtime=runtime)
    calibration = calibration_inputs(spec, PHOTOS) if mode == "int8" else ()
    made = ExportJob(demo(), spec, demo().labels, calibration)
    return made, get_exporter(runtime).export(made)
