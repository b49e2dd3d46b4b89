"""What each class of object in `project.pbxproj` has to have, and what its references point at.

Written down from projects that Xcode 9 to 16 made. Keys that are neither required nor references are anyone's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class Isa:
    """`required` keys; `one` and `many`: the keys whose value is an id, or a list of ids, and the classes allowed."""

    required: tuple[str, ...] = ()
    one: dict[str, tuple[str, ...]] = field(default_factory=dict)
    many: dict[str, tuple[str, ...]] = field(default_factory=dict)


PHASES: Final = (
    "PBXSourcesBuildPhase",
    "PBXFrameworksBuildPhase",
    "PBXResourcesBuildPhase",
    "PBXHeadersBuildPhase",
    "PBXCopyFilesBuildPhase",
    "PBXShellScriptBuildPhase",
    "PBXRezBuildPhase",
)
TARGETS: Final = ("PBXNativeTarget", "PBXAggregateTarget", "PBXLegacyTarget")
SYNCHRONIZED: Final = "PBXFileSystemSynchronizedRootGroup"
GROUPS: Final = ("PBXGroup", "PBXVariantGroup", "XCVersionGroup", SYNCHRONIZED)
FILES: Final = ("PBXFileReference", "PBXReferenceProxy")
PACKAGES: Final = ("XCRemoteSwiftPackageReference", "XCLocalSwiftPackageReference")
EXCEPTIONS: Final = (
    "PBXFileSystemSynchronizedBuildFileExceptionSet",
    "PBXFileSystemSynchronizedGroupBuildPhaseMembershipExceptionSet",
)

_PHASE: Final = Isa(("files",), many={"files": ("PBXBuildFile",)})
_TARGET: Final = Isa(
    ("name", "buildConfigurationList", "buildPhases", "dependencies"),
    one={"buildConfigurationList": ("XCConfigurationList",), "productReference": ("PBXFileReference",)},
    many={
        "buildPhases": PHASES,
        "dependencies": ("PBXTargetDependency",),
        "buildRules": ("PBXBuildRule",),
        "packageProductDependencies": ("XCSwiftPackageProductDependency",),
        "fileSystemSynchronizedGroups": (SYNCHRONIZED,),
    },
)
_GROUP: Final = Isa(("children", "sourceTree"), many={"children": (*GROUPS, *FILES)})

ISA: Final[dict[str, Isa]] = {
    "PBXProject": Isa(
        ("buildConfigurationList", "mainGroup", "targets", "attributes"),
        one={
            "buildConfigurationList": ("XCConfigurationList",),
            "mainGroup": ("PBXGroup",),
            "productRefGroup": ("PBXGroup",),
        },
        many={"targets": TARGETS, "packageReferences": PACKAGES},
    ),
    "PBXNativeTarget": Isa((*_TARGET.required, "productType", "productReference"), one=_TARGET.one, many=_TARGET.many),
    "PBXAggregateTarget": _TARGET,
    "PBXLegacyTarget": Isa((*_TARGET.required, "buildToolPath"), one=_TARGET.one, many=_TARGET.many),
    "PBXGroup": _GROUP,
    "PBXVariantGroup": Isa((*_GROUP.required, "name"), many=_GROUP.many),
    "XCVersionGroup": Isa(
        (*_GROUP.required, "currentVersion"), one={"currentVersion": ("PBXFileReference",)}, many=_GROUP.many
    ),
    SYNCHRONIZED: Isa(("path", "sourceTree"), many={"exceptions": EXCEPTIONS}),
    EXCEPTIONS[0]: Isa(("target",), one={"target": TARGETS}),
    EXCEPTIONS[1]: Isa(("buildPhase",), one={"buildPhase": PHASES}),
    "PBXFileReference": Isa(("path", "sourceTree")),
    "PBXReferenceProxy": Isa(
        ("fileType", "path", "remoteRef", "sourceTree"), one={"remoteRef": ("PBXContainerItemProxy",)}
    ),
    "PBXBuildFile": Isa(
        one={
            "fileRef": (*GROUPS, *FILES),
            "productRef": ("XCSwiftPackageProductDependency",),
        }
    ),
    "PBXBuildRule": Isa(("compilerSpec", "fileType", "isEditable")),
    "PBXTargetDependency": Isa(
        one={
            "target": TARGETS,
            "targetProxy": ("PBXContainerItemProxy",),
            "productRef": ("XCSwiftPackageProductDependency",),
        }
    ),
    "PBXContainerItemProxy": Isa(
        ("containerPortal", "proxyType", "remoteGlobalIDString"),
        one={"containerPortal": ("PBXProject", "PBXFileReference")},
    ),
    "XCConfigurationList": Isa(("buildConfigurations",), many={"buildConfigurations": ("XCBuildConfiguration",)}),
    "XCBuildConfiguration": Isa(
        ("buildSettings", "name"),
        one={"baseConfigurationReference": ("PBXFileReference",), "baseConfigurationReferenceAnchor": (SYNCHRONIZED,)},
    ),
    "XCSwiftPackageProductDependency": Isa(("productName",), one={"package": PACKAGES}),
    "XCRemoteSwiftPackageReference": Isa(("repositoryURL", "requirement")),
    "XCLocalSwiftPackageReference": Isa(("relativePath",)),
    **dict.fromkeys(PHASES, _PHASE),
    "PBXCopyFilesBuildPhase": Isa(("files", "dstPath", "dstSubfolderSpec"), many=_PHASE.many),
    "PBXShellScriptBuildPhase": Isa(("files", "shellPath", "shellScript"), many=_PHASE.many),
}

SOURCE_TREES: Final = frozenset(
    {"<group>", "<absolute>", "SOURCE_ROOT", "BUILT_PRODUCTS_DIR", "SDKROOT", "DEVELOPER_DIR"}
)

REQUIREMENTS: Final[dict[str, tuple[str, ...]]] = {
    "upToNextMajorVersion": ("minimumVersion",),
    "upToNextMinorVersion": ("minimumVersion",),
    "exactVersion": ("version",),
    "versionRange": ("minimumVersion", "maximumVersion"),
    "branch": ("branch",),
    "revision": ("revision",),
}

SYNCHRONIZED_SINCE: Final = 70
"""The objectVersion from which on there are folders whose files are not listed (Xcode 16)."""

SCRIPT_SETTINGS: Final = ("inputPaths", "outputPaths", "inputFileListPaths", "outputFileListPaths")
