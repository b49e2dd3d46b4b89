"""The Swift packages that generated projects depend on, for this machine: what `swift build` finds at their URLs.

A package in `swift/packages/` has the name, the products and the published API of the real one, above the C++ runtime
of a wheel. It is put into a git repository of its own, in the cache, with the branch or tag that a project asks for.
SwiftPM is told of it as a mirror, so the generated Package.swift is built as it is.
"""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tests.android.run import shims

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Native:
    """A C++ library that Swift calls: what to link with, and what must be readable when it runs."""

    folder: Path
    library: Path  # The folder of the wheel's own libraries.

    @property
    def options(self) -> list[str]:
        """For `swift build`."""
        paths = [f"-L{self.folder}", f"-rpath={self.folder}", f"-rpath-link={self.library}"]
        return [word for path in paths for word in ("-Xlinker", path)]

    @property
    def inputs(self) -> list[Path]:
        """What a program that is linked with it reads."""
        return [self.folder, self.library]


def native(runtime: str) -> Native:
    """The library of a runtime, built with this machine's g++. Raises RuntimeUnavailableError."""
    wheel = {"executorch": "executorch", "onnx": "onnxruntime"}[runtime]
    flags, libraries = {"executorch": _executorch, "onnx": _onnx}[runtime]()
    (header,) = (_HERE / "swift/packages").rglob(f"{runtime}_shim.h")
    sources = [_HERE / "native" / f"{runtime}.cpp", header]
    name = f"lib{runtime}_shim.so"

    def compile_native(target: Path) -> None:
        command = [shims.tool("g++"), "-O1", "-shared", "-fPIC", f"-I{header.parent}", f"-Wl,-soname,{name}"]
        shims.run([*command, sources[0], *flags, "-o", target / name])

    key = f"{importlib.metadata.version(wheel)} {flags}"
    return Native(shims.built(f"{runtime}-shim", sources, key, compile_native, "ios"), libraries)


def _executorch() -> tuple[list[str], Path]:
    folder = shims.package_of("executorch")
    return shims.executorch_flags(folder), folder / "lib"


def _onnx() -> tuple[list[str], Path]:
    from _pytest.outcomes import OutcomeException

    from tests.templates.onnx_sdk import onnxruntime_root

    try:
        root = onnxruntime_root("native")
    except OutcomeException as error:  # It speaks to tests.
        raise shims.RuntimeUnavailableError(str(error)) from error
    library = root / "lib"
    words = ["-std=c++17", f"-isystem{root / 'include'}", f"-L{library}", "-lonnxruntime"]
    return [*words, f"-Wl,-rpath,{library}", "-Wl,-z,defs"], library


def mirror(name: str, ref: str) -> Path:
    """A git repository with the package, in a folder of the package's name; `ref` is a branch and a tag "v…" of it."""
    source = _HERE / "swift/packages" / name
    files = {path.relative_to(source): path for path in sorted(source.rglob("*")) if path.is_file()}
    if name == "executorch":  # Programs of its Core ML backend are evaluated, as Core ML's own are.
        files[Path("Sources/ExecuTorch/Evaluator.swift")] = _HERE / "swift/modules/CoreML/Evaluator.swift"
    key = f"{ref} {' '.join(map(str, files))}"
    return shims.built(f"package-{name}", [*files.values()], key, partial(_make, name, files, ref), "ios") / name


def _make(name: str, files: dict[Path, Path], ref: str, target: Path) -> None:
    folder = target / name
    for place, path in files.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(path.read_bytes())
    who = {"NAME": "edgegen", "EMAIL": "edgegen", "DATE": "2000-01-01T00:00:00Z"}
    environment = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    environment |= {"PATH": "/usr/bin:/bin", "HOME": str(target), "GIT_CONFIG_NOSYSTEM": "1"}
    is_version = ref[0].isdigit()
    for words in (
        ["init", "--quiet", f"--initial-branch={'main' if is_version else ref}"],
        ["add", "--all"],
        ["commit", "--quiet", "--message=For the tests of this machine"],
        *([["tag", ref]] if is_version else []),
    ):
        subprocess.run([shims.tool("git"), *words], cwd=folder, env=environment, check=True, capture_output=True)


def write_mirrors(folder: Path, mirrors: dict[str, Path]) -> None:
    """Writes the file that SwiftPM reads from the folder given as `--config-path`; the keys are URLs."""
    objects = [{"original": url, "mirror": str(path)} for url, path in mirrors.items()]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mirrors.json").write_text(json.dumps({"version": 1, "object": objects}, indent=2), encoding="utf-8")
