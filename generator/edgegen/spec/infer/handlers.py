"""What each transform of torchvision means, by the name of its class.

Each handler says what the class does to a PIL picture and to a tensor, because torchvision's classes do different
things to them: a Resize of a tensor has other pixels than one of a picture, a Grayscale other weights.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from edgegen.spec.geometry import output_size
from edgegen.spec.infer.flow import Flow
from edgegen.spec.infer.values import fill_of, filter_of, float_dtype, numbers_of, padding_of, pair, sizes
from edgegen.spec.steps import CenterCrop, FloatDtype, Normalize, Pad, Rescale, Resize, ToFloat

Handler = Callable[[Any, Flow], None]
_TENSOR_FIRST = "Put it after the conversion to a tensor (ToTensor, or ToImage and ToDtype)"


def resize(transform: Any, flow: Flow) -> None:
    """Of a picture: Pillow's, antialiased whatever `antialias` says. Of a tensor: other pixels, refused."""
    wanted = sizes(transform.size)
    if wanted is None:
        hint = "Give size (the short side, or both sides); for the long side alone pad to a fixed size by hand"
        flow.refuse("size=None, a resize by the long side, is not supported", hint)
    size: int | tuple[int, int] = wanted[0] if len(wanted) == 1 else (wanted[0], wanted[1])
    max_size = getattr(transform, "max_size", None)
    if max_size is not None and len(wanted) == 2:
        flow.refuse("max_size goes with a short side, not with both sides", "Remove max_size")
    if min(wanted) < 1:
        flow.refuse(f"size {list(wanted)} is not positive", "Give sizes above 0")
    step = Resize(size, filter_of(transform.interpolation, flow), max_size)
    if flow.kind == "picture":
        flow.add_pixel_step(step)
    elif flow.size is None or output_size(step, flow.size) != flow.size:
        hint = "Move Resize before the conversion to a tensor (ToTensor, PILToTensor, ToImage), where it is Pillow's"
        flow.refuse("resizes a tensor, which has other pixels than resizing the picture", hint)


def center_crop(transform: Any, flow: Flow) -> None:
    """Exact on pictures and tensors; where it would pad normalised numbers with 0 it is refused."""
    size = pair(transform.size)
    if min(size) < 1:
        flow.refuse(f"size {list(size)} is not positive", "Give sizes above 0")
    if flow.shifted and (size[0] > flow.least[0] or size[1] > flow.least[1]):
        hint = "Move CenterCrop before Normalize, or resize to at least its size first"
        flow.refuse("may pad after Normalize, where 0 is no longer black", hint)
    flow.add_pixel_step(CenterCrop(size))


def pad(transform: Any, flow: Flow) -> None:
    """A constant border, put on the picture or on a uint8 tensor; 0 also on floats before Normalize."""
    if transform.padding_mode != "constant":
        hint = 'Use padding_mode="constant", or CenterCrop'
        flow.refuse(f"padding_mode {transform.padding_mode!r} is not supported", hint)
    left, top, right, bottom = padding_of(transform.padding, flow)
    fill = transform.fill
    if isinstance(fill, dict):
        flow.refuse("a fill by type is not supported", "Give one fill, a level or three")
    if flow.kind == "floats" and (flow.shifted or fill not in (0, None)):
        hint = "Move Pad before the conversion to a tensor, with its fill in 0..255"
        flow.refuse("pads a float tensor", hint)
    if flow.kind != "picture" and isinstance(fill, tuple | list) and "v2" not in type(transform).__module__:
        hint = "Move Pad before the conversion to a tensor, or give one level"
        flow.refuse("pads a tensor with a colour, which transforms of torchvision's first kind cannot", hint)
    colour = fill_of(fill, flow)
    if flow.channels == 1 and len(set(colour)) > 1:
        flow.refuse(f"fill {fill!r} is a colour, the picture is gray", "Give one level")
    flow.add_pixel_step(Pad(left, top, right, bottom, colour))


