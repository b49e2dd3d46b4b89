"""ModelSpec: everything that edgegen.toml says, typed. Built by `parse`, `infer` and `edgegen new`; never changed.

Only the shape of the data is here; the rules between the parts are in `check`, so that a spec read from a file and
one inferred from a transform pass through the same gate.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from edgegen.spec.steps import Color, Step

ImageDtype: TypeAlias = Literal["float32", "float16", "uint8", "int8"]
TensorDtype: TypeAlias = Literal["float32", "float16", "float64", "int64", "int32", "int16", "int8", "uint8", "bool"]
Layout: TypeAlias = Literal["NCHW", "NHWC"]
Activation: TypeAlias = Literal["softmax", "sigmoid", "none"]
QuantizeMode: TypeAlias = Literal["none", "int8", "dynamic", "int8-weights", "palette6", "palette4"]
Precision: TypeAlias = Literal["float16", "float32"]
ComputeUnits: TypeAlias = Literal["all", "cpu-only", "cpu-and-gpu", "cpu-and-neural-engine"]
Dependencies: TypeAlias = Literal["swiftpm", "cocoapods"]

SCHEMA = 1
PILLOW = 13
"""The Pillow whose resize a spec means unless it says otherwise (13 changed the order of the two passes)."""


@dataclass(frozen=True, slots=True)
class ImageInput:
    """A picture. `shape` is (1, C, H, W) or (1, H, W, C) by `layout`; `pillow` is the major version that is meant."""

    name: str
    shape: tuple[int, ...]
    dtype: ImageDtype = "float32"
    layout: Layout = "NCHW"
    steps: tuple[Step, ...] = ()
    pillow: int = PILLOW

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) of the tensor, in pixels."""
        return (self.shape[2], self.shape[3]) if self.layout == "NCHW" else (self.shape[1], self.shape[2])

    @property
    def channels(self) -> int:
        """Channels of the tensor: 3, or 1 for gray."""
        return self.shape[1] if self.layout == "NCHW" else self.shape[3]

    @property
    def color(self) -> Color:
        """The colour step, or RGB where none is written."""
        return next((step for step in self.steps if isinstance(step, Color)), Color("RGB"))


@dataclass(frozen=True, slots=True)
class TensorInput:
    """Numbers that the app supplies as they are."""

    name: str
    shape: tuple[int, ...]
    dtype: TensorDtype = "float32"


@dataclass(frozen=True, slots=True)
class ClassificationOutput:
    """One score to a class. `labels` is a text file, one label a line, relative to edgegen.toml."""

    name: str
    labels: str | None = None
    activation: Activation = "softmax"


@dataclass(frozen=True, slots=True)
class TensorOutput:
    """Numbers that the app receives as they are."""

    name: str
    shape: tuple[int, ...]
    dtype: TensorDtype = "float32"


Input: TypeAlias = ImageInput | TensorInput
Output: TypeAlias = ClassificationOutput | TensorOutput


@dataclass(frozen=True, slots=True)
class ModelSection:
    """Where the model comes from; `transforms` and `example` are the objects the inputs were read from.

    `path` is the folder, relative to edgegen.toml, that files are named from and modules are imported from.
    """

    source: str
    weights: str | None = None
    transforms: str | None = None
    example: str | None = None
    path: str = "."


@dataclass(frozen=True, slots=True)
class Quantization:
    """`calibration` is a folder of pictures, relative to edgegen.toml."""

    mode: QuantizeMode = "none"
    calibration: str | None = None


@dataclass(frozen=True, slots=True)
class DynamicAxis:
    """Axis `axis`, from 0, of the input `input` may have any size; axes of one `name` have the same size."""

    input: str
    axis: int
    name: str


@dataclass(frozen=True, slots=True)
class ExportSection:
    """The file format and the backend inside it.

    `opset` and `dynamic_axes` are for onnx (None: the exporter's default), `script` is for torchscript. The rest is for
    Core ML: what it computes in and what its weights are kept in (None: float16), what it may run on (None: all), and
    whether its input is a picture, with the arithmetic of the steps inside the model.
    """

    runtime: str = "executorch"
    backend: str = "xnnpack"
    quantize: Quantization = field(default_factory=Quantization)
    opset: int | None = None
    script: bool = False
    dynamic_axes: tuple[DynamicAxis, ...] = ()
    precision: Precision | None = None
    compute_units: ComputeUnits | None = None
    image_input: bool = False

    @property
    def is_coreml(self) -> bool:
        """Whether Core ML computes it: as a model of its own, or as ExecuTorch's backend."""
        return self.runtime == "coreml" or self.backend == "coreml"


