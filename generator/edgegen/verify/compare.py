"""The exported file against the PyTorch model: the same inputs through both, and the spec's thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from edgegen.compress.calibration import PICTURE_SUFFIXES
from edgegen.console import captured_output
from edgegen.errors import GateError, SourceError
from edgegen.sources.examples import example_inputs
from edgegen.sources.loaded import LoadedModel
from edgegen.spec.model_spec import ClassificationOutput, ImageInput, ModelSpec, Output
from edgegen.verify.metrics import max_abs_error, max_rel_error, same_top1, sqnr_db, top_k_overlap
from edgegen.verify.report import Failure, OutputRow, VerifyReport
from edgegen.verify.runner import run_module, runner_for

if TYPE_CHECKING:
    from torch import Tensor

RANDOM_SAMPLES: Final = 8


def compare(spec: ModelSpec, loaded: LoadedModel, model: Path, photos: Sequence[Path] | None = None) -> VerifyReport:
    """Runs the spec's inputs made from `photos` (default: the bundled ones) through the module and the file `model`.

    A model without picture inputs gets seeded random numbers. Raises ExportError when the file cannot be run and
    SourceError for a photo that cannot be read; thresholds that are not met are in the report.
    """
    samples = verification_inputs(spec, photos)
    runner = runner_for(model)
    references, actuals = [], []
    for sample in samples:
        references.append(run_module(loaded.module, sample))
        with captured_output():
            actuals.append(runner.run(sample))
    _check_counts(spec, references[0], actuals[0], model)
    rows = []
    for index, output in enumerate(spec.outputs):
        expected = _stacked(output, [outputs[index] for outputs in references])
        rows.append(_row(output, expected, _stacked(output, [outputs[index] for outputs in actuals])))
    kind = "photos" if spec.image_inputs else "random inputs"
    return VerifyReport(tuple(rows), len(samples), kind, tuple(_failures(spec, rows)), runner.scope)


def photos_in(folder: Path) -> list[Path]:
    """The JPEG and PNG files of a folder, by name. Raises SourceError where there are none."""
    if not folder.is_dir():
        raise SourceError("there is no such folder of photos", where=str(folder), hint="Check --photos")
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES and path.is_file())
    if not found:
        raise SourceError("holds no photo", where=str(folder), hint="Put .jpg or .png files into it")
    return found


def verification_inputs(spec: ModelSpec, photos: Sequence[Path] | None = None) -> list[tuple[Tensor, ...]]:
    """The inputs to compare with: one set to a photo, or RANDOM_SAMPLES sets of seeded numbers."""
    if not spec.image_inputs:
        return [example_inputs(spec, seed=seed) for seed in range(RANDOM_SAMPLES)]
    from edgegen.reference.decode import decode
    from edgegen.reference.photos import bundled_photos
    from edgegen.reference.pipeline import tensor_for
    from edgegen.spec.plan import lower

    plans = {item.name: lower(item) for item in spec.image_inputs}
    samples = []
    for seed, path in enumerate(bundled_photos() if photos is None else photos):
        picture = decode(path)
        numbers = example_inputs(spec, seed=seed)
        samples.append(
            tuple(
                tensor_for(plans[item.name], picture) if isinstance(item, ImageInput) else number
                for item, number in zip(spec.inputs, numbers, strict=True)
            )
        )
    return samples


def _check_counts(spec: ModelSpec, expected: Sequence[Tensor], actual: Sequence[Tensor], model: Path) -> None:
    if len(expected) == len(actual) == len(spec.outputs):
        return
    raise GateError(
        f"the spec has {len(spec.outputs)} outputs, the PyTorch model gives {len(expected)} and the file {len(actual)}",
        where=str(model),
        hint="List every output in edgegen.toml, in the model's order, and export again",
    )


def _stacked(output: Output, values: Sequence[Tensor]) -> Tensor:
    import torch

    if len({value.shape for value in values}) > 1:
        raise GateError(
            f"output {output.name} has another shape for each input",
            where=f"outputs.{output.name}",
            hint="Return a fixed shape, such as a mask or the best N, and pick from it in the app",
        )
    return torch.stack(list(values))


def _row(output: Output, expected: Tensor, actual: Tensor) -> OutputRow:
    """The comparison of one output, stacked over samples."""
    if expected.shape != actual.shape:
        raise GateError(
            f"output {output.name} is {_by(actual)} in the file and {_by(expected)} in PyTorch",
            where=f"outputs.{output.name}",
            hint="Export the model again",
        )
    count = len(expected)
    errors = max_abs_error(expected, actual), max_rel_error(expected, actual)
    if not expected.is_floating_point():
        equal = float((expected == actual).double().mean()) if expected.numel() else 1.0
        return OutputRow(output.name, *errors, sqnr_db=None, equal=equal)
    decibels = sqnr_db(expected, actual)
    if not isinstance(output, ClassificationOutput):
        return OutputRow(output.name, *errors, sqnr_db=decibels)
    pairs = list(zip(expected, actual, strict=True))
    top1 = sum(same_top1(reference, got) for reference, got in pairs) / count
    top5 = sum(top_k_overlap(reference, got) for reference, got in pairs) / count
    return OutputRow(output.name, *errors, sqnr_db=decibels, top1=top1, top5=top5)


def _by(tensor: Tensor) -> str:
    return "x".join(map(str, tensor.shape[1:])) or "a scalar"


def _failures(spec: ModelSpec, rows: Sequence[OutputRow]) -> list[Failure]:
    mode = spec.export.quantize.mode
    limits = spec.verify.for_export(spec.export)
    lossy = mode != "none"
    hint = (
        "Calibrate with more pictures of the app's kind, quantise less, or lower the threshold"
        if lossy
        else "The exported file does not compute what the model does: export again, and report it if it stays so"
    )
    failures = []

    def ask(
        key: str, row: OutputRow, value: float | None, limit: float | None, *, at_least: bool, unit: str = ""
    ) -> None:
        if value is None or limit is None or (value >= limit if at_least else value <= limit):
            return
        bound = "at least" if at_least else "at most"
        what = key.removeprefix("min_").removeprefix("max_").removesuffix("_db").replace("_", " ")
        problem = f"output {row.name}: {what} is {value:.4g}{unit}, {bound} {limit:g}{unit} is asked"
        failures.append(Failure(f"verify.{key}", problem, hint))

    for row in rows:
        ask("max_abs_error", row, row.max_abs_error, limits.max_abs_error, at_least=False)
        ask("max_rel_error", row, row.max_rel_error, limits.max_rel_error, at_least=False)
        ask("min_sqnr_db", row, row.sqnr_db, limits.min_sqnr_db, at_least=True, unit=" dB")
        ask("min_top1", row, row.equal if row.top1 is None else row.top1, limits.min_top1, at_least=True)
        drop = spec.budget.max_accuracy_drop
        if drop is not None and row.top1 is not None and 1.0 - row.top1 > drop:
            problem = (
                f"output {row.name}: top-1 changed for {1.0 - row.top1:.1%} of the photos, the budget is {drop:.1%}"
            )
            failures.append(Failure("budget.max_accuracy_drop", problem, hint))
    return failures
