"""The `:model` library of an Android project: which overlays it is made of, and what they substitute."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from edgegen.names import default_app_id
from edgegen.paths import data_dir
from edgegen.platforms import ProjectFacts
from edgegen.platforms.android_model_tests import tests
from edgegen.platforms.goldens import GoldenOutput, Goldens
from edgegen.platforms.java import javadoc, longs, strings
from edgegen.platforms.java_pipeline import JavaPipeline
from edgegen.platforms.shapes import class_names, is_classifier, require_dtypes, score_outputs
from edgegen.render.filters import java_string
from edgegen.spec.model_spec import DynamicAxis, ImageInput, Input, ModelSpec
from edgegen.versions import JSPECIFY, JUNIT, RUNTIME_LIBRARIES

# So many strings fit easily into what a class may hold: 64 KB of initialiser, 65535 constants.
_LABELS_A_CLASS: Final = 2000
# What the Java classes of a runtime have no tensor of.
_NOT_IN_JAVA: Final[Mapping[str, tuple[str, ...]]] = {
    "executorch": ("int16", "bool"),
    "torchscript": ("float16", "int16", "bool"),
    "onnx": (),
}

_OTHERWISE: Final = "Convert it inside the model, to int32 for one, or take the runtime onnx"


def overlays(spec: ModelSpec) -> list[str]:
    """The names of the overlays, in order."""
    names = ["model", f"runtime-{spec.export.runtime}"]
    if spec.image_inputs:
        names.append("model-image")
    if score_outputs(spec):
        names.append("model-scores")
    if is_classifier(spec):
        names.append("model-classifier")
    return names


def verbatim(spec: ModelSpec) -> dict[str, Path]:
    """Folders that are copied as they are."""
    folders = {"model/edgegen-plugin": data_dir("plugins") / "gradle"}
    if spec.image_inputs:
        folders["model/src/main/java/edgegen/kernels"] = data_dir("templates") / "java" / "kernels"
    return folders


def context(spec: ModelSpec, facts: ProjectFacts) -> Mapping[str, object]:
    """What the overlays substitute."""
    goldens = Goldens.read(facts.goldens)
    outputs = goldens.outputs()
    require_dtypes(spec, outputs, _NOT_IN_JAVA[spec.export.runtime], "Java", _OTHERWISE)
    labels = class_names(spec, facts.labels, outputs)
    package = f"{spec.app.id or default_app_id(facts.slug)}.model"
    return {
        "model_package": package,
        "model_package_path": package.replace(".", "/"),
        "name_javadoc": javadoc(facts.name),
        "runtime": spec.export.runtime,
        "runtime_library": RUNTIME_LIBRARIES[spec.export.runtime],
        "runtime_version": RUNTIME_LIBRARIES[spec.export.runtime].rpartition(":")[2],
        "jspecify_version": JSPECIFY,
        "junit_version": JUNIT,
        "model_file": facts.model_file.name,
        "model_suffix": facts.model_file.suffix.lstrip("."),
        **_examples(spec),
        **_constants(spec, facts, outputs),
        **_pipeline(spec, facts),
        **_scores(spec, labels),
        **tests(spec, goldens, labels),
    }


def _constants(spec: ModelSpec, facts: ProjectFacts, outputs: Sequence[GoldenOutput]) -> Mapping[str, object]:
    model = facts.model_file.read_bytes()
    return {
        "model_bytes": len(model),
        "model_sha256": hashlib.sha256(model).hexdigest(),
        "input_infos": _infos(spec.inputs, spec.export.dynamic_axes),
        "output_infos": _infos(outputs, ()),
    }


def _examples(spec: ModelSpec) -> Mapping[str, object]:
    """Where somebody who opens the package begins, and a few lines that use Model."""
    first = spec.inputs[0]
    lines = [
        "try (Model model = Model.load(context)) {",
        f"    Tensor input = Tensor.zeros(Model.input({java_string(first.name)}));",
        "    preprocessor.fill(input, bitmap);" if isinstance(first, ImageInput) else "    input.bytes().put(…);",
        f"    Outputs outputs = model.run(input{', …' if len(spec.inputs) > 1 else ''});",
        f"    Tensor output = outputs.tensor({java_string(spec.outputs[0].name)});",
        "}",
    ]
    return {
        "model_example": "\n".join([" * <pre>{@code", *(f" * {line}" for line in lines), " * }</pre>"]),
        "package_entry": "Classifier" if is_classifier(spec) else "Model",
    }


def _infos(tensors: Iterable[Input | GoldenOutput], axes: Sequence[DynamicAxis]) -> str:
    rows = []
    for item in tensors:
        info = f"new TensorInfo({java_string(item.name)}, DType.{item.dtype.upper()}{longs(item.shape)})"
        rows.append(" " * 20 + info)
        rows[-1] += "".join(f"\n{' ' * 28}.withDynamicAxis({axis.axis})" for axis in axes if axis.input == item.name)
    return ",\n".join(rows)


def _pipeline(spec: ModelSpec, facts: ProjectFacts) -> Mapping[str, object]:
    return JavaPipeline(spec.image_inputs, facts.plans).context()


def _scores(spec: ModelSpec, labels: tuple[str, ...]) -> Mapping[str, object]:
    if not score_outputs(spec):
        return {}
    rows = [
        f"                    new ScoreOutput({java_string(item.name)}, Activation.{item.activation.upper()})"
        for _, item in score_outputs(spec)
    ]
    return {"score_outputs": ",\n".join(rows), **_label_names(labels)}


def _label_names(labels: tuple[str, ...]) -> Mapping[str, object]:
    imports = ["Arrays", "Collections", "List"]
    if len(labels) <= _LABELS_A_CLASS:
        text = "    static final List<String> NAMES =\n            Collections.unmodifiableList(Arrays.asList(\n"
        text += f"{strings(labels, ' ' * 20).removesuffix(',')}));\n"
    else:
        imports.insert(0, "ArrayList")
        text = _label_parts(labels)
    return {
        "label_imports": "\n".join(f"import java.util.{name};" for name in imports),
        "label_count": len(labels),
        "label_names": text,
    }


def _label_parts(labels: tuple[str, ...]) -> str:
    parts = [labels[start : start + _LABELS_A_CLASS] for start in range(0, len(labels), _LABELS_A_CLASS)]
    lines = [
        "    static final List<String> NAMES = names();",
        "",
        "    private static List<String> names() {",
        f"        List<String> all = new ArrayList<>({len(labels)});",
        *(f"        Collections.addAll(all, Part{number}.NAMES);" for number in range(1, len(parts) + 1)),
        "        return Collections.unmodifiableList(all);",
        "    }",
        "",
        "    // In classes of their own: what one class initialises is at most 64 KB of code.",
    ]
    for number, part in enumerate(parts, start=1):
        lines += [
            f"    private static final class Part{number} {{",
            "        static final String[] NAMES = {",
            strings(part, " " * 12),
            "        };",
            "    }",
            "",
        ]
    return "\n".join(lines)
