"""Projects that were damaged or edited into something that cannot be, and photos that are none."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.cases import Case, case, check_refused
from tests.faults.in_process import edgegen

Damage = Callable[[Path], object]


@dataclass(frozen=True)
class Damaged:
    """What is done to a copy of a project before the call that must then fail."""

    project: str
    damage: Damage
    case: Case

    def __str__(self) -> str:
        return self.case.name


def toml(old: str, new: str) -> Damage:
    """Replaces a text that edgegen.toml is known to hold."""

    def damage(project: Path) -> None:
        file = project / "edgegen.toml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return damage


def written(name: str, content: str | bytes) -> Damage:
    """Replaces a file of the project's."""
    data = content.encode() if isinstance(content, str) else content
    return lambda project: (project / name).write_bytes(data)


def removed(name: str) -> Damage:
    """Removes a file or folder of the project's."""

    def damage(project: Path) -> None:
        path = project / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return damage


def folder_instead(name: str) -> Damage:
    """Puts a folder where a file was."""

    def damage(project: Path) -> None:
        (project / name).unlink()
        (project / name).mkdir()

    return damage


def on(project: str, name: str, damage: Damage, arguments: tuple[str, ...], code: int, *said: str) -> Damaged:
    """A Damaged in one line; `arguments` without the project."""
    return Damaged(project, damage, case(name, (*arguments, "--project", project), code, *said))


EXPORT = ("export",)
MANIFEST = [
    on("sensor", "no edgegen.toml", removed("edgegen.toml"), EXPORT, 8, "edgegen.toml", "--project"),
    on("sensor", "empty edgegen.toml", written("edgegen.toml", ""), EXPORT, 3, "edgegen.toml", "schema = 1"),
    on("sensor", "no TOML", written("edgegen.toml", "[model"), EXPORT, 3, "edgegen.toml", "is not TOML", "Correct"),
    on("sensor", "binary", written("edgegen.toml", b"\xff\xfe\x00"), EXPORT, 3, "not UTF-8", "Save it as UTF-8"),
    on("sensor", "misspelt table", toml("[budget]", "[bugdet]"), EXPORT, 3, "bugdet", '"budget"?'),
    on("sensor", "misspelt key", toml("source =", "sorce ="), EXPORT, 3, "model.sorce", '"source"?'),
    on("sensor", "newer schema", toml("schema = 1", "schema = 2"), EXPORT, 3, "schema", "Update edgegen"),
    on("sensor", "word for a number", toml("shape = [1, 16]", 'shape = "1x16"'), EXPORT, 3, "inputs.x.shape", "array"),
    on("sensor", "negative shape", toml("[1, 16]", "[1, -16]"), EXPORT, 3, "inputs.x.shape[1]", "-16"),
    on("sensor", "wrong shape", toml("[1, 16]", "[1, 17]"), EXPORT, 4, "1x17", "shape"),
    on("sensor", "wrong output shape", toml("[1, 4]", "[1, 5]"), EXPORT, 3, "outputs.output", "1x5", "1x4"),
    on("sensor", "wrong output type", toml('dtype = "float32"', 'dtype = "float16"'), EXPORT, 4, "float16"),
    on("sensor", "an output too many", toml("[export]", '[outputs.more]\nkind = "tensor"\nshape = [1]\n[export]'),
       EXPORT, 3, "outputs", "1x4"),
    on("sensor", "later kind", toml('kind = "tensor"\nshape = [1, 16]', 'kind = "audio"\nshape = [1, 16]'), EXPORT, 3,
       "inputs.x.kind", "audio", "tensor"),
    on("sensor", "unknown platform", toml("linux-arm", "linux-amr"), EXPORT, 3, "app.platform", "linux-arm"),
    on("sensor", "unknown runtime", toml('"executorch"', '"tflite"'), EXPORT, 3, "export.runtime", "executorch"),
    on("sensor", "unknown backend", toml('"xnnpack"', '"vulkan"'), EXPORT, 3, "export.backend", "xnnpack"),
    on("sensor", "hostile name", toml('name = "sensor"', 'name = "../x"'), EXPORT, 3, "app.name", "path"),
    on("sensor", "int8 without pictures", toml('mode = "none"', 'mode = "int8"'), EXPORT, 3,
       "export.quantize.calibration", "photos"),
    on("shelf", "unknown filter", toml('"bilinear"', '"biliner"'), EXPORT, 3, "steps[0]", '"bilinear"?'),
    on("shelf", "steps without their end", toml("{ center_crop = 32 }", "{ center_crop = 31 }"), EXPORT, 3,
       "inputs.image.shape", "[31, 31]"),
    on("shelf", "steps unlike the transforms", toml("{ resize = 36", "{ resize = 37"), EXPORT, 5, "differs",
       "transforms"),
    on("shelf", "missing labels", removed("labels.txt"), EXPORT, 4, "labels.txt", "no such file"),
    on("shelf", "one label too few", written("labels.txt", "a\nb\nc\nd\n"), EXPORT, 4, "labels.txt", "4 labels"),
    on("sensor", "missing weights", toml("sensor.pth", "gone.pth"), EXPORT, 4, "gone.pth", "no such file"),
    on("sensor", "missing module", toml("shop.net:", "shopp.net:"), EXPORT, 4, "shopp", "Did you mean"),
    on("sensor", "moved away", toml('path = ".."', 'path = "../.."'), EXPORT, 4, "shop", "model.path"),
    on("sensor", "no manifest", removed(".edgegen/manifest.json"), EXPORT, 8, "manifest.json", "edgegen new"),
    on("sensor", "broken manifest", written(".edgegen/manifest.json", "{"), EXPORT, 8, "manifest.json", "Restore"),
    on("sensor", "folder for a manifest", folder_instead(".edgegen/manifest.json"), EXPORT, 8, "manifest.json"),
]  # fmt: skip

