"""The law of the three-way merge, row by row; then properties over seeded texts, and git as a second opinion."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from edgegen.render.merge import Merged, has_markers, is_text, merge, same_lines, with_line_ends_of
from edgegen.version import __version__
from tests.toolchains import missing

BASE = b"one\ntwo\nthree\nfour\nfive\n"
TWO = BASE.replace(b"two", b"2")


def marked(yours: bytes, theirs: bytes, end: bytes = b"\n") -> bytes:
    """A conflict as it stands in a file."""
    last = b">>>>>>> edgegen " + __version__.encode()
    return end.join([b"<<<<<<< yours", *yours.splitlines(), b"=======", *theirs.splitlines(), last]) + end


@pytest.mark.parametrize(
    ("yours", "theirs", "merged"),
    [
        (BASE, BASE, BASE),
        (BASE.replace(b"two", b"2"), BASE, BASE.replace(b"two", b"2")),
        (BASE, BASE.replace(b"two", b"2"), BASE.replace(b"two", b"2")),
        (BASE.replace(b"two", b"2"), BASE.replace(b"two", b"2"), BASE.replace(b"two", b"2")),
        (BASE.replace(b"one", b"1"), BASE.replace(b"five", b"5"), b"1\ntwo\nthree\nfour\n5\n"),
        (b"zero\n" + BASE, BASE + b"six\n", b"zero\n" + BASE + b"six\n"),
        (BASE.replace(b"two\n", b""), BASE.replace(b"four\n", b""), b"one\nthree\nfive\n"),
        (BASE.replace(b"two\n", b""), BASE.replace(b"two\n", b""), BASE.replace(b"two\n", b"")),
        (b"", BASE, b""),
        (BASE, b"", b""),
    ],
    ids=["none", "yours", "theirs", "same", "apart", "ends", "two removals", "one removal", "emptied", "gone"],
)
def test_what_only_one_side_changed_or_both_alike_is_merged(yours: bytes, theirs: bytes, merged: bytes) -> None:
    assert merge(BASE, yours, theirs) == Merged(merged, 0)
    assert merge(BASE, theirs, yours) == Merged(merged, 0)


@pytest.mark.parametrize(
    ("yours", "theirs", "merged"),
    [
        (TWO, BASE.replace(b"two", b"II"), b"one\n" + marked(b"2", b"II") + b"three\nfour\nfive\n"),
        (TWO, BASE.replace(b"two\n", b""), b"one\n" + marked(b"2", b"") + b"three\nfour\nfive\n"),
        (BASE + b"six\n", BASE + b"VI\n", BASE + marked(b"six", b"VI")),
        (TWO, BASE.replace(b"three", b"3"), b"one\n" + marked(b"2\nthree", b"two\n3") + b"four\nfive\n"),
        (b"0\n1\n9\n", b"0\n2\n9\n", b"0\n" + marked(b"1", b"2") + b"9\n"),
    ],
    ids=["both", "changed and removed", "both appended", "neighbours", "common first and last lines stay outside"],
)
def test_what_both_changed_is_marked_and_both_are_kept(yours: bytes, theirs: bytes, merged: bytes) -> None:
    assert merge(BASE, yours, theirs) == Merged(merged, 1)


def test_without_a_base_every_difference_is_a_conflict() -> None:
    yours, theirs = b"one\nmine\ntwo\n", b"one\ntwo\nnew\n"
    assert merge(None, yours, theirs) == Merged(b"one\n" + marked(b"mine", b"") + b"two\n" + marked(b"", b"new"), 2)
    assert merge(None, yours, yours) == Merged(yours, 0)


@pytest.mark.parametrize("changed", [b"", b"\r"], ids=["LF", "CRLF"])
def test_line_ends_are_one_property_of_a_file(changed: bytes) -> None:
    """A checkout with other line ends is no edit; the merge has the ends that one side changed, or both have."""
    end = changed + b"\n"
    yours = BASE.replace(b"two", b"2").replace(b"\n", end)
    theirs = BASE.replace(b"five", b"5")
    merged = BASE.replace(b"two", b"2").replace(b"five", b"5").replace(b"\n", end)
    assert merge(BASE, yours, theirs) == Merged(merged, 0)
    crlf = theirs.replace(b"\n", b"\r\n")  # edgegen has another kind now, the user did not touch it.
    assert merge(BASE, BASE, crlf) == Merged(crlf, 0)


def test_a_conflict_in_a_crlf_file_is_marked_in_crlf() -> None:
    yours = BASE.replace(b"two", b"2").replace(b"\n", b"\r\n")
    merged = merge(BASE, yours, BASE.replace(b"two", b"II"))
    assert merged.text == b"one\r\n" + marked(b"2", b"II", b"\r\n") + b"three\r\nfour\r\nfive\r\n"
    assert has_markers(merged.text)


def test_mixed_line_ends_stay_where_they_are() -> None:
    yours = BASE.replace(b"two\n", b"two\r\n")
    theirs = BASE.replace(b"five", b"5")
    assert merge(BASE, yours, theirs) == Merged(b"one\ntwo\r\nthree\nfour\n5\n", 0)


@pytest.mark.parametrize(
    ("yours", "theirs", "merged"),
    [
        (BASE[:-1], BASE.replace(b"one", b"1"), BASE.replace(b"one", b"1")[:-1]),
        (BASE.replace(b"one", b"1"), BASE[:-1], BASE.replace(b"one", b"1")[:-1]),
        (BASE[:-1], BASE + b"six\n", (BASE + b"six\n")[:-1]),
        (BASE[:-1] + b"!", BASE + b"six\n", b"one\ntwo\nthree\nfour\n" + marked(b"five!", b"five\nsix")),
        (BASE[:-1], BASE + b"\n", BASE + b"\n"),
    ],
    ids=["yours", "theirs", "and a line appended", "a conflict closes its marker", "an empty line needs its end"],
)
def test_a_missing_last_line_end(yours: bytes, theirs: bytes, merged: bytes) -> None:
    assert merge(BASE, yours, theirs).text == merged


def test_bytes_that_are_no_utf8_are_kept() -> None:
    yours = "Äpfel\n".encode("latin-1") + BASE
    assert merge(BASE, yours, BASE.replace(b"five", b"5")).text == yours.replace(b"five", b"5")


def test_what_is_text_and_what_is_marked() -> None:
    assert is_text("ÄÖ\r\n".encode("latin-1"))
    assert not is_text("UTF-16".encode("utf-16"))
    assert not has_markers(b"<<<<<<< yours\nbut nothing more\n")
    assert not has_markers(b"text with >>>>>>> edgegen 1\nand <<<<<<< yours inside\n")
    assert has_markers(b"a\n<<<<<<< yours\nb\n=======\nc\n>>>>>>> edgegen 0.0.9\n")


def test_same_lines_and_their_ends() -> None:
    crlf = BASE.replace(b"\n", b"\r\n")
    assert same_lines(BASE, crlf)
    assert not same_lines(BASE, BASE[:-1])
    assert not same_lines(b"a\0\n", b"a\0\r\n")
    assert with_line_ends_of(BASE, crlf) == crlf
    assert with_line_ends_of(crlf, BASE) == BASE
    assert with_line_ends_of(BASE, b"mixed\r\nends\n") == BASE


def edited(draw: random.Random, lines: list[bytes]) -> list[bytes]:
    """`lines` after up to three insertions, removals and replacements."""
    result = list(lines)
    for _ in range(draw.randrange(4)):
        place = draw.randrange(len(result) + 1)
        kind = draw.randrange(3)
        if kind == 0:
            result[place:place] = [b"new %d" % draw.randrange(99)] * draw.randrange(1, 3)
        elif kind == 1:
            del result[place : place + draw.randrange(1, 3)]
        elif place < len(result):
            result[place] = b"changed %d" % draw.randrange(99)
    return result


def texts(seed: int) -> tuple[bytes, bytes, bytes]:
    """A base full of repeated lines, and two edits of it."""
    draw = random.Random(seed)
    base = [
        draw.choice([b"{", b"}", b""]) if draw.random() < 0.4 else b"line %d" % i for i in range(draw.randrange(14))
    ]
    return tuple(b"".join(line + b"\n" for line in lines) for lines in (base, edited(draw, base), edited(draw, base)))  # type: ignore[return-value]


def taken(text: bytes, *, yours: bool) -> bytes:
    """The text with one side of every conflict."""
    kept, side = [], None
    for line in text.splitlines(keepends=True):
        if line == b"<<<<<<< yours\n":
            side = "yours"
        elif line == b"=======\n" and side == "yours":
            side = "theirs"
        elif line.startswith(b">>>>>>> edgegen "):
            side = None
        elif side is None or (side == "yours") == yours:
            kept.append(line)
    return b"".join(kept)


@pytest.mark.parametrize("seed", range(20))
def test_no_line_is_lost_and_the_sides_are_equal(seed: int) -> None:
    for number in range(50):
        base, yours, theirs = texts(seed * 1000 + number)
        merged, mirrored = merge(base, yours, theirs), merge(base, theirs, yours)
        there, had = Counter(merged.text.splitlines()), Counter(base.splitlines())
        for side, other in ((yours, theirs), (theirs, yours)):
            for line, count in (Counter(side.splitlines()) - had).items():
                assert there[line] >= count or line in other.splitlines(), (base, yours, theirs, merged)
        assert merged.conflicts == mirrored.conflicts
        assert taken(merged.text, yours=True) == taken(mirrored.text, yours=False)
        assert has_markers(merged.text) == (merged.conflicts > 0)


def test_git_merges_the_same_texts_the_same_way(tmp_path: Path) -> None:
    """Where both find no conflict, the texts are equal; one may be more careful than the other, seldom."""
    if shutil.which("git") is None:
        missing("git is not on this machine")
    clean = agreed = 0
    for seed in range(150):
        contents = texts(seed)
        for name, content in zip(("base", "yours", "theirs"), contents, strict=True):
            (tmp_path / name).write_bytes(content)
        files = [str(tmp_path / name) for name in ("yours", "base", "theirs")]
        git = subprocess.run(["git", "merge-file", "-p", *files], capture_output=True, check=False)
        ours = merge(*contents)
        agreed += (git.returncode == 0) == (ours.conflicts == 0)
        if git.returncode == 0 and ours.conflicts == 0:
            clean += 1
            assert ours.text == git.stdout, contents
    assert clean >= 80
    assert agreed >= 147
