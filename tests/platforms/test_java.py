"""Names and text that javac takes as they are meant."""

from __future__ import annotations

import pytest

from edgegen.platforms.java import (
    LINE,
    camel,
    comment,
    constant,
    javadoc,
    longs,
    strings,
    unique_words,
    words_of,
    wrapped,
)


@pytest.mark.parametrize(
    ("name", "constant_name", "type_name"),
    [
        ("image", "IMAGE", "Image"),
        ("image_left", "IMAGE_LEFT", "ImageLeft"),
        ("imageLeft", "IMAGE_LEFT", "ImageLeft"),
        ("x2", "X2", "X2"),
        ("_", "X", "X"),
        ("class", "CLASS", "Class"),
    ],
)
def test_a_tensors_name_becomes_a_constant_and_a_part_of_a_methods(
    name: str, constant_name: str, type_name: str
) -> None:
    assert (constant(words_of(name)), camel(words_of(name))) == (constant_name, type_name)


def test_no_constant_begins_with_a_digit() -> None:
    assert constant(["2d"]) == "N2D"


def test_no_two_names_become_one() -> None:
    assert unique_words(["a_b", "aB", "a__b"]) == {"a_b": ["a", "b"], "aB": ["a", "b", "2"], "a__b": ["a", "b", "3"]}


def test_nothing_ends_a_comment_or_begins_an_escape() -> None:
    assert comment("a */ b\nC:\\users \\u0041") == "a * / b C:\\ users \\ u0041"


def test_javadoc_shows_what_was_typed() -> None:
    assert javadoc("<b> & {@code x}") == "&lt;b&gt; &amp; &#123;&#64;code x&#125;"


def test_long_words_are_wrapped_after_the_indent() -> None:
    text = wrapped(" ".join(["word"] * 60), "     * ", "    /* ")
    lines = text.splitlines()
    assert lines[0].startswith("    /* word")
    assert all(line.startswith("     * word") for line in lines[1:])
    assert max(map(len, lines)) <= LINE
    assert text.count("word") == 60


def test_shapes_are_further_arguments() -> None:
    assert longs([1, 3]) == ", 1, 3"
    assert longs([]) == ""
    assert longs([2**31]) == ", 2147483648L"


def test_labels_are_literals() -> None:
    assert strings(['a "quoted" label', "back\\slash"], "  ") == '  "a \\"quoted\\" label",\n  "back\\\\slash",'
