"""What `new` and `export` say while they work, and the same facts as plain data for --json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edgegen import console
from edgegen.spec.model_spec import ImageInput, ModelSpec
from edgegen.spec.steps import (
    CenterCrop,
    Color,
    Letterbox,
    Normalize,
    Pad,
    Quantize,
    Rescale,
    Resize,
    Step,
    ToFloat,
)

if TYPE_CHECKING:
    from edgegen.exporters import ExportReport
    from edgegen.projects.produce import Produced
    from edgegen.sources import LoadedModel
    from edgegen.verify import VerifyReport


def say_model(loaded: LoadedModel) -> None:
    """The line about the model: its title and the size of its parameters."""
    size = sum(p.numel() * p.element_size() for p in loaded.module.parameters()) / 1e6
    console.step("model", f"{loaded.title}  ({size:.1f} MB of parameters)")


def say_inputs(spec: ModelSpec) -> None:
    """A line for each input: its shape, what is done to a picture, and where that was read from."""
    origin = f"  from {spec.model.transforms}" if spec.model.transforms else ""
    for item in spec.inputs:
        shape = "x".join(map(str, item.shape))
        if isinstance(item, ImageInput):
            steps = " → ".join(step_text(step) for step in item.steps)
            console.step("input", f"{item.name} {shape} {item.dtype}: {steps}{origin}")
        else:
            console.step("input", f"{item.name} {shape} {item.dtype}")


def say_produced(produced: Produced) -> None:
    """The lines about the export and its verification."""
    report = produced.export
    details = [f"{report.bytes / 1e6:.2f} MB", f"{report.delegated_percent:.0f} % delegated"]
    if report.quantized_ops:
        details.append(f"{report.quantized_ops} operators in int8")
    details.append("from the cache" if report.cached else f"{report.seconds:.0f} s")
    console.step("export", f"{report.format}: {', '.join(details)}")
    for operator, count in sorted(report.undelegated.items()):
        console.detail(f"             not delegated: {operator} ({count})")
    if report.undelegated:
        names = ", ".join(sorted(report.undelegated)[:4])
        console.step("", f"{sum(report.undelegated.values())} operators run outside the backend: {names}")
    console.step("verify", produced.verify.headline())


def export_document(report: ExportReport) -> dict[str, Any]:
    """An export's report as plain data."""
    return {
        "format": report.format,
        "bytes": report.bytes,
        "delegated_percent": report.delegated_percent,
        "undelegated": report.undelegated,
        "quantized_ops": report.quantized_ops,
        "sqnr_db": report.sqnr_db,
        "seconds": report.seconds,
        "cached": report.cached,
    }


def verify_document(report: VerifyReport) -> dict[str, Any]:
    """A verification's report as plain data."""
    return report.document()


def step_text(step: Step) -> str:
    """A step in a few words, as in "resize 256 bicubic"."""
    match step:
        case Color(order, channels):
            return f"{order}" + (f" x{channels}" if order == "gray" and channels > 1 else "")
        case Resize(size, filter_):
            return f"resize {_size(size)} {filter_}"
        case Letterbox(size, filter_):
            return f"letterbox {_size(size)} {filter_}"
        case CenterCrop(size):
            return f"crop {_size(size)}"
        case Pad(left, top, right, bottom):
            return f"pad {left},{top},{right},{bottom}"
        case ToFloat(divisor):
            return "float" if divisor == 1 else f"/ {divisor:g}"
        case Rescale(scale, offset):
            return f"x {scale:.6g}" + (f" + {offset:g}" if offset else "")
        case Normalize(mean, std):
            return f"(x - {_numbers(mean)}) / {_numbers(std)}"
        case Quantize(scale, zero_point):
            return f"quantize {scale:g}, {zero_point}"


def _size(size: int | tuple[int, int]) -> str:
    if isinstance(size, int):
        return str(size)
    return str(size[0]) if size[0] == size[1] else f"{size[0]}x{size[1]}"


def _numbers(values: tuple[float, ...]) -> str:
    return f"{values[0]:g}" if len(set(values)) == 1 else "[" + ", ".join(f"{v:g}" for v in values) + "]"
