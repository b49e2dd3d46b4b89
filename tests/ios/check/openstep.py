"""OpenStep property lists, which Xcode's projects are, read strictly: a key twice or a missing semicolon is an error.

    parse(text)    dict, list and str, as in the file; data is its hexadecimal digits

It has nothing in common with the writer in `edgegen.platforms.pbxproj`: what it checks must not share its mistakes.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

_SPACE: Final = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.S)
_BARE: Final = re.compile(r"(?:[A-Za-z0-9_$.:-]|/(?![/*]))+")
_QUOTED: Final = {'"': re.compile(r'"((?:[^"\\]|\\.)*)"', re.S), "'": re.compile(r"'((?:[^'\\]|\\.)*)'", re.S)}
_ESCAPE: Final = re.compile(r"\\(?:U([0-9a-fA-F]{4})|([0-7]{1,3})|(.))", re.S)
_LETTERS: Final = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_DATA: Final = re.compile(r"<([0-9a-fA-F\s]*)>")


class OpenStepError(ValueError):
    """Not an OpenStep property list; the text says where."""


def parse(text: str) -> Value:
    """The one value of a file. Raises OpenStepError."""
    reader = _Reader(text)
    value = reader.value()
    reader.space()
    if reader.at < len(text):
        raise reader.error("the end of the file")
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0

    def error(self, expected: str) -> OpenStepError:
        line = self._text.count("\n", 0, self.at) + 1
        column = self.at - (self._text.rfind("\n", 0, self.at) + 1) + 1
        got = self._text[self.at : self.at + 20] or "the end of the file"
        return OpenStepError(f"line {line}, column {column}: expected {expected}, got {got!r}")

    def space(self) -> None:
        match = _SPACE.match(self._text, self.at)
        assert match is not None  # It matches nothing as well.
        self.at = match.end()

    def value(self) -> Value:
        self.space()
        match self._text[self.at : self.at + 1]:
            case "{":
                return self._dictionary()
            case "(":
                return self._array()
            case "<":
                return self._data()
            case _:
                return self._string()

    def _take(self, mark: str, after: str) -> None:
        self.space()
        if not self._text.startswith(mark, self.at):
            raise self.error(f"{mark!r} after {after}")
        self.at += len(mark)

    def _is_next(self, mark: str) -> bool:
        self.space()
        return self._text.startswith(mark, self.at)

    def _dictionary(self) -> dict[str, Value]:
        self.at += 1
        found: dict[str, Value] = {}
        while not self._is_next("}"):
            start = self.at
            key = self._string()
            if key in found:
                self.at = start
                raise self.error(f"each key once, {key} is there already")
            self._take("=", f"the key {key}")
            found[key] = self.value()
            self._take(";", f"the value of {key}")
        self.at += 1
        return found

    def _array(self) -> list[Value]:
        self.at += 1
        found: list[Value] = []
        while not self._is_next(")"):
            found.append(self.value())
            if not self._is_next(")"):
                self._take(",", "an element")
        self.at += 1
        return found

    def _data(self) -> str:
        match = _DATA.match(self._text, self.at)
        if match is None:
            raise self.error("hexadecimal data")
        self.at = match.end()
        return "".join(match[1].split())

    def _string(self) -> str:
        self.space()
        quote = self._text[self.at : self.at + 1]
        pattern = _QUOTED.get(quote, _BARE)
        match = pattern.match(self._text, self.at)
        if match is None:
            raise self.error("a string, an array or a dictionary")
        self.at = match.end()
        return _ESCAPE.sub(_unescape, match[1]) if quote in _QUOTED else match[0]


def _unescape(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    if match[2]:
        return chr(int(match[2], 8))
    return _LETTERS.get(match[3], match[3])
