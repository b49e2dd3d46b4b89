"""Names and numbers as C++ text."""

from __future__ import annotations

import pytest

from edgegen.errors import UsageError
from edgegen.platforms import PLATFORMS, get_platform
from edgegen.platforms.cpp import camel, identifier, unique_identifiers


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hello", "hello"),
        ("hello-world", "hello_world"),
        ("class", "class_"),
        ("co_await", "co_await_"),
        ("std", "std_"),
        ("edgegen", "edgegen_"),
        ("2d", "n2d"),
        ("a__b", "a_b"),
        ("ü", "x"),
        ("linux", "linux_"),
    ],
)
def test_an_identifier_is_one_that_the_compiler_takes(name: str, expected: str) -> None:
    assert identifier(name) == expected


def test_different_names_stay_different() -> None:
    assert unique_identifiers(["a.b", "a_b", "a-b"]) == {"a.b": "a_b", "a_b": "a_b_2", "a-b": "a_b_3"}


def test_camel() -> None:
    assert camel("image_left") == "ImageLeft"


def test_platforms_are_known_by_name() -> None:
    for name in PLATFORMS:
        assert get_platform(name).name == name
    with pytest.raises(UsageError, match="no platform 'toaster'"):
        get_platform("toaster")
