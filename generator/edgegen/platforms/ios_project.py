"""The Xcode project of an iOS project: its scheme, its settings, its README and the Podfile: what they substitute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from edgegen.platforms import ProjectFacts
from edgegen.platforms.apple import dependencies_of
from edgegen.platforms.ios_app import usage_settings
from edgegen.platforms.ios_project_docs import documents
from edgegen.platforms.ios_xcodeproj import XcodeProject, project_text
from edgegen.platforms.pbxproj import object_id
from edgegen.render.filters import xcconfig_value
from edgegen.spec.model_spec import ImageInput, ModelSpec

_TURNS: Final = (
    "UIInterfaceOrientationPortrait UIInterfaceOrientationLandscapeLeft UIInterfaceOrientationLandscapeRight"
)


def overlays(spec: ModelSpec) -> list[str]:
    """The names of the overlays, in order."""
    return ["project", *["project-pods"] * (dependencies_of(spec) == "cocoapods")]


def context(spec: ModelSpec, facts: ProjectFacts, product: str) -> Mapping[str, object]:
    """What the overlays substitute."""
    pods = dependencies_of(spec) == "cocoapods"
    labels = ["labels.txt"] * (facts.labels is not None)
    files = ("README.md", "edgegen.toml", *labels, "NOTICE.md")
    numbers = any(not isinstance(item, ImageInput) for item in spec.inputs)
    project = XcodeProject(product, facts.slug, files, pods, info_plist=numbers)
    return {
        "pbxproj": project_text(project),
        "app_target_id": object_id(facts.slug, "PBXNativeTarget", product),
        "scheme_testables": _testables(pods),
        # Settings are expanded where they are used, and Info.plist once more as a whole.
        "display_name": xcconfig_value(facts.name.replace("$", "$$")),
        "team_value": f" {spec.app.team}" if spec.app.team else "",
        "deployment_owner": "ModelKit/ModelKit.podspec and Podfile" if pods else "ModelKit/Package.swift",
        "app_settings": _app_settings(spec, pods, product if numbers else None),
        **documents(spec, facts, product),
    }


def _testables(pods: bool) -> str:
    """The scheme's test action: ModelKit's tests; with CocoaPods they are in a scheme of the pod's."""
    if pods:
        return "      <Testables>\n      </Testables>"
    return "\n".join(
        (
            "      <Testables>",
            "         <TestableReference",
            '            skipped = "NO">',
            "            <BuildableReference",
            '               BuildableIdentifier = "primary"',
            '               BlueprintIdentifier = "ModelKitTests"',
            '               BuildableName = "ModelKitTests"',
            '               BlueprintName = "ModelKitTests"',
            '               ReferencedContainer = "container:ModelKit">',
            "            </BuildableReference>",
            "         </TestableReference>",
            "      </Testables>",
        )
    )


def _app_settings(spec: ModelSpec, pods: bool, plist_folder: str | None) -> str:
    """The lines of App.xcconfig that depend on the runtime, on CocoaPods, and on what the app asks the user for."""
    info = [
        "// What the system has to know of the app.",
        "GENERATE_INFOPLIST_FILE = YES",
        *[f"INFOPLIST_FILE = {plist_folder}/Info.plist"] * (plist_folder is not None),
        "INFOPLIST_KEY_ITSAppUsesNonExemptEncryption = NO",
        *usage_settings(spec),
        "INFOPLIST_KEY_UIApplicationSceneManifest_Generation = YES",
        "INFOPLIST_KEY_UIApplicationSupportsIndirectInputEvents = YES",
        "INFOPLIST_KEY_UILaunchScreen_Generation = YES",
        f"INFOPLIST_KEY_UISupportedInterfaceOrientations_iPad = {_TURNS} UIInterfaceOrientationPortraitUpsideDown",
        f"INFOPLIST_KEY_UISupportedInterfaceOrientations_iPhone = {_TURNS}",
        "",
        "ASSETCATALOG_COMPILER_APPICON_NAME = AppIcon",
        "ASSETCATALOG_COMPILER_GLOBAL_ACCENT_COLOR_NAME = AccentColor",
        "ENABLE_PREVIEWS = YES",
        "LD_RUNPATH_SEARCH_PATHS = $(inherited) @executable_path/Frameworks",
        "",
    ]
    if spec.export.runtime == "executorch":
        info += [
            "// ExecuTorch's kernels and backends register themselves when they are loaded; nothing calls them, so the",
            "// linker would leave them out.",
            "OTHER_LDFLAGS = $(inherited) -all_load",
            "",
        ]
    if pods:
        info += [
            "// CocoaPods' phase that copies resources writes a list beside its own files, which the sandbox refuses.",
            "ENABLE_USER_SCRIPT_SANDBOXING = NO",
            "",
        ]
    return "\n".join(info)
