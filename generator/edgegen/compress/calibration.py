"""The inputs that int8 is calibrated with: a folder of pictures through the model's own preprocessing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from edgegen.errors import SourceError
from edgegen.spec.model_spec import ImageInput, ModelSpec

if TYPE_CHECKING:
    from torch import Tensor

PICTURE_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png"})
MAX_PICTURES: Final = 500


def calibration_pictures(folder: Path) -> list[Path]:
    """The JPEG and PNG files in `folder` and below it, by their path's order, at most MAX_PICTURES spread evenly.

    Hidden files are left out. Raises SourceError when there is no such folder or no picture in it.
    """
    where = str(folder)
    if not folder.exists():
        raise SourceError("there is no such folder of calibration pictures", where=where, hint="Check --calibration")
    if not folder.is_dir():
        raise SourceError(
            "is a file, a folder of calibration pictures was expected",
            where=where,
            hint="Give the folder that holds it",
        )
    found = sorted(
        (path for path in folder.rglob("*") if path.suffix.lower() in PICTURE_SUFFIXES and _is_shown(path, folder)),
        key=lambda path: path.relative_to(folder).as_posix(),
    )
    if not found:
        raise SourceError(
            "holds no picture to calibrate with",
            where=where,
            hint="Put some tens of typical pictures (.jpg, .png) into it, or use --quantize dynamic "
            "(for Core ML, int8-weights)",
        )
    if len(found) <= MAX_PICTURES:
        return found
    return [found[index * len(found) // MAX_PICTURES] for index in range(MAX_PICTURES)]


def calibration_inputs(spec: ModelSpec, folder: Path) -> list[tuple[Tensor, ...]]:
    """The model's inputs for each calibration picture, in order; tensor inputs get made-up values, a new set each time.

    Raises SourceError for a picture that cannot be read: a silent gap would change the result from run to run.
    """
    from edgegen.reference.decode import decode
    from edgegen.reference.pipeline import tensor_for
    from edgegen.sources.examples import example_inputs
    from edgegen.spec.plan import lower

    if not spec.image_inputs:
        raise SourceError(
            "the model has no picture input, so pictures cannot calibrate it",
            where=str(folder),
            hint="Use --quantize dynamic (for Core ML, int8-weights)",
        )
    plans = {item.name: lower(item) for item in spec.image_inputs}
    samples = []
    for index, path in enumerate(calibration_pictures(folder)):
        picture = decode(path)
        numbers = example_inputs(spec, seed=index)
        samples.append(
            tuple(
                tensor_for(plans[item.name], picture) if isinstance(item, ImageInput) else number
                for item, number in zip(spec.inputs, numbers, strict=True)
            )
        )
    return samples


def _is_shown(path: Path, folder: Path) -> bool:
    return not any(part.startswith(".") for part in path.relative_to(folder).parts) and path.is_file()
