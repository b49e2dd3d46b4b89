"""What tests/harness/android.py does: an APK from a project, its app run on photos, and its screen as a document."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from edgegen import console
from edgegen.errors import ProjectError, SourceError, ToolError, UsageError
from edgegen.paths import file_errors, remove_tree
from edgegen.spec.model_spec import ModelSpec
from edgegen.spec.parse import load_spec
from tests.android.build.apk import build_apk
from tests.android.build.project import Compiled, compile_project
from tests.android.run.robolectric import SOURCES, run_tests

# Beside Gradle's own build folders, which git ignores.
BUILD_FOLDER: Final = Path("build") / "harness"


def run_app(project: Path, photos: Sequence[Path], inputs: Sequence[str], screenshot: Path | None) -> dict[str, Any]:
    """Builds the APK of `project` and runs its app on `photos`, or on `inputs` ("NAME=FILE.npy").

    The document is that of linux-arm's program. Raises ProjectError, UsageError, SourceError, ToolError where the
    request is wrong or the app complains; BuildError, JarsUnavailableError, RuntimeUnavailableError otherwise.
    """
    spec = _spec(project)
    _check(spec, photos, inputs)
    out = project.resolve() / BUILD_FOLDER
    with file_errors(out, "write"):
        remove_tree(out)
        out.mkdir(parents=True)
    with console.task("building the APK"):
        compiled = compile_project(project, out)
        apk = build_apk(compiled, out / "apk")
    console.note(f"  apk        {apk.path} ({apk.path.stat().st_size / 1e6:.1f} MB)")
    with console.task("running the app"):
        document = _photos(compiled, photos, screenshot) if photos else {}
    if screenshot is not None:
        console.note(f"  screen     {screenshot}")
    return document


def _spec(project: Path) -> ModelSpec:
    if not (project / "edgegen.toml").is_file():
        raise ProjectError("there is no edgegen.toml here", where=str(project), hint="edgegen new writes a project")
    spec = load_spec(project / "edgegen.toml")
    if spec.app.platform != "android":
        hint = "edgegen run builds and runs a linux-arm project"
        raise ProjectError(f"is a project for {spec.app.platform}, expected android", where=str(project), hint=hint)
    return spec


def _check(spec: ModelSpec, photos: Sequence[Path], inputs: Sequence[str]) -> None:
    if not photos and not inputs:
        raise UsageError("nothing to run the app on", hint="Give --photo FILE, or --input NAME=FILE.npy")
    for photo in photos:
        if not photo.is_file():
            raise SourceError("no such file", where=str(photo), hint="Check the photo's path")


def _photos(compiled: Compiled, photos: Sequence[Path], screenshot: Path | None) -> dict[str, Any]:
    listing, result = compiled.folder / "photos.txt", compiled.folder / "result.json"
    listing.write_text("".join(f"{photo.resolve()}\n" for photo in photos), encoding="utf-8")
    properties: dict[str, object] = {"edgegen.run.photos": listing, "edgegen.run.result": result}
    if screenshot is not None:
        properties["edgegen.run.screenshot"] = compiled.folder / "screen.png"
    sources = [SOURCES / "edgegen/run" / f"{name}.java" for name in ("HarnessTest", "Screen", "PhotoProvider")]
    outcome = run_tests(compiled, sources, properties, compiled.folder)
    failure = outcome.failures["run"]
    if failure is not None:
        raise ToolError(
            f"the app failed: {failure.strip().splitlines()[0]}", hint=f"Its log: {_log(compiled, outcome.log)}"
        )
    document: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    for item, photo in zip(document["results"], photos, strict=True):
        if "error" in item:
            raise ToolError(f"the app says: {item['error']}", where=str(photo), hint="Give another photo")
        item["input"] = str(photo)
    if screenshot is not None:
        with file_errors(screenshot, "write"):
            shutil.copyfile(compiled.folder / "screen.png", screenshot)
    return document


def _log(compiled: Compiled, text: str) -> Path:
    path = compiled.folder / "app.log"
    path.write_text(text, encoding="utf-8")
    return path


def as_text(document: dict[str, Any]) -> str:
    """The document for a person, as linux-arm's program prints it."""
    lines = []
    for item in document["results"]:
        lines.append(f"{item['input']}:")
        lines += [f"{100 * label['probability']:6.2f} %  {label['label']}" for label in item.get("top", ())]
        times = ", ".join(f"{stage} {value:.2f} ms" for stage, value in item["milliseconds"].items())
        lines.append(f"  {times}")
    return "\n".join(lines)
