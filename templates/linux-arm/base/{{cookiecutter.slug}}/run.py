#!/usr/bin/env python3
# SPDX-License-Identifier: MIT-0
"""Runs the model in Python and prints what the C++ program prints with --json. Needs {{ cookiecutter.python_packages }} and torch."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parent / "generated"))
import pipeline  # noqa: E402
from model import Model  # noqa: E402

ACTIVATIONS = {
    "softmax": lambda scores: torch.softmax(scores, dim=0),
    "sigmoid": torch.sigmoid,
    "none": lambda scores: scores,
}


def read_tensor(path: str, shape: list[int], dtype: torch.dtype) -> torch.Tensor:
    """A .npy file as the model's input."""
    tensor = torch.from_numpy(np.load(path))
    if list(tensor.shape) != shape or tensor.dtype != dtype:
        raise ValueError(f"{path}: holds {list(tensor.shape)} {tensor.dtype}, the model needs {shape} {dtype}")
    return tensor


def rank(scores: torch.Tensor, activation: str, labels: list[str], top: int) -> list[dict[str, Any]]:
    """The `top` best classes; of equal ones the lower index first."""
    values = scores.flatten().to(torch.float32)
    probabilities = ACTIVATIONS[activation](values)
    # By the scores themselves: two that differ can become one probability.
    best = torch.sort(values, descending=True, stable=True).indices[:top].tolist()
    return [{"index": i, "label": labels[i] if labels else str(i), "probability": float(probabilities[i])} for i in best]


def describe_output(tensor: torch.Tensor) -> dict[str, Any]:
    """Shape and values, in C order."""
    return {"shape": list(tensor.shape), "values": tensor.flatten().tolist()}


class Runner:
    """The loaded model."""

    def __init__(self, path: Path) -> None:
        self.model = Model(path)

    def run(self, name: str, files: dict[str, str], top: int) -> dict[str, Any]:
        """One result, as in the C++ program's JSON. `files` names the file of each input."""
        times = [time.perf_counter()]
        loaded: list[Any] = [
            pipeline.open_picture(files[key]) if fill else read_tensor(files[key], shape, dtype)
            for key, shape, dtype, fill in pipeline.INPUTS
        ]
        times.append(time.perf_counter())
        tensors = [fill(item) if fill else item for item, (_, _, _, fill) in zip(loaded, pipeline.INPUTS, strict=True)]
        times.append(time.perf_counter())
        found = self.model.run(tensors)
        times.append(time.perf_counter())
        result = {"input": name, **self.answer(found, top)}
        times.append(time.perf_counter())
        stages = ("decode", "preprocess", "forward", "postprocess")
        result["milliseconds"] = {
            stage: (end - start) * 1000 for stage, start, end in zip(stages, times, times[1:], strict=False)
        }
        return result

    def answer(self, found: list[torch.Tensor], top: int) -> dict[str, Any]:
        """The best classes of the first output that is class scores, and every other output."""
        answer: dict[str, Any] = {}
        outputs: dict[str, Any] = {}
        for (name, activation), tensor in zip(pipeline.OUTPUTS, found, strict=True):
            if activation is not None and "top" not in answer:
                answer["top"] = rank(tensor, activation, self.model.labels, top)
                continue
            outputs[name] = describe_output(tensor)
            if activation is not None:
                outputs[name]["top"] = rank(tensor, activation, self.model.labels, top)
        return {**answer, **({"outputs": outputs} if outputs else {})}


def requests(photos: list[str], named: dict[str, str]) -> list[tuple[str, dict[str, str]]]:
    """What to run, one entry to a result: its name, and the file of each input."""
    pictures = [name for name, _, _, fill in pipeline.INPUTS if fill and name not in named]
    missing = [name for name, _, _, fill in pipeline.INPUTS if not fill and name not in named]
    if missing or (photos and len(pictures) != 1) or (pictures and not photos):
        raise ValueError("give a file for each of " + ", ".join(missing + pictures) + " (--input NAME=FILE)")
    if not photos:
        files = [named[name] for name, _, _, _ in pipeline.INPUTS]
        name = files[0] if len(files) == 1 else ", ".join(f"{key}={named[key]}" for key, _, _, _ in pipeline.INPUTS)
        return [(name, named)]
    return [(photo, {**named, pictures[0]: photo}) for photo in photos]


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", nargs="*")
    parser.add_argument("--input", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--top", type=int, default=5)
    parser.add_argument("--model", type=Path, default=Path(__file__).parent / "generated" / "{{ cookiecutter.model_file }}")
    parser.add_argument("--json", action="store_true", help="what is printed anyway")
    arguments = parser.parse_args()
    try:
        named = dict(item.split("=", 1) for item in arguments.input)
        runner = Runner(arguments.model)
        results = [runner.run(name, files, arguments.top) for name, files in requests(arguments.photos, named)]
    except (OSError, ValueError, RuntimeError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    print(json.dumps({"results": results}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
