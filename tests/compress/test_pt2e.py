"""int8: what is quantised is, what cannot be says so, and what it costs is measured on the file itself."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from edgegen.compress.pt2e import quantize
from edgegen.errors import ExportError
from edgegen.exporters import ExportJob, get_exporter
from edgegen.spec.model_spec import TensorInput, VerifySection
from tests.exporters.jobs import VECTOR, demo_export, export, job, make_spec, net

PICTURE = TensorInput("image", (1, 3, 32, 32))


def pictures(count: int = 6) -> list[tuple[torch.Tensor, ...]]:
    generator = torch.Generator().manual_seed(1)
    return [(torch.rand(1, 3, 32, 32, generator=generator) * 2 - 1,) for _ in range(count)]


def test_int8_of_the_demo_is_a_quarter_of_the_size_and_close() -> None:
    _, whole = demo_export()
    _, small = demo_export("int8")
    assert 3.5 < whole.report.bytes / small.report.bytes < 4.0
    assert small.report.delegated_percent == 100.0
    assert small.report.quantized_ops >= 60
    assert small.report.sqnr_db is not None
    # Without fusing relu6 it is 9 dB.
    assert small.report.sqnr_db > 15.0


def test_dynamic_int8_of_the_demo_shrinks_its_linear_layer() -> None:
    _, whole = demo_export()
    _, small = demo_export("dynamic")
    linear = 1280 * 1000
    assert small.report.quantized_ops == 1
    assert whole.report.bytes - small.report.bytes == pytest.approx(3 * linear, rel=0.05)
    assert small.report.sqnr_db is not None
    assert small.report.sqnr_db > 35.0


def test_a_convolution_far_beyond_relu6_survives_int8() -> None:
    made = dataclasses.replace(job("WideRelu6", PICTURE, mode="int8"), calibration=pictures())
    result = get_exporter("executorch").export(made)
    assert result.report.sqnr_db is not None
    assert result.report.sqnr_db > 25.0


def test_calibration_is_deterministic_and_its_content_is_in_the_key() -> None:
    made = job("Convolutions", PICTURE, mode="int8")
    loose = dataclasses.replace(made.spec, verify=VerifySection(min_sqnr_db=-100.0))
    made = dataclasses.replace(made, spec=loose)
    one = get_exporter("executorch").export(dataclasses.replace(made, calibration=pictures()))
    again = get_exporter("executorch").export(dataclasses.replace(made, calibration=pictures()))
    other = get_exporter("executorch").export(dataclasses.replace(made, calibration=pictures(5)))
    assert one.path == again.path
    assert one.path != other.path


@pytest.mark.parametrize(
    ("name", "spec_input"),
    [("Recurrent", TensorInput("x", (1, 3, 8))), ("Embeddings", TensorInput("ids", (1, 5), "int64"))],
)
def test_a_model_in_which_nothing_was_quantised_says_so(name: str, spec_input: TensorInput) -> None:
    with pytest.raises(ExportError) as caught:
        export(name, spec_input, mode="dynamic")
    assert "nothing of the model could be quantised" in caught.value.problem
    assert "aten." in caught.value.problem
    assert caught.value.where == "export.quantize.mode"


def test_int8_without_pictures_says_what_to_give() -> None:
    with pytest.raises(ExportError) as caught:
        get_exporter("executorch").export(ExportJob(net("Convolutions"), make_spec(PICTURE, mode="int8")))
    assert caught.value.where == "export.quantize.calibration"
    assert "--calibration DIR" in caught.value.hint


def test_every_linear_layer_counts_once() -> None:
    example = (torch.ones(1, 8),)
    program = torch.export.export(torch.nn.Sequential(torch.nn.Linear(8, 8), torch.nn.Linear(8, 4)), example)
    assert quantize(program, "dynamic", (torch.ones(1, 8),), ()).operators == 2


def test_dynamic_needs_no_pictures() -> None:
    _, result = export("Linear", VECTOR, mode="dynamic")
    assert result.report.quantized_ops == 1
