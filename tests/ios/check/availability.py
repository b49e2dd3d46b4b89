"""Which calls of generated code need a newer iOS than the deployment target, and which are deprecated there.

A compiler for Linux knows no iOS versions. So the code is compiled against stubs in which what is too new is marked as
deprecated: the compiler then names each use, whatever it is inferred from. A use that an `if #available`, a
`guard #available` or an `@available` encloses is let pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_USE: Final = re.compile(r"^(\S+\.swift):(\d+):(\d+): warning: (.*): (needs|since) iOS ([\d.]+)", re.M)
_CONDITION: Final = re.compile(r"[#@]available\(iOS ([\d.]+)")
_GUARD: Final = re.compile(r"\bguard [^{}]*#available\(iOS ([\d.]+)[^{}]*\belse\s*\{[^{}]*\}")
_COMMENT: Final = re.compile(r'//[^\n]*|"(?:[^"\\\n]|\\.)*"')


def unguarded(said: str, folder: Path) -> list[str]:
    """The uses that the compiler named in `said` and nothing guards; its paths begin at `folder`."""
    found = []
    for file, line, column, what, kind, version in dict.fromkeys(_USE.findall(said)):
        text = (folder / file).read_text(encoding="utf-8")
        if kind == "since" or not is_guarded(text, int(line), int(column), float(version)):
            found.append(f"{file}:{line}: {what}: {kind} iOS {version}")
    return found


def is_guarded(text: str, line: int, column: int, version: float) -> bool:
    """Whether the place is reached on that iOS and newer only. Lines and columns count from 1, columns in bytes."""
    lines = text.splitlines(keepends=True)
    prefix = lines[line - 1].encode()[: column - 1].decode(errors="replace")
    at = sum(len(one) for one in lines[: line - 1]) + len(prefix)
    code = _COMMENT.sub(lambda match: " " * len(match[0]), text)
    return any(found >= version for found in _conditions(code, at))


def _conditions(code: str, at: int) -> Iterator[float]:
    """The versions that the scopes around a place ask for."""
    opened: list[int] = []
    for place in range(at):
        if code[place] == "{":
            opened.append(place)
        elif code[place] == "}" and opened:
            opened.pop()
    for brace in opened:
        head = _head(code, brace)
        if not head.rstrip().endswith("else"):  # What a guard does where it does not hold.
            yield from map(float, _CONDITION.findall(head))
    # Code behind a guard, in its own scope and the scopes inside.
    for brace in [-1, *opened]:
        yield from map(float, _GUARD.findall(code[brace + 1 : at]))
    # A type that stands in front of its declaration's brace.
    yield from map(float, re.findall(r"@available\(iOS ([\d.]+)", _head(code, at)))


def _head(code: str, brace: int) -> str:
    """What stands between the end of the statement before and a brace."""
    start = max(code.rfind("{", 0, brace), code.rfind("}", 0, brace))
    return code[start + 1 : brace]
