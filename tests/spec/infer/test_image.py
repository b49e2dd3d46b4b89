"""Transforms are read class by class: what is accepted has the object's own bits, what is not is refused by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
import torch
import torchvision
from PIL import Image
from torch import nn
from torchvision import transforms as v1
from torchvision import tv_tensors
from torchvision.transforms import InterpolationMode, v2

from edgegen.reference import truth
from edgegen.spec.infer import UnsupportedTransform, infer_image_input
from edgegen.spec.infer.handlers import HANDLERS
from edgegen.spec.infer.image import label_of
from edgegen.spec.steps import CenterCrop, Color, Filter, Normalize, Pad, Rescale, Resize, ToFloat
from tests.spec.specs import IMAGENET_MEAN, IMAGENET_STD, plain_input

MEAN, STD = list(IMAGENET_MEAN), list(IMAGENET_STD)
SMALL = (10, 12)

SUPPORTED: dict[str, Any] = {
    "v1 classic": lambda: v1.Compose([v1.Resize(40), v1.CenterCrop(32), v1.ToTensor(), v1.Normalize(MEAN, STD)]),
    "v2 classic": lambda: v2.Compose(
        [v2.Resize(40), v2.CenterCrop(32), v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize(MEAN, STD)]
    ),
    "v1 bytes to floats": lambda: v1.Compose(
        [v1.Resize(SMALL), v1.PILToTensor(), v1.ConvertImageDtype(torch.float32), v1.Normalize(MEAN, STD)]
    ),
    "v1 half": lambda: v1.Compose([v1.Resize(SMALL), v1.PILToTensor(), v1.ConvertImageDtype(torch.float16)]),
    "v2 half": lambda: v2.Compose(
        [v2.Resize(SMALL), v2.ToImage(), v2.ToDtype(torch.float16, scale=True), v2.Normalize(MEAN, STD)]
    ),
    "v2 half at the end": lambda: v2.Compose(
        [v2.Resize(SMALL), v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.ToDtype(torch.float16)]
    ),
    "v2 unscaled": lambda: v2.Compose(
        [v2.Resize(SMALL), v2.PILToTensor(), v2.ToDtype(torch.float32), v2.Normalize([127.0] * 3, [128.0] * 3)]
    ),
    "v2 dtype by type": lambda: v2.Compose(
        [v2.Resize(SMALL), v2.ToImage(), v2.ToDtype({tv_tensors.Image: torch.float32, "others": None}, scale=True)]
    ),
    "v2 dtype for others": lambda: v2.Compose(
        [v2.Resize(SMALL), v2.ToImage(), v2.ToPureTensor(), v2.ToDtype({"others": torch.float32}, scale=True)]
    ),
    "v2 convert dtype": lambda: v2.Compose([v2.Resize(SMALL), v2.PILToTensor(), v2.ConvertImageDtype()]),
    "v2 to tensor": lambda: v2.Compose([v2.Resize(SMALL), v2.ToTensor(), v2.ToTensor(), v2.ToImage()]),
    "v2 dtype before the tensor is nothing": lambda: v2.Compose(
        [v2.Resize(SMALL), v2.ToDtype(torch.float32, scale=True), v2.ToImage(), v2.ToDtype(torch.float32, scale=True)]
    ),
    "uint8": lambda: nn.Sequential(v2.Resize(SMALL), v2.PILToTensor()),
    "nested": lambda: v1.Compose([v1.Compose([v1.Compose([v1.Resize(SMALL)])]), nn.Sequential(v2.ToImage())]),
    "identities": lambda: v2.Compose([v2.Identity(), v2.RGB(), nn.Identity(), v2.Resize(SMALL), v2.ToImage()]),
    "picture again": lambda: v2.Compose([v2.ToImage(), v2.ToPILImage(), v2.Resize(SMALL), v2.PILToTensor()]),
    "gray": lambda: v1.Compose([v1.Grayscale(), v1.Resize(SMALL), v1.ToTensor(), v1.Normalize([0.5], [0.5])]),
    "gray at the end": lambda: v1.Compose([v1.Resize(SMALL), v1.Grayscale(), v1.ToTensor()]),
    "gray of three": lambda: v1.Compose([v1.Grayscale(3), v1.Resize(SMALL), v1.ToTensor()]),
    "gray twice": lambda: v2.Compose([v2.Grayscale(1), v2.Resize(SMALL), v2.Grayscale(3), v2.ToImage()]),
    "gray to RGB": lambda: v2.Compose([v2.Grayscale(1), v2.Resize(SMALL), v2.RGB(), v2.ToImage()]),
    "gray tensor to RGB": lambda: v2.Compose([v2.Grayscale(1), v2.Resize(SMALL), v2.ToImage(), v2.RGB()]),
    "one mean for all": lambda: v1.Compose([v1.Resize(SMALL), v1.ToTensor(), v1.Normalize([0.5], [0.25])]),
    "a mean that is no list": lambda: v1.Compose(
        [v1.Grayscale(), v1.Resize(SMALL), v1.ToTensor(), v1.Normalize((0.1307), (0.3081))]
    ),
    "a mean that is a scalar tensor": lambda: v1.Compose(
        [v1.Resize(SMALL), v1.ToTensor(), v1.Normalize(torch.tensor(0.5), torch.tensor(0.25))]
    ),
    "means in a tensor": lambda: v1.Compose(
        [v1.Resize(SMALL), v1.ToTensor(), v1.Normalize(torch.tensor(MEAN), torch.tensor(STD))]
    ),
    "normalised twice": lambda: v1.Compose(
        [v1.Resize(SMALL), v1.ToTensor(), v1.Normalize(MEAN, STD), v1.Normalize([0.1], [2.0])]
    ),
    "crop of bytes": lambda: v1.Compose([v1.Resize(20), v1.PILToTensor(), v1.CenterCrop(32)]),
    "crop of floats": lambda: v1.Compose([v1.Resize(20), v1.ToTensor(), v1.CenterCrop((31, 33))]),
    "crop after normalize": lambda: v1.Compose(
        [v1.Resize(20), v1.ToTensor(), v1.Normalize(MEAN, STD), v1.CenterCrop((20, 19))]
    ),
    "crop after pad and normalize": lambda: v1.Compose(
        [v1.Resize(20), v1.Pad(3), v1.ToTensor(), v1.Normalize(MEAN, STD), v1.CenterCrop(26)]
    ),
    "crop of one number": lambda: v1.Compose([v1.CenterCrop([21]), v1.ToTensor()]),
    "pad": lambda: v1.Compose([v1.Resize(SMALL), v1.Pad(2, fill=7), v1.ToTensor()]),
    "pad of two": lambda: v1.Compose([v1.Resize(SMALL), v1.Pad((1, 2), fill=(1, 2, 3)), v1.ToTensor()]),
    "pad of four": lambda: v2.Compose([v2.Resize(SMALL), v2.Pad([1, 2, 3, 4], fill=[9, 8, 7]), v2.ToImage()]),
    "pad of gray": lambda: v1.Compose([v1.Grayscale(), v1.Resize(SMALL), v1.Pad(1, fill=7), v1.ToTensor()]),
    "pad of bytes": lambda: v1.Compose([v1.Resize(SMALL), v1.PILToTensor(), v1.Pad(2, fill=7)]),
    "pad of floats": lambda: v1.Compose([v1.Resize(SMALL), v1.ToTensor(), v1.Pad(2)]),
    "max size": lambda: v1.Compose([v1.Resize(20, max_size=25), v1.CenterCrop(20), v1.ToTensor()]),
    "no antialias": lambda: v1.Compose([v1.Resize(SMALL, antialias=False), v1.ToTensor()]),
    "a resize of a tensor that is nothing": lambda: v1.Compose([v1.Resize(SMALL), v1.ToTensor(), v1.Resize(SMALL)]),
    "preset": lambda: torchvision.models.MobileNet_V3_Small_Weights.IMAGENET1K_V1.transforms(),
    "weights": lambda: torchvision.models.MobileNet_V3_Small_Weights.IMAGENET1K_V1,
    "preset not called": lambda: torchvision.models.ViT_B_16_Weights.IMAGENET1K_SWAG_E2E_V1.transforms,
}
for mode in InterpolationMode:
    SUPPORTED[f"v1 {mode.value}"] = partial(lambda m: v1.Compose([v1.Resize(SMALL, m), v1.ToTensor()]), mode)
    SUPPORTED[f"v2 {mode.value}"] = partial(lambda m: v2.Compose([v2.Resize(SMALL, m.value), v2.ToImage()]), mode)
for resampling in Filter:
    SUPPORTED[f"number of {resampling}"] = partial(
        lambda r: v1.Compose([v1.Resize(SMALL, int(Image.Resampling[r.name])), v1.ToTensor()]), resampling
    )


@pytest.mark.filterwarnings("ignore:The transform `ToTensor", "ignore:Anti-alias option")
@pytest.mark.parametrize("case", SUPPORTED)
def test_what_is_inferred_has_the_bits_of_the_object(case: str) -> None:
    """The made-up pictures of `truth` have every level and awkward sizes; photos add nothing here."""
    transform = SUPPORTED[case]()
    found = infer_image_input(transform)
    truth.check(transform, found, [])
    picture = next(truth.probe_pictures())[1]
    if callable(transform) and not isinstance(transform, partial):
        assert found.shape == (1, *transform(picture).shape)


def test_all_classifiers_of_torchvision_have_presets_that_are_read() -> None:
    for name in torchvision.models.list_models(module=torchvision.models):
        for weights in torchvision.models.get_model_weights(name):
            transform = weights.transforms()
            found = infer_image_input(transform)
            assert found.shape == (1, 3, transform.crop_size[0], transform.crop_size[0]), weights


def test_the_steps_read_like_the_transform() -> None:
    assert infer_image_input(
        v1.Compose([v1.Resize(256), v1.CenterCrop(224), v1.ToTensor(), v1.Normalize(MEAN, STD)])
    ) == (plain_input())
    scaled = infer_image_input(SUPPORTED["v2 classic"](), name="photo")
    assert scaled.name == "photo"
    assert scaled.steps[2:] == (ToFloat(1.0), Rescale(1 / 255), Normalize(IMAGENET_MEAN, IMAGENET_STD))
    assert infer_image_input(SUPPORTED["gray to RGB"]()).steps[0] == Color("gray", 3)
    assert infer_image_input(SUPPORTED["pad of two"]()).steps[1] == Pad(1, 2, 1, 2, (1, 2, 3))
    assert infer_image_input(SUPPORTED["crop of floats"]()).steps == (
        Resize(20, Filter.BILINEAR),
        CenterCrop((31, 33)),
        ToFloat(),
    )


class MyResize(v1.Resize):
    """A subclass, which may do anything."""


class MyTransform:
    """A class of the user's."""

    def __call__(self, picture: Image.Image) -> Image.Image:
        return picture


