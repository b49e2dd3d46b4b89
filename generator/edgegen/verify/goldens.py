"""A project's goldens against the reference of today: the same pictures must give the same bits at every stage.

The outputs were computed by the exported file, whose float arithmetic may differ between processors, so they are held
to a tolerance.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from edgegen.errors import GateError
from edgegen.spec.model_spec import ImageInput, ModelSpec, QuantizeMode
from edgegen.verify.metrics import max_rel_error
from edgegen.verify.runner import named_runner

if TYPE_CHECKING:
    import numpy.typing as npt

_OUTPUT_TOLERANCE: Final[dict[QuantizeMode, float]] = {
    **{"none": 1e-4, "dynamic": 2e-2, "int8": 5e-2},
    **{"int8-weights": 1e-4, "palette6": 1e-4, "palette4": 1e-4},
}
# A sum in another order can be rounded to the next float16, and every layer after it makes more of that.
_FLOAT16_TOLERANCE: Final = 2e-2
_HINT: Final = "Write them anew with edgegen export, and look at what changed: edgegen.toml, Pillow, or the files"


@dataclass(frozen=True)
class GoldenReport:
    """`arrays` golden arrays of `cases` pictures were compared; `failures` says in a line each what differs."""

    cases: int
    arrays: int
    failures: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing differs."""
        return not self.failures

    def require_passed(self) -> None:
        """Raises GateError for the first difference."""
        if self.failures:
            more = f" (and {len(self.failures) - 1} more)" if len(self.failures) > 1 else ""
            raise GateError(f"{self.failures[0]}{more}", where="generated/goldens", hint=_HINT)

    def headline(self) -> str:
        """ "3 pictures, 14 arrays: equal"."""
        result = "equal" if self.passed else f"{len(self.failures)} differ"
        return f"{self.cases} {'picture' if self.cases == 1 else 'pictures'}, {self.arrays} arrays: {result}"

    def document(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "passed": self.passed, "cases": self.cases, "arrays": self.arrays, "failures": list(self.failures)
        }  # fmt: skip


def check_goldens(spec: ModelSpec, folder: Path, model: Path) -> GoldenReport:
    """Makes every golden in `folder` again, by the reference and by the exported file `model`, and compares.

    Raises GateError when the goldens cannot be read.
    """
    try:
        cases = json.loads((folder / "index.json").read_text(encoding="utf-8"))["cases"]
        results = [list(_case(spec, folder, case, model)) for case in cases]
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise GateError(
            f"the goldens cannot be read: {type(error).__name__}: {error}", where=str(folder), hint=_HINT
        ) from error
    compared = [difference for result in results for difference in result]
    return GoldenReport(len(cases), len(compared), tuple(text for text in compared if text is not None))


def _case(spec: ModelSpec, folder: Path, case: dict[str, Any], model: Path) -> Iterator[str | None]:
    """For each array of a case: None where it is equal, else what differs."""
    import numpy as np
    import torch

    from edgegen.reference.decode import decode
    from edgegen.reference.pipeline import run_stages

    inputs: dict[str, torch.Tensor] = {}
    image = decode(folder / case["photo"]) if case["photo"] is not None else None
    for name, stages in case["inputs"].items():
        item = spec.input(name)
        golden = {stage["stage"]: np.load(folder / stage["file"], allow_pickle=False) for stage in stages}
        if "tensor" in golden:
            inputs[name] = torch.from_numpy(golden["tensor"])
        if isinstance(item, ImageInput) and image is not None:
            made = {stage.name: stage.array for stage in run_stages(item, image)}
            for stage, array in golden.items():
                yield _difference(f"{case['name']}, {name}, stage {stage}", array, made.get(stage))
    if not case["outputs"]:
        return
    outputs = named_runner(spec, model)(inputs)
    tolerance = _tolerance(spec)
    for name, entry in case["outputs"].items():
        expected = torch.from_numpy(np.load(folder / entry["file"], allow_pickle=False))
        if name not in outputs or outputs[name].shape != expected.shape:
            yield f"{case['name']}, output {name}: the exported file gives no such output"
            continue
        error = max_rel_error(expected, outputs[name])
        yield f"{case['name']}, output {name}: relative error {error:.2g}" if error > tolerance else None


def _tolerance(spec: ModelSpec) -> float:
    """How far an output may be from the golden one, as a share of its largest value."""
    export = spec.export
    tolerance = _OUTPUT_TOLERANCE[export.quantize.mode]
    if export.is_coreml and export.precision != "float32":
        return max(tolerance, _FLOAT16_TOLERANCE)
    return tolerance


def _difference(what: str, golden: npt.NDArray[Any], made: npt.NDArray[Any] | None) -> str | None:
    """None where the bits are the same, else the stage and its first differing value with both values."""
    import numpy as np

    if made is None:
        return f"{what}: the spec has no such stage"
    if golden.shape != made.shape or golden.dtype != made.dtype:
        return f"{what}: {made.shape} {made.dtype}, the golden is {golden.shape} {golden.dtype}"
    differing = np.flatnonzero(_bits(golden) != _bits(made))
    if not differing.size:
        return None
    first = np.unravel_index(differing[0], golden.shape)
    place = ", ".join(str(int(index)) for index in first)
    values = f"{made.reshape(-1)[differing[0]]!r}, the golden has {golden.reshape(-1)[differing[0]]!r}"
    return f"{what}: {differing.size} values differ, first at [{place}]: {values}"


def _bits(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The array's bit patterns, flat: nan is equal to itself, and -0.0 differs from 0.0."""
    flat = array.reshape(-1)
    return flat.view(f"u{flat.dtype.itemsize}") if flat.dtype.kind == "f" else flat
