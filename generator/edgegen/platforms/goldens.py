"""The goldens of a project, read back: what the outputs look like, and the table that the generated tests walk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgegen.render.filters import cpp_string
from edgegen.spec.model_spec import Activation, ClassificationOutput, ModelSpec

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SHOWN_CLASSES = 3
"""How many of the best classes a golden prediction names."""


@dataclass(frozen=True, slots=True)
class GoldenOutput:
    """An output as the exported model gives it."""

    name: str
    dtype: str
    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Goldens:
    """`generated/goldens`: its index, as `edgegen.reference.goldens` wrote it."""

    folder: Path
    cases: list[dict[str, Any]]

    @classmethod
    def read(cls, folder: Path) -> Goldens:
        """Reads `index.json`."""
        document = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        return cls(folder, document["cases"])

    def outputs(self) -> list[GoldenOutput]:
        """The model's outputs, in its own order; the first case always has them all."""
        return [
            GoldenOutput(name, entry["dtype"], tuple(entry["shape"]))
            for name, entry in self.cases[0]["outputs"].items()
        ]

    def table(self, spec: ModelSpec, labels: tuple[str, ...]) -> str:
        """The initialisers of `GoldenCase`, one case after the other."""
        scores = next((item for item in spec.outputs if isinstance(item, ClassificationOutput)), None)
        return "\n".join(self._case(case, scores, labels) for case in self.cases)

    def _case(self, case: dict[str, Any], scores: ClassificationOutput | None, labels: tuple[str, ...]) -> str:
        lines = [
            "        {",
            f"            {cpp_string(case['name'])},",
            f"            {cpp_string(case['photo'] or '')},",
            "            {",
        ]
        for name, stages in case["inputs"].items():
            lines.append(f"                {{{cpp_string(name)},")
            lines.append("                 {")
            lines += [f"                     {_array(stage['stage'], stage['file'])}," for stage in stages]
            lines.append("                 }},")
        lines += ["            },", "            {"]
        lines += [f"                {_array(name, entry['file'])}," for name, entry in case["outputs"].items()]
        lines += ["            },", "            {"]
        if scores is not None and scores.name in case["outputs"]:
            for index, probability in self.best_classes(case, scores):
                lines.append(f"                {{{index}, {cpp_string(labels[index])}, {probability!r}}},")
        lines += ["            },", "        },"]
        return "\n".join(lines)

    def best_classes(self, case: dict[str, Any], scores: ClassificationOutput) -> list[tuple[int, float]]:
        """(index, probability) of a case's best classes, the best first, from its scores in double."""
        import numpy as np

        entry = case["outputs"][scores.name]
        values = np.load(self.folder / entry["file"]).reshape(-1)
        probabilities = activate(values, scores.activation)
        # A stable sort of the negated scores: of equal classes the lower index comes first.
        best = np.argsort(-values.astype(np.float64), kind="stable")[:SHOWN_CLASSES]
        return [(index, float(probabilities[index])) for index in best.tolist()]


def activate(values: npt.NDArray[Any], activation: Activation) -> npt.NDArray[np.float64]:
    """Scores as probabilities, in double."""
    import numpy as np

    scores = values.astype(np.float64)
    if activation == "softmax":
        powers = np.exp(scores - scores.max())
        return np.asarray(powers / powers.sum())
    if activation == "sigmoid":
        small = np.exp(-np.abs(scores))
        return np.where(scores >= 0, 1 / (1 + small), small / (1 + small))
    return scores


def _array(name: str, file: str) -> str:
    return f"{{{cpp_string(name)}, {cpp_string(file)}}}"
