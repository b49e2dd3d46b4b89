"""A graph of objects becomes a file that libplist reads back as the same graph, and that looks as Xcode writes it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from edgegen.platforms.pbxproj import Graph, Ref, object_id, quoted
from tests.swift.toolchain import need_swift, run_swift

# No backslash: libplist 2.6 swallows it, escaped or not.
HOSTILE = [
    'Tom & Jerry\'s "Ünïcode" 🐱',
    "a /* comment */ and // another",
    "line\nbreak\ttab\rreturn\x01",
    "plain_name/with.dots$1",
    "___",
    "",
    "123",
    "-flag",
]


def example() -> tuple[Graph, Ref]:
    """A project of two objects, one of them hostile in every place."""
    graph = Graph("hello")
    child = graph.add("PBXFileReference", "a */ b", path="Ünï \"q\" 'x' \n", sourceTree="<group>", includeInIndex=0)
    other = graph.add("PBXGroup", "main", children=[child, HOSTILE[0]], settings={"A B": {"c": []}, "d": HOSTILE})
    return graph, graph.add("PBXProject", "root", "Project object", mainGroup=other)


def test_libplist_reads_the_graph_back(tmp_path: Path) -> None:
    need_swift()
    graph, root = example()
    file = tmp_path / "project.pbxproj"
    file.write_text(graph.text(root), encoding="utf-8")
    done = run_swift(["plistutil", "-i", file, "-f", "json"], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    assert read["rootObject"] == root.id
    assert str(read["objectVersion"]) == "77"
    main = next(item for item in read["objects"].values() if item["isa"] == "PBXGroup")
    assert [str(text) for text in main["settings"]["d"]] == HOSTILE
    assert main["settings"]["A B"] == {"c": []}
    child = read["objects"][main["children"][0]]
    assert child["path"] == "Ünï \"q\" 'x' \n"
    assert main["children"][1] == HOSTILE[0]


def test_it_looks_as_xcode_writes_it() -> None:
    graph = Graph("hello")
    file = graph.add("PBXFileReference", "a b.md", path="a b.md", sourceTree="<group>")
    group = graph.add("PBXGroup", "Products", children=[file], name="Products", sourceTree="<group>")
    root = graph.add("PBXProject", "x", "Project object", attributes={}, mainGroup=group, targets=[])
    assert graph.text(root) == (
        "// !$*UTF8*$!\n{\n\tarchiveVersion = 1;\n\tclasses = {\n\t};\n\tobjectVersion = 77;\n\tobjects = {\n"
        "\n/* Begin PBXFileReference section */\n"
        f"\t\t{file.id} /* a b.md */ = "
        '{isa = PBXFileReference; path = "a b.md"; sourceTree = "<group>"; };\n'
        "/* End PBXFileReference section */\n"
        "\n/* Begin PBXGroup section */\n"
        f"\t\t{group.id} /* Products */ = {{\n\t\t\tisa = PBXGroup;\n\t\t\tchildren = (\n"
        f'\t\t\t\t{file.id} /* a b.md */,\n\t\t\t);\n\t\t\tname = Products;\n\t\t\tsourceTree = "<group>";\n\t\t}};\n'
        "/* End PBXGroup section */\n"
        "\n/* Begin PBXProject section */\n"
        f"\t\t{root.id} /* Project object */ = {{\n\t\t\tisa = PBXProject;\n\t\t\tattributes = {{\n\t\t\t}};\n"
        f"\t\t\tmainGroup = {group.id} /* Products */;\n\t\t\ttargets = (\n\t\t\t);\n\t\t}};\n"
        "/* End PBXProject section */\n"
        f"\t}};\n\trootObject = {root.id} /* Project object */;\n}}\n"
    )


def test_ids_are_24_hex_digits_that_depend_on_every_name() -> None:
    names = [
        ("hello", "PBXGroup", "a"),
        ("hello", "PBXGroup", "b"),
        ("hello", "PBXProject", "a"),
        ("x", "PBXGroup", "a"),
    ]
    ids = [object_id(*name) for name in names]
    assert len(set(ids)) == len(names)
    assert all(re.fullmatch(r"[0-9A-F]{24}", found) for found in ids)
    assert ids == [object_id(*name) for name in names]


def test_what_xcode_leaves_bare_is_bare_and_the_rest_is_quoted() -> None:
    assert quoted("Info.plist") == "Info.plist"
    assert quoted("$SRCROOT") == "$SRCROOT"
    assert quoted("/bin/sh") == '"/bin/sh"'
    assert quoted("back\\") == '"back\\\\"'
    assert quoted("$(SRCROOT)/a") == '"$(SRCROOT)/a"'
    assert quoted("") == '""'
    assert quoted("Ünï") == '"Ünï"'


def test_an_object_may_not_be_there_twice() -> None:
    graph = Graph("hello")
    graph.add("PBXGroup", "main")
    with pytest.raises(ValueError, match="'main' is in the project twice"):
        graph.add("PBXGroup", "main")


def test_a_reference_to_nothing_is_refused() -> None:
    graph = Graph("hello")
    root = graph.add("PBXProject", "x", targets=[{"deep": [graph.ref("PBXNativeTarget", "gone")]}])
    with pytest.raises(ValueError, match="'gone' is named, but not in the project"):
        graph.text(root)


def test_an_object_that_nothing_names_is_refused() -> None:
    graph = Graph("hello")
    root = graph.add("PBXProject", "x")
    graph.add("PBXGroup", "lonely")
    with pytest.raises(ValueError, match="'lonely' is in the project, but nothing names it"):
        graph.text(root)
