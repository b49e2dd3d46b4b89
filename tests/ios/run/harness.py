"""What tests/harness/ios.py does: ModelKit built as an app would, its answers to photos or tensors as a document."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from edgegen import console
from edgegen.errors import ProjectError, SourceError, ToolError, UsageError
from edgegen.paths import file_errors, remove_tree
from edgegen.platforms.shapes import is_classifier
from edgegen.spec.model_spec import ModelSpec
from edgegen.spec.parse import load_spec
from tests.ios.run.evaluator import Evaluator, pam
from tests.ios.run.swiftpm import Workspace, compile_models, problem, workspace

# Beside Xcode's own build folders, which git ignores.
BUILD_FOLDER: Final = Path("build") / "harness"
STAGES: Final = ("decode", "preprocess", "forward", "postprocess")
MODEL_KIT: Final = "ModelKit"
_SOURCES: Final = Path(__file__).parent / "swift/program"

DECODED: Final = "pictures are decoded in Python: this proves everything from decoded pixels on"
EVALUATED: Final = (
    "the stored Core ML program is evaluated op by op by edgegen, not run by Core ML: this proves everything from "
    "decoded pixels on but Core ML's own compiler and arithmetic"
)


def run_model_kit(project: Path, photos: Sequence[Path], inputs: Sequence[str]) -> dict[str, Any]:
    """Builds the ModelKit of `project` and runs it on `photos`, or on `inputs` ("NAME=FILE.npy").

    The document is that of linux-arm's program and "proves", a sentence. Raises ProjectError, UsageError, SourceError
    or ToolError; RuntimeUnavailableError, ModuleError or SwiftUnavailableError where something is missing here.
    """
    spec = _spec(project)
    runs = _runs(spec, photos, inputs)
    out = project.resolve() / BUILD_FOLDER
    with file_errors(out, "write"):
        remove_tree(out / "files")
        (out / "files").mkdir(parents=True)
        for run in runs:
            _write_files(run, out / "files")
    with console.task("building ModelKit"):
        built = _build(project.resolve() / MODEL_KIT, spec, out)
    with console.task("running ModelKit"):
        return _run(built, project, spec, runs)


def _spec(project: Path) -> ModelSpec:
    if not (project / "edgegen.toml").is_file():
        raise ProjectError("there is no edgegen.toml here", where=str(project), hint="edgegen new writes a project")
    spec = load_spec(project / "edgegen.toml")
    if spec.app.platform != "ios":
        hint = "edgegen run builds and runs a linux-arm project"
        raise ProjectError(f"is a project for {spec.app.platform}, expected ios", where=str(project), hint=hint)
    if not (project / MODEL_KIT / "Package.swift").is_file():
        hint = "A project whose libraries are pods is built by Xcode; use --dependencies swiftpm"
        raise ProjectError("there is no ModelKit/Package.swift", where=str(project), hint=hint)
    return spec


def _runs(spec: ModelSpec, photos: Sequence[Path], inputs: Sequence[str]) -> list[dict[str, Any]]:
    """{"input", "files": {NAME: Path}} for each."""
    files = dict(_named_file(spec, text) for text in inputs)
    for path in [*photos, *files.values()]:
        if not path.is_file():
            raise SourceError("no such file", where=str(path), hint="Check the path")
    if is_classifier(spec) and inputs:
        raise UsageError("this model looks at photos", where="--input", hint="Give --photo FILE")
    missing = [item.name for item in spec.inputs if item.name not in files]
    pictures = [item.name for item in spec.image_inputs]
    if photos and len(missing) == 1 and missing[0] in pictures:
        return [{"input": str(photo), "files": {**files, missing[0]: photo}} for photo in photos]
    if missing or photos:
        wanted = " ".join(f"--input {name}=FILE" for name in missing) or "no --photo: every input has its file"
        wanted = "--photo FILE" if is_classifier(spec) else wanted
        raise UsageError(f"the model has {len(spec.inputs)} inputs, {len(files)} were given", hint=f"Give {wanted}")
    return [{"input": " ".join(f"{name}={path}" for name, path in files.items()), "files": files}]


def _named_file(spec: ModelSpec, text: str) -> tuple[str, Path]:
    name, sign, path = text.partition("=")
    if not sign or not path:
        raise UsageError("expected NAME=FILE", where=f"--input {text}", hint="Write it as --input x=reading.npy")
    if name not in [item.name for item in spec.inputs]:
        known = ", ".join(item.name for item in spec.inputs)
        raise UsageError(f"the model has no input {name!r}", where=f"--input {text}", hint=f"Use one of: {known}")
    return name, Path(path)


def _write_files(run: dict[str, Any], folder: Path) -> None:
    """Puts the run's files into `folder`, as Swift reads them, and what it needs to know of them into the run."""
    run["decode"] = 0.0
    described = []
    for name, path in run["files"].items():
        target = folder / f"{len(list(folder.iterdir()))}.data"
        if path.suffix.lower() == ".npy":
            described.append({"name": name, "file": str(target), **_write_numbers(path, target)})
            continue
        start = time.perf_counter()
        picture = pam(path)
        run["decode"] += (time.perf_counter() - start) * 1e3
        target.write_bytes(picture)
        described.append({"name": name, "file": str(target)})
    run["files"] = described


