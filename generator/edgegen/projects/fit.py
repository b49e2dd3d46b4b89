"""What a spec asks of its platform and exporter: told as an error of edgegen.toml, before anything is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edgegen.errors import SpecError, UsageError
from edgegen.spec.model_spec import ModelSpec

if TYPE_CHECKING:
    from edgegen.platforms import Platform


def platform_of(spec: ModelSpec, where: str) -> Platform:
    """The platform that `spec` names; `where` is the file named in errors.

    Raises SpecError for an unknown platform, and for a runtime or name that the platform cannot have.
    """
    from edgegen.names import check_name
    from edgegen.platforms import get_platform

    try:
        platform = get_platform(spec.app.platform)
    except UsageError as error:
        raise SpecError(error.problem, where=f"{where}: app.platform", hint=error.hint) from error
    if spec.export.runtime not in platform.runtimes:
        raise SpecError(
            f"{platform.name} has no runtime {spec.export.runtime!r}",
            where=f"{where}: export.runtime",
            hint=f"Use one of: {', '.join(platform.runtimes)}",
        )
    try:
        check_name(spec.app.name)
    except UsageError as error:
        raise SpecError(error.problem, where=f"{where}: app.name", hint=error.hint) from error
    if spec.export.quantize.mode == "int8" and spec.export.quantize.calibration is None:
        raise SpecError(
            "int8 needs pictures to calibrate with, and none are named",
            where=f"{where}: export.quantize.calibration",
            hint='Name a folder of about a hundred typical pictures, as calibration = "photos"',
        )
    return platform
