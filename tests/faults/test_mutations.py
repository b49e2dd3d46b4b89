"""Seeded damage to what a user may damage: an edgegen.toml edited by hand, a model file with wrong bytes in it.

Whatever comes of it is a result or one line with a documented code; the code of a bug of ours is none of them.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from edgegen.render.base import BASE
from edgegen.render.manifest import MANIFEST
from tests.faults.folders import listing
from tests.faults.in_process import edgegen

SEED = 20261122
NUMBERS = ("0", "-1", "1", "2", "3", "7", "1e400", "65536", "0.5", "99999999999", "nan", "true", '"x"')
WORDS = (
    '""', '"x"', '"../.."', '"/"', '"none"', '"int8"', '"uint8"', '"float16"', '"NHWC"', '"tensor"', '"image"',
    '"classification"', '"demo"', '"BGR"', '"gray"', '"nearest"', '"sigmoid"', "3", "[]", "{}",
)  # fmt: skip
STEPS = (
    '{ color = "BGR" }', "{ to_float = 255 }", "{ rescale = { scale = 2 } }", "{ center_crop = 32 }",
    "{ pad = [1, 1, 1, 1], fill = [0, 0, 0] }", '{ letterbox = [32, 32], filter = "box", fill = [1, 2, 3] }',
)  # fmt: skip


def edited(text: str, draw: random.Random) -> str:
    """`text` with one line gone, doubled, moved, or with another number, word, step or character in it."""
    lines = text.splitlines()
    written = [index for index, line in enumerate(lines) if line and not line.startswith("#")]
    one, other = draw.choice(written), draw.choice(written)
    kind = draw.choice(("gone", "doubled", "moved", "character", "replaced", "replaced", "replaced"))
    if kind == "gone":
        del lines[one]
    elif kind == "doubled":
        lines.insert(one, lines[other])
    elif kind == "moved":
        lines[one], lines[other] = lines[other], lines[one]
    elif kind == "character":
        at = draw.randrange(len(lines[one]))
        lines[one] = lines[one][:at] + draw.choice('[]{}",=x. 0') + lines[one][at + 1 :]
    else:
        pattern, choices = draw.choice(((r"\d+(\.\d+)?", NUMBERS), (r'"[^"]*"', WORDS), (r"\{[^{}]*\}", STEPS)))
        places = [(index, match) for index in written for match in re.finditer(pattern, lines[index])]
        index, match = draw.choice(places)
        lines[index] = lines[index][: match.start()] + draw.choice(choices) + lines[index][match.end() :]
    return "\n".join(lines) + "\n"


def test_an_edited_toml_exports_or_says_why_not(own_folder: Path) -> None:
    draw = random.Random(SEED)
    seen = set()
    for _ in range(60):
        project = draw.choice(("sensor", "shelf"))
        toml = own_folder / project / "edgegen.toml"
        before = toml.read_text(encoding="utf-8")
        text = edited(before, draw)
        toml.write_text(text, encoding="utf-8")
        done = edgegen("export", "--project", project, cwd=own_folder)
        assert done.code in (0, 3, 4, 5, 6, 7), f"{text}\n{done.stderr}"
        if done.code:
            done.error()
        else:
            check = edgegen("export", "--check", "--project", project, cwd=own_folder)
            assert check.code == 0, f"{text}\n{check.stderr}"
        toml.write_text(before, encoding="utf-8")
        seen.add(done.code)
    assert {0, 3} <= seen


@pytest.mark.parametrize("name", ["sensor.pth", "pickled.pth", "program.pt2", "scripted.pt"])
def test_a_damaged_model_file_is_refused_or_used(name: str, own_folder: Path) -> None:
    """A weight with a flipped bit is a weight; a crash, or an error that is none of ours, must not come of it."""
    draw = random.Random(f"{SEED} {name}")
    path = own_folder / name
    whole = path.read_bytes()
    is_weights = name.endswith(".pth")
    model = ("--model", "shop.net:sensor", "--weights", name) if is_weights else ("--model", name)
    arguments = ("--platform", "linux-arm", *model, "--input", f"{'x' if is_weights else 'input'}=1x16")
    for _ in range(25):
        data = bytearray(whole)
        start = draw.randrange(len(data))
        kind = draw.choice(("cut", "byte", "zeros", "gap"))
        if kind == "cut":
            del data[start:]
        elif kind == "byte":
            data[start] = draw.randrange(256)
        else:
            end = min(len(data), start + draw.randrange(1, 200))
            data[start:end] = bytes(end - start) if kind == "zeros" else b""
        path.write_bytes(data)
        done = edgegen("new", "hello", *arguments, "--dry-run", cwd=own_folder)
        assert done.code in (0, 4, 6, 7), f"{kind} at {start}: {done.stderr}"
        if done.code:
            done.error()


def test_an_edited_toml_updates_or_says_why_not(own_folder: Path) -> None:
    """An update may do more than an export: whole files come and go with the words of edgegen.toml."""
    draw = random.Random(SEED + 1)
    seen = set()
    for _ in range(30):
        project = draw.choice(("sensor", "shelf"))
        toml = own_folder / project / "edgegen.toml"
        before = toml.read_text(encoding="utf-8")
        toml.write_text(edited(before, draw), encoding="utf-8")
        tree = listing(own_folder)
        done = edgegen("update", project, "--dry-run", cwd=own_folder)
        assert done.code in (0, 3, 4, 5, 6, 7), f"{toml.read_text(encoding='utf-8')}\n{done.stderr}"
        if done.code:
            done.error()
        assert listing(own_folder) == tree
        toml.write_text(before, encoding="utf-8")
        seen.add(done.code)
    assert {0, 3} <= seen


@pytest.mark.parametrize("name", [BASE.as_posix(), MANIFEST.as_posix()])
def test_a_damaged_record_is_refused_or_read_as_it_was(name: str, own_folder: Path) -> None:
    """A flipped byte in a gzip header may mean nothing; one in a text or a hash must never pass for the record."""
    draw = random.Random(f"{SEED} {name}")
    (own_folder / "sensor" / "README.md").write_text("mine\n", encoding="utf-8")
    right = edgegen("diff", "sensor", cwd=own_folder).stdout
    assert "+mine" in right
    path = own_folder / "sensor" / name
    whole, refused = path.read_bytes(), 0
    for _ in range(80):
        data = bytearray(whole)
        start = draw.randrange(len(data))
        kind = draw.choice(("cut", "byte", "gap"))
        if kind == "cut":
            del data[start:]
        elif kind == "byte":
            data[start] = draw.randrange(256)
        else:
            del data[start : start + draw.randrange(1, 100)]
        path.write_bytes(data)
        done = edgegen("diff", "sensor", cwd=own_folder)
        assert done.code in (0, 8), f"{kind} at {start}: {done.stderr}"
        if done.code:
            done.error()
            refused += 1
        elif name == BASE.as_posix():
            assert done.stdout == right
    assert refused >= 40
