"""A project may be called nearly anything; its folder and program may not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgegen.errors import UsageError
from edgegen.names import MAX_NAME_LENGTH, check_app_id, check_name, default_app_id, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("hello", "hello"),
        ('Tom & Jerry\'s "Ünïcode"', "tom-jerrys-unicode"),
        ("MobileNet_V3 Small", "mobilenet_v3-small"),
        ("3D viewer", "app-3d-viewer"),
        ("class", "class"),
        ("test", "test-app"),
        ("Install", "install-app"),
        ("con", "con-app"),
        ("ﬁne", "fine"),
        ("a;b$c`d", "a-b-c-d"),
    ],
)
def test_slug_is_a_folder_name_and_a_target_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    "name", ["", "   ", "../x", "a/b", "a\\b", ".", "..", "-rf", "x" * 300, "日本", "123", "a\nb", "a\x00b"]
)
def test_a_name_that_is_a_path_or_nothing_is_refused(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_name(name)
    assert "\n" not in caught.value.message()


def test_longest_name_is_accepted() -> None:
    assert check_name("x" * MAX_NAME_LENGTH) == "x" * MAX_NAME_LENGTH


@given(st.text(min_size=1, max_size=80))
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    try:
        slug = slug_of(check_name(name))
    except UsageError:
        return
    assert re.fullmatch(r"[a-z][a-z0-9_-]*", slug)


@pytest.mark.parametrize("app_id", ["com.example.hello", "a.b", "org.My_App.X9", "com.example." + "x" * 88])
def test_an_application_id_that_can_be_a_package_is_taken_as_it_is(app_id: str) -> None:
    assert check_app_id(app_id, "--id") == app_id


@pytest.mark.parametrize(
    ("app_id", "problem"),
    [
        ("", "no dot"),
        ("hello", "no dot"),
        ("com..hello", "'' in"),
        ("com.example.", "'' in"),
        ("com.9lives.app", "'9lives'"),
        ("com.my-app.x", "'my-app'"),
        ("com.exämple.x", "'exämple'"),
        ("com.example.x y", "'x y'"),
        ("com._hidden.x", "'_hidden'"),
        ("com.example.new", "keyword"),
        ("int.example.app", "keyword"),
        ("com.true.app", "keyword"),
        ("java.example.app", "not an app's"),
        ("android.example.app", "not an app's"),
        ("edgegen.kernels", "not an app's"),
        ("com.example." + "x" * 89, "101 characters"),
    ],
)
def test_an_application_id_that_cannot_be_a_package_is_refused(app_id: str, problem: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_app_id(app_id, "--id")
    assert problem in caught.value.problem


@given(st.text(min_size=1, max_size=MAX_NAME_LENGTH))
def test_the_default_application_id_is_one(name: str) -> None:
    try:
        slug = slug_of(name)
    except UsageError:
        return
    app_id = default_app_id(slug)
    assert check_app_id(app_id, "test") == app_id


def test_a_keyword_becomes_no_package() -> None:
    assert default_app_id("new") == "com.example.newapp"
