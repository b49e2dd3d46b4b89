"""The tests that a generated project carries would see a mistake: each constant and step is changed, one at a time, and
at least one of the project's own tests fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest

from tests.android.projects import LABELS
from tests.ios.build.model_tests import Report
from tests.ios.build.mutants import Mutant, run_mutants
from tests.ios.projects import Projects


@dataclass(frozen=True)
class Mutation:
    """In the Swift file of that name, the first match of the pattern `old` becomes `new`."""

    name: str
    file: str
    old: str
    new: str


# The small project's pipeline is: resize short side 72 bilinear, crop 64, (x / 255 - mean) / std, RGB, CHW.
RESIZE, CROP = r"\.resizeShortSide\(72, \.bilinear\)", r"\.centerCrop\(height: 64, width: 64\)"
MUTATIONS = [
    Mutation("channel order", "Pipeline", r"order: \.rgb", "order: .bgr"),
    Mutation("layout", "Pipeline", r"ToTensor\.toChw", "ToTensor.toHwc"),
    Mutation("filter", "Pipeline", r"\.bilinear", ".bicubic"),
    Mutation("antialias", "Pipeline", r"\.bilinear", ".nearest"),
    Mutation("size", "Pipeline", r"resizeShortSide\(72", "resizeShortSide(73"),
    Mutation("stretched", "Pipeline", r"resizeShortSide\(72, ", "resize(height: 72, width: 72, "),
    Mutation("no resize", "Pipeline", RESIZE, ""),
    Mutation("crop in place of the resize", "Pipeline", RESIZE, ".centerCrop(height: 72, width: 72)"),
    Mutation("gray", "Pipeline", CROP, ".centerCrop(height: 64, width: 64).gray(channels: 3)"),
    Mutation("pass order", "Pipeline", r"\.pillow13", ".horizontalFirst"),
    Mutation("mean and std of another channel", "ModelSpec", "RED_AND_BLUE", ""),
    Mutation("no mean and std", "ModelSpec", "ZERO_TO_ONE", ""),
    Mutation("mean", "ModelSpec", "OTHER_MEAN", ""),
    Mutation("std", "ModelSpec", "OTHER_STD", ""),
    Mutation("scale", "ModelSpec", "ZERO_TO_255", ""),
    Mutation("last bits of the levels", "ModelSpec", "LAST_BITS", ""),
    Mutation("a level that no golden picture has", "ModelSpec", "ONE_LEVEL", ""),
    Mutation("input shape", "ModelSpec", r"shape: \[1, 3, 64, 64\]", "shape: [1, 64, 64, 3]"),
    Mutation("input dtype", "ModelSpec", r"dtype: \.float32, shape: \[1, 3", "dtype: .float16, shape: [1, 3"),
    Mutation("output shape", "ModelSpec", r"shape: \[1, 6\]", "shape: [6, 1]"),
    Mutation("hash of the model", "ModelSpec", r"modelDigest: UInt64 = ", "modelDigest: UInt64 = 1 ^ "),
    Mutation("size of the model", "ModelSpec", r"modelByteCount = ", "modelByteCount = 1 + "),
    Mutation("order of the labels", "Labels", "ROTATED_LABELS", ""),
    Mutation("activation", "Labels", r"activation: \.softmax", "activation: .sigmoid"),
    Mutation("softmax's own arithmetic", "Activation", r"scores\[index\] - largest\)", "largest - scores[index])"),
    Mutation("softmax overflows", "Activation", r"scores\[index\] - largest\)", "scores[index])"),
    Mutation("ranking", "Scores", r"value > other \|\|", "value < other ||"),
    Mutation("ties", "Scores", r"value > other \|\|", "value >= other ||"),
    Mutation("rounding of the crop", "CropRows", r": half \+ half % 2", ": half"),
    Mutation("rounding of the weights", "Axis", r"scaled - 0\.5 : scaled \+ 0\.5", "scaled : scaled"),
    Mutation("EXIF orientation", "Turn", r"case 6: \(90, false\)", "case 6: (270, false)"),
    Mutation("EXIF orientations exchanged", "Turn", r"case 5: \(90, true\)", "case 5: (270, true)"),
    Mutation("window of a turned photo", "Turn", r"case 270: Window\(left: width - bottom", "case 270: Window(left: 0"),
    Mutation(
        "packed pixels",
        "PackedPixels",
        r"bytesPerPixel: 4, red: 2, green: 1, blue: 0",
        "bytesPerPixel: 4, red: 0, green: 1, blue: 2",
    ),
    Mutation("alpha", "ImageReader", r"\* 255 \+ alpha / 2", "* 255"),
    Mutation("alpha first", "ImageReader", r"alphaIsFirst \? 1 : 0", "alphaIsFirst ? 0 : 0"),
    Mutation(
        "places of an image's channels", "ImageReader", r"red: places\[first\]", "red: places[gray ? first : first + 2]"
    ),
    Mutation("range of a frame", "FrameReader", r"yuv\(frame, \.full\)", "yuv(frame, .limited)"),
    Mutation("matrix of a frame", "FrameReader", r"\? \.bt709 : \.bt601", "? .bt601 : .bt709"),
    Mutation(
        "limited range's black", "Yuv", r"\(\.bt709, \.limited\): self\.init\(16", "(.bt709, .limited): self.init(0"
    ),
    Mutation(
        "rows of a frame",
        "FrameReader",
        r"yBytesPerRow: CVPixelBufferGetBytesPerRowOfPlane\(frame, 0\)",
        "yBytesPerRow: CVPixelBufferGetWidth(frame)",
    ),
]


@pytest.fixture(scope="module")
def reports(ios: Projects) -> dict[str, Report]:
    """What the tests said to each mutation."""
    project = ios.folder("small")
    tests = ios.model_tests("executorch")
    assert ios.report("small").failed == {}
    mutants = []
    for mutation in MUTATIONS:
        (source,) = (project / "ModelKit").rglob(f"{mutation.file}.swift")
        original = source.read_text(encoding="utf-8")
        changed = mutate(original, mutation)
        assert changed != original, f"{mutation.name}: the mutation finds nothing to change"
        mutants.append(Mutant(tests.kit / source.relative_to(project / "ModelKit"), changed))
    found = run_mutants(tests, project, mutants)
    return dict(zip([mutation.name for mutation in MUTATIONS], found, strict=True))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_changed_project_fails_its_own_tests(reports: dict[str, Report], mutation: Mutation) -> None:
    report = reports[mutation.name]
    assert report.compile_error is None, "a mutation must compile"
    assert report.failed, "no test saw it"


def mutate(text: str, mutation: Mutation) -> str:
    """The text with the mutation; those that no pattern can say have a name in capitals."""
    if mutation.old in _LEVELS:
        return _with_levels(text, _LEVELS[mutation.old])
    if mutation.old == "ROTATED_LABELS":
        (block,) = re.findall(r'"""\n(.*?)\n *"""', text, re.DOTALL)
        lines = block.split("\n")
        assert len(lines) == len(LABELS)
        return text.replace(block, "\n".join([*lines[1:], lines[0]]))
    return re.sub(mutation.old, mutation.new, text, count=1, flags=re.DOTALL)


Levels = Callable[["npt.NDArray[np.float32]"], "npt.NDArray[np.float32]"]


def _one_level(table: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    changed = table.copy()
    changed[1, 254] += np.float32(1)
    return changed


# What else the table of levels, 3 x 256 float32, could have been.
_LEVELS: dict[str, Levels] = {
    "RED_AND_BLUE": lambda table: table[::-1],
    "ZERO_TO_ONE": lambda _: np.tile(np.arange(256, dtype=np.float32) / np.float32(255), (3, 1)),
    "OTHER_MEAN": lambda table: table + np.float32(1 / 64),
    "OTHER_STD": lambda table: table * np.float32(1.01),
    "ZERO_TO_255": lambda table: table * np.float32(255),
    "LAST_BITS": lambda table: np.nextafter(table, np.float32(9)),
    "ONE_LEVEL": _one_level,
}


_BITS = r"0x[0-9a-f]{4}_?[0-9a-f]{4}\b"


def _with_levels(text: str, change: Levels) -> str:
    patterns = re.findall(_BITS, text)
    assert len(patterns) == 3 * 256
    table = (
        np.array([int(bits.replace("_", ""), 16) for bits in patterns], dtype=np.uint32)
        .view(np.float32)
        .reshape(3, 256)
    )
    changed = np.ascontiguousarray(change(table).astype(np.float32)).view(np.uint32).ravel().tolist()
    values = iter(changed)
    return re.sub(_BITS, lambda _: f"0x{next(values):08x}", text)