def _write_numbers(path: Path, target: Path) -> dict[str, Any]:
    import numpy as np

    try:
        array = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        hint = "Give a .npy file, as numpy.save writes it"
        raise SourceError("is not a .npy file", where=str(path), hint=hint) from error
    target.write_bytes(np.ascontiguousarray(array).tobytes())
    return {"dtype": str(array.dtype), "shape": list(array.shape)}


def _build(model_kit: Path, spec: ModelSpec, out: Path) -> Workspace:
    """Builds the program: ModelKit as it is, with a main of our own. Raises ToolError with the compiler's line."""
    package = out / "package"
    names = ["Document", "Classify"] if is_classifier(spec) else ["Document", "Tensors"]
    if not is_classifier(spec):
        names.append("Pictures" if spec.image_inputs else "NoPictures")
    sources = {f"Sources/Harness/{name}.swift": (_SOURCES / f"{name}.swift").read_text("utf-8") for name in names}
    for place, text in {"Package.swift": _manifest(model_kit), **sources}.items():
        path = package / place
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8")
    made = workspace(model_kit, out)
    done = made.swift("build", package, "-c", "release", inputs=[model_kit])
    if "missing inputs" in done.stdout + done.stderr:  # SwiftPM does not see that a file of a dependency is gone.
        remove_tree(out / "build")
        done = made.swift("build", package, "-c", "release", inputs=[model_kit])
    if done.returncode != 0:
        raise ToolError(f"ModelKit does not compile: {problem(done)}", hint="Correct the file that is named")
    compile_models(out / "build" / "release", model_kit)
    return made


def _manifest(model_kit: Path) -> str:
    place = json.dumps(str(model_kit), ensure_ascii=False)
    return f"""// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Harness",
    platforms: [.iOS(.v17), .macOS(.v14)],
    dependencies: [.package(path: {place})],
    targets: [.executableTarget(name: "Harness", dependencies: [.product(name: "ModelKit", package: "ModelKit")])]
)
"""


def _run(built: Workspace, project: Path, spec: ModelSpec, runs: list[dict[str, Any]]) -> dict[str, Any]:
    listing, result = built.out / "runs.json", built.out / "result.json"
    listing.write_text(json.dumps([{key: run[key] for key in ("input", "files")} for run in runs]), encoding="utf-8")
    result.unlink(missing_ok=True)
    words = [built.out / "build" / "release" / "Harness", listing, result]
    with Evaluator(built.out / "evaluator", spec) as evaluator:
        done = built.run(words, env=evaluator.environment)
    if done.returncode != 0 or not result.is_file():
        said = (done.stderr or done.stdout).strip().splitlines() or [f"exit code {done.returncode}"]
        raise ToolError(f"ModelKit failed: {said[-1]}", where=str(project), hint="Its tests may say more: swift test")
    outcomes = json.loads(result.read_text(encoding="utf-8"))
    for run, outcome in zip(runs, outcomes, strict=True):
        if "error" in outcome:
            raise ToolError(f"ModelKit says: {outcome['error']}", where=run["input"], hint="Give another file")
        outcome["milliseconds"]["decode"] = run["decode"]
    document: dict[str, Any] = {"results": [_in_order(item) for item in outcomes]}
    return document | {"proves": EVALUATED if evaluator.runs_models else DECODED}


def _in_order(item: dict[str, Any]) -> dict[str, Any]:
    """A result with its keys in the order of linux-arm's program; a stage that the model does not have took no time."""
    times = {stage: item["milliseconds"].get(stage, 0.0) for stage in STAGES}
    for label in item.get("top", ()):
        label.update({key: label.pop(key) for key in ("index", "label", "probability")})
    return {key: item[key] for key in ("input", "top", "outputs") if key in item} | {"milliseconds": times}
