"""`swift build` and `swift test` of a generated project's ModelKit, its packages and Apple's modules found here."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.ios.run import modules, packages
from tests.swift.toolchain import run_swift

JOBS: Final = 2
_DEPENDENCY: Final = re.compile(r'\.package\(\s*url:\s*"([^"]+)",\s*(?:branch|exact|from|revision):\s*"([^"]+)"')
_NATIVE: Final = {"executorch": "executorch", "onnxruntime-swift-package-manager": "onnx"}


@dataclass
class Workspace:
    """Where SwiftPM works: `out` holds what it builds. `inputs` are read by it and by what it has built."""

    out: Path
    options: list[str] = field(default_factory=list)
    inputs: list[Path] = field(default_factory=list)

    def swift(
        self, command: str, package: Path, *words: str | Path, inputs: Iterable[Path] = (), seconds: float = 900
    ) -> subprocess.CompletedProcess[str]:
        """`swift COMMAND` of the package in a folder; "build" or "test"."""
        places = ["--scratch-path", self.out / "build", "--cache-path", self.out / "cache"]
        places += ["--config-path", self.out / "config", "--security-path", self.out / "security"]
        return run_swift(
            ["swift", command, "-j", str(JOBS), *places, "--disable-keychain", *self.options, *words],
            cwd=package,
            mounts=[self.out],
            inputs=[*self.inputs, *inputs],
            env=self.environment(),
            seconds=seconds,
        )

    def run(
        self, words: Sequence[str | Path], inputs: Iterable[Path] = (), env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs what was built."""
        return run_swift(words, cwd=self.out, inputs=[*self.inputs, *inputs], env={**self.environment(), **(env or {})})

    def environment(self) -> dict[str, str]:
        """Of programs: an app's own folders are in `out`, and two threads are enough."""
        home = self.out / "home"
        home.mkdir(parents=True, exist_ok=True)
        return {"HOME": str(home), "EDGEGEN_THREADS": "2"}


def workspace(model_kit: Path, out: Path) -> Workspace:
    """For the package in `model_kit`, whose dependencies are taken from its Package.swift.

    Raises RuntimeUnavailableError, ModuleError, SwiftUnavailableError where what they need cannot be had.
    """
    made = Workspace(out)
    folder = modules.modules()
    made.options += modules.options(folder)
    made.inputs.append(folder)
    mirrors = {}
    manifest = (model_kit / "Package.swift").read_text(encoding="utf-8")
    for url, ref in _DEPENDENCY.findall(manifest):
        name = url.rstrip("/").rpartition("/")[2].removesuffix(".git")
        native = packages.native(_NATIVE[name])
        mirrors[url] = packages.mirror(name, ref)
        made.options += native.options
        made.inputs += [mirrors[url], *native.inputs]
    packages.write_mirrors(out / "config", mirrors)
    return made


def compile_models(built: Path, model_kit: Path) -> None:
    """Does Xcode's part for a Core ML model: SwiftPM alone puts a package's files into the bundle without its folders.

    `built` is the folder with the programs; Core ML of `swift/modules` reads what stands here for a compiled model.
    """
    package = model_kit / "Generated" / "model.mlpackage"
    if package.is_dir():
        compiled = built / "ModelKit_ModelKit.resources" / "model.mlmodelc"
        compiled.mkdir(exist_ok=True)
        (compiled / "package").write_text(str(package.resolve()), encoding="utf-8")


def problem(done: subprocess.CompletedProcess[str]) -> str:
    """The line of SwiftPM's output that says most."""
    lines = [line.strip() for line in f"{done.stdout}\n{done.stderr}".splitlines() if "error:" in line]
    placed = [line for line in lines if re.search(r"\.swift:\d+:\d+: error:", line)]
    rest = (done.stderr or done.stdout).strip().splitlines()
    return (placed or lines or rest or [f"exit code {done.returncode}"])[0]
