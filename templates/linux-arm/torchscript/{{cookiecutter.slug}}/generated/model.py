# SPDX-License-Identifier: MIT-0
# Generated from edgegen.toml; "edgegen export" rewrites this file.
"""The model in Python: the TorchScript interpreter for phones and boards, in torch {{ cookiecutter.torch_version }}."""

from pathlib import Path

import torch
from torch.jit.mobile import _load_for_lite_interpreter

# The kernels that compute in int8 on ARM. The weights are packed for them while the file is loaded.
torch.backends.quantized.engine = "qnnpack"


def tensors_in(value: object) -> list[torch.Tensor]:
    """Every tensor of an answer, which may be nested."""
    if isinstance(value, torch.Tensor):
        return [value]
    items = value.values() if isinstance(value, dict) else value
    return [tensor for item in items for tensor in tensors_in(item)] if isinstance(value, dict | list | tuple) else []


class Model:
    """The loaded file. `labels` are those it carries, in the order of the classes."""

    def __init__(self, path: Path) -> None:
        self.module = _load_for_lite_interpreter(str(path))
        reader = torch._C.PyTorchFileReader(str(path))
        names = reader.get_record("extra/edgegen_labels").decode() if reader.has_record("extra/edgegen_labels") else ""
        self.labels = names.split("\n") if names else []

    def run(self, tensors: list[torch.Tensor]) -> list[torch.Tensor]:
        """The outputs for the inputs, both in the model's order."""
        with torch.inference_mode():
            return tensors_in(self.module(*tensors))
