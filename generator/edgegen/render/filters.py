"""Escape filters: how a text that a person typed becomes a literal of the file it is written into.

A project may be called `Tom & Jerry's "Ünïcode"`; every format has its own way of being broken by that.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from typing import Any, Final

from jinja2 import Environment
from jinja2.ext import Extension


def cpp_string(text: str) -> str:
    """A C++ string literal with its quotes; characters beyond ASCII are kept as UTF-8.

    Control characters become three-digit octal escapes, which, unlike `\\x`, cannot swallow the character after them;
    a `?` is escaped because `??=` was a trigraph before C++17.
    """
    named = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "?": "\\?"}
    return (
        '"' + "".join(named.get(c) or (c if ord(c) >= 32 and ord(c) != 127 else f"\\{ord(c):03o}") for c in text) + '"'
    )


def cmake_string(text: str) -> str:
    """A quoted CMake argument: `$` must not begin a variable reference."""
    named = {"\\": "\\\\", '"': '\\"', "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(named.get(c, c) for c in text) + '"'


def json_string(text: str) -> str:
    """A JSON string with its quotes."""
    return json.dumps(text, ensure_ascii=False)


def python_string(text: str) -> str:
    """A Python string literal; JSON's escapes are a subset of Python's for every character JSON can hold."""
    return json.dumps(text, ensure_ascii=False)


def toml_string(text: str) -> str:
    """A basic TOML string with its quotes (TOML forbids DEL, which JSON allows)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def sh_quote(text: str) -> str:
    """One word of a POSIX shell command."""
    return shlex.quote(text)


def md_text(text: str) -> str:
    """Text inside Markdown prose, shown as it was typed."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|&" else c for c in text)


def comment_text(text: str) -> str:
    """Text inside a `//`, `#` or `/* */` comment: nothing in it may end the comment."""
    return " ".join(text.split()).replace("*/", "* /").rstrip("\\")


FILTERS: Final[dict[str, Callable[[str], str]]] = {
    "cpp_string": cpp_string,
    "cmake_string": cmake_string,
    "json_string": json_string,
    "python_string": python_string,
    "toml_string": toml_string,
    "sh_quote": sh_quote,
    "md_text": md_text,
    "comment_text": comment_text,
}


class Filters(Extension):
    """The jinja2 extension by which cookiecutter learns the filters."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        filters: dict[str, Any] = environment.filters
        filters.update(FILTERS)
