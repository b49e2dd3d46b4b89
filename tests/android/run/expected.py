"""Writes down what Python says, for the tests in `app/` to hold the app against."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from edgegen.reference.decode import decode
from edgegen.reference.photos import bundled_photos
from edgegen.reference.yuv import Frame, Plane, to_rgb
from tests.android.run import pictures
from tests.android.run.truth import python_answers

# As FakeImage.java has them.
WIDTH: Final = 640
HEIGHT: Final = 480
ROW_STRIDE: Final = 704
PHOTOS: Final = ("coffee", "chelsea", "clock", "horse")


def write_expected(project: Path, folder: Path) -> Path:
    """Fills `folder` for the demo model's `project`; gives it."""
    folder.mkdir(parents=True)
    bundled = {path.stem: path for path in bundled_photos()}
    photos = python_answers(project, [bundled[name] for name in PHOTOS])
    frame = python_answers(project, [_write_frame(folder, bundled["coffee"])])
    document = {"photos": _kept(folder, "photo", photos), "frame": _kept(folder, "frame", frame)[0]}
    pictures.write(folder / "same", pictures.as_python_sees())
    pictures.write(folder / "other", pictures.otherwise())
    pictures.write(folder / "broken", pictures.broken())
    (folder / "expected.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def _kept(folder: Path, name: str, answers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers with their tensors in files of their own."""
    kept = []
    for number, answer in enumerate(answers):
        file = f"{name}{number}.tensor"
        (folder / file).write_bytes(answer["tensor"])
        kept.append({**answer, "tensor": file})
    return kept


def _write_frame(folder: Path, photo: Path) -> Path:
    """A camera's frame of the photo, lying on its side as sensors see it, and the picture that Python makes of it.

    Semi-planar: V and U in turns, rows longer than the picture, and no padding after the last.
    """
    from PIL import Image

    seen = decode(photo).resize((HEIGHT, WIDTH)).transpose(Image.Transpose.ROTATE_90).convert("YCbCr")
    y, cb, cr = (np.asarray(band) for band in seen.split())
    luma = np.full((HEIGHT, ROW_STRIDE), 77, np.uint8)
    luma[:, :WIDTH] = y
    chroma = np.full((HEIGHT // 2, ROW_STRIDE), 99, np.uint8)
    chroma[:, 0:WIDTH:2], chroma[:, 1:WIDTH:2] = cr[::2, ::2], cb[::2, ::2]
    samples = luma.reshape(-1)[: ROW_STRIDE * (HEIGHT - 1) + WIDTH]
    woven = chroma.reshape(-1)[: ROW_STRIDE * (HEIGHT // 2 - 1) + WIDTH]
    (folder / "frame.y").write_bytes(samples.tobytes())
    (folder / "frame.vu").write_bytes(woven.tobytes())
    frame = Frame(
        y=Plane(samples, ROW_STRIDE),
        u=Plane(woven[1:], ROW_STRIDE, 2),
        v=Plane(woven, ROW_STRIDE, 2),
        width=WIDTH,
        height=HEIGHT,
        crop=(0, 0, WIDTH, HEIGHT),
        rotation=90,
    )
    picture = folder / "frame.png"
    Image.fromarray(to_rgb(frame)).save(picture)
    return picture