def grayscale(transform: Any, flow: Flow) -> None:
    """Pillow's luma of a picture; torchvision's luma of a tensor has other weights."""
    if flow.kind != "picture":
        hint = "Move Grayscale before the conversion to a tensor"
        flow.refuse("makes a tensor gray, with other weights than the picture's", hint)
    if transform.num_output_channels not in (1, 3):
        flow.refuse(f"{transform.num_output_channels} output channels", "Give 1 or 3")
    flow.set_gray(transform.num_output_channels)


def rgb(transform: Any, flow: Flow) -> None:
    """To three channels: nothing for a picture that is decoded to RGB, the luma three times for a gray one."""
    if flow.channels == 1:
        flow.set_gray(3)


def to_tensor_v1(transform: Any, flow: Flow) -> None:
    """uint8 to float32, divided by 255."""
    _need_picture(flow, "takes pictures, and gets a tensor")
    flow.kind = "floats"
    flow.add_value_step(ToFloat(255.0))


def to_tensor_v2(transform: Any, flow: Flow) -> None:
    """As v1's; a tensor passes unchanged."""
    if flow.kind == "picture":
        to_tensor_v1(transform, flow)


def pil_to_tensor_v1(transform: Any, flow: Flow) -> None:
    """uint8 as it is."""
    _need_picture(flow, "takes pictures, and gets a tensor")
    flow.kind = "bytes"


def pil_to_tensor_v2(transform: Any, flow: Flow) -> None:
    """As v1's; a tensor passes unchanged."""
    if flow.kind == "picture":
        flow.kind = "bytes"


def to_image(transform: Any, flow: Flow) -> None:
    """uint8 as it is, as a tv_tensor."""
    pil_to_tensor_v2(transform, flow)
    flow.is_tv_image = True


def to_pure_tensor(transform: Any, flow: Flow) -> None:
    """The same numbers."""
    flow.is_tv_image = False


def to_pil_image_v2(transform: Any, flow: Flow) -> None:
    """Nothing for a picture; from a uint8 tensor the same bytes again."""
    if flow.kind == "floats":
        flow.refuse("turns floats back into a picture", "Convert to a tensor once, after the geometry")
    flow.kind, flow.is_tv_image = "picture", False


def convert_image_dtype_v1(transform: Any, flow: Flow) -> None:
    """uint8 to float: divided by 255."""
    if flow.kind == "picture":
        flow.refuse("takes tensors, and gets a picture", "Put PILToTensor before it")
    dtype = float_dtype(transform.dtype, flow)
    if flow.kind == "bytes" and dtype is not None:
        _floats(flow, dtype)
        flow.add_value_step(ToFloat(255.0, dtype))
    else:
        _cast(flow, dtype)


def convert_image_dtype_v2(transform: Any, flow: Flow) -> None:
    """uint8 to float: times 1/255, another last bit than v1's division. A picture passes unchanged."""
    _to_dtype(float_dtype(transform.dtype, flow), True, flow)


def to_dtype(transform: Any, flow: Flow) -> None:
    """v2.ToDtype, its dtype given alone or by type."""
    import torch
    from torchvision import tv_tensors

    dtype = transform.dtype
    if isinstance(dtype, dict):
        if flow.kind == "picture":
            flow.refuse("a dtype by type, given to a picture", _TENSOR_FIRST)
        key = tv_tensors.Image if flow.is_tv_image else torch.Tensor
        if key not in dtype and "others" not in dtype:
            flow.refuse(f"has no dtype for {key.__name__}", "Give one torch.dtype")
        dtype = dtype[key] if key in dtype else dtype["others"]
        if dtype is None:
            return
    _to_dtype(float_dtype(dtype, flow), transform.scale, flow)


