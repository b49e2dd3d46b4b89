"""A model that is a file: an exported program (.pt2) or a TorchScript module."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from edgegen.errors import SourceError
from edgegen.sources.kinds import FileKind, file_kind
from edgegen.sources.loaded import LoadedModel

if TYPE_CHECKING:
    from torch import Tensor
    from torch.export import ExportedProgram


def load_file(path: Path, source: str) -> LoadedModel:
    """The model in the file at `path`. Raises SourceError where it cannot be read or is no model."""
    kind = file_kind(path)
    if kind is FileKind.EXPORTED:
        return _load_exported(path, source)
    if kind is FileKind.TORCHSCRIPT:
        return _load_torchscript(path, source)
    where = str(path)
    if kind is FileKind.PTE:
        raise SourceError(
            "is an ExecuTorch program, already exported",
            where=where,
            hint="Give the PyTorch model; edgegen inspect reads a .pte",
        )
    from edgegen.sources.weights import read_state_dict

    tensors = read_state_dict(path)  # Raises for a pickled module, naming the way out.
    raise SourceError(
        f"is a state dict ({len(tensors)} tensors) without the model's code",
        where=where,
        hint=f"Give both: --model package.module:factory --weights {path.name}",
    )


def _load_exported(path: Path, source: str) -> LoadedModel:
    import torch

    try:
        program: ExportedProgram = torch.export.load(path)
    except Exception as error:  # torch.export.load raises whatever its JSON and zip readers raise.
        raise SourceError(
            f"torch.export cannot read it: {type(error).__name__}: {error}",
            where=str(path),
            hint="Save it again with torch.export.save and the version of torch that is installed here",
        ) from error
    return LoadedModel(
        name=path.stem,
        module=program.module(),
        source=source,
        weights=None,
        title=f"exported program {path.name}",
        licence=None,
        exported=program,
        example_inputs=_example_inputs(program, path),
        input_names=tuple(program.graph_signature.user_inputs),
    )


def _example_inputs(program: ExportedProgram, path: Path) -> tuple[Tensor, ...]:
    """Inputs of the shapes that the program was exported with: its own examples, or ones drawn with seed 0."""
    import torch

    if program.example_inputs is not None:
        arguments, keywords = program.example_inputs
        leaves = torch.utils._pytree.tree_leaves((arguments, keywords))
        if all(isinstance(leaf, torch.Tensor) for leaf in leaves):
            return tuple(leaves)
    generator = torch.Generator().manual_seed(0)
    made = []
    user_inputs = set(program.graph_signature.user_inputs)
    for node in program.graph.nodes:
        if node.op != "placeholder" or node.name not in user_inputs:
            continue
        value = node.meta.get("val")
        if not isinstance(value, torch.Tensor):
            raise SourceError(
                f"input {node.name} is no tensor", where=str(path), hint="Export the model with tensor inputs only"
            )
        shape = [size if isinstance(size, int) else int(size.node.hint or 1) for size in value.shape]
        if value.is_floating_point():
            made.append(torch.randn(shape, generator=generator).to(value.dtype))
        else:
            made.append(torch.zeros(shape, dtype=value.dtype))
    return tuple(made)


def _load_torchscript(path: Path, source: str) -> LoadedModel:
    import torch

    try:
        module = torch.jit.load(str(path), map_location="cpu")  # type: ignore[no-untyped-call]
        schema = module.forward.schema
        str(module.inlined_graph)  # The notes on source lines are read when they are wanted: here, not in the export.
    except Exception as error:  # A damaged archive fails in whatever way its C++ readers stumble.
        raise SourceError(
            f"torch.jit cannot read it: {(str(error).splitlines() or [type(error).__name__])[0]}",
            where=str(path),
            hint="Save it again with torch.jit.save and the version of torch that is installed here",
        ) from error
    names = tuple(argument.name for argument in schema.arguments[1:] if not argument.has_default_value())
    return LoadedModel(
        name=path.stem,
        module=module,
        source=source,
        weights=None,
        title=f"TorchScript module {path.name}",
        licence=None,
        input_names=names,
    )
