"""Reads a model's inputs out of what its author already has: a transform object, an exported signature, examples.

    infer_image_input(weights.transforms()) -> ImageInput      torchvision v1 and v2 Compose, Sequential, presets
    infer_tensor_inputs(loaded) -> (TensorInput, …)            the exported signature or example tensors
    parse_input_option("x=1x2:float32") -> TensorInput         the command line's --input

What is inferred is never its own witness: `edgegen.reference.truth` runs the very object against the plan.
"""

from __future__ import annotations

from edgegen.spec.infer.errors import UnsupportedTransform
from edgegen.spec.infer.image import infer_image_input
from edgegen.spec.infer.tensors import infer_tensor_inputs, parse_input_option

__all__ = ["UnsupportedTransform", "infer_image_input", "infer_tensor_inputs", "parse_input_option"]
