"""linux-arm: a CMake project in C++17 for ARM Linux boards, which builds and runs on x86-64 as well."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Final

from edgegen.paths import data_dir
from edgegen.platforms import Platform, ProjectFacts
from edgegen.platforms.cpp import identifier, strings, tensor_info
from edgegen.platforms.cpp_pipeline import CppPipeline
from edgegen.platforms.goldens import GoldenOutput, Goldens
from edgegen.platforms.linux_arm_docs import documents
from edgegen.platforms.linux_arm_program import program
from edgegen.platforms.linux_arm_runtime import RUNTIMES
from edgegen.platforms.linux_arm_tests import tests
from edgegen.platforms.python_pipeline import PythonPipeline
from edgegen.platforms.shapes import is_classifier, score_outputs
from edgegen.render.filters import sh_quote
from edgegen.runtimes import model_file
from edgegen.spec.model_spec import ModelSpec
from edgegen.versions import CMAKE_MINIMUM

_INDENT: Final = " " * 8


class LinuxArm(Platform):
    """See the module. The overlays: what every project has, the runtime, pictures in, scores out, and the program."""

    name: ClassVar[str] = "linux-arm"
    runtimes: ClassVar[tuple[str, ...]] = ("executorch", "torchscript", "onnx")

    def overlays(self, spec: ModelSpec) -> list[Path]:
        """See Platform."""
        names = ["base", spec.export.runtime]
        if spec.image_inputs:
            names.append("image")
        if score_outputs(spec):
            names.append("scores")
        if is_classifier(spec):
            names.append("classification")
        else:
            names.append("tensors")
            names += ["pictures"] * bool(spec.image_inputs) + ["ranking"] * bool(score_outputs(spec))
        return [data_dir("templates") / self.name / name for name in names]

    def verbatim(self, spec: ModelSpec) -> dict[str, Path]:
        """See Platform."""
        sources = data_dir("templates") / "cpp"
        folders = ["kernels", "decode", "io"] if spec.image_inputs else ["io"]
        return {name: sources / name for name in folders} | {"cmake/edgegen": data_dir("plugins") / "cmake"}

    def context(self, spec: ModelSpec, facts: ProjectFacts) -> dict[str, object]:
        """See Platform."""
        goldens = Goldens.read(facts.goldens)
        outputs = goldens.outputs()
        labels = _labels(spec, facts.labels, outputs)
        return {
            "slug": facts.slug,
            "name": facts.name,
            "namespace": identifier(facts.slug),
            "option_prefix": identifier(facts.slug).upper().rstrip("_"),
            "edgegen_version": facts.edgegen_version,
            "model_file": model_file(spec),
            "cmake_minimum": CMAKE_MINIMUM,
            **RUNTIMES[spec.export.runtime].context(),
            **_build(spec),
            **_constants(spec, facts, outputs),
            **_pipeline(spec, facts),
            **_score_outputs(spec, labels),
            **tests(spec, goldens, labels),
            **program(spec),
            **documents(spec, facts, goldens),
        }

    def next_steps(self, spec: ModelSpec, target: Path) -> tuple[tuple[str, str], ...]:
        """See Platform."""
        given = "photos/coffee.jpg" if spec.image_inputs else f"--input {spec.inputs[0].name}=numbers.npy"
        return (
            ("Next", f"cd {sh_quote(str(target))} && edgegen run {given}"),
            ("Open", str(target / "src" / "main.cpp")),
        )


def _labels(spec: ModelSpec, labels: tuple[str, ...] | None, outputs: Sequence[GoldenOutput]) -> tuple[str, ...]:
    """The names of the classes; where no file names them, their numbers."""
    scores = score_outputs(spec)
    if labels is not None or not scores:
        return labels or ()
    count = 1
    for side in outputs[scores[0][0]].shape:
        count *= side
    return tuple(map(str, range(count)))


def _build(spec: ModelSpec) -> Mapping[str, object]:
    names = ("crc32", "mapped_file", "model", "runtime", "tensor_info", "values")
    library = [f"src/{name}.cpp" for name in names] + ["generated/model_spec.cpp"]
    sources = ["src/arguments.cpp", "src/exit_codes.cpp", "src/main.cpp", "src/median.cpp"]
    if spec.image_inputs:
        library.append("generated/pipeline.cpp")
    if score_outputs(spec):
        library += ["src/scores.cpp", "generated/labels.cpp"]
    if is_classifier(spec):
        library.append("src/classifier.cpp")
    else:
        sources += ["src/named_files.cpp", "src/read_inputs.cpp", "src/report.cpp", "src/report_values.cpp"]
    parts = ["kernels", "decode", "io"] if spec.image_inputs else ["io"]
    return {
        "main_header": "classifier.h" if is_classifier(spec) else "model.h",
        "library_sources": "\n".join(f"  {path}" for path in sorted(library)),
        "program_sources": "\n".join(f"  {path}" for path in sorted(sources)),
        "subdirectories": "\n".join(
            ["include(cmake/PictureLibraries.cmake)"] * bool(spec.image_inputs)
            + [_subdirectory(part) for part in parts]
        ),
        "public_libraries": " ".join(f"edgegen::{part}" for part in parts),
    }


def _subdirectory(part: str) -> str:
    # Two projects of edgegen's inside a larger one share these libraries.
    return f"if(NOT TARGET edgegen::{part})\n  add_subdirectory({part})\nendif()"


def _constants(spec: ModelSpec, facts: ProjectFacts, outputs: Sequence[GoldenOutput]) -> Mapping[str, object]:
    model = facts.model_file.read_bytes()
    return {
        "model_bytes": len(model),
        "model_crc32": f"0x{zlib.crc32(model):08x}",
        "input_infos": "\n".join(tensor_info(item.name, item.dtype, item.shape) for item in spec.inputs),
        "output_infos": "\n".join(tensor_info(item.name, item.dtype, item.shape) for item in outputs),
    }


def _pipeline(spec: ModelSpec, facts: ProjectFacts) -> Mapping[str, object]:
    pipeline = CppPipeline(spec.image_inputs, facts.plans)
    first = spec.image_inputs[0].name if spec.image_inputs else None
    return {
        "pipeline_declarations": pipeline.declarations(),
        "pipeline_definitions": pipeline.definitions(),
        "pipeline_table": pipeline.table(),
        "levels_declarations": pipeline.levels_declarations(),
        "levels_definitions": pipeline.levels_definitions(),
        "fill_function": "" if first is None else pipeline.function(first),
        **PythonPipeline(spec, facts.plans).context(),
    }


def _score_outputs(spec: ModelSpec, labels: tuple[str, ...]) -> Mapping[str, object]:
    functions = {"softmax": "softmax", "sigmoid": "sigmoid", "none": "unchanged"}
    rows = [f"        {{{index}, {functions[item.activation]}, kLabels}}," for index, item in score_outputs(spec)]
    return {
        "labels_definitions": f"const std::vector<std::string> kLabels = {{\n{strings(labels, '    ')}\n}};",
        "score_outputs": "\n".join(rows),
    }
