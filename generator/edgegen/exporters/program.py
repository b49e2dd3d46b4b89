"""From a loaded model to an ExportedProgram of the spec's shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edgegen.console import captured_output
from edgegen.errors import ExportError
from edgegen.exporters.failures import translate
from edgegen.sources.examples import describe_inputs, example_inputs
from edgegen.sources.loaded import LoadedModel
from edgegen.spec.model_spec import ModelSpec

if TYPE_CHECKING:
    import torch
    from torch import Tensor
    from torch.export import ExportedProgram


def export_program(loaded: LoadedModel, spec: ModelSpec) -> ExportedProgram:
    """The model as an ExportedProgram, in eval mode, for inputs of exactly the spec's shapes. Raises ExportError."""
    import torch

    inputs = example_inputs(spec, loaded)
    if loaded.exported is not None:
        _check_signature(loaded.exported, inputs, spec)
        return loaded.exported
    with captured_output(), torch.no_grad():
        try:
            if isinstance(loaded.module, torch.jit.ScriptModule):
                return convert_torchscript(loaded.module, inputs)
            return torch.export.export(loaded.module, inputs)
        except Exception as error:
            raise translate(error, describe_inputs(spec)) from error


def convert_torchscript(module: torch.jit.ScriptModule, inputs: tuple[Tensor, ...]) -> ExportedProgram:
    """A TorchScript module as an exported program; torch.export itself refuses ScriptModules."""
    from torch._export.converter import TS2EPConverter

    program: ExportedProgram = TS2EPConverter(module, inputs).convert()
    return program


def _check_signature(program: ExportedProgram, inputs: tuple[Tensor, ...], spec: ModelSpec) -> None:
    import torch

    placeholders = {node.name: node.meta.get("val") for node in program.graph.nodes if node.op == "placeholder"}
    names = program.graph_signature.user_inputs
    if len(names) != len(inputs):
        raise ExportError(
            f"the exported program has {len(names)} inputs ({', '.join(map(str, names))}), the spec {len(inputs)}",
            where="edgegen.toml: inputs",
            hint="Describe each input of the program, in its order",
        )
    for name, given, item in zip(names, inputs, spec.inputs, strict=True):
        value = placeholders.get(str(name))
        if not isinstance(value, torch.Tensor):
            continue
        fits = len(value.shape) == given.dim() and all(
            not isinstance(size, int) or size == have for size, have in zip(value.shape, given.shape, strict=True)
        )
        if not fits or value.dtype != given.dtype:
            expected = f"{'x'.join(map(str, value.shape))} {str(value.dtype).removeprefix('torch.')}"
            raise ExportError(
                f"{describe_inputs(spec)} was given, the program was exported for {name} {expected}",
                where=f"inputs.{item.name}",
                hint="Give that shape, or export the program again with the shape you need",
            )
