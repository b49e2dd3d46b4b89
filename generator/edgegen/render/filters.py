"""Escape filters: how a text that a person typed becomes a literal of the file it is written into.

A project may be called `Tom & Jerry's "Ünïcode"`; every format has its own way of being broken by that.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Mapping
from typing import Any, Final

from jinja2 import Environment
from jinja2.ext import Extension

_C_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def cpp_string(text: str) -> str:
    """A C++ string literal with its quotes; characters beyond ASCII are kept as UTF-8.

    Control characters become three-digit octal escapes, which, unlike `\\x`, cannot swallow the character after them;
    a `?` is escaped because `??=` was a trigraph before C++17.
    """
    return '"' + _escaped(text, {**_C_ESCAPES, "?": "\\?"}, "\\{:03o}") + '"'


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


def java_string(text: str) -> str:
    """A Java string literal with its quotes; characters beyond ASCII are kept as UTF-8.

    Control characters become octal escapes: `\\u000a` would be a line break before the literal is read.
    """
    return '"' + _escaped(text, _C_ESCAPES, "\\{:03o}") + '"'


def groovy_string(text: str) -> str:
    """A single-quoted Groovy literal with its quotes, in which `$` begins nothing."""
    named = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return "'" + _escaped(text, named, "\\u{:04x}") + "'"


def properties_value(text: str) -> str:
    """The value of a key in a Java `.properties` file, which is read as Latin-1: the rest becomes `\\u` escapes."""
    named = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f"}
    units = memoryview(text.encode("utf-16-be", "surrogatepass")).cast("B")
    codes = [units[i] << 8 | units[i + 1] for i in range(0, len(units), 2)]
    body = "".join(named.get(chr(c)) or (chr(c) if 32 <= c < 127 else f"\\u{c:04x}") for c in codes)
    # White space at the beginning would count as part of the separator.
    return f"\\{body}" if body.startswith(" ") else body


def xml_text(text: str) -> str:
    """Character data of an XML element. What XML 1.0 cannot hold at all becomes U+FFFD."""
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
    return "".join(named.get(c) or (c if _in_xml(c) else "\ufffd") for c in text)


def xml_attribute(text: str) -> str:
    """The value of an XML attribute, without its quotes; they may be of either kind."""
    named = {'"': "&quot;", "'": "&apos;", "\n": "&#10;", "\t": "&#9;"}
    return "".join(named.get(c, c) for c in xml_text(text))


def android_string(text: str) -> str:
    """The content of a `<string>` resource: aapt2's quoting inside XML's.

    aapt2 collapses white space, drops quotes and apostrophes, and reads `@` and `?` at the beginning as references. The
    element needs `formatted="false"` where the text may hold two percent signs.
    """
    named = {"\\": "\\\\", '"': '\\"', "'": "\\'", "\n": "\\n", "\t": "\\t", "\r": "\\u000d", "\x7f": "\\u007f"}
    quoted = "".join(named.get(c, c) for c in text)
    quoted = re.sub(r"^ | (?= )| $", r"\\u0020", quoted)
    return xml_text(f"\\{quoted}" if quoted[:1] in {"@", "?"} else quoted)


def swift_string(text: str) -> str:
    """A Swift string literal with its quotes: without a backslash of its own nothing in it is interpolated."""
    body = _escaped(text, _C_ESCAPES, "\\u{{{:x}}}")
    return f'"{body}"'


def ruby_string(text: str) -> str:
    """A single-quoted Ruby literal with its quotes, for Podfiles and podspecs: `#{` begins nothing in it."""
    named = {"\\": "\\\\", "'": "\\'"}
    return "'" + "".join(named.get(c, c) for c in text) + "'"


def xcconfig_value(text: str) -> str:
    """What stands behind `NAME = ` in an .xcconfig file, for a setting that is one string; quotes are kept as typed.

    `$$` is a dollar, and `//` would begin a comment wherever it stands. White space at the ends is cut, and a semicolon
    at the end, and a backslash there would go on in the next line; so an empty reference, `$()`, keeps them apart.
    """
    one_line = "".join(" " if c in "\n\r\t\v\f\u2028\u2029" else c for c in text)
    body = re.sub(r"/(?=/)", "/$()", one_line.replace("$", "$$"))
    first = "$()" if body.startswith(" ") else ""
    last = "$()" if body.endswith((" ", ";", "\\")) else ""
    return f"{first}{body}{last}"


def _escaped(text: str, named: Mapping[str, str], control: str) -> str:
    """`text` with `named` replacements; `control` formats the code of each other control character."""
    return "".join(named.get(c) or (control.format(ord(c)) if ord(c) < 32 or ord(c) == 127 else c) for c in text)


def _in_xml(c: str) -> bool:
    return c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000"


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
    "java_string": java_string,
    "groovy_string": groovy_string,
    "properties_value": properties_value,
    "xml_text": xml_text,
    "xml_attribute": xml_attribute,
    "android_string": android_string,
    "swift_string": swift_string,
    "ruby_string": ruby_string,
    "xcconfig_value": xcconfig_value,
    "md_text": md_text,
    "comment_text": comment_text,
}


class Filters(Extension):
    """The jinja2 extension by which cookiecutter learns the filters."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        filters: dict[str, Any] = environment.filters
        filters.update(FILTERS)
