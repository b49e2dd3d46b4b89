"""The names edgegen.toml may use, table by table: one place for the parser, its suggestions and the reference page.

A path is written with NAME and [] for what the user chooses; a step's option stands after a colon.
"""

from __future__ import annotations

from typing import Final

KINDS_INPUT: Final = ("image", "tensor")
KINDS_OUTPUT: Final = ("classification", "tensor")
IMAGE_DTYPES: Final = ("float32", "float16", "uint8", "int8")
FLOAT_DTYPES: Final = ("float32", "float16")
TENSOR_DTYPES: Final = ("float32", "float16", "float64", "int64", "int32", "int16", "int8", "uint8", "bool")
LAYOUTS: Final = ("NCHW", "NHWC")
COLOR_ORDERS: Final = ("RGB", "BGR", "gray")
ACTIVATIONS: Final = ("softmax", "sigmoid", "none")
QUANTIZE_MODES: Final = ("none", "int8", "dynamic", "int8-weights", "palette6", "palette4")
QUANTIZE_MODES_OF: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("executorch", "torchscript", "onnx"), ("none", "int8", "dynamic")),
    "coreml": ("none", "int8", "int8-weights", "palette6", "palette4"),
}
"""What each runtime's models can be quantised to."""
PRECISIONS: Final = ("float16", "float32")
COMPUTE_UNITS: Final = ("all", "cpu-only", "cpu-and-gpu", "cpu-and-neural-engine")
DEPENDENCIES: Final = ("swiftpm", "cocoapods")
OLDEST_OPSET: Final = 18
# What every ONNX Runtime that a project may have can read: Debian 13's 1.21 ends there.
NEWEST_OPSET: Final = 22
OLDEST_PILLOW: Final = 9
NEWEST_PILLOW: Final = 13

TOP: Final = ("schema", "model", "inputs", "outputs", "export", "app", "verify", "budget")
MODEL: Final = ("source", "weights", "transforms", "example", "path")
IMAGE_INPUT: Final = ("kind", "shape", "dtype", "layout", "steps", "pillow")
TENSOR_INPUT: Final = ("kind", "shape", "dtype")
CLASSIFICATION_OUTPUT: Final = ("kind", "labels", "activation")
TENSOR_OUTPUT: Final = ("kind", "shape", "dtype")
EXPORT: Final = (
    *("runtime", "backend", "quantize", "opset", "script", "dynamic_axes"),
    *("precision", "compute_units", "image_input"),
)
QUANTIZATION: Final = ("mode", "calibration")
APP: Final = ("platform", "name", "id", "team", "dependencies", "deployment_target")
VERIFY: Final = ("max_abs_error", "max_rel_error", "min_sqnr_db", "min_top1")
BUDGET: Final = ("model_mb", "max_accuracy_drop")

# A step is one inline table: its own name is the first key, the rest are its options.
STEP_OPTIONS: Final[dict[str, tuple[str, ...]]] = {
    "color": ("channels",),
    "resize": ("filter", "max_size"),
    "letterbox": ("filter", "fill"),
    "center_crop": (),
    "pad": ("fill",),
    "to_float": ("dtype",),
    "rescale": (),
    "normalize": (),
    "quantize": (),
}
STEP_TABLES: Final[dict[str, tuple[str, ...]]] = {
    "rescale": ("scale", "offset"),
    "normalize": ("mean", "std"),
    "quantize": ("scale", "zero_point"),
}


def all_keys() -> set[str]:
    """Every key path there is, with NAME and [] for what the user chooses: what docs/edgegen-toml.md must describe."""
    tables = {
        "": TOP,
        "model.": MODEL,
        "inputs.NAME.": (*IMAGE_INPUT, *TENSOR_INPUT),
        "outputs.NAME.": (*CLASSIFICATION_OUTPUT, *TENSOR_OUTPUT),
        "export.": EXPORT,
        "export.quantize.": QUANTIZATION,
        "app.": APP,
        "verify.": VERIFY,
        "budget.": BUDGET,
        "steps[].": tuple(STEP_OPTIONS),
    }
    keys = {prefix + key for prefix, names in tables.items() for key in names}
    for step, options in STEP_OPTIONS.items():
        keys |= {f"steps[].{step}: {option}" for option in options}
        keys |= {f"steps[].{step}.{key}" for key in STEP_TABLES.get(step, ())}
    return keys
