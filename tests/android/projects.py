"""The generated Android projects that the tests look at: written, compiled, packed and shrunk once for a run each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from edgegen.projects.create import create
from edgegen.projects.request import NewRequest
from tests.android.build.apk import Apk, build_apk
from tests.android.build.minified import Minified, minify
from tests.android.build.programs import BuildError
from tests.android.build.project import Compiled, compile_project
from tests.android.jars import JarsUnavailableError
from tests.android.run.shims import RuntimeUnavailableError
from tests.templates.conftest import project_from_spec
from tests.toolchains import missing

TEMPLATES: Final = Path(__file__).parents[1] / "templates"
MANY: Final = "many"
LABELS: Final = ("tench", 'a "quoted" label', "back\\slash", "what??! \\u0041 %d ${X}", "Ünïcode 狗", "last")
HOSTILE_NAME: Final = 'Tom & Jerry\'s "Ünïcode" ${X} <b> %d @x'
T = TypeVar("T")


def _small(root: Path) -> dict[str, Any]:
    labels = root / "labels.txt"
    labels.write_text("\n".join(LABELS) + "\n", encoding="utf-8")
    return {"model": "nets:small", "transforms": "nets:small_transform", "labels": labels}


def _demo(_: Path) -> dict[str, Any]:
    return {"name": "hello", "model": "demo"}


def _torchvision(_: Path) -> dict[str, Any]:
    return {"model": "torchvision:mobilenet_v3_small", "weights": "none"}


def _numbers(_: Path) -> dict[str, Any]:
    return {"model": "nets:sensor", "inputs": ("x=1x16:float32",)}


VARIANTS: Final[dict[str, Callable[[Path], dict[str, Any]]]] = {
    "demo": lambda root: _demo(root) | {"runtime": "executorch"},
    "demo-onnx": lambda root: _demo(root) | {"runtime": "onnx"},
    "demo-torchscript": lambda root: _demo(root) | {"runtime": "torchscript"},
    "torchvision": _torchvision,
    "small": _small,
    "numbers": _numbers,
    "hostile": lambda root: _small(root) | {"name": HOSTILE_NAME},
}


def _many(folder: Path) -> Path:
    """Two pictures and numbers in, four outputs of four dtypes: a spec that is written by hand.

    For ONNX Runtime, the one runtime whose Java API takes all of these dtypes.
    """
    labels = folder.with_name("ten.txt")
    labels.write_text("\n".join(f"class {number}" for number in range(10)) + "\n", encoding="utf-8")
    spec = (TEMPLATES / "many.toml").read_text(encoding="utf-8")
    spec = spec.replace('"linux-arm"', '"android"').replace('"executorch"', '"onnx"')
    return project_from_spec(folder, spec + 'id = "com.example.many"\n', labels)


@dataclass
class Projects:
    """Everything by the variant's name, made when it is first asked for, below `root`."""

    root: Path
    _made: dict[tuple[str, str], Any] = field(default_factory=dict)

    def folder(self, variant: str) -> Path:
        """The project, as `edgegen new` writes it. Tests leave it as it is, or put back what they change."""
        return self._once("folder", variant, partial(self._new, variant))

    def compiled(self, variant: str) -> Compiled:
        """The project compiled."""
        return self._once("compiled", variant, lambda: compile_project(self.folder(variant), self._out(variant)))

    def apk(self, variant: str) -> Apk:
        """Its debug APK."""
        return self._once("apk", variant, lambda: build_apk(self.compiled(variant), self._out(variant) / "apk"))

    def minified(self, variant: str) -> Minified:
        """Its code shrunk by R8 with the rules it ships."""
        return self._once("minified", variant, lambda: minify(self.compiled(variant), self._out(variant) / "r8"))

    def _new(self, variant: str) -> Path:
        into = self.root / variant
        into.mkdir()
        if variant == MANY:
            return _many(into / variant)
        options = {"name": variant} | VARIANTS[variant](into)
        request = NewRequest(platform="android", output=into, cwd=TEMPLATES, **options)
        return create(request).folder

    def _out(self, variant: str) -> Path:
        return self.root / f"{variant} built"

    def _once(self, what: str, variant: str, make: Callable[[], T]) -> T:
        if (what, variant) not in self._made:
            try:
                self._made[what, variant] = make()
            except (JarsUnavailableError, RuntimeUnavailableError) as error:
                missing(str(error))
            except BuildError as error:
                if "is not on this machine" in str(error):
                    missing(str(error))
                self._made[what, variant] = error  # Each test that needs it fails, the build is not tried again.
        made = self._made[what, variant]
        if isinstance(made, BuildError):
            raise made
        result: T = made
        return result
