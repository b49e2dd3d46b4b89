"""The generated iOS projects that the tests look at: written once for a run, their ModelKit built and tested once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from edgegen.projects.create import create
from edgegen.projects.request import NewRequest
from edgegen.spec.parse import load_spec
from tests.android.projects import HOSTILE_NAME, LABELS, MANY, TEMPLATES
from tests.android.run.shims import RuntimeUnavailableError
from tests.ios.build.model_tests import ModelTests, Report
from tests.ios.run.modules import ModuleError
from tests.swift.toolchain import SwiftUnavailableError
from tests.templates.conftest import project_from_spec
from tests.toolchains import missing

T = TypeVar("T")


def _demo(runtime: str, **more: Any) -> Callable[[Path], dict[str, Any]]:
    return lambda _: {"name": "hello", "model": "demo", "runtime": runtime, **more}


def _small(runtime: str, **more: Any) -> Callable[[Path], dict[str, Any]]:
    def options(root: Path) -> dict[str, Any]:
        labels = root / "labels.txt"
        labels.write_text("\n".join(LABELS) + "\n", encoding="utf-8")
        given = {"model": "nets:small", "transforms": "nets:small_transform", "labels": labels, "runtime": runtime}
        return given | more

    return options


def _numbers(_: Path) -> dict[str, Any]:
    return {"model": "nets:sensor", "inputs": ("x=1x16:float32",), "runtime": "coreml"}


def _torchvision(_: Path) -> dict[str, Any]:
    return {"model": "torchvision:squeezenet1_1", "weights": "none", "runtime": "onnx"}


VARIANTS: Final[dict[str, Callable[[Path], dict[str, Any]]]] = {
    "demo": _demo("executorch"),
    "demo-coreml": _demo("coreml"),
    "demo-onnx": _demo("onnx"),
    "demo-torchscript": _demo("torchscript", dependencies="cocoapods"),
    "small": _small("executorch"),
    "small-coreml-backend": _small("executorch", backend="coreml"),
    "hostile": _small("executorch", name=HOSTILE_NAME),
    "image-input": _small("coreml", image_input=True),
    "numbers": _numbers,
    "torchvision": _torchvision,
}
SWIFTPM: Final = (*(name for name in VARIANTS if name != "demo-torchscript"), MANY)
"""The variants that have a Package.swift; the other one's library is a pod."""


def _many(folder: Path) -> Path:
    """Two pictures and numbers in, four outputs of four dtypes: a spec that is written by hand."""
    labels = folder.with_name("ten.txt")
    labels.write_text("\n".join(f"class {number}" for number in range(10)) + "\n", encoding="utf-8")
    spec = (TEMPLATES / "many.toml").read_text(encoding="utf-8").replace('"linux-arm"', '"ios"')
    return project_from_spec(folder, spec + 'id = "com.example.many"\n', labels)


@dataclass
class Projects:
    """Everything by the variant's name, made when it is first asked for, below `root`."""

    root: Path
    _made: dict[tuple[str, str], Any] = field(default_factory=dict)

    def folder(self, variant: str) -> Path:
        """The project, as `edgegen new` writes it. Tests leave it as it is, or put back what they change."""
        return self._once("folder", variant, partial(self._new, variant))

    def report(self, variant: str) -> Report:
        """What the project's own tests say, which were built for it with those of its runtime's other projects."""
        folder = self.folder(variant)
        tests = self.model_tests(load_spec(folder / "edgegen.toml").export.runtime)
        return self._once("report", variant, lambda: tests.run(folder))

    def model_tests(self, runtime: str) -> ModelTests:
        """Where the tests of that runtime's projects are built, one after the other."""
        return self._once("tests", runtime, lambda: ModelTests(self.root / f"{runtime} tests"))

    def _new(self, variant: str) -> Path:
        into = self.root / variant
        into.mkdir()
        if variant == MANY:
            return _many(into / variant)
        options = {"name": variant} | VARIANTS[variant](into)
        return create(NewRequest(platform="ios", output=into, cwd=TEMPLATES, **options)).folder

    def _once(self, what: str, variant: str, make: Callable[[], T]) -> T:
        if (what, variant) not in self._made:
            try:
                self._made[what, variant] = make()
            except (RuntimeUnavailableError, SwiftUnavailableError) as error:
                missing(str(error))
            except ModuleError as error:
                self._made[what, variant] = error  # Each test that needs it fails, it is not tried again.
        made = self._made[what, variant]
        if isinstance(made, ModuleError):
            raise made
        result: T = made
        return result
