"""The drivers: how each language's is built, for which architecture, and which paths it has to be run with."""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from edgegen.paths import cache_dir

REPOSITORY = Path(__file__).resolve().parents[2]
JAVA_KERNELS = REPOSITORY / "templates" / "java" / "kernels"
SWIFT_KERNELS = REPOSITORY / "templates" / "swift" / "kernels"
ALLOCATORS = ("malloc", "calloc", "realloc", "posix_memalign", "aligned_alloc")
"""What Swift's memory comes from; tests/kernels/swift/allocation counts their calls."""
NO_SUCH_PATH = 3
"""The exit code of a driver that lacks the path it was asked for."""


class DriverError(Exception):
    """A driver could not be built or did not run; the message is for the terminal."""


@dataclass(frozen=True, slots=True)
class Driver:
    """A built driver. `command` is run with a folder and a path's name; all of `paths` give the same bits."""

    command: tuple[str, ...]
    paths: tuple[str, ...]

    def run(self, folder: Path, path: str) -> None:
        """Runs the cases of a folder. Raises DriverError with the driver's own words."""
        done = subprocess.run([*self.command, str(folder), path], capture_output=True, text=True, check=False)
        if done.returncode == NO_SUCH_PATH:
            raise DriverError(f"this machine cannot run the path {path!r}, which conformance has to cover")
        if done.returncode != 0:
            raise DriverError(f"the driver failed with {done.returncode}:\n{done.stderr.strip()}")


@dataclass(frozen=True, slots=True)
class Program:
    """A built program: what to run, under qemu or by a virtual machine where it is not for this CPU."""

    command: tuple[str, ...]


