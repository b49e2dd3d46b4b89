"""The runtimes that an exported model can be for, and the file that each reads. Standard library only.

model_file(spec)                 "model.pte", the file in a project's `generated/`
RUNTIMES["onnx"].suffix          ".onnx"
runtime_of_file(Path("a.ptl"))   the TorchScript entry, or None for a file of another kind
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from edgegen.errors import UsageError

if TYPE_CHECKING:
    from edgegen.spec.model_spec import ModelSpec


@dataclass(frozen=True, slots=True)
class Runtime:
    """`suffix` is that of its files; a Core ML package is a folder. `backends[0]` is the default of `export.backend`.

    `notice` is what somebody who chooses it should know beforehand; None where there is nothing to say.
    """

    name: str
    suffix: str
    title: str
    backends: tuple[str, ...]
    notice: str | None = None

    @property
    def format(self) -> str:
        """The suffix without its dot, as reports and --json name the format."""
        return self.suffix.removeprefix(".")

    @property
    def file_name(self) -> str:
        """What the exported model is called in a project."""
        return f"model{self.suffix}"


RUNTIMES: Final[dict[str, Runtime]] = {
    runtime.name: runtime
    for runtime in (
        Runtime("executorch", ".pte", "ExecuTorch", ("xnnpack", "coreml")),
        Runtime(
            "torchscript",
            ".ptl",
            "TorchScript",
            ("cpu",),
            notice="torchscript is legacy: PyTorch no longer supports it, its Android library fails Google Play's "
            "16 KB page size rule, and its pod for iOS ended with 2.1.0. Take executorch or onnx for a new app",
        ),
        Runtime("onnx", ".onnx", "ONNX Runtime", ("cpu",)),
        Runtime("coreml", ".mlpackage", "Core ML", ("mlprogram",)),
    )
}

DEFAULT_RUNTIME: Final = "executorch"
_DEFAULTS: Final = {"ios": "coreml"}


def default_runtime(platform: str) -> str:
    """The runtime of a project for that platform that was given none."""
    return _DEFAULTS.get(platform, DEFAULT_RUNTIME)


def get_runtime(name: str) -> Runtime:
    """The runtime of that name. Raises UsageError naming those there are."""
    if name not in RUNTIMES:
        raise UsageError(f"there is no runtime {name!r}", where="--runtime", hint=f"Use one of: {', '.join(RUNTIMES)}")
    return RUNTIMES[name]


def model_file(spec: ModelSpec) -> str:
    """The name of the exported model of `spec` in `generated/`, as "model.pte"."""
    return get_runtime(spec.export.runtime).file_name


def runtime_of_file(path: Path) -> Runtime | None:
    """The runtime whose files have the suffix of `path`; None where none has."""
    return next((runtime for runtime in RUNTIMES.values() if runtime.suffix == path.suffix.lower()), None)
