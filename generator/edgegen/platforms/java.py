"""Java text: identifiers, literals and comments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from edgegen.render.filters import comment_text, java_string

LINE: Final = 100
"""The longest line of a generated Java file."""


def words_of(text: str) -> list[str]:
    """The words of a tensor's name: `image_left`, `image.left` and `imageLeft` are `image` and `left`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return [word.lower() for word in re.split(r"[^0-9A-Za-z]+", spaced) if word] or ["x"]


def camel(words: Iterable[str]) -> str:
    """`ImageLeft`."""
    return "".join(word[:1].upper() + word[1:] for word in words)


def constant(words: Iterable[str]) -> str:
    """`IMAGE_LEFT`, or `N2D` where the first word begins with a digit."""
    text = "_".join(words).upper()
    return f"N{text}" if text[0].isdigit() else text


def unique_words(names: Iterable[str]) -> dict[str, list[str]]:
    """The words of each name, no two names the same: `a.b` and `a_b` become `a b` and `a b 2`."""
    found: dict[str, list[str]] = {}
    for name in names:
        base = candidate = words_of(name)
        number = 2
        while candidate in found.values():
            candidate = [*base, str(number)]
            number += 1
        found[name] = candidate
    return found


def comment(text: str) -> str:
    """Text inside a comment of Java: nothing in it may end the comment or begin a unicode escape."""
    # javac reads \uXXXX everywhere, in comments too, and refuses a malformed one. Javadoc reads @ and < as its own.
    return comment_text(text).replace("\\u", "\\ u")


def javadoc(text: str) -> str:
    """Text inside a Javadoc comment, shown as it was typed."""
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "{": "&#123;", "}": "&#125;"}
    return "".join(named.get(c, c) for c in comment(text))


def wrapped(words: str, indent: str, first: str | None = None) -> str:
    """Words in lines of at most LINE characters, each after `indent`, the first one after `first`."""
    lines: list[str] = []
    line = indent if first is None else first
    empty = True
    for word in words.split(" "):
        if not empty and len(line) + 1 + len(word) > LINE:
            lines.append(line)
            line, empty = indent, True
        line += word if empty else f" {word}"
        empty = False
    return "\n".join([*lines, line])


def strings(texts: Iterable[str], indent: str) -> str:
    """String literals, one a line, each followed by a comma."""
    return "\n".join(f"{indent}{java_string(text)}," for text in texts)


def longs(numbers: Iterable[int]) -> str:
    """Further arguments, for a `long...`: `, 1, 3, 224, 224`; those beyond an int with an L."""
    return "".join(f", {number}L" if number > 0x7FFFFFFF else f", {number}" for number in numbers)
