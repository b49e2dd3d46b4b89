"""Runs cases in batches through a driver and compares every stage, byte for byte."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgegen.reference.pipeline import Stage
from edgegen.spec.plan import Plan, lower
from tests.conformance.casefile import CaseWriter, DriverStage, read_stages
from tests.conformance.cases import Case
from tests.conformance.coverage import Coverage
from tests.conformance.expected import expected_stages, stored_pixels, torchvision_tensor, upright
from tests.conformance.languages import Driver

if TYPE_CHECKING:
    import numpy.typing as npt

BATCH_PIXELS = 4 << 20
"""Pixels of pictures in one batch of files; a batch is also what is held in memory at once."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first stage of one case on one path that is not as expected, in words, and how many values differ in it."""

    case: Case
    path: str
    stage: str
    values: int
    words: str

    def __str__(self) -> str:
        steps = ", ".join(str(step) for step in self.case.image_input.steps)
        height, width = self.case.size
        return (
            f"case {self.case.name}, path {self.path}, stage {self.stage}: {self.words}\n"
            f"    picture {width}x{height} {self.case.texture}, orientation {self.case.orientation}, "
            f"Pillow {self.case.image_input.pillow}, truth {self.case.truth}\n    {steps}"
        )


@dataclass(frozen=True, slots=True)
class _Prepared:
    case: Case
    plan: Plan
    stages: list[Stage] | None
    tensor: npt.NDArray[Any] | None  # torchvision's own


def compare(driver: Driver, cases: Sequence[Case], coverage: Coverage) -> Iterator[Difference]:
    """Yields the first difference of each case on each path."""
    for batch in _batches(cases):
        with tempfile.TemporaryDirectory(prefix="edgegen-conformance-") as name:
            folder = Path(name)
            with CaseWriter(folder) as writer:
                prepared = [_prepare(case, writer) for case in batch]
            for item in prepared:
                coverage.add(item.case, item.stages is None)
            for path in driver.paths:
                driver.run(folder, path)
                coverage.ran(path, len(prepared))
                yield from _differences(prepared, read_stages(folder), path)


def _batches(cases: Sequence[Case]) -> Iterator[list[Case]]:
    batch: list[Case] = []
    pixels = 0
    for case in cases:
        batch.append(case)
        pixels += case.size[0] * case.size[1]
        if pixels >= BATCH_PIXELS:
            yield batch
            batch, pixels = [], 0
    if batch:
        yield batch


def _prepare(case: Case, writer: CaseWriter) -> _Prepared:
    plan = lower(case.image_input)
    pixels = stored_pixels(case)
    writer.add(case, plan, pixels)
    picture = upright(case, pixels)
    stages = expected_stages(plan, picture)
    tensor = torchvision_tensor(case, picture) if stages is not None and case.truth != "plan" else None
    return _Prepared(case, plan, stages, tensor)


def _differences(prepared: list[_Prepared], written: Iterator[DriverStage], path: str) -> Iterator[Difference]:
    by_case: dict[str, list[DriverStage]] = {item.case.name: [] for item in prepared}
    for stage in written:
        by_case[stage.case].append(stage)
    for item in prepared:
        found = _difference(item, by_case[item.case.name])
        if found is not None:
            stage_name, values, words = found
            yield Difference(item.case, path, stage_name, values, words)


def _difference(item: _Prepared, written: list[DriverStage]) -> tuple[str, int, str] | None:
    """(stage, differing values, words) of the first stage that differs, or None."""
    refused = bool(written) and written[-1].data is None
    if item.stages is None:
        return None if refused else ("refusal", 1, "the reference refuses the picture, the driver does not")
    if refused:
        return "refusal", 1, f"the driver refuses: {written[-1].shape}"
    for stage, actual in zip(item.stages, written, strict=False):
        found = _stage_difference(stage.name, stage.array, actual)
        if found is not None:
            return stage.name, *found
    if len(written) != len(item.stages):
        return "end", 1, f"expected {len(item.stages)} stages, got {len(written)}"
    if item.tensor is not None:
        found = _stage_difference("tensor", item.tensor, written[-1])
        if found is not None:
            return "tensor of torchvision's own object", *found
    return None


def _stage_difference(name: str, expected: npt.NDArray[Any], actual: DriverStage) -> tuple[int, str] | None:
    import numpy as np

    assert actual.data is not None
    if actual.stage != name:
        return expected.size, f"the driver wrote {actual.stage!r} in its place"
    shape = "x".join(map(str, expected.shape))
    if name != "tensor" and actual.shape != shape:
        return expected.size, f"expected {shape}, got {actual.shape}"
    wanted = expected.tobytes()
    if wanted == actual.data:
        return None
    if len(wanted) != len(actual.data):
        return expected.size, f"expected {len(wanted)} bytes, got {len(actual.data)}"
    bits = np.dtype(f"<u{expected.dtype.itemsize}")
    left = np.frombuffer(wanted, bits).reshape(expected.shape)
    right = np.frombuffer(actual.data, bits).reshape(expected.shape)
    places = np.argwhere(left != right)
    first = tuple(int(i) for i in places[0])
    digits = 2 * expected.dtype.itemsize
    words = f"{len(places)} of {left.size} values differ, first at {first}: expected 0x{int(left[first]):0{digits}x}"
    return len(places), f"{words}, got 0x{int(right[first]):0{digits}x}"
