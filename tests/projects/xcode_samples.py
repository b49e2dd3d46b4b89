"""Project files such as several Xcodes and generators of projects write them: one app, `Shop`, in each."""

# ruff: noqa: E501 - lines are as long as Xcode writes them

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

_HEAD: Final = """// !$*UTF8*$!
{
	archiveVersion = 1;
	classes = {
	};
	objectVersion = VERSION;
	objects = {

"""
_TAIL: Final = """	};
	rootObject = A10000000000000000000001 /* Project object */;
}
"""

# By class, in Xcode's order; each text is one or more objects.
_XCODE_14: Final[Mapping[str, str]] = {
    "PBXBuildFile": """\
		A10000000000000000000010 /* ShopApp.swift in Sources */ = {isa = PBXBuildFile; fileRef = A10000000000000000000020 /* ShopApp.swift */; };
""",
    "PBXFileReference": """\
		A10000000000000000000020 /* ShopApp.swift */ = {isa = PBXFileReference; lastKnownFileType = sourcecode.swift; path = ShopApp.swift; sourceTree = "<group>"; };
		A10000000000000000000021 /* Shop.app */ = {isa = PBXFileReference; explicitFileType = wrapper.application; includeInIndex = 0; path = Shop.app; sourceTree = BUILT_PRODUCTS_DIR; };
""",
    "PBXFrameworksBuildPhase": """\
		A10000000000000000000030 /* Frameworks */ = {
			isa = PBXFrameworksBuildPhase;
			buildActionMask = 2147483647;
			files = (
			);
			runOnlyForDeploymentPostprocessing = 0;
		};
""",
    "PBXGroup": """\
		A10000000000000000000040 = {
			isa = PBXGroup;
			children = (
				A10000000000000000000041 /* Shop */,
				A10000000000000000000042 /* Products */,
			);
			sourceTree = "<group>";
		};
		A10000000000000000000041 /* Shop */ = {
			isa = PBXGroup;
			children = (
				A10000000000000000000020 /* ShopApp.swift */,
			);
			path = Shop;
			sourceTree = "<group>";
		};
		A10000000000000000000042 /* Products */ = {
			isa = PBXGroup;
			children = (
				A10000000000000000000021 /* Shop.app */,
			);
			name = Products;
			sourceTree = "<group>";
		};
""",
    "PBXNativeTarget": """\
		A10000000000000000000050 /* Shop */ = {
			isa = PBXNativeTarget;
			buildConfigurationList = A10000000000000000000080 /* Build configuration list for PBXNativeTarget "Shop" */;
			buildPhases = (
				A10000000000000000000060 /* Sources */,
				A10000000000000000000030 /* Frameworks */,
			);
			buildRules = (
			);
			dependencies = (
			);
			name = Shop;
			productName = Shop;
			productReference = A10000000000000000000021 /* Shop.app */;
			productType = "com.apple.product-type.application";
		};
""",
    "PBXProject": """\
		A10000000000000000000001 /* Project object */ = {
			isa = PBXProject;
			attributes = {
				BuildIndependentTargetsInParallel = 1;
				LastUpgradeCheck = 1430;
			};
			buildConfigurationList = A10000000000000000000081 /* Build configuration list for PBXProject "Shop" */;
			compatibilityVersion = "Xcode 14.0";
			developmentRegion = en;
			hasScannedForEncodings = 0;
			knownRegions = (
				en,
				Base,
			);
			mainGroup = A10000000000000000000040;
			productRefGroup = A10000000000000000000042 /* Products */;
			projectDirPath = "";
			projectRoot = "";
			targets = (
				A10000000000000000000050 /* Shop */,
			);
		};
""",
    "PBXSourcesBuildPhase": """\
		A10000000000000000000060 /* Sources */ = {
			isa = PBXSourcesBuildPhase;
			buildActionMask = 2147483647;
			files = (
				A10000000000000000000010 /* ShopApp.swift in Sources */,
			);
			runOnlyForDeploymentPostprocessing = 0;
		};
""",
    "XCBuildConfiguration": """\
		A10000000000000000000070 /* Debug */ = {
			isa = XCBuildConfiguration;
			buildSettings = {
				IPHONEOS_DEPLOYMENT_TARGET = 16.4;
				SDKROOT = iphoneos;
			};
			name = Debug;
		};
		A10000000000000000000071 /* Release */ = {
			isa = XCBuildConfiguration;
			buildSettings = {
				IPHONEOS_DEPLOYMENT_TARGET = 16.4;
				SDKROOT = iphoneos;
			};
			name = Release;
		};
		A10000000000000000000072 /* Debug */ = {
			isa = XCBuildConfiguration;
			buildSettings = {
				PRODUCT_BUNDLE_IDENTIFIER = org.example.shop;
				PRODUCT_NAME = "$(TARGET_NAME)";
			};
			name = Debug;
		};
		A10000000000000000000073 /* Release */ = {
			isa = XCBuildConfiguration;
			buildSettings = {
				PRODUCT_BUNDLE_IDENTIFIER = org.example.shop;
				PRODUCT_NAME = "$(TARGET_NAME)";
			};
			name = Release;
		};
""",
    "XCConfigurationList": """\
		A10000000000000000000080 /* Build configuration list for PBXNativeTarget "Shop" */ = {
			isa = XCConfigurationList;
			buildConfigurations = (
				A10000000000000000000072 /* Debug */,
				A10000000000000000000073 /* Release */,
			);
			defaultConfigurationIsVisible = 0;
			defaultConfigurationName = Release;
		};
		A10000000000000000000081 /* Build configuration list for PBXProject "Shop" */ = {
			isa = XCConfigurationList;
			buildConfigurations = (
				A10000000000000000000070 /* Debug */,
				A10000000000000000000071 /* Release */,
			);
			defaultConfigurationIsVisible = 0;
			defaultConfigurationName = Release;
		};
""",
}
_SYNCHRONISED: Final = """\
		A10000000000000000000041 /* Shop */ = {
			isa = PBXFileSystemSynchronizedRootGroup;
			path = Shop;
			sourceTree = "<group>";
		};
"""
_PACKAGES: Final[Mapping[str, str]] = {
    "XCRemoteSwiftPackageReference": """\
		A10000000000000000000090 /* XCRemoteSwiftPackageReference "collections" */ = {
			isa = XCRemoteSwiftPackageReference;
			repositoryURL = "https://example.org/collections.git";
			requirement = {
				kind = upToNextMajorVersion;
				minimumVersion = 1.0.0;
			};
		};
""",
    "XCSwiftPackageProductDependency": """\
		A10000000000000000000091 /* Collections */ = {
			isa = XCSwiftPackageProductDependency;
			package = A10000000000000000000090 /* XCRemoteSwiftPackageReference "collections" */;
			productName = Collections;
		};
""",
}


