"""Core ML exports that several tests look at, each made once; they stay in the cache between runs."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from typing import Any

from edgegen.compress.calibration import calibration_inputs
from edgegen.exporters import ExportJob, ExportResult, get_exporter
from edgegen.sources import load_model
from edgegen.sources.examples import example_inputs
from edgegen.sources.outputs import recognise
from edgegen.spec.model_spec import (
    AppSection,
    ClassificationOutput,
    ImageInput,
    Input,
    ModelSpec,
    QuantizeMode,
)
from edgegen.spec.steps import CenterCrop, Filter, Normalize, Resize, ToFloat
from tests.exporters.jobs import PHOTOS, ROOT, demo, demo_input, make_spec

NETS = "tests.exporters.coreml_nets"
# Five classes, two of the same name: what ImageNet has as well.
LABELS = ("crane", "cup", "", "crane", "dog")


def for_ios(spec: ModelSpec, target: str | None = None, **export: Any) -> ModelSpec:
    """`spec` for an iOS app; `export` replaces keys of its export section."""
    return dataclasses.replace(
        spec,
        app=AppSection("ios", "test", deployment_target=target),
        export=dataclasses.replace(spec.export, **export),
    )


def job(source: str, *inputs: Input, target: str | None = None, **export: Any) -> ExportJob:
    """The Core ML export of `source` with the outputs it really has."""
    loaded = load_model(source, cwd=ROOT)
    spec = make_spec(*inputs, runtime="coreml")
    outputs = recognise(loaded.module, example_inputs(spec), None)
    return ExportJob(loaded, for_ios(make_spec(*inputs, outputs=outputs, runtime="coreml"), target, **export))


def export(made: ExportJob) -> ExportResult:
    return get_exporter(made.spec.export.runtime).export(made)


def photo(size: int, std: Sequence[float] = (0.229, 0.224, 0.225)) -> ImageInput:
    """A picture with ImageNet's normalisation, another scale to each channel."""
    steps = (
        Resize(size + 8, Filter.BILINEAR),
        CenterCrop((size, size)),
        ToFloat(),
        Normalize((0.485, 0.456, 0.406), tuple(std)),
    )
    return ImageInput("image", (1, 3, size, size), steps=steps)


def classes_job(mode: QuantizeMode = "none", **export: Any) -> ExportJob:
    """Five classes of pictures; calibrated with the bundled photos where the mode asks for it."""
    loaded = load_model(f"{NETS}:Classes", cwd=ROOT)
    outputs = [ClassificationOutput("scores", "labels.txt")]
    spec = for_ios(make_spec(photo(32), outputs=outputs, mode=mode, runtime="coreml"), **export)
    return ExportJob(loaded, spec, LABELS, calibration_inputs(spec, PHOTOS) if mode == "int8" else ())


@functools.cache
def demo_job(mode: QuantizeMode = "none", runtime: str = "coreml", **export: Any) -> ExportJob:
    """The demo model; int8 is calibrated with the bundled photos."""
    outputs = [ClassificationOutput("logits", "labels.txt")]
    spec = for_ios(make_spec(demo_input(), outputs=outputs, mode=mode, source="demo", runtime=runtime), **export)
    return ExportJob(demo(), spec, demo().labels, calibration_inputs(spec, PHOTOS) if mode == "int8" else ())


@functools.cache
def mobilenet_job(mode: QuantizeMode = "none") -> ExportJob:
    """torchvision's MobileNetV2 for 224 x 224 pixels, what sizes are told of."""
    loaded = load_model(f"{NETS}:mobilenet_v2", cwd=ROOT)
    outputs = [ClassificationOutput("logits", None)]
    return ExportJob(loaded, for_ios(make_spec(photo(224), outputs=outputs, mode=mode, runtime="coreml")))
