"""Which operators of a lowered program a backend took, and which stayed with the portable kernels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch.fx import GraphModule

# Nodes that compute nothing: they pick an output of a call, or are placed by the memory planner.
_NO_OPERATORS = frozenset({"getitem", "alloc", "executorch_call_delegate"})


@dataclass(frozen=True)
class Delegation:
    """How often each operator occurs inside and outside the backend's subgraphs."""

    delegated: dict[str, int]
    undelegated: dict[str, int]

    @property
    def percent(self) -> float:
        """The share of operators that the backend runs, 0..100."""
        inside, outside = sum(self.delegated.values()), sum(self.undelegated.values())
        return 100.0 * inside / (inside + outside) if inside + outside else 0.0


def delegation_of(graph_module: GraphModule) -> Delegation:
    """Counts the operators of an edge program that was lowered and not yet planned (`to_executorch` adds nodes)."""
    from executorch.exir.lowered_backend_module import LoweredBackendModule

    delegated: Counter[str] = Counter()
    undelegated: Counter[str] = Counter()
    for lowered in graph_module.modules():
        if isinstance(lowered, LoweredBackendModule):
            delegated.update(_operators(lowered.original_module.graph_module))
    undelegated.update(_operators(graph_module))
    return Delegation(dict(sorted(delegated.items())), dict(sorted(undelegated.items())))


def _operators(graph_module: GraphModule) -> Counter[str]:
    """The operators of a graph and of its branches and loop bodies, without what is inside delegates."""
    from executorch.exir.lowered_backend_module import LoweredBackendModule
    from torch.fx import GraphModule

    counts: Counter[str] = Counter()
    for node in graph_module.graph.nodes:
        if node.op == "call_function":
            name = operator_name(node.target)
            if name not in _NO_OPERATORS:
                counts[name] += 1
    for child in graph_module.children():
        if isinstance(child, GraphModule) and not isinstance(child, LoweredBackendModule):
            counts.update(_operators(child))
    return counts


def operator_name(target: object) -> str:
    """ "aten.add.Tensor" for the edge dialect's, ATen's or Python's own function."""
    name_method = getattr(target, "name", None)
    name = name_method() if callable(name_method) else getattr(target, "__name__", target)
    return str(name).replace("::", ".")
