"""A linux-arm project built by CMake's presets, as its README does it."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from edgegen import console
from edgegen.errors import ProjectError, ToolError
from edgegen.projects.freshness import require_project
from edgegen.tools.cmake import CMake, Ninja
from edgegen.tools.compilers import CrossCompiler, NativeCompiler
from edgegen.tools.executorch import ExecuTorchPackage
from edgegen.tools.host import is_aarch64
from edgegen.tools.process import run_tool
from edgegen.tools.sdk import ExecuTorchSdk
from edgegen.tools.torch import TorchPackage


@dataclass(frozen=True, slots=True)
class BuildResult:
    """`program` is the executable or APK, `folder` the build folder it lies in, `emulated` whether it needs qemu here.

    `arch` is what it was built for; None for an APK, which is built for several.
    """

    program: Path
    folder: Path
    emulated: bool
    arch: str | None


def build(project: Path, arch: str) -> BuildResult:
    """Builds for "native" or "aarch64"; what is up to date is left alone.

    Raises ToolError (a tool is missing, or the build failed: the log has its output) or ProjectError.
    """
    if not (project / "CMakePresets.json").is_file():
        raise ProjectError("there is no CMake project here", where=str(project), hint="edgegen new writes one")
    cross = arch == "aarch64" and not is_aarch64()
    preset = "aarch64" if cross else "native"
    cmake, ninja = CMake().require(), Ninja().require()
    (CrossCompiler() if cross else NativeCompiler()).require()
    runtime = _runtime_options(project, cross=cross)
    folder = project / "build" / preset
    with console.task(f"building for {arch}") as task:
        task.update("configuring")
        run_tool(
            [
                str(cmake),
                "--preset",
                preset,
                *(["--fresh"] if _moved(folder, project) else []),
                f"-DCMAKE_MAKE_PROGRAM={ninja.as_posix()}",
                *runtime,
                f"-DEDGEGEN_EXECUTABLE={_edgegen()}",
            ],
            cwd=project,
            failed="CMake cannot configure the project",
            hint="edgegen doctor lists what a build needs",
        )
        task.update("compiling")
        run_tool(
            [str(cmake), "--build", str(Path("build") / preset)],
            cwd=project,
            failed="the build failed",
            hint="Correct the file that is named",
        )
    return BuildResult(folder / "bin" / _cached(folder, "CMAKE_PROJECT_NAME"), folder, cross, arch)


def install(built: BuildResult, prefix: Path) -> None:
    """Puts the program with everything it needs into `prefix`: bin/, lib/ and share/. Raises ToolError."""
    run_tool(
        [str(CMake().require()), "--install", str(built.folder), "--prefix", str(prefix), "--strip"],
        failed="the program cannot be installed",
        hint="Build the project anew: remove its folder build/",
    )


def _runtime_options(project: Path, *, cross: bool) -> list[str]:
    """Where CMake finds the library that runs the model. Raises ToolError where it is not there."""
    from edgegen.spec.parse import load_spec

    runtime = load_spec(require_project(project)).export.runtime
    if runtime == "executorch":
        root = ExecuTorchSdk().root() if cross else ExecuTorchPackage().root()
        return [f"-DEXECUTORCH_ROOT={root.as_posix()}"]
    if runtime == "torchscript":
        if cross:
            raise ToolError(
                "a TorchScript program is not built for a board on another machine",
                where="--arch aarch64",
                hint="Build it on the board, as the project's README says, or use another runtime",
            )
        return [f"-DTORCH_ROOT={TorchPackage().root().as_posix()}"]
    return []  # ONNX Runtime is the system's, or ONNXRUNTIME_ROOT in the environment says where.


def _edgegen() -> str:
    """This very edgegen, as a CMake list."""
    return ";".join([Path(sys.executable).as_posix(), "-m", "edgegen"])


def _moved(folder: Path, project: Path) -> bool:
    """Whether the build folder was configured where the project lay before; CMake refuses to go on with it."""
    try:
        configured = _cached(folder, "CMAKE_HOME_DIRECTORY")
    except ProjectError:
        return False
    return Path(configured).resolve() != project.resolve()


def _cached(folder: Path, variable: str) -> str:
    """A variable of CMake's cache; ProjectError where it is not there."""
    cache = folder / "CMakeCache.txt"
    text = cache.read_text(encoding="utf-8", errors="replace") if cache.is_file() else ""
    match = re.search(rf"^{variable}:[A-Z]+=(.*)$", text, re.MULTILINE)
    if match is None:
        raise ProjectError(
            f"{variable} is not in CMake's cache", where=str(cache), hint="Remove the folder build/ and build again"
        )
    return match.group(1).strip()
