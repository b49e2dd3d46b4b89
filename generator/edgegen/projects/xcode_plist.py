"""Xcode's project file as text: where every key and value stands, so that a change touches nothing beside it.

The format is the old property list of NeXT's, `{ key = value; }` and `( value, )`, with comments: strings with or
without quotes, dictionaries, arrays and data. read("project.pbxproj's text") gives the tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, TypeAlias

_BLANK: Final = re.compile(r"(?:\s+|//[^\n\r]*|/\*.*?\*/)+", re.DOTALL)
# What CoreFoundation takes for a string without quotes; Xcode quotes some of it.
_PLAIN: Final = re.compile(r"[A-Za-z0-9_$/:.+@%~&^!?|#*\-]+")
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'', re.DOTALL)
_DATA: Final = re.compile(r"<([0-9A-Fa-f\s]*)>")
_ESCAPE: Final = re.compile(r"\\(U[0-9A-Fa-f]{4}|[0-7]{1,3}|.)", re.DOTALL)
_NAMED: Final = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "\n": "\n"}
_DEEPEST: Final = 64


class PlistSyntaxError(ValueError):
    """The text is no property list of that format. `line` counts from 1."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(f"line {line}: {problem}")
        self.problem = problem
        self.line = line


@dataclass(frozen=True, slots=True)
class String:
    """`text` without quotes and escapes; it stands at [start, end). Data is its digits in angle brackets."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Array:
    """`( … )` at [start, end), both brackets included."""

    items: tuple[Value, ...]
    start: int
    end: int

    def texts(self) -> list[str]:
        """The strings among the items."""
        return [item.text for item in self.items if isinstance(item, String)]


@dataclass(frozen=True, slots=True)
class Entry:
    """`key = value;` at [start, end), from the key to the semicolon."""

    key: String
    value: Value
    end: int

    @property
    def start(self) -> int:
        """Where the key begins."""
        return self.key.start


@dataclass(frozen=True, slots=True)
class Dictionary:
    """`{ … }` at [start, end), both braces included."""

    entries: tuple[Entry, ...]
    start: int
    end: int
    _by_key: dict[str, Entry] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._by_key.update((entry.key.text, entry) for entry in self.entries)

    def entry(self, key: str) -> Entry | None:
        """The entry of that key; the last, where there are several."""
        return self._by_key.get(key)

    def get(self, key: str) -> Value | None:
        """The value of a key."""
        entry = self._by_key.get(key)
        return None if entry is None else entry.value

    def text(self, key: str) -> str | None:
        """The value of a key where it is a string."""
        value = self.get(key)
        return value.text if isinstance(value, String) else None

    def texts(self, key: str) -> list[str]:
        """The strings in the array of that key; none where there is no such array."""
        value = self.get(key)
        return value.texts() if isinstance(value, Array) else []


Value: TypeAlias = String | Array | Dictionary


def read(text: str) -> Dictionary:
    """The tree of a project file. Raises PlistSyntaxError where it is not what Xcode writes."""
    reader = _Reader(text)
    root = reader.value(0)
    reader.blank()
    if reader.at < len(text):
        reader.fail("something follows the last brace")
    if not isinstance(root, Dictionary):
        raise PlistSyntaxError("is no dictionary", 1)
    return root


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0

    def fail(self, problem: str) -> None:
        raise PlistSyntaxError(problem, self.text.count("\n", 0, self.at) + 1)

    def blank(self) -> None:
        found = _BLANK.match(self.text, self.at)
        if found:
            self.at = found.end()

    def takes(self, mark: str) -> bool:
        """Whether `mark` is next, after blanks and comments; it is behind the reader then."""
        self.blank()
        if self.text.startswith(mark, self.at):
            self.at += len(mark)
            return True
        return False

    def value(self, depth: int) -> Value:
        self.blank()
        if depth > _DEEPEST:
            self.fail("is nested too deeply")
        start = self.at
        if self.takes("{"):
            return self._dictionary(start, depth)
        if self.takes("("):
            return self._array(start, depth)
        return self._string()

    def _dictionary(self, start: int, depth: int) -> Dictionary:
        entries = []
        while not self.takes("}"):
            key = self._string()
            if not self.takes("="):
                self.fail(f"= expected after {key.text!r}")
            value = self.value(depth + 1)
            if not self.takes(";"):
                self.fail(f"; expected after the value of {key.text!r}")
            entries.append(Entry(key, value, self.at))
        return Dictionary(tuple(entries), start, self.at)

    def _array(self, start: int, depth: int) -> Array:
        items = []
        while not self.takes(")"):
            items.append(self.value(depth + 1))
            if not self.takes(","):
                if not self.takes(")"):
                    self.fail(", or ) expected in a list")
                break
        return Array(tuple(items), start, self.at)

    def _string(self) -> String:
        self.blank()
        start = self.at
        if found := _QUOTED.match(self.text, start):
            quoted = found[1] if found[1] is not None else found[2]
            return self._taken(_ESCAPE.sub(_unescaped, quoted), found.end())
        if found := _DATA.match(self.text, start):
            return self._taken(f"<{''.join(found[1].split())}>", found.end())
        found = _PLAIN.match(self.text, start)
        if found is None:
            self.fail("a value is missing" if start < len(self.text) else "the file ends too early")
            raise AssertionError
        # A comment may follow without a blank: a/*b*/.
        end = min((at for mark in ("/*", "//") if (at := self.text.find(mark, start, found.end())) > start), default=-1)
        end = found.end() if end < 0 else end
        return self._taken(self.text[start:end], end)

    def _taken(self, text: str, end: int) -> String:
        start, self.at = self.at, end
        return String(text, start, end)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] == "U" and len(code) == 5:
        return chr(int(code[1:], 16))
    if code[0] in "01234567":
        return chr(int(code, 8))
    return _NAMED.get(code, code)
