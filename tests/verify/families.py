"""torchvision's families of classifiers, small: every kind of block, few of each, ten classes, random weights.

Weights are scaled so that each layer gives numbers of about 1: with torchvision's own, signals vanish on their way
through some nets, below what float16 can hold.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import torch
from torch import Tensor, nn
from torchvision import models
from torchvision.models.convnext import CNBlock, CNBlockConfig, ConvNeXt
from torchvision.models.efficientnet import EfficientNet, MBConvConfig
from torchvision.models.mobilenetv3 import InvertedResidualConfig, MobileNetV3
from torchvision.models.regnet import BlockParams, RegNet
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet


def mobilenet_v2() -> nn.Module:
    settings = [[1, 16, 1, 1], [6, 24, 2, 2], [6, 32, 2, 2]]
    return models.MobileNetV2(num_classes=10, inverted_residual_setting=settings)


def mobilenet_v3() -> nn.Module:
    block = partial(InvertedResidualConfig, width_mult=1.0)
    settings = [
        block(16, 3, 16, 16, True, "RE", 2, 1),
        block(16, 3, 72, 24, False, "RE", 2, 1),
        block(24, 5, 96, 40, True, "HS", 2, 1),
        block(40, 5, 240, 40, True, "HS", 1, 1),
    ]
    return MobileNetV3(settings, last_channel=64, num_classes=10)


def efficientnet() -> nn.Module:
    settings = [MBConvConfig(1, 3, 1, 32, 16, 1), MBConvConfig(6, 3, 2, 16, 24, 2), MBConvConfig(6, 5, 2, 24, 40, 1)]
    return EfficientNet(settings, dropout=0.0, last_channel=96, num_classes=10)


def regnet() -> nn.Module:
    params = BlockParams.from_init_params(depth=5, w_0=16, w_a=16.0, w_m=2.0, group_width=8, se_ratio=0.25)
    return RegNet(params, num_classes=10)


def densenet() -> nn.Module:
    return models.DenseNet(growth_rate=8, block_config=(2, 2, 2, 2), num_init_features=16, num_classes=10)


def convnext() -> nn.Module:
    settings = [CNBlockConfig(16, 32, 2), CNBlockConfig(32, 48, 2), CNBlockConfig(48, None, 1)]
    return ConvNeXt(settings, num_classes=10, block=CNBlock, layer_scale=0.5)


def vit() -> nn.Module:
    return models.VisionTransformer(32, 8, num_layers=2, num_heads=4, hidden_dim=48, mlp_dim=96, num_classes=10)


def swin(window: int) -> nn.Module:
    """Windows of 4 divide a picture of 16 x 16 patches, as swin's own divide one of 224 pixels; those of 5 do not."""
    return models.SwinTransformer([4, 4], 24, [2, 1], [2, 4], [window, window], num_classes=10)


FAMILIES: Final[dict[str, Callable[[], nn.Module]]] = {
    "resnet18": lambda: ResNet(BasicBlock, [1, 1, 1, 1], num_classes=10),
    "resnet50": lambda: ResNet(Bottleneck, [1, 1, 1, 1], num_classes=10),
    "mobilenet_v2": mobilenet_v2,
    "mobilenet_v3": mobilenet_v3,
    "efficientnet": efficientnet,
    "convnext": convnext,
    "vit": vit,
    "swin": lambda: swin(4),
    "swin, padded": lambda: swin(5),
    "regnet": regnet,
    "densenet": densenet,
    "squeezenet": lambda: models.squeezenet1_1(num_classes=10),
    "shufflenet": lambda: models.ShuffleNetV2([2, 2, 2], [24, 32, 48, 64, 96], num_classes=10),
}


def pictures(count: int = 2, seed: int = 0, size: int = 64) -> Tensor:
    """Smooth random pictures, count x 3 x size x size."""
    coarse = torch.randn(count, 3, 8, 8, generator=torch.Generator().manual_seed(seed))
    return nn.functional.interpolate(coarse, size=(size, size), mode="bicubic")


def family(name: str) -> tuple[nn.Module, Tensor]:
    """The family's model, ready to be exported, and an input for it."""
    torch.manual_seed(1)
    model = FAMILIES[name]().eval()
    size = 32 if name == "vit" else 64
    hooks = []
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv2d):
            nn.init.normal_(module.weight)
            hooks.append(module.register_forward_hook(_scaled))
    with torch.no_grad():
        model(pictures(4, 1, size))
    for hook in hooks:
        hook.remove()
    for path, module in model.named_modules():
        if path.endswith("qkv"):  # Attention chooses softly, as at the beginning of a training.
            module.weight.data *= 0.3
    return model, pictures(1, 9, size)


def _scaled(module: nn.Linear | nn.Conv2d, _: Any, output: Tensor) -> Tensor:
    """Divides the layer's weights so that what it gives has a standard deviation of 1."""
    size = output.std()
    module.weight.data /= size
    if module.bias is not None:
        module.bias.data /= size
    return output / size
