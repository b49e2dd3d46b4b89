"""Golden vectors: pictures with every stage and output that the reference gives for them, to test any language with.

A folder of goldens holds the pictures themselves, one `.npy` (C order, little endian) for each array, and

    index.json   {"cases": [{"name": "cat_rotated", "photo": "cat_rotated.jpg",
                             "inputs":  {"image": [{"stage": "decoded", "file": …, "shape": […], "dtype": "uint8"}, …]},
                             "outputs": {"logits": {"file": …, "shape": […], "dtype": "float32"}}}, …]}

`photo` is null where the model has no picture input. A case with only the stage "decoded" and no outputs tests the
decoder alone. A tensor input has the one stage "tensor".
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgegen.paths import file_errors
from edgegen.reference.decode import decode
from edgegen.reference.pipeline import Stage, run_stages
from edgegen.spec.model_spec import ImageInput, ModelSpec, TensorInput
from edgegen.spec.plan import Plan, lower

if TYPE_CHECKING:
    import numpy.typing as npt
    import torch

Outputs = Callable[[Mapping[str, "torch.Tensor"]], Mapping[str, "torch.Tensor"]]
"""Input tensors by name → output tensors by name."""

FULL_CASES = 2
"""Pictures that go through every stage; further ones are only decoded, which keeps a 224 model's goldens under 4 MB."""


@dataclass(frozen=True, slots=True)
class _Writer:
    folder: Path
    case: str

    def save(self, key: str, array: npt.NDArray[Any]) -> dict[str, object]:
        import numpy as np

        name = f"{self.case}.{key}.npy"
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        np.save(self.folder / name, np.ascontiguousarray(little).reshape(array.shape), allow_pickle=False)
        return {"file": name, "shape": list(array.shape), "dtype": array.dtype.name}


def write_goldens(
    spec: ModelSpec,
    folder: Path,
    photos: Sequence[Path],
    outputs: Outputs,
    *,
    tensors: Mapping[str, torch.Tensor] | None = None,
    full: int = FULL_CASES,
) -> None:
    """Writes the goldens of `photos` (see the module) into `folder`, which is created.

    `tensors` are the values of tensor inputs, made up where they are not given. Raises PictureError for a picture
    that cannot be used, ProjectError where the folder cannot be written.
    """
    plans = {item.name: lower(item) for item in spec.image_inputs}
    numbers = {
        item.name: (tensors or {}).get(item.name, sample_tensor(item))
        for item in spec.inputs
        if isinstance(item, TensorInput)
    }
    with file_errors(folder, "write"):
        folder.mkdir(parents=True, exist_ok=True)
        if plans:
            cases = [
                _photo_case(spec, folder, photo, plans, numbers, outputs if index < full else None)
                for index, photo in enumerate(photos)
            ]
        else:
            cases = [_number_case(spec, folder, numbers, outputs)]
        text = json.dumps({"cases": cases}, indent=2, ensure_ascii=False) + "\n"
        (folder / "index.json").write_text(text, encoding="utf-8", newline="\n")


def sample_tensor(tensor_input: TensorInput) -> torch.Tensor:
    """Made-up values, the same at every run: a standard normal for floats, zeros for integers (indices stay valid)."""
    import torch

    dtype: torch.dtype = getattr(torch, tensor_input.dtype)
    if not dtype.is_floating_point:
        return torch.zeros(tensor_input.shape, dtype=dtype)
    return torch.randn(tensor_input.shape, generator=torch.Generator().manual_seed(0)).to(dtype)


def _photo_case(
    spec: ModelSpec,
    folder: Path,
    photo: Path,
    plans: Mapping[str, Plan],
    numbers: Mapping[str, torch.Tensor],
    outputs: Outputs | None,
) -> dict[str, object]:
    import torch

    writer = _Writer(folder, photo.stem)
    image = decode(photo)
    shutil.copyfile(photo, folder / photo.name)
    inputs: dict[str, object] = {}
    given: dict[str, torch.Tensor] = {}
    for item in spec.inputs:
        if isinstance(item, ImageInput):
            stages = run_stages(plans[item.name], image)
            given[item.name] = torch.from_numpy(stages[-1].array)
            inputs[item.name] = _stages(writer, item.name, stages if outputs else stages[:1])
        elif outputs:
            given[item.name] = numbers[item.name]
            inputs[item.name] = _numbers(writer, item.name, numbers[item.name])
    results = _outputs(writer, outputs(given)) if outputs else {}
    return {"name": photo.stem, "photo": photo.name, "inputs": inputs, "outputs": results}


def _number_case(
    spec: ModelSpec, folder: Path, numbers: Mapping[str, torch.Tensor], outputs: Outputs
) -> dict[str, object]:
    writer = _Writer(folder, "numbers")
    inputs = {item.name: _numbers(writer, item.name, numbers[item.name]) for item in spec.inputs}
    return {"name": "numbers", "photo": None, "inputs": inputs, "outputs": _outputs(writer, outputs(numbers))}


def _stages(writer: _Writer, name: str, stages: Sequence[Stage]) -> list[dict[str, object]]:
    return [{"stage": stage.name, **writer.save(f"{name}.{stage.name}", stage.array)} for stage in stages]


def _numbers(writer: _Writer, name: str, tensor: torch.Tensor) -> list[dict[str, object]]:
    return _stages(writer, name, [Stage("tensor", tensor.detach().numpy())])


def _outputs(writer: _Writer, results: Mapping[str, torch.Tensor]) -> dict[str, object]:
    return {name: writer.save(f"output.{name}", tensor.detach().numpy()) for name, tensor in results.items()}
