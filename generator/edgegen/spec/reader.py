"""Typed access to a parsed TOML document; a failure names file, key, what was expected and what is there."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from edgegen.errors import SpecError

_SHOWN = 60
LARGEST_SIZE = 65_535
"""Pixels; the largest side that JPEG can store, and far above what a model takes."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, or None."""
    names = list(known)
    lower = {name.lower(): name for name in names}
    if word.lower() in lower:
        return lower[word.lower()]
    found = difflib.get_close_matches(word.lower(), list(lower), n=1, cutoff=0.5)
    return lower[found[0]] if found else None


def describe(value: object) -> str:
    """A value as an error shows it: its TOML type and the value, cut short."""
    match value:
        case bool():
            return f"the boolean {str(value).lower()}"
        case str():
            return f"the string {_cut(repr(value))}"
        case int():
            return f"the integer {_cut(str(value))}"
        case float():
            return f"the number {value!r}"
        case list():
            return f"an array of {len(value)}"
        case dict():
            return "a table"
        case _:
            return f"a {type(value).__name__}"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the document: `file` and `path` say where it stands."""

    value: object
    file: str
    path: str = ""

    def fail(self, problem: str, hint: str) -> NoReturn:
        """Raises SpecError about this key."""
        raise SpecError(problem, where=f"{self.file}: {self.path}" if self.path else self.file, hint=hint)

    def wrong(self, expected: str) -> NoReturn:
        """Raises SpecError: another type or value than expected."""
        self.fail(f"expected {expected}, got {describe(self.value)}", f"Write {self.path or 'it'} as {expected}")

    def table(self, known: Sequence[str], what: str) -> Table:
        """This value as a table that has no other key than `known`."""
        if not isinstance(self.value, dict):
            self.wrong("a table")
        for key in self.value:
            if key not in known:
                self._unknown(str(key), known, what)
        return Table(self)

    def _unknown(self, key: str, known: Sequence[str], what: str) -> NoReturn:
        guess = nearest(key, known)
        hint = f'Did you mean "{guess}"?' if guess else "Remove it"
        place = Node(None, self.file, f"{self.path}.{_quoted(key)}" if self.path else _quoted(key))
        place.fail(f"unknown key; {what} has {', '.join(known)}", hint)

    def named_tables(self) -> Iterator[tuple[str, Node]]:
        """The sub-tables of a table whose keys are the user's names, in order."""
        if not isinstance(self.value, dict):
            self.wrong("a table of named tables")
        for key, value in self.value.items():
            yield str(key), Node(value, self.file, f"{self.path}.{_quoted(str(key))}")

    def text(self) -> str:
        """A string that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            self.wrong("a string that is not empty")
        return self.value

    def choice(self, known: Sequence[str]) -> str:
        """One of the known words; a near miss is suggested, never taken."""
        expected = f"one of {', '.join(known)}"
        if not isinstance(self.value, str):
            self.wrong(expected)
        if self.value not in known:
            guess = nearest(self.value, known)
            hint = f'Did you mean "{guess}"?' if guess else f"Choose {expected}"
            self.fail(f"expected {expected}, got {describe(self.value)}", hint)
        return self.value

    def boolean(self) -> bool:
        """true or false; 0 and 1 are none."""
        if not isinstance(self.value, bool):
            self.wrong("true or false")
        return self.value

    def integer(self, low: int, high: int, what: str = "an integer") -> int:
        """An integer in low..high; booleans and 1.0 are none."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not low <= self.value <= high:
            self.wrong(f"{what} in {low}..{high}")
        return self.value

    def number(self) -> float:
        """A finite number; an integer counts as one."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.wrong("a number")
        try:
            number = float(self.value)
        except OverflowError:
            self.wrong("a number that a float can hold")
        if not math.isfinite(number):
            self.wrong("a finite number")
        return number

    def items(self, length: int | None = None, what: str = "an array") -> list[Node]:
        """The elements of an array, of `length` where it is given."""
        if not isinstance(self.value, list) or (length is not None and len(self.value) != length):
            self.wrong(what)
        return [Node(item, self.file, f"{self.path}[{index}]") for index, item in enumerate(self.value)]


@dataclass(frozen=True, slots=True)
class Table:
    """A Node that is a table with known keys only."""

    node: Node

    def get(self, key: str) -> Node | None:
        """The value at `key`, or None where it is not written."""
        assert isinstance(self.node.value, dict)
        return self.at(key) if key in self.node.value else None

    def need(self, key: str, example: str) -> Node:
        """The value at `key`; SpecError with an example where it is not written."""
        found = self.get(key)
        if found is None:
            Node(None, self.node.file, self._path(key)).fail(f"missing; expected {example}", f"Add {key} = {example}")
        return found

    def at(self, key: str) -> Node:
        """A Node for `key`, with None as its value where it is not written: a place to report an error at."""
        assert isinstance(self.node.value, dict)
        return Node(self.node.value.get(key), self.node.file, self._path(key))

    def text(self, key: str) -> str | None:
        """An optional string."""
        found = self.get(key)
        return None if found is None else found.text()

    def choice(self, key: str, known: Sequence[str], default: str) -> str:
        """An optional word out of `known`."""
        found = self.get(key)
        return default if found is None else found.choice(known)

    def number(self, key: str) -> float | None:
        """An optional finite number."""
        found = self.get(key)
        return None if found is None else found.number()

    def _path(self, key: str) -> str:
        return f"{self.node.path}.{key}" if self.node.path else key


def _quoted(key: str) -> str:
    """A key as TOML would write it."""
    plain = bool(key) and all(c.isascii() and (c.isalnum() or c in "-_") for c in key)
    return key if plain else repr(key)
