"""Builds and runs the test programs of this folder, for this machine and for aarch64 under qemu."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edgegen.paths import cache_dir
from tests.toolchains import missing, need

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CPP = ROOT / "templates" / "cpp"
QEMU = ("qemu-aarch64-static", "-L", "/usr/aarch64-linux-gnu")


def sources_hash(*folders: Path) -> str:
    """Changes when any source below the folders does; the compilers are taken to stay the same on one machine."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".h", ".cpp", ".txt", ".cmake"}:
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def cmake_program() -> str:
    """The cmake of this Python's environment, else the system's."""
    beside = shutil.which("cmake", path=str(Path(sys.executable).parent))
    return beside or need("cmake")


def build(name: str, source: Path, *options: str) -> Path:
    """Configures and builds `source` with these CMake options; gives the folder with the programs.

    The folder is in the cache, one to each state of the sources: a second test run builds nothing.
    """
    folder = cache_dir() / "tests" / f"{name}-{sources_hash(source, CPP)}"
    if (folder / "built").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    cmake = cmake_program()
    commands = (
        [cmake, "-S", str(source), "-B", str(folder), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", *options],
        [cmake, "--build", str(folder), "-j2"],
    )
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    (folder / "built").touch()
    return folder


@dataclass(frozen=True)
class Programs:
    """The built programs and what runs them."""

    folder: Path
    launcher: tuple[str, ...] = ()

    def run(self, program: str, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [*self.launcher, str(self.folder / program), *arguments]
        return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=300)

    def decode(self, paths: Sequence[Path], max_pixels: int | None = None) -> Iterator[NDArray[np.uint8] | str]:
        """For each file its picture (H x W x 3), or the error's line."""
        limit = [str(max_pixels)] if max_pixels else []
        done = self.run("decode_files", *limit, stdin="".join(f"{path}\n" for path in paths).encode())
        assert done.returncode == 0, done.stderr.decode(errors="replace")[-4000:]
        out, at = done.stdout, 0
        for _ in paths:
            end = out.index(b"\n", at)
            word, _, rest = out[at:end].decode(errors="replace").partition(" ")
            at = end + 1
            if word == "error":
                yield rest
                continue
            width, height = map(int, rest.split())
            yield np.frombuffer(out, np.uint8, width * height * 3, at).reshape(height, width, 3)
            at += width * height * 3
        assert at == len(out)


def build_native() -> Programs:
    for tool in ("ninja", "g++"):
        need(tool)
    return Programs(build("decode-native", HERE))


def build_aarch64() -> Programs:
    for tool in ("ninja", "aarch64-linux-gnu-g++", QEMU[0]):
        need(tool)
    if not Path("/usr/lib/aarch64-linux-gnu/libjpeg.so").exists():
        missing("libjpeg62-turbo-dev:arm64 is not on this machine; `make setup` installs it where it can")
    return Programs(build("decode-aarch64", HERE, f"-DCMAKE_TOOLCHAIN_FILE={HERE / 'aarch64.cmake'}"), QEMU)
