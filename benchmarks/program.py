"""The generated program beside the bare runtime: the demo model, float32, one thread, a 640x480 photo.

    python -m benchmarks.program [--json] [--rounds N] [--runs M]

Peers, in the same run and taking turns: the runtime's forward alone in a C++ program of its own (what the program adds
is preprocessing, copies and ranking), and Pillow + torchvision for the preprocessing. `vs_forward` is the time from the
decoded photo to labels over the bare forward's, so 1.10 means 10 % more; `vs_pillow` above 1 means faster. Each figure
is the median of the quietest turn: another program on the machine adds to some turns and never takes away.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 640, 480
SOURCE = Path(__file__).parent / "_program"


@dataclass(frozen=True, slots=True)
class Row:
    """Medians of the quietest turn, in milliseconds, and their ratios."""

    photo: str
    vs_forward: float
    vs_pillow: float
    program_milliseconds: float
    preprocess_milliseconds: float
    forward_milliseconds: float
    bare_forward_milliseconds: float
    pillow_milliseconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmark. Exit codes are edgegen's own."""
    from edgegen.errors import EdgegenError

    parser = argparse.ArgumentParser(prog="python -m benchmarks.program", description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--rounds", type=int, default=9, help="turns of each program")
    parser.add_argument("--runs", type=int, default=40, help="timed calls in each turn")
    options = parser.parse_args(arguments)
    try:
        row = measure(options.rounds, options.runs)
    except EdgegenError as error:
        print(f"error: {error.message()}", file=sys.stderr)
        return error.exit_code
    if options.json:
        print(json.dumps({"rows": [asdict(row)]}))
    else:
        print(f"photo to labels / bare forward   {row.vs_forward:.3f}")
        print(f"Pillow + torchvision / preprocess {row.vs_pillow:.2f}   ({row.preprocess_milliseconds:.2f} ms)")
    return 0


def measure(rounds: int, runs: int) -> Row:
    """Makes and builds the demo's project in a scratch folder; the programs take turns. Raises EdgegenError."""
    from edgegen import boards
    from edgegen.console import captured_output
    from edgegen.projects.create import create
    from edgegen.projects.request import NewRequest

    with tempfile.TemporaryDirectory(prefix="edgegen-benchmark-") as scratch:
        folder = Path(scratch)
        with captured_output():
            project = create(NewRequest(platform="linux-arm", name="hello", output=folder)).folder
            program = boards.build(project, "native").program
            bare = _build_bare(folder / "bare")
        photo = _photo(folder / "photo.jpg")
        pillow = _pillow(photo)
        command = [str(program), "--json", "--threads", "1", "--benchmark", str(runs), str(photo)]
        model = str(project / "generated" / "model.pte")
        turns = []
        for _ in range(rounds):
            stages = json.loads(_output(command))["results"][0]["milliseconds"]
            forward = float(_output([str(bare), model, str(runs)]))
            turns.append((stages, forward, pillow(runs)))
    return _row(turns)


def _row(turns: list[tuple[dict[str, float], float, float]]) -> Row:
    def total(stages: dict[str, float]) -> float:
        return stages["preprocess"] + stages["forward"] + stages["postprocess"]

    ours = min((stages for stages, _, _ in turns), key=total)
    preprocess = min(stages["preprocess"] for stages, _, _ in turns)
    bare = min(forward for _, forward, _ in turns)
    pillow = min(milliseconds for _, _, milliseconds in turns)
    return Row(
        photo=f"{WIDTH}x{HEIGHT}",
        vs_forward=total(ours) / bare,
        vs_pillow=pillow / preprocess,
        program_milliseconds=total(ours),
        preprocess_milliseconds=preprocess,
        forward_milliseconds=ours["forward"],
        bare_forward_milliseconds=bare,
        pillow_milliseconds=pillow,
    )


def _build_bare(folder: Path) -> Path:
    from edgegen.tools.cmake import CMake, Ninja
    from edgegen.tools.executorch import ExecuTorchPackage
    from edgegen.tools.process import run_tool

    cmake, ninja = str(CMake().require()), Ninja().require()
    settings = ["-DCMAKE_BUILD_TYPE=Release", f"-DEXECUTORCH_ROOT={ExecuTorchPackage().root()}"]
    for command in (
        [cmake, "-S", str(SOURCE), "-B", str(folder), "-G", "Ninja", f"-DCMAKE_MAKE_PROGRAM={ninja}", *settings],
        [cmake, "--build", str(folder)],
    ):
        run_tool(command, failed="the bare program cannot be built", hint="See benchmarks/_program")
    return folder / "bare_forward"


def _photo(path: Path) -> Path:
    from PIL import Image

    from edgegen.reference.photos import DEMO_PHOTO

    with Image.open(DEMO_PHOTO) as picture:
        picture.convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(path, quality=95)
    return path


def _pillow(path: Path) -> Callable[[int], float]:
    """The median of N calls of the model's own transform on the decoded photo, in milliseconds."""
    import torch
    from PIL import Image

    from edgegen.sources import load_model

    torch.set_num_threads(1)
    transform: Any = load_model("demo", weights=None, transforms=None, cwd=Path()).transforms
    with Image.open(path) as picture:
        photo = picture.convert("RGB")

    def turn(runs: int) -> float:
        times = []
        for _ in range(runs):
            begin = time.perf_counter()
            transform(photo)
            times.append((time.perf_counter() - begin) * 1000)
        return statistics.median(times)

    return turn


def _output(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
