"""Running a .pte in Python, and what is said when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from edgegen.errors import ExportError
from edgegen.verify.runner import PteRunner, named_runner, run_pte, runner_for
from tests.exporters.jobs import VECTOR, export


@pytest.fixture(scope="module")
def pte() -> Path:
    return export("DictOutputs", VECTOR)[1].path


def test_a_second_run_does_not_write_into_the_first_ones_outputs(pte: Path) -> None:
    runner = PteRunner(pte)
    first = runner.run([torch.ones(1, 8)])
    kept = [tensor.clone() for tensor in first]
    runner.run([torch.zeros(1, 8)])
    assert all(torch.equal(now, before) for now, before in zip(first, kept, strict=True))


def test_inputs_that_are_not_contiguous_are_read_right(pte: Path) -> None:
    strided = torch.arange(16.0).reshape(8, 2)[:, :1].T
    assert torch.equal(run_pte(pte, [strided])[1], strided.abs())


def test_by_name(pte: Path) -> None:
    made, _ = export("DictOutputs", VECTOR)
    outputs = named_runner(made.spec, pte)({"x": torch.full((1, 8), -2.0)})
    assert list(outputs) == ["scores", "mask"]
    assert torch.equal(outputs["mask"], torch.full((1, 8), 2.0))


def test_constants_and_methods(pte: Path) -> None:
    runner = PteRunner(pte)
    assert runner.methods == {"forward", "edgegen_spec", "edgegen_labels"}
    assert runner.constant("no_such_method") is None
    assert runner.constant("edgegen_labels") == ""


@pytest.mark.parametrize("inputs", [[torch.ones(2, 8)], [], [torch.ones(1, 8, dtype=torch.float64)]])
def test_inputs_that_do_not_fit_are_a_clear_error(pte: Path, inputs: list[torch.Tensor]) -> None:
    with pytest.raises(ExportError) as caught:
        run_pte(pte, inputs)
    assert caught.value.where == str(pte)
    assert "shapes and dtypes" in caught.value.hint


@pytest.mark.parametrize("keep", [0.0, 0.01, 0.5, 0.95])
def test_a_file_that_is_cut_short_is_a_clear_error(pte: Path, tmp_path: Path, keep: float) -> None:
    path = tmp_path / "cut.pte"
    data = pte.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(ExportError) as caught:
        PteRunner(path)
    assert caught.value.where == str(path)


@pytest.mark.parametrize("runtime", ["torchscript", "onnx"])
class TestOtherRuntimes:
    """What holds for a `.pte` holds for the other files."""

    def test_by_name(self, runtime: str) -> None:
        made, result = export("DictOutputs", VECTOR, runtime=runtime)
        outputs = named_runner(made.spec, result.path)({"x": torch.full((1, 8), -2.0)})
        assert list(outputs) == ["scores", "mask"]
        assert torch.equal(outputs["mask"], torch.full((1, 8), 2.0))

    def test_a_second_run_does_not_write_into_the_first_ones_outputs(self, runtime: str) -> None:
        runner = runner_for(export("DictOutputs", VECTOR, runtime=runtime)[1].path)
        first = runner.run([torch.ones(1, 8)])
        kept = [tensor.clone() for tensor in first]
        runner.run([torch.zeros(1, 8)])
        assert all(torch.equal(now, before) for now, before in zip(first, kept, strict=True))

    def test_inputs_that_are_not_contiguous_are_read_right(self, runtime: str) -> None:
        strided = torch.arange(16.0).reshape(8, 2)[:, :1].T
        runner = runner_for(export("DictOutputs", VECTOR, runtime=runtime)[1].path)
        assert torch.equal(runner.run([strided])[1], strided.abs())

    def test_inputs_that_do_not_fit_are_a_clear_error(self, runtime: str) -> None:
        path = export("Linear", VECTOR, runtime=runtime)[1].path
        for inputs in ([torch.ones(2, 9)], [], [torch.ones(1, 8, dtype=torch.float64)]):
            with pytest.raises(ExportError) as caught:
                runner_for(path).run(inputs)
            assert caught.value.where == str(path)

    @pytest.mark.parametrize("keep", [0.0, 0.01, 0.5, 0.95])
    def test_a_file_that_is_cut_short_is_a_clear_error(self, runtime: str, keep: float, tmp_path: Path) -> None:
        result = export("Linear", VECTOR, runtime=runtime)[1]
        path = tmp_path / result.path.name
        data = result.path.read_bytes()
        path.write_bytes(data[: int(len(data) * keep)])
        with pytest.raises(ExportError) as caught:
            runner_for(path)
        assert caught.value.where == str(path)


def test_a_file_of_no_runtime_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is no exported model") as caught:
        runner_for(tmp_path / "model.tflite")
    assert ".pte, .ptl, .onnx" in caught.value.hint
