"""The operations, one family to a file; importing a file registers its functions."""

from __future__ import annotations

import importlib
from typing import Final

_FAMILIES: Final = (
    "activation", "classify", "constexpr", "conv", "elementwise", "gather", "linear", "make", "norm", "pool",
    "quantize", "reduce", "resize", "scatter", "shape", "slice", "sort",
)  # fmt: skip


def load_all() -> None:
    """Imports every family; torch with them."""
    for family in _FAMILIES:
        importlib.import_module(f"edgegen.verify.mil.ops.{family}")
