"""The Android app's model around the runtime's bare forward: the demo model, float32, one thread, 640x480.

    python -m benchmarks.android_app [--json] [--rounds N]

Runs on this machine's JVM: Android's framework by Robolectric, the real ExecuTorch by the tests' shim. A camera frame
(YUV, turned by 90 degrees) and a bitmap go through the generated `:model`, from pixels to labels, taking turns with the
runtime's forward alone. `vs_forward` is the one over the other, so 1.15 means 15 % more; each figure is the median of
the quickest tenth of all turns, because another program on the machine adds to some and never takes away. The forward
has one thread; preprocessing shares its work with a second one, which JAVA_TOOL_OPTIONS=-XX:ActiveProcessorCount=1
takes from it. The bytes are what one call leaves to the garbage collector, on both. Fails where a frame's preprocessing
leaves any.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 640, 480
WARM_UP = 150


@dataclass(frozen=True, slots=True)
class Row:
    """Milliseconds, their ratio to the bare forward's, and bytes of garbage."""

    input: str
    vs_forward: float
    milliseconds: float
    bare_forward_milliseconds: float
    preprocess_milliseconds: float
    preprocess_bytes: int
    call_bytes: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmark. Exit codes are edgegen's own; 7 where preprocessing allocates."""
    from edgegen.errors import EdgegenError

    parser = argparse.ArgumentParser(prog="python -m benchmarks.android_app", description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--rounds", type=int, default=120, help="timed calls of each program")
    options = parser.parse_args(arguments)
    try:
        rows = measure(options.rounds)
    except EdgegenError as error:
        print(f"error: {error.message()}", file=sys.stderr)
        return error.exit_code
    if options.json:
        print(json.dumps({"rows": [asdict(row) for row in rows]}))
    else:
        for row in rows:
            print(f"{row.input:<6} to labels / bare forward  {row.vs_forward:.3f}   ({row.milliseconds:.2f} ms)")
        print(f"garbage of a frame's preprocessing  {rows[0].preprocess_bytes} bytes")
    return 7 if rows[0].preprocess_bytes else 0


def measure(rounds: int) -> list[Row]:
    """Makes and compiles the demo's project in a scratch folder and runs it. Raises EdgegenError."""
    from edgegen.console import captured_output
    from edgegen.errors import ToolError
    from edgegen.projects.create import create
    from edgegen.projects.request import NewRequest
    from tests.android.build.programs import BuildError
    from tests.android.build.project import compile_project
    from tests.android.jars import JarsUnavailableError
    from tests.android.run.shims import RuntimeUnavailableError
    from tests.android.run.suite import run_benchmark

    with tempfile.TemporaryDirectory(prefix="edgegen-benchmark-") as scratch:
        folder = Path(scratch)
        with captured_output():
            project = create(NewRequest(platform="android", name="hello", output=folder)).folder
        photo = _photo(folder / "photo.png")
        try:
            compiled = compile_project(project, folder / "compiled")
            found = run_benchmark(compiled, photo, folder / "run", WARM_UP, rounds)
        except (BuildError, JarsUnavailableError, RuntimeUnavailableError) as error:
            raise ToolError(str(error), hint="`make setup` installs what Android projects need here") from error
    return [_row(name, found) for name in ("frame", "photo")]


def _row(name: str, found: dict[str, Any]) -> Row:
    quiet = {
        program: statistics.median(times[: max(1, len(times) // 10)])
        for program, times in found["milliseconds"].items()
    }
    return Row(
        name,
        quiet[name] / quiet["forward"],
        quiet[name],
        quiet["forward"],
        quiet["preprocess"],
        found["preprocess_bytes"],
        found["frame_bytes"],
    )


def _photo(path: Path) -> Path:
    """A bundled photo at 640x480."""
    from edgegen.reference.decode import decode
    from edgegen.reference.photos import bundled_photos

    coffee = next(photo for photo in bundled_photos() if photo.stem == "coffee")
    decode(coffee).resize((WIDTH, HEIGHT)).save(path)
    return path


if __name__ == "__main__":
    sys.exit(main())