def normalize(transform: Any, flow: Flow) -> None:
    """(x - mean) / std."""
    if flow.kind != "floats":
        what = "a picture" if flow.kind == "picture" else "integers"
        flow.refuse(f"takes floats, and gets {what}", _TENSOR_FIRST)
    mean, std = numbers_of(transform.mean), numbers_of(transform.std)
    for key, values in (("mean", mean), ("std", std)):
        if len(values) not in (1, flow.channels):
            flow.refuse(f"{key} has {len(values)} numbers for {flow.channels} channels", "Give one to a channel")
    if 0 in std:
        flow.refuse("std has a 0", "Give a std above 0")
    flow.add_value_step(Normalize(mean, std))
    flow.shifted = True


def identity(transform: Any, flow: Flow) -> None:
    """Nothing."""


def classification_preset(transform: Any, flow: Flow) -> None:
    """Weights.transforms() of torchvision's classifiers: resize, crop, to tensor, normalize."""
    resize(_Arguments(transform, size=transform.resize_size), flow)
    center_crop(_Arguments(transform, size=transform.crop_size), flow)
    _preset_values(transform, flow)


def segmentation_preset(transform: Any, flow: Flow) -> None:
    """Weights.transforms() of torchvision's segmentation models: no crop, so the size depends on the photo."""
    if transform.resize_size is not None:
        resize(_Arguments(transform, size=transform.resize_size), flow)
    _preset_values(transform, flow)


class _Arguments:
    """A preset, seen as one of the transforms that it is made of."""

    def __init__(self, preset: Any, size: object) -> None:
        self.size = size
        self.interpolation = preset.interpolation


def _preset_values(transform: Any, flow: Flow) -> None:
    if flow.kind == "picture":
        flow.kind = "bytes"
    if flow.kind == "bytes":
        _floats(flow, "float32")
        flow.add_value_step(ToFloat(255.0))
    normalize(transform, flow)


def _to_dtype(dtype: FloatDtype | None, scale: bool, flow: Flow) -> None:
    if flow.kind == "picture":
        return
    if flow.kind == "bytes" and dtype is not None:
        _floats(flow, dtype)
        flow.add_value_step(ToFloat(1.0, dtype))
        if scale:
            flow.add_value_step(Rescale(1.0 / 255))
    else:
        _cast(flow, dtype)


def _cast(flow: Flow, dtype: FloatDtype | None) -> None:
    """A conversion of what is a tensor already: nothing for the same dtype, else the last thing that happens."""
    if flow.kind == "bytes":
        return
    if dtype is None:
        flow.refuse("converts floats back to integers", "Leave it out, or write a quantize step by hand")
    if dtype != (flow.cast or flow.dtype):
        if flow.cast is not None:
            flow.refuse("converts between float types twice", "Convert to the model's dtype once")
        flow.cast = dtype


def _floats(flow: Flow, dtype: FloatDtype) -> None:
    flow.kind, flow.dtype = "floats", dtype


def _need_picture(flow: Flow, problem: str) -> None:
    if flow.kind != "picture":
        flow.refuse(problem, "Convert to a tensor once")


HANDLERS: dict[str, Handler] = {
    "v1.Resize": resize,
    "v1.CenterCrop": center_crop,
    "v1.Pad": pad,
    "v1.Grayscale": grayscale,
    "v1.ToTensor": to_tensor_v1,
    "v1.PILToTensor": pil_to_tensor_v1,
    "v1.ConvertImageDtype": convert_image_dtype_v1,
    "v1.Normalize": normalize,
    "v2.Resize": resize,
    "v2.CenterCrop": center_crop,
    "v2.Pad": pad,
    "v2.Grayscale": grayscale,
    "v2.RGB": rgb,
    "v2.ToTensor": to_tensor_v2,
    "v2.PILToTensor": pil_to_tensor_v2,
    "v2.ToImage": to_image,
    "v2.ToPureTensor": to_pure_tensor,
    "v2.ToPILImage": to_pil_image_v2,
    "v2.ConvertImageDtype": convert_image_dtype_v2,
    "v2.ToDtype": to_dtype,
    "v2.Normalize": normalize,
    "v2.Identity": identity,
    "torch.Identity": identity,
    "preset.ImageClassification": classification_preset,
    "preset.SemanticSegmentation": segmentation_preset,
}
