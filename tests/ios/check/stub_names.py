"""Whether what a stub declares is what Apple's headers declare, by the rules of Swift's importer read backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from tests.ios.check.declarations import Declaration
from tests.ios.check.published import Headers

Path: TypeAlias = tuple[str, ...]

# What every class and every enumeration has in Swift.
_EVERYWHERE: Final = frozenset(
    {"hash(into:)", "init()", "init(rawValue:)", "rawValue", "init(coder:)", "copy(with:)", "Code", "code"}
)
_PARENT: Final = re.compile(r"\w+")
_TYPES: Final = ("class", "struct", "enum", "protocol")


def problems(declared: list[Declaration], headers: Headers) -> list[str]:
    """What in a module's declarations is not in the headers, or other there. Each is a sentence with its place."""
    objc_names = {(*one.path, one.name): one.objc for one in declared if one.kind in _TYPES and one.objc}
    parents = {
        (*one.path, one.name): _PARENT.findall(one.head.partition(":")[2]) for one in declared if one.kind in _TYPES
    }
    return [
        f"{one.place}: {one.title}: {problem}"
        for one in declared
        for problem in _problems(one, objc_names, parents, headers)
        if one.swift is None
    ]


def _problems(
    one: Declaration,
    objc_names: Mapping[Path, str | None],
    parents: Mapping[Path, list[str]],
    headers: Headers,
) -> Iterator[str]:
    title = one.title.removeprefix(".".join(one.path) + ".") if one.path else one.title
    if title in _EVERYWHERE:
        return
    if one.kind in _TYPES:
        yield from _type(one, headers)
    elif not one.path:
        yield from _known(one, [one.objc or one.name], headers)
    else:
        owner = objc_names.get(one.path) or "".join(one.path)
        yield from _member(one, owner, parents, headers)


def _type(one: Declaration, headers: Headers) -> Iterator[str]:
    name = one.objc or "".join((*one.path, one.name))
    if name not in headers.names | set(headers.selectors) | set(headers.constants):
        yield f"no header declares {name}"
    if one.kind == "class" and name in headers.names:
        sendable, in_stub = name in headers.sendable, "Sendable" in one.head
        if sendable != in_stub:
            yield f"{'is' if sendable else 'is not'} Sendable in the headers"
        main, in_stub = name in headers.on_main_thread, "@MainActor" in one.attributes
        if main != in_stub:
            yield f"{'is' if main else 'is not'} of the main thread in the headers"


def _member(one: Declaration, owner: str, parents: Mapping[Path, list[str]], headers: Headers) -> Iterator[str]:
    if (one.objc and one.objc in headers.names) or f"{owner}.{one.name}" in headers.names:
        return
    selectors = {
        name: old for above in (owner, *parents.get(one.path, ())) for name, old in headers.inherited(above).items()
    }
    if one.kind == "case" or (owner in headers.constants and not (one.objc or owner in headers.selectors)):
        yield from _constant(one, owner, headers)
        return
    candidates = [one.objc] if one.objc else [name for name in selectors if _matches(one, name)]
    matched = [name for name in candidates if name in selectors]
    if not matched:
        yield from _known(one, _functions(one, owner), headers)
        return
    if all(selectors[name] for name in matched) and "deprecated" not in one.attributes:
        yield f"{' and '.join(matched)} is deprecated"


def _constant(one: Declaration, owner: str, headers: Headers) -> Iterator[str]:
    """A case, or a member of a set of options, whose value has to be the published one where the stub gives it."""
    constants = headers.constants.get(owner, {})
    wanted = one.objc or one.name
    found = [name for name in constants if _plain(name).endswith(_plain(wanted))]
    if not found:
        yield f"{owner} has no constant {wanted}, only {', '.join(sorted(constants)) or 'none'}"
        return
    value = re.search(rf"\b{re.escape(one.name)}`? = (-?[0-9a-fA-Fx_]+)", one.head)
    published = constants[min(found, key=len)]
    if value and published is not None and int(value[1].replace("_", ""), 0) != published:
        yield f"is {value[1]} here, {published} in the headers"


def _functions(one: Declaration, owner: str) -> list[str]:
    """The functions and constants that Swift makes members, as CGImageGetWidth, AVMediaTypeVideo."""
    if one.objc:
        return [one.objc]
    name = one.name[:1].upper() + one.name[1:]
    outer = one.path[0]
    bare = name.removeprefix("Is")
    return [f"{owner}{name}", f"{outer}{name}", f"{owner}Get{name}", f"{owner}{name.upper()}", f"{owner}Is{bare}"]


def _known(one: Declaration, names: list[str], headers: Headers) -> Iterator[str]:
    if one.kind == "typealias":
        return
    if not any(name in headers.names for name in names):
        yield f"no header declares {' or '.join(dict.fromkeys(names))}"


def _matches(one: Declaration, selector: str) -> bool:
    """Whether Swift could import a selector under this name. The crates write an NSError's place as `_`."""
    throws = selector.endswith(":_")
    parts = selector.removesuffix("_").rstrip(":").split(":")
    takes = selector.count(":") - throws
    if throws:
        parts = parts[:takes] or [parts[0]]
    if one.kind == "var":
        return not takes and not throws and _is_property(one, selector)
    if one.is_async:
        if not parts[-1].lower().endswith("completionhandler") or not takes:
            return False
        parts, takes = parts[:-1], takes - 1
    elif one.throws != throws:
        return False
    if takes != len(one.labels):
        return False
    if not one.labels:
        return parts[0].lower() in {one.name.lower(), f"{one.name.lower()}witherror"}
    return _first(one, parts[0]) and all(
        label == "_" or part.lower().startswith(label.lower())
        for label, part in zip(one.labels[1:], parts[1:], strict=True)
    )


def _is_property(one: Declaration, selector: str) -> bool:
    """`isHidden` is `hidden` in Objective-C; the type is left out where it would be said twice (`blackColor`)."""
    name, lower = one.name.lower(), selector.lower()
    owner = "".join(one.path).lower()
    return lower in {name, name.removeprefix("is")} or (lower.startswith(name) and owner.endswith(lower[len(name) :]))


def _first(one: Declaration, part: str) -> bool:
    """Whether a selector's first part is the name and the first label of a declaration."""
    label = one.labels[0].lower()
    if one.kind == "init":
        _, found, rest = part.partition("With")
        return bool(found) and rest.lower().startswith(label)
    lower, name = part.lower(), one.name.lower()
    return lower.startswith(name) and (label == "_" or lower[len(name) :].startswith(label))


def _plain(name: str) -> str:
    return name.replace("_", "").lower()
