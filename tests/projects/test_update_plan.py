"""What becomes of a file, for every combination of what the user and what edgegen did to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from edgegen.projects.update_plan import Change, Outcome, Planner, written
from edgegen.render.base import Base, collect
from edgegen.render.manifest import build_manifest
from edgegen.render.merge import has_markers

TEXT = b"one\ntwo\nthree\n"
MINE = b"one\ntwo\nthree\nmine\n"
NEW = b"new\none\ntwo\nthree\n"
BOTH = b"new\none\ntwo\nthree\nmine\n"
OTHER = b"one\n2\nthree\n"
PICTURE, MY_PICTURE, NEW_PICTURE = b"\0old", b"\0mine", b"\0new"

Files = Mapping[str, bytes]


class Project:
    """Three folders: the project as it was written, as the user has it, and as it would be written today."""

    def __init__(self, root: Path, then: Files, today: Files) -> None:
        self.then, self.yours, self.today = root / "then", root / "yours", root / "today"
        for folder, files in ((self.then, then), (self.yours, then), (self.today, today)):
            folder.mkdir()
            for name, content in files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
        self.recorded = build_manifest(self.then, map(Path, then))
        self.entries = build_manifest(self.today, map(Path, today))

    def plan(self, *, recorded: bool = True) -> dict[str, Change]:
        """The changes by path; with `recorded` the base is known."""
        base = collect(self.then, self.recorded) if recorded else Base({}, frozenset())
        changes = Planner(self.yours, self.recorded, base, self.today, self.entries).plan()
        assert [change.path for change in changes] == sorted(change.path for change in changes)
        return {change.path: change for change in changes}


def one(tmp_path: Path, then: bytes | None, yours: bytes | None, today: bytes | None, **options: bool) -> Change:
    """The plan for one file `a/f`; None where it does not exist."""
    project = Project(tmp_path, {} if then is None else {"a/f": then}, {} if today is None else {"a/f": today})
    file = project.yours / "a" / "f"
    if yours is None:
        file.unlink(missing_ok=True)
    else:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(yours)
    return project.plan(**options)["a/f"]


@pytest.mark.parametrize(
    ("then", "yours", "today", "outcome", "content"),
    [
        (TEXT, TEXT, TEXT, Outcome.UNCHANGED, None),
        (TEXT, TEXT, NEW, Outcome.UPDATED, NEW),
        (TEXT, MINE, TEXT, Outcome.UNCHANGED, None),
        (TEXT, MINE, NEW, Outcome.MERGED, BOTH),
        (TEXT, NEW, NEW, Outcome.UNCHANGED, None),
        (TEXT, None, TEXT, Outcome.DELETED, None),
        (TEXT, None, NEW, Outcome.DELETED, None),
        (TEXT, TEXT, None, Outcome.REMOVED, None),
        (TEXT, MINE, None, Outcome.KEPT, None),
        (TEXT, None, None, Outcome.UNCHANGED, None),
        (None, None, NEW, Outcome.ADDED, NEW),
        (None, NEW, NEW, Outcome.UNCHANGED, None),
        (PICTURE, PICTURE, NEW_PICTURE, Outcome.UPDATED, NEW_PICTURE),
        (PICTURE, MY_PICTURE, PICTURE, Outcome.UNCHANGED, None),
        (PICTURE, MY_PICTURE, NEW_PICTURE, Outcome.CONFLICT, None),
        (PICTURE, NEW_PICTURE, NEW_PICTURE, Outcome.UNCHANGED, None),
        (PICTURE, PICTURE, None, Outcome.REMOVED, None),
        (PICTURE, MY_PICTURE, None, Outcome.KEPT, None),
        (None, MY_PICTURE, NEW_PICTURE, Outcome.CONFLICT, None),
        (TEXT, PICTURE, NEW, Outcome.CONFLICT, None),
        (TEXT, TEXT, PICTURE, Outcome.UPDATED, PICTURE),
        (TEXT, b"", NEW, Outcome.CONFLICT, b"<<<<<<< yours"),
        (TEXT, OTHER, TEXT.replace(b"two", b"II"), Outcome.CONFLICT, b"one\n<<<<<<< yours\n2\n=======\nII\n"),
        (None, MINE, NEW, Outcome.CONFLICT, b"<<<<<<< yours\n=======\nnew\n"),
    ],
)
def test_one_file(
    then: bytes | None,
    yours: bytes | None,
    today: bytes | None,
    outcome: Outcome,
    content: bytes | None,
    tmp_path: Path,
) -> None:
    change = one(tmp_path, then, yours, today)
    assert change.outcome is outcome
    if outcome is Outcome.CONFLICT and content is not None:
        assert change.content is not None
        assert has_markers(change.content)
        assert change.content.startswith(content)
    else:
        assert change.content == content
    if outcome in (Outcome.CONFLICT, Outcome.KEPT):
        assert change.reason
    touched = content is not None or outcome is Outcome.REMOVED
    assert (list(written([change])) == [change]) is touched


@pytest.mark.parametrize(
    ("yours", "today", "outcome"),
    [
        (TEXT, NEW, Outcome.UPDATED),
        (MINE, TEXT, Outcome.UNCHANGED),
        (MINE, NEW, Outcome.CONFLICT),
        (NEW, NEW, Outcome.UNCHANGED),
        (TEXT, None, Outcome.REMOVED),
        (MINE, None, Outcome.KEPT),
    ],
)
def test_without_a_base_the_hashes_tell_what_they_can(
    yours: bytes, today: bytes | None, outcome: Outcome, tmp_path: Path
) -> None:
    change = one(tmp_path, TEXT, yours, today, recorded=False)
    assert change.outcome is outcome
    if outcome is Outcome.CONFLICT:
        assert "not recorded" in change.reason


def test_line_ends_of_another_system_are_no_edit(tmp_path: Path) -> None:
    crlf = TEXT.replace(b"\n", b"\r\n")
    change = one(tmp_path, TEXT, crlf, NEW)
    assert (change.outcome, change.content) == (Outcome.UPDATED, NEW.replace(b"\n", b"\r\n"))


def test_such_a_file_is_removed_when_its_template_is(tmp_path: Path) -> None:
    assert one(tmp_path, TEXT, TEXT.replace(b"\n", b"\r\n"), None).outcome is Outcome.REMOVED


def test_edgegen_toml_and_generated_are_not_planned(tmp_path: Path) -> None:
    then = {"edgegen.toml": TEXT, "labels.txt": TEXT, "generated/a.h": TEXT, "b.h": TEXT}
    assert Project(tmp_path, then, {"generated/a.h": NEW, "b.h": NEW}).plan().keys() == {"b.h"}


SOURCE = b"package com.example.hello;\n\nimport java.util.List;\n\nfinal class Main {\n    int x = 1;\n}\n"
MOVED = SOURCE.replace(b"com.example.hello", b"org.acme.shop")
OLD_PATH, NEW_PATH = "java/com/example/hello/Main.java", "java/org/acme/shop/Main.java"


@pytest.mark.parametrize("edited", [False, True])
def test_a_file_that_moves_takes_its_edits_along(edited: bool, tmp_path: Path) -> None:
    project = Project(tmp_path, {OLD_PATH: SOURCE, "other/Main.java": TEXT}, {NEW_PATH: MOVED, "other/Main.java": TEXT})
    if edited:
        (project.yours / OLD_PATH).write_bytes(SOURCE.replace(b"x = 1", b"x = 2"))
    changes = project.plan()
    assert changes.keys() == {NEW_PATH, "other/Main.java"}
    change = changes[NEW_PATH]
    assert change.moved_from == OLD_PATH
    assert change.content == (MOVED.replace(b"x = 1", b"x = 2") if edited else MOVED)
    assert change.outcome is (Outcome.MERGED if edited else Outcome.UPDATED)


def test_a_file_that_moves_and_was_deleted_stays_deleted(tmp_path: Path) -> None:
    project = Project(tmp_path, {OLD_PATH: SOURCE}, {NEW_PATH: MOVED})
    (project.yours / OLD_PATH).unlink()
    assert [change.outcome for change in project.plan().values()] == [Outcome.DELETED]


def test_a_namesake_is_no_moved_file(tmp_path: Path) -> None:
    project = Project(tmp_path, {"app/build.gradle": TEXT}, {"model/build.gradle": b"quite\nanother\nfile\n"})
    outcomes = {path: change.outcome for path, change in project.plan().items()}
    assert outcomes == {"app/build.gradle": Outcome.REMOVED, "model/build.gradle": Outcome.ADDED}


def test_what_stands_at_the_new_place_is_not_overwritten(tmp_path: Path) -> None:
    project = Project(tmp_path, {OLD_PATH: SOURCE}, {NEW_PATH: MOVED})
    (project.yours / NEW_PATH).parent.mkdir(parents=True)
    (project.yours / NEW_PATH).write_bytes(b"mine\n")
    changes = project.plan()
    assert changes[NEW_PATH].outcome is Outcome.CONFLICT
    assert b"mine\n" in (changes[NEW_PATH].content or b"")


def links(tmp_path: Path, name: str) -> Project:
    """A project whose file or folder `name` was moved away and linked to from its place."""
    project = Project(tmp_path, {"a/f": TEXT, "b/f": TEXT}, {"a/f": NEW, "b/f": TEXT, "a/new": NEW})
    (project.yours / name).rename(tmp_path / "elsewhere")
    (project.yours / name).symlink_to(tmp_path / "elsewhere")
    return project


@pytest.mark.parametrize(("name", "paths"), [("a/f", ["a/f"]), ("a", ["a/f", "a/new"])])
def test_links_are_not_followed(name: str, paths: list[str], tmp_path: Path) -> None:
    """They may lead out of the project, to a file that other projects share."""
    changes = links(tmp_path, name).plan()
    conflicts = [path for path, change in changes.items() if change.outcome is Outcome.CONFLICT]
    assert conflicts == paths
    assert all(changes[path].content is None and "symbolic link" in changes[path].reason for path in paths)


def test_a_link_to_what_has_not_changed_is_no_conflict(tmp_path: Path) -> None:
    assert links(tmp_path, "b/f").plan()["b/f"].outcome is Outcome.UNCHANGED


def test_a_folder_or_a_file_in_the_way_is_kept(tmp_path: Path) -> None:
    project = Project(tmp_path, {"a": TEXT}, {"a": NEW, "b/new": NEW})
    (project.yours / "a").unlink()
    (project.yours / "a").mkdir()
    (project.yours / "b").write_bytes(b"mine")
    changes = project.plan()
    assert [(c.outcome, c.content) for c in changes.values()] == [(Outcome.CONFLICT, None)] * 2
    assert "is a folder" in changes["a"].reason
    assert "b is a file" in changes["b/new"].reason


@pytest.mark.parametrize(
    ("then", "yours", "today", "executable"),
    [
        (False, False, True, True),
        (True, True, False, False),
        (False, True, False, True),
        (True, False, True, False),
        (True, True, True, True),
    ],
)
def test_the_mode_is_merged_as_well(then: bool, yours: bool, today: bool, executable: bool, tmp_path: Path) -> None:
    project = Project(tmp_path, {"run": TEXT}, {"run": NEW})
    for folder, bit in ((project.then, then), (project.yours, yours), (project.today, today)):
        (folder / "run").chmod(0o755 if bit else 0o644)
    assert project.plan()["run"].executable is executable


def test_a_mode_alone_is_a_change(tmp_path: Path) -> None:
    project = Project(tmp_path, {"run": TEXT}, {"run": TEXT})
    (project.today / "run").chmod(0o755)
    change = project.plan()["run"]
    assert (change.outcome, change.content, change.executable) == (Outcome.UPDATED, TEXT, True)
