"""The table of runtimes, and what it is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from edgegen.errors import UsageError
from edgegen.exporters import exporter_names
from edgegen.runtimes import DEFAULT_RUNTIME, RUNTIMES, default_runtime, get_runtime, model_file, runtime_of_file
from tests.exporters.jobs import VECTOR, make_spec


def test_every_runtime_has_an_exporter_and_a_suffix_of_its_own() -> None:
    assert tuple(RUNTIMES) == exporter_names()
    assert len({runtime.suffix for runtime in RUNTIMES.values()}) == len(RUNTIMES)
    assert DEFAULT_RUNTIME in RUNTIMES


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("executorch", "model.pte"),
        ("torchscript", "model.ptl"),
        ("onnx", "model.onnx"),
        ("coreml", "model.mlpackage"),
    ],
)
def test_the_file_of_a_spec(name: str, file: str) -> None:
    assert model_file(make_spec(VECTOR, runtime=name)) == file
    assert runtime_of_file(Path("anywhere") / file.upper()) is RUNTIMES[name]


def test_what_is_no_runtime() -> None:
    assert runtime_of_file(Path("model.tflite")) is None
    with pytest.raises(UsageError, match="there is no runtime 'tflite'") as caught:
        get_runtime("tflite")
    assert "executorch, torchscript, onnx, coreml" in caught.value.hint


def test_a_platform_has_a_runtime_of_its_own() -> None:
    assert [default_runtime(name) for name in ("linux-arm", "android", "ios")] == ["executorch", "executorch", "coreml"]


def test_only_the_legacy_runtime_has_a_notice() -> None:
    assert [name for name, runtime in RUNTIMES.items() if runtime.notice] == ["torchscript"]
    assert "16 KB" in (RUNTIMES["torchscript"].notice or "")


def test_it_needs_the_standard_library_only() -> None:
    code = "import sys, edgegen.runtimes; print([n for n in ('torch', 'onnx', 'numpy', 'click') if n in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
