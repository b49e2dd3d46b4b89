"""Writes docs/pictures/android-*.png anew: the demo model's app on a phone and a tablet, by day and by night.

python -m tests.android.run.shots
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[3]
PICTURES: Final = ROOT / "docs" / "pictures"
NAMES: Final = ("phone-light", "phone-dark", "tablet-light", "tablet-dark")
MOST_BYTES: Final = 150_000


def main() -> int:
    """Makes the project, runs ShotsTest on it and keeps its screens, made small."""
    from edgegen.projects.create import create
    from edgegen.projects.request import NewRequest
    from tests.android.build.project import compile_project
    from tests.android.run.suite import run_suite

    with tempfile.TemporaryDirectory(prefix="edgegen-shots-") as scratch:
        folder = Path(scratch)
        project = create(NewRequest(platform="android", name="hello", output=folder)).folder
        outcome = run_suite(compile_project(project, folder / "compiled"), ["ShotsTest"], folder / "run")
        for failure in filter(None, outcome.failures.values()):
            print(failure, file=sys.stderr)
            return 1
        for name in NAMES:
            keep(folder / "run" / f"{name}.png", PICTURES / f"android-{name}.png")
    return 0


def keep(screen: Path, target: Path) -> None:
    """The screen at two thirds of its size, in as many colours as fit into MOST_BYTES."""
    from PIL import Image

    with Image.open(screen) as picture:
        small = picture.convert("RGB").resize(
            (picture.width * 2 // 3, picture.height * 2 // 3), Image.Resampling.LANCZOS
        )
    for colors in (256, 128, 64):
        small.quantize(colors, dither=Image.Dither.FLOYDSTEINBERG).save(target, optimize=True)
        if target.stat().st_size <= MOST_BYTES:
            return
    raise ValueError(f"{target} has {target.stat().st_size} bytes")


if __name__ == "__main__":
    sys.exit(main())
