"""The folder that a fault is tried in, and whether anything in it changed."""

from __future__ import annotations

import hashlib
import shutil
import stat
from pathlib import Path

MATERIAL = Path(__file__).parent / "material"


def fill(folder: Path) -> Path:
    """A user's working folder at `folder`: a package, weights, labels, pictures, and files that are not what they say.

    Made once for all tests of a session, because a fault must not change it.
    """
    shutil.copytree(MATERIAL / "shop", folder / "shop", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "shop" / "broken.py").write_text("def build(:\n", encoding="utf-8")
    (folder / "shop" / "needs.py").write_text("import a_package_that_is_not_there\n", encoding="utf-8")
    _labels(folder)
    _pictures(folder)
    _weights(folder)
    return folder


def _labels(folder: Path) -> None:
    (folder / "labels.txt").write_text("apple\nbread\ncheese\ndates\neggs\n", encoding="utf-8")
    (folder / "four.txt").write_text("apple\nbread\ncheese\ndates\n", encoding="utf-8")
    (folder / "gap.txt").write_text("apple\n\nbread\ncheese\ndates\n", encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(b"\xff\xfe\x00\x01" * 8)
    (folder / "latin1.txt").write_bytes("Äpfel\nBrot\nKäse\nDatteln\nEier\n".encode("latin-1"))


def _pictures(folder: Path) -> None:
    from PIL import Image

    good, bad, none = folder / "photos", folder / "bad photos", folder / "no photos"
    for made in (good, bad, none):
        made.mkdir()
    (none / "notes.txt").write_text("nothing to see", encoding="utf-8")
    for index in range(4):
        Image.linear_gradient("L").rotate(index * 90).convert("RGB").save(good / f"{index}.jpg")
    Image.new("RGB", (40, 30), "red").save(bad / "0.png")
    (bad / "1.jpg").write_bytes((good / "1.jpg").read_bytes()[:300])
    pictures = folder / "pictures"
    pictures.mkdir()
    shutil.copyfile(good / "0.jpg", pictures / "good.jpg")
    (pictures / "empty.jpg").touch()
    (pictures / "text.jpg").write_text("not a picture", encoding="utf-8")
    (pictures / "page.png").write_text("<html>404</html>", encoding="utf-8")
    (pictures / "cut.jpg").write_bytes((good / "0.jpg").read_bytes()[:400])
    (pictures / "pointer.jpg").write_text(POINTER, encoding="utf-8")
    Image.new("CMYK", (40, 30)).save(pictures / "cmyk.jpg")
    Image.new("P", (40, 30)).save(pictures / "moving.gif")


def _weights(folder: Path) -> None:
    import torch

    torch.manual_seed(1)
    layer = torch.nn.Linear(16, 4)
    state = {
        "layers.0.weight": torch.randn(8, 16),
        "layers.0.bias": torch.randn(8),
        "layers.2.weight": torch.randn(4, 8),
        "layers.2.bias": torch.randn(4),
    }
    torch.save(state, folder / "sensor.pth")
    whole = (folder / "sensor.pth").read_bytes()
    (folder / "cut.pth").write_bytes(whole[: len(whole) // 2])
    (folder / "empty.pth").touch()
    (folder / "pointer.pth").write_text(POINTER, encoding="utf-8")
    (folder / "page.pth").write_text("<!DOCTYPE html><html>404</html>", encoding="utf-8")
    (folder / "text.pth").write_text("these are no weights", encoding="utf-8")
    torch.save({**state, "layers.0.weight": torch.randn(9, 16), "layers.0.bias": torch.randn(9)}, folder / "wide.pth")
    torch.save({f"backbone.{key}": value for key, value in layer.state_dict().items()}, folder / "other.pth")
    torch.save({**state, "layers.2.weight": [1, 2, 3]}, folder / "lists.pth")
    torch.save(layer, folder / "pickled.pth")
    torch.jit.save(torch.jit.script(layer), folder / "scripted.pt")
    program = torch.export.export(layer.eval(), (torch.zeros(1, 16),))
    torch.export.save(program, folder / "program.pt2")
    exported = (folder / "program.pt2").read_bytes()
    (folder / "cut.pt2").write_bytes(exported[: len(exported) // 2])
    (folder / "model.onnx").write_bytes(b"\x08\x07\x12\x07pytorch")
    (folder / "program.pte").write_bytes(b"\x20\x00\x00\x00ET12" + bytes(64))


POINTER = (
    "version https://git-lfs.github.com/spec/v1\n"
    "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
)


def listing(folder: Path) -> dict[str, str]:
    """Every name below `folder` with what it is: a mode, and a file's hash or a link's target.

    Python's own `__pycache__` does not count.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        if "__pycache__" in path.parts:
            continue
        status = path.lstat()
        kind = stat.filemode(status.st_mode)
        if path.is_symlink():
            kind += f" -> {path.readlink()}"
        elif path.is_file():
            kind += f" {hashlib.sha256(path.read_bytes()).hexdigest()}"
        found[path.relative_to(folder).as_posix()] = kind
    return found
