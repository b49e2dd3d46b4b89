"""Preprocessing speed: Resize(256, bilinear), CenterCrop(224), ToTensor, Normalize, one thread, beside its peers.

    python -m benchmarks.preprocess --language cpp|java|swift [--json] [--rounds N]

Peers, in the same run: Pillow + torchvision (the truth: the tensors are compared bit for bit), and OpenCV's INTER_AREA
with blobFromImage (another answer, the usual one where speed matters). Ratios above 1 mean that edgegen is faster.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks._timing import interleaved, medians

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from tests.conformance.languages import Program

SIZES = ((4032, 3024), (1920, 1080), (640, 480))
"""(width, height) of the photos."""
SHORT_SIDE, CROP = 256, 224
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
MEMORY_SIZE = SIZES[0]


class BenchmarkError(Exception):
    """The benchmark cannot run here; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One photo size. Milliseconds are medians; ratios are peer / edgegen."""

    size: str
    vs_pillow: float
    vs_area: float
    milliseconds: float
    pillow_milliseconds: float
    area_milliseconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmark. Exit code 1 if something is missing or the tensor is not Pillow's."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preprocess", description=__doc__.partition("\n")[0])
    parser.add_argument("--language", choices=("cpp", "java", "swift"), default="cpp")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--rounds", type=int, default=31, help="timed calls of each program at each size")
    options = parser.parse_args(arguments)
    try:
        report = {"cpp": measure, "java": measure_java, "swift": measure_swift}[options.language](options.rounds)
    except BenchmarkError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(json.dumps(report, indent=2) if options.json else table(report))
    return 0


def measure_java(rounds: int) -> dict[str, Any]:
    """See `_measure_program`; garbage is counted in bytes."""
    from benchmarks import _programs

    return _measure_program("java", _programs.java, rounds)


def measure_swift(rounds: int) -> dict[str, Any]:
    """See `_measure_program`; garbage is counted in calls of malloc."""
    from benchmarks import _programs

    return _measure_program("swift", _programs.swift, rounds)


def _measure_program(path: str, build: Callable[[], Program], rounds: int) -> dict[str, Any]:
    """{"rows": [...], "path", "frame_milliseconds", "garbage_per_photo", "garbage_per_frame"}.

    The last three are by size; a frame is a camera's, of the photo's size, turned by 90°.
    """
    from benchmarks._programs import ProgramPreprocess
    from tests.conformance.languages import DriverError

    _use_one_thread()
    try:
        program = build()
    except DriverError as error:
        raise BenchmarkError(f"the kernels could not be built: {error}") from error
    report: dict[str, Any] = {
        "rows": [],
        "path": path,
        "frame_milliseconds": {},
        "garbage_per_photo": {},
        "garbage_per_frame": {},
    }
    for width, height in SIZES:
        pixels = _photo(width, height)
        with ProgramPreprocess(program, pixels, _levels()) as asked:
            row = _row(pixels, asked.run, asked.tensor, rounds)
            frame = medians(interleaved({"frame": asked.frame}, rounds))["frame"]
            photo_garbage, frame_garbage = asked.garbage()
        report["rows"].append(asdict(row))
        report["frame_milliseconds"][row.size] = round(frame, 3)
        report["garbage_per_photo"][row.size] = photo_garbage
        report["garbage_per_frame"][row.size] = frame_garbage
    return report


def measure(rounds: int) -> dict[str, Any]:
    """{"rows": [...], "path", "extra_memory_bytes", "extra_memory_size"}."""
    import numpy as np

    _use_one_thread()
    library, memory = _build()
    rows = []
    for width, height in SIZES:
        pixels = _photo(width, height)
        tensor = np.empty((3, CROP, CROP), np.float32)
        rows.append(_row(pixels, _edgegen(library, pixels, tensor), tensor.tobytes, rounds))
    counted = subprocess.run([memory, *map(str, MEMORY_SIZE)], capture_output=True, text=True, check=True)
    library.edgegen_path.restype = ctypes.c_char_p
    return {
        "rows": [asdict(row) for row in rows],
        "path": library.edgegen_path().decode(),
        "extra_memory_bytes": int(counted.stdout),
        "extra_memory_size": "x".join(map(str, MEMORY_SIZE)),
    }


def table(report: dict[str, Any]) -> str:
    """The report for people."""
    lines = [f"{'photo':>10}  {'edgegen':>9}  {'Pillow + torchvision':>22}  {'OpenCV INTER_AREA + blob':>26}"]
    for row in report["rows"]:
        pillow = f"{row['pillow_milliseconds']:.2f} ms ({row['vs_pillow']:.1f}x)"
        area = f"{row['area_milliseconds']:.2f} ms ({row['vs_area']:.1f}x)"
        lines.append(f"{row['size']:>10}  {row['milliseconds']:>6.2f} ms  {pillow:>22}  {area:>26}")
    counted = {"java": ("Java", "bytes allocated"), "swift": ("Swift", "allocations")}.get(report["path"])
    if counted is not None:
        frames = ", ".join(f"{size} {ms:.2f} ms" for size, ms in report["frame_milliseconds"].items())
        lines.append(f"from a camera's frame, turned by 90°: {frames}")
        garbage = max((*report["garbage_per_photo"].values(), *report["garbage_per_frame"].values()))
        language, what = counted
        return "\n".join([*lines, f"{language}, one thread, medians; {garbage} {what} per photo or frame"])
    memory = f"{report['extra_memory_bytes'] / 1024:.0f} KiB besides photo and tensor at {report['extra_memory_size']}"
    return "\n".join([*lines, f"C++ ({report['path']}), one thread, medians; {memory}"])


def _use_one_thread() -> None:
    _require_peers()
    import cv2
    import torch

    torch.set_num_threads(1)
    cv2.setNumThreads(1)


def _row(pixels: npt.NDArray[np.uint8], edgegen: Callable[[], object], tensor: Callable[[], bytes], rounds: int) -> Row:
    """`edgegen` is timed; `tensor` gives what its last call has made, which must be the peers' truth."""
    import numpy as np

    height, width, _ = pixels.shape
    programs = {"edgegen": edgegen, "pillow": _pillow(pixels), "area": _area(pixels)}
    times = medians(interleaved(programs, rounds))
    truth = np.asarray(programs["pillow"]())
    if truth.tobytes() != tensor():
        raise BenchmarkError(f"at {width}x{height} the tensor is not the one of Pillow and torchvision")
    return Row(
        size=f"{width}x{height}",
        vs_pillow=round(times["pillow"] / times["edgegen"], 2),
        vs_area=round(times["area"] / times["edgegen"], 2),
        milliseconds=round(times["edgegen"], 3),
        pillow_milliseconds=round(times["pillow"], 3),
        area_milliseconds=round(times["area"], 3),
    )


