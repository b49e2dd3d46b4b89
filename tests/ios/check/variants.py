"""The iOS projects that the static checks look at: every kind of app, every runtime, rendered without an export.

Where a model belongs there is a file that no runtime could read, and the goldens hold made-up outputs; everything else
is what `edgegen new` writes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from edgegen.platforms.ios import Ios
from edgegen.render.engine import render
from edgegen.spec.model_spec import (
    ClassificationOutput,
    ExportSection,
    Input,
    ModelSpec,
    Output,
    TensorInput,
    TensorOutput,
)
from tests.platforms.ios_kits import LABELS, MANY, PHOTO, facts_of, spec_of

SLUG: Final = "some-app"
PRODUCT: Final = "SomeApp"
_SCORES: Final = ClassificationOutput("logits", "labels.txt")
_NUMBERS: Final[tuple[Input, ...]] = (TensorInput("x", (1, 16)), TensorInput("steps", (3,), "int64"))
_VALUES: Final[tuple[Output, ...]] = (TensorOutput("y", (1, 4)), TensorOutput("class", (2,), "int64"))


def _spec(inputs: tuple[Input, ...], outputs: tuple[Output, ...], export: ExportSection, **app: str) -> ModelSpec:
    spec = spec_of(inputs, outputs, export)
    return replace(spec, app=replace(spec.app, **app))  # type: ignore[arg-type]


def _classifier(runtime: str, backend: str = "xnnpack", *, image_input: bool = False, **app: str) -> ModelSpec:
    return _spec((PHOTO,), (_SCORES,), ExportSection(runtime, backend, image_input=image_input), **app)


VARIANTS: Final[dict[str, Callable[[], ModelSpec]]] = {
    "coreml": lambda: _classifier("coreml", team="ABCDE12345"),
    "coreml 17": lambda: _classifier("coreml", deployment_target="17.0"),
    "coreml image": lambda: _classifier("coreml", image_input=True),
    "coreml pods": lambda: _classifier("coreml", dependencies="cocoapods"),
    "coreml numbers": lambda: _spec(_NUMBERS, _VALUES, ExportSection("coreml")),
    "coreml pictures": lambda: _spec((PHOTO,), _VALUES, ExportSection("coreml")),
    "executorch": lambda: _classifier("executorch"),
    "executorch scores": lambda: _spec(
        _NUMBERS, (ClassificationOutput("p", activation="none"),), ExportSection("executorch", "coreml")
    ),
    "onnx": lambda: _classifier("onnx"),
    "coreml half": lambda: _spec(
        tuple(item for item in MANY if item.dtype == "float16"), _VALUES, ExportSection("coreml")
    ),
    "onnx many": lambda: _spec(
        tuple(item for item in MANY if item.dtype not in ("float16", "bool")),
        (_SCORES, *_VALUES),
        ExportSection("onnx"),
    ),
    "onnx pods": lambda: _spec(_NUMBERS, _VALUES, ExportSection("onnx"), dependencies="cocoapods"),
    "torchscript": lambda: _classifier("torchscript"),
}


def render_project(variant: str, folder: Path) -> Path:
    """Writes the project of a variant into `folder`, which is made; gives it back."""
    spec = VARIANTS[variant]()
    labelled = any(isinstance(item, ClassificationOutput) and item.labels for item in spec.outputs)
    facts = facts_of(spec, folder, LABELS if labelled else None)
    platform = Ios()
    (folder / "edgegen.toml").touch()
    if labelled:
        (folder / "labels.txt").write_text("\n".join(LABELS) + "\n", encoding="utf-8")
    render(platform.overlays(spec), platform.context(spec, facts), platform.verbatim(spec), folder)
    platform.arrange(folder)
    platform.finish(folder, ["edgegen.toml"])
    return folder


@dataclass
class Projects:
    """The variants, each rendered when it is first asked for, below `root`."""

    root: Path
    _made: dict[str, Path] = field(default_factory=dict)

    def folder(self, variant: str) -> Path:
        """The project; tests leave it as it is."""
        if variant not in self._made:
            self._made[variant] = render_project(variant, self.root / variant.replace(" ", "-"))
        return self._made[variant]