CHECK = ("export", "--check")
STALE = [
    on("sensor", "never exported", removed("generated"), CHECK, 10, "export.json", "edgegen export"),
    on("sensor", "empty stamp", written("generated/export.json", ""), CHECK, 10, "export.json", "edgegen export"),
    on("sensor", "broken stamp", written("generated/export.json", '{"edgegen":'), CHECK, 10, "cannot be read"),
    on("sensor", "list for a stamp", written("generated/export.json", "[1]"), CHECK, 10, "cannot be read"),
    on("sensor", "numbers for entries", written("generated/export.json",
       '{"edgegen": "0.1.0", "inputs": [7], "calibration": 3, "outputs": 4}'), CHECK, 10, "export.json"),
    on("sensor", "binary stamp", written("generated/export.json", b"\xff\xfe"), CHECK, 10, "cannot be read"),
    on("sensor", "nested stamp", written("generated/export.json", "[" * 100_000), CHECK, 10, "cannot be read"),
    on("sensor", "folder for a stamp", folder_instead("generated/export.json"), CHECK, 10, "cannot be read"),
    on("sensor", "damaged model", written("generated/model.pte", b"x"), CHECK, 10, "model.pte", "edgegen export"),
]  # fmt: skip

VERIFY = ("verify",)
GATES = [
    on("sensor", "verify without a model", removed("generated"), VERIFY, 8, "model.pte", "edgegen export"),
    on("sensor", "verify a cut model", written("generated/model.pte", b"\x20\0\0\0ET12"), VERIFY, 6, "model.pte"),
    on("sensor", "verify a text", written("generated/model.pte", "text"), VERIFY, 6, "not an ExecuTorch program"),
    on("sensor", "verify without goldens", removed("generated/goldens"), VERIFY, 7, "goldens", "edgegen export"),
    on("sensor", "export over budget", toml("# model_mb = 8", "model_mb = 0.001"), EXPORT, 7, "budget.model_mb",
       "0.001 MB", "Quantise"),
    on("sensor", "export below the gate", toml("# min_sqnr_db = 60", "min_sqnr_db = 500"), EXPORT, 7,
       "verify.min_sqnr_db", "500 dB"),
]  # fmt: skip


