"""What Python says of a photo: the reference pipeline, the project's exported model by its own runtime, the scores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from edgegen.platforms.goldens import activate
from edgegen.reference.decode import decode
from edgegen.reference.pipeline import tensor_for
from edgegen.runtimes import model_file
from edgegen.spec.model_spec import ClassificationOutput, ImageInput
from edgegen.spec.parse import load_spec
from edgegen.verify.runner import named_runner


def python_answers(project: Path, photos: Sequence[Path], top: int = 5) -> list[dict[str, Any]]:
    """For each photo what the app must say: {"input", "tensor" (bytes), "top": [{"index", "label", "probability"}]}.

    The project is a classifier of one picture.
    """
    import numpy as np

    spec = load_spec(project / "edgegen.toml")
    (picture,), output = spec.inputs, spec.outputs[0]
    assert isinstance(picture, ImageInput)
    assert isinstance(output, ClassificationOutput)
    labels = (project / "labels.txt").read_text(encoding="utf-8").split("\n")
    run = named_runner(spec, project / "generated" / model_file(spec))
    answers = []
    for photo in photos:
        tensor = tensor_for(picture, decode(photo))
        scores = run({picture.name: tensor})[output.name].numpy().reshape(-1)
        probabilities = activate(scores, output.activation)
        best = np.argsort(-probabilities, kind="stable")[:top].tolist()
        named = [{"index": i, "label": labels[i], "probability": float(probabilities[i])} for i in best]
        answers.append({"input": str(photo), "tensor": tensor.numpy().tobytes(), "top": named})
    return answers
