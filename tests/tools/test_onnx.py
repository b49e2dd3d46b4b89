"""The packages for ONNX, found without importing them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from edgegen.errors import ToolError
from edgegen.tools.onnx import OnnxPackages, require_onnx
from edgegen.versions import ONNXRUNTIME


def test_what_is_installed_is_the_version_that_projects_pin() -> None:
    status = OnnxPackages().verify()
    assert status.ok
    assert status.version == ONNXRUNTIME
    assert not status.required


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgegen.tools.onnx.find_spec", lambda name: None if name == "onnxscript" else object())
    assert not OnnxPackages().verify().ok
    with pytest.raises(ToolError, match="needs onnxscript, not installed here"):
        require_onnx()


def test_onnx_runtime_sends_nothing(tmp_path: Path) -> None:
    """Where it reports to its makers, as it does by default, it leaves an identifier in these folders."""
    code = "from edgegen.tools.onnx import require_onnx; require_onnx(); import onnxruntime"
    # In a CI it is silent anyway.
    environment = {key: value for key, value in os.environ.items() if key not in ("ORT_DISABLE_TELEMETRY", "CI")}
    environment |= {"TMPDIR": str(tmp_path), "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=60)
    assert not list(tmp_path.iterdir())
