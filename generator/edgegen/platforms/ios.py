"""ios: an Xcode project with the local Swift package ModelKit and a SwiftUI app, in Swift 6 for iOS 16 and later."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from edgegen.names import check_bundle_id, default_app_id
from edgegen.paths import data_dir
from edgegen.platforms import Platform, ProjectFacts, ios_app, ios_model, ios_project
from edgegen.platforms.apple import check_apple, dependencies_of
from edgegen.platforms.java import camel, words_of
from edgegen.platforms.swift import is_reserved
from edgegen.platforms.xcode_lists import write_file_lists
from edgegen.render.filters import sh_quote
from edgegen.render.manifest import generated_folder
from edgegen.spec.deployment import ios_major, ios_target
from edgegen.spec.model_spec import ModelSpec

# Modules that the app or ModelKit may import: a product of the same name would hide one of them from itself.
_MODULES: Final = frozenset(
    (
        *("accelerate", "avfoundation", "combine", "coregraphics", "coreimage", "coreml", "coremedia", "corevideo"),
        *("darwin", "dispatch", "executorch", "foundation", "imageio", "metal", "modelkit", "objectivec"),
        *(
            "observation",
            "onnxruntimebindings",
            "oslog",
            "photosui",
            "photos",
            "security",
            "swift",
            "swiftui",
            "testing",
        ),
        *("uikit", "uniformtypeidentifiers", "vision", "xctest", "xcode", "app", "libtorchlite", "podfile", "pods"),
        *("config", "generated", "tests", "sources"),
    )
)


class Ios(Platform):
    """See the module. The overlays: the Xcode project, the app, and ModelKit by runtime, inputs and outputs.

    ModelKit can be had alone, for an app that is there already: `module_overlays`, `module_verbatim`.
    """

    name: ClassVar[str] = "ios"
    runtimes: ClassVar[tuple[str, ...]] = ("coreml", "executorch", "onnx", "torchscript")
    rendered: ClassVar[Path] = Path("ModelKit", "Generated")
    has_app_id: ClassVar[bool] = True
    root: ClassVar[str] = "$(SRCROOT)"
    """The project's folder in Xcode's words."""

    def check_id(self, app_id: str, where: str) -> str:
        """See Platform."""
        return check_bundle_id(app_id, where)

    def check(self, spec: ModelSpec, where: str) -> None:
        """See Platform."""
        check_apple(spec, where)

    def overlays(self, spec: ModelSpec) -> list[Path]:
        """See Platform."""
        return _folders([*ios_project.overlays(spec), *ios_app.overlays(spec), *ios_model.overlays(spec)])

    def verbatim(self, spec: ModelSpec) -> dict[str, Path]:
        """See Platform."""
        return ios_model.verbatim(spec)

    def context(self, spec: ModelSpec, facts: ProjectFacts) -> dict[str, object]:
        """See Platform."""
        product = product_of(facts.slug)
        return {
            "slug": facts.slug,
            "name": facts.name,
            "product": product,
            "app_id": spec.app.id or default_app_id(facts.slug),
            "team": spec.app.team or "",
            "runtime": spec.export.runtime,
            "backend": spec.export.backend,
            "dependencies": dependencies_of(spec),
            "deployment_target": ios_target(spec),
            "deployment_major": str(ios_major(spec)),
            "edgegen_dir": "..",
            "edgegen_version": facts.edgegen_version,
            **ios_project.context(spec, facts, product),
            **ios_app.context(spec),
            **ios_model.context(spec, facts, self.beside_package(facts)),
        }

    def finish(self, into: Path, inputs: Sequence[str]) -> None:
        """See Platform. The lists by which Xcode knows when to export."""
        write_file_lists(into, generated_folder(self.name), self.root, inputs)

    def beside_package(self, facts: ProjectFacts) -> tuple[str, ...]:
        """The files in ModelKit's folder that are no part of the package."""
        del facts
        return ()

    def next_steps(self, spec: ModelSpec, target: Path) -> tuple[tuple[str, str], ...]:
        """See Platform."""
        product = product_of(target.name)
        opened = f"{product}.xcodeproj" if dependencies_of(spec) == "swiftpm" else f"{product}.xcworkspace"
        installed = "" if dependencies_of(spec) == "swiftpm" else "pod install && "
        return (
            ("Next", f"cd {sh_quote(str(target))} && {installed}open {opened}"),
            ("Open", str(target / product / "ContentView.swift")),
        )

    def module_overlays(self, spec: ModelSpec) -> list[Path]:
        """The overlays of `ModelKit/` alone."""
        return _folders(ios_model.overlays(spec))

    def module_verbatim(self, spec: ModelSpec) -> dict[str, Path]:
        """The folders that `ModelKit/` copies as they are."""
        return ios_model.verbatim(spec)


def product_of(slug: str) -> str:
    """The app's product and target, a Swift identifier: `TomJerrysUnicode` for `tom-jerrys-unicode`.

    With `App` behind it where a module that the app imports, a folder of the project or a word of Swift's is called so.
    """
    product = camel(words_of(slug))
    taken = product.lower() in _MODULES or is_reserved(product)
    return f"{product}App" if taken else product


def _folders(names: Sequence[str]) -> list[Path]:
    return [data_dir("templates") / "ios" / name for name in names]
