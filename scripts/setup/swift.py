#!/usr/bin/env python3
"""Makes the folder with Debian's Swift 6 in it that the tests of iOS projects use, in edgegen's cache.

    python scripts/setup/swift.py           make it, where it is not there
    python scripts/setup/swift.py --check   say whether it is there, change nothing; exit code 1 if it is not
    python scripts/setup/swift.py --remove  remove it, and what a killed run left of one

`make setup` calls it after system.py has brought debootstrap. It takes one or two minutes, 2.7 GB and a network; what
is there is found without one. It may be killed and run again. Where it cannot be made the machine's own Swift 6 does;
where there is none it says why and ends with 0: the tests that need Swift then skip with the reason, or fail where
EDGEGEN_REQUIRE_TOOLCHAINS=1 promises every tool.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the text at the top says; gives the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    wish = parser.add_mutually_exclusive_group()
    wish.add_argument("--check", action="store_true", help="change nothing; exit code 1 when it is missing")
    wish.add_argument("--remove", action="store_true", help="remove it")
    options = parser.parse_args(arguments)
    sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "generator")]
    from tests.swift import toolchain

    if options.remove:
        return _remove()
    found = toolchain.found()
    if found is not None or options.check:
        print(f"swift: {found or 'missing'}")
        return int(found is None)
    try:
        print(f"swift: {toolchain.root() or toolchain.OWN}")
    except toolchain.SwiftUnavailableError as error:
        print(f"swift: {error}; tests that need it are skipped or fail")
    return 0


def _remove() -> int:
    from tests.swift import chroot

    try:
        removed = chroot.remove()
    except chroot.ChrootUnavailableError as error:
        print(f"swift: {error}", file=sys.stderr)
        return 1
    for folder in removed:
        print(f"swift: {folder}: removed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
