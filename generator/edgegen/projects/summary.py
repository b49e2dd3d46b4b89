"""What `new` and `export` say while they work, and the same facts as plain data for --json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edgegen import console
from edgegen.spec.model_spec import ImageInput, ModelSpec
from edgegen.spec.words import input_text

if TYPE_CHECKING:
    from edgegen.exporters import ExportReport
    from edgegen.projects.produce import Produced
    from edgegen.sources import LoadedModel
    from edgegen.verify import VerifyReport


def say_model(loaded: LoadedModel) -> None:
    """The line about the model: its title and the size of its parameters."""
    say_title(loaded.title, sum(p.numel() * p.element_size() for p in loaded.module.parameters()) / 1e6)


def say_title(title: str, megabytes: float) -> None:
    """The same from the facts."""
    console.step("model", f"{title}  ({megabytes:.1f} MB of parameters)")


def say_inputs(spec: ModelSpec) -> None:
    """A line for each input: what is done to a picture, its shape, and where that was read from."""
    origin = f"  from {spec.model.transforms}" if spec.model.transforms else ""
    for item in spec.inputs:
        if isinstance(item, ImageInput):
            console.step("input", f"{item.name}: {input_text(item)}{origin}")
        else:
            console.step("input", f"{item.name}: {'x'.join(map(str, item.shape)) or 'scalar'} {item.dtype}")


def say_produced(produced: Produced) -> None:
    """The lines about the export and its verification."""
    report = produced.export
    details = [f"{report.bytes / 1e6:.2f} MB"]
    if report.delegated_percent is not None:
        details.append(f"{report.delegated_percent:.0f} % delegated")
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
