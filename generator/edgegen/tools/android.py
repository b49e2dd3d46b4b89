"""Android's SDK, its adb, and Gradle's own download: what `./gradlew` needs and what reaches a phone."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Final

from edgegen.errors import ToolError
from edgegen.tools.base import CommandTool, Tool, ToolStatus, candidates, version_of
from edgegen.versions import GRADLE

_SDK_FOLDERS: Final = ("platforms", "licenses", "cmdline-tools", "platform-tools", "build-tools")
_STUDIO: Final = "Install Android Studio, or its command line tools (sdkmanager)"


class AndroidSdk(Tool):
    """A folder, found as AGP finds it: `sdk.dir` of local.properties, then ANDROID_HOME.

    Where neither is given, the folder that Android Studio installs into is taken: `edgegen build` tells Gradle of it.
    """

    name: ClassVar[str] = "Android SDK"
    purpose: ClassVar[str] = "holds the Android that the app is compiled against"
    remedy: ClassVar[str] = f"{_STUDIO}, then set ANDROID_HOME to the SDK's folder"

    def verify(self) -> ToolStatus:
        """See Tool."""
        folder = self.find(None)
        if folder is None:
            return self.status(ok=False, version=None)
        found = sorted((path.name for path in (folder / "platforms").glob("android-*")), key=_api_level)
        return self.status(ok=True, version=f"{found[-1] if found else 'no platform yet'} in {folder}")

    def find(self, project: Path | None) -> Path | None:
        """The SDK of a project, or of any where it is None; None where there is no SDK in the first place named."""
        return next((folder if _is_sdk(folder) else None for _, folder in _named(project)), None)

    def require(self, project: Path) -> Path:
        """The SDK's folder. Raises ToolError saying which of the places is wrong."""
        for where, folder in _named(project):
            if _is_sdk(folder):
                return folder
            raise ToolError(f"is not the folder of an Android SDK: {folder}", where=where, hint=self.remedy)
        raise ToolError(f"the Android SDK was not found; it {self.purpose}", hint=self.remedy)


class Gradle(Tool):
    """Gradle itself, which the project's wrapper downloads for its first build."""

    name: ClassVar[str] = "Gradle"
    purpose: ClassVar[str] = "builds the app"
    required: ClassVar[bool] = False
    remedy: ClassVar[str] = f"The project's ./gradlew downloads Gradle {GRADLE} at its first build"

    def verify(self) -> ToolStatus:
        """See Tool."""
        home = Path(os.environ.get("GRADLE_USER_HOME") or Path.home() / ".gradle")
        here = any((home / "wrapper" / "dists").glob(f"gradle-{GRADLE}-*/*/gradle-{GRADLE}"))
        return self.status(ok=here, version=GRADLE if here else None)


class Adb(CommandTool):
    """On PATH, or in the SDK, where it need not be on PATH."""

    name: ClassVar[str] = "adb"
    purpose: ClassVar[str] = "installs and starts the app on a phone or an emulator (edgegen run)"
    required: ClassVar[bool] = False
    commands: ClassVar[tuple[str, ...]] = ("adb",)
    remedy: ClassVar[str] = "Install the SDK's platform-tools (Android Studio does), or Debian: apt install adb"

    def _search(self) -> tuple[Path, str, bool] | None:
        sdk = AndroidSdk().find(None)
        in_sdk = [] if sdk is None else [sdk / "platform-tools" / name for name in ("adb", "adb.exe")]
        for path in [*candidates(self.commands), *(path for path in in_sdk if path.is_file())]:
            version = version_of([str(path), "version"])
            if version is not None:
                return path, version, True
        return None


def _named(project: Path | None) -> Iterator[tuple[str, Path]]:
    """(what names it, folder): the places of an SDK, the one that AGP takes first."""
    properties = None if project is None else project / "local.properties"
    if properties is not None and properties.is_file():
        text = properties.read_text(encoding="utf-8", errors="replace")
        match = re.search(r"^\s*sdk\.dir\s*[=:]\s*(.*?)\s*$", text, re.MULTILINE)
        if match is not None:
            # As java.util.Properties reads it, which Windows' paths depend on: C\:\\Users\\…
            yield str(properties), Path(re.sub(r"\\(.)", r"\1", match[1]))
    for variable in ("ANDROID_HOME", "ANDROID_SDK_ROOT"):
        if os.environ.get(variable):
            yield variable, Path(os.environ[variable])
    studio = _studio_sdk()
    if _is_sdk(studio):
        yield "Android Studio", studio


def _studio_sdk() -> Path:
    """Where Android Studio installs the SDK by itself."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Android" / "sdk"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "Android" / "Sdk"
    return Path.home() / "Android" / "Sdk"


def _is_sdk(folder: Path) -> bool:
    return any((folder / name).is_dir() for name in _SDK_FOLDERS)


def _api_level(platform: str) -> int:
    """`android-36` and `android-36.1` → 36; a preview's letter sorts first."""
    match = re.search(r"\d+", platform)
    return int(match.group()) if match else 0