def swap(picture: Image.Image) -> Image.Image:
    return picture


def chain(*items: Any) -> v1.Compose:
    return v1.Compose([*items])


TO = v1.ToTensor()
# (transform, place, in the problem, in the hint)
REFUSED: dict[str, tuple[Any, str, str, str]] = {
    "tensor resize, v1": (chain(TO, v1.Resize(SMALL)), "Compose[1]: Resize", "resizes a tensor", "Move Resize before"),
    "tensor resize, v2": (
        v2.Compose([v2.ToImage(), v2.Resize(SMALL)]),
        "Compose[1]: Resize",
        "resizes a tensor",
        "Move Resize before the conversion",
    ),
    "tensor gray": (chain(v1.Resize(SMALL), TO, v1.Grayscale()), "Compose[2]: Grayscale", "other weights", "Move"),
    "lambda": (chain(TO, v1.Lambda(lambda x: x)), "Compose[1]: Lambda", "runs Python code", "by hand"),
    "v2 lambda": (v2.Lambda(lambda x: x), "Lambda", "runs Python code", "by hand"),
    "function": (chain(swap), "Compose[0]: function", "swap is a function of Python's", "by hand"),
    "own class": (chain(MyTransform()), "Compose[0]: MyTransform", "not a transform that edgegen knows", "by hand"),
    "subclass": (chain(chain(MyResize(3))), "Compose[0][0]: MyResize", "is a Resize of your own", "by hand"),
    "a class": (chain(v1.ToTensor), "Compose[0]: type", "ToTensor is a class, not an object", "ToTensor("),
    "a number": (5, "int", "is not a transform", ""),
    "no tensor": (chain(v1.Resize(SMALL)), "Compose", "ends with a picture", "End it with ToTensor"),
    "no fixed size": (chain(v1.Resize(9), TO), "Compose", "depends on the photo", "CenterCrop"),
    "detection": (
        torchvision.models.detection.RetinaNet_ResNet50_FPN_Weights.DEFAULT.transforms(),
        "ObjectDetection",
        "keeps every photo's own size",
        "one size",
    ),
    "segmentation": (
        torchvision.models.segmentation.LRASPP_MobileNet_V3_Large_Weights.DEFAULT.transforms(),
        "SemanticSegmentation",
        "depends on the photo",
        "",
    ),
    "long side": (v2.Compose([v2.Resize(None, max_size=9), TO]), "Compose[0]: Resize", "size=None", "pad"),
    "max_size and both": (v2.Compose([v2.Resize(SMALL, max_size=9), TO]), "Compose[0]: Resize", "max_size goes", ""),
    "max_size too small": (chain(v1.Resize(9, max_size=9), v1.CenterCrop(3), TO), "resize", "not above", ""),
    "interpolation": (chain(v2.Resize(SMALL, 9), TO), "Compose[0]: Resize", "interpolation 9", "bilinear"),
    "reflect": (chain(v1.Pad(1, padding_mode="reflect")), "Compose[0]: Pad", "padding_mode 'reflect'", "constant"),
    "negative pad": (chain(v1.Pad(-1)), "Compose[0]: Pad", "is negative", "CenterCrop"),
    "fill by type": (v2.Compose([v2.Pad(1, fill={Image.Image: 3})]), "Compose[0]: Pad", "fill by type", ""),
    "fill above 255": (chain(v1.Pad(1, fill=300)), "Compose[0]: Pad", "no colour", "0..255"),
    "coloured fill on gray": (chain(v1.Grayscale(), v1.Pad(1, fill=(1, 2, 3))), "Compose[1]: Pad", "is gray", "one"),
    "colour on a tensor": (
        v2.Compose([v1.PILToTensor(), v1.Pad(1, fill=(1, 2, 3)), v2.ToDtype(torch.float32)]),
        "Compose[1]: Pad",
        "pads a tensor with a colour",
        "one level",
    ),
    "float fill": (chain(TO, v1.Pad(1, fill=0.5)), "Compose[1]: Pad", "pads a float tensor", "Move Pad before"),
    "pad after normalize": (
        chain(v1.Resize(SMALL), TO, v1.Normalize(MEAN, STD), v1.Pad(1)),
        "Compose[3]: Pad",
        "pads a float tensor",
        "Move Pad",
    ),
    "crop that pads after normalize": (
        chain(v1.Resize(9), TO, v1.Normalize(MEAN, STD), v1.CenterCrop(10)),
        "Compose[3]: CenterCrop",
        "0 is no longer black",
        "Move CenterCrop",
    ),
    "normalize of bytes": (v2.Compose([v2.ToImage(), v2.Normalize(MEAN, STD)]), "[1]: Normalize", "gets integers", ""),
    "normalize of a picture": (chain(v1.Normalize(MEAN, STD)), "Compose[0]: Normalize", "gets a picture", "after"),
    "two means": (chain(TO, v1.Normalize([0.5, 0.5], [1, 1])), "Compose[1]: Normalize", "2 numbers for 3", "one"),
    "std of 0": (chain(TO, v1.Normalize([0.5], [0])), "Compose[1]: Normalize", "std has a 0", "above 0"),
    "float64": (v2.Compose([v2.ToImage(), v2.ToDtype(torch.float64)]), "[1]: ToDtype", "torch.float64", "float32"),
    "bfloat16": (chain(TO, v1.ConvertImageDtype(torch.bfloat16)), "[1]: ConvertImageDtype", "bfloat16", "float32"),
    "back to bytes": (chain(TO, v1.ConvertImageDtype(torch.uint8)), "[1]: ConvertImageDtype", "back to integers", ""),
    "half in between": (
        v2.Compose([TO, v2.ToDtype(torch.float16), v2.Normalize(MEAN, STD)]),
        "Compose[2]: Normalize",
        "after the conversion to float16",
        "last",
    ),
    "to and fro": (
        v2.Compose([TO, v2.ToDtype(torch.float16), v2.ToDtype(torch.float32)]),
        "Compose[2]: ToDtype",
        "twice",
        "once",
    ),
    "v1 twice to tensor": (chain(TO, TO), "Compose[1]: ToTensor", "gets a tensor", "once"),
    "v1 convert of a picture": (
        chain(v1.ConvertImageDtype(torch.float32)),
        "ConvertImageDtype",
        "gets a picture",
        "PILToTensor",
    ),
    "v1 to picture": (chain(v1.ToPILImage()), "Compose[0]: ToPILImage", "comes as a picture", "Leave it out"),
    "v2 floats to picture": (v2.Compose([TO, v2.ToPILImage()]), "ToPILImage", "back into a picture", ""),
    "dtype by another type": (
        v2.Compose([v2.ToImage(), v2.ToDtype({torch.Tensor: torch.float32})]),
        "[1]: ToDtype",
        "no dtype for Image",
        "",
    ),
    "a mean of words": (chain(TO, v1.Normalize(["a"], [1.0])), "Compose[1]: Normalize", "an argument", "by hand"),
    "blur": (chain(v1.GaussianBlur(3)), "Compose[0]: GaussianBlur", "blur", "Leave it out"),
    "ten crops": (chain(v1.TenCrop(3)), "Compose[0]: TenCrop", "ten pictures", "CenterCrop"),
    "RandomApply, always": (v2.RandomApply([v2.Resize(3)], p=1.0), "RandomApply", "is random", "evaluation"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_by_name(case: str) -> None:
    transform, place, problem, hint = REFUSED[case]
    with pytest.raises(UnsupportedTransform) as failure:
        infer_image_input(transform)
    assert place in str(failure.value.where)
    assert problem in failure.value.problem
    assert hint in failure.value.hint


RANDOM: Sequence[object] = (
    *(v1.RandomResizedCrop(8), v1.RandomHorizontalFlip(), v1.RandomCrop(8), v1.ColorJitter(), v1.AutoAugment()),
    *(v1.RandAugment(), v1.TrivialAugmentWide(), v1.AugMix(), v1.RandomErasing(), v1.RandomGrayscale()),
    *(v2.RandomResizedCrop(8), v2.RandomHorizontalFlip(), v2.ColorJitter(), v2.AutoAugment(), v2.MixUp(num_classes=2)),
    *(v2.CutMix(num_classes=2), v2.RandomErasing(), v2.GaussianNoise(), v2.JPEG(50), v2.ElasticTransform()),
)


@pytest.mark.parametrize("transform", RANDOM, ids=lambda t: label_of(t))
def test_training_transforms_are_refused_with_the_advice_to_give_evaluation(transform: object) -> None:
    with pytest.raises(UnsupportedTransform) as failure:
        infer_image_input(v1.Compose([transform, v1.ToTensor()]))
    assert f"Compose[0]: {type(transform).__name__}" in str(failure.value.where)
    assert "is random, for training" in failure.value.problem
    assert "evaluation" in failure.value.hint


@pytest.mark.parametrize("module", [v1, v2], ids=["v1", "v2"])
def test_every_class_of_torchvision_is_read_or_refused_by_name(module: Any) -> None:
    """No class is passed over: each exported one has a handler, or its instance is refused."""
    label = "v1" if module is v1 else "v2"
    no_transforms = {"Compose", "Transform", "InterpolationMode", "AutoAugmentPolicy"}
    kinds = [getattr(module, name) for name in dir(module) if name not in no_transforms]
    unread = [k for k in kinds if isinstance(k, type) and f"{label}.{k.__name__}" not in HANDLERS]
    assert len(unread) > 20
    for kind in unread:
        with pytest.raises(UnsupportedTransform, match=kind.__name__):
            infer_image_input(v1.Compose([kind.__new__(kind)]))


def test_hints_of_the_model_are_held_against_the_transform() -> None:
    transform = SUPPORTED["v1 classic"]()
    infer_image_input(transform, shape_hint=(1, 3, 32, 32), dtype_hint="float32")
    with pytest.raises(UnsupportedTransform, match=r"shape \[1, 3, 32, 32\], the model takes \[1, 3, 64, 64\]"):
        infer_image_input(transform, shape_hint=(1, 3, 64, 64))
    with pytest.raises(UnsupportedTransform, match="makes float32, the model takes float16"):
        infer_image_input(transform, dtype_hint="float16")
