"""The declarations in a stub module's Swift files, which are written one to a line or with balanced parentheses.

A comment above a declaration says where its name comes from when that cannot be told from the name alone:

    // objc: defaultDeviceWithMediaType:      the selector, function or constant that Swift imports under this name
    // swift: withUnsafeBytes                 Swift's own: no header has it; the rest of the line says who documents it
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TYPE: Final = re.compile(r"\b(class|struct|enum|protocol|actor) (\w+)(?:<.*?>)?(?::|\s|$)")
_EXTENSION: Final = re.compile(r"^extension ([\w.]+)")
_FUNC: Final = re.compile(r"\bfunc (`?\w+`?)[^(]*\(")
_OPERATOR: Final = re.compile(r"\bfunc [^\w`]+ \(")
_ATTRIBUTE: Final = re.compile(r"@[^{]*$")
_KEYWORD: Final = re.compile(r"\b(func|init|var|let|class|struct|enum|protocol|case|subscript|typealias)\b")
_INIT: Final = re.compile(r"\binit[?!]?(?:<[^(]*>)?\(")
_VAR: Final = re.compile(r"\b(?:var|let) (`?\w+`?)\s*(?:$|[:=])")
_CASE: Final = re.compile(r"^case (.+)$")
_SUBSCRIPT: Final = re.compile(r"\bsubscript(?:<[^(]*>)?\(")
_ALIAS: Final = re.compile(r"\btypealias (\w+)")
_STRINGS: Final = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True)
class Declaration:
    """`path` are the types it is in, `labels` those of its arguments; `head` is its text up to the body."""

    module: str
    path: tuple[str, ...]
    kind: str
    name: str
    labels: tuple[str, ...]
    head: str
    attributes: str
    objc: str | None
    swift: str | None
    place: str

    @property
    def title(self) -> str:
        """As Apple's documentation would call it."""
        labels = "".join(f"{label}:" for label in self.labels)
        call = f"({labels})" if self.kind in {"func", "init", "subscript"} else ""
        return ".".join([*self.path, self.name]) + call

    @property
    def throws(self) -> bool:
        return bool(re.search(r"\bthrows\b", _tail(self.head)))

    @property
    def is_async(self) -> bool:
        return bool(re.search(r"\basync\b", _tail(self.head)))


def declarations(module: str, files: list[Path]) -> list[Declaration]:
    """Every public declaration of a module, in the order of its files."""
    return [found for file in files for found in _in_file(module, file)]


def _in_file(module: str, file: Path) -> Iterator[Declaration]:
    stack: list[tuple[str, int]] = []
    depth = 0
    note: dict[str, str] = {}
    attributes: list[str] = []
    for number, line in _joined(file.read_text(encoding="utf-8")):
        if match := re.match(r"// (objc|swift): (.+)", line):
            note[match[1]] = match[2]
            continue
        if not line or line.startswith(("//", "#", "import", "@_exported")):
            continue
        if _ATTRIBUTE.fullmatch(line) and not _KEYWORD.search(_STRINGS.sub("", line)):
            attributes.append(line)
            continue
        while stack and depth <= stack[-1][1]:
            stack.pop()
        head, _, _ = line.partition(" {")
        if depth == (stack[-1][1] + 1 if stack else 0):
            path = tuple(part for name, _ in stack for part in name.split(".") if part)
            for kind, name, labels in _what(head):
                yield Declaration(
                    *(module, path, kind, name, labels, head, " ".join(attributes)),
                    *(note.get("objc"), note.get("swift"), f"{module}/{file.name}:{number}"),
                )
            opened = _EXTENSION.match(line) or _TYPE.search(head)
            if opened and "{" in line:
                stack.append((opened[1] if line.startswith("extension") else opened[2], depth))
        depth += _STRINGS.sub("", line).count("{") - _STRINGS.sub("", line).count("}")
        if line != "}":
            note, attributes = {}, []


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """The lines, those of one declaration's parentheses as one; with the number of the first."""
    parts: list[str] = []
    start = 0
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not parts:
            start = number
        if line.startswith("//") and parts:
            continue
        parts.append(line)
        joined = " ".join(parts)
        bare = _STRINGS.sub("", joined)
        if bare.count("(") > bare.count(")") and not joined.startswith("//"):
            continue
        parts = []
        yield start, joined


def _what(head: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Kind, name and labels of what a line declares; several for `case a, b`."""
    if match := _CASE.match(head):
        for part in match[1].split(","):
            yield "case", part.split("=")[0].split("(")[0].strip().strip("`"), ()
    elif _OPERATOR.search(head):
        return
    elif match := _FUNC.search(head):
        yield "func", match[1].strip("`"), _labels(head[match.end() :])
    elif match := _INIT.search(head):
        yield "init", "init", _labels(head[match.end() :])
    elif match := _SUBSCRIPT.search(head):
        yield "subscript", "subscript", _labels(head[match.end() :])
    elif match := _VAR.search(head):
        yield "var", match[1].strip("`"), ()
    elif (match := _TYPE.search(head)) and "extension " not in head:
        yield match[1], match[2], ()
    elif match := _ALIAS.search(head):
        yield "typealias", match[1], ()


def _labels(rest: str) -> tuple[str, ...]:
    """The labels of what stands behind an opening parenthesis."""
    return tuple(
        re.sub(r"@\w+(\([^)]*\))?\s*", "", part).split(":")[0].split()[0] for part in _split(rest) if part.strip()
    )


def _split(rest: str) -> Iterator[str]:
    """The arguments up to the parenthesis that closes."""
    depth, start = 0, 0
    for at, character in enumerate(rest):
        if character in "([{" or (character == "<" and rest[at - 1 : at] != " "):
            depth += 1
        elif character == ")" and depth == 0:
            yield rest[start:at].strip()
            return
        elif character in ")]}" or (character == ">" and rest[at - 1] != "-"):
            depth -= 1
        elif character == "," and depth == 0:
            yield rest[start:at].strip()
            start = at + 1
    yield rest[start:].strip()


def _tail(head: str) -> str:
    """What stands behind the arguments."""
    depth, last = 0, 0
    for at, character in enumerate(head):
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                last = at
                break
    return head[last:]
