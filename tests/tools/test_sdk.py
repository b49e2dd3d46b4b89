"""The SDK for boards comes whole out of its wheel, or not at all."""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from edgegen.errors import ToolError
from edgegen.tools.sdk import TAG, ExecuTorchSdk, unpack_checked
from edgegen.versions import EXECUTORCH

CONFIG = "executorch/lib/cmake/executorch/executorch-config-version.cmake"
FILES = {
    CONFIG: f'set(PACKAGE_VERSION "{EXECUTORCH}")\n'.encode(),
    "executorch/lib/libexecutorch.so": b"\x7fELF" + bytes(500_000),
    "executorch/include/executorch/a.h": b"#pragma once\n",
    "executorch/exir/not_needed.py": b"print()\n",
}


def wheel(path: Path, files: dict[str, bytes] | None = None, lie: str = "") -> Path:
    """A wheel of `files` whose RECORD gives a wrong hash for `lie`."""
    files = FILES if files is None else files
    rows = []
    for name, content in files.items():
        digest = hashlib.sha256(b"another" if name == lie else content).digest()
        rows.append(f"{name},sha256={base64.urlsafe_b64encode(digest).rstrip(b'=').decode()},{len(content)}")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr("executorch-1.dist-info/RECORD", "\n".join(rows))
    return path


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    folder = tmp_path / "cache"
    (folder / "wheels").mkdir(parents=True)
    monkeypatch.setenv("EDGEGEN_CACHE", str(folder))
    return folder


def test_a_wheel_at_hand_is_used_without_the_network(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    wheel(cache / "wheels" / f"executorch-{EXECUTORCH}-cp311-cp311-{TAG}.whl")
    root = ExecuTorchSdk().root()
    assert (root / "include" / "executorch" / "a.h").is_file()
    assert not (root / "exir").exists()
    assert ExecuTorchSdk().verify().version == EXECUTORCH
    assert ExecuTorchSdk().root() == root


def test_without_wheel_and_network_the_error_says_where_to_put_it(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(ToolError, match="could not be fetched") as caught:
        ExecuTorchSdk().root()
    assert str(cache / "wheels") in caught.value.hint
    assert not list((cache / "sdk").iterdir())


@pytest.mark.parametrize("lie", [CONFIG, "executorch/lib/libexecutorch.so"])
def test_a_file_that_is_not_what_record_says_is_refused(tmp_path: Path, lie: str) -> None:
    with pytest.raises(ToolError, match="the wheel is damaged"):
        unpack_checked(wheel(tmp_path / "a.whl", lie=lie), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_that_record_does_not_name_is_refused(tmp_path: Path) -> None:
    path = wheel(tmp_path / "a.whl")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("executorch/lib/extra.so", b"?")
    with pytest.raises(ToolError, match="the wheel is damaged"):
        unpack_checked(path, tmp_path / "out")


def test_a_path_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    files = {**FILES, "executorch/lib/../../../evil": b"?"}
    with pytest.raises(ToolError, match="the wheel is damaged"):
        unpack_checked(wheel(tmp_path / "a.whl", files), tmp_path / "out")
    assert not (tmp_path / "evil").exists()


def test_a_truncated_wheel_and_one_without_sdk_are_refused(tmp_path: Path) -> None:
    path = wheel(tmp_path / "a.whl")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ToolError, match="the wheel is damaged"):
        unpack_checked(path, tmp_path / "out")
    with pytest.raises(ToolError, match="no C\\+\\+ SDK"):
        unpack_checked(wheel(tmp_path / "b.whl", {"executorch/include/a.h": b""}), tmp_path / "out")


def test_killed_at_any_moment_the_next_run_succeeds(cache: Path) -> None:
    """The folder in the cache is whole or absent, never half."""
    wheel(cache / "wheels" / f"executorch-{EXECUTORCH}-cp311-cp311-{TAG}.whl")
    code = "from edgegen.tools.sdk import ExecuTorchSdk; ExecuTorchSdk().root()"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for milliseconds in range(60, 180, 20):
        process = subprocess.Popen([sys.executable, "-c", code], env=environment)
        try:
            process.wait(milliseconds / 1000)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for folder in (cache / "sdk").glob(f"executorch-{EXECUTORCH}-*"):
            assert (folder / "executorch" / "lib" / "libexecutorch.so").stat().st_size == 500_004
    assert (ExecuTorchSdk().root() / "include" / "executorch" / "a.h").is_file()
