"""What `edgegen add` puts into an existing iOS app: ModelKit with everything edgegen's inside it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from edgegen.platforms import ProjectFacts
from edgegen.platforms.ios import Ios
from edgegen.platforms.module import only_module
from edgegen.spec.model_spec import ModelSpec

_MODULE: Final = "ModelKit"
# edgegen.toml and labels.txt are there when the module is new, and not when it is exported again.
_KEPT: Final = ("NOTICE.md", ".swift-format", "edgegen.toml", "labels.txt")


class IosModule(Ios):
    """A new project's `ModelKit/`, with edgegen.toml, labels.txt and the notice in it instead of beside it.

    The name is only written into manifests, so that the module is exported and updated as what it is; in edgegen.toml
    the platform is ios.
    """

    name: ClassVar[str] = "ios-module"
    root: ClassVar[str] = f"$(SRCROOT)/{_MODULE}"

    def context(self, spec: ModelSpec, facts: ProjectFacts) -> dict[str, object]:
        """See Platform."""
        return {**super().context(spec, facts), "edgegen_dir": "."}

    def beside_package(self, facts: ProjectFacts) -> tuple[str, ...]:
        """See Ios."""
        return ("NOTICE.md", "edgegen.toml", *["labels.txt"] * (facts.labels is not None))

    def arrange(self, into: Path) -> None:
        """See Platform."""
        only_module(into, _MODULE, _KEPT)

    def next_steps(self, spec: ModelSpec, target: Path) -> tuple[tuple[str, str], ...]:
        """See Platform."""
        return ()
