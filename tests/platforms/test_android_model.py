"""`:model` for every kind of spec: rendered without an export, compiled by javac, its own JVM tests run by JUnit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from edgegen.errors import SpecError
from edgegen.platforms import ProjectFacts, android_model
from edgegen.platforms.android import Android
from edgegen.platforms.java import LINE
from edgegen.reference.goldens import write_goldens
from edgegen.reference.photos import golden_photos
from edgegen.render.engine import render
from edgegen.spec.model_spec import (
    AppSection,
    ClassificationOutput,
    DynamicAxis,
    ExportSection,
    ImageInput,
    Input,
    ModelSection,
    ModelSpec,
    Output,
    TensorInput,
    TensorOutput,
)
from edgegen.spec.plan import lower
from edgegen.spec.steps import CenterCrop, Color, Filter, Letterbox, Normalize, Pad, Quantize, Rescale, Resize, ToFloat
from tests.android import jars
from tests.android.build.programs import BuildError, java, javac
from tests.android.build.project import model_sources
from tests.android.run import shims

if TYPE_CHECKING:
    import torch

PHOTO = ImageInput("image", (1, 3, 24, 24), steps=(Resize(24, Filter.BILINEAR), CenterCrop((24, 24)), ToFloat()))
HOSTILE_NAME = 'Tom & Jerry\'s "Ünïcode" \\u0041 */ <b> {@code'
LABELS = ('a "quoted" label', "back\\slash \\u0041", "Ünïcode 狗", "%d ${x}", "tab\tand more", "??=")

# Every dtype, layout, order and step, and what only several inputs show.
MANY: tuple[Input, ...] = (
    ImageInput(
        "left_eye",
        (1, 3, 20, 16),
        steps=(
            Color("BGR"),
            Resize(20, Filter.BICUBIC, 30),
            Pad(1, 2, 3, 4, (10, 20, 30)),
            CenterCrop((20, 16)),
            ToFloat(),
            Normalize((0.5, 0.4, 0.3), (0.2, 0.3, 0.4)),
        ),
    ),
    ImageInput(
        "half",
        (1, 18, 18, 3),
        "float16",
        "NHWC",
        (Resize((18, 18), Filter.LANCZOS), ToFloat(255, "float16"), Rescale(2.0, -1.0)),
        pillow=12,
    ),
    ImageInput(
        "gray", (1, 1, 17, 17), "uint8", steps=(Color("gray", 1), Letterbox((17, 17), Filter.HAMMING, (114,) * 3))
    ),
    ImageInput("signed", (1, 3, 9, 9), "int8", steps=(Resize((9, 9), Filter.NEAREST), ToFloat(1), Quantize(1.0, -128))),
    TensorInput("extra", (2, 5)),
    TensorInput("flags", (), "bool"),
)


def spec_of(inputs: tuple[Input, ...], outputs: tuple[Output, ...], runtime: str) -> ModelSpec:
    return ModelSpec(
        ModelSection("nets:any"),
        inputs,
        outputs,
        AppSection("android", HOSTILE_NAME, "com.example.some_app"),
        ExportSection(runtime),
    )


def outputs_of(spec: ModelSpec, classes: int) -> Mapping[str, torch.Tensor]:
    """Made-up outputs, as a runtime would give them."""
    import torch

    generator = torch.Generator().manual_seed(1)
    return {
        item.name: torch.randn(
            (1, classes) if isinstance(item, ClassificationOutput) else item.shape, generator=generator
        ).to(getattr(torch, item.dtype if isinstance(item, TensorOutput) else "float32"))
        for item in spec.outputs
    }


def facts_of(spec: ModelSpec, folder: Path, labels: tuple[str, ...] | None) -> ProjectFacts:
    """What `produce` would say of an exported model; the model's file holds nothing a runtime could read."""
    generated = folder / "generated"
    generated.mkdir(parents=True)
    suffix = {"executorch": ".pte", "torchscript": ".ptl", "onnx": ".onnx"}[spec.export.runtime]
    model = generated / f"model{suffix}"
    model.write_bytes(bytes(range(256)) * 300)
    classes = 6 if labels is None else len(labels)
    write_goldens(spec, generated / "goldens", golden_photos()[:3], lambda _: outputs_of(spec, classes), full=2)
    return ProjectFacts(
        name=spec.app.name,
        slug="some-app",
        spec=spec,
        labels=labels,
        model_file=model,
        goldens=generated / "goldens",
        plans={item.name: lower(item) for item in spec.image_inputs},
        model_title="any",
        model_licence="any",
        report=None,  # type: ignore[arg-type]
    )


def written(spec: ModelSpec, folder: Path, labels: tuple[str, ...] | None) -> Path:
    """`:model` rendered into `folder`."""
    facts = facts_of(spec, folder, labels)
    platform = Android()
    render(platform.module_overlays(spec), platform.context(spec, facts), platform.module_verbatim(spec), folder)
    return folder


