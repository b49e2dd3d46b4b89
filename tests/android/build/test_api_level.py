"""Nothing of a generated project needs more than Android 7.0 without asking; and the check itself sees what does."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tests.android import jars
from tests.android.build.api_level import asked_level, newer_references, unguarded, violations, without_comments
from tests.android.build.programs import javac
from tests.android.projects import MANY, Projects

CALLS = """
    package a;
    final class Calls {
        static Object list() { return java.util.List.of("a"); }
        static byte[] bytes(java.io.InputStream in) throws java.io.IOException { return in.readAllBytes(); }
        static boolean blank(String s) { return s.isBlank(); }
        static String path(java.io.File f) { return java.nio.file.Path.of(f.getPath()).toString(); }
        static int old(String s) { return s.length() + java.util.Objects.hash(s); }
        static Runnable lambda(String s) { return () -> System.out.println(s + s.length()); }
        static void window(android.view.Window w) { w.isNavigationBarContrastEnforced(); }
        static Object hidden(android.app.Activity a) { return a.getActivityToken(); }
        static class Callback implements android.window.OnBackInvokedCallback {
            @Override public void onBackInvoked() {}
        }
    }
"""
SEEN = {
    4: "java.util.List java.util.List.of(Object)",
    5: "byte[] java.io.InputStream.readAllBytes()",
    6: "boolean String.isBlank()",
    7: "java.nio.file.Path java.nio.file.Path.of(String, String[])",
    10: "boolean android.view.Window.isNavigationBarContrastEnforced()",
    11: "android.os.IBinder android.app.Activity.getActivityToken()",
}


@pytest.mark.parametrize("variant", ["demo", "demo-onnx", "demo-torchscript", "numbers", MANY])
def test_a_project_asks_before_it_uses_what_is_newer_than_its_oldest_android(android: Projects, variant: str) -> None:
    assert violations(android.compiled(variant)) == []


def test_the_check_sees_every_newer_call(tmp_path: Path) -> None:
    """Java's own library, Android's, what is hidden in it, and interfaces; not what D8 replaces."""
    jars.need("android")
    source = tmp_path / "a" / "Calls.java"
    source.parent.mkdir()
    source.write_text(textwrap.dedent(CALLS), encoding="utf-8")
    classes = javac([source], [jars.android_jar()], tmp_path / "classes")
    found = list(newer_references([classes], [tmp_path], ["a.*"]))
    assert {reference.source for reference in found} == {source}
    places = {(reference.line, reference.name) for reference in found}
    assert places >= set(SEEN.items())
    assert any("OnBackInvokedCallback" in reference.name for reference in found)
    assert not {8, 9} & {reference.line for reference in found}


METHOD = "class A {{ {mark}private static void newer() {{ HERE(); }}\n void user() {{ {use} }} }}"


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("HERE();", 0),
        ("if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) { HERE(); }", 30),
        ("if (SDK_INT >= 29 && x) { if (y) { HERE(); } }", 29),
        ("boolean b = SDK_INT >= VERSION_CODES.O\n && HERE();", 26),
        ("if (SDK_INT >= 30) { a(); } else { HERE(); }", 0),
        ("if (SDK_INT >= 30) { a(); }\n HERE();", 0),
        ("if (SDK_INT >= 30 || x) { HERE(); }", 0),
        ("// SDK_INT >= 30 {\n HERE();", 0),
        ('log("SDK_INT >= 30"); HERE();', 0),
    ],
)
def test_what_the_source_asked_for_is_read(body: str, level: int) -> None:
    text = without_comments(f"class A {{ void f() {{ {body} }} }}")
    assert asked_level(text, text.index("HERE")) == level


@pytest.mark.parametrize(
    ("mark", "use", "problem"),
    [
        ("@TargetApi(30) ", "if (SDK_INT >= 30) { newer(); }", None),
        ("@TargetApi(Build.VERSION_CODES.R)\n", "if (SDK_INT >= 33) { newer(); }", None),
        ("@TargetApi(30) ", "newer();", "nothing asks for API 30"),
        ("@TargetApi(30) ", "if (SDK_INT >= 29) { newer(); }", "nothing asks for API 30"),
        ("@TargetApi(29) ", "if (SDK_INT >= 30) { newer(); }", "promises less than API 30"),
        ("", "if (SDK_INT >= 30) { newer(); }", "nothing asks for API 30"),
    ],
)
def test_a_marked_method_is_as_safe_as_its_callers(mark: str, use: str, problem: str | None) -> None:
    text = METHOD.format(mark=mark, use=use)
    found = unguarded(text, text.index("HERE"), 30)
    assert found == [] if problem is None else problem in found[0]


def test_what_others_can_call_cannot_be_promised() -> None:
    text = METHOD.format(mark="@TargetApi(30) ", use="").replace("private ", "")
    assert "private" in unguarded(text, text.index("HERE"), 30)[0]