@pytest.mark.parametrize("fault", [*MANIFEST, *STALE, *GATES], ids=str)
def test_it_is_refused(fault: Damaged, own_folder: Path) -> None:
    fault.damage(own_folder / fault.project)
    check_refused(fault.case, own_folder)


@pytest.mark.parametrize(
    ("damage", "key"),
    [
        (toml("# min_sqnr_db = 60", "min_sqnr_db = 500"), "verify.min_sqnr_db"),
        (toml("# max_rel_error = 0.0001", "max_abs_error = 1e-30"), "verify.max_abs_error"),
    ],
    ids=["SQNR", "error"],
)
def test_verify_is_a_gate_that_shows_its_table(damage: Damage, key: str, own_folder: Path) -> None:
    damage(own_folder / "sensor")
    done = edgegen("verify", "--project", "sensor", "--json", cwd=own_folder)
    assert done.code == 7
    assert key in done.error()
    document = json.loads(done.stdout)
    assert document["passed"] is False
    assert any(failure["key"] == key for failure in document["model"]["failures"])


def test_a_golden_that_was_changed_fails_verify(own_folder: Path) -> None:
    golden = next((own_folder / "sensor" / "generated" / "goldens").glob("*output*.npy"))
    data = bytearray(golden.read_bytes())
    data[-2] ^= 0x40
    golden.write_bytes(data)
    done = edgegen("verify", "--project", "sensor", cwd=own_folder)
    assert done.code == 7, done.stderr
    assert re.search("golden|output", done.error())


@pytest.mark.parametrize("command", ["export", "verify", "preview", "build"])
def test_a_folder_without_a_project(command: str, folder: Path) -> None:
    photo = ("pictures/good.jpg",) if command == "preview" else ()
    where = ("photos",) if command == "build" else ("--project", "photos")
    check_refused(case(command, (command, *photo, *where), 8, "photos", "edgegen.toml"), folder)


PHOTOS = [
    ("missing.jpg", "no such file"),
    ("empty.jpg", "is empty"),
    ("text.jpg", "not a JPEG or PNG"),
    ("page.png", "HTML"),
    ("cut.jpg", "cannot be decoded"),
    ("pointer.jpg", "git-lfs pointer"),
    ("cmyk.jpg", "CMYK"),
    ("moving.gif", "GIF"),
    (".", "is a folder"),
]


@pytest.mark.parametrize(("photo", "said"), PHOTOS)
def test_preview_of_what_is_no_photo(photo: str, said: str, folder: Path) -> None:
    name = f"pictures/{photo}" if photo != "." else "pictures"
    check_refused(case(photo, ("preview", name, "--project", "shelf"), 4, name, said), folder)


def test_preview_of_a_model_without_pictures(folder: Path) -> None:
    check_refused(case("", ("preview", "pictures/good.jpg", "--project", "sensor"), 2, "picture"), folder)


def test_preview_into_a_folder_that_is_not_there(folder: Path) -> None:
    arguments = ("preview", "pictures/good.jpg", "--project", "shelf", "--output", "no/where/strip.png")
    check_refused(case("", arguments, 8, "no/where/strip.png"), folder)


@pytest.mark.parametrize(("photos", "said"), [("fotos", "no such folder"), ("no photos", "holds no photo")])
def test_verify_on_photos_that_are_not_there(photos: str, said: str, folder: Path) -> None:
    check_refused(case("", ("verify", "--project", "shelf", "--photos", photos), 4, photos, said), folder)


def test_verify_on_a_photo_that_is_cut_short(folder: Path) -> None:
    check_refused(case("", ("verify", "--project", "shelf", "--photos", "bad photos"), 4, "1.jpg", "decoded"), folder)


@pytest.mark.parametrize(("photo", "said"), [("missing.jpg", "no such file"), (".", "is not a file")])
def test_run_on_what_is_no_photo(photo: str, said: str, folder: Path) -> None:
    name = f"pictures/{photo}" if photo != "." else "pictures"
    check_refused(case("", ("run", "shelf", name), 2, name, said), folder)
