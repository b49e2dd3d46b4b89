"""The kernels of Java and Swift as programs that answer: one for a photo, warm before it is asked."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from benchmarks._timing import Milliseconds

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from tests.conformance.languages import Program


SOURCES = Path(__file__).parent / "_preprocess"


def java() -> Program:
    """Built of `_preprocess/Preprocess.java`. Raises DriverError."""
    from tests.conformance.languages import build_java

    return build_java("Preprocess", [SOURCES / "Preprocess.java"])


def swift() -> Program:
    """Built of `_preprocess/Preprocess.swift`, calls of malloc counted. Raises DriverError."""
    from tests.conformance.languages import ALLOCATORS, REPOSITORY, build_swift

    tests = REPOSITORY / "tests"
    helpers = ["conformance/swift/Files.swift", "kernels/swift/allocation/Allocations.swift"]
    return build_swift(
        "Preprocess", [SOURCES / "Preprocess.swift", *(tests / name for name in helpers)], wrap=ALLOCATORS
    )


class ProgramPreprocess:
    """Such a program on one photo; a context manager."""

    def __init__(self, program: Program, pixels: npt.NDArray[np.uint8], levels: npt.NDArray[np.uint32]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="edgegen-benchmark-")
        folder = Path(self._folder.name)
        (folder / "pixels").write_bytes(pixels.tobytes())
        (folder / "levels").write_bytes(levels.tobytes())
        self._tensor = folder / "tensor"
        height, width, _ = pixels.shape
        files = (str(folder / name) for name in ("pixels", "levels", "tensor"))
        self._process = subprocess.Popen(
            [*program.command, str(width), str(height), *files],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> ProgramPreprocess:
        assert self._answer() == "ready"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()
        self._folder.cleanup()

    def run(self) -> Milliseconds:
        """The photo to the tensor."""
        return Milliseconds(int(self._ask("run")) / 1e6)

    def frame(self) -> Milliseconds:
        """A camera's frame of the photo's size, turned by 90°, to the tensor."""
        return Milliseconds(int(self._ask("frame")) / 1e6)

    def garbage(self) -> tuple[int, int]:
        """What one call allocates, with a photo and with a frame: bytes in Java, calls of malloc in Swift."""
        photo, frame = map(int, self._ask("garbage").split())
        return photo, frame

    def tensor(self) -> bytes:
        """The tensor of the last call."""
        assert self._ask("write") == "written"
        return self._tensor.read_bytes()

    def _ask(self, question: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(question + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")
