"""Three-way merge of a text: what the user did to a file and what edgegen does to it, each told from their base.

The law, for a stretch of lines between two lines that all three have in common:

    yours == base            theirs is taken: only edgegen changed it
    theirs == base           yours is taken: only the user changed it
    yours == theirs          taken once: both did the same
    all three differ         conflict: both are kept, between markers

So no line that either side wrote is ever lost; a line goes only where one side removed it and the other left it alone.
Works on bytes, so a file keeps whatever encoding it has. Line ends (LF or CRLF) and the missing line end of the last
line are no part of a line: each is one property of the file and is merged as one, by the same law. Only where a file
mixes its line ends they count as part of the lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, TypeVar

from edgegen.version import __version__

_YOURS: Final = b"<<<<<<< yours"
_MIDDLE: Final = b"======="
_THEIRS: Final = b">>>>>>> edgegen "

Lines = list[bytes]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged text, and how many places in it are marked as conflicts."""

    text: bytes
    conflicts: int


def is_text(content: bytes) -> bool:
    """Whether `content` can be merged by lines: a NUL byte is in no text that is stored in bytes (but in UTF-16)."""
    return b"\0" not in content


def has_markers(content: bytes) -> bool:
    """Whether a merge's conflict is still marked in `content`."""
    lines = content.splitlines()
    return any(line == _YOURS for line in lines) and any(line.startswith(_THEIRS) for line in lines)


def same_lines(one: bytes, other: bytes) -> bool:
    """Whether two texts differ in the kind of their line ends at most, as after a checkout on another system."""
    return one == other or (is_text(one) and is_text(other) and _unix(one) == _unix(other))


def with_line_ends_of(text: bytes, other: bytes) -> bytes:
    """`text` with the kind of line ends that `other` has throughout; as it is where either mixes them."""
    if _mixes(text) or _mixes(other):
        return text
    return _unix(text).replace(b"\n", b"\r\n") if b"\r\n" in other else _unix(text)


def merge(base: bytes | None, yours: bytes, theirs: bytes) -> Merged:
    """Merges three texts; without a base every difference is a conflict, for whose it is cannot be told."""
    keep_cr = any(_mixes(text) for text in (base or b"", yours, theirs))
    old, mine, new = (_split(text, keep_cr=keep_cr) for text in (yours if base is None else base, yours, theirs))
    pieces = _merge_known(old.lines, mine.lines, new.lines) if base is not None else _differences(mine.lines, new.lines)
    lines: Lines = []
    conflicts = 0
    for piece in pieces:
        if isinstance(piece, _Conflict):
            lines += piece.marked()
            conflicts += 1
        else:
            lines += piece
    end = _choose(old.end, mine.end, new.end) or b"\n"
    closed = _choose(old.closed, mine.closed, new.closed)
    # A marker is a line of its own; an empty line exists only by its end.
    closed = closed or (bool(lines) and (not lines[-1] or lines[-1].startswith(_THEIRS)))
    return Merged(end.join(lines) + (end if closed and lines else b""), conflicts)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text taken apart: `end` is the line end it has throughout, b"" for none; `closed`: the last line has one."""

    lines: Lines
    end: bytes
    closed: bool


@dataclass(frozen=True, slots=True)
class _Conflict:
    yours: Lines
    theirs: Lines

    def marked(self) -> Lines:
        return [_YOURS, *self.yours, _MIDDLE, *self.theirs, _THEIRS + __version__.encode()]


Piece = Lines | _Conflict


def _split(text: bytes, *, keep_cr: bool) -> _Text:
    """With `keep_cr` a CR before a LF is part of its line."""
    lines = text.split(b"\n")
    closed = len(lines) > 1 and not lines[-1]
    if not lines[-1]:
        lines.pop()
    end = b"\n" if b"\n" in text else b""
    if not keep_cr and b"\r\n" in text:
        lines, end = [line.removesuffix(b"\r") for line in lines], b"\r\n"
    return _Text(lines, end, closed)


def _mixes(text: bytes) -> bool:
    return 0 < text.count(b"\r\n") < text.count(b"\n")


def _unix(text: bytes) -> bytes:
    return text if _mixes(text) else text.replace(b"\r\n", b"\n")


def _choose(base: _T, yours: _T, theirs: _T) -> _T:
    return theirs if yours == base else yours


def _merge_known(base: Lines, yours: Lines, theirs: Lines) -> Iterator[Piece]:
    """The pieces of the merge, in order; see the module."""
    in_yours, in_theirs = _matches(base, yours), _matches(base, theirs)
    at_base = at_yours = at_theirs = 0
    # The line after the last is common to all three.
    in_yours[len(base)], in_theirs[len(base)] = len(yours), len(theirs)
    for index in range(len(base) + 1):
        if index not in in_yours or index not in in_theirs:
            continue
        yield from _resolve(
            base[at_base:index], yours[at_yours : in_yours[index]], theirs[at_theirs : in_theirs[index]]
        )
        yield base[index : index + 1]
        at_base, at_yours, at_theirs = index + 1, in_yours[index] + 1, in_theirs[index] + 1


def _matches(base: Lines, other: Lines) -> dict[int, int]:
    """Lines of `base` that `other` still has: index in base → index in other, both rising."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {a + offset: b + offset for a, b, size in blocks for offset in range(size)}


def _resolve(base: Lines, yours: Lines, theirs: Lines) -> Iterator[Piece]:
    if yours == base:
        yield theirs
    elif theirs in (base, yours):
        yield yours
    else:
        yield from _conflict(yours, theirs)


def _conflict(yours: Lines, theirs: Lines) -> Iterator[Piece]:
    """A conflict without the lines that both sides begin or end with."""
    head = _common(yours, theirs)
    tail = _common(yours[head:][::-1], theirs[head:][::-1])
    yield yours[:head]
    yield _Conflict(yours[head : len(yours) - tail], theirs[head : len(theirs) - tail])
    yield yours[len(yours) - tail :]


def _common(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """How many lines the two begin with in common."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _differences(yours: Lines, theirs: Lines) -> Iterator[Piece]:
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, yours, theirs, autojunk=False).get_opcodes():
        yield yours[a0:a1] if kind == "equal" else _Conflict(yours[a0:a1], theirs[b0:b1])
