"""Bounded runs of the conformance suite, and proof that it notices what it must notice."""

from __future__ import annotations

import platform
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from edgegen.spec.steps import CenterCrop, Filter, Normalize, Resize, ToFloat
from tests.conformance import __main__ as program
from tests.conformance.cases import Case, make_cases
from tests.conformance.compare import compare
from tests.conformance.coverage import Coverage
from tests.conformance.languages import LANGUAGES, Driver, DriverError, cpp
from tests.conformance.yuv import compare_frames
from tests.toolchains import missing

LAST_LINE = re.compile(r"(\d+) cases, (\d+) differing values")


YUV_LAST_LINE = re.compile(r"4 x 2\^24 triples and (\d+) frames, (\d+) differing values")


def _driver(arch: str, *, language: str = "cpp", sanitize: bool = False) -> Driver:
    try:
        return cpp(arch, sanitize=True) if sanitize else LANGUAGES[language](arch)
    except DriverError as error:
        if "is not on this machine" not in str(error):
            raise
        missing(str(error))


@pytest.mark.parametrize(
    ("language", "arch", "cases"),
    [
        ("cpp", "x86_64", 400),
        ("cpp", "aarch64", 200),
        ("java", platform.machine(), 400),
        ("swift", platform.machine(), 400),
    ],
)
def test_kernels_have_the_bits_of_the_reference(
    language: str, arch: str, cases: int, capsys: pytest.CaptureFixture[str]
) -> None:
    _driver(arch, language=language)
    code = program.main(["--language", language, "--arch", arch, "--seed", "20", "--cases", str(cases)])
    printed = capsys.readouterr()
    assert code == 0, printed.err
    last = LAST_LINE.fullmatch(printed.out.splitlines()[-1])
    assert last is not None
    assert (int(last[1]), int(last[2])) == (cases, 0)


@pytest.mark.parametrize(
    ("language", "arch"),
    [("cpp", "x86_64"), ("cpp", "aarch64"), ("java", platform.machine()), ("swift", platform.machine())],
)
def test_camera_frames_have_the_bits_of_the_reference(
    language: str, arch: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _driver(arch, language=language)
    code = program.main(["--language", language, "--arch", arch, "--yuv", "--seed", "20", "--cases", "400"])
    printed = capsys.readouterr()
    assert code == 0, printed.err
    last = YUV_LAST_LINE.fullmatch(printed.out.splitlines()[-1])
    assert last is not None
    assert (int(last[1]), int(last[2])) == (400, 0)


def test_no_undefined_behaviour_on_any_path() -> None:
    driver = _driver("x86_64", sanitize=True)
    assert [str(difference) for difference in compare(driver, make_cases(21, 60), Coverage(driver.paths))] == []
    assert [str(difference) for difference in compare_frames(driver, 21, 200, Counter())] == []


def test_the_same_seed_makes_the_same_cases() -> None:
    assert make_cases(5, 30) == make_cases(5, 30)
    assert make_cases(5, 30) != make_cases(6, 30)


def test_little_coverage_is_a_failure() -> None:
    coverage = Coverage(("scalar",))
    for case in make_cases(5, 3):
        coverage.add(case, refused=False)
    assert "paths scalar" in coverage.missing()
    assert "outcomes refused" in coverage.missing()


def _broken(folder: Path, right: Driver, sabotage: str) -> Driver:
    """A driver that does what `right` does, and then runs `sabotage` on its `index` and `data`."""
    script = folder / "driver.py"
    script.write_text(
        "import pathlib, subprocess, sys\n"
        f"subprocess.run([*{right.command!r}, *sys.argv[1:]], check=True)\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "index, data = folder / 'stages.txt', folder / 'stages.bin'\n"
        f"{sabotage}\n",
        encoding="utf-8",
    )
    return Driver((sys.executable, str(script)), ("scalar",))


class TestBrokenDrivers:
    """Each driver is wrong in one way; the first stage that is wrong must be named."""

    @pytest.fixture
    def case(self) -> Case:
        case = make_cases(5, 1)[0]
        steps = (Resize(20, Filter.BILINEAR), CenterCrop((16, 16)), ToFloat(255.0), Normalize((0.5,), (0.25,)))
        image_input = replace(
            case.image_input, shape=(1, 3, 16, 16), dtype="float32", layout="NCHW", steps=steps, pillow=13
        )
        return replace(case, stored_size=(40, 50), orientation=1, image_input=image_input, truth="v1")

    def _differences(self, tmp_path: Path, case: Case, sabotage: str) -> list[str]:
        broken = _broken(tmp_path, _driver("x86_64"), sabotage)
        return [str(difference) for difference in compare(broken, [case], Coverage(broken.paths))]

    def test_one_bit_of_a_frame(self, tmp_path: Path) -> None:
        right = _driver("x86_64")
        broken = _broken(tmp_path, right, "b = bytearray(data.read_bytes()); b[-1] ^= 1; data.write_bytes(b)")
        (difference,) = compare_frames(broken, 3, 5, Counter())
        assert difference.frame == "frame_4"
        assert difference.values == 1

    def test_a_frame_that_is_not_there(self, tmp_path: Path) -> None:
        drop = "index.write_text(''.join(index.read_text().splitlines(True)[:-1]))"
        (difference,) = compare_frames(_broken(tmp_path, _driver("x86_64"), drop), 3, 5, Counter())
        assert str(difference) == "end: expected 5 frames, got 4"

    def test_an_intact_driver_differs_in_nothing(self, tmp_path: Path, case: Case) -> None:
        assert self._differences(tmp_path, case, "") == []

    def test_one_bit_of_the_resize(self, tmp_path: Path, case: Case) -> None:
        flip = "b = bytearray(data.read_bytes()); b[40 * 50 * 3 + 7] ^= 1; data.write_bytes(b)"
        (difference,) = self._differences(tmp_path, case, flip)
        assert "stage 1_resize: 1 of 1500 values differ, first at (0, 2, 1)" in difference

    def test_one_bit_of_the_tensor(self, tmp_path: Path, case: Case) -> None:
        flip = "b = bytearray(data.read_bytes()); b[-4] ^= 1; data.write_bytes(b)"
        (difference,) = self._differences(tmp_path, case, flip)
        assert "stage tensor: 1 of 768 values differ, first at (0, 2, 15, 15)" in difference

    def test_a_stage_that_is_not_there(self, tmp_path: Path, case: Case) -> None:
        drop = "index.write_text(''.join(index.read_text().splitlines(True)[:-1]))"
        (difference,) = self._differences(tmp_path, case, drop)
        assert "stage end: expected 4 stages, got 3" in difference

    def test_a_refusal_without_reason(self, tmp_path: Path, case: Case) -> None:
        refuse = f"index.write_text('{case.name} refused no mood\\n')"
        (difference,) = self._differences(tmp_path, case, refuse)
        assert "the driver refuses: no mood" in difference

    def test_a_driver_that_crashes(self, tmp_path: Path, case: Case) -> None:
        with pytest.raises(DriverError, match="out of luck"):
            self._differences(tmp_path, case, "sys.exit('out of luck')")
