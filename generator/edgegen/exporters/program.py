"""From a loaded model to an ExportedProgram of the spec's shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edgegen.console import captured_output
from edgegen.errors import ExportError
from edgegen.exporters.axes import dynamic_shapes, require_dynamic, widened
from edgegen.exporters.failures import quoted_line, translate
from edgegen.sources.examples import describe_inputs, example_inputs
from edgegen.sources.loaded import LoadedModel
from edgegen.sources.outputs import named_outputs
from edgegen.spec.model_spec import ModelSpec

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn
    from torch.export import ExportedProgram
    from torch.fx import Node


def export_program(loaded: LoadedModel, spec: ModelSpec) -> ExportedProgram:
    """The model as an ExportedProgram, in eval mode, for inputs of the spec's shapes. Raises ExportError.

    The shapes are fixed, but for the spec's dynamic axes.
    """
    import torch

    inputs = example_inputs(spec, loaded)
    if loaded.exported is not None:
        _check_signature(loaded.exported, inputs, spec)
        require_dynamic(loaded.exported, spec)
        check_program(loaded.exported)
        return loaded.exported
    with captured_output(), torch.no_grad():
        try:
            if isinstance(loaded.module, torch.jit.ScriptModule):
                program = convert_torchscript(loaded.module, inputs)
                require_dynamic(program, spec)
            else:
                module = _with_plain_outputs(loaded.module, inputs)
                program = torch.export.export(module, widened(spec, inputs), dynamic_shapes=dynamic_shapes(spec))
        except Exception as error:
            raise translate(error, describe_inputs(spec)) from error
    check_program(program)
    return program


def _with_plain_outputs(module: nn.Module, inputs: tuple[Tensor, ...]) -> nn.Module:
    """`module`, returning a tuple of tensors where it returns a class of its own, which torch.export does not know."""
    import torch

    class PlainOutputs(torch.nn.Module):
        """The tensors in the order in which `recognise` names them."""

        def __init__(self) -> None:
            super().__init__()
            self.model = module

        def forward(self, *values: Tensor) -> tuple[Tensor, ...]:
            return tuple(tensor for _, tensor in named_outputs(self.model(*values)))

    try:
        plain = _is_plain(module(*inputs))
    except Exception:  # Tracing will meet the same error, and its traceback is the one that is translated.
        return module
    return module if plain else PlainOutputs().eval()


def _is_plain(output: object) -> bool:
    import torch

    if isinstance(output, tuple | list) and type(output) in (tuple, list):
        return all(map(_is_plain, output))
    if type(output) is dict:
        return all(map(_is_plain, output.values()))
    return output is None or isinstance(output, torch.Tensor)


def check_program(program: ExportedProgram) -> None:
    """Refuses what can be exported but would not be the same twice, or not run: state, random and complex numbers.

    Raises ExportError with the user's line.
    """
    import torch

    buffers = program.graph_signature.inputs_to_buffers
    for node in program.graph.nodes:
        if node.op != "call_function":
            continue
        where = quoted_line(node.meta.get("stack_trace") or "")
        written = buffers.get(_written_input(node) or "")
        if written is not None:
            raise ExportError(
                f"the model keeps state between runs (it writes its buffer {written})",
                where=where,
                hint="Take the state as an input and return it as an output",
            )
        if _draws_random_numbers(node):
            raise ExportError(
                f"the model draws random numbers ({node.target})",
                where=where,
                hint="Leave it out in eval mode, or take the random numbers as an input",
            )
        value = node.meta.get("val")
        if isinstance(value, torch.Tensor) and value.is_complex():
            raise ExportError(
                f"the model computes with complex numbers ({node.target}), which devices cannot",
                where=where,
                hint="Compute real and imaginary parts with real operators, or do this step in the app",
            )


def _written_input(node: Node) -> str | None:
    """The name of the graph's input that `node` changes in place, directly or through a view; None where none."""
    import torch

    if not (isinstance(node.target, torch._ops.OpOverload) and node.target._schema.is_mutable):
        return None
    target = node.args[0] if node.args else None
    while isinstance(target, torch.fx.Node) and target.op == "call_function" and _is_view(target):
        target = target.args[0] if target.args else None
    return target.name if isinstance(target, torch.fx.Node) and target.op == "placeholder" else None


def _is_view(node: Node) -> bool:
    import torch

    if not isinstance(node.target, torch._ops.OpOverload):
        return False
    first = next(iter(node.target._schema.arguments), None)
    return first is not None and first.alias_info is not None


def _draws_random_numbers(node: Node) -> bool:
    import torch

    if not isinstance(node.target, torch._ops.OpOverload):
        return False
    # These draw only where they drop something, which in eval mode they do not.
    at_rest = ("dropout", "scaled_dot_product", "rnn", "lstm", "gru", "rrelu")
    return torch.Tag.nondeterministic_seeded in node.target.tags and not any(
        name in node.target.__name__ for name in at_rest
    )


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
