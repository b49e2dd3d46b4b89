"""Core ML by coremltools, from torch.export: an .mlpackage (a folder) for iOS, whose inputs and outputs have the
spec's names and dtypes, with the spec and the labels as metadata.

    convert        the program, in float16 or float32            coreml_convert, coreml_picture
    compress       weights as bytes or palettes, activations     compress/coreml*.py
    describe       what Xcode shows of it                        coreml_describe
    write          the same bytes each time                      coreml_package
"""

from __future__ import annotations

import dataclasses
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from edgegen.console import captured_output
from edgegen.errors import ExportError
from edgegen.exporters import cache, key
from edgegen.exporters.coreml_classifier import as_classifier, is_classifier
from edgegen.exporters.coreml_convert import convert, target
from edgegen.exporters.coreml_describe import describe
from edgegen.exporters.coreml_package import package_bytes, write_package
from edgegen.exporters.coreml_picture import with_pictures
from edgegen.exporters.coreml_types import check_coreml
from edgegen.exporters.failures import translate
from edgegen.exporters.job import ExportJob, ExportReport, ExportResult
from edgegen.exporters.program import export_program
from edgegen.exporters.quality import check_sqnr, file_sqnr_db
from edgegen.runtimes import RUNTIMES
from edgegen.sources.examples import describe_inputs, example_inputs
from edgegen.spec.check import check_export
from edgegen.tools.coreml import require_coreml

if TYPE_CHECKING:
    from torch.export import ExportedProgram

FILE_NAME: Final = RUNTIMES["coreml"].file_name
_RECIPE: Final = (
    "exporters/program.py",
    *(
        f"exporters/coreml{part}.py"
        for part in ("", "_classifier", "_convert", "_describe", "_graph", "_package", "_picture")
    ),
    *(f"compress/{name}.py" for name in ("coreml", "palette", "pt2e", "quantizer")),
)
_PACKAGES: Final = ("torch", "coremltools", "torchao", "executorch")


class CoreMLExporter:
    """float32, float16, 8-bit and palettised models."""

    format = RUNTIMES["coreml"].format

    def export(self, job: ExportJob) -> ExportResult:
        """The `.mlpackage` for `job`, from the cache where it was made before.

        Raises SpecError for what Core ML cannot carry, ToolError without coremltools, ExportError when it cannot be
        exported, GateError when its SQNR is below the spec's threshold.
        """
        check_export(job.spec.export, "edgegen.toml")
        check_coreml(job.spec)
        require_coreml("--runtime coreml")
        with captured_output():
            name = key.job_key(job, _PACKAGES, _RECIPE)
            result = cache.lookup(name, FILE_NAME) or cache.store(name, FILE_NAME, lambda path: _made_apart(job, path))
        check_sqnr(job.spec, result.report)
        return result


def _made_apart(job: ExportJob, path: Path) -> ExportReport:
    """`_make`, whose packages coremltools would leave in the folder for temporary files until Python ends."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="edgegen-coreml-") as tempfile.tempdir:
        try:
            return _make(job, path)
        finally:
            tempfile.tempdir = before


def _make(job: ExportJob, path: Path) -> ExportReport:
    started = time.monotonic()
    program = export_program(job.loaded, job.spec)
    try:
        model, operators = _converted(job, program)
    except Exception as error:
        raise translate(error, describe_inputs(job.spec), program) from error
    describe(model, job)
    write_package(model, path)
    return ExportReport(
        format=CoreMLExporter.format,
        bytes=package_bytes(path),
        quantized_ops=operators,
        sqnr_db=file_sqnr_db(_measured(job), path, example_inputs(job.spec, job.loaded)),
        seconds=round(time.monotonic() - started, 2),
    )


def _measured(job: ExportJob) -> ExportJob:
    """`job` with the bundled photos to measure it with where a model of pictures has none to be calibrated with.

    float16 is a loss as well, so each file has its SQNR; on random numbers it would be that of a picture of noise.
    """
    if job.calibration or not job.spec.image_inputs:
        return job
    from edgegen.verify.compare import verification_inputs

    return dataclasses.replace(job, calibration=verification_inputs(job.spec))


def _converted(job: ExportJob, program: ExportedProgram) -> tuple[Any, int]:
    """The MLModel, and how many of its operators have quantised or compressed weights."""
    from edgegen.compress.coreml import compress_weights
    from edgegen.compress.pt2e import quantize

    mode = job.spec.export.quantize.mode
    operators = 0
    if mode == "int8" and not job.calibration:
        raise ExportError(
            "int8 needs pictures to calibrate with, and there are none",
            where="export.quantize.calibration",
            hint="Give a folder of typical pictures: --calibration DIR (some tens), or --quantize int8-weights",
        )
    if mode == "int8":
        # By XNNPACK's quantizer: Apple's own (executorch.backends.apple.coreml.quantizer) takes no notice of hardtanh
        # and has symmetric activations; EfficientNet-Lite0 has 17 dB with the one and -6 dB with the other.
        quantized = quantize(program, mode, example_inputs(job.spec, job.loaded), job.calibration)
        program, operators = quantized.program, quantized.operators
    classifier = is_classifier(job.spec, job.labels)
    if job.spec.export.image_input:
        program = with_pictures(program, job.spec, classifier=classifier)
    model = convert(program, job.spec, probabilities=classifier)
    if mode not in ("none", "int8"):
        compressed = compress_weights(model, mode)
        model, operators = compressed.model, compressed.operators
    if classifier and job.labels:
        model = as_classifier(model, job.labels, target(job.spec))
    return model, operators