def _edgegen(
    library: ctypes.CDLL, pixels: npt.NDArray[np.uint8], tensor: npt.NDArray[np.float32]
) -> Callable[[], object]:
    levels = _levels()
    height, width, _ = pixels.shape
    arguments = (pixels.ctypes.data, width, height, levels.ctypes.data, tensor.ctypes.data)
    call = library.edgegen_preprocess
    call.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
    call.restype = None
    # `levels` lives as long as the closure.
    return lambda: (call(*arguments), levels)


def _levels() -> npt.NDArray[np.uint32]:
    """(3, 256, 1): the bit pattern of each level, by torchvision itself."""
    import numpy as np
    import torch
    from torchvision import transforms

    every = torch.arange(256, dtype=torch.uint8).reshape(1, 256, 1).repeat(3, 1, 1)
    levels: npt.NDArray[np.uint32] = (
        transforms.Normalize(MEAN, STD)(every.to(torch.float32).div(255)).numpy().view(np.uint32).copy()
    )
    return levels


def _pillow(pixels: npt.NDArray[np.uint8]) -> Callable[[], object]:
    from PIL import Image
    from torchvision import transforms

    picture = Image.fromarray(pixels)
    transform = transforms.Compose(
        [
            transforms.Resize(SHORT_SIDE),
            transforms.CenterCrop(CROP),
            transforms.ToTensor(),
            transforms.Normalize(MEAN, STD),
        ]
    )
    return lambda: transform(picture)


def _area(pixels: npt.NDArray[np.uint8]) -> Callable[[], object]:
    import cv2
    import numpy as np

    height, width, _ = pixels.shape
    scale = SHORT_SIDE / min(height, width)
    size = (int(width * scale + 0.5), int(height * scale + 0.5))
    left, top = (size[0] - CROP) // 2, (size[1] - CROP) // 2
    mean = tuple(255 * value for value in MEAN)
    std = np.array(STD, np.float32).reshape(1, 3, 1, 1)

    def run() -> object:
        resized = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        crop = resized[top : top + CROP, left : left + CROP]
        return cv2.dnn.blobFromImage(crop, 1 / 255, mean=mean) / std

    return run


def _photo(width: int, height: int) -> npt.NDArray[np.uint8]:
    """(H, W, 3): waves with noise, as hard to predict as a photo."""
    import numpy as np

    rng = np.random.default_rng(1)
    x = np.linspace(0, 9, width, dtype=np.float32)[None, :, None]
    y = np.linspace(0, 7, height, dtype=np.float32)[:, None, None]
    waves = 128 + 90 * np.sin(x + y * np.array([1.0, 1.3, 0.7], np.float32))
    noise = rng.integers(-30, 31, (height, width, 3), dtype=np.int16)
    photo: npt.NDArray[np.uint8] = np.clip(waves + noise, 0, 255).astype(np.uint8)
    return photo


def _require_peers() -> None:
    import importlib.util

    peers = {"PIL": "Pillow", "torchvision": "torchvision", "cv2": "OpenCV (opencv-python-headless)"}
    missing = [name for module, name in peers.items() if importlib.util.find_spec(module) is None]
    if missing:
        raise BenchmarkError(f'not installed: {", ".join(missing)}; `pip install "edgegen[test]"` has them')


def _build() -> tuple[ctypes.CDLL, str]:
    """The kernels as a library, and the program that counts memory."""
    from tests.conformance.languages import DriverError, build_folder, cmake_build

    build = build_folder("benchmark-preprocess")
    try:
        cmake_build(Path(__file__).parent / "_preprocess", build, ["-DCMAKE_BUILD_TYPE=Release"], "all")
    except DriverError as error:
        raise BenchmarkError(f"the kernels could not be built: {error}") from error
    suffix = {"darwin": "dylib", "win32": "dll"}.get(sys.platform, "so")
    return ctypes.CDLL(str(build / f"libpreprocess.{suffix}")), str(build / "memory")


if __name__ == "__main__":
    sys.exit(main())
