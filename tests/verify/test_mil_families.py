"""torchvision's families, through coremltools and back: the stored program computes PyTorch's function."""

from __future__ import annotations

from typing import Final

import pytest
import torch

from edgegen.verify.metrics import sqnr_db
from tests.verify.families import FAMILIES, family
from tests.verify.mil import converted_family, evaluator

FLOAT32_DB: Final = 100.0
FLOAT16_DB: Final = 60.0
# A float16 has 11 bits: the first convolution is at 69 dB, and what follows adds its own rounding or makes more of what
# is there. So 60 dB ends where a net has many roundings to a block (squeeze-and-excitation, hard swish, attention), or
# sums up what nearly cancels.
BELOW: Final = {
    "resnet18": 57.0,
    "mobilenet_v3": 50.0,
    "efficientnet": 53.0,
    "vit": 57.0,
    "swin": 45.0,
    "swin, padded": 45.0,
}


@pytest.mark.parametrize(
    ("name", "half"),
    [(name, half) for name in FAMILIES for half in (False, True) if not (half and name == "swin, padded")],
)
def test_a_family(name: str, half: bool) -> None:
    module, picture = family(name)
    with torch.no_grad():
        expected = module(picture)
    evaluated = evaluator(converted_family(name, half=half))
    (actual,) = evaluated.run({"x0": picture}).values()
    decibels = sqnr_db(expected, actual)
    assert decibels >= (BELOW.get(name, FLOAT16_DB) if half else FLOAT32_DB)
    # Float16 is really rounded: what is not would be as good as float32.
    assert not half or decibels < FLOAT32_DB