def build_cpp(source: Path, target: str, arch: str, *, sanitize: bool = False, settings: Sequence[str] = ()) -> Program:
    """Builds one target of a CMake project for x86_64 or aarch64. Raises DriverError.

    `sanitize` and `settings` are CMake variables of the project (-DSANITIZE=ON, "-DNAME=VALUE").
    """
    native = {"AMD64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    options = ["-DCMAKE_BUILD_TYPE=Release", f"-DSANITIZE={'ON' if sanitize else 'OFF'}", *settings]
    command: list[str] = []
    if arch != native:
        compiler = _program(f"{arch}-linux-gnu-g++", f"the C++ compiler for {arch}")
        # Static: qemu then needs no libraries of the other architecture.
        options += [
            "-DCMAKE_SYSTEM_NAME=Linux",
            f"-DCMAKE_SYSTEM_PROCESSOR={arch}",
            f"-DCMAKE_CXX_COMPILER={compiler}",
            "-DCMAKE_EXE_LINKER_FLAGS=-static",
        ]
        command.append(shutil.which(f"qemu-{arch}-static") or _program(f"qemu-{arch}", "qemu-user"))
    variant = hashlib.sha256(repr((str(source), options)).encode()).hexdigest()[:8]
    build = build_folder(f"{target}-{arch}-{variant}")
    cmake_build(source, build, options, target)
    return Program((*command, str(build / target)))


def cpp(arch: str | None = None, *, sanitize: bool = False) -> Driver:
    """The C++ driver, with both of the paths that an architecture has; x86_64 if none is named."""
    arch = arch or "x86_64"
    program = build_cpp(Path(__file__).parent / "cpp", "driver", arch, sanitize=sanitize)
    return Driver(program.command, ("scalar", "avx2") if arch == "x86_64" else ("scalar", "neon"))


def build_java(name: str, sources: Sequence[Path], *, options: Sequence[str] = ()) -> Program:
    """Compiles the Java kernels with other sources; the program is the class `name`. Raises DriverError.

    As the kernels are shipped: for Java 11, without a warning. `options` are the virtual machine's.
    """
    java, javac = (_program(tool, "a JDK of version 11 or later") for tool in ("java", "javac"))
    files = [*sorted(JAVA_KERNELS.glob("*.java")), *sources]
    content = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    build = build_folder(f"java-{name}")
    stamp = build / "sources.sha256"
    if not stamp.is_file() or stamp.read_text() != content:
        shutil.rmtree(build, ignore_errors=True)
        build.mkdir(parents=True)
        command = [javac, "--release", "11", "-Xlint:all", "-Werror", "-d", str(build), *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise DriverError(f"javac failed:\n{done.stdout}{done.stderr}".strip())
        stamp.write_text(content)
    return Program((java, "-XX:+UseSerialGC", *options, "-cp", str(build), name))


def java(arch: str | None = None) -> Driver:
    """The Java driver. There is one path, and the architecture is the virtual machine's."""
    if arch not in (None, platform.machine()):
        raise DriverError("Java is run on this machine's own virtual machine; leave --arch out")
    program = build_java("Driver", [Path(__file__).parent / "java" / "Driver.java"], options=["-Xmx1g"])
    return Driver(program.command, ("java",))


def build_swift(name: str, sources: Sequence[Path], *, sanitize: bool = False, wrap: Sequence[str] = ()) -> Program:
    """Compiles the Swift kernels with other sources as one module; `name` is the program. Raises DriverError.

    As the kernels are shipped: in Swift 6's language mode, optimised, without a warning. On Linux the program is linked
    statically, so that it runs outside of the folder in which Swift stands; with `sanitize` (AddressSanitizer) it runs
    in there. `wrap`: functions f of the C library whose calls, in Swift's runtime too, go to __wrap_f (Linux only).
    """
    from tests.swift.toolchain import SwiftUnavailableError, run_swift, swift_command

    files = [*sorted(SWIFT_KERNELS.glob("*.swift")), *sources]
    command = ["swiftc", "-swift-version", "6", "-warnings-as-errors", "-parse-as-library", "-O", "-wmo"]
    if sanitize:
        command.append("-sanitize=address")
    elif sys.platform == "linux":
        command += ["-static-stdlib", "-Xclang-linker", "-static"]
    command += [word for function in wrap for word in ("-Xlinker", f"--wrap={function}")]
    content = hashlib.sha256(repr(command).encode() + b"".join(file.read_bytes() for file in files)).hexdigest()
    build = build_folder(f"swift-{name}")
    stamp = build / "sources.sha256"
    program = build / name
    try:
        if not stamp.is_file() or stamp.read_text() != content:
            shutil.rmtree(build, ignore_errors=True)
            build.mkdir(parents=True)
            command += ["-module-name", "ModelKit", "-o", str(program), *map(str, files)]
            done = run_swift(command, cwd=build, inputs={file.parent for file in files})
            if done.returncode != 0:
                raise DriverError(f"swiftc failed:\n{done.stdout}{done.stderr}".strip())
            stamp.write_text(content)
        if sanitize:
            # Tests keep their pictures' memory for ever.
            words = ["env", "ASAN_OPTIONS=detect_leaks=0", program]
            return Program(tuple(swift_command(words, cwd=build)))
    except SwiftUnavailableError as error:
        raise DriverError(f"swift is not on this machine: {error}") from error
    return Program((str(program),))


def swift(arch: str | None = None) -> Driver:
    """The Swift driver. There is one path, and the architecture is this machine's."""
    if arch not in (None, platform.machine()):
        raise DriverError("Swift is compiled for this machine only; leave --arch out")
    program = build_swift("driver", sorted((Path(__file__).parent / "swift").glob("*.swift")))
    return Driver(program.command, ("swift",))


LANGUAGES: dict[str, Callable[[str | None], Driver]] = {"cpp": cpp, "java": java, "swift": swift}


def build_folder(name: str) -> Path:
    """A folder for a build, kept between runs, one to a checkout."""
    checkout = hashlib.sha256(str(REPOSITORY).encode()).hexdigest()[:12]
    return cache_dir() / "tests" / checkout / name


def cmake_build(source: Path, build: Path, settings: list[str], target: str) -> None:
    """Configures and builds one target. Raises DriverError with the compiler's output."""
    cmake = _program("cmake", "CMake")
    generator = ["-G", "Ninja"] if shutil.which("ninja") else []
    for command in (
        [cmake, "-S", str(source), "-B", str(build), *generator, *settings],
        [cmake, "--build", str(build), "--target", target, "--parallel", "2"],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise DriverError(f"{' '.join(command)}\n{done.stdout}{done.stderr}".strip())


def _program(name: str, what: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise DriverError(f"{name} ({what}) is not on this machine; `make setup` installs it where it can")
    return path
