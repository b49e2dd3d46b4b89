"""edgegen's module inside somebody's Android app: where it is, whether it is still as it was written, how it goes.

The module's folder holds everything edgegen wrote but two lines of the app's settings; which lines those are stands in
`.edgegen/settings.json`. The folder comes before the settings name it and goes after they have forgotten it, each by
one rename, so that every build between finds what its settings name; a folder that the settings do not name is what a
killed run left, and is taken up by the next.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edgegen.errors import ProjectError, UsageError
from edgegen.paths import atomic_write, file_errors, file_sha256, recover_dir, remove_leftovers
from edgegen.projects.gradle_lexer import GradleSyntaxError, Kind, Source, read
from edgegen.projects.gradle_settings import NAMES, PLUGIN_FOLDER, Edit, Insertion
from edgegen.render.manifest import GENERATED, MANIFEST, read_manifest

RECORD: Final = MANIFEST.with_name("settings.json")
MODULE_PLATFORM: Final = "android-module"
_SCHEMA: Final = 1
# What Gradle and Android Studio put into a module, or into the plugin's build inside it.
_BUILT: Final = frozenset({"build", ".gradle", ".cxx", ".kotlin", ".idea"})
_NO_MODULES: Final = frozenset({"build", "gradle", "buildsrc", "src", "app", "generated"})
_KERNELS: Final = "src/main/java/edgegen/kernels"
_BUILD_FILES: Final = ("build.gradle", "build.gradle.kts")


@dataclass(frozen=True, slots=True)
class Changes:
    """What the user did inside the module: `changed` and `added` files, relative to it, sorted."""

    changed: tuple[str, ...]
    added: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.added)

    def text(self) -> str:
        """The first few of them, for one line."""
        named = [f"{name} (changed)" for name in self.changed] + [f"{name} (added)" for name in self.added]
        more = f" and {len(named) - 4} more" if len(named) > 4 else ""
        return ", ".join(named[:4]) + more


def check_app(app: Path) -> None:
    """Raises ProjectError where `app` is no folder, or a project of `edgegen new`'s, which has its module already."""
    if not app.is_dir():
        problem = "is not a folder" if app.exists() else "there is no such folder"
        raise ProjectError(problem, where=str(app), hint="Give the root folder of an Android app")
    if (app / MANIFEST).is_file():
        raise ProjectError(
            "is a project that edgegen wrote: its model is part of it",
            where=str(app),
            hint="Give the root folder of an app that edgegen did not write",
        )


def check_module_name(name: str) -> str:
    """`name` where it can be a Gradle module and a folder of that name. Raises UsageError."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", name) or name.lower() in _NO_MODULES:
        raise UsageError(
            f"{name!r} cannot be the name of the module",
            where="--module",
            hint='Give a short one of letters, digits, - and _, such as "model"',
        )
    return name


def modules(app: Path) -> list[Path]:
    """The folders in `app` that edgegen's modules are in, sorted."""
    return sorted(path.parents[1] for path in _below(app, RECORD.as_posix()) if path.is_file())


def require_only_model(app: Path, module: str) -> None:
    """Raises ProjectError where another module of the app holds the package edgegen.kernels: it can be there once."""
    others = set(modules(app))
    for pattern in (_KERNELS, f"*/{_KERNELS}"):
        others |= {path.parents[len(Path(_KERNELS).parts) - 1] for path in _below(app, pattern) if path.is_dir()}
    others.discard(app / module)
    if others:
        raise ProjectError(
            "holds a model of edgegen's already, and the classes edgegen.kernels can be in an app once",
            where=str(min(others)),
            hint="Take it out with edgegen remove first, or put both models behind one module by hand",
        )


def _below(app: Path, pattern: str) -> Iterator[Path]:
    """What matches in the app's folders, but the hidden ones: another run may be at work in one of these."""
    for path in app.glob(f"*/{pattern}"):
        if not path.relative_to(app).parts[0].startswith("."):
            yield path


def write_record(folder: Path, edit: Edit) -> None:
    """Notes in a module what was done to the settings. Raises ProjectError."""
    document = {
        "schema": _SCHEMA,
        "file": edit.path.name,
        "insertions": [{"offset": item.offset, "text": item.text} for item in edit.insertions],
    }
    atomic_write(folder / RECORD, json.dumps(document, indent=1) + "\n")


