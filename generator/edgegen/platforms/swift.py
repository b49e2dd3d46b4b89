"""Swift text: identifiers, comments, and lines of the length that a generated file has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from edgegen.platforms.java import camel
from edgegen.render.filters import comment_text, swift_string

LINE: Final = 110
"""The longest line of a generated Swift file; `.swift-format` says the same."""

# A space at which no comment is broken; no text has it.
_SPACE: Final = "\0"
# Keywords that cannot stand as a declaration's name without backticks, and those that mean something in most places.
_RESERVED: Final = frozenset(
    (
        *("Any", "Protocol", "Self", "Type", "actor", "as", "associatedtype", "async", "await", "borrowing", "break"),
        *("case", "catch", "class", "consuming", "continue", "default", "defer", "deinit", "do", "else", "enum"),
        *("extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "init"),
        *("inout", "internal", "is", "let", "nil", "open", "operator", "precedencegroup", "private", "protocol"),
        *("public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript", "super", "switch"),
        *("throw", "throws", "true", "try", "typealias", "var", "where", "while"),
        # Types of the standard library and of every app: a module of that name would be taken for them.
        *("App", "Array", "Bool", "Data", "Dictionary", "Double", "Error", "Float", "Int", "Never", "Optional"),
        *("Result", "Scene", "Set", "String", "Task", "UInt", "View", "Void"),
    )
)


def is_reserved(word: str) -> bool:
    """Whether Swift gives the word a meaning of its own, or its standard library does."""
    return word in _RESERVED


def identifier(words: Iterable[str]) -> str:
    """`imageLeft` for the words `image left`; `n2d` where the first begins with a digit, `class_` for a keyword."""
    text = camel(words)
    name = text[:1].lower() + text[1:]
    name = f"n{name}" if name[:1].isdigit() else name
    return f"{name}_" if name in _RESERVED else name


def comment(text: str) -> str:
    """Text inside a `//` or `///` comment: one line."""
    return comment_text(text)


def doc(text: str) -> str:
    """Text inside a `///` comment, where Markdown is read: shown as it was typed."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#" else c for c in comment(text))


def code(text: str) -> str:
    """Text inside a `///` comment, in the type of code and on one line."""
    return unbroken(f"`{comment(text).replace('`', ' ')}`")


def unbroken(text: str) -> str:
    """`text` so that wrapped_comment keeps it on one line: one that began with `- 127` would be an item of a list."""
    return text.replace(" ", _SPACE)


def wrapped_comment(text: str, indent: str, mark: str = "///") -> str:
    """A comment in lines of at most LINE characters, each after `indent` and `mark`."""
    lines: list[str] = []
    line = f"{indent}{mark}"
    for word in text.split():
        if len(line) + 1 + len(word) > LINE and line != f"{indent}{mark}":
            lines.append(line)
            line = f"{indent}{mark}"
        line += f" {word}"
    return "\n".join([*lines, line]).replace(_SPACE, " ")


def list_of(numbers: Iterable[int]) -> str:
    """An array literal: `[1, 3, 224, 224]`."""
    return f"[{', '.join(map(str, numbers))}]"


def elements(rows: Sequence[str]) -> str:
    """The elements of an array or a dictionary, one or more lines each: of several, each ends with a comma."""
    return ",\n".join(rows) + ("," if len(rows) > 1 else "")


def hexadecimal(value: int, digits: int) -> str:
    """`0x3f80_0000`: grouped, as swift-format wants more than four digits."""
    text = f"{value:0{digits}x}"
    return "0x" + "_".join(text[start : start + 4] for start in range(0, len(text), 4))


def multiline(lines: Iterable[str], indent: str) -> str:
    """A string literal of those lines between triple quotes, all after `indent`, which is no part of them.

    One literal instead of an array of them: the type checker looks at each element of an array, and takes seconds for
    some ten thousand.
    """
    body = "".join(f"{indent}{_line(text)}\n" for text in lines)
    return f'"""\n{body}{indent}"""'


def _line(text: str) -> str:
    # Only three quotes end the literal; a single one reads better as it is.
    return swift_string(text)[1:-1].replace('\\"', '"').replace('"""', '\\"\\"\\"')
