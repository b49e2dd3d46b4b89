"""The platform android: which overlays make which project, and where its person begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from edgegen.platforms import PLATFORMS, get_platform
from edgegen.platforms.android import Android
from edgegen.spec.model_spec import (
    AppSection,
    ClassificationOutput,
    ExportSection,
    ImageInput,
    Input,
    ModelSection,
    ModelSpec,
    Output,
    TensorInput,
    TensorOutput,
)

PICTURE = ImageInput("image", (1, 3, 8, 8))
NUMBERS = TensorInput("x", (1, 4))
SCORES = ClassificationOutput("logits")
VALUES = TensorOutput("y", (1, 4))


def spec_of(inputs: tuple[Input, ...], outputs: tuple[Output, ...], runtime: str = "executorch") -> ModelSpec:
    return ModelSpec(
        ModelSection("nets:any"),
        inputs,
        outputs,
        AppSection("android", "any", "org.some.where"),
        ExportSection(runtime),
    )


def names(folders: list[Path]) -> list[str]:
    return [folder.name for folder in folders]


def test_it_is_found_by_its_name() -> None:
    assert "android" in PLATFORMS
    assert isinstance(get_platform("android"), Android)


@pytest.mark.parametrize("runtime", Android.runtimes)
def test_only_the_chosen_runtime_is_in_the_project(runtime: str) -> None:
    found = names(Android().overlays(spec_of((PICTURE,), (SCORES,), runtime)))
    assert [name for name in found if name.startswith("runtime-")] == [f"runtime-{runtime}"]


@pytest.mark.parametrize(
    ("inputs", "outputs", "model"),
    [
        ((PICTURE,), (SCORES,), ["model-image", "model-scores", "model-classifier"]),
        ((PICTURE,), (VALUES,), ["model-image"]),
        ((NUMBERS,), (SCORES,), ["model-scores"]),
        ((NUMBERS,), (VALUES,), []),
        ((PICTURE, NUMBERS), (SCORES, VALUES), ["model-image", "model-scores"]),
    ],
)
def test_inputs_and_outputs_choose_the_overlays(
    inputs: tuple[Input, ...], outputs: tuple[Output, ...], model: list[str]
) -> None:
    spec = spec_of(inputs, outputs)
    folders = Android().overlays(spec)
    assert all(folder.is_dir() for folder in folders)
    assert [name for name in names(folders) if name.startswith("model-")] == model
    assert set(names(Android().module_overlays(spec))) == {"model", "runtime-executorch", *model}


def test_kernels_come_with_pictures_alone() -> None:
    kernels = "model/src/main/java/edgegen/kernels"
    assert kernels in Android().verbatim(spec_of((PICTURE,), (VALUES,)))
    assert set(Android().verbatim(spec_of((NUMBERS,), (SCORES,)))) == {"model/edgegen-plugin"}


def test_the_first_file_to_open_is_the_screen() -> None:
    steps = dict(Android().next_steps(spec_of((PICTURE,), (SCORES,)), Path("my apps/hello")))
    assert steps["Next"] == "cd 'my apps/hello' && ./gradlew installDebug"
    assert steps["Open"].endswith("app/src/main/java/org/some/where/MainActivity.java")
