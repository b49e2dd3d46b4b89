"""The tests that a generated project carries pass, and would see a mistake: each constant and step is changed, one at a
time, and at least one of the project's own tests fails. All in one JVM."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.android import jars
from tests.android.build.model_tests import Report, run_changed, run_model_tests, source_roots
from tests.android.projects import LABELS, MANY, Projects


@dataclass(frozen=True)
class Mutation:
    """In the Java file of that name, the first match of the pattern `old` becomes `new`."""

    name: str
    file: str
    old: str
    new: str


# The small project's pipeline is: resize short side 72 bilinear, crop 64, (x / 255 - mean) / std, RGB, CHW.
RESIZE, CROP = r"picture\.resizeShortSide\(72, Filter\.BILINEAR\)", r"picture\.centerCrop\(64, 64\)"
BLACK = "picture.pad(0, 0, 2, 0, 0, 0, 0).centerCrop(64, 64)"
MUTATIONS = [
    Mutation("channel order", "Pipeline", r"ChannelOrder\.RGB", "ChannelOrder.BGR"),
    Mutation("layout", "Pipeline", r"ToTensor\.toChw", "ToTensor.toHwc"),
    Mutation("filter", "Pipeline", r"Filter\.BILINEAR", "Filter.BICUBIC"),
    Mutation("antialias", "Pipeline", r"Filter\.BILINEAR", "Filter.NEAREST"),
    Mutation("size", "Pipeline", r"resizeShortSide\(72", "resizeShortSide(73"),
    Mutation("stretched", "Pipeline", r"resizeShortSide\(72, ", "resize(72, 72, "),
    Mutation("no resize", "Pipeline", RESIZE, "picture"),
    Mutation("crop moved by a pixel", "Pipeline", CROP, BLACK),
    Mutation("crop in place of the resize", "Pipeline", RESIZE, "picture.centerCrop(72, 72)"),
    Mutation("gray", "Pipeline", CROP, "picture.centerCrop(64, 64).gray(3)"),
    Mutation("pass order", "Pipeline", r"PassOrder\.PILLOW_13", "PassOrder.HORIZONTAL_FIRST"),
    Mutation("mean and std of another channel", "ModelSpec", "RED_AND_BLUE", ""),
    Mutation("no mean and std", "ModelSpec", "ZERO_TO_ONE", ""),
    Mutation("mean", "ModelSpec", "OTHER_MEAN", ""),
    Mutation("std", "ModelSpec", "OTHER_STD", ""),
    Mutation("scale", "ModelSpec", "ZERO_TO_255", ""),
    Mutation("last bits of the levels", "ModelSpec", "LAST_BITS", ""),
    Mutation("a level that no golden picture has", "ModelSpec", "ONE_LEVEL", ""),
    Mutation("input shape", "ModelSpec", r"DType\.FLOAT32, 1, 3, 64, 64", "DType.FLOAT32, 1, 64, 64, 3"),
    Mutation("input dtype", "ModelSpec", r"DType\.FLOAT32, 1, 3", "DType.FLOAT16, 1, 3"),
    Mutation("output shape", "ModelSpec", r"DType\.FLOAT32, 1, 6", "DType.FLOAT32, 6, 1"),
    Mutation("hash of the model", "ModelSpec", r'(MODEL_SHA256 =\s+")\w', r"\1x"),
    Mutation("size of the model", "ModelSpec", r"MODEL_BYTES = ", "MODEL_BYTES = 1 + "),
    Mutation("order of the labels", "Labels", "ROTATED_LABELS", ""),
    Mutation("activation", "Labels", r"Activation\.SOFTMAX", "Activation.SIGMOID"),
    Mutation("softmax's own arithmetic", "Activation", r"scores\[i\] - largest\)", "largest - scores[i])"),
    Mutation("softmax overflows", "Activation", r"scores\[i\] - largest\)", "scores[i])"),
    Mutation("ranking", "Scores", r"values\[a\] > values\[b\]", "values[a] < values[b]"),
    Mutation("ties", "Scores", r"values\[a\] > values\[b\]", "values[a] >= values[b]"),
    Mutation("rows of a part", "Workspace", r"height \* \(part \+ 1\) / parts", "height * (part + 1) / parts - 1"),
    Mutation("a part counts for all", "TwoThreads", r"next\+\+ : -1", "(next = parts) - 1 : -1"),
    Mutation("the caller does not wait", "TwoThreads", r"while \(isHelping\)", "while (isHelping && next < 0)"),
    Mutation("a failure is forgotten", "TwoThreads", r"failure = error;", "failure = null;"),
    Mutation("rounding of the crop", "CropRows", r": half \+ half % 2", ": half"),
    Mutation("rounding of the weights", "Axis", r"scaled - 0\.5 : scaled \+ 0\.5", "scaled : scaled"),
    Mutation("EXIF orientation", "Orientation", r"case 6:", "case 16:"),
    Mutation("EXIF orientations exchanged", "Orientation", r"case 5:(.*?)case 7:", r"case 7:\1case 5:"),
    Mutation("rotation of a frame", "Yuv", r"rotation == 90 \? -dy", "rotation == 270 ? -dy"),
    Mutation("mirror of a frame", "Yuv", r"mirrored \? -across : across", "across"),
    Mutation("range of a frame", "Yuv", r"range == Range\.FULL \? BT601_FULL", "range == Range.LIMITED ? BT601_FULL"),
    Mutation("limited range's black", "Yuv", r"BT709_LIMITED = \{16", "BT709_LIMITED = {0"),
    Mutation("matrix of a frame", "Yuv", r"matrix == Matrix\.BT601", "matrix == Matrix.BT709"),
    Mutation(
        "U and V", "Yuv", r"byte\[\] blues = u\.band;\s+byte\[\] reds = v", "byte[] blues = v.band; byte[] reds = u"
    ),
    Mutation("rounding of a frame's colours", "Yuv", r"HALF = 1 << \(BITS - 1\)", "HALF = 0"),
    Mutation("row stride of a frame", "Yuv", r"\(top \+ row\) \* rowStride", "(top + row) * (rowStride - 1)"),
    Mutation("crop of a frame", "Yuv", r"this\.left = left;", "this.left = 0;"),
]


@pytest.fixture(scope="module")
def reports(android: Projects, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """What the tests said to each mutation, and under "" to the project as it is."""
    project = android.folder("small")
    sources = {path.stem: path for root in source_roots(project)[:2] for path in root.rglob("*.java")}
    changes: list[dict[Path, str]] = [{}]
    for mutation in MUTATIONS:
        path = sources[mutation.file]
        original = path.read_text(encoding="utf-8")
        changed = mutate(original, mutation)
        assert changed != original, f"{mutation.name}: the mutation finds nothing to change"
        changes.append({path: changed})
    jars.need("android")
    found = run_changed(project, "executorch", tmp_path_factory.mktemp("mutations"), changes)
    return dict(zip(["", *(mutation.name for mutation in MUTATIONS)], found, strict=True))


@pytest.mark.parametrize("variant", ["demo", "numbers", "hostile", MANY])
def test_a_projects_own_tests_pass(android: Projects, tmp_path: Path, variant: str) -> None:
    """Compiled with every warning an error, as `:model` itself was."""
    report = run_model_tests(android.compiled(variant), tmp_path)
    assert report.compile_error is None
    assert report.failed == {}
    seen = {name.rpartition(".")[2].rstrip(")") for name in report.passed}
    pictures = {"PipelineTest", "CameraTest", "ScoresTest"}
    assert seen >= {"ModelSpecTest", "ModelFileTest", "TensorTest"} | (pictures if variant != "numbers" else set())


def test_without_a_change_every_test_passes(reports: dict[str, Report]) -> None:
    """Or the failures below would prove nothing."""
    assert reports[""] == Report(passed=reports[""].passed)
    assert len(reports[""].passed) > 20


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_changed_project_fails_its_own_tests(reports: dict[str, Report], mutation: Mutation) -> None:
    report = reports[mutation.name]
    assert report.compile_error is None, "a mutation must compile"
    assert report.failed, "no test saw it"
    assert len(report.failed) + len(report.passed) == len(reports[""].passed), "some tests did not run"


def mutate(text: str, mutation: Mutation) -> str:
    """The text with the mutation; those that no pattern can say have a name in capitals."""
    if mutation.old in _LEVELS:
        return _with_levels(text, _LEVELS[mutation.old])
    if mutation.old == "ROTATED_LABELS":
        start = text.index(" NAMES")
        literal = r'"(?:\\.|[^"\\\n])*"'
        labels = re.findall(literal, text[start:])
        assert len(labels) == len(LABELS)
        rotated = iter([*labels[1:], labels[0]])
        return text[:start] + re.sub(literal, lambda _: next(rotated), text[start:])
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


def _with_levels(text: str, change: Levels) -> str:
    patterns = re.findall(r"0x[0-9a-f]{8}\b", text)
    assert len(patterns) == 3 * 256
    table = np.array([int(bits, 16) for bits in patterns], dtype=np.uint32).view(np.float32).reshape(3, 256)
    changed = np.ascontiguousarray(change(table).astype(np.float32)).view(np.uint32).ravel().tolist()
    values = iter(changed)
    return re.sub(r"0x[0-9a-f]{8}\b", lambda _: f"0x{next(values):08x}", text)
