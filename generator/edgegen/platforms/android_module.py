"""What `edgegen add` puts into an existing Android app: the library `:model` with everything edgegen's inside it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from edgegen.paths import data_dir
from edgegen.platforms import ProjectFacts
from edgegen.platforms.android import Android
from edgegen.platforms.module import only_module
from edgegen.render.manifest import GENERATED
from edgegen.spec.model_spec import ModelSpec

_MODULE: Final = "model"
# edgegen.toml and labels.txt are there when the module is new, and not when it is exported again.
_KEPT: Final = (GENERATED, "NOTICE.md", "edgegen.toml", "labels.txt")


class AndroidModule(Android):
    """A new project's `model/`, with `generated/`, edgegen.toml, labels.txt and the notice in it instead of beside it.

    The name is only written into manifests, so that the module is exported and updated as what it is; in edgegen.toml
    the platform is android.
    """

    name: ClassVar[str] = "android-module"

    def overlays(self, spec: ModelSpec) -> list[Path]:
        """See Platform. Of the first, only the notice is kept."""
        templates = data_dir("templates") / "android"
        return [templates / "project", *self.module_overlays(spec), templates / "module"]

    def verbatim(self, spec: ModelSpec) -> dict[str, Path]:
        """See Platform."""
        return self.module_verbatim(spec)

    def module_verbatim(self, spec: ModelSpec) -> dict[str, Path]:
        """See Android."""
        return super().verbatim(spec)

    def context(self, spec: ModelSpec, facts: ProjectFacts) -> dict[str, object]:
        """See Platform."""
        return {**super().context(spec, facts), "edgegen_dir": "."}

    def arrange(self, into: Path) -> None:
        """See Platform."""
        only_module(into, _MODULE, _KEPT)

    def next_steps(self, spec: ModelSpec, target: Path) -> tuple[tuple[str, str], ...]:
        """See Platform."""
        return ()
