"""`export.image_input`: the model takes the picture, normalises it itself, and is a classifier in Core ML's sense."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from edgegen.errors import SpecError
from edgegen.exporters import ExportJob
from edgegen.exporters.coreml_classifier import distinct
from edgegen.exporters.coreml_picture import line_of_levels, pixels_of
from edgegen.reference.levels import level_tensor
from edgegen.spec.model_spec import ClassificationOutput, ImageInput, QuantizeMode
from edgegen.spec.steps import Color, Normalize, Quantize, Rescale, ToFloat
from edgegen.verify import compare
from edgegen.verify.compare import verification_inputs
from edgegen.verify.metrics import sqnr_db
from edgegen.verify.runner import run_module, runner_for
from edgegen.verify.runner_mlpackage import MlpackageRunner
from tests.exporters.coreml_jobs import LABELS, NETS, classes_job, demo_job, export, job, photo
from tests.exporters.packages import operations, spec_of

STEPS = (ToFloat(255.0), Normalize((0.5, 0.4, 0.3), (0.2, 0.25, 0.3)))


def changed(made: ExportJob, **changes: object) -> ExportJob:
    """`made` with other keys of its picture input."""
    picture = dataclasses.replace(made.spec.image_inputs[0], **changes)  # type: ignore[arg-type]
    return dataclasses.replace(made, spec=dataclasses.replace(made.spec, inputs=(picture,)))


def test_the_demo_as_a_picture_loses_no_more_than_as_an_array() -> None:
    made = demo_job(image_input=True)
    result = export(made)
    assert compare(made.spec, made.loaded, result.path).passed
    kind = spec_of(result.path).description.input[0].type.imageType
    assert (kind.width, kind.height, kind.ColorSpace.Name(kind.colorSpace)) == (224, 224, "RGB")
    array = export(demo_job()).report.sqnr_db
    assert array is not None
    assert result.report.sqnr_db is not None
    assert result.report.sqnr_db > array - 1.0


def test_another_scale_to_each_channel_is_in_the_graph_and_in_float32() -> None:
    made = classes_job(image_input=True)
    path = export(made).path
    samples = verification_inputs(made.spec)
    expected = torch.cat([run_module(made.loaded.module, sample)[0] for sample in samples])
    actual = torch.cat([runner_for(path).run(sample)[0] for sample in samples])
    assert sqnr_db(expected, actual) > 60.0
    first = next(op for op in operations(path) if op.type in ("mul", "add", "batch_norm", "cast"))
    assert first.type != "cast"


def test_a_classifier_gives_probabilities_each_under_a_name_of_its_own() -> None:
    """Without the softmax in the graph Core ML would call the raw scores probabilities, and merge the two cranes."""
    made = classes_job(image_input=True)
    path = export(made).path
    description = spec_of(path).description
    assert description.predictedFeatureName == "classLabel"
    assert [item.name for item in description.output] == ["classLabel", "classLabel_probs", "scores"]
    runner = runner_for(path)
    assert isinstance(runner, MlpackageRunner)
    for sample in verification_inputs(made.spec)[:3]:
        found = runner.classify(sample)
        assert found is not None
        assert list(found) == ["crane (0)", "cup", "(2)", "crane (3)", "dog"]
        expected = run_module(made.loaded.module, sample)[0].softmax(-1).flatten()
        torch.testing.assert_close(torch.tensor(list(found.values())), expected, atol=2e-3, rtol=0)


@pytest.mark.parametrize("activation", ["sigmoid", "none"])
def test_probabilities_are_by_the_activation_of_the_spec(activation: str) -> None:
    made = classes_job(image_input=True)
    # By a name that one might think is taken.
    output = ClassificationOutput("probabilities", "labels.txt", activation)  # type: ignore[arg-type]
    made = dataclasses.replace(made, spec=dataclasses.replace(made.spec, outputs=(output,)))
    runner = runner_for(export(made).path)
    assert isinstance(runner, MlpackageRunner)
    (sample,) = verification_inputs(made.spec)[:1]
    scores = run_module(made.loaded.module, sample)[0].flatten()
    found = runner.classify(sample)
    assert found is not None
    expected = scores.sigmoid() if activation == "sigmoid" else scores
    torch.testing.assert_close(torch.tensor(list(found.values())), expected, atol=2e-2, rtol=1e-2)


@pytest.mark.parametrize(
    "changes",
    [
        {"steps": (Color("BGR"), *photo(32).steps)},
        {"steps": (Color("gray", 3), *photo(32).steps)},
    ],
    ids=["BGR", "gray three times"],
)
def test_other_orders_of_channels(changes: dict[str, object]) -> None:
    made = changed(classes_job(image_input=True), **changes)
    path = export(made).path
    (sample,) = verification_inputs(made.spec)[:1]
    expected, actual = run_module(made.loaded.module, sample)[0], runner_for(path).run(sample)[0]
    assert sqnr_db(expected, actual) > 55.0
    kind = spec_of(path).description.input[0].type.imageType
    order = made.spec.image_inputs[0].color.order
    assert kind.ColorSpace.Name(kind.colorSpace) == ("GRAYSCALE" if order == "gray" else order)


def test_channels_last() -> None:
    picture = dataclasses.replace(photo(32), shape=(1, 32, 32, 3), layout="NHWC")
    made = job(f"{NETS}:Planes", picture, image_input=True)
    (sample,) = verification_inputs(made.spec)[:1]
    expected, actual = run_module(made.loaded.module, sample)[0], runner_for(export(made).path).run(sample)[0]
    torch.testing.assert_close(actual, expected, atol=2e-3, rtol=0)


@pytest.mark.parametrize("mode", ["int8", "palette6"])
def test_a_picture_with_compressed_weights(mode: QuantizeMode) -> None:
    made = classes_job(mode, image_input=True)
    result = export(made)
    assert spec_of(result.path).description.predictedFeatureName == "classLabel"
    assert result.report.sqnr_db is not None
    assert result.report.sqnr_db > 30.0


@pytest.mark.parametrize(
    "steps",
    [STEPS, (ToFloat(1.0), Rescale(2 / 255, -1.0)), (ToFloat(127.5), Rescale(1.0, -1.0), STEPS[1])],
)
def test_the_line_of_levels_is_the_table_of_levels(steps: tuple[ToFloat, ...]) -> None:
    item = ImageInput("image", (1, 3, 8, 8), steps=steps)
    factors, offsets = (torch.tensor(values, dtype=torch.float64)[:, None] for values in line_of_levels(item))
    bytes_ = torch.arange(256, dtype=torch.float64)
    torch.testing.assert_close(bytes_ * factors + offsets, level_tensor(item).double(), atol=1e-6, rtol=0)


@pytest.mark.parametrize("layout", ["NCHW", "NHWC"])
def test_the_picture_is_found_again_in_its_tensor(layout: str) -> None:
    shape = (1, 3, 16, 16) if layout == "NCHW" else (1, 16, 16, 3)
    item = ImageInput("image", shape, layout=layout, steps=STEPS)  # type: ignore[arg-type]
    pixels = torch.randint(256, (1, 3, 16, 16), generator=torch.Generator().manual_seed(1))
    table = level_tensor(item)
    tensor = torch.stack([table[channel][pixels[0, channel]] for channel in range(3)])[None]
    given = tensor if layout == "NCHW" else tensor.permute(0, 2, 3, 1)
    assert torch.equal(pixels_of(given, item), pixels.float())


def test_labels_stay_in_their_order_and_are_each_once() -> None:
    assert distinct(LABELS) == ["crane (0)", "cup", "(2)", "crane (3)", "dog"]
    assert distinct(["a", "a", "a (0)"]) == ["a (0)'", "a (1)", "a (0)"]
    assert distinct(["a", "b"]) == ["a", "b"]


def test_a_quantised_picture_is_refused() -> None:
    made = classes_job(image_input=True)
    steps = (*photo(32).steps, Quantize(0.02, 0))
    with pytest.raises(SpecError, match=r"export.image_input: inputs.image is quantised"):
        export(changed(made, steps=steps))


def test_a_model_of_numbers_has_no_picture() -> None:
    made = classes_job(image_input=True)
    spec = dataclasses.replace(made.spec, inputs=())
    with pytest.raises(SpecError, match="the model takes no picture"):
        export(dataclasses.replace(made, spec=spec))
