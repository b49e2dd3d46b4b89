# SPDX-License-Identifier: MIT-0
# Generated from edgegen.toml; "edgegen export" rewrites this file.
"""The model in Python: ONNX Runtime {{ cookiecutter.onnxruntime_version }}, on the CPU."""

import os
from pathlib import Path

import torch

# ONNX Runtime 1.29 and later report to their makers unless this is there before they are loaded.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
import onnxruntime  # noqa: E402


class Model:
    """The loaded file. `labels` are those it carries, in the order of the classes."""

    def __init__(self, path: Path) -> None:
        self.session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
        names = self.session.get_modelmeta().custom_metadata_map.get("edgegen_labels", "")
        self.labels = names.split("\n") if names else []

    def run(self, tensors: list[torch.Tensor]) -> list[torch.Tensor]:
        """The outputs for the inputs, both in the model's order."""
        names = [item.name for item in self.session.get_inputs()]
        given = {name: tensor.numpy() for name, tensor in zip(names, tensors, strict=True)}
        return [torch.as_tensor(array) for array in self.session.run(None, given)]
