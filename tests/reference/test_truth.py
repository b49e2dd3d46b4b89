"""The user's object decides: every change of a step or constant is found, with the stage, pixel and bits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
import torchvision
from PIL import Image
from torchvision import transforms as v1
from torchvision.transforms import v2

from edgegen.errors import TransformError
from edgegen.reference import truth
from edgegen.reference.photos import bundled_photos
from edgegen.reference.truth import TransformMismatch
from edgegen.spec.model_spec import ImageInput
from edgegen.spec.steps import CenterCrop, Color, Filter, Normalize, Pad, Rescale, Resize, ToFloat
from tests.spec.specs import IMAGENET_MEAN, IMAGENET_STD

MEAN, STD = list(IMAGENET_MEAN), list(IMAGENET_STD)
OBJECT = v1.Compose([v1.Resize(40), v1.CenterCrop(33), v1.ToTensor(), v1.Normalize(MEAN, STD)])
RESIZE, CROP, FLOAT = Resize(40, Filter.BILINEAR), CenterCrop((33, 33)), ToFloat()
NORMALIZE = Normalize(IMAGENET_MEAN, IMAGENET_STD)
PLAN = ImageInput("image", (1, 3, 33, 33), steps=(RESIZE, CROP, FLOAT, NORMALIZE))


def with_steps(*steps: Any, **changes: Any) -> ImageInput:
    return replace(PLAN, steps=steps, **changes)


def test_the_object_itself_agrees_on_every_photo() -> None:
    truth.check(OBJECT, PLAN, bundled_photos())


MUTATIONS: dict[str, tuple[ImageInput, str]] = {
    "filter": (with_steps(Resize(40, Filter.BICUBIC), CROP, FLOAT, NORMALIZE), "1_resize"),
    "nearest": (with_steps(Resize(40, Filter.NEAREST), CROP, FLOAT, NORMALIZE), "1_resize"),
    "short side": (with_steps(Resize(41, Filter.BILINEAR), CROP, FLOAT, NORMALIZE), "tensor"),
    "stretched": (with_steps(Resize((40, 40), Filter.BILINEAR), CROP, FLOAT, NORMALIZE), "tensor"),
    "no resize": (with_steps(CROP, FLOAT, NORMALIZE), "tensor"),
    "crop moved": (
        with_steps(Pad(1, 0, 0, 0), RESIZE, CROP, FLOAT, NORMALIZE),
        "tensor",
    ),
    "channel order": (with_steps(Color("BGR"), RESIZE, CROP, FLOAT, NORMALIZE), "tensor"),
    "gray": (with_steps(Color("gray", 3), RESIZE, CROP, FLOAT, NORMALIZE), "tensor"),
    "mean": (with_steps(RESIZE, CROP, FLOAT, Normalize((0.485, 0.456, 0.4061), IMAGENET_STD)), "tensor"),
    "std": (with_steps(RESIZE, CROP, FLOAT, Normalize(IMAGENET_MEAN, (0.229, 0.224, 0.226))), "tensor"),
    "last bit": (with_steps(RESIZE, CROP, ToFloat(1.0), Rescale(1 / 255), NORMALIZE), "tensor"),
    "scale": (with_steps(RESIZE, CROP, ToFloat(256.0), NORMALIZE), "tensor"),
    "half": (with_steps(RESIZE, CROP, ToFloat(255.0, "float16"), NORMALIZE), "tensor"),
    "dtype": (with_steps(RESIZE, CROP, FLOAT, NORMALIZE, dtype="float16"), "tensor"),
    "layout": (with_steps(RESIZE, CROP, FLOAT, NORMALIZE, layout="NHWC", shape=(1, 33, 33, 3)), "tensor"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_mutation_is_found_at_its_stage(name: str) -> None:
    mutant, stage = MUTATIONS[name]
    with pytest.raises(TransformMismatch) as failure:
        truth.check(OBJECT, mutant, bundled_photos()[:2])
    assert failure.value.stage == stage
    assert failure.value.exit_code == TransformError.exit_code
    assert "inputs.image" in str(failure.value.where)


def test_a_preset_is_one_object_and_still_has_its_stages_named() -> None:
    preset = torchvision.models.MobileNet_V3_Small_Weights.IMAGENET1K_V1.transforms()
    steps = (Resize(256, Filter.BILINEAR), CenterCrop((224, 224)), FLOAT, NORMALIZE)
    good = ImageInput("image", (1, 3, 224, 224), steps=steps)
    truth.check(preset, good, bundled_photos()[:2])
    with pytest.raises(TransformMismatch) as failure:
        truth.check(preset, replace(good, steps=(Resize(256, Filter.BICUBIC), *steps[1:])), bundled_photos()[:2])
    assert failure.value.stage == "1_resize"


def test_an_older_pillow_is_asked_in_its_own_order_and_shows_on_a_tall_picture() -> None:
    old = replace(PLAN, pillow=12)
    truth.check(OBJECT, old, bundled_photos())
    tall = dict(truth.probe_pictures())["made-up noise 97x400"]
    new_bits = OBJECT(tall).numpy()[None]
    old_bits = truth.run_stages(old, tall)[-1].array
    assert not np.array_equal(new_bits, old_bits), "the pass order must show, or the check above shows nothing"


def test_the_message_names_stage_pixel_channel_and_both_values_with_bits() -> None:
    def one_off(picture: Image.Image) -> torch.Tensor:
        tensor = OBJECT(picture)
        tensor[1, 2, 3] += 1
        return tensor

    with pytest.raises(TransformMismatch) as failure:
        truth.check(one_off, PLAN, bundled_photos()[:1])
    problem = failure.value.problem
    assert "stage tensor differs from the plan at index [0, 1, 2, 3]" in problem
    assert problem.count("(0x") == 2
    assert "1 of 3267 values differ" in problem
    assert failure.value.photo == "astronaut.jpg"


def test_a_byte_of_a_stage_is_named_by_row_column_and_colour() -> None:
    with pytest.raises(
        TransformMismatch, match=r"at row \d+, column \d+, (red|green|blue): the transform gives \d+ \(0x"
    ):
        truth.check(OBJECT, MUTATIONS["filter"][0], bundled_photos()[:1])


def test_minus_zero_is_another_bit_pattern() -> None:
    steps = (CROP, ToFloat(1.0))
    negative = v2.Compose(
        [v2.CenterCrop(33), v2.PILToTensor(), v2.ToDtype(torch.float32), v2.Lambda(lambda x: -(-x + 0.0))]
    )
    with pytest.raises(TransformMismatch, match=r"0x80000000"):
        truth.check(negative, replace(PLAN, steps=steps), [])


def test_a_hand_written_spec_is_held_against_a_function() -> None:
    def prepare(picture: Image.Image) -> torch.Tensor:
        small = np.asarray(picture.resize((33, 33), Image.Resampling.BICUBIC))[:, :, ::-1]
        return torch.from_numpy(small.copy()).permute(2, 0, 1)[None].float() / 255

    good = with_steps(Color("BGR"), Resize((33, 33), Filter.BICUBIC), FLOAT)
    truth.check(prepare, good, bundled_photos()[:3])
    with pytest.raises(TransformMismatch):
        truth.check(prepare, with_steps(Resize((33, 33), Filter.BICUBIC), FLOAT), bundled_photos()[:3])


def test_numpy_results_and_a_batch_dimension_are_taken_as_they_are() -> None:
    truth.check(lambda picture: OBJECT(picture)[None].numpy(), PLAN, [])


@pytest.mark.parametrize(
    ("transform", "problem"),
    [
        (
            v1.Compose([v1.RandomCrop(3, pad_if_needed=True), v1.Resize((33, 33)), v1.ToTensor()]),
            "another tensor each time",
        ),
        (v1.Resize((33, 33)), "gives a Image, not a tensor"),
        (v1.Compose([v1.PILToTensor(), v1.PILToTensor()]), "fails: TypeError"),
        (5, "is a int, not a transform"),
        (lambda picture: torch.zeros(1, 3, 32, 33), r"gives shape \[1, 3, 32, 33\], the plan \[1, 3, 33, 33\]"),
        (lambda picture: torch.zeros(3, 33, 33, dtype=torch.float64), "gives float64, the plan float32"),
    ],
)
def test_what_cannot_be_compared_says_why(transform: Any, problem: str) -> None:
    with pytest.raises(TransformError, match=problem):
        truth.check(transform, PLAN, bundled_photos()[:1])


def test_the_made_up_pictures_hold_every_level_of_every_channel() -> None:
    first = np.asarray(next(truth.probe_pictures())[1])
    assert all(len(np.unique(first[:, :, channel])) == 256 for channel in range(3))
