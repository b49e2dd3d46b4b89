"""Transforms, labels and calibration pictures that cannot be used or do not fit the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.cases import NEW, SHELF, Case, case, check_refused

SHELF_MODEL = ("--model", "shop.net:shelf")


def transforms(name: str, found: str, code: int, *said: str) -> Case:
    """`--transforms shop.data:OBJECT` for the shelf's model, refused."""
    return case(name, (*NEW, *SHELF_MODEL, "--transforms", found), code, *said)


def labels(name: str, file: str, *said: str) -> Case:
    """`--labels FILE` for the shelf's five classes, refused."""
    return case(name, (*NEW, *SHELF, "--labels", file), 4, file, *said)


def calibration(name: str, found: str, *said: str) -> Case:
    """`--quantize int8 --calibration DIR`, refused."""
    return case(name, (*NEW, *SHELF, "--quantize", "int8", "--calibration", found), 4, found, *said)


TRANSFORMS = [
    transforms("random", "shop.data:training", 5, "RandomResizedCrop", "random", "evaluation"),
    transforms("random colours", "shop.data:jitter", 5, "ColorJitter", "random", "evaluation"),
    transforms("Lambda", "shop.data:with_lambda", 5, "Lambda", "runs Python code", "edgegen.toml"),
    transforms("resize on tensors", "shop.data:on_tensors", 5, "Resize", "before"),
    transforms("size by photo", "shop.data:endless", 5, "size depends on the photo", "CenterCrop"),
    transforms("five pictures", "shop.data:five", 5, "FiveCrop", "CenterCrop"),
    transforms("blur", "shop.data:blurred", 5, "GaussianBlur", "no blur"),
    transforms("no tensor", "shop.data:picture_only", 5, "ends with a picture", "ToTensor"),
    transforms("unknown class", "shop.data:unknown_class", 5, "Sharpen", "not a transform that edgegen knows"),
    transforms("subclass", "shop.data:own_subclass", 5, "FlippedCrop", "of your own"),
    transforms(
        "other tensors than it says", "shop.data:differs", 5, "inputs.image", "differs from the plan", "edgegen.toml"
    ),
    transforms("too small for the model", "shop.data:tiny", 4, "1x3x2x2", "transforms"),
    transforms("missing object", "shop.data:evalution", 4, "'evalution'", "Did you mean evaluation?"),
    transforms("missing module", "shop.dta:evaluation", 4, "no module shop.dta"),
    transforms("no object", "shop.data", 4, "--transforms shop.data", "package.module:object"),
    transforms("a number", "shop.data:not_a_transform", 4, "is a int, not a transform", "Compose"),
    transforms("another model's preset", "torchvision:preset", 4, "torchvision:preset", "package.module:object"),
]

LABELS = [
    labels("missing", "label.txt", "no such file", "Check the path"),
    labels("empty", "empty.txt", "holds no labels", "one label a line"),
    labels("binary", "binary.txt", "not UTF-8", "Save it as UTF-8"),
    labels("Latin-1", "latin1.txt", "not UTF-8", "Save it as UTF-8"),
    labels("one too few", "four.txt", "4 labels fit no output", "1x5", "one label to a class"),
    labels("a gap", "gap.txt", "gap.txt:2", "empty line"),
    labels("a folder", "photos", "cannot be read"),
    labels("a picture", "pictures/good.jpg", "Save it as UTF-8"),
    case(
        "no scores to label",
        (*NEW, "--model", "shop.net:TwoInTwoOut", "--input", "left=1x2", "--input", "right=1x2",
         "--labels", "four.txt"),
        4, "four.txt", "total has 1x2", "one label to a class",
    ),
]  # fmt: skip

CALIBRATION = [
    calibration("no such folder", "fotos", "no such folder", "--calibration"),
    calibration("a file", "pictures/good.jpg", "is a file", "folder"),
    calibration("no pictures", "no photos", "holds no picture", ".jpg"),
    calibration("a corrupt picture", "bad photos", "1.jpg", "cannot be decoded", "copy it again"),
    case(
        "pictures for a model of numbers",
        (*NEW, "--model", "shop.net:sensor", "--input", "x=1x16", "--quantize", "int8", "--calibration", "photos"),
        4, "photos", "no picture input", "--quantize dynamic",
    ),
]  # fmt: skip


@pytest.mark.parametrize("fault", [*TRANSFORMS, *LABELS, *CALIBRATION], ids=str)
def test_it_is_refused(fault: Case, folder: Path) -> None:
    check_refused(fault, folder)


def test_the_first_stage_and_pixel_that_differ_are_named(folder: Path) -> None:
    fault = transforms("differs", "shop.data:differs", 5, "stage tensor", "index [0, 0, 0, 0]", "the plan gives")
    check_refused(fault, folder)