def read_record(module: Path) -> tuple[Insertion, ...]:
    """What `write_record` noted; nothing where that cannot be read: the lines are found by what they say, then."""
    try:
        document = json.loads((module / RECORD).read_text(encoding="utf-8"))
        return tuple(Insertion(int(item["offset"]), str(item["text"])) for item in document["insertions"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ()


def is_ours(module: Path) -> bool:
    """Whether edgegen put this folder into an app. Raises ProjectError for a manifest that cannot be read."""
    return (module / RECORD).is_file() and read_manifest(module).platform == MODULE_PLATFORM


def changes(module: Path) -> Changes:
    """What is not as edgegen wrote it, apart from `generated/` and what builds leave. Raises ProjectError."""
    entries = read_manifest(module).files
    changed, added = [], []
    with file_errors(module, "read"):
        for name in _files(module):
            entry = entries.get(name)
            if entry is None:
                added.append(name)
            elif (module / name).is_symlink() or file_sha256(module / name) != entry.sha256:
                changed.append(name)
    return Changes(tuple(changed), tuple(added))


def _files(module: Path) -> Iterator[str]:
    """Every file, or link, of a module that could be the user's, sorted."""
    for path in sorted(module.rglob("*")):
        parts = path.relative_to(module).parts
        built = parts[0] in _BUILT or (parts[0] == PLUGIN_FOLDER and len(parts) > 1 and parts[1] in _BUILT)
        ours = parts[0] in (GENERATED, MANIFEST.parts[0]) or parts[0].startswith(f".{GENERATED}.edgegen")
        noise = path.name == ".DS_Store" or path.suffix == ".iml"
        if not (built or ours or noise) and (path.is_symlink() or not path.is_dir()):
            yield "/".join(parts)


def tidy(target: Path) -> None:
    """Removes what killed runs of `add` and `remove` left beside the module and the settings."""
    recover_dir(target)
    remove_leftovers(target)
    with file_errors(target.parent, "write"):
        for name in NAMES:
            for leftover in target.parent.glob(f".{name}.*.edgegen-tmp"):
                leftover.unlink(missing_ok=True)


def application_id(app: Path) -> str | None:
    """The application id that one of the app's build files writes out, else its namespace; None where neither is."""
    named = named_ids(app)
    ids = [value for key, value in named if key == "applicationId"]
    return next(iter(ids + [value for _, value in named]), None)


def named_ids(app: Path) -> list[tuple[str, str]]:
    """("applicationId" or "namespace", value) for each that a build file of the app's modules writes out."""
    found = []
    for _, source in _build_files(app):
        tokens = [token for token in source.tokens if not token.is_mark("=")]
        for token, value in itertools.pairwise(tokens):
            is_id = token.kind is Kind.NAME and token.text in ("applicationId", "namespace")
            if is_id and value.kind is Kind.STRING and value.value:
                found.append((token.text, value.value))
    return found


def declares_android(app: Path) -> bool:
    """Whether the root build file names the Android Gradle Plugin, so that modules need not say its version."""
    for name in _BUILD_FILES:
        with contextlib.suppress(OSError):
            if b"android" in (app / name).read_bytes().lower():
                return True
    return False


def users_of(app: Path, module: str) -> list[Path]:
    """The build files of the app's modules that depend on `:module`."""
    found = []
    for path, source in _build_files(app):
        values = {token.value for token in source.tokens if token.kind is Kind.STRING}
        named = {token.text for token in source.tokens if token.kind is Kind.NAME}
        if f":{module}" in values or ("projects" in named and module in named):
            found.append(path)
    return found


def _build_files(app: Path) -> Iterator[tuple[Path, Source]]:
    """The build files of the modules right below `app`, but of edgegen's; one that cannot be read is passed over."""
    for path in sorted(path for name in _BUILD_FILES for path in _below(app, name)):
        if (path.parent / RECORD).is_file():
            continue
        with contextlib.suppress(OSError, GradleSyntaxError):
            yield path, read(path.read_bytes().decode("latin-1"), kotlin=path.suffix == ".kts")
