"""What a user asks `edgegen new` for, as they typed it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edgegen.runtimes import default_runtime

NO_TRANSFORMS: Final = "none"
"""The `--transforms` of somebody who writes the steps by hand, with `--set inputs…`."""


@dataclass(frozen=True, slots=True)
class NewRequest:
    """One call of `edgegen new`. Paths are relative to `cwd`, from which the user's modules are imported too.

    `inputs` are `NAME=SHAPE[:DTYPE]` texts, `dynamic_axes` are `INPUT:AXIS=NAME` texts, `settings` are
    `key.path=value` texts; None means "not given".
    """

    platform: str
    name: str | None = None
    app_id: str | None = None
    model: str = "demo"
    weights: str | None = None
    transforms: str | None = None
    example: str | None = None
    inputs: tuple[str, ...] = ()
    labels: Path | None = None
    runtime: str | None = None
    backend: str | None = None
    quantize: str = "none"
    calibration: Path | None = None
    opset: int | None = None
    script: bool = False
    dynamic_axes: tuple[str, ...] = ()
    precision: str | None = None
    compute_units: str | None = None
    image_input: bool = False
    deployment_target: str | None = None
    team: str | None = None
    dependencies: str | None = None
    output: Path = Path()
    settings: tuple[str, ...] = ()
    overwrite: bool = False
    dry_run: bool = False
    cwd: Path = Path()

    @property
    def chosen_runtime(self) -> str:
        """The runtime asked for, or the platform's own."""
        return self.runtime or default_runtime(self.platform)
