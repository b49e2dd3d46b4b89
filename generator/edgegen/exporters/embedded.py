"""What rides inside every exported file: the spec and the labels, so that a file found alone still says what it wants.

ExecuTorch has them as constant methods, TorchScript as extra files, ONNX as metadata, all by these names.
"""

from __future__ import annotations

import dataclasses
from typing import Final

from edgegen.spec.model_spec import AppSection, BudgetSection, ModelSpec, Quantization, VerifySection
from edgegen.spec.write import dump_spec

SPEC_KEY: Final = "edgegen_spec"
LABELS_KEY: Final = "edgegen_labels"


def embedded_spec(spec: ModelSpec, name: str) -> str:
    """The spec that rides in the file: what the model is, without what the app is called or must pass.

    So a project of another name, or other thresholds, finds the same file in the cache.
    """
    return dump_spec(
        dataclasses.replace(
            spec,
            model=dataclasses.replace(spec.model, path="."),
            app=AppSection(spec.app.platform, name, deployment_target=spec.app.deployment_target),
            verify=VerifySection(),
            budget=BudgetSection(),
            export=dataclasses.replace(spec.export, quantize=Quantization(mode=spec.export.quantize.mode)),
        )
    )


def embedded_labels(labels: tuple[str, ...] | None) -> str:
    """The labels, one a line."""
    return "\n".join(labels or ())
