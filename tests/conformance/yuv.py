"""Frames of a camera through `edgegen.reference.yuv` and through a driver, byte for byte.

All 2^24 triples (Y, U, V) of each matrix and range are four frames of 4096 x 4096 pixels, so they go through the same
function as any other frame. Random frames have odd sizes, gaps between samples and rows, crops, turns and mirrors.

The driver reads, in a folder of frames,

    yuv.txt         words, and for each frame:
                        frame NAME
                        WIDTH HEIGHT LEFT TOP RIGHT BOTTOM bt601|bt709 full|limited DEGREES 0|1
                        ROW_BYTES PIXEL_BYTES COUNT          of Y, then of U, then of V
                    (the crop's RIGHT and BOTTOM are just outside; DEGREES is clockwise; 1: mirrored after that)
    yuv.bin         for each frame the COUNT bytes of Y, of U and of V: up to the last sample, and none after it

and writes stages.txt and stages.bin as for other cases (`casefile`), with one stage, "rgb", to a frame. It is called
with the folder and, in place of a path, "yuv".
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from edgegen.reference.yuv import Frame, Matrix, Plane, Range, Rotation, to_rgb
from tests.conformance.languages import Driver

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MATRICES: tuple[Matrix, ...] = ("bt601", "bt709")
RANGES: tuple[Range, ...] = ("full", "limited")
ROTATIONS: tuple[Rotation, ...] = (0, 90, 180, 270)
TRIPLES_SIDE = 4096
BAND = 256
"""Rows of a frame that are compared at once."""
PATH = "yuv"


@dataclass(frozen=True, slots=True)
class FrameDifference:
    """The first value of a frame that is not as expected, in words, and how many values differ."""

    frame: str
    values: int
    words: str

    def __str__(self) -> str:
        return f"{self.frame}: {self.words}"


def compare_triples(driver: Driver) -> Iterator[FrameDifference]:
    """All triples of each matrix and range."""
    for matrix in MATRICES:
        for range_ in RANGES:
            yield from _compare(driver, [(f"all_triples_{matrix}_{range_}", triples(matrix, range_))])


def compare_frames(driver: Driver, seed: int, count: int, covered: Counter[str]) -> Iterator[FrameDifference]:
    """`count` random frames; counts what they are made of in `covered`."""
    rng = random.Random(seed)
    frames = [(f"frame_{index}", random_frame(rng)) for index in range(count)]
    for _, frame in frames:
        covered.update(features(frame))
    yield from _compare(driver, frames)


def triples(matrix: Matrix, range_: Range) -> Frame:
    """Each two by two pixels have a U, a V and four Y of their own."""
    import numpy as np

    half = TRIPLES_SIDE // 2
    block = np.arange(half * half, dtype=np.uint32).reshape(half, half)
    y = np.empty((half, 2, half, 2), np.uint8)
    for down in (0, 1):
        for across in (0, 1):
            y[:, down, :, across] = (block % 64) * 4 + down * 2 + across
    u, v = ((block // 64 >> shift).astype(np.uint8) for shift in (8, 0))
    planes = (Plane(y.reshape(-1), TRIPLES_SIDE), Plane(u.reshape(-1), half), Plane(v.reshape(-1), half))
    return Frame(*planes, TRIPLES_SIDE, TRIPLES_SIDE, (0, 0, TRIPLES_SIDE, TRIPLES_SIDE), matrix, range_)


def random_frame(rng: random.Random) -> Frame:
    """A frame whose planes lie in memory as cameras lay them, and as they do not."""
    width, height = (rng.choice((rng.randint(1, 9), rng.randint(10, 200))) for _ in range(2))
    left, top = (rng.choice((0, rng.randint(0, side - 1))) for side in (width, height))
    right, bottom = (rng.choice((side, rng.randint(start + 1, side))) for start, side in ((left, width), (top, height)))
    chroma = ((width + 1) // 2, (height + 1) // 2)
    pixel_bytes = rng.choice((1, 2, 2))
    y, u, v = (
        _random_plane(rng, size, step)
        for size, step in (((width, height), rng.choice((1, 1, 1, 2))), (chroma, pixel_bytes), (chroma, pixel_bytes))
    )
    return Frame(
        y,
        u,
        v,
        width,
        height,
        (left, top, right, bottom),
        rng.choice(MATRICES),
        rng.choice(RANGES),
        rng.choice(ROTATIONS),
        rng.random() < 0.5,
    )


FEATURES = (
    *MATRICES,
    *RANGES,
    *(f"turned_{degrees}{mirror}" for degrees in ROTATIONS for mirror in ("", "_mirrored")),
    *("odd_width", "odd_height", "odd_crop_left", "odd_crop_top", "crop", "one_pixel_wide", "one_pixel_high"),
    *("chroma_apart", "chroma_interleaved", "luma_with_gaps", "row_gaps"),
)


def features(frame: Frame) -> Iterator[str]:
    """Which of FEATURES a frame has."""
    left, top, right, bottom = frame.crop
    yield frame.matrix
    yield frame.range
    yield f"turned_{frame.rotation}{'_mirrored' if frame.mirrored else ''}"
    has = {
        "odd_width": frame.width % 2 == 1,
        "odd_height": frame.height % 2 == 1,
        "odd_crop_left": left % 2 == 1,
        "odd_crop_top": top % 2 == 1,
        "crop": frame.crop != (0, 0, frame.width, frame.height),
        "one_pixel_wide": right - left == 1,
        "one_pixel_high": bottom - top == 1,
        "chroma_apart": frame.u.pixel_bytes == 1,
        "chroma_interleaved": frame.u.pixel_bytes == 2,
        "luma_with_gaps": frame.y.pixel_bytes == 2,
        "row_gaps": frame.y.row_bytes > frame.width * frame.y.pixel_bytes,
    }
    yield from (name for name, true in has.items() if true)


def _random_plane(rng: random.Random, size: tuple[int, int], pixel_bytes: int) -> Plane:
    import numpy as np

    width, height = size
    row_bytes = (width - 1) * pixel_bytes + 1 + rng.choice((0, 0, 1, 7, 64))
    samples = np.random.default_rng(rng.getrandbits(32)).integers(0, 256, (height, row_bytes), dtype=np.uint8)
    return Plane(
        samples.reshape(-1)[: row_bytes * (height - 1) + (width - 1) * pixel_bytes + 1], row_bytes, pixel_bytes
    )


def _compare(driver: Driver, frames: Sequence[tuple[str, Frame]]) -> Iterator[FrameDifference]:
    with tempfile.TemporaryDirectory(prefix="edgegen-yuv-") as name:
        folder = Path(name)
        _write(folder, frames)
        driver.run(folder, PATH)
        lines = (folder / "stages.txt").read_text(encoding="utf-8").splitlines()
        if len(lines) != len(frames):
            yield FrameDifference("end", 1, f"expected {len(frames)} frames, got {len(lines)}")
            return
        with (folder / "stages.bin").open("rb") as data:
            for (frame_name, frame), line in zip(frames, lines, strict=True):
                left, top, right, bottom = frame.crop
                columns, rows = right - left, bottom - top
                shape = f"{columns}x{rows}x3" if frame.rotation in (90, 270) else f"{rows}x{columns}x3"
                expected = f"{frame_name} rgb {shape} {3 * rows * columns}"
                if line != expected:
                    yield FrameDifference(frame_name, 1, f"expected {expected!r}, got {line!r}")
                    return
                yield from _difference(frame_name, frame, data.read(3 * rows * columns))


def _difference(name: str, frame: Frame, data: bytes) -> Iterator[FrameDifference]:
    import numpy as np

    written = np.frombuffer(data, np.uint8)
    values, first, at = 0, "", 0
    for band in _bands(frame):
        expected = to_rgb(band)
        actual = written[at : at + expected.size].reshape(expected.shape)
        if not np.array_equal(expected, actual):
            places = np.argwhere(expected != actual)
            place = tuple(int(i) for i in places[0])
            offset = at // (3 * expected.shape[1])
            first = first or _words(place, offset, expected, actual)
            values += len(places)
        at += expected.size
    if values:
        yield FrameDifference(name, values, f"{values} of {written.size} values differ, {first}; {_described(frame)}")


def _words(
    place: tuple[int, ...], rows_before: int, expected: npt.NDArray[np.uint8], actual: npt.NDArray[np.uint8]
) -> str:
    row, column, channel = place
    where = (row + rows_before, column, channel)
    return f"first at {where}: expected {expected[place]}, got {actual[place]}"


def _described(frame: Frame) -> str:
    strides = [(plane.row_bytes, plane.pixel_bytes) for plane in (frame.y, frame.u, frame.v)]
    return (
        f"{frame.width}x{frame.height}, crop {frame.crop}, {frame.matrix} {frame.range}, turned by {frame.rotation}"
        f"{' and mirrored' if frame.mirrored else ''}, strides {strides}"
    )


def _bands(frame: Frame) -> Iterator[Frame]:
    """The frame in parts, in the order of the output's rows; one that is turned is small, and is one part."""
    left, top, right, bottom = frame.crop
    if frame.rotation != 0:
        yield frame
        return
    for start in range(top, bottom, BAND):
        yield replace(frame, crop=(left, start, right, min(start + BAND, bottom)))


def _write(folder: Path, frames: Sequence[tuple[str, Frame]]) -> None:
    with (
        (folder / "yuv.txt").open("w", encoding="ascii", newline="\n") as index,
        (folder / "yuv.bin").open("wb") as data,
    ):
        for name, frame in frames:
            crop = " ".join(map(str, frame.crop))
            index.write(f"frame {name}\n{frame.width} {frame.height} {crop} {frame.matrix} {frame.range} ")
            index.write(f"{frame.rotation} {int(frame.mirrored)}\n")
            for plane in (frame.y, frame.u, frame.v):
                index.write(f"{plane.row_bytes} {plane.pixel_bytes} {plane.samples.size}\n")
                data.write(plane.samples.tobytes())
