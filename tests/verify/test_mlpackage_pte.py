"""A .pte with Core ML delegates: evaluated in whole, delegates and what is around them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from edgegen.console import captured_output
from edgegen.errors import EdgegenError, ExportError
from edgegen.paths import cache_dir, file_sha256
from edgegen.verify import inspect_source, runner_for
from edgegen.verify.metrics import sqnr_db
from edgegen.verify.pte_plan import Plan, PlanError
from edgegen.verify.runner import PteRunner
from edgegen.verify.runner_pte_coreml import CoreMLPteRunner, deserialized, forward_plan
from tests.exporters.jobs import VECTOR, export
from tests.verify.families import family
from tests.verify.mil import numbers


class Around(nn.Module):
    """Operators before, between and behind the delegates: a table, integers, a choice by sorting, permuted memory."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(2)
        self.body, _ = family("squeezenet")
        self.table = nn.Embedding(5, 10)
        self.register_buffer("turned", numbers(10, 10).t())

    def forward(self, image: Tensor, ids: Tensor) -> tuple[Tensor, Tensor]:
        first, second = self.body(image).split(5, dim=-1)
        scores = torch.cat([second, first], dim=-1) + self.table(ids)
        values, order = torch.sort(scores @ self.turned, dim=-1, descending=True)
        return values, order


OUTSIDE = (
    "aten.embedding.default", "aten.sort.default", "aten.permute_copy.default", "aten.split_copy.Tensor",
    "aten.split_with_sizes_copy.default", "aten.cat.default",
)  # fmt: skip


def lowered(name: str, module: nn.Module, inputs: tuple[Tensor, ...], outside: tuple[str, ...] = ()) -> Path:
    """`module` as a .pte with Core ML delegates in float32, made once for the same code of this file and families."""
    digest = hashlib.sha256(f"{name} {torch.__version__}".encode())
    for file in (Path(__file__), Path(__file__).with_name("families.py")):
        digest.update(file_sha256(file).encode())
    path = cache_dir() / "tests" / "coreml" / f"{digest.hexdigest()[:32]}.pte"
    if not path.is_file():
        with captured_output():
            import coremltools as ct
            from executorch.backends.apple.coreml.compiler import CoreMLBackend
            from executorch.backends.apple.coreml.partition import CoreMLPartitioner
            from executorch.exir import to_edge_transform_and_lower

            specs = CoreMLBackend.generate_compile_specs(
                minimum_deployment_target=ct.target.iOS17, compute_precision=ct.precision.FLOAT32
            )
            partitioner = CoreMLPartitioner(compile_specs=specs, skip_ops_for_coreml_delegation=list(outside))
            program = torch.export.export(module, inputs)
            made = to_edge_transform_and_lower(program, partitioner=[partitioner]).to_executorch()
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".part")
        temporary.write_bytes(made.buffer)
        temporary.replace(path)
    return path


@pytest.fixture(scope="module")
def whole() -> tuple[nn.Module, tuple[Tensor, ...], Path]:
    module, picture = family("mobilenet_v3")
    return module, (picture,), lowered("whole", module, (picture,))


@pytest.fixture(scope="module")
def around() -> tuple[nn.Module, tuple[Tensor, ...], Path]:
    inputs = (family("squeezenet")[1], torch.tensor([3]))
    module = Around().eval()
    return module, inputs, lowered("around", module, inputs, OUTSIDE)


def test_a_model_that_is_delegated_in_whole(whole: tuple[nn.Module, tuple[Tensor, ...], Path]) -> None:
    module, inputs, path = whole
    runner = runner_for(path)
    assert isinstance(runner, CoreMLPteRunner)
    with torch.no_grad():
        assert sqnr_db(module(*inputs), runner.run(inputs)[0]) > 100.0
    assert runner.scope is not None
    assert "Core ML delegates" in runner.scope.proves
    assert runner.constant("edgegen_spec") is None


def test_operators_outside_the_delegates_are_run(around: tuple[nn.Module, tuple[Tensor, ...], Path]) -> None:
    module, inputs, path = around
    with torch.no_grad():
        expected = module(*inputs)
    values, order = runner_for(path).run(inputs)
    assert sqnr_db(expected[0], values) > 100.0
    assert torch.equal(order, expected[1])
    facts = inspect_source(str(path))
    json.dumps(facts, allow_nan=False)
    assert {name.partition(".")[2].partition(".")[0] for name in facts["undelegated"]} >= {
        "embedding", "sort", "cat"
    }  # fmt: skip
    assert facts["backends"]["CoreMLBackend"] >= 1
    assert facts["delegated"]["conv"] == 26


def test_inputs_that_do_not_fit_are_a_clear_error(whole: tuple[nn.Module, tuple[Tensor, ...], Path]) -> None:
    _, (picture,), path = whole
    runner = runner_for(path)
    for inputs in ((), (picture[..., :-1],), (picture.double(),)):
        with pytest.raises(ExportError) as caught:
            runner.run(inputs)
        assert caught.value.where == str(path)
        assert "shapes and dtypes" in caught.value.hint


@pytest.mark.parametrize("keep", [0.0, 0.01, 0.5, 0.95])
def test_a_file_that_is_cut_short_is_a_clear_error(
    whole: tuple[nn.Module, tuple[Tensor, ...], Path], tmp_path: Path, keep: float
) -> None:
    data = whole[2].read_bytes()
    path = tmp_path / "cut.pte"
    path.write_bytes(data[: int(len(data) * keep)])
    for read in (runner_for, lambda path: inspect_source(str(path))):
        with pytest.raises(EdgegenError) as caught:
            read(path)  # type: ignore[operator]
        assert caught.value.where == str(path)


def test_an_xnnpack_program_that_speaks_of_core_ml_is_run_by_the_runtime(tmp_path: Path) -> None:
    """What decides is the program's delegates, not that the backend's name stands somewhere in the file."""
    path = tmp_path / "net.pte"
    path.write_bytes(export("Linear", VECTOR)[1].path.read_bytes() + b"CoreMLBackend")
    assert isinstance(runner_for(path), PteRunner)


class TestWalk:
    """What the walk through instructions cannot do is refused by name."""

    def plan(self, around: tuple[nn.Module, tuple[Tensor, ...], Path]) -> tuple[Any, Any]:
        program = deserialized(around[2], around[2].read_bytes())
        return program, forward_plan(program, around[2])

    def test_an_operator_without_an_out_variant(self, around: tuple[nn.Module, tuple[Tensor, ...], Path]) -> None:
        program, plan = self.plan(around)
        plan.operators[0].name = "made_up::operator"
        with pytest.raises(PlanError, match=r"made_up::operator\.out outside its delegate"):
            Plan(program, plan, [], [], "net.pte")

    def test_state(self, around: tuple[nn.Module, tuple[Tensor, ...], Path]) -> None:
        program, plan = self.plan(around)
        stored = next(value.val for value in plan.values if getattr(value.val, "data_buffer_idx", 0) > 0)
        stored.allocation_info = object()
        with pytest.raises(PlanError, match="keeps state"):
            Plan(program, plan, [], [], "net.pte")

    def test_a_constant_that_is_not_whole(self, around: tuple[nn.Module, tuple[Tensor, ...], Path]) -> None:
        program, plan = self.plan(around)
        program.constant_buffer[1].storage = b""
        with pytest.raises(PlanError, match="a constant is not whole"):
            Plan(program, plan, [], [], "net.pte")
