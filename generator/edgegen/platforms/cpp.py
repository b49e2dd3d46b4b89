"""C++ text: identifiers and literals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from edgegen.render.filters import cpp_string

_KEYWORD_LIST: Final = (
    "alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t "
    "char32_t class co_await co_return co_yield compl concept const const_cast consteval constexpr "
    "constinit continue decltype default delete do double dynamic_cast else enum explicit export extern "
    "false float for friend goto if inline int long main mutable namespace new noexcept not not_eq "
    "nullptr operator or or_eq private protected public register reinterpret_cast requires return short "
    "signed sizeof static static_assert static_cast struct switch template this thread_local throw true "
    "try typedef typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq "
    "linux unix i386 "
)
_KEYWORDS: Final = frozenset(_KEYWORD_LIST.split())
# Names that the generated code itself uses at the top level, or that the compiler or a library has taken.
_TAKEN: Final = frozenset(
    {"std", "edgegen", "executorch", "torch", "c10", "posix", "errno", "stdin", "stdout", "stderr"}
)


def identifier(text: str) -> str:
    """A C++ identifier for a slug or a tensor's name: `hello-world` → `hello_world`, `class` → `class_`."""
    name = re.sub(r"[^0-9A-Za-z]+", "_", text).strip("_") or "x"
    if name[0].isdigit():
        name = f"n{name}"
    return f"{name}_" if name in _KEYWORDS or name in _TAKEN else name


def unique_identifiers(names: Iterable[str]) -> dict[str, str]:
    """An identifier for each name, no two the same: `a.b` and `a_b` become `a_b` and `a_b_2`."""
    found: dict[str, str] = {}
    for name in names:
        base = candidate = identifier(name)
        number = 2
        while candidate in found.values():
            candidate = f"{base}_{number}"
            number += 1
        found[name] = candidate
    return found


def camel(text: str) -> str:
    """`image_left` → `ImageLeft`, for constants such as `kImageLeftLevels`."""
    return "".join(part[:1].upper() + part[1:] for part in text.split("_"))


def strings(texts: Iterable[str], indent: str) -> str:
    """String literals, one a line, each followed by a comma."""
    return "\n".join(f"{indent}{cpp_string(text)}," for text in texts)


def tensor_info(name: str, dtype: str, shape: Iterable[int]) -> str:
    """An initialiser of `TensorInfo`."""
    return f"        {{{cpp_string(name)}, {cpp_string(dtype)}, {{{', '.join(map(str, shape))}}}}},"
