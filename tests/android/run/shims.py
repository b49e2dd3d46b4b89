"""The runtimes of generated Android apps on this machine's JVM.

A project compiles and runs against `classes(runtime)`: for ExecuTorch and TorchScript test-only classes with the
published signatures, over the C++ libraries of the executorch and torch wheels by a JNI shim; for ONNX its own desktop
jar, whose Java API is that of the Android one. Everything is built once, into the cache, keyed by content.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from edgegen.paths import cache_dir, staging
from tests.android.jars import classpath

_HERE: Final = Path(__file__).parent
_COMPILE_SECONDS: Final = 300


class RuntimeUnavailableError(Exception):
    """A runtime cannot be had on this machine: no compiler, no JDK, no wheel."""


def classes(runtime: str) -> list[Path]:
    """What to put on the class path of an app of that runtime. Raises RuntimeUnavailableError, JarsUnavailableError."""
    if runtime == "onnx":
        return classpath("onnx")
    sources = sorted((_HERE / "java" / runtime).rglob("*.java"))

    def compile_java(folder: Path) -> None:
        run([tool("javac"), "--release", "11", "-Xlint:all", "-Werror", "-d", folder / "classes", *sources])

    return [built(f"{runtime}-classes", sources, "", compile_java) / "classes"]


def jvm_options(runtime: str) -> list[str]:
    """Options for the JVM that runs an app of that runtime. Raises RuntimeUnavailableError."""
    if runtime == "onnx":
        return []
    wheel = {"executorch": "executorch", "torchscript": "torch"}[runtime]
    flags = {"executorch": executorch_flags, "torchscript": torch_flags}[runtime](package_of(wheel))
    sources = [_HERE / "native" / f"{runtime}.cpp", _HERE / "native" / "jni_values.h"]

    def compile_native(folder: Path) -> None:
        java = java_home() / "include"
        command = [tool("g++"), "-O1", "-shared", "-fPIC", f"-I{java}", f"-I{java / 'linux'}", sources[0]]
        run([*command, *flags, "-o", folder / "shim.so"])

    key = f"{importlib.metadata.version(wheel)} {java_home()} {flags}"
    return [f"-Dedgegen.{runtime}.library={built(f'{runtime}-shim', sources, key, compile_native) / 'shim.so'}"]


def java_home() -> Path:
    """The JDK that runs everything here. Raises RuntimeUnavailableError."""
    return Path(tool("javac")).resolve().parents[1]


def tool(name: str) -> str:
    """The path of a program. Raises RuntimeUnavailableError."""
    path = shutil.which(name)
    if path is None:
        raise RuntimeUnavailableError(f"{name} is not on this machine")
    return path


def built(
    name: str, sources: Sequence[Path], key: str, make: Callable[[Path], None], platform: str = "android"
) -> Path:
    """The cache's folder for what `make` makes of `sources` and `key`: made once, whole or not at all."""
    content = hashlib.sha256(key.encode())
    for source in sources:
        content.update(source.read_bytes())
    target = cache_dir() / platform / f"{name}-{content.hexdigest()[:16]}"
    if not target.exists():
        with staging(target) as scratch:
            make(scratch)
            if not target.exists():  # Another process may have been faster.
                scratch.rename(target)
    return target


def run(command: Sequence[object]) -> None:
    """Runs a compiler. Raises RuntimeUnavailableError with the end of what it said."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=_COMPILE_SECONDS)
    if done.returncode != 0:
        raise RuntimeUnavailableError(f"{Path(words[0]).name} failed:\n{(done.stdout + done.stderr)[-3000:]}")


def package_of(wheel: str) -> Path:
    """The folder of an installed package. Raises RuntimeUnavailableError."""
    spec = importlib.util.find_spec(wheel)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeUnavailableError(f"the wheel {wheel} is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


def executorch_flags(wheel: Path) -> list[str]:
    """What compiles and links a C++ source with the runtime of the executorch wheel."""
    names = ("", "_kernels_optimized", "_backend_xnnpack", "_kernels_quantized", "_threadpool")
    libraries = [str(wheel / "lib" / f"libexecutorch{name}.so") for name in names]
    return [
        "-std=c++17",
        "-DC10_USING_CUSTOM_GENERATED_MACROS",
        f"-isystem{wheel / 'include'}",
        f"-isystem{wheel / 'include/executorch/runtime/core/portable_type/c10'}",
        "-Wl,--no-as-needed",  # Kernels and backends register themselves when they are loaded.
        *libraries,
        f"-Wl,-rpath,{wheel / 'lib'}",
        "-Wl,-z,defs",
    ]


def torch_flags(wheel: Path) -> list[str]:
    """What compiles and links a C++ source with LibTorch of the torch wheel."""
    return [
        "-std=c++20",
        f"-isystem{wheel / 'include'}",
        f"-isystem{wheel / 'include/torch/csrc/api/include'}",
        f"-L{wheel / 'lib'}",
        "-Wl,--no-as-needed",
        "-ltorch",
        "-ltorch_cpu",
        "-lc10",
        f"-Wl,-rpath,{wheel / 'lib'}",
    ]
