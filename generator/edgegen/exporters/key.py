"""The name of an exported file in the cache: the hash of everything that goes into it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from edgegen.exporters.embedded import embedded_labels, embedded_spec
from edgegen.exporters.fingerprint import model_digest
from edgegen.exporters.job import ExportJob

_PACKAGE: Final = Path(__file__).resolve().parents[1]


def job_key(job: ExportJob, packages: Sequence[str], recipe: Sequence[str]) -> str:
    """The hash of model, spec, labels, calibration inputs, the versions of `packages`, and the `recipe`.

    `recipe` names files of edgegen's own: a change in how a file is made must not be answered with an older file from
    the cache.
    """
    from importlib.metadata import version

    import torch

    digest = hashlib.sha256()
    # From their metadata: importing torchao and executorch takes seconds, which a hit of the cache should not cost.
    for part in (*map(version, packages), model_digest(job.loaded), embedded_spec(job.spec, job.loaded.name)):
        digest.update(f"{part}\0".encode())
    for name in recipe:
        digest.update((_PACKAGE / name).read_bytes())
    digest.update(embedded_labels(job.labels).encode())
    for sample in job.calibration:
        for tensor in sample:
            digest.update(str((tensor.dtype, tuple(tensor.shape))).encode())
            digest.update(tensor.contiguous().reshape(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()[:40]
