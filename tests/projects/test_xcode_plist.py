"""Xcode's project file, read with the place of everything."""

from __future__ import annotations

import pytest

from edgegen.projects.xcode_plist import Array, Dictionary, PlistSyntaxError, String, read

SAMPLE = """// !$*UTF8*$!
{
\tarchiveVersion = 1;
\tobjects = {

/* Begin PBXBuildFile section */
\t\t0A1B /* a.swift in Sources */ = {isa = PBXBuildFile; fileRef = 0C2D /* a.swift */; };
/* End PBXBuildFile section */
\t\t0E3F = {
\t\t\tfiles = (
\t\t\t\t0A1B /* a.swift in Sources */,
\t\t\t\t"two words",
\t\t\t);
\t\t\tempty = (
\t\t\t);
\t\t\tpath = "Tom & \\"J\\" \\U00fc\\n";
\t\t\tsourceTree = "<group>";
\t\t\tname = path/with.dots-and_$(X)y;
\t\t};
\t};
\trootObject = 0E3F /* Project object */;
}
""".replace("path/with.dots-and_$(X)y", '"path/with.dots-and_$(X)y"')


def test_a_project_is_read_with_its_places() -> None:
    root = read(SAMPLE)
    objects = root.get("objects")
    assert isinstance(objects, Dictionary)
    assert [entry.key.text for entry in objects.entries] == ["0A1B", "0E3F"]
    group = objects.get("0E3F")
    assert isinstance(group, Dictionary)
    assert group.texts("files") == ["0A1B", "two words"]
    assert group.texts("empty") == group.texts("absent") == []
    assert group.text("path") == 'Tom & "J" ü\n'
    assert group.text("sourceTree") == "<group>"
    assert root.text("rootObject") == "0E3F"
    for entry in (*root.entries, *objects.entries, *group.entries):
        assert SAMPLE[entry.start :].startswith(SAMPLE[entry.key.start : entry.key.end])
        assert SAMPLE[entry.end - 1] == ";"
        first, last = SAMPLE[entry.value.start], SAMPLE[entry.value.end - 1]
        if isinstance(entry.value, String):
            assert entry.value.text == SAMPLE[entry.value.start : entry.value.end] or first == last == '"'
        else:
            assert first + last == ("()" if isinstance(entry.value, Array) else "{}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a=b;}", "b"),
        ("{a=b/*c*/;}", "b"),
        ("{/*x;y*/a=//z\nb;}", "b"),
        ("{a = <0fbd 77>;}", "<0fbd77>"),
        ("{a = 'it\\'s';}", "it's"),
        ('{a = "";}', ""),
        ('{a = "\\101";}', "A"),
        ("\ufeff{a = 1;}", "1"),
        ("{a = com.apple.product-type.application;}", "com.apple.product-type.application"),
    ],
)
def test_values(text: str, value: str) -> None:
    assert read(text).text("a") == value


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        ("", "the file ends too early", 1),
        ("{\n a = 1\n}", "; expected after the value of 'a'", 3),
        ("{ a 1; }", "= expected after 'a'", 1),
        ("{ a = (1 2); }", "list", 1),
        ("{ a = ; }", "a value is missing", 1),
        ("{ a = {", "the file ends too early", 1),
        ('{ a = "open; }', "a value is missing", 1),
        ("{}\n{}", "follows", 2),
        ("( 1 )", "no dictionary", 1),
        ('<?xml version="1.0"?>', "a value is missing", 1),
        ("{\n<<<<<<< HEAD\n a = 1;\n=======\n}", "value", 2),
        ("{ a = " + "(" * 2000, "nested too deeply", 1),
    ],
)
def test_what_is_no_project_file(text: str, problem: str, line: int) -> None:
    with pytest.raises(PlistSyntaxError, match=problem) as caught:
        read(text)
    assert caught.value.line == line
