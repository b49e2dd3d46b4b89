"""android: a Gradle project with the library `:model` and the demo `:app`, in Java for API level 24 and later."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import ClassVar, Final

from edgegen.names import default_app_id
from edgegen.paths import data_dir
from edgegen.platforms import Platform, ProjectFacts, android_model
from edgegen.platforms.shapes import is_classifier
from edgegen.render.filters import sh_quote
from edgegen.spec.model_spec import ModelSpec
from edgegen.versions import EXECUTORCH

MIN_SDK: Final = 24
COMPILE_SDK: Final = 36


class Android(Platform):
    """See the module. The overlays: the Gradle project, `:model` by runtime, inputs and outputs, and `:app`."""

    name: ClassVar[str] = "android"
    runtimes: ClassVar[tuple[str, ...]] = ("executorch", "torchscript", "onnx")
    has_app_id: ClassVar[bool] = True

    def overlays(self, spec: ModelSpec) -> list[Path]:
        """See Platform."""
        app = ["app", "app-image" if is_classifier(spec) else "app-tensors"] if _exists("android_app") else []
        return _folders([*["project"] * _exists("android_project"), *android_model.overlays(spec), *app])

    def verbatim(self, spec: ModelSpec) -> dict[str, Path]:
        """See Platform."""
        return {folder: path for folder, path in android_model.verbatim(spec).items() if path.is_dir()}

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
            "executorch_version": EXECUTORCH,
            "min_sdk": MIN_SDK,
            "compile_sdk": COMPILE_SDK,
            "target_sdk": COMPILE_SDK,
            **android_model.context(spec, facts),
            **_optional("android_project", spec, facts),
            **_optional("android_app", spec, facts),
        }

    def next_steps(self, spec: ModelSpec, target: Path) -> tuple[tuple[str, str], ...]:
        """See Platform."""
        activity = f"{(spec.app.id or default_app_id(target.name)).replace('.', '/')}/MainActivity.java"
        return (
            ("Next", f"cd {sh_quote(str(target))} && ./gradlew installDebug"),
            ("Open", str(target / "app" / "src" / "main" / "java" / activity)),
        )

    def module_overlays(self, spec: ModelSpec) -> list[Path]:
        """The overlays of `:model` alone, which `edgegen add` puts into an app: `model/` and `generated/`."""
        return _folders(android_model.overlays(spec))

    def module_verbatim(self, spec: ModelSpec) -> dict[str, Path]:
        """The folders that `:model` copies as they are."""
        return self.verbatim(spec)

    def module_context(self, spec: ModelSpec, facts: ProjectFacts) -> dict[str, object]:
        """What the overlays of `:model` substitute where edgegen.toml and `generated/` lie inside `model/`."""
        return {**self.context(spec, facts), "edgegen_dir": "."}


def _folders(names: list[str]) -> list[Path]:
    templates = data_dir("templates") / "android"
    return [templates / name for name in names if (templates / name).is_dir()]


def _exists(module: str) -> bool:
    return Path(__file__).with_name(f"{module}.py").is_file()


def _optional(module: str, spec: ModelSpec, facts: ProjectFacts) -> dict[str, object]:
    if not _exists(module):
        return {}
    return dict(importlib.import_module(f"edgegen.platforms.{module}").context(spec, facts))
