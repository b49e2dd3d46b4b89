"""Which weights of a Core ML model are compressed, and to what."""

from __future__ import annotations

import pytest

from edgegen.spec.model_spec import QuantizeMode
from tests.exporters.coreml_jobs import classes_job, export
from tests.exporters.packages import operations

WEIGHTS = {"int8-weights": "constexpr_affine_dequantize", "palette6": "constexpr_lut_to_dense"}


@pytest.mark.parametrize("mode", WEIGHTS)
def test_large_weights_are_compressed_and_depthwise_kernels_are_not(mode: QuantizeMode) -> None:
    """Of the net's weights 32 x 128 is large; 32 x 9 x 9 is too, and depthwise; 3 x 32 x 9 and 128 x 5 are small."""
    result = export(classes_job(mode))
    compressed = {op.outputs[0].name: op for op in operations(result.path) if op.type == WEIGHTS[mode]}
    convolutions = [op for op in operations(result.path) if op.type == "conv"]
    names = [op.inputs["weight"].arguments[0].name for op in convolutions]
    assert [name in compressed for name in names] == [False, False, True]
    assert result.report.quantized_ops == len(compressed) == 1


@pytest.mark.parametrize(("mode", "decibels"), [("int8-weights", 45.0), ("palette6", 30.0), ("palette4", 20.0)])
def test_fewer_bits_lose_more(mode: QuantizeMode, decibels: float) -> None:
    report = export(classes_job(mode)).report
    assert report.sqnr_db is not None
    assert decibels < report.sqnr_db < decibels + 15.0


def test_fewer_bits_are_smaller() -> None:
    modes: tuple[QuantizeMode, ...] = ("none", "int8-weights", "palette6", "palette4")
    sizes = [export(classes_job(mode)).report.bytes for mode in modes]
    assert sizes == sorted(sizes, reverse=True)
    # Six and four bits of the 4096 weights of the one that is compressed.
    assert sizes[2] - sizes[3] == pytest.approx(4096 * 2 / 8, abs=160)
