"""Where models come from: the demo, torchvision, a Python factory, files.

    load_model("torchvision:resnet18", weights=None, transforms=None, cwd=Path.cwd()) -> LoadedModel
    source_files("net:build", weights="net.pth", transforms=None, cwd=Path.cwd()) -> [Path, …], without importing torch

What the user gave and what cannot be used raises a SourceError that says what was found and what to do instead.
"""

from __future__ import annotations

from edgegen.sources.freshness import source_files
from edgegen.sources.load import load_model
from edgegen.sources.loaded import LoadedModel

__all__ = ["LoadedModel", "load_model", "source_files"]
