"""The tests in `app/` run on the demo model's app, once for a runtime, and what became of each."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

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
    helpers = [path for path in sorted((SOURCES / "edgegen/run").glob("*.java")) if not path.stem.endswith("Test")]
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
