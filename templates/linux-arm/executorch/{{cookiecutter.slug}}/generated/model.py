# SPDX-License-Identifier: MIT-0
# Generated from edgegen.toml; "edgegen export" rewrites this file.
"""The model in Python: ExecuTorch {{ cookiecutter.executorch_version }}."""

from pathlib import Path

import torch
from executorch.runtime import Runtime


class Model:
    """The loaded file. `labels` are those it carries, in the order of the classes."""

    def __init__(self, path: Path) -> None:
        self.program = Runtime.get().load_program(path.read_bytes())
        self.forward = self.program.load_method("forward")
        has_labels = "edgegen_labels" in self.program.method_names
        names = self.program.load_method("edgegen_labels").execute([])[0] if has_labels else ""
        self.labels = names.split("\n") if names else []

    def run(self, tensors: list[torch.Tensor]) -> list[torch.Tensor]:
        """The outputs for the inputs, both in the model's order."""
        return [item for item in self.forward.execute(tensors) if isinstance(item, torch.Tensor)]
