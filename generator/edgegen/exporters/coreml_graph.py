"""An exported program made such that coremltools takes it: operators it knows, and outputs that are tensors of their
own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edgegen.errors import ExportError
from edgegen.exporters.delegation import operator_name
from edgegen.exporters.failures import quoted_line

if TYPE_CHECKING:
    from torch import Tensor
    from torch.export import ExportedProgram
    from torch.fx import Node


def decomposed(program: ExportedProgram) -> ExportedProgram:
    """`program` with ATen's own operators, those that coremltools lacks taken apart where torch can (an LSTM, say).

    Raises ExportError naming the first operator that it lacks all the same, with the user's line.
    """
    import torch
    from torch.export import default_decompositions

    _refuse_branches(program)
    table: dict[Any, Any] = {torch.ops.aten.gelu.default: _approximate_gelu}
    made: ExportedProgram = program.run_decompositions(table)
    known: Any = default_decompositions()
    while missing := {node.target for node in _unknown(made)} & (known.keys() - table.keys()):
        table.update({target: known[target] for target in missing})
        made = program.run_decompositions(table)
    _drop_aliases(made)
    for node in _unknown(made):
        raise ExportError(
            f"Core ML has no counterpart of the operator {operator_name(node.target)}",
            where=quoted_line(node.meta.get("stack_trace") or ""),
            hint="Replace it by other operators, or take it out of the model and do this step in the app",
        )
    _refuse_open_sizes(made)
    return made


def _approximate_gelu(x: Tensor, *, approximate: str = "none") -> Any:
    """gelu's approximation by tanh, which coremltools 9 takes for the exact one; that one it knows."""
    if approximate != "tanh":
        return NotImplemented
    inner = 0.7978845608028654 * (x + 0.044715 * x * x * x)  # sqrt(2 / pi)
    return 0.5 * x * (1.0 + inner.tanh())


def _drop_aliases(program: ExportedProgram) -> None:
    """Takes out what only gives a tensor another name (a slice that cuts nothing becomes that), if no output has it."""
    import torch

    graph = program.graph_module.graph
    for node in list(graph.nodes):
        if node.target is torch.ops.aten.alias.default and all(user.op != "output" for user in node.users):
            node.replace_all_uses_with(node.args[0])
            graph.erase_node(node)
    program.graph_module.recompile()


def plain_outputs(program: ExportedProgram) -> ExportedProgram:
    """`program` with outputs that coremltools can name: each a tensor that no input and no other output is.

    Where they are that already it is `program` itself; else a None among them is left out, as everywhere in edgegen,
    and the others are copied.
    """
    import torch

    (end,) = (node for node in program.graph.nodes if node.op == "output")
    seen: set[Node] = set()
    for item in end.args[0]:
        if not isinstance(item, torch.fx.Node) or item.op == "placeholder" or item in seen:
            return _copied(program)
        seen.add(item)
    return program


def _copied(program: ExportedProgram) -> ExportedProgram:
    import torch
    from torch.utils import _pytree as pytree

    inner = program.module()

    class Copied(torch.nn.Module):
        """The tensors among the program's outputs, each as a tensor of its own."""

        def __init__(self) -> None:
            super().__init__()
            self.model = inner

        def forward(self, *values: Tensor) -> tuple[Tensor, ...]:
            leaves = pytree.tree_leaves(self.model(*values))
            # Not clone(): coremltools takes that for the tensor itself.
            return tuple(leaf * 1 for leaf in leaves if isinstance(leaf, torch.Tensor))

    values = {node.name: node.meta["val"] for node in program.graph.nodes if node.op == "placeholder"}
    inputs = [values[str(name)] for name in program.graph_signature.user_inputs]
    with torch.no_grad():
        examples = tuple(torch.zeros(value.shape, dtype=value.dtype) for value in inputs)
        made: ExportedProgram = torch.export.export(Copied(), examples).run_decompositions({})
        return made


def _unknown(program: ExportedProgram) -> list[Node]:
    """The nodes that coremltools would refuse, found in its table by the names that it makes up for them."""
    from coremltools.converters.mil.frontend.torch.torch_op_registry import _TORCH_OPS_REGISTRY
    from coremltools.converters.mil.frontend.torch.utils import sanitize_op_kind

    table = _TORCH_OPS_REGISTRY.name_to_func_mapping

    def known(target: Any) -> bool:
        return sanitize_op_kind(target.name() if hasattr(target, "name") else target.__name__) in table

    return [node for node in program.graph.nodes if node.op == "call_function" and not known(node.target)]


def _refuse_branches(program: ExportedProgram) -> None:
    import torch

    for node in program.graph.nodes:
        if isinstance(node.target, torch._ops.HigherOrderOperator):
            raise ExportError(
                f"Core ML's converter does not take torch.{operator_name(node.target)}",
                where=quoted_line(node.meta.get("stack_trace") or ""),
                hint="Compute both sides and choose by torch.where, or take the runtime executorch",
            )


def _refuse_open_sizes(program: ExportedProgram) -> None:
    from torch.fx.experimental.symbolic_shapes import free_unbacked_symbols

    for node in program.graph.nodes:
        if node.op == "call_function" and free_unbacked_symbols(node.meta.get("val")):
            raise ExportError(
                f"the size of what {operator_name(node.target)} gives depends on the data",
                where=quoted_line(node.meta.get("stack_trace") or ""),
                hint="Give it a fixed size in the model, or leave the step (such as nms) out and do it in the app",
            )
