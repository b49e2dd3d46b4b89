"""What an exporter is given and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from edgegen.sources.loaded import LoadedModel
from edgegen.spec.model_spec import ModelSpec

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True)
class ExportJob:
    """`calibration` holds the model's inputs for each calibration picture, in a fixed order; () where none are."""

    loaded: LoadedModel
    spec: ModelSpec
    labels: tuple[str, ...] | None = None
    calibration: Sequence[tuple[Tensor, ...]] = ()


@dataclass(frozen=True)
class ExportReport:
    """`delegated_percent` counts operators, 0..100; `undelegated` is how often each operator stayed outside. A format
    without delegates has None and {}.

    `quantized_ops` counts the operators that compute in int8, or (Core ML) read a compressed weight. `sqnr_db` compares
    the file's outputs with PyTorch's on the calibration inputs; it is None without quantisation, but for Core ML, whose
    float16 is a loss as well. `seconds` is what the export took when it was made.
    """

    format: str
    bytes: int
    delegated_percent: float | None = None
    undelegated: dict[str, int] = field(default_factory=dict)
    quantized_ops: int = 0
    sqnr_db: float | None = None
    seconds: float = 0.0
    cached: bool = False


@dataclass(frozen=True)
class ExportResult:
    """`path` is in the cache and belongs to it: copy it, never change it."""

    path: Path
    report: ExportReport


class Exporter(Protocol):
    """One file format."""

    format: str

    def export(self, job: ExportJob) -> ExportResult:
        """The exported file, from the cache where the same job was done before. Raises ExportError or GateError."""
        ...
