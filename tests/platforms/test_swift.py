"""Names and text that the Swift compiler takes as they are meant."""

from __future__ import annotations

import pytest

from edgegen.platforms.ios import product_of
from edgegen.platforms.swift import (
    LINE,
    code,
    comment,
    doc,
    elements,
    hexadecimal,
    identifier,
    is_reserved,
    list_of,
    multiline,
    unbroken,
    wrapped_comment,
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["image"], "image"),
        (["image", "left"], "imageLeft"),
        (["2d", "levels"], "n2dLevels"),
        (["class"], "class_"),
        (["class", "levels"], "classLevels"),
    ],
)
def test_words_become_an_identifier(words: list[str], name: str) -> None:
    assert identifier(words) == name


@pytest.mark.parametrize(
    ("slug", "product"),
    [
        ("hello", "Hello"),
        ("tom-jerrys-unicode", "TomJerrysUnicode"),
        ("modelkit", "ModelkitApp"),
        ("model-kit", "ModelKitApp"),
        ("core-ml", "CoreMlApp"),
        ("vision", "VisionApp"),
        ("self", "SelfApp"),
        ("type", "TypeApp"),
        ("string", "StringApp"),
        ("app-3d", "App3d"),
    ],
)
def test_a_product_is_no_word_of_swifts_and_no_module_that_the_app_needs(slug: str, product: str) -> None:
    assert product_of(slug) == product
    assert product.isidentifier()
    assert not is_reserved(product)


def test_a_comment_is_one_line() -> None:
    assert comment("a\nb\r\nc*/") == "a b c* /"


def test_documentation_shows_what_was_typed() -> None:
    assert doc("`a` *b* <c> [d](e) # _f_") == "\\`a\\` \\*b\\* \\<c\\> \\[d\\](e) \\# \\_f\\_"


def test_long_words_are_wrapped_behind_the_mark() -> None:
    lines = wrapped_comment(" ".join(["word"] * 60), "    ").splitlines()
    assert all(line.startswith("    /// word") for line in lines)
    assert max(map(len, lines)) <= LINE
    assert sum(line.count("word") for line in lines) == 60


def test_a_formula_is_not_broken() -> None:
    text = wrapped_comment(f"{'word ' * 20}{unbroken('(x - 127) / 128')}.", "    ")
    assert text.splitlines()[-1] == "    /// (x - 127) / 128."


def test_code_is_shown_as_it_is() -> None:
    assert wrapped_comment(code("a`b * c"), "") == "/// `a b * c`"


def test_only_several_elements_end_with_a_comma() -> None:
    assert elements([]) == ""
    assert elements(["a"]) == "a"
    assert elements(["a", "b"]) == "a,\nb,"


def test_digits_are_in_groups_of_four() -> None:
    assert hexadecimal(0x3F800000, 8) == "0x3f80_0000"
    assert hexadecimal(0xFF, 2) == "0xff"
    assert hexadecimal(1, 4) == "0x0001"


def test_a_shape_is_an_array() -> None:
    assert list_of((1, 3, 224)) == "[1, 3, 224]"
    assert list_of(()) == "[]"


def test_lines_of_a_text_begin_nothing() -> None:
    text = multiline(['a "b"', '"""', "\\(x)", "\x00\u001b", "狗"], "    ")
    assert text == '"""\n    a "b"\n    \\"\\"\\"\n    \\\\(x)\n    \\u{0}\\u{1b}\n    狗\n    """'
