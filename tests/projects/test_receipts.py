"""The second `edgegen new` of a model that edgegen knows the whole of."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest

from edgegen.paths import cache_dir, remove_tree
from edgegen.projects import receipts
from edgegen.projects.create import create
from edgegen.projects.request import NewRequest
from tests.faults.folders import listing

DEMO = NewRequest(platform="linux-arm", name="hello", model="demo")
# They hold the time at which edgegen.toml was written.
STAMPS = {"hello/generated/export.json", "hello/.edgegen/manifest.json"}


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of the demo's receipt, which is there, and new: with another number of threads, as in another process,
    torch sums in another order, and the goldens of outputs have other last bits.
    """
    found = receipts.receipt_key(DEMO)
    assert found is not None
    remove_tree(cache_dir() / "receipts" / found)
    create(dataclasses.replace(DEMO, output=tmp_path_factory.mktemp("first")))
    return found


def changed(one: dict[str, str], other: dict[str, str]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def test_the_second_project_is_the_first(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again = create(dataclasses.replace(DEMO, output=tmp_path / "again"))
    monkeypatch.setattr(receipts, "find", lambda name: None)
    first = create(dataclasses.replace(DEMO, output=tmp_path / "first"))
    assert again.document()["export"]["cached"] is first.document()["export"]["cached"] is True
    assert changed(listing(tmp_path / "again"), listing(tmp_path / "first")) == STAMPS
    for name in ("files", "edgegen_toml", "verify"):
        assert again.document()[name] == first.document()[name]


def test_another_name_and_place(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = dataclasses.replace(DEMO, name="Tom & Jerry's", output=tmp_path / "a" / "b")
    assert receipts.receipt_key(other) == key
    again = create(other)
    assert again.folder.name == "tom-jerrys"
    assert 'name = "Tom & Jerry\'s"' in (again.folder / "edgegen.toml").read_text(encoding="utf-8")
    monkeypatch.setattr(receipts, "find", lambda name: None)
    create(dataclasses.replace(other, output=tmp_path / "c"))
    stamps = {f"tom-jerrys/{name.partition('/')[2]}" for name in STAMPS}
    assert changed(listing(tmp_path / "a" / "b"), listing(tmp_path / "c")) == stamps


def test_it_imports_no_torch(key: str, tmp_path: Path) -> None:
    code = (
        "import sys; from edgegen.cli.main import main\n"
        "unwanted = ('torch', 'executorch', 'coremltools', 'PIL')\n"
        "sys.argv = ['edgegen', 'new', 'hello', '--platform', 'linux-arm', '--json']\n"
        "try: main()\n"
        "finally: print([name for name in unwanted if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["written"] is True
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "change",
    [
        {"model": "shop.net:build"},
        {"model": "model.pt2"},
        {"model": "torchvision:resnet18", "weights": "none"},
        {"model": "torchvision:resnet18", "weights": "mine.pth"},
        {"transforms": "shop.data:val_transform"},
        {"example": "shop.data:example"},
        {"settings": ("app.name=other",)},
        {"settings": ("model.path=elsewhere",)},
    ],
)
def test_what_only_running_it_tells_has_no_receipt(change: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / "mine.pth").touch()
    assert receipts.receipt_key(dataclasses.replace(DEMO, cwd=tmp_path, **change)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"platform": "android"},
        {"runtime": "onnx"},
        {"quantize": "dynamic"},
        {"opset": 20},
        {"settings": ("verify.min_top1=0.5",)},
        {"transforms": "none"},
        {"deployment_target": "17.0"},
    ],
)
def test_what_is_asked_for_is_in_the_key(change: dict[str, object]) -> None:
    other = dataclasses.replace(DEMO, **change)  # type: ignore[arg-type]
    assert receipts.receipt_key(other) not in (None, receipts.receipt_key(DEMO))


def test_what_is_in_the_files_is_in_the_key(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "labels.txt").write_text("a\nb\n", encoding="utf-8")
    request = dataclasses.replace(DEMO, cwd=tmp_path, labels=Path("labels.txt"), calibration=Path("photos"))
    keys = [receipts.receipt_key(request)]
    (tmp_path / "labels.txt").write_text("a\nc\n", encoding="utf-8")
    keys.append(receipts.receipt_key(request))
    (tmp_path / "photos" / "one.jpg").write_bytes(b"1")
    keys.append(receipts.receipt_key(request))
    assert len({*keys, None}) == 4
    (tmp_path / "labels.txt").unlink()
    assert receipts.receipt_key(request) is None


def test_other_libraries_make_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = receipts.receipt_key(DEMO)
    monkeypatch.setattr(receipts, "version", lambda package: "99" if package == "pillow" else "1")
    assert receipts.receipt_key(DEMO) != before


@pytest.fixture
def own(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The receipt's folder in a cache of its own."""
    found = receipts.find(key)
    assert found is not None
    monkeypatch.setenv("EDGEGEN_CACHE", str(tmp_path / "cache"))
    model = tmp_path / "cache" / "exports" / found.made.model.parent.name
    model.mkdir(parents=True)
    for file in found.made.model.parent.iterdir():
        (model / file.name).write_bytes(file.read_bytes())
    receipts.keep(key, found)
    assert receipts.find(key) is not None
    return cache_dir() / "receipts" / key


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "receipt.json").unlink(),
        lambda folder: (folder / "receipt.json").write_text("{", encoding="utf-8"),
        lambda folder: (folder / "receipt.json").write_text("[]", encoding="utf-8"),
        lambda folder: next((folder / "goldens").glob("*.npy")).write_bytes(b""),
        lambda folder: next((folder / "goldens").glob("*.npy")).unlink(),
        lambda folder: next(folder.parents[1].glob("exports/*/model.pte")).write_bytes(b"other"),
        lambda folder: next(folder.parents[1].glob("exports/*/model.pte")).unlink(),
    ],
)
def test_one_that_is_not_whole_is_as_none(damage: object, own: Path, key: str) -> None:
    assert callable(damage)
    damage(own)
    assert receipts.find(key) is None


def test_a_cache_that_cannot_be_written_costs_time_only(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = receipts.find(key)
    assert found is not None
    (tmp_path / "file").touch()
    monkeypatch.setenv("EDGEGEN_CACHE", str(tmp_path / "file"))
    receipts.keep(key, found)
    assert receipts.find(key) is None
