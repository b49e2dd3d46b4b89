"""`project.pbxproj` of an iOS project: the app's target, the one that exports the model, and ModelKit as a package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from edgegen.platforms.pbxproj import OBJECT_VERSION, Graph, Ref, Value

# The first Xcode that writes and reads such a project.
_XCODE: Final = "1600"
_EXPORT: Final = "Export model"
_EXPORT_SCRIPT: Final = 'exec /bin/sh "$SRCROOT/ModelKit/edgegen/export-model.sh"\n'
_CONFIGURATIONS: Final = ("Debug", "Release")
_FILE_TYPES: Final = {"md": "net.daringfireball.markdown", "toml": "text", "txt": "text", "xcconfig": "text.xcconfig"}
_EVERY_ACTION: Final = 2147483647  # What Xcode writes for a build phase that is part of every build.


@dataclass(frozen=True, slots=True)
class XcodeProject:
    """What the project is made of. `product` names the project, the app's target and its folder.

    `files` are those of the project's folder that Xcode shows. `pods` says that CocoaPods brings ModelKit, not Xcode.
    `info_plist` says that the app's folder has an Info.plist, which is no resource of it.
    """

    product: str
    slug: str
    files: tuple[str, ...]
    pods: bool
    info_plist: bool


def project_text(project: XcodeProject) -> str:
    """`project.pbxproj` as Xcode would write it."""
    graph = Graph(project.slug)
    root = graph.ref("PBXProject", project.product, "Project object")
    app = graph.ref("PBXNativeTarget", project.product)
    bundle = graph.add(
        "PBXFileReference",
        f"{project.product}.app",
        explicitFileType="wrapper.application",
        includeInIndex=0,
        path=f"{project.product}.app",
        sourceTree="BUILT_PRODUCTS_DIR",
    )
    files = {name: _file(graph, name, name) for name in project.files}
    configs = {name: _file(graph, name, f"Config/{name}") for name in _config_files(project)}
    folder = _app_folder(graph, project, app)
    export = _export_target(graph, root)
    package = _package(graph) if not project.pods else None
    _app_target(graph, project, app, _AppParts(root, bundle, folder, files["NOTICE.md"], export, package, configs))
    attributes = {ref.id: {"CreatedOnToolsVersion": "16.0"} for ref in (app, export)}
    graph.put(
        root,
        attributes={
            "BuildIndependentTargetsInParallel": 1,
            "LastSwiftUpdateCheck": _XCODE,
            "LastUpgradeCheck": _XCODE,
            "TargetAttributes": dict(sorted(attributes.items())),
        },
        buildConfigurationList=_configurations(
            graph, root, project.product, {name: configs[f"{name}.xcconfig"] for name in _CONFIGURATIONS}
        ),
        developmentRegion="en",
        hasScannedForEncodings=0,
        knownRegions=["en", "Base"],
        mainGroup=_main_group(graph, project, [*files.values(), folder], list(configs.values()), bundle),
        minimizedProjectReferenceProxies=1,
        **({"packageReferences": [package.reference]} if package else {}),
        preferredProjectObjectVersion=OBJECT_VERSION,
        productRefGroup=graph.ref("PBXGroup", "Products"),
        projectDirPath="",
        projectRoot="",
        targets=[app, export],
    )
    return graph.text(root)


@dataclass(frozen=True, slots=True)
class _Package:
    """ModelKit as a local package: the reference to its folder, and the product that the app links."""

    reference: Ref
    product: Ref


@dataclass(frozen=True, slots=True)
class _AppParts:
    """What the app's target is made of; `configs` are the xcconfig files by name."""

    project: Ref
    bundle: Ref
    folder: Ref
    notice: Ref
    export: Ref
    package: _Package | None
    configs: Mapping[str, Ref]


def _config_files(project: XcodeProject) -> list[str]:
    names = ["App.xcconfig", "Debug.xcconfig", "Project.xcconfig", "Release.xcconfig"]
    return ["App.debug.xcconfig", "App.release.xcconfig", *names] if project.pods else names


def _file(graph: Graph, name: str, key: str) -> Ref:
    """A file in the folder of its group; beside the project or in Config, by `key`, its path."""
    return graph.add(
        "PBXFileReference",
        key,
        name,
        lastKnownFileType=_FILE_TYPES[name.rpartition(".")[2]],
        path=name,
        sourceTree="<group>",
    )


def _main_group(graph: Graph, project: XcodeProject, items: list[Ref], configs: list[Ref], bundle: Ref) -> Ref:
    config = graph.add("PBXGroup", "Config", children=configs, path="Config", sourceTree="<group>")
    products = graph.add("PBXGroup", "Products", children=[bundle], name="Products", sourceTree="<group>")
    return graph.add("PBXGroup", "main", project.product, children=[*items, config, products], sourceTree="<group>")


