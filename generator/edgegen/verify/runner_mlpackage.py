"""Runs a `.mlpackage` without Core ML, by edgegen's own evaluator of its stored program (see `edgegen.verify.mil`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from edgegen.errors import ExportError
from edgegen.exporters.embedded import SPEC_KEY
from edgegen.spec.model_spec import ImageInput, ModelSpec
from edgegen.verify.mil.evaluate import Evaluator
from edgegen.verify.mil.package import open_package
from edgegen.verify.mil.program import Feature, load_program
from edgegen.verify.report import Scope

if TYPE_CHECKING:
    from torch import Tensor

SCOPE: Final = Scope(
    proves="the stored Core ML program, evaluated op by op in torch with its stored weights and types, computes "
    "PyTorch's function within these figures",
    open="Core ML's compiler, and the arithmetic of the GPU and the Neural Engine: the project's tests on a Mac or a "
    "device show those",
)


class MlpackageRunner:
    """A loaded `.mlpackage`. Raises ProjectError where it is not whole, ExportError where it cannot be evaluated."""

    scope: Scope | None = SCOPE

    def __init__(self, path: Path) -> None:
        self.path = path
        self._evaluator = Evaluator(load_program(open_package(path)), where=str(path))
        description = self._evaluator.program.description
        self._user = description.user
        self._inputs = description.inputs
        hidden = {description.label_output, description.probability_output}
        self._outputs = [item for item in description.outputs if item.name not in hidden]
        self._pictures = self._picture_inputs()

    def run(self, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """The array outputs for inputs of the exported shapes and dtypes, in the program's order and dtypes.

        An input that is a picture in the file takes the spec's tensor as well: its bytes are found by the table of
        levels. A classifier's label and dictionary are no arrays (see `classify`).
        """
        values = self._evaluator.run(self._named(inputs))
        return tuple(_declared(item, values[item.name]) for item in self._outputs)

    def classify(self, inputs: Sequence[Tensor]) -> dict[str | int, float] | None:
        """What a classifier gives an app: each label's probability, in the order of the labels; None of another."""
        name = self._evaluator.program.description.probability_output
        if name is None:
            return None
        found: dict[str | int, float] = self._evaluator.run(self._named(inputs))[name]
        return found

    def constant(self, name: str) -> str | None:
        """The metadata of that name, or None where there is none."""
        return self._user.get(name)

    def _named(self, inputs: Sequence[Tensor]) -> dict[str, Tensor]:
        if len(inputs) != len(self._inputs):
            raise ExportError(
                f"the exported program has {len(self._inputs)} inputs, {len(inputs)} were given",
                where=str(self.path),
                hint="List every input in edgegen.toml, in the model's order, and export again",
            )
        return {item.name: self._given(item, value) for item, value in zip(self._inputs, inputs, strict=True)}

    def _given(self, item: Feature, value: Tensor) -> Tensor:
        """What the app gives for the spec's tensor: itself, or the picture that it was made from."""
        import torch

        if item.kind == "image":
            picture = self._pictures.get(item.name)
            if value.dtype == torch.uint8 or picture is None:
                return value
            from edgegen.exporters.coreml_picture import pixels_of

            return pixels_of(value, picture)
        if item.dtype is not None and value.dtype != getattr(torch, item.dtype):
            found = str(value.dtype).removeprefix("torch.")
            raise ExportError(
                f"input {item.name} must be {item.dtype}, got {found}",
                where=str(self.path),
                hint="Check that the inputs have the shapes and dtypes of edgegen.toml",
            )
        return value

    def _picture_inputs(self) -> dict[str, ImageInput]:
        """The spec's picture inputs, by the spec that rides in the file; none where no spec does."""
        if all(item.kind != "image" for item in self._inputs) or SPEC_KEY not in self._user:
            return {}
        from edgegen.spec.parse import parse_spec

        spec: ModelSpec = parse_spec(self._user[SPEC_KEY])
        return {item.name: item for item in spec.image_inputs}


def _declared(item: Feature, value: Tensor) -> Tensor:
    """An output in the type that the app sees."""
    import torch

    return value if item.dtype is None else value.to(getattr(torch, item.dtype))
