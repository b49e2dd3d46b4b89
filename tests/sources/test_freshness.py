"""The files an export depends on are found without importing anything of the user's, or torch."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from edgegen.sources.freshness import source_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "shop/__init__.py": "raise RuntimeError('imported')",
        "shop/net.py": "raise RuntimeError('imported')",
        "shop/data/tf.py": "",
        "shop/__pycache__/net.py": "",
        "shop/notes.txt": "",
        "lone.py": "import torch\nfrom layers import Block\nimport extra.part, nowhere\n",
        "layers.py": "from .base import x\nimport lone\n",
        "base.py": "",
        "unused.py": "",
        "extra/__init__.py": "",
        "extra/part.py": "",
        "space/net.py": "",
        "net.pth": "",
        "net.pt2": "",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("source", "weights", "transforms", "expected"),
    [
        ("demo", None, "demo:preset", set()),
        ("torchvision:resnet18", "IMAGENET1K_V1", "torchvision:preset", set()),
        ("torchvision:resnet18", "none", None, set()),
        ("torchvision:resnet18", "net.pth", None, {"net.pth"}),
        ("torchvision:resnet18", "missing.pth", None, {"missing.pth"}),
        ("net.pt2", None, None, {"net.pt2"}),
        ("shop.net:build", "net.pth", None, {"shop/__init__.py", "shop/net.py", "shop/data/tf.py", "net.pth"}),
        ("lone:build", None, None, {"lone.py", "layers.py", "base.py", "extra/__init__.py", "extra/part.py"}),
        ("unused:build", None, "shop.data.tf:val", {"unused.py", "shop/__init__.py", "shop/net.py", "shop/data/tf.py"}),
        ("space.net:build", None, None, {"space/net.py"}),
        ("no_such_thing:build", None, None, set()),
    ],
)
def test_the_files_of_each_origin(
    folder: Path, source: str, weights: str | None, transforms: str | None, expected: set[str]
) -> None:
    found = source_files(source, weights, transforms, folder)
    assert {path.relative_to(folder.resolve()).as_posix() for path in found} == expected
    assert found == sorted(found)


def test_an_installed_package_is_found_by_its_files(tmp_path: Path) -> None:
    found = source_files("efficientnet_lite_pytorch.model:EfficientNet", None, None, tmp_path)
    assert {path.name for path in found} == {"__init__.py", "model.py", "utils.py"}


def test_nothing_is_imported(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from edgegen.sources import source_files; "
        "source_files('shop.net:build', 'net.pth', 'lone:tf', Path('.')); "
        "print([m for m in ('torch', 'numpy', 'shop', 'lone', 'torchvision', 'zipfile') if m in sys.modules])"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "generator")}
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, env=env, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
