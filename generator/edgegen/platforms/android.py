"""android: a Gradle project with the library `:model` and the demo `:app`, in Java for API level 24 and later."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from edgegen.names import default_app_id
from edgegen.paths import data_dir
from edgegen.platforms import Platform, ProjectFacts, android_app, android_model, android_project
from edgegen.render.filters import sh_quote
from edgegen.spec.model_spec import ModelSpec

MIN_SDK: Final = 24
COMPILE_SDK: Final = 36


class Android(Platform):
    """See the module. The overlays: the Gradle project, `:model` by runtime, inputs and outputs, and `:app`.

    `:model` can be had alone, for an app that is there already: `module_overlays`, `module_verbatim`.
    """

    name: ClassVar[str] = "android"
    runtimes: ClassVar[tuple[str, ...]] = ("executorch", "torchscript", "onnx")
    has_app_id: ClassVar[bool] = True

    def overlays(self, spec: ModelSpec) -> list[Path]:
        """See Platform."""
        return _folders(["project", *android_model.overlays(spec), *android_app.overlays(spec)])

    def verbatim(self, spec: ModelSpec) -> dict[str, Path]:
        """See Platform."""
        return android_model.verbatim(spec)

    def context(self, spec: ModelSpec, facts: ProjectFacts) -> dict[str, object]:
        """See Platform."""
        app_id = spec.app.id or default_app_id(facts.slug)
        return {
            "slug": facts.slug,
            "name": facts.name,
            "app_id": app_id,
            "package": app_id,
            "package_path": app_id.replace(".", "/"),
            "edgegen_dir": "..",
            "edgegen_version": facts.edgegen_version,
            "min_sdk": MIN_SDK,
            "compile_sdk": COMPILE_SDK,
            "target_sdk": COMPILE_SDK,
            **android_model.context(spec, facts),
            **android_project.context(spec, facts),
            **android_app.context(spec, facts),
        }

    def next_steps(self, spec: ModelSpec, target: Path) -> tuple[tuple[str, str], ...]:
        """See Platform."""
        package = (spec.app.id or default_app_id(target.name)).replace(".", "/")
        return (
            ("Next", f"cd {sh_quote(str(target))} && ./gradlew installDebug"),
            ("Open", str(target / "app/src/main/java" / package / "MainActivity.java")),
        )

    def module_overlays(self, spec: ModelSpec) -> list[Path]:
        """The overlays of `:model` alone: `model/` and `generated/`."""
        return _folders(android_model.overlays(spec))

    def module_verbatim(self, spec: ModelSpec) -> dict[str, Path]:
        """The folders that `:model` copies as they are."""
        return android_model.verbatim(spec)


def _folders(names: list[str]) -> list[Path]:
    return [data_dir("templates") / "android" / name for name in names]
