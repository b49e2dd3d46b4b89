"""From a loaded model and its spec to a file that a device runs: one exporter to a runtime.

    result = get_exporter("executorch").export(ExportJob(loaded, spec, labels, calibration))
    result.path      a file in the cache, named by its content
    result.report    size, delegation, SQNR

Built-in exporters stand in a table; another package can add one by the entry point group `edgegen.exporters`, which
is looked up only for a name that is not in the table.
"""

from __future__ import annotations

import importlib
from typing import Final

from edgegen.errors import UsageError
from edgegen.exporters.job import Exporter, ExportJob, ExportReport, ExportResult

__all__ = ["ExportJob", "ExportReport", "ExportResult", "Exporter", "exporter_names", "get_exporter"]

_TABLE: Final = {
    "executorch": ("edgegen.exporters.executorch", "ExecuTorchExporter"),
    "torchscript": ("edgegen.exporters.torchscript", "TorchScriptExporter"),
    "onnx": ("edgegen.exporters.onnx", "OnnxExporter"),
    "coreml": ("edgegen.exporters.coreml", "CoreMLExporter"),
}
_ENTRY_POINTS: Final = "edgegen.exporters"


def exporter_names() -> tuple[str, ...]:
    """The built-in runtimes."""
    return tuple(_TABLE)


def get_exporter(runtime: str) -> Exporter:
    """The exporter for `runtime`. Raises UsageError naming the runtimes there are."""
    if runtime in _TABLE:
        module, name = _TABLE[runtime]
        exporter: Exporter = getattr(importlib.import_module(module), name)()
        return exporter
    from importlib.metadata import entry_points

    for entry in entry_points(group=_ENTRY_POINTS, name=runtime):
        found: Exporter = entry.load()()
        return found
    raise UsageError(
        f"there is no exporter for the runtime {runtime!r}",
        where="--runtime",
        hint=f"Use one of: {', '.join(exporter_names())}",
    )
