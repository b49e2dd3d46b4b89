"""The bundled photos are free, small, varied, and the demo's coffee is an espresso after its JPEG too."""

from __future__ import annotations

import pytest
import torch
from PIL import Image

from edgegen.reference.decode import decode, orientation
from edgegen.reference.photos import DEMO_PHOTO, LICENSES, bundled_photos, golden_photos
from edgegen.reference.pipeline import tensor_for
from edgegen.spec.infer import infer_image_input


def test_every_picture_has_a_line_in_the_licences() -> None:
    text = LICENSES.read_text(encoding="utf-8")
    rows = [
        line for line in text.splitlines() if (line.startswith("| ") and "CC0 |" in line) or "public domain |" in line
    ]
    listed = {name.strip() for row in rows for name in row.split("|")[1].split(",")}
    there = {path.name for path in bundled_photos()} | {f"golden/{path.name}" for path in golden_photos()}
    assert listed == there


def test_they_are_small_and_varied() -> None:
    assert sum(path.stat().st_size for path in (*bundled_photos(), *golden_photos())) < 600_000
    modes = set()
    for path in bundled_photos():
        with Image.open(path) as stored:
            assert max(stored.size) <= 640
            modes.add((stored.format, stored.mode))
    assert {("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "L")} <= modes
    assert {1, 3, 6, 8} <= {orientation(path) for path in bundled_photos()}


def test_the_demo_photo_is_an_espresso_at_95_percent() -> None:
    demo = pytest.importorskip("edgegen.sources.demo", reason="the demo model is an optional extra")
    loaded = demo.load_demo()
    tensor = tensor_for(infer_image_input(loaded.transforms), decode(DEMO_PHOTO))
    with torch.no_grad():
        probabilities = loaded.module.eval()(tensor).softmax(dim=1)[0]
    best = int(probabilities.argmax())
    assert loaded.labels[best] == "espresso"
    assert float(probabilities[best]) == pytest.approx(0.95, abs=0.02)
