"""A model that cannot be exported is answered with its operator or line and a next step, never with a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from edgegen.errors import ExportError
from edgegen.exporters import get_exporter
from edgegen.exporters.failures import quoted_line, translate
from edgegen.exporters.program import export_program
from edgegen.spec.model_spec import TensorInput
from tests.exporters import nets
from tests.exporters.jobs import VECTOR, ExportJob, make_spec, net

PICTURE = TensorInput("x", (2, 8))


def failure(name: str, *inputs: TensorInput) -> ExportError:
    with pytest.raises(ExportError) as caught:
        get_exporter("executorch").export(ExportJob(net(name), make_spec(*(inputs or (PICTURE,)))))
    assert "\n" not in caught.value.message()
    return caught.value


@pytest.mark.parametrize(
    ("name", "line"),
    [("DecidesByData", "if x.sum() > 0"), ("CountsByData", ".item())"), ("LoopsByData", "while x.max()")],
)
def test_a_decision_by_data_names_the_users_line(name: str, line: str) -> None:
    error = failure(name)
    assert "known only when it runs" in error.problem
    assert error.where == f"{nets.__file__}:{nets.line_of(line)}"
    assert "torch.cond" in error.hint


@pytest.mark.parametrize(
    ("name", "operator", "line"),
    [
        ("Decomposes", "linalg_svd", "torch.linalg.svd"),
        ("CumulativeProduct", "aten.cumprod", "torch.cumprod"),
        ("Aligns", "roi_align", "roi_align"),
    ],
)
def test_an_unsupported_operator_is_named_with_its_line(name: str, operator: str, line: str) -> None:
    error = failure(name)
    assert operator in error.problem
    assert error.where == f"{nets.__file__}:{nets.line_of(line)}"


def test_a_size_without_bound_names_its_line() -> None:
    error = failure("Suppresses")
    assert "size depends on the data" in error.problem
    assert error.where == f"{nets.__file__}:{nets.line_of('ops.nms')}"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("ComplexNumbers", "complex numbers"),
        ("DrawsNumbers", "random numbers (aten.rand.default)"),
        ("KeepsState", "writes its buffer count"),
        ("WritesCache", "writes its buffer cache"),
    ],
)
def test_what_would_not_run_or_not_repeat_is_refused(name: str, problem: str) -> None:
    error = failure(name)
    assert problem in error.problem
    assert error.where is not None
    assert error.where.startswith(nets.__file__)


def test_dropout_in_eval_mode_is_no_random_number() -> None:
    program = export_program(net("DropsOut"), make_spec(VECTOR))
    assert any("dropout" in str(node.target) for node in program.graph.nodes)


@pytest.mark.parametrize("name", ["WantsPicture", "TwoInputs"])
def test_a_wrong_input_says_which_shape_was_given(name: str) -> None:
    error = failure(name)
    assert "does not take this input (x 2x8 float32)" in error.problem


def test_a_failing_forward_names_its_line() -> None:
    error = failure("Fails")
    assert "KeyError: 'oops'" in error.problem
    assert error.where == f"{nets.__file__}:{nets.line_of('return {}')}"


def test_code_that_leaves_torch_names_its_line() -> None:
    error = failure("UsesNumpy")
    assert error.where == f"{nets.__file__}:{nets.line_of('x.numpy()')}"


def test_out_of_memory_is_said_as_such() -> None:
    assert "out of memory" in str(translate(MemoryError(), "x 1"))


def test_a_quoted_path_that_is_no_file_is_not_shown(tmp_path: Path) -> None:
    real = tmp_path / "net.py"
    real.write_text("", encoding="utf-8")
    assert quoted_line("Caused by: (ome/me/net.py:3 in forward)") is None
    assert quoted_line(f'  File "{real}", line 3, in forward') == f"{real}:3"
    assert quoted_line(f'  File "{torch.__file__}", line 3, in forward') is None


def test_a_long_message_is_cut() -> None:
    error = translate(RuntimeError("word " * 500), "x 1")
    assert len(str(error)) < 300
