"""What a runtime changes in a linux-arm project: the CMake module that finds it, where it comes from, its licences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from edgegen.versions import EXECUTORCH, ONNXRUNTIME, ONNXRUNTIME_MINIMUM, TORCH


@dataclass(frozen=True, slots=True)
class LinuxRuntime:
    """`module` is a file of the project's cmake/; `apt` and `pip` are what a native build needs besides the compiler.

    `python` are the packages of run.py (torch in any case). `arm_build` and `needed` complete sentences of the README.
    """

    title: str
    module: str
    apt: str
    pip: tuple[str, ...]
    python: str
    arm_build: str
    needed: str
    libraries: tuple[tuple[str, str], ...]
    install_rpath: str = "$ORIGIN/../lib"
    cross: bool = True
    note: str = ""

    def context(self) -> Mapping[str, object]:
        """Its part of the templates' context."""
        return {
            "runtime_module": self.module,
            "install_rpath": self.install_rpath,
            "executorch_version": EXECUTORCH,
            "torch_version": TORCH,
            "onnxruntime_version": ONNXRUNTIME,
            "onnxruntime_minimum": ONNXRUNTIME_MINIMUM,
        }


RUNTIMES: Final = {
    "executorch": LinuxRuntime(
        title=f"ExecuTorch {EXECUTORCH}",
        module="ExecuTorch",
        apt="",
        pip=(f"pip install cmake && pip install --no-deps executorch=={EXECUTORCH}",),
        python=f"executorch=={EXECUTORCH} pillow numpy",
        arm_build="fetches ExecuTorch's libraries for the board, then builds",
        needed="the ExecuTorch libraries that `cmake --install` puts into `lib/`",
        libraries=(
            (f"ExecuTorch {EXECUTORCH}: runtime, kernels, XNNPACK backend", "BSD 3-Clause"),
            (
                "XNNPACK, cpuinfo, pthreadpool, FP16, FXdiv (inside ExecuTorch's libraries)",
                "BSD 3-Clause, BSD 2-Clause, MIT",
            ),
        ),
        note="Without edgegen, `cmake --preset aarch64` says how to fetch the libraries by hand. ",
    ),
    "onnx": LinuxRuntime(
        title="ONNX Runtime",
        module="OnnxRuntime",
        apt=" libonnxruntime-dev",
        pip=("pip install cmake",),
        python=f"onnxruntime=={ONNXRUNTIME} pillow numpy",
        arm_build="with ONNXRUNTIME_ROOT in the environment, see below",
        needed="ONNX Runtime, which `cmake --install` puts into `lib/` where it came from a release archive",
        libraries=(("ONNX Runtime, and what its ThirdPartyNotices list", "MIT and others"),),
        note=(
            "`libonnxruntime-dev` is in Debian 13 and later. Elsewhere, and for another architecture, unpack a release "
            "archive of ONNX Runtime for the target and name its folder: `export ONNXRUNTIME_ROOT=…`. "
        ),
    ),
    "torchscript": LinuxRuntime(
        title=f"LibTorch {TORCH}",
        module="LibTorch",
        apt="",
        pip=(f"pip install cmake torch=={TORCH}",),
        python="pillow numpy",
        arm_build="",
        needed=f"torch {TORCH}, whose libraries it finds where they were when it was built",
        libraries=((f"PyTorch {TORCH}, and what its NOTICE lists", "BSD 3-Clause and others"),),
        install_rpath="$ORIGIN/../lib;${RUNTIME_RPATH}",
        cross=False,
    ),
}
"""The runtimes of the platform by the name that edgegen.toml has for them."""
