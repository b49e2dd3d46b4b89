"""The table of levels is what torchvision's and torch's own objects make of every byte, to the last bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
import torch.ao.quantization.fx._decomposed  # registers the operators
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from torchvision import transforms as v1
from torchvision.transforms import v2

from edgegen.reference.levels import level_tensor, levels
from edgegen.spec.infer import infer_image_input
from edgegen.spec.model_spec import ImageInput
from edgegen.spec.steps import CenterCrop, Normalize, Quantize, Rescale, Step, ToFloat
from tests.reference import definition
from tests.spec.specs import IMAGENET_MEAN, IMAGENET_STD, image_inputs

MEAN, STD = list(IMAGENET_MEAN), list(IMAGENET_STD)
CROP = (16, 16)

OBJECTS: dict[str, Any] = {
    "v1": v1.Compose([v1.CenterCrop(CROP), v1.ToTensor(), v1.Normalize(MEAN, STD)]),
    "v1 to tensor": v1.Compose([v1.CenterCrop(CROP), v1.ToTensor()]),
    "v1 half": v1.Compose(
        [v1.CenterCrop(CROP), v1.PILToTensor(), v1.ConvertImageDtype(torch.float16), v1.Normalize(MEAN, STD)]
    ),
    "v2": v2.Compose(
        [v2.CenterCrop(CROP), v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize(MEAN, STD)]
    ),
    "v2 half": v2.Compose(
        [v2.CenterCrop(CROP), v2.ToImage(), v2.ToDtype(torch.float16, scale=True), v2.Normalize(MEAN, STD)]
    ),
    "v2 unscaled": v2.Compose(
        [v2.CenterCrop(CROP), v2.ToImage(), v2.ToDtype(torch.float32), v2.Normalize([127.0] * 3, [128.0] * 3)]
    ),
    "v2 half at the end": v2.Compose(
        [
            *(v2.CenterCrop(CROP), v2.ToImage(), v2.ToDtype(torch.float32, scale=True)),
            *(v2.Normalize(MEAN, STD), v2.ToDtype(torch.float16)),
        ]
    ),
    "bytes": v1.Compose([v1.CenterCrop(CROP), v1.PILToTensor()]),
}


def every_level() -> Image.Image:
    """16 x 16 pixels, each channel with all 256 levels in an order of its own."""
    ramp = np.arange(256, dtype=np.uint8)
    return Image.fromarray(np.stack([ramp, ramp[::-1], np.roll(ramp, 77)], axis=-1).reshape(*CROP, 3))


@pytest.mark.parametrize("name", OBJECTS)
def test_all_768_values_have_the_objects_bits(name: str) -> None:
    result = OBJECTS[name](every_level()).contiguous()
    found = infer_image_input(OBJECTS[name])
    table = level_tensor(found)
    assert table.dtype == result.dtype
    pixels = torch.from_numpy(np.array(every_level())).long()
    planned = torch.stack([table[channel][pixels[:, :, channel]] for channel in range(3)])
    integers = {4: torch.int32, 2: torch.int16, 1: torch.uint8}[table.element_size()]
    assert torch.equal(planned.view(integers), torch.as_tensor(result).view(integers))
    assert len({value for row in levels(found) for value in row}) >= 256


def table_of(*steps: Step, dtype: str = "float32", channels: int = 3) -> torch.Tensor:
    return level_tensor(ImageInput("x", (1, channels, 4, 4), dtype, steps=(CenterCrop((4, 4)), *steps)))  # type: ignore[arg-type]


def test_the_orders_of_operations_differ_in_the_last_bit() -> None:
    """The counts of facts/preprocessing.md, out of 768, against v1's (x / 255 - mean) / std."""
    v1_table = table_of(ToFloat(), Normalize(IMAGENET_MEAN, IMAGENET_STD))
    v2_table = table_of(ToFloat(1.0), Rescale(1 / 255), Normalize(IMAGENET_MEAN, IMAGENET_STD))
    assert int((v1_table != v2_table).sum()) == 322
    assert torch.allclose(v1_table, v2_table, atol=1e-6)
    x, mean, std = torch.arange(256.0).expand(3, 256), torch.tensor([MEAN]).T, torch.tensor([STD]).T
    assert int((v1_table != (x / 255 - mean) * (1 / std)).sum()) == 230
    assert int((v1_table != x * (1 / (255 * std)) - mean / std).sum()) > 500


@settings(max_examples=200, deadline=None)
@given(image_inputs())
def test_the_table_is_the_definition_to_the_last_bit(image_input: ImageInput) -> None:
    table = level_tensor(image_input).numpy()
    expected = definition.level_table(image_input.steps, image_input.channels, image_input.dtype)
    unsigned = f"u{table.dtype.itemsize}"
    np.testing.assert_array_equal(table.view(unsigned), expected.view(unsigned))


@settings(max_examples=100, deadline=None)
@given(st.floats(0.001, 10), st.integers(-128, 127), st.sampled_from(["int8", "uint8"]))
def test_quantize_is_the_operator_of_exported_programs(scale: float, zero_point: int, dtype: str) -> None:
    zero_point = zero_point if dtype == "int8" else zero_point + 128
    floats = table_of(ToFloat(), Normalize(IMAGENET_MEAN, IMAGENET_STD))
    low, high = (-128, 127) if dtype == "int8" else (0, 255)
    quantize = torch.ops.quantized_decomposed.quantize_per_tensor
    quantized = quantize(floats, scale, zero_point, low, high, getattr(torch, dtype))
    table = table_of(ToFloat(), Normalize(IMAGENET_MEAN, IMAGENET_STD), Quantize(scale, zero_point), dtype=dtype)
    assert torch.equal(table, quantized)


def test_quantize_rounds_half_to_even_before_the_zero_point_is_added() -> None:
    table = table_of(ToFloat(1.0), Quantize(2.0, 1), dtype="uint8")[0]
    assert table[[0, 1, 2, 3, 5, 7]].tolist() == [1, 1, 2, 3, 3, 5], "0, 0.5, 1, 1.5, 2.5, 3.5"
    int8 = table_of(ToFloat(1.0), Quantize(1.0, -100), dtype="int8")[0]
    assert (int8[0], int8[255]) == (-100, 127)
    as_bits = levels(ImageInput("x", (1, 1, 4, 4), "int8", steps=(ToFloat(1.0), Quantize(1.0, -100))))
    assert as_bits[0][0] == 156, "-100 in two's complement"


def test_one_mean_serves_every_channel() -> None:
    assert torch.equal(
        table_of(ToFloat(), Normalize((0.5,), (0.25,))), table_of(ToFloat(), Normalize((0.5,) * 3, (0.25,) * 3))
    )
    assert table_of(ToFloat(), channels=1).shape == (1, 256)
