"""The preprocessing benchmark: what it prints, and the memory it counts. Its speed is for docs/benchmarks.md."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable

import pytest

from benchmarks import preprocess
from tests.swift.toolchain import need_swift
from tests.toolchains import need

MEBIBYTE = 1 << 20


@pytest.fixture(scope="module")
def report() -> dict[str, object]:
    return preprocess.measure(rounds=3)


def test_one_json_document_with_a_row_for_each_size(
    report: dict[str, object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(preprocess, "measure", lambda rounds: report)
    assert preprocess.main(["--language", "cpp", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [row["size"] for row in printed["rows"]] == ["4032x3024", "1920x1080", "640x480"]
    for row in printed["rows"]:
        assert row["vs_pillow"] == pytest.approx(row["pillow_milliseconds"] / row["milliseconds"], rel=0.02)
        assert row["vs_area"] == pytest.approx(row["area_milliseconds"] / row["milliseconds"], rel=0.02)
        # Far below what an idle machine shows; other work on this one moves the ratios.
        assert row["vs_pillow"] > 1.5


@pytest.mark.parametrize("language", ["java", "swift"])
def test_a_program_has_a_row_for_each_size_and_makes_no_garbage(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if language == "java":
        need("javac")
    else:
        need_swift()
    measure = f"measure_{language}"
    report = getattr(preprocess, measure)(rounds=3)
    assert [row["size"] for row in report["rows"]] == ["4032x3024", "1920x1080", "640x480"]
    for row in report["rows"]:
        # Far below what an idle machine shows, as above.
        assert row["vs_pillow"] > 1.0
    for kind in ("photo", "frame"):
        assert set(report[f"garbage_per_{kind}"].values()) == {0}
    monkeypatch.setattr(preprocess, measure, lambda rounds: report)
    assert preprocess.main(["--language", language]) == 0
    printed = capsys.readouterr().out
    assert "Pillow + torchvision" in printed
    assert " 0 " in printed.splitlines()[-1]
    assert "per photo or frame" in printed


def test_a_12_megapixel_photo_needs_at_most_a_mebibyte(report: dict[str, object]) -> None:
    assert report["extra_memory_size"] == "4032x3024"
    memory = report["extra_memory_bytes"]
    assert isinstance(memory, int)
    assert 0 < memory <= MEBIBYTE


def test_the_table_names_the_peers(report: dict[str, object]) -> None:
    table = preprocess.table(report)
    assert "Pillow + torchvision" in table
    assert "OpenCV INTER_AREA" in table


def test_a_missing_peer_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    real: Callable[..., object] = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "cv2" else real(name, *rest))
    assert preprocess.main([]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("error: not installed: OpenCV")
    assert printed.err.count("\n") == 1
