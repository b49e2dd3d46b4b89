"""An Android app that a model is put into: the module `:model`, and two lines of the settings."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Final

from edgegen.errors import ProjectError, UsageError
from edgegen.names import check_app_id, default_app_id, slug_of
from edgegen.paths import atomic_write
from edgegen.projects import gradle_settings
from edgegen.projects.gradle_lexer import GradleSyntaxError, Kind, Source, read
from edgegen.projects.gradle_settings import NAMES, PLUGIN_FOLDER
from edgegen.projects.host_app import HostApp, require_foreign, usable_name
from edgegen.projects.request import NewRequest
from edgegen.projects.text_edit import Edit, Insertion
from edgegen.render.manifest import MANIFEST
from edgegen.spec.model_spec import ModelSpec

_DEFAULT: Final = "model"
_SCHEMA: Final = 1
# What Gradle and Android Studio put into a module, or into the plugin's build inside it.
_BUILT: Final = frozenset({"build", ".gradle", ".cxx", ".kotlin", ".idea"})
_NO_MODULES: Final = frozenset({"build", "gradle", "buildsrc", "src", "app", "generated"})
_KERNELS: Final = "src/main/java/edgegen/kernels"
_BUILD_FILES: Final = ("build.gradle", "build.gradle.kts")


class GradleApp(HostApp):
    """See HostApp. `module` is a Gradle module's name; None stands for the one that is there, else `model`."""

    platform: ClassVar[str] = "android"
    module_platform: ClassVar[str] = "android-module"
    record: ClassVar[Path] = MANIFEST.with_name("settings.json")
    edited: ClassVar[str] = "settings"
    in_the_way: ClassVar[str] = "Choose another name for the module with --module"
    not_found: ClassVar[str] = "Name it with --module"

    def __init__(self, app: Path, module: str | None) -> None:
        """Raises ProjectError or UsageError."""
        if not app.is_dir():
            problem = "is not a folder" if app.exists() else "there is no such folder"
            raise ProjectError(problem, where=str(app), hint="Give the root folder of an Android app")
        require_foreign(app, "the root folder")
        self._edit: Edit | None = None
        super().__init__(app, self._added(app) if module is None else _check_module_name(module))

    @property
    def label(self) -> str:
        """See HostApp."""
        return f":{self.module}"

    @property
    def files(self) -> list[Path]:
        """See HostApp."""
        return [self.folder / name for name in NAMES]

    @property
    def additions(self) -> str:
        """See HostApp."""
        return f":{self.module} and its build plugin"

    def edit(self, spec: ModelSpec | None = None) -> Edit:
        """See HostApp. Every model needs the same two lines."""
        del spec
        if self._edit is None:
            self._edit = gradle_settings.plan(gradle_settings.settings_file(self.folder), self.module)
        return self._edit

    def without(self) -> Edit:
        """See HostApp."""
        return gradle_settings.without(gradle_settings.settings_file(self.folder), self.module, self._insertions())

    def require_only_model(self) -> None:
        """See HostApp: another module must not hold the package edgegen.kernels, which can be there once."""
        others = set(self._modules(self.folder))
        for pattern in (_KERNELS, f"*/{_KERNELS}"):
            found = (path for path in _below(self.folder, pattern) if path.is_dir())
            others |= {path.parents[len(Path(_KERNELS).parts) - 1] for path in found}
        others.discard(self.target)
        if others:
            raise ProjectError(
                "holds a model of edgegen's already, and the classes edgegen.kernels can be in an app once",
                where=str(min(others)),
                hint="Take it out with edgegen remove first, or put both models behind one module by hand",
            )

    def named(self, request: NewRequest) -> NewRequest:
        """See HostApp: its folder's name, and what a build file writes out as its id."""
        name = usable_name(request.name or self.folder.resolve().name)
        app_id = request.app_id or self._application_id() or default_app_id(slug_of(name))
        package = f"{app_id}.model"
        if any(value == package for key, value in self._named_ids() if key == "namespace"):
            raise ProjectError(
                f"has a module with the namespace {package} already",
                where=str(self.folder),
                hint="Give another id with --id; the module's package is that id and .model",
            )
        return replace(request, name=name, app_id=app_id, output=self.folder)

    def write_record(self, folder: Path, edit: Edit) -> None:
        """See HostApp."""
        document = {
            "schema": _SCHEMA,
            "file": edit.path.name,
            "insertions": [{"offset": item.offset, "text": item.text} for item in edit.insertions],
        }
        atomic_write(folder / self.record, json.dumps(document, indent=1) + "\n")

    def is_built(self, parts: tuple[str, ...]) -> bool:
        """See HostApp."""
        in_plugin = parts[0] == PLUGIN_FOLDER and len(parts) > 1 and parts[1] in _BUILT
        return parts[0] in _BUILT or in_plugin or parts[-1].endswith(".iml")

    def warnings(self, spec: ModelSpec) -> list[str]:
        """See HostApp. Where the root build file names the Android Gradle Plugin, modules need not say its version."""
        del spec
        for name in _BUILD_FILES:
            with contextlib.suppress(OSError):
                if b"android" in (self.folder / name).read_bytes().lower():
                    return []
        return [
            "the root build file does not declare the Android Gradle Plugin: "
            f"write your version of it behind id 'com.android.library' in {self.target / 'build.gradle'}"
        ]

    def paste(self, spec: ModelSpec) -> tuple[str, tuple[str, ...]]:
        """See HostApp."""
        line = self.usage(spec)["dependency"]
        lines = (f"{line['kotlin']}    // build.gradle.kts", f"{line['groovy']}    // build.gradle")
        return "The line for the dependencies { } of the app's own module:", lines

    def usage(self, spec: ModelSpec) -> dict[str, Any]:
        """See HostApp. The line for the app's build file, in both languages."""
        del spec
        groovy = f"implementation project(':{self.module}')"
        return {"dependency": {"groovy": groovy, "kotlin": f'implementation(project(":{self.module}"))'}}

    def entry(self, files: tuple[str, ...]) -> Path:
        """See HostApp: the typed API."""
        named = {Path(name).name: name for name in files}
        return self.target / (named.get("Classifier.java") or named["Model.java"])

    def users(self) -> list[tuple[Path, str]]:
        """See HostApp: the build files of the app's modules that depend on it."""
        found = []
        for path, source in self._build_files():
            values = {token.value for token in source.tokens if token.kind is Kind.STRING}
            named = {token.text for token in source.tokens if token.kind is Kind.NAME}
            if f":{self.module}" in values or ("projects" in named and self.module in named):
                found.append((path, f"still depends on :{self.module}; take that line out"))
        return found

    def _added(self, app: Path) -> str:
        """The one module of edgegen's in the app, else the usual name."""
        found = self._modules(app)
        if len(found) > 1:
            names = ", ".join(path.name for path in found)
            raise ProjectError(f"holds several models ({names})", where=str(app), hint="Name one with --module")
        return found[0].name if found else _DEFAULT

    def _modules(self, app: Path) -> list[Path]:
        """The folders in `app` that edgegen's modules are in, sorted."""
        return sorted(path.parents[1] for path in _below(app, self.record.as_posix()) if path.is_file())

    def _insertions(self) -> tuple[Insertion, ...]:
        """What `write_record` noted; nothing where that cannot be read: the lines are found by what they say, then."""
        try:
            document = json.loads((self.target / self.record).read_text(encoding="utf-8"))
            return tuple(Insertion(int(item["offset"]), str(item["text"])) for item in document["insertions"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return ()

    def _application_id(self) -> str | None:
        """The application id that one of the app's build files writes out, else its namespace, if it can be one."""
        named = self._named_ids()
        ids = [value for key, value in named if key == "applicationId"]
        app_id = next(iter(ids + [value for _, value in named]), None)
        with contextlib.suppress(UsageError):
            return None if app_id is None else check_app_id(app_id, "applicationId")
        return None

    def _named_ids(self) -> list[tuple[str, str]]:
        """("applicationId" or "namespace", value) for each that a build file of the app's modules writes out."""
        found = []
        for _, source in self._build_files():
            tokens = [token for token in source.tokens if not token.is_mark("=")]
            for token, value in itertools.pairwise(tokens):
                is_id = token.kind is Kind.NAME and token.text in ("applicationId", "namespace")
                if is_id and value.kind is Kind.STRING and value.value:
                    found.append((token.text, value.value))
        return found

    def _build_files(self) -> Iterator[tuple[Path, Source]]:
        """The build files of the app's modules, but of edgegen's; one that cannot be read is passed over."""
        for path in sorted(path for name in _BUILD_FILES for path in _below(self.folder, name)):
            if (path.parent / self.record).is_file():
                continue
            with contextlib.suppress(OSError, GradleSyntaxError):
                yield path, read(path.read_bytes().decode("latin-1"), kotlin=path.suffix == ".kts")


def _check_module_name(name: str) -> str:
    """`name` where it can be a Gradle module and a folder of that name. Raises UsageError."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", name) or name.lower() in _NO_MODULES:
        raise UsageError(
            f"{name!r} cannot be the name of the module",
            where="--module",
            hint='Give a short one of letters, digits, - and _, such as "model"',
        )
    return name


def _below(app: Path, pattern: str) -> Iterator[Path]:
    """What matches in the app's folders, but the hidden ones: another run may be at work in one of these."""
    for path in app.glob(f"*/{pattern}"):
        if not path.relative_to(app).parts[0].startswith("."):
            yield path
