"""Bits against bits, and a failure that says where they differ."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.decode.pictures import pillow, write_all
from tests.decode.programs import Programs


def difference(ours: NDArray[np.uint8], python: NDArray[np.uint8]) -> str | None:
    """Nothing when the pictures are the same, else the first pixel that is not."""
    if ours.shape != python.shape:
        return f"{ours.shape} instead of Pillow's {python.shape}"
    if ours.tobytes() == python.tobytes():
        return None
    y, x, channel = np.argwhere(ours != python)[0]
    count = int((ours != python).sum())
    return f"{count} values, first at row {y}, column {x}: {ours[y, x]} instead of Pillow's {python[y, x]} ({channel=})"


def assert_as_pillow(programs: Programs, folder: Path, files: dict[str, bytes]) -> None:
    """Every file decodes to the bits that Pillow gives."""
    paths = write_all(folder, {f"{i}.bin": data for i, data in enumerate(files.values())})
    failures = []
    for (name, data), ours in zip(files.items(), programs.decode(list(paths.values())), strict=True):
        wrong = ours if isinstance(ours, str) else difference(ours, pillow(data))
        if wrong:
            failures.append(f"{name}: {wrong}")
    assert not failures, f"{len(failures)} of {len(files)} pictures differ\n" + "\n".join(failures[:20])


def errors(programs: Programs, folder: Path, files: dict[str, bytes], max_pixels: int | None = None) -> dict[str, str]:
    """The error's line for each file without its folder, or "decoded" for a file that was read."""
    paths = write_all(folder, files)
    lines = {}
    for name, ours in zip(files, programs.decode(list(paths.values()), max_pixels), strict=True):
        lines[name] = ours.replace(f"{folder}/", "") if isinstance(ours, str) else "decoded"
    return lines
