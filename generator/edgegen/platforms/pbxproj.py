"""Writes `project.pbxproj`: a graph of objects, as the OpenStep property list that Xcode itself would write.

Xcode sorts the objects by class into sections and puts a name in a comment behind each id; both are kept here, so that
the first change a person makes in Xcode is a small difference and not a rewritten file. Ids are hashes of what an
object is called, so the same project gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

OBJECT_VERSION: Final = 77
"""Xcode 16: the first that knows folders whose files need not be listed."""

# What needs no quotes. Xcode also leaves `/` bare, which libplist cannot read; quoting too much is always right.
_BARE: Final = re.compile(r"[A-Za-z0-9_$:.]+")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
# Xcode writes these two on one line each.
_ONE_LINE: Final = frozenset({"PBXBuildFile", "PBXFileReference"})


@dataclass(frozen=True, slots=True)
class Ref:
    """An object by its id, 24 upper-case hex digits; `comment` is the name that Xcode writes beside it."""

    id: str
    isa: str
    comment: str


Value: TypeAlias = "str | int | Ref | Sequence[Value] | Mapping[str, Value]"


class Graph:
    """The objects of one project. `salt` keeps the ids of two projects apart that one workspace holds."""

    def __init__(self, salt: str) -> None:
        self._salt = salt
        self._objects: dict[Ref, Mapping[str, Value]] = {}

    def ref(self, isa: str, key: str, comment: str = "") -> Ref:
        """The object of class `isa` called `key`, which may be added later. `comment` is `key` where none is given."""
        return Ref(object_id(self._salt, isa, key), isa, comment or key)

    def put(self, ref: Ref, **fields: Value) -> Ref:
        """Adds the object `ref` stands for; ValueError where it is there already."""
        if ref in self._objects:
            raise ValueError(f"{ref.isa} {ref.comment!r} is in the project twice")
        self._objects[ref] = fields
        return ref

    def add(self, isa: str, key: str, comment: str = "", **fields: Value) -> Ref:
        """`ref` and `put` in one."""
        return self.put(self.ref(isa, key, comment), **fields)

    def refs(self) -> list[Ref]:
        """The objects there are."""
        return list(self._objects)

    def entries(self) -> list[tuple[Ref, str]]:
        """Each object as it stands in the file, without the last line end, by class and id: for somebody's project."""
        return [(ref, self._object(ref)) for ref in sorted(self._objects, key=lambda ref: (ref.isa, ref.id))]

    def text(self, root: Ref) -> str:
        """The file, whose root object is `root`. ValueError for a reference to nothing or an object nobody names."""
        self._check(root)
        lines = ["// !$*UTF8*$!", "{", "\tarchiveVersion = 1;", "\tclasses = {", "\t};"]
        lines += [f"\tobjectVersion = {OBJECT_VERSION};", "\tobjects = {"]
        for isa in sorted({ref.isa for ref in self._objects}):
            lines += ["", f"/* Begin {isa} section */"]
            section = [ref for ref in self._objects if ref.isa == isa]
            lines += [self._object(ref) for ref in sorted(section, key=lambda ref: ref.id)]
            lines.append(f"/* End {isa} section */")
        lines += ["\t};", f"\trootObject = {_reference(root)};", "}", ""]
        return "\n".join(lines)

    def _check(self, root: Ref) -> None:
        """Everything that is named is there, and everything that is there is named."""
        seen: set[Ref] = set()
        waiting = [root]
        while waiting:
            ref = waiting.pop()
            if ref in seen:
                continue
            if ref not in self._objects:
                raise ValueError(f"{ref.isa} {ref.comment!r} is named, but not in the project")
            seen.add(ref)
            waiting += _references(self._objects[ref])
        for orphan in self._objects.keys() - seen:
            raise ValueError(f"{orphan.isa} {orphan.comment!r} is in the project, but nothing names it")

    def _object(self, ref: Ref) -> str:
        fields: dict[str, Value] = {"isa": ref.isa, **dict(sorted(self._objects[ref].items()))}
        if ref.isa in _ONE_LINE:
            body = "{" + "".join(f"{key} = {_flat(value)}; " for key, value in fields.items()) + "}"
        else:
            body = _nested(fields, 2)
        return f"\t\t{_reference(ref)} = {body};"


def object_id(salt: str, isa: str, key: str) -> str:
    """24 upper-case hex digits, the same for the same names."""
    return hashlib.sha256("\0".join((salt, isa, key)).encode()).hexdigest()[:24].upper()


def quoted(text: str) -> str:
    """`text` as a string of an OpenStep property list, in quotes where it needs them; beyond ASCII it stays UTF-8."""
    if _BARE.fullmatch(text) and "__" not in text:
        return text
    return '"' + "".join(_ESCAPES.get(c) or (f"\\U{ord(c):04x}" if ord(c) < 32 else c) for c in text) + '"'


def _references(value: Value) -> Iterator[Ref]:
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _references(item)
    elif not isinstance(value, str | int):
        for item in value:
            yield from _references(item)


def _reference(ref: Ref) -> str:
    return f"{ref.id} /* {ref.comment.replace('*/', '* /')} */"


def _leaf(value: str | int | Ref) -> str:
    return _reference(value) if isinstance(value, Ref) else quoted(str(value))


def _flat(value: Value) -> str:
    """`value` on one line."""
    if isinstance(value, Mapping):
        return "{" + "".join(f"{quoted(key)} = {_flat(item)}; " for key, item in value.items()) + "}"
    if isinstance(value, str | int | Ref):
        return _leaf(value)
    return "(" + "".join(f"{_flat(item)}, " for item in value) + ")"


def _nested(value: Value, depth: int) -> str:
    """`value` with one line for each item; `depth` is the indentation, in tabs, of the line that it begins in."""
    if isinstance(value, str | int | Ref):
        return _leaf(value)
    inner = "\t" * (depth + 1)
    if isinstance(value, Mapping):
        body = "".join(f"{inner}{quoted(key)} = {_nested(item, depth + 1)};\n" for key, item in value.items())
        return "{\n" + body + "\t" * depth + "}"
    return "(\n" + "".join(f"{inner}{_nested(item, depth + 1)},\n" for item in value) + "\t" * depth + ")"
