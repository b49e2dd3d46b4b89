"""Helpers of the tests of Core ML's evaluator: one operation by itself, and torch modules as stored programs."""

from __future__ import annotations

import functools
import hashlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
import torchvision
from torch import Tensor, nn

from edgegen.console import captured_output
from edgegen.exporters import coreml_graph
from edgegen.exporters.coreml_graph import decomposed
from edgegen.paths import cache_dir, file_sha256
from edgegen.verify.mil.evaluate import Evaluator
from edgegen.verify.mil.ops import load_all
from edgegen.verify.mil.package import open_package
from edgegen.verify.mil.program import load_program
from edgegen.verify.mil.registry import OPS, Arguments
from edgegen.verify.mil.values import ValueType
from tests.verify import families

# Two cores that other tests use as well.
torch.set_num_threads(1)
load_all()


def numbers(*shape: int, seed: int = 0) -> Tensor:
    """Normal random numbers, the same each time."""
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


X = numbers(2, 4, 6, 5)


def close(actual: Tensor, expected: Tensor) -> None:
    """Asserts that two tensors are equal to within float32's rounding."""
    torch.testing.assert_close(actual, expected, rtol=1e-5, atol=1e-6, check_dtype=False)


def computed(kind: str, specification: int = 9, **parameters: Any) -> Any:
    """What the operation gives for parameters in Python's terms: numbers and lists of numbers become tensors."""
    values = {name: _value(value) for name, value in parameters.items()}
    return OPS[kind].compute(Arguments(kind, values, (ValueType("fp32"),), specification))


def _value(value: Any) -> Any:
    if isinstance(value, str | Tensor) or (isinstance(value, tuple | list) and any(map(_is_item, value))):
        return value
    return torch.tensor(value)


def _is_item(value: object) -> bool:
    return isinstance(value, str | Tensor)


def evaluator(path: Path) -> Evaluator:
    """The evaluator of a package."""
    return Evaluator(load_program(open_package(path)), where=str(path))


def converted(module: nn.Module, inputs: Sequence[Tensor], *, target: int = 16, half: bool = False) -> Path:
    """`module` as a package for iOS `target`, made by coremltools once for the same program, weights and inputs."""
    with captured_output():
        program = decomposed(torch.export.export(module.eval(), tuple(inputs)))
    digest = hashlib.sha256()
    for text in (file_sha256(Path(__file__)), str(program.graph), str(target), str(half)):
        digest.update(text.encode())
    for name, tensor in sorted({**program.state_dict, **program.constants}.items()):
        digest.update(name.encode() + tensor.detach().contiguous().numpy().tobytes())
    return _kept(digest.hexdigest(), lambda: _convert(program, inputs, target, half))


def converted_family(name: str, *, half: bool) -> Path:
    """The family's model for iOS 16, made once for the same families.py and torch: exporting it takes seconds."""
    versions = f"{torch.__version__} {torchvision.__version__}"
    digest = hashlib.sha256(f"{name} {half} {versions}".encode())
    for file in (__file__, families.__file__, coreml_graph.__file__):
        digest.update(file_sha256(Path(file)).encode())

    def make() -> Any:
        program, picture = _exported_family(name)
        return _convert(program, [picture], 16, half)

    return _kept(digest.hexdigest(), make)


@functools.cache
def _exported_family(name: str) -> tuple[Any, Tensor]:
    module, picture = families.family(name)
    return decomposed(torch.export.export(module, (picture,))), picture


def _kept(key: str, make: Callable[[], Any]) -> Path:
    path = cache_dir() / "tests" / "coreml" / f"{key[:32]}.mlpackage"
    if not path.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
        with captured_output(), tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder) / path.name
            make().save(str(made))
            if not path.is_dir():  # Another test process may have been quicker.
                made.rename(path)
    return path


def _convert(program: Any, inputs: Sequence[Tensor], target: int, half: bool) -> Any:
    import coremltools as ct
    import numpy as np

    dtypes = {torch.float32: np.float32, torch.int32: np.int32}
    return ct.convert(
        program,
        inputs=[
            ct.TensorType(name=f"x{index}", shape=tensor.shape, dtype=dtypes[tensor.dtype])
            for index, tensor in enumerate(inputs)
        ],
        compute_precision=ct.precision.FLOAT16 if half else ct.precision.FLOAT32,
        minimum_deployment_target=getattr(ct.target, f"iOS{target}"),
        skip_model_load=True,
    )


def evaluated(module: nn.Module, inputs: Sequence[Tensor], *, target: int = 16, half: bool = False) -> list[Tensor]:
    """The outputs of the stored program, in order."""
    made = evaluator(converted(module, inputs, target=target, half=half))
    outputs = made.run({f"x{index}": tensor for index, tensor in enumerate(inputs)})
    return [outputs[item.name] for item in made.program.description.outputs]


def kinds(module: nn.Module, inputs: Sequence[Tensor], *, target: int = 16) -> set[str]:
    """The operations that the stored program has."""
    return {item.kind for item in evaluator(converted(module, inputs, target=target)).program.operations}
