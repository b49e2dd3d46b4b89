"""Builds an Android project's APK, runs the app on photos and prints what its screen says.

    python tests/harness/android.py PROJECT --photo P [--photo …] [--input NAME=FILE.npy] [--screenshot F] --json

The APK is compiled, linked, dexed, aligned and signed without Gradle, and its app runs on this machine's JVM: Android's
own framework by Robolectric, the project's runtime by its desktop library. `--json` prints the document of linux-arm's
program, its absence a text. Exit codes are edgegen's own.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# As a program, `python tests/harness/android.py`, it finds the tests' own modules from wherever it is called.
_ROOT = Path(__file__).resolve().parents[2]
if str(_ROOT) not in sys.path:
    sys.path.insert(0, str(_ROOT))


def main(arguments: Sequence[str] | None = None) -> int:
    """See the module."""
    from edgegen.errors import EdgegenError, one_line

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("project", type=Path)
    parser.add_argument("--photo", type=Path, action="append", default=[])
    parser.add_argument("--input", action="append", default=[], metavar="NAME=FILE.npy")
    parser.add_argument("--screenshot", type=Path, metavar="FILE.png", help="of the last photo's screen")
    parser.add_argument("--json", action="store_true", help="one document on stdout")
    given = parser.parse_args(arguments)
    try:
        document = run(given.project, given.photo, given.input, given.screenshot)
    except EdgegenError as error:
        print(f"error: {one_line(error.message())}", file=sys.stderr)
        return error.exit_code
    if given.json:
        print(json.dumps(document, ensure_ascii=False))
    else:
        from tests.android.run.harness import as_text

        print(as_text(document))
    return 0


def run(project: Path, photos: Sequence[Path], inputs: Sequence[str], screenshot: Path | None) -> dict[str, Any]:
    """The document: what the app says of each photo, or of the tensors. Raises EdgegenError."""
    from edgegen.errors import ToolError
    from tests.android.build.programs import BuildError
    from tests.android.jars import JarsUnavailableError
    from tests.android.run.harness import run_app
    from tests.android.run.shims import RuntimeUnavailableError

    try:
        return run_app(project, photos, inputs, screenshot)
    except (JarsUnavailableError, RuntimeUnavailableError) as error:
        raise ToolError(str(error), hint="`make setup` installs what the tests of Android projects need") from error
    except BuildError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        raise ToolError(" ".join(lines[:3]), hint="Correct the file that is named") from error


if __name__ == "__main__":
    sys.exit(main())
