"""The files between this program and a driver. A driver in a new language reads and writes exactly these.

The driver reads, in a folder of cases,

    cases.txt       words, and one line to an operation:
                        case NAME
                        HEIGHT WIDTH ROW_BYTES ORIENTATION pillow13|horizontal_first
                        gray CHANNELS
                        resize HEIGHT WIDTH FILTER
                        short_side SIZE FILTER MAX_SIZE              (MAX_SIZE 0: none)
                        letterbox HEIGHT WIDTH FILTER R G B
                        center_crop HEIGHT WIDTH
                        pad LEFT TOP RIGHT BOTTOM R G B
                        tensor NCHW|NHWC rgb|bgr BITS CHANNELS       (ends the case)
    pixels.bin      for each case: its rows of RGB, each ROW_BYTES long but the last, which ends with its last pixel;
                    then the table of levels, CHANNELS x 256 values of BITS bits, little endian

and writes

    stages.txt      for each stage "NAME STAGE HxWxC BYTES" ("NAME tensor LAYOUT BYTES" for the tensor), in order,
                    or "NAME refused WHY" for a case that ends there
    stages.bin      the bytes of all stages, one after the other
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from edgegen.reference.resize import PASS_ORDER_CHANGED
from edgegen.spec.plan import Gray, PixelOp, Plan
from edgegen.spec.steps import CenterCrop, Letterbox, Pad, Resize
from tests.conformance.cases import Case

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

BITS = {"float32": 32, "float16": 16, "uint8": 8, "int8": 8}


@dataclass(frozen=True, slots=True)
class DriverStage:
    """One stage as a driver wrote it; `shape` is HxWxC, or the layout for the tensor. `data` is None for "refused"."""

    case: str
    stage: str
    shape: str
    data: bytes | None


class CaseWriter:
    """Writes cases.txt and pixels.bin of one folder; a context manager."""

    def __init__(self, folder: Path) -> None:
        self._index = (folder / "cases.txt").open("w", encoding="ascii", newline="\n")
        self._data = (folder / "pixels.bin").open("wb")

    def __enter__(self) -> CaseWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._index.close()
        self._data.close()

    def add(self, case: Case, plan: Plan, pixels: npt.NDArray[np.uint8]) -> None:
        """Writes one case; `pixels` is (H, W, 3) as stored."""
        import numpy as np

        height, width, _ = pixels.shape
        row_bytes = width * 3 + case.row_padding
        order = "pillow13" if plan.pillow >= PASS_ORDER_CHANGED else "horizontal_first"
        tensor = plan.tensor
        channel_order = "bgr" if tensor.reverse_channels else "rgb"
        bits = BITS[tensor.dtype]
        lines = [
            f"case {case.name}",
            f"{height} {width} {row_bytes} {case.orientation} {order}",
            *(_line(op) for op in plan.pixel_ops),
            f"tensor {tensor.layout} {channel_order} {bits} {tensor.channels}",
        ]
        self._index.write("\n".join(lines) + "\n")
        rows = np.full((height, row_bytes), 0xA5, np.uint8)  # what lies between the rows must not be looked at
        rows[:, : width * 3] = pixels.reshape(height, width * 3)
        self._data.write(rows.tobytes()[: row_bytes * (height - 1) + width * 3])
        self._data.write(np.array(tensor.levels, dtype=f"<u{bits // 8}").tobytes())


def read_stages(folder: Path) -> Iterator[DriverStage]:
    """The stages of a folder, in the order in which the driver wrote them."""
    with (folder / "stages.txt").open(encoding="utf-8") as index, (folder / "stages.bin").open("rb") as data:
        for line in index:
            case, stage, rest = line.rstrip("\n").split(" ", 2)
            if stage == "refused":
                yield DriverStage(case, stage, rest, None)
                continue
            shape, count = rest.split(" ")
            yield DriverStage(case, stage, shape, data.read(int(count)))


def _line(op: PixelOp) -> str:
    match op:
        case Gray(channels):
            return f"gray {channels}"
        case Resize(int(size), by, max_size):
            return f"short_side {size} {by.value} {max_size or 0}"
        case Resize((height, width), by):
            return f"resize {height} {width} {by.value}"
        case Letterbox((height, width), by, fill):
            return f"letterbox {height} {width} {by.value} {_numbers(fill)}"
        case CenterCrop((height, width)):
            return f"center_crop {height} {width}"
        case Pad(left, top, right, bottom, fill):
            return f"pad {left} {top} {right} {bottom} {_numbers(fill)}"
    raise TypeError(f"no operation: {op!r}")


def _numbers(values: tuple[int, ...]) -> str:
    return " ".join(map(str, values))
