"""Each runtime's ModelRunner gives what Python gives, for every dtype it carries: the real runtimes on this JVM."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from edgegen.platforms.android import Android
from edgegen.projects.produce import produce
from edgegen.runtimes import RUNTIMES
from edgegen.sources import load_model
from edgegen.spec.model_spec import (
    AppSection,
    ExportSection,
    Input,
    ModelSection,
    ModelSpec,
    Output,
    TensorInput,
    TensorOutput,
)
from edgegen.spec.write import dump_spec
from tests.android import jars
from tests.android.build.programs import BuildError, java, javac
from tests.android.build.project import model_sources
from tests.android.run import shims
from tests.toolchains import missing

HERE: Final = Path(__file__).parent
EVERY: Final[tuple[tuple[Input, ...], tuple[Output, ...]]] = (
    (
        TensorInput("floats", (2, 3)),
        TensorInput("longs", (2,), "int64"),
        TensorInput("ints", (2,), "int32"),
        TensorInput("levels", (4,), "uint8"),
    ),
    (
        TensorOutput("doubled", (2, 3)),
        TensorOutput("wide", (2, 3), "float64"),
        TensorOutput("next", (2,), "int64"),
        TensorOutput("sums", (2,), "int32"),
        TensorOutput("brighter", (4,), "uint8"),
        TensorOutput("small", (2, 3), "int8"),
    ),
)
HALVES: Final[tuple[tuple[Input, ...], tuple[Output, ...]]] = (
    (TensorInput("halves", (2, 3), "float16"),),
    (TensorOutput("more", (2, 3), "float16"),),
)
RUN: Final = """\
package com.example.runners.model;

import java.io.File;

public final class RunGoldens {
    public static void main(String[] arguments) throws Exception {
        GoldenCase golden = GoldenCases.ALL.get(0);
        Tensor[] inputs = new Tensor[ModelSpec.INPUTS.size()];
        for (int i = 0; i < inputs.length; i++) {
            TensorInfo info = ModelSpec.INPUTS.get(i);
            inputs[i] = Tensor.zeros(info);
            String file = golden.inputs.get(info.name()).get(0).file;
            inputs[i].bytes().put(Goldens.read(info.name(), file).bytes());
        }
        ModelRunner runner = ModelRunner.load(new File(Goldens.generated(), ModelSpec.MODEL_FILE));
        for (int turn = 0; turn < 2; turn++) {
            Tensor[] outputs = runner.run(inputs);
            for (Tensor output : outputs) {
                Tensor expected = Goldens.read(output.name(), golden.outputs.get(output.name()));
                Goldens.assertSame(output.name(), expected, output);
                System.out.println("same " + output.name());
            }
        }
        refuses(runner, inputs);
        runner.close();
    }

    private static void refuses(ModelRunner runner, Tensor[] inputs) {
        Tensor[] wrong = inputs.clone();
        // The first alone would do for TorchScript, which knows no shapes; the second is added to the third.
        int index = Math.min(1, wrong.length - 1);
        TensorInfo info = ModelSpec.INPUTS.get(index);
        wrong[index] = Tensor.zeros(new TensorInfo(info.name(), info.dtype(), 7, 7, 7));
        try {
            runner.run(wrong);
            throw new AssertionError("an input of another shape was taken");
        } catch (ModelException error) {
            System.out.println(error.reason() + ": " + error.getMessage());
        }
        try {
            ModelRunner.load(new File(Goldens.generated(), "export.json"));
            throw new AssertionError("a file that is no model was loaded");
        } catch (ModelException error) {
            System.out.println(error.reason() + ": " + error.getMessage());
        }
    }
}
"""


@pytest.mark.parametrize(
    ("runtime", "source", "tensors"),
    [
        ("executorch", "runner_nets:every", EVERY),
        ("executorch", "runner_nets:halves", HALVES),
        ("torchscript", "runner_nets:every", EVERY),
        ("onnx", "runner_nets:every", EVERY),
        ("onnx", "runner_nets:halves", HALVES),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_runtime_gives_pythons_outputs(
    runtime: str, source: str, tensors: tuple[tuple[Input, ...], tuple[Output, ...]], tmp_path: Path
) -> None:
    spec = ModelSpec(
        ModelSection(source),
        *tensors,
        AppSection("android", "runners", "com.example.runners"),
        ExportSection(runtime, RUNTIMES[runtime].backends[0]),
    )
    said = _run(_produced(spec, tmp_path), runtime)
    names = [item.name for item in tensors[1]]
    assert said[: 2 * len(names)] == [f"same {name}" for name in names] * 2
    assert said[-2].startswith("FAILED: the inference failed: ")
    assert said[-1].startswith("UNUSABLE: ")


def _produced(spec: ModelSpec, folder: Path) -> Path:
    (folder / "edgegen.toml").write_text(dump_spec(spec), encoding="utf-8")
    loaded = load_model(spec.model.source, weights=None, transforms=None, cwd=HERE)
    produce(spec, loaded, None, Android(), base=folder, into=folder, slug="runners")
    return folder


def _run(project: Path, runtime: str) -> list[str]:
    try:
        classes = shims.classes(runtime)
        main = [jars.android_jar(), *jars.classpath("jspecify"), *classes]
        junit = jars.classpath("junit")
    except (jars.JarsUnavailableError, shims.RuntimeUnavailableError) as error:
        missing(str(error))
    own = javac(model_sources(project), main, project / "classes")
    program = project / "RunGoldens.java"
    program.write_text(RUN, encoding="utf-8")
    sources = [*(project / "model/src/test/java").rglob("*.java"), *(project / "generated/test/java").rglob("*.java")]
    tests = javac([program, *sources], [own, *jars.classpath("jspecify"), *junit], project / "test-classes")
    options = [f"-Dedgegen.generated={project}/generated", *shims.jvm_options(runtime)]
    try:
        words = java([tests, own, *classes, *junit], "com.example.runners.model.RunGoldens", options=options)
    except BuildError as error:
        raise AssertionError(str(error)) from error
    return [line for line in words.splitlines() if line.startswith(("same", "FAILED", "UNUSABLE"))]