def run_module_tests(project: Path, runtime: str) -> None:
    """Compiles the module strictly and runs its JVM tests. `Preprocessor` names Android's classes, so android.jar is
    beside them, as Gradle's plugin puts it there; nothing of it is called. Raises BuildError with their words."""
    try:
        platform = [jars.android_jar(), *jars.classpath("jspecify")]
        main = [*platform, *shims.classes(runtime)]
        junit = [*platform, *jars.classpath("junit")]
    except (jars.JarsUnavailableError, shims.RuntimeUnavailableError) as error:
        from tests.toolchains import missing

        missing(str(error))
    classes = javac(model_sources(project), main, project / "classes")
    sources = [*(project / "model/src/test/java").rglob("*.java"), *(project / "generated/test/java").rglob("*.java")]
    tests = javac(sources, [classes, *junit], project / "test-classes")
    names = [f"com.example.some_app.model.{path.stem}" for path in sources if path.stem.endswith("Test")]
    java(
        [tests, classes, *junit],
        "org.junit.runner.JUnitCore",
        *names,
        options=[f"-Dedgegen.generated={project}/generated"],
    )


def test_several_pictures_of_every_kind_beside_numbers(tmp_path: Path) -> None:
    outputs = (
        TensorOutput("total", (), "float64"),
        ClassificationOutput("scores", "labels.txt", "sigmoid"),
        TensorOutput("best", (2, 3), "int64"),
    )
    spec = spec_of(MANY, outputs, "onnx")
    spec = replace(spec, export=replace(spec.export, dynamic_axes=(DynamicAxis("extra", 0, "batch"),)))
    project = written(spec, tmp_path, LABELS)
    run_module_tests(project, "onnx")
    generated = (project / "generated/java/com/example/some_app/model/ModelSpec.java").read_text(encoding="utf-8")
    assert 'new TensorInfo("extra", DType.FLOAT32, 2, 5)\n' + " " * 28 + ".withDynamicAxis(0)" in generated
    assert 'new TensorInfo("flags", DType.BOOL)' in generated
    for path in project.rglob("model/*.java"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "// SPDX-License-Identifier: MIT-0", path
        assert not [line for line in lines if len(line) > LINE], path


@pytest.mark.parametrize("runtime", ["executorch", "torchscript"])
def test_a_classifier_without_labels_numbers_its_classes(runtime: str, tmp_path: Path) -> None:
    project = written(spec_of((PHOTO,), (ClassificationOutput("logits"),), runtime), tmp_path, None)
    run_module_tests(project, runtime)
    labels = (project / "generated/java/com/example/some_app/model/Labels.java").read_text(encoding="utf-8")
    assert re.findall(r'^ {20}"(.*?)"', labels, re.MULTILINE) == ["0", "1", "2", "3", "4", "5"]


def test_as_many_labels_as_no_class_file_would_take_at_once(tmp_path: Path) -> None:
    many = tuple(f"class {number} of many" for number in range(21_841))
    project = written(spec_of((PHOTO,), (ClassificationOutput("logits", "labels.txt"),), "executorch"), tmp_path, many)
    run_module_tests(project, "executorch")


def test_numbers_alone_need_no_kernels(tmp_path: Path) -> None:
    spec = spec_of((TensorInput("x", (1, 16)),), (TensorOutput("y", (1, 4)),), "executorch")
    project = written(spec, tmp_path, None)
    run_module_tests(project, "executorch")
    names = {path.stem for path in project.rglob("*.java")}
    assert not names & {"Classifier", "Labels", "Photos", "Pipeline", "Preprocessor", "Scores", "Workspace"}


@pytest.mark.parametrize(
    ("runtime", "dtype"), [("executorch", "bool"), ("executorch", "int16"), ("torchscript", "float16")]
)
def test_a_dtype_that_javas_tensors_do_not_have_is_refused_by_name(runtime: str, dtype: str, tmp_path: Path) -> None:
    spec = spec_of((TensorInput("x", (1,)),), (TensorOutput("y", (2,), dtype),), runtime)  # type: ignore[arg-type]
    with pytest.raises(SpecError, match=f"outputs.y: is {dtype}, which {runtime} cannot carry"):
        android_model.context(spec, facts_of(spec, tmp_path, None))


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "Pipeline",
            "Filter.BILINEAR",
            "Filter.BOX",
            r"cat_rotated, input image, stage 1_resize: differs at \[\d+, \d+, \d\] of 24x36x3 uint8: "
            r"expected \d+.0 \(0x..\), got \d+.0 \(0x..\); \d+ of 2592 values differ",
        ),
        # 255 is in no golden picture of 24 x 24 pixels.
        ("ModelSpec", "0x3f800000", "0x3f7fffff", "the levels of image expected:<"),
    ],
)
def test_a_failing_test_names_the_stage_and_the_values(
    file: str, old: str, new: str, words: str, tmp_path: Path
) -> None:
    spec = spec_of((PHOTO,), (ClassificationOutput("logits", "labels.txt"),), "executorch")
    project = written(spec, tmp_path, LABELS)
    path = project / f"generated/java/com/example/some_app/model/{file}.java"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BuildError, match=words):
        run_module_tests(project, "executorch")


def test_outputs_of_the_test_are_what_a_model_would_give() -> None:
    spec = spec_of((PHOTO,), (TensorOutput("y", (2, 3), "int64"),), "onnx")
    assert outputs_of(spec, 1)["y"].numpy().dtype == np.int64
