"""What doctor lists for linux-arm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from edgegen import tools
from edgegen.tools.disk import DiskSpace


def test_every_tool_says_what_for_and_how_to_get_it() -> None:
    statuses = tools.report("linux-arm")
    assert len({status.name for status in statuses}) == len(statuses)
    assert {"CMake", "Ninja", "C++ compiler", "libjpeg-turbo", "ssh", "ExecuTorch"} <= {item.name for item in statuses}
    for status in statuses:
        assert status.purpose
        assert status.remedy
        assert not status.ok or status.version
        json.dumps(status.document())


def test_with_nothing_on_the_path_every_program_is_missing_and_nothing_raises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("EDGEGEN_CACHE", str(tmp_path / "cache"))
    programs = [item for item in tools.report("linux-arm") if item.name not in ("disk space", "ExecuTorch")]
    assert programs
    assert not any(status.ok for status in programs)


def test_the_disk_is_looked_at_where_the_cache_will_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDGEGEN_CACHE", str(tmp_path / "not" / "there" / "yet"))
    status = DiskSpace().verify()
    assert status.version is not None
    assert str(tmp_path) in status.version
    monkeypatch.setattr("edgegen.tools.disk.NEEDED_GB", 1e9)
    assert not DiskSpace().verify().ok


def test_an_unknown_platform_has_no_tools() -> None:
    assert tools.report("toaster") == []
