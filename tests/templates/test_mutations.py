"""The proof that a generated project's tests would see a mistake: each constant and step is changed, one at a time, and
at least one of the project's own ctests fails. Only what the change touches is compiled again."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from edgegen.tools.cmake import CMake
from tests.templates.projects import Project, build


@dataclass(frozen=True)
class Mutation:
    """In `file`, the first match of the pattern `old` becomes `new`."""

    name: str
    file: str
    old: str
    new: str


PIPELINE, SPEC = "generated/pipeline.cpp", "generated/model_spec.cpp"

# The small project's pipeline is: resize short side 72 bilinear, crop 64, (x / 255 - mean) / std, RGB, CHW.
RESIZE, CROP = r"picture\.resize_short_side\(72, Filter::kBilinear\)", r"picture\.center_crop\(64, 64\)"
MUTATIONS = [
    Mutation("channel order", PIPELINE, r"ChannelOrder::kRgb", "ChannelOrder::kBgr"),
    Mutation("layout", PIPELINE, r"edgegen::to_chw", "edgegen::to_hwc"),
    Mutation("filter", PIPELINE, r"Filter::kBilinear", "Filter::kBicubic"),
    Mutation("antialias", PIPELINE, r"Filter::kBilinear", "Filter::kNearest"),
    Mutation("size", PIPELINE, r"resize_short_side\(72", "resize_short_side(73"),
    Mutation("stretched", PIPELINE, r"resize_short_side\(72, ", "resize(72, 72, "),
    Mutation("no resize", PIPELINE, RESIZE, "picture"),
    Mutation("crop moved by a pixel", PIPELINE, CROP, "picture.pad(0, 0, 2, 0, {}).center_crop(64, 64)"),
    Mutation("crop in place of the resize", PIPELINE, RESIZE, "picture.center_crop(72, 72)"),
    Mutation("gray", PIPELINE, CROP, "picture.center_crop(64, 64).gray(3)"),
    Mutation("pass order", PIPELINE, r"PassOrder::kPillow13", "PassOrder::kHorizontalFirst"),
    Mutation("mean and std of another channel", SPEC, "RED_AND_BLUE", ""),
    Mutation("no mean and std", SPEC, "ZERO_TO_ONE", ""),
    Mutation("mean", SPEC, "OTHER_MEAN", ""),
    Mutation("std", SPEC, "OTHER_STD", ""),
    Mutation("scale", SPEC, "ZERO_TO_255", ""),
    Mutation("last bits of the levels", SPEC, "LAST_BITS", ""),
    Mutation("input shape", SPEC, r'"float32", \{1, 3, 64, 64\}', '"float32", {1, 64, 64, 3}'),
    Mutation("order of the labels", "generated/labels.cpp", "ROTATED_LABELS", ""),
    Mutation("softmax", "generated/labels.cpp", r"softmax, kLabels", "sigmoid, kLabels"),
    Mutation("softmax's own arithmetic", "src/scores.cpp", r"score - largest\)", "largest - score)"),
    Mutation("ranking", "src/scores.cpp", r"values\[a\] > values\[b\]", "values[a] < values[b]"),
    Mutation("ties", "src/scores.cpp", r": a < b;\n    \};", ": a > b;\n    };"),
    Mutation("orientation", "decode/decode.cpp", r"decoded\.orientation == 1", "decoded.orientation > 0"),
    Mutation("rounding of the crop", "kernels/crop.h", r": half \+ half % 2", ": half"),
    Mutation("rounding of the weights", "kernels/weights.cpp", r"scaled \+ 0\.5", "scaled"),
    Mutation("checksum of the model", "generated/model_spec.h", r"kModelCrc32 = 0x", "kModelCrc32 = 1 + 0x"),
]


@pytest.fixture
def restored(small: Project, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The file that the mutation changes, put back afterwards."""
    mutation: Mutation = request.getfixturevalue("mutation")
    path = small.folder / mutation.file
    original = path.read_bytes()
    yield path
    path.write_bytes(original)


def compile_tests(small: Project) -> subprocess.CompletedProcess[str]:
    """Compiles what changed, for the tests that walk the goldens."""
    command = [str(CMake().require()), "--build", str(small.build), "--target"]
    command += ["test_pipeline", "test_classifier", "test_model"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_changed_project_fails_its_own_tests(small: Project, mutation: Mutation, restored: Path) -> None:
    original = restored.read_text(encoding="utf-8")
    changed = mutate(original, mutation)
    assert changed != original, "the mutation finds nothing to change"
    restored.write_text(changed, encoding="utf-8")
    built = compile_tests(small)
    assert built.returncode == 0, f"a mutation must compile:\n{built.stdout}"
    # The program's own tests look at exit codes and words; what counts here are the goldens.
    done = small.ctest("-E", "^program", "-j2")
    assert done.returncode != 0, f"no test saw it:\n{done.stdout}"
    assert re.search(r"expected|differs|checksum|stands where|missing|comes first", done.stdout), done.stdout


def test_restored_the_tests_pass_again(small: Project) -> None:
    """Runs last: the failures above came from the mutations, and other tests get the project as it was."""
    assert compile_tests(small).returncode == 0
    build(small.folder)
    done = small.ctest()
    assert done.returncode == 0, done.stdout


def mutate(text: str, mutation: Mutation) -> str:
    """The text with the mutation; those that no pattern can say have a name in capitals."""
    if mutation.old in _LEVELS:
        return _with_levels(text, _LEVELS[mutation.old])
    if mutation.old == "ROTATED_LABELS":
        labels = re.findall(r'^    ".*",$', text, re.MULTILINE)
        return text.replace("\n".join(labels), "\n".join([*labels[1:], labels[0]]))
    return re.sub(mutation.old, mutation.new, text, count=1, flags=re.DOTALL)


Levels = Callable[["npt.NDArray[np.float32]"], "npt.NDArray[np.float32]"]

# What else the table of levels, 3 x 256 float32, could have been.
_LEVELS: dict[str, Levels] = {
    "RED_AND_BLUE": lambda table: table[::-1],
    "ZERO_TO_ONE": lambda _: np.tile(np.arange(256, dtype=np.float32) / np.float32(255), (3, 1)),
    "OTHER_MEAN": lambda table: table + np.float32(1 / 64),
    "OTHER_STD": lambda table: table * np.float32(1.01),
    "ZERO_TO_255": lambda table: table * np.float32(255),
    "LAST_BITS": lambda table: np.nextafter(table, np.float32(9)),
}


def _with_levels(text: str, change: Levels) -> str:
    tables = re.findall(r"    // \w+: [^\n]*\n    \{\n(.*?)    \},\n", text, re.DOTALL)
    patterns = [[int(bits, 16) for bits in re.findall(r"0x(\w{8})", table)] for table in tables]
    changed = change(np.array(patterns, dtype=np.uint32).view(np.float32)).astype(np.float32)
    rows = np.ascontiguousarray(changed).view(np.uint32).tolist()
    written = [", ".join(f"0x{value:08x}" for value in row) + ",\n" for row in rows]
    for index, table in enumerate(tables):
        text = text.replace(table, f"@{index}@")
    for index, row in enumerate(written):
        text = text.replace(f"@{index}@", row)
    return text
