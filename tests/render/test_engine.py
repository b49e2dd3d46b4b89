"""Rendering gives a whole project or nothing, and stays where it was told to."""

from __future__ import annotations

import os
from pathlib import Path

import jinja2
import pytest
from cookiecutter.exceptions import UndefinedVariableInTemplate

from edgegen.render.engine import render


def overlay(root: Path, name: str, files: dict[str, str]) -> Path:
    folder = root / name / "{{cookiecutter.slug}}"
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return root / name


def test_later_overlays_win_and_verbatim_files_are_not_rendered(tmp_path: Path) -> None:
    base = overlay(tmp_path, "base", {"a.txt": "{{cookiecutter.title}}\n", "b.txt": "base\n"})
    extra = overlay(
        tmp_path,
        "extra",
        {"b.txt": "{% if true %}\nextra\n{% endif %}\n", "sub/c.cmake": "${x} {{cookiecutter.title|cmake_string}}\n"},
    )
    kernels = tmp_path / "kernels"
    kernels.mkdir()
    (kernels / "k.h").write_text("int a[] = {{1}};\n")
    target = tmp_path / "{{odd}} target"
    files = render([base, extra], {"slug": "app", "title": 'a "b" ${c}'}, {"kernels": kernels}, target)
    assert [f.as_posix() for f in files] == ["a.txt", "b.txt", "kernels/k.h", "sub/c.cmake"]
    assert (target / "a.txt").read_text() == 'a "b" ${c}\n'
    assert (target / "b.txt").read_text() == "extra\n"
    assert (target / "sub/c.cmake").read_text() == '${x} "a \\"b\\" \\${c}"\n'
    assert (target / "kernels/k.h").read_text() == "int a[] = {{1}};\n"


@pytest.mark.parametrize("template", ["{{cookiecutter.typo}}", "{{ unknown }}"])
def test_an_undefined_name_fails_and_writes_nothing(tmp_path: Path, template: str) -> None:
    broken = overlay(tmp_path, "broken", {"a.txt": "fine\n", "b.txt": template})
    target = tmp_path / "target"
    before = Path.cwd()
    with pytest.raises((UndefinedVariableInTemplate, jinja2.UndefinedError)):
        render([broken], {"slug": "app"}, {}, target)
    assert not target.exists()
    assert Path.cwd() == before


def test_exec_bits_survive(tmp_path: Path) -> None:
    base = overlay(tmp_path, "base", {"run.py": "#!/usr/bin/env python3\n"})
    (base / "{{cookiecutter.slug}}" / "run.py").chmod(0o755)
    render([base], {"slug": "app"}, {}, tmp_path / "out")
    assert os.access(tmp_path / "out" / "run.py", os.X_OK)
