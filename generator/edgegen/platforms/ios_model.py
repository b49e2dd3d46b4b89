"""ModelKit, the Swift package of an iOS project: which overlays it is made of, and what they substitute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from edgegen.paths import content_sha256, data_dir
from edgegen.platforms import ProjectFacts
from edgegen.platforms.apple import sources_of
from edgegen.platforms.goldens import GoldenOutput, Goldens
from edgegen.platforms.ios_model_package import package
from edgegen.platforms.ios_model_tests import tests
from edgegen.platforms.shapes import class_names, is_classifier, require_dtypes, score_outputs
from edgegen.platforms.swift import doc, elements, hexadecimal, list_of, multiline
from edgegen.platforms.swift_pipeline import SwiftPipeline, stored_pixels
from edgegen.render.filters import swift_string
from edgegen.spec.model_spec import DynamicAxis, ImageInput, Input, ModelSpec
from edgegen.spec.plan import Plan

# What the Swift bindings of a runtime have no tensor of. Core ML's are refused by its exporter.
_NOT_IN_SWIFT: Final[Mapping[str, tuple[str, ...]]] = {
    "coreml": (),
    "executorch": (),
    "torchscript": ("float16", "int16", "bool"),
    "onnx": ("float16", "float64", "int16", "bool"),
}
_OTHERWISE: Final = "Convert it inside the model, to float32 or int32, or take the runtime executorch"
# Of a model file that is looked at before it is loaded, so many bytes at each end are compared.
_SAMPLED_BYTES: Final = 1 << 16


def overlays(spec: ModelSpec) -> list[str]:
    """The names of the overlays, in order."""
    runtime = spec.export.runtime
    names = ["model", *(f"model-{'pods' if source == 'cocoapods' else source}" for source in sources_of(runtime))]
    names.append(f"runtime-{runtime}")
    if runtime == "coreml":
        names.append("runtime-coreml-pictures" if spec.export.image_input else "runtime-coreml-tensors")
    else:
        names.append("model-file")
    if spec.image_inputs:
        names.append("model-image")
    if score_outputs(spec):
        names.append("model-scores")
    if is_classifier(spec):
        names.append("model-classifier")
    return names


def verbatim(spec: ModelSpec) -> dict[str, Path]:
    """Folders that are copied as they are."""
    folders = {"ModelKit/edgegen": data_dir("plugins") / "xcode"}
    if spec.image_inputs:
        folders["ModelKit/Sources/ModelKit/Kernels"] = data_dir("templates") / "swift" / "kernels"
    return folders


def context(spec: ModelSpec, facts: ProjectFacts, beside: Sequence[str] = ()) -> Mapping[str, object]:
    """What the overlays substitute; `beside`, see ios_model_package."""
    goldens = Goldens.read(facts.goldens)
    outputs = goldens.outputs()
    require_dtypes(spec, outputs, _NOT_IN_SWIFT[spec.export.runtime], "Swift", _OTHERWISE)
    labels = class_names(spec, facts.labels, outputs)
    plans = _plans(spec, facts)
    return {
        "model_file": facts.model_file.name,
        "name_doc": doc(facts.name),
        "backend_title": "Core ML" if spec.export.backend == "coreml" else "XNNPACK",
        "model_example": _example(spec),
        **_load(spec),
        **package(spec, facts, beside),
        "model_constants": _constants(spec, facts.model_file),
        "input_infos": _infos(spec.inputs, spec.export.dynamic_axes, plans if spec.export.image_input else {}),
        "output_infos": _infos(outputs, (), {}),
        **SwiftPipeline(spec.image_inputs, plans, as_pictures=spec.export.image_input).context(),
        **_scores(spec, labels),
        **tests(spec, goldens, labels),
    }


def _plans(spec: ModelSpec, facts: ProjectFacts) -> Mapping[str, Plan]:
    """The plan of each picture input; where the model normalises the picture itself, up to its pixels."""
    if not spec.export.image_input:
        return facts.plans
    return {item.name: stored_pixels(facts.plans[item.name], item) for item in spec.image_inputs}


def _load(spec: ModelSpec) -> Mapping[str, object]:
    """What can be said when the model is loaded: with Core ML, what it may run on."""
    if spec.export.runtime != "coreml":
        return {"load_parameter": "", "load_forwarded": "", "load_argument": "", "load_parameter_doc": ""}
    return {
        "load_parameter": "computeUnits: ComputeUnits = .standard",
        "load_forwarded": "computeUnits: computeUnits",
        "load_argument": "computeUnits",
        "load_parameter_doc": "\n    /// - Parameter computeUnits: what Core ML may run the model on.",
    }


def _example(spec: ModelSpec) -> str:
    """A few lines that use Model, as a comment."""
    first = swift_string(spec.inputs[0].name)
    picture = isinstance(spec.inputs[0], ImageInput)
    tensor = f"try Preprocessor().tensor({first}, from: image)" if picture else "try Tensor(numbers, shape: shape)"
    more = ", …" if len(spec.inputs) > 1 else ""
    lines = [
        "let model = try await Model.load()",
        f"let input = {tensor}",
        f"let outputs = try await model.run([{first}: input{more}])",
        f"let output = outputs[{swift_string(spec.outputs[0].name)}]",
    ]
    return "\n".join(f"///     {line}" for line in lines)


def _constants(spec: ModelSpec, model: Path) -> str:
    """What the runtime's overlay asks of the model."""
    if spec.export.runtime != "coreml":
        content = model.read_bytes()
        return (
            "\n    /// Its size in bytes.\n"
            f"    static let modelByteCount = {len(content)}\n"
            "\n    /// The FNV-1a hash of its first and last bytes, see ModelFile.\n"
            f"    static let modelDigest: UInt64 = {hexadecimal(_digest(content), 16)}\n"
        )
    return (
        "\n    /// The SHA-256 of the package's files: the name of what is made of it on a device.\n"
        f'    static let modelSHA256 =\n        "{content_sha256(model)}"\n'
        "\n    /// What Core ML may run it on, unless the app says otherwise.\n"
        f"    static let computeUnits = ComputeUnits.{_compute_units(spec)}\n"
    )


