"""What is inside a model, an exported file or a project, as plain data (JSON types only).

inspect_source("torchvision:resnet18", weights="none", cwd=…)   {"kind": "model", …}
inspect_source("model.pte", cwd=…)                              {"kind": "pte", …}
inspect_source("model.mlpackage", cwd=…)                        {"kind": "mlpackage", …}
inspect_source("hello/edgegen.toml", cwd=…)                     {"kind": "project", "model": {…}, "exported": {…}}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgegen.console import captured_output
from edgegen.errors import EdgegenError
from edgegen.render.manifest import generated_in
from edgegen.runtimes import RUNTIMES, model_file, runtime_of_file
from edgegen.sources.examples import example_inputs
from edgegen.sources.kinds import is_pte
from edgegen.sources.loaded import LoadedModel
from edgegen.spec.model_spec import ImageInput, ModelSpec, Output, TensorOutput

if TYPE_CHECKING:
    from torch import Tensor, nn

_MANIFEST = "edgegen.toml"


def inspect_source(
    source: str,
    *,
    weights: str | None = None,
    transforms: str | None = None,
    inputs: Sequence[str] = (),
    cwd: Path | None = None,
) -> dict[str, Any]:
    """What `source` holds: an exported file, a project (its folder or edgegen.toml), or what `--model` takes.

    Raises SourceError, SpecError or ExportError where it cannot be read.
    """
    folder = cwd or Path.cwd()
    path = folder / Path(source).expanduser()
    if path.is_file() and (runtime_of_file(path) is not None or is_pte(path)):
        return inspect_file(path)
    if path.is_dir() and path.suffix.lower() == RUNTIMES["coreml"].suffix:
        return inspect_file(path)
    manifest = path / _MANIFEST if path.is_dir() else path
    if manifest.suffix == ".toml":
        return _inspect_project(manifest)
    from edgegen.sources import load_model

    loaded = load_model(source, weights=weights, transforms=transforms, cwd=folder)
    spec, problem = _described(loaded, source, weights, transforms, tuple(inputs), folder)
    return inspect_model(loaded, spec, problem)


def inspect_file(path: Path) -> dict[str, Any]:
    """The facts of an exported file, by its suffix; a `.pte` may have any. Raises ExportError, or of a package
    ProjectError.
    """
    runtime = runtime_of_file(path)
    if runtime is not None and runtime.name == "torchscript":
        from edgegen.verify.inspect_ptl import inspect_ptl

        return inspect_ptl(path)
    if runtime is not None and runtime.name == "onnx":
        from edgegen.verify.inspect_onnx import inspect_onnx

        return inspect_onnx(path)
    if runtime is not None and runtime.name == "coreml":
        from edgegen.verify.inspect_mlpackage import inspect_mlpackage

        return inspect_mlpackage(path)
    from edgegen.verify.inspect_pte import inspect_pte

    return inspect_pte(path)


def inspect_model(loaded: LoadedModel, spec: ModelSpec | None, problem: str | None = None) -> dict[str, Any]:
    """The facts of a loaded model; `problem` says why there is no spec, and then what needs one is null."""
    parameters = list(loaded.module.parameters())
    document: dict[str, Any] = {
        "kind": "model",
        "name": loaded.name,
        "title": loaded.title,
        "source": loaded.source,
        "weights": loaded.weights,
        "licence": loaded.licence,
        "parameters": sum(tensor.numel() for tensor in parameters),
        "bytes": sum(tensor.numel() * tensor.element_size() for tensor in [*parameters, *loaded.module.buffers()]),
        "labels": len(loaded.labels) if loaded.labels else None,
        "spec": None,
        "spec_origin": loaded.transforms_origin or _origin_of_inputs(loaded),
        "spec_problem": problem,
        "inputs": None,
        "outputs": None,
        "macs": None,
        "operators": None,
        "export_problem": None,
    }
    if spec is None:
        return document
    from edgegen.spec.write import dump_spec

    document["spec"] = dump_spec(spec)
    document["inputs"] = [_input_facts(item) for item in spec.inputs]
    document["outputs"] = [_output_facts(item) for item in spec.outputs]
    document["macs"] = count_macs(loaded.module, example_inputs(spec, loaded))
    document["operators"], document["export_problem"] = _operators(loaded, spec)
    return document


def count_macs(module: nn.Module, inputs: tuple[Tensor, ...]) -> int | None:
    """Multiply-accumulates of one run: matrix products, convolutions and attention; None where it cannot run."""
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    counter = FlopCounterMode(display=False)
    try:
        with captured_output(), torch.no_grad(), counter:
            module(*inputs)
    except Exception:  # The model's own code: what it raises is told by `recognise`, not by a count.
        return None
    return int(counter.get_total_flops()) // 2


def _operators(loaded: LoadedModel, spec: ModelSpec) -> tuple[dict[str, int] | None, str | None]:
    from edgegen.exporters.delegation import operator_name
    from edgegen.exporters.program import export_program

    try:
        program = export_program(loaded, spec)
    except EdgegenError as error:
        return None, error.message()
    counts: Counter[str] = Counter()
    for module in program.graph_module.modules():
        graph = getattr(module, "graph", None)
        for node in graph.nodes if graph is not None else ():
            if node.op == "call_function" and operator_name(node.target) != "getitem":
                counts[operator_name(node.target)] += 1
    return dict(counts.most_common()), None


def _input_facts(item: Any) -> dict[str, Any]:
    facts = {"name": item.name, "kind": "tensor", "shape": list(item.shape), "dtype": item.dtype}
    if isinstance(item, ImageInput):
        from edgegen.spec.words import step_texts

        facts |= {"kind": "image", "layout": item.layout, "steps": step_texts(item)}
    return facts


def _output_facts(item: Output) -> dict[str, Any]:
    if isinstance(item, TensorOutput):
        return {"name": item.name, "kind": "tensor", "shape": list(item.shape), "dtype": item.dtype}
    return {"name": item.name, "kind": "classification", "activation": item.activation}


def _origin_of_inputs(loaded: LoadedModel) -> str | None:
    return "the exported signature" if loaded.exported is not None else None


def _described(
    loaded: LoadedModel,
    source: str,
    weights: str | None,
    transforms: str | None,
    inputs: tuple[str, ...],
    cwd: Path,
) -> tuple[ModelSpec | None, str | None]:
    """The spec that `edgegen new` would write, or why it could not."""
    from edgegen.projects.describe import describe
    from edgegen.projects.request import NewRequest

    request = NewRequest(
        platform="linux-arm", model=source, weights=weights, transforms=transforms, inputs=inputs, cwd=cwd
    )
    try:
        return describe(request, loaded, loaded.name, cwd / loaded.name).spec, None
    except EdgegenError as error:
        return None, error.message()


def _inspect_project(manifest: Path) -> dict[str, Any]:
    from edgegen.sources import load_model
    from edgegen.spec.parse import load_spec

    spec = load_spec(manifest)
    root = manifest.parent / spec.model.path
    loaded = load_model(spec.model.source, weights=spec.model.weights, transforms=spec.model.transforms, cwd=root)
    exported = generated_in(manifest.parent) / model_file(spec)
    return {
        "kind": "project",
        "project": str(manifest.parent),
        "model": inspect_model(loaded, spec),
        "exported": inspect_file(exported) if exported.exists() else None,
    }
