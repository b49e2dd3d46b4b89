"""Builds an iOS project's ModelKit with Swift on Linux, runs it on photos and prints what it says.

    python tests/harness/ios.py PROJECT --photo P [--photo …] [--input NAME=FILE.npy] --json

ModelKit is compiled as it is. ExecuTorch and ONNX Runtime really run, by the wheels' libraries; a Core ML program is
evaluated op by op by edgegen. Pictures are decoded in Python, so everything from decoded pixels on is proven. `--json`
prints the document of linux-arm's program and, under "proves", that sentence. Exit codes are edgegen's own.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# As a program, `python tests/harness/ios.py`, it finds the tests' own modules from wherever it is called.
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
    parser.add_argument("--json", action="store_true", help="one document on stdout")
    given = parser.parse_args(arguments)
    try:
        document = run(given.project, given.photo, given.input)
    except EdgegenError as error:
        print(f"error: {one_line(error.message())}", file=sys.stderr)
        return error.exit_code
    if given.json:
        print(json.dumps(document, ensure_ascii=False))
    else:
        from tests.android.run.harness import as_text

        print(as_text(document))
        print(f"  {document['proves']}", file=sys.stderr)
    return 0


def run(project: Path, photos: Sequence[Path], inputs: Sequence[str]) -> dict[str, Any]:
    """The document: what ModelKit says of each photo, or of the tensors. Raises EdgegenError."""
    from edgegen.errors import ToolError
    from tests.android.run.shims import RuntimeUnavailableError
    from tests.ios.run.harness import run_model_kit
    from tests.ios.run.modules import ModuleError
    from tests.swift.toolchain import SwiftUnavailableError

    try:
        return run_model_kit(project, photos, inputs)
    except (RuntimeUnavailableError, SwiftUnavailableError, ModuleError) as error:
        raise ToolError(str(error), hint="`make setup` installs what the tests of iOS projects need") from error


if __name__ == "__main__":
    sys.exit(main())
