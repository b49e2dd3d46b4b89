"""The tests in `app/` run on the demo model's app, once for a runtime, and what became of each."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.android.build.programs import BuildError
from tests.android.build.project import Compiled
from tests.android.run.expected import write_expected
from tests.android.run.robolectric import SOURCES, Outcome, run_tests

# The screen's own behaviour does not depend on the runtime, the model's does.
MODEL_TESTS: Final = ("PhotoTest", "BrokenModelTest")
SCREEN_TESTS: Final = ("ScreenTest", "LiveTest", "ShotsTest")


def methods_of(classes: Sequence[str]) -> list[str]:
    """The names of the test methods of those classes, as their sources have them."""
    found = []
    for name in classes:
        text = (SOURCES / "edgegen/run" / f"{name}.java").read_text(encoding="utf-8")
        found += re.findall(r"@Test\b[^{;]*?public void (\w+)\(", text)
    return found


def run_suite(compiled: Compiled, classes: Sequence[str], out: Path) -> Outcome:
    """Runs the test classes in one JVM; `out` is a new folder, in which screenshots come to lie. Raises BuildError."""
    out.mkdir(parents=True)
    properties = {
        "edgegen.run.expected": write_expected(compiled.project, out / "expected"),
        "edgegen.run.apks": _broken_apks(compiled, out / "apks"),
        "edgegen.run.shots": out,
    }
    helpers = [
        path
        for path in sorted((SOURCES / "edgegen/run").glob("*.java"))
        if not path.stem.endswith("Test") and path.stem != "Main"
    ]
    sources = [SOURCES / "edgegen/run" / f"{name}.java" for name in classes]
    private = [SOURCES / "com/example/hello/model/StoredPixels.java"]
    return run_tests(compiled, [*sources, *helpers, *private], properties, out)


def run_minified(compiled: Compiled, program: Path, out: Path) -> Outcome:
    """Runs MinifiedTest on the app in the jar `program`, which R8 has shrunk. Raises BuildError."""
    out.mkdir(parents=True)
    names = ("MinifiedTest", "Screen", "PhotoProvider")
    sources = [SOURCES / "edgegen/run" / f"{name}.java" for name in names]
    properties = {"edgegen.run.expected": write_expected(compiled.project, out / "expected")}
    return run_tests(compiled, sources, properties, out, program=[program])


def run_benchmark(compiled: Compiled, photo: Path, out: Path, warm_up: int, rounds: int) -> dict[str, Any]:
    """What BenchTest measured, each program's times in ascending order. Raises BuildError."""
    out.mkdir(parents=True)
    names = ("BenchTest", "Screen", "PhotoProvider", "Expected", "FakeImage", "Background")
    result = out / "result.json"
    properties = {
        "edgegen.run.expected": write_expected(compiled.project, out / "expected"),
        "edgegen.run.photo": photo,
        "edgegen.run.result": result,
        "edgegen.run.warmup": warm_up,
        "edgegen.run.rounds": rounds,
    }
    sources = [SOURCES / "edgegen/run" / f"{name}.java" for name in names]
    outcome = run_tests(compiled, sources, properties, out, jvm=["-XX:TieredStopAtLevel=4"])
    failure = outcome.failures["measure"]
    if failure is not None:
        raise BuildError(f"the benchmark failed: {failure}")
    measured: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return measured


def _broken_apks(compiled: Compiled, folder: Path) -> Path:
    """Copies of the app's resources with the model missing, cut in half, and with one byte changed."""
    folder.mkdir()
    (model,) = [path for path in compiled.assets.iterdir() if path.stem == "model"]
    whole = model.read_bytes()
    changed = bytes([*whole[:1000], whole[1000] ^ 1]) + whole[1001:]
    for name, content in {"missing": None, "truncated": whole[: len(whole) // 2], "foreign": changed}.items():
        _with_model(compiled.resources, folder / f"{name}.apk", f"assets/{model.name}", content)
    return folder


def _with_model(apk: Path, copy: Path, asset: str, content: bytes | None) -> None:
    with zipfile.ZipFile(apk) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for info in source.infolist():
            data = content if info.filename == asset else source.read(info)
            if data is not None:
                target.writestr(info.filename, data)
