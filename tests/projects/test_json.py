"""With --json, stdout is one document with the keys that scripts may count on, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.faults.in_process import edgegen
from tests.projects.conftest import SENSOR

EXPORT_KEYS = {
    "format", "bytes", "delegated_percent", "undelegated", "quantized_ops", "sqnr_db", "seconds", "cached",
}  # fmt: skip
VERIFY_KEYS = {"passed", "samples", "kind", "scope", "outputs", "failures"}
ROW_KEYS = {"name", "max_abs_error", "max_rel_error", "sqnr_db", "top1", "top5", "equal"}


def strictly(constant: str) -> object:
    raise AssertionError(f"{constant} is not JSON")


def document_of(work: Path, *arguments: str) -> dict[str, Any]:
    done = edgegen(*arguments, "--json", cwd=work)
    assert done.code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout, parse_constant=strictly)
    return found


def test_new(work: Path) -> None:
    found = document_of(work, "new", "hello", "--platform", "linux-arm", *SENSOR)
    assert found.keys() == {"project", "written", "files", "edgegen_toml", "export", "verify"}
    assert found["project"] == "hello"
    assert found["export"].keys() == EXPORT_KEYS
    assert found["verify"].keys() == VERIFY_KEYS


def test_export(work: Path) -> None:
    found = document_of(work, "export", "--project", "sensor")
    assert found.keys() == {"fresh", "exported", "export", "verify"}
    assert found["export"].keys() == EXPORT_KEYS
    assert document_of(work, "export", "--project", "sensor", "--check") == {"fresh": True, "exported": False}


def test_verify(work: Path) -> None:
    found = document_of(work, "verify", "--project", "shelf")
    assert found.keys() == {"passed", "model", "goldens", "transforms"}
    assert found["transforms"] == "shop.data:evaluation"
    assert found["model"].keys() == VERIFY_KEYS
    assert all(row.keys() == ROW_KEYS for row in found["model"]["outputs"])
    assert found["goldens"].keys() == {"passed", "cases", "arrays", "failures"}


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("sensor", "project"),
        ("sensor/generated/model.pte", "pte"),
        ("shop.net:sensor", "model"),
        ("program.pt2", "model"),
    ],
)
def test_inspect(source: str, kind: str, work: Path) -> None:
    found = document_of(work, "inspect", source)
    assert found["kind"] == kind
    if kind == "project":
        assert found.keys() == {"kind", "project", "model", "exported"}
        assert found["model"]["parameters"] == 16 * 8 + 8 + 8 * 4 + 4
        assert found["exported"]["delegated_percent"] == 100


def test_preview(work: Path) -> None:
    found = document_of(work, "preview", "pictures/good.jpg", "--project", "shelf")
    assert found == {"preview": "good-preview.png"}
    assert (work / "good-preview.png").read_bytes().startswith(b"\x89PNG")


def test_doctor(work: Path) -> None:
    done = edgegen("doctor", "--json", cwd=work)
    found = json.loads(done.stdout, parse_constant=strictly)
    assert found.keys() == {"platform", "tools"}
    names = [tool["name"] for tool in found["tools"]]
    assert names
    assert len(set(names)) == len(names)
    missing = [tool["name"] for tool in found["tools"] if tool["required"] and not tool["ok"]]
    assert done.code == (9 if missing else 0)


@pytest.mark.parametrize("command", ["export", "verify"])
def test_quiet_prints_nothing_on_stderr(command: str, work: Path) -> None:
    done = edgegen(command, "--project", "sensor", "--quiet", cwd=work)
    assert done.code == 0
    assert done.stderr == ""