def _app_folder(graph: Graph, project: XcodeProject, app: Ref) -> Ref:
    """The folder of the app's sources and resources: what lies in it belongs to the target without being listed."""
    folder = graph.ref("PBXFileSystemSynchronizedRootGroup", project.product)
    if not project.info_plist:
        return graph.put(folder, path=project.product, sourceTree="<group>")
    # It becomes the bundle's Info.plist by a build setting; copied as a resource, too, it would be there twice.
    exception = graph.add(
        "PBXFileSystemSynchronizedBuildFileExceptionSet",
        project.product,
        f'Exceptions for "{project.product}" folder in "{project.product}" target',
        membershipExceptions=["Info.plist"],
        target=app,
    )
    return graph.put(folder, exceptions=[exception], path=project.product, sourceTree="<group>")


def _package(graph: Graph) -> _Package:
    name = "ModelKit"
    reference = graph.add(
        "XCLocalSwiftPackageReference", name, f'XCLocalSwiftPackageReference "{name}"', relativePath=name
    )
    return _Package(reference, graph.add("XCSwiftPackageProductDependency", name, package=reference, productName=name))


def _app_target(graph: Graph, project: XcodeProject, app: Ref, parts: _AppParts) -> None:
    frameworks: list[Value] = []
    if parts.package:
        comment = "ModelKit in Frameworks"
        frameworks.append(graph.add("PBXBuildFile", "ModelKit", comment, productRef=parts.package.product))
    notice = graph.add("PBXBuildFile", "NOTICE.md", "NOTICE.md in Resources", fileRef=parts.notice)
    base = {name: f"App.{name.lower()}.xcconfig" if project.pods else "App.xcconfig" for name in _CONFIGURATIONS}
    graph.put(
        app,
        buildConfigurationList=_configurations(
            graph, app, project.product, {name: parts.configs[file] for name, file in base.items()}
        ),
        buildPhases=[
            _phase(graph, "PBXSourcesBuildPhase", "Sources", []),
            _phase(graph, "PBXFrameworksBuildPhase", "Frameworks", frameworks),
            _phase(graph, "PBXResourcesBuildPhase", "Resources", [notice]),
        ],
        buildRules=[],
        dependencies=[_dependency(graph, parts.project, parts.export)],
        fileSystemSynchronizedGroups=[parts.folder],
        name=project.product,
        packageProductDependencies=[parts.package.product] if parts.package else [],
        productName=project.product,
        productReference=parts.bundle,
        productType="com.apple.product-type.application",
    )


def _export_target(graph: Graph, root: Ref) -> Ref:
    """The target that exports the model again when what it is made of has changed.

    A phase of the app's own would be a cycle: it writes what ModelKit is compiled from, and the app's phases wait for
    ModelKit. From a target of its own the build orders by files: this script, then the package, then the app.
    """
    phase = graph.add(
        "PBXShellScriptBuildPhase",
        _EXPORT,
        buildActionMask=_EVERY_ACTION,
        files=[],
        inputFileListPaths=["$(SRCROOT)/ModelKit/Generated/inputs.xcfilelist"],
        inputPaths=["$(SRCROOT)/ModelKit/edgegen/export-model.sh", "$(SRCROOT)/edgegen.toml"],
        name=_EXPORT,
        outputFileListPaths=["$(SRCROOT)/ModelKit/Generated/outputs.xcfilelist"],
        outputPaths=[],
        runOnlyForDeploymentPostprocessing=0,
        shellPath="/bin/sh",
        shellScript=_EXPORT_SCRIPT,
    )
    target = graph.ref("PBXAggregateTarget", _EXPORT)
    return graph.put(
        target,
        buildConfigurationList=_configurations(graph, target, _EXPORT, {}),
        buildPhases=[phase],
        dependencies=[],
        name=_EXPORT,
        packageProductDependencies=[],
        productName=_EXPORT,
    )


def _dependency(graph: Graph, project: Ref, target: Ref) -> Ref:
    proxy = graph.add(
        "PBXContainerItemProxy",
        target.comment,
        "PBXContainerItemProxy",
        containerPortal=project,
        proxyType=1,
        remoteGlobalIDString=target.id,
        remoteInfo=target.comment,
    )
    return graph.add("PBXTargetDependency", target.comment, "PBXTargetDependency", target=target, targetProxy=proxy)


def _phase(graph: Graph, isa: str, name: str, files: list[Value]) -> Ref:
    return graph.add(isa, name, buildActionMask=_EVERY_ACTION, files=files, runOnlyForDeploymentPostprocessing=0)


def _configurations(graph: Graph, owner: Ref, name: str, files: Mapping[str, Ref]) -> Ref:
    """Debug and Release of a target or the project; the settings stand in the xcconfig `files`, by configuration."""
    settings: dict[str, Value] = {} if owner.isa == "PBXProject" else {"PRODUCT_NAME": "$(TARGET_NAME)"}
    configurations = [
        graph.add(
            "XCBuildConfiguration",
            f"{owner.isa} {configuration}",
            configuration,
            **({"baseConfigurationReference": files[configuration]} if files else {}),
            buildSettings=settings,
            name=configuration,
        )
        for configuration in _CONFIGURATIONS
    ]
    return graph.add(
        "XCConfigurationList",
        owner.isa,
        f'Build configuration list for {owner.isa} "{name}"',
        buildConfigurations=configurations,
        defaultConfigurationIsVisible=0,
        defaultConfigurationName="Release",
    )
