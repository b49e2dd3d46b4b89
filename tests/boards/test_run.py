"""How a program's end becomes a document or one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from edgegen import boards
from edgegen.boards.run import document
from edgegen.errors import ProjectError, ToolError
from edgegen.tools.process import error_line


def test_a_document_is_read() -> None:
    assert document(0, '{"results": []}\n', "noise") == {"results": []}


def test_the_programs_own_line_and_advice_are_kept() -> None:
    with pytest.raises(ToolError, match=r"the program failed: a\.jpg: this is no picture") as caught:
        document(3, "", "noise\nerror: a.jpg: this is no picture. Convert it.\n")
    assert caught.value.hint == "Convert it."


@pytest.mark.parametrize(
    ("code", "errors", "expected"),
    [(-11, "", "ended by signal 11"), (127, "sh: 1: not found", "not found"), (9, "", "exit code 9")],
)
def test_a_death_without_a_line_is_told(code: int, errors: str, expected: str) -> None:
    with pytest.raises(ToolError, match=expected):
        document(code, "", errors)


def test_no_json_is_an_error_not_an_empty_answer() -> None:
    with pytest.raises(ToolError, match="did not print a JSON document"):
        document(0, "espresso 95 %", "")


def test_a_folder_without_cmake_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no CMake project"):
        boards.build(tmp_path, "native")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[1/2] x\nCMake Error at a.txt:3 (find):\n  Not found\n", "CMake Error at a.txt:3 (find): Not found"),
        ("a.cpp:1:2: fatal error: no jpeglib.h\nterminated.", "a.cpp:1:2: fatal error: no jpeglib.h"),
        ("one\ntwo\n\n", "two"),
        ("", ""),
    ],
)
def test_the_line_that_says_most_is_chosen(text: str, line: str) -> None:
    assert error_line(text) == line
