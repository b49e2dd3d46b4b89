"""A hostile text, written as a literal of a format and read back by that format's own reader, is the same text."""

from __future__ import annotations

import json
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest

from edgegen.render import filters
from tests.toolchains import need

HOSTILE = [
    'Tom & Jerry\'s "Ünïcode"',
    "back\\slash and trailing \\",
    "${HOME} $(id) `id` $ENV{PATH} ;a;b;",
    "trigraph ??= ??/ and \x01 then 7",
    "line\nbreak\ttab\rreturn",
    "{{ jinja }} {% if %} */ // # <b>&amp;</b>",
    "\x7f end",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_json_and_python_and_shell_and_toml(text: str) -> None:
    assert json.loads(filters.json_string(text)) == text
    assert eval(filters.python_string(text)) == text
    assert shlex.split(filters.sh_quote(text)) == [text]
    assert tomllib.loads(f"x = {filters.toml_string(text)}")["x"] == text


def test_cpp_strings_are_what_the_compiler_reads(tmp_path: Path) -> None:
    compiler = need("g++")
    literals = ",\n".join(filters.cpp_string(text) for text in HOSTILE)
    source = tmp_path / "t.cpp"
    source.write_text(
        "#include <cstdio>\n#include <string>\nint main() {\n"
        f"  const std::string texts[] = {{{literals}}};\n"
        "  for (const auto& t : texts) { std::fwrite(t.data(), 1, t.size(), stdout); std::fputc(0, stdout); }\n}\n",
        encoding="utf-8",
    )
    subprocess.run([compiler, "-std=c++17", "-trigraphs", source, "-o", tmp_path / "t"], check=True)
    printed = subprocess.run([tmp_path / "t"], check=True, capture_output=True).stdout
    assert printed.split(b"\0")[:-1] == [text.encode() for text in HOSTILE]


def test_cmake_strings_are_what_cmake_reads(tmp_path: Path) -> None:
    cmake = need("cmake")
    script = tmp_path / "t.cmake"
    lines = [
        f"file(WRITE {filters.cmake_string(str(tmp_path / str(i)))} {filters.cmake_string(t)})"
        for i, t in enumerate(HOSTILE)
    ]
    script.write_text("\n".join(lines), encoding="utf-8")
    subprocess.run([cmake, "-P", script], check=True)
    assert [(tmp_path / str(i)).read_bytes().decode() for i in range(len(HOSTILE))] == HOSTILE


@pytest.mark.parametrize("text", HOSTILE)
def test_a_comment_cannot_be_left(text: str) -> None:
    shown = filters.comment_text(text)
    assert "\n" not in shown
    assert "*/" not in shown
    assert not shown.endswith("\\")
