"""Builds a linux-arm project where needed, runs its program and prints its JSON document.

    python -m tests.harness.linux_arm PROJECT --photo P [--photo …] [--input NAME=FILE.npy] [--arch aarch64] --json

aarch64 runs under qemu on another machine. Exit codes are edgegen's own.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """See the module."""
    from edgegen import boards
    from edgegen.errors import EdgegenError

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--photo", type=Path, action="append", default=[])
    parser.add_argument("--input", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--arch", choices=("native", "aarch64"), default="native")
    parser.add_argument("--on", metavar="USER@BOARD")
    parser.add_argument("--json", action="store_true", help="one document on stdout, which is the default")
    given = parser.parse_args(arguments)
    try:
        document = boards.run(given.project, given.photo, given.input, given.arch, given.on, [])
    except EdgegenError as error:
        print(f"error: {error.message()}", file=sys.stderr)
        return error.exit_code
    print(json.dumps(document, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