def xcode_14() -> str:
    """Format 56: every file is listed."""
    return _text("56", _XCODE_14)


def xcode_11() -> str:
    """Format 50, and an app without a phase for frameworks."""
    objects = {isa: text for isa, text in _XCODE_14.items() if isa != "PBXFrameworksBuildPhase"}
    target = objects["PBXNativeTarget"].replace("				A10000000000000000000030 /* Frameworks */,\n", "")
    return _text("50", {**objects, "PBXNativeTarget": target})


def xcode_15() -> str:
    """Format 60, with a package from elsewhere."""
    project = _XCODE_14["PBXProject"].replace(
        "			productRefGroup",
        '			packageReferences = (\n				A10000000000000000000090 /* XCRemoteSwiftPackageReference "collections" */,\n'
        "			);\n			productRefGroup",
    )
    target = _XCODE_14["PBXNativeTarget"].replace(
        "			productName",
        "			packageProductDependencies = (\n				A10000000000000000000091 /* Collections */,\n			);\n			productName",
    )
    return _text("60", {**_XCODE_14, **_PACKAGES, "PBXProject": project, "PBXNativeTarget": target})


def xcode_16() -> str:
    """Format 77: the app's folder is synchronised, and empty lists are written out."""
    objects = {**_XCODE_14, "PBXFileSystemSynchronizedRootGroup": _SYNCHRONISED}
    group = _XCODE_14["PBXGroup"]
    start = group.index("		A10000000000000000000041 /* Shop */ = {")
    objects["PBXGroup"] = group[:start] + group[group.index("		A10000000000000000000042 /* Products */ = {") :]
    objects["PBXSourcesBuildPhase"] = _XCODE_14["PBXSourcesBuildPhase"].replace(
        "				A10000000000000000000010 /* ShopApp.swift in Sources */,\n", ""
    )
    del objects["PBXBuildFile"]
    objects["PBXFileReference"] = _XCODE_14["PBXFileReference"].splitlines(keepends=True)[1]
    objects["PBXNativeTarget"] = _XCODE_14["PBXNativeTarget"].replace(
        "			name = Shop;\n",
        "			fileSystemSynchronizedGroups = (\n				A10000000000000000000041 /* Shop */,\n			);\n"
        "			name = Shop;\n			packageProductDependencies = (\n			);\n",
    )
    return _text("77", objects)


def windows() -> str:
    """Line ends of another system's, as a version control system may leave them."""
    return xcode_14().replace("\n", "\r\n")


def without_sections() -> str:
    """No comments and no sections, as tools leave it that read and write the format themselves."""
    import re

    body = "".join(text for _, text in sorted(_XCODE_14.items()))
    return re.sub(r" /\*.*?\*/", "", _HEAD.replace("VERSION", "56").rstrip("\n") + "\n" + body + _TAIL)


def on_few_lines() -> str:
    """Lists and dictionaries on one line each."""
    import re

    def flat(match: re.Match[str]) -> str:
        return re.sub(r"\s+", " ", match[0])

    return re.sub(r"(?m)^\t\tA1\w+[^\n]* = \{\n(?:\t\t\t.*\n)*?\t\t\};$", flat, xcode_14())


SAMPLES: Final = {
    function.__name__: function
    for function in (xcode_11, xcode_14, xcode_15, xcode_16, windows, without_sections, on_few_lines)
}


def write(folder: Path, text: str, name: str = "Shop") -> Path:
    """An .xcodeproj with that content in `folder`, and the app's one source file. Returns the .xcodeproj."""
    project = folder / f"{name}.xcodeproj"
    project.mkdir(parents=True)
    (project / "project.pbxproj").write_bytes(text.encode())
    (folder / name).mkdir()
    (folder / name / f"{name}App.swift").write_text("import SwiftUI\n", encoding="utf-8")
    return project


def _text(version: str, objects: Mapping[str, str]) -> str:
    sections = [f"/* Begin {isa} section */\n{text}/* End {isa} section */\n" for isa, text in sorted(objects.items())]
    return _HEAD.replace("VERSION", version) + "\n".join(sections) + _TAIL
