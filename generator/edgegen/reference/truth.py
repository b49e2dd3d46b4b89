"""The user's own transform object is the truth: run on photos, its tensor must have the plan's bits.

A difference is refused with the first stage, pixel and channel that differ and both values with their bits. Besides
the photos a few made-up pictures are tried: every level, odd, tall, wide and tiny sizes.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgegen.errors import TransformError
from edgegen.reference.decode import PictureError, decode
from edgegen.reference.pipeline import Stage, run_stages
from edgegen.reference.resize import as_pillow
from edgegen.spec.infer.image import label_of, leaves, transform_of
from edgegen.spec.model_spec import ImageInput
from edgegen.spec.plan import Plan, lower

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from PIL import Image

_HINT = "Correct the steps in edgegen.toml, or give the transform that belongs to them"
_PROBE_SIZES = ((256, 256), (97, 400), (500, 61), (301, 283), (3, 2))
_COLORS = ("red", "green", "blue")


class TransformMismatch(TransformError):  # noqa: N818 - read as what it is: a mismatch of transforms
    """The transform and the plan give different bits; `stage` and `photo` say where first."""

    def __init__(self, problem: str, *, stage: str, photo: str, where: str) -> None:
        super().__init__(problem, where=where, hint=_HINT)
        self.stage = stage
        self.photo = photo


def check(transform: object, image_input: ImageInput, photos: Sequence[Path]) -> None:
    """Compares `transform` with the plan of `image_input` on the photos and on made-up pictures.

    Raises TransformMismatch for any bit that differs, TransformError where the transform fails or is random.
    """
    plan = lower(image_input)
    given = transform_of(transform)
    with as_pillow(image_input.pillow):
        for name, picture in _pictures(photos):
            _check_picture(given, image_input, plan, name, picture)


def _pictures(photos: Sequence[Path]) -> Iterator[tuple[str, Image.Image]]:
    for path in photos:
        yield path.name, decode(path)
    yield from probe_pictures()


def probe_pictures() -> Iterator[tuple[str, Image.Image]]:
    """Noise of awkward sizes, the first one with every level of every channel; the same at every run."""
    import numpy as np
    from PIL import Image

    random = np.random.default_rng(0)
    for width, height in _PROBE_SIZES:
        pixels = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
        yield f"made-up noise {width}x{height}", Image.fromarray(pixels)


def _check_picture(given: object, image_input: ImageInput, plan: Plan, name: str, picture: Image.Image) -> None:
    where = f"transforms, inputs.{image_input.name}, {name}"
    try:
        stages = run_stages(plan, picture)
    except PictureError:
        return  # No size of the plan's fits so extreme a picture, and the device refuses it too.
    result = _tensor_of(_run(given, picture, where), stages[-1].array, where)
    own = _own_stages(given, picture)
    mine = _without_repeats(stages[:-1])
    comparable = [stage.array.shape for stage in own] == [stage.array.shape for stage in mine]
    if comparable:
        for theirs, ours in zip(own, mine, strict=True):
            _compare(theirs.array, ours, name, where)
    if not _same_bits(result, stages[-1].array):
        again = _tensor_of(_run(given, picture, where), stages[-1].array, where)
        if not _same_bits(result, again):
            raise TransformError(
                "gives another tensor each time",
                where=where,
                hint="Give the transform of evaluation, without random steps",
            )
        _compare(result, stages[-1], name, where)


def _run(given: object, picture: Image.Image, where: str) -> Any:
    if not callable(given):
        raise TransformError(f"is a {type(given).__name__}, not a transform", where=where, hint=_HINT)
    try:
        with _no_warnings():
            return given(picture.copy())
    except Exception as error:
        problem = f"fails: {type(error).__name__}: {error}"
        raise TransformError(problem, where=where, hint="Give a transform that takes a PIL picture") from error


@contextmanager
def _no_warnings() -> Iterator[None]:
    """torchvision warns of deprecated classes and of arguments without effect: both are the user's to choose."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _tensor_of(result: Any, mine: npt.NDArray[Any], where: str) -> npt.NDArray[Any]:
    """The result as an array of the plan's shape; a missing batch dimension is added."""
    import numpy as np
    import torch

    if not isinstance(result, torch.Tensor | np.ndarray):
        problem = f"gives a {type(result).__name__}, not a tensor"
        raise TransformError(problem, where=where, hint="End it with ToTensor, or ToImage and ToDtype")
    array = result.detach().numpy() if isinstance(result, torch.Tensor) else result
    if array.dtype != mine.dtype:
        problem = f"gives {array.dtype}, the plan {mine.dtype}"
        raise TransformMismatch(problem, stage="tensor", photo=where, where=where)
    if array.shape not in (mine.shape, mine.shape[1:]):
        problem = f"gives shape {list(array.shape)}, the plan {list(mine.shape)}"
        raise TransformMismatch(problem, stage="tensor", photo=where, where=where)
    return array.reshape(mine.shape)


