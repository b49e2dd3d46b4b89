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
from edgegen.platforms.shapes import is_classifier
from edgegen.spec.model_spec import ModelSpec
from edgegen.spec.parse import load_spec
from tests.android.build.apk import build_apk
from tests.android.build.project import Compiled, compile_project
from tests.android.run.robolectric import SOURCES, run_tests

# Beside Gradle's own build folders, which git ignores.
BUILD_FOLDER: Final = Path("build") / "harness"
STAGES: Final = ("decode", "preprocess", "forward", "postprocess")


def run_app(project: Path, photos: Sequence[Path], inputs: Sequence[str], screenshot: Path | None) -> dict[str, Any]:
    """Builds the APK of `project` and runs its app on `photos`, or on `inputs` ("NAME=FILE.npy").

    The document is that of linux-arm's program. Raises ProjectError, UsageError, SourceError, ToolError where the
    request is wrong or the app complains; BuildError, JarsUnavailableError, RuntimeUnavailableError otherwise.
    """
    spec = _spec(project)
    runs = _runs(spec, photos, inputs)
    out = project.resolve() / BUILD_FOLDER
    with file_errors(out, "write"):
        remove_tree(out)
        out.mkdir(parents=True)
    with console.task("building the APK"):
        compiled = compile_project(project, out)
        apk = build_apk(compiled, out / "apk")
    console.note(f"  apk        {apk.path} ({apk.path.stat().st_size / 1e6:.1f} MB)")
    with console.task("running the app"):
        document = _run(compiled, runs, screenshot)
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


def _runs(spec: ModelSpec, photos: Sequence[Path], inputs: Sequence[str]) -> list[dict[str, Any]]:
    """What HarnessTest is to do: photos are shared with a classifier, files chosen in any other app."""
    files = dict(_named_file(spec, text) for text in inputs)
    for path in [*photos, *map(Path, files.values())]:
        if not path.is_file():
            raise SourceError("no such file", where=str(path), hint="Check the path")
    if is_classifier(spec):
        if inputs:
            raise UsageError("this app looks at photos", where="--input", hint="Give --photo FILE")
        if not photos:
            raise UsageError("nothing to look at", hint="Give --photo FILE")
        return [{"input": str(photo), "photo": str(photo.resolve())} for photo in photos]
    return _choices(spec, photos, files)


def _choices(spec: ModelSpec, photos: Sequence[Path], files: dict[str, str]) -> list[dict[str, Any]]:
    missing = [item.name for item in spec.inputs if item.name not in files]
    if photos and missing == [item.name for item in spec.image_inputs] and len(missing) == 1:
        given = [(str(photo), {**files, missing[0]: str(photo.resolve())}) for photo in photos]
    elif missing or photos:
        wanted = " ".join(f"--input {name}=FILE" for name in missing) or "no --photo: every input has its file"
        raise UsageError(f"the model has {len(spec.inputs)} inputs", hint=f"Give {wanted}")
    else:
        given = [(" ".join(f"{name}={path}" for name, path in files.items()), files)]
    return [{"input": title, "files": chosen} for title, chosen in given]


def _named_file(spec: ModelSpec, text: str) -> tuple[str, str]:
    name, sign, path = text.partition("=")
    if not sign or not path:
        raise UsageError("expected NAME=FILE", where=f"--input {text}", hint="Write it as --input x=reading.npy")
    if name not in [item.name for item in spec.inputs]:
        known = ", ".join(item.name for item in spec.inputs)
        raise UsageError(f"the model has no input {name!r}", where=f"--input {text}", hint=f"Use one of: {known}")
    return name, str(Path(path).resolve())


def _run(compiled: Compiled, runs: list[dict[str, Any]], screenshot: Path | None) -> dict[str, Any]:
    listing, result = compiled.folder / "runs.json", compiled.folder / "result.json"
    listing.write_text(json.dumps(runs), encoding="utf-8")
    properties: dict[str, object] = {"edgegen.run.runs": listing, "edgegen.run.result": result}
    if screenshot is not None:
        properties["edgegen.run.screenshot"] = compiled.folder / "screen.png"
    names = ("HarnessTest", "Screen", "PhotoProvider", "RealClock")
    outcome = run_tests(
        compiled, [SOURCES / "edgegen/run" / f"{name}.java" for name in names], properties, compiled.folder
    )
    failure = outcome.failures["run"]
    if failure is not None:
        reason = failure.strip().splitlines()[0]
        raise ToolError(f"the app failed: {reason}", hint=f"Its log is {_log(compiled, outcome.log)}")
    document: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    for item in document["results"]:
        if "error" in item:
            raise ToolError(f"the app says: {item['error']}", where=item["input"], hint="Give another file")
    document["results"] = [_in_order(item) for item in document["results"]]
    if screenshot is not None:
        with file_errors(screenshot, "write"):
            shutil.copyfile(compiled.folder / "screen.png", screenshot)
    return document


def _in_order(item: dict[str, Any]) -> dict[str, Any]:
    """A result with its keys in the order of linux-arm's program; a stage that the app does not have took no time."""
    times = {stage: item["milliseconds"].get(stage, 0.0) for stage in STAGES}
    return {key: item[key] for key in ("input", "top", "outputs") if key in item} | {"milliseconds": times}


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
        for name, tensor in item.get("outputs", {}).items():
            shown = " ".join(f"{value:.6g}" for value in tensor["values"][:8] if value is not None)
            lines.append(f"{name} {'x'.join(map(str, tensor['shape']))}: {shown}")
        times = ", ".join(f"{stage} {value:.2f} ms" for stage, value in item["milliseconds"].items())
        lines.append(f"  {times}")
    return "\n".join(lines)