@dataclass(frozen=True, slots=True)
class AppSection:
    """The project that is written. `name` is as the user typed it; `id` is a reverse-domain identifier.

    For ios: the `team` that signs, where libraries come from (None: the default of the runtime), and the oldest
    iOS, as "16.0" (None: the oldest that the runtime and the exported model run on).
    """

    platform: str
    name: str
    id: str | None = None
    team: str | None = None
    dependencies: Dependencies | None = None
    deployment_target: str | None = None


@dataclass(frozen=True, slots=True)
class VerifySection:
    """Thresholds of `edgegen verify`. None in a spec means the default of the export: see `for_export`.

    `max_abs_error` and `max_rel_error` bound the worst output value (relative: to the largest reference magnitude),
    `min_sqnr_db` is in dB, `min_top1` is the share, 0..1, of photos whose best class is PyTorch's.
    """

    max_abs_error: float | None = None
    max_rel_error: float | None = None
    min_sqnr_db: float | None = None
    min_top1: float | None = None

    def for_export(self, export: ExportSection) -> VerifySection:
        """These thresholds with the export's defaults where none is written; None then means that nothing is asked."""
        halved = export.is_coreml and export.precision != "float32" and export.quantize.mode == "none"
        default = VERIFY_FLOAT16 if halved else VERIFY_DEFAULTS[export.quantize.mode]
        return VerifySection(
            max_abs_error=_first(self.max_abs_error, default.max_abs_error),
            max_rel_error=_first(self.max_rel_error, default.max_rel_error),
            min_sqnr_db=_first(self.min_sqnr_db, default.min_sqnr_db),
            min_top1=_first(self.min_top1, default.min_top1),
        )


VERIFY_DEFAULTS: dict[QuantizeMode, VerifySection] = {
    "none": VerifySection(max_rel_error=1e-4, min_sqnr_db=60.0, min_top1=1.0),
    # efficientnet-lite0: 18 dB and 0.79 as it should be, 9 dB and 0.25 with relu6 left unfused (the trap to catch).
    "int8": VerifySection(min_sqnr_db=12.0, min_top1=0.6),
    "dynamic": VerifySection(min_sqnr_db=25.0, min_top1=0.9),
    # efficientnet-lite0, which loses more than most: 24 dB and 0.9, 11 dB and 0.7; with 16 values to a weight 1 dB and
    # 0.1, which is the result to refuse.
    "int8-weights": VerifySection(min_sqnr_db=18.0, min_top1=0.7),
    "palette6": VerifySection(min_sqnr_db=8.0, min_top1=0.5),
    "palette4": VerifySection(min_sqnr_db=5.0, min_top1=0.3),
}
# efficientnet-lite0: 43 dB, of which rounding the weights alone leaves 44. Broken conversions are below 20.
VERIFY_FLOAT16 = VerifySection(max_rel_error=0.03, min_sqnr_db=35.0, min_top1=0.9)
"""What is asked of a model that Core ML computes in float16 and whose weights are not compressed."""


@dataclass(frozen=True, slots=True)
class BudgetSection:
    """Limits that fail an export: `model_mb` in 10^6 bytes, `max_accuracy_drop` a share 0..1 of top-1 agreement."""

    model_mb: float | None = None
    max_accuracy_drop: float | None = None


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One edgegen.toml. `inputs` and `outputs` keep the order of the file, which is the order of the model's own."""

    model: ModelSection
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    app: AppSection
    export: ExportSection = field(default_factory=ExportSection)
    verify: VerifySection = field(default_factory=VerifySection)
    budget: BudgetSection = field(default_factory=BudgetSection)
    schema: int = SCHEMA

    @property
    def image_inputs(self) -> tuple[ImageInput, ...]:
        """The picture inputs, in order."""
        return tuple(item for item in self.inputs if isinstance(item, ImageInput))

    def input(self, name: str) -> Input:
        """The input of that name. Raises KeyError with the names there are."""
        for item in self.inputs:
            if item.name == name:
                return item
        raise KeyError(f"no input {name!r}; there are {', '.join(item.name for item in self.inputs)}")

    def output(self, name: str) -> Output:
        """The output of that name. Raises KeyError with the names there are."""
        for item in self.outputs:
            if item.name == name:
                return item
        raise KeyError(f"no output {name!r}; there are {', '.join(item.name for item in self.outputs)}")


def _first(written: float | None, default: float | None) -> float | None:
    return default if written is None else written