def _own_stages(given: object, picture: Image.Image) -> list[Stage]:
    """The pictures and uint8 tensors between the transforms of a chain, as H x W x C arrays, without repetitions."""
    found = [Stage("decoded", _as_pixels(picture))]
    current: Any = picture.copy()
    for part in _parts(given):
        try:
            with _no_warnings():
                current = part(current)
            pixels = _as_pixels(current)
        except Exception:
            break  # The chain as a whole has run, so this is no failure of it: its parts only cannot run by themselves.
        if pixels.dtype.name != "uint8":
            break
        found.append(Stage(type(part).__name__, pixels))
    return _without_repeats(found)


def _parts(given: object) -> Iterator[Callable[[Any], Any]]:
    """The transforms of a chain, one after the other; of torchvision's preset, which is one object, its two first."""
    for _, leaf in leaves(given):
        if label_of(leaf) == "preset.ImageClassification":
            from torchvision import transforms as v1

            preset: Any = leaf
            yield v1.Resize(preset.resize_size, preset.interpolation, antialias=preset.antialias)
            yield v1.CenterCrop(preset.crop_size * 2)
        if not callable(leaf):
            return
        yield leaf


def _as_pixels(value: Any) -> npt.NDArray[Any]:
    import numpy as np
    import torch

    if isinstance(value, torch.Tensor):
        array = value.detach().numpy()
        return array.transpose(1, 2, 0) if array.ndim == 3 else array
    array = np.asarray(value)
    return array if array.ndim != 2 else array[:, :, None]


def _without_repeats(stages: list[Stage]) -> list[Stage]:
    import numpy as np

    kept = stages[:1]
    for stage in stages[1:]:
        if not np.array_equal(kept[-1].array, stage.array):
            kept.append(stage)
    return kept


def _same_bits(one: npt.NDArray[Any], two: npt.NDArray[Any]) -> bool:
    import numpy as np

    return bool(np.array_equal(_bits(one), _bits(two)))


def _bits(array: npt.NDArray[Any]) -> npt.NDArray[np.unsignedinteger[Any]]:
    """The array's bit patterns, so that -0.0 and 0.0 differ and a NaN equals itself."""
    import numpy as np

    return np.ascontiguousarray(array).view(f"u{array.dtype.itemsize}")


def _compare(theirs: npt.NDArray[Any], stage: Stage, photo: str, where: str) -> None:
    """Raises TransformMismatch with the first value that differs."""
    import numpy as np

    different = np.argwhere(_bits(theirs) != _bits(stage.array))
    if not len(different):
        return
    index = tuple(int(i) for i in different[0])
    got, planned = theirs[index], stage.array[index]
    digits = 2 * stage.array.dtype.itemsize
    values = ", ".join(
        f"{who} gives {value!s} (0x{int(_bits(np.array(value)).item()):0{digits}x})"
        for who, value in (("the transform", got), ("the plan", planned))
    )
    problem = (
        f"stage {stage.name} differs from the plan at {_place(stage, index)}: {values}; "
        f"{len(different)} of {stage.array.size} values differ"
    )
    raise TransformMismatch(problem, stage=stage.name, photo=photo, where=where)


def _place(stage: Stage, index: tuple[int, ...]) -> str:
    if len(index) == 3:
        row, column, channel = index
        color = _COLORS[channel] if stage.array.shape[2] == 3 else "gray"
        return f"row {row}, column {column}, {color}"
    return f"index {list(index)}"