def _digest(content: bytes) -> int:
    """FNV-1a, 64 bits, of the first _SAMPLED_BYTES and of the last."""
    digest = 0xCBF29CE484222325
    for part in (content[:_SAMPLED_BYTES], content[max(0, len(content) - _SAMPLED_BYTES) :]):
        for byte in part:
            digest = ((digest ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return digest


def _compute_units(spec: ModelSpec) -> str:
    names = {
        "all": "all",
        "cpu-only": "cpuOnly",
        "cpu-and-gpu": "cpuAndGPU",
        "cpu-and-neural-engine": "cpuAndNeuralEngine",
    }
    return names[spec.export.compute_units or "all"]


def _infos(items: Iterable[Input | GoldenOutput], axes: Sequence[DynamicAxis], pictures: Mapping[str, Plan]) -> str:
    rows = []
    for item in items:
        plan = pictures.get(item.name)
        dtype, shape = (plan.tensor.dtype, plan.tensor.shape) if plan else (item.dtype, item.shape)
        arguments = f"name: {swift_string(item.name)}, dtype: .{dtype}, shape: {list_of(shape)}"
        dynamic = [axis.axis for axis in axes if axis.input == item.name]
        if dynamic:
            arguments += f", dynamicAxes: {list_of(dynamic)}"
        rows.append(f"        TensorInfo({arguments})")
    return elements(rows)


def _scores(spec: ModelSpec, labels: tuple[str, ...]) -> Mapping[str, object]:
    if not score_outputs(spec):
        return {}
    rows = [
        f"        ScoreOutput(name: {swift_string(item.name)}, activation: .{item.activation})"
        for _, item in score_outputs(spec)
    ]
    return {"score_outputs": elements(rows), "label_count": len(labels), "label_text": multiline(labels, " " * 8)}
