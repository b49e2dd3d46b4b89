"""Transforms: the one that belongs to `shop.net:shelf`, and ones that no device can reproduce."""

from __future__ import annotations

import torch
from PIL import Image
from torchvision import transforms as v1
from torchvision.transforms import v2

NORMALIZE = v1.Normalize([0.5, 0.5, 0.5], [0.25, 0.25, 0.25])

evaluation = v1.Compose([v1.Resize(36), v1.CenterCrop(32), v1.ToTensor(), NORMALIZE])

training = v1.Compose([v1.RandomResizedCrop(32), v1.RandomHorizontalFlip(), v1.ToTensor(), NORMALIZE])
jitter = v1.Compose([v1.Resize((32, 32)), v1.ColorJitter(0.4), v1.ToTensor()])
with_lambda = v1.Compose([v1.Resize((32, 32)), v1.ToTensor(), v1.Lambda(lambda x: x * 2 - 1)])
on_tensors = v2.Compose([v2.ToImage(), v2.Resize((32, 32), antialias=True), v2.ToDtype(torch.float32, scale=True)])
endless = v1.Compose([v1.Resize(36), v1.ToTensor()])
five = v1.Compose([v1.Resize(36), v1.FiveCrop(32)])
blurred = v1.Compose([v1.Resize((32, 32)), v1.GaussianBlur(3), v1.ToTensor()])
picture_only = v1.Compose([v1.Resize((32, 32))])
tiny = v1.Compose([v1.Resize((2, 2)), v1.ToTensor()])
not_a_transform = 3


class Sharpen:
    """A class of the user's own."""

    def __call__(self, picture: Image.Image) -> Image.Image:
        return picture


unknown_class = v1.Compose([Sharpen(), v1.Resize((32, 32)), v1.ToTensor()])


class FlippedCrop(v1.CenterCrop):
    """Says it is a centre crop, and mirrors."""

    def forward(self, img: Image.Image) -> Image.Image:
        return super().forward(img).transpose(Image.Transpose.FLIP_LEFT_RIGHT)


own_subclass = v1.Compose([v1.Resize(36), FlippedCrop(32), v1.ToTensor()])


def _mirrored(picture: Image.Image) -> torch.Tensor:
    return evaluation(picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT))


class Mirror(v1.Compose):
    """Looks like a Compose to whoever reads its list, and does something else when it is called."""

    def __call__(self, img: Image.Image) -> torch.Tensor:
        return _mirrored(img)


Mirror.__module__, Mirror.__qualname__ = v1.Compose.__module__, v1.Compose.__qualname__
differs = Mirror(evaluation.transforms)
