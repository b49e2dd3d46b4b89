"""One file per platform: which template, which runtimes, and what a spec looks like in its language.

Everything that depends on a spec is decided here, in Python; the templates only substitute.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from edgegen.errors import SpecError, UsageError
from edgegen.names import check_app_id
from edgegen.spec.model_spec import ModelSpec
from edgegen.version import __version__

if TYPE_CHECKING:
    from edgegen.exporters import ExportReport
    from edgegen.spec.plan import Plan


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What a project is rendered from.

    `name` is as the user typed it, `slug` is safe for files and targets. `model_file` and `goldens` exist already, in
    the folder that becomes `generated/`. `plans` holds the plan of each picture input by its name. `labels` are those
    of the classification output, None where it names no file.
    """

    name: str
    slug: str
    spec: ModelSpec
    labels: tuple[str, ...] | None
    model_file: Path
    goldens: Path
    plans: Mapping[str, Plan]
    model_title: str
    model_licence: str
    report: ExportReport
    edgegen_version: str = __version__


class Platform(ABC):
    """A kind of device, and the project that is written for it."""

    name: ClassVar[str]
    runtimes: ClassVar[tuple[str, ...]]
    rendered: ClassVar[Path] = Path("generated")
    """The folder that the templates have for what `edgegen export` rewrites; see render.manifest.generated_folder."""
    has_app_id: ClassVar[bool] = False
    """Whether its apps are known by an application id (`app.id`), which then is a package's name as well."""

    def check_id(self, app_id: str, where: str) -> str:
        """`app_id` where it can be an app's on this platform. Raises UsageError; `where` is what named it."""
        return check_app_id(app_id, where)

    def check(self, spec: ModelSpec, where: str) -> None:
        """Raises SpecError (`where: table.key: …`) for what the platform cannot do, or has no use for."""
        refuse_apple(spec, self.name, where)

    @abstractmethod
    def overlays(self, spec: ModelSpec) -> list[Path]:
        """The template folders to render, in order; a later one's file replaces an earlier one's."""

    @abstractmethod
    def verbatim(self, spec: ModelSpec) -> dict[str, Path]:
        """The folders to copy as they are: folder in the project → source."""

    @abstractmethod
    def context(self, spec: ModelSpec, facts: ProjectFacts) -> dict[str, object]:
        """What the templates substitute."""

    def arrange(self, into: Path) -> None:
        """Changes what was rendered into the folder `into` to what belongs in a project; most platforms leave it."""
        del into

    def finish(self, into: Path, inputs: Sequence[str]) -> None:
        """Writes into the finished project `into` what depends on its files, or on those the model is made of.

        `inputs` are those, seen from the project's folder. Most platforms have nothing to write.
        """
        del into, inputs

    @abstractmethod
    def next_steps(self, spec: ModelSpec, target: Path) -> tuple[tuple[str, str], ...]:
        """What to do with a new project: (label, command or file) pairs."""


def refuse_apple(spec: ModelSpec, platform: str, where: str) -> None:
    """Raises SpecError for keys and a backend that only ios has."""
    for key in ("team", "dependencies", "deployment_target"):
        if getattr(spec.app, key) is not None:
            raise SpecError(f"is for ios, this is {platform}", where=f"{where}: app.{key}", hint="Remove it")
    if spec.export.backend == "coreml":
        raise SpecError(
            f"{platform} has no Core ML", where=f"{where}: export.backend", hint='Write backend = "xnnpack"'
        )


PLATFORMS = ("linux-arm", "android", "ios")


def get_platform(name: str) -> Platform:
    """The platform of that name; UsageError where there is none."""
    if name == "linux-arm":
        from edgegen.platforms.linux_arm import LinuxArm

        return LinuxArm()
    if name == "android":
        from edgegen.platforms.android import Android

        return Android()
    if name == "android-module":  # No choice of the user's: what `edgegen add --platform android` writes.
        from edgegen.platforms.android_module import AndroidModule

        return AndroidModule()
    if name == "ios":
        from edgegen.platforms.ios import Ios

        return Ios()
    if name == "ios-module":  # Likewise for ios.
        from edgegen.platforms.ios_module import IosModule

        return IosModule()
    raise UsageError(f"there is no platform {name!r}", where="--platform", hint=f"Use one of: {', '.join(PLATFORMS)}")
