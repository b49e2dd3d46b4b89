#!/usr/bin/env python3
"""Fetches the jars that the tests of Android projects need, from Maven Central by `mvn`, into edgegen's cache.

    python scripts/setup/java.py          fetch what is missing
    python scripts/setup/java.py --check  say what is missing, change nothing; exit code 1 if anything is

`make setup` calls it after system.py has brought the JDK and mvn. What is there is found without a network. It may be
killed and run again. Where nothing can be fetched it says why and ends with 0: the tests that need the jars then skip
with the reason, or fail where EDGEGEN_REQUIRE_TOOLCHAINS=1 promises every tool.
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
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 when something is missing")
    options = parser.parse_args(arguments)
    sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "generator")]
    from tests.android import jars

    missing = jars.missing_sets()
    for name in missing:
        print(f"java: {name}: missing", flush=True)
    if options.check or not missing:
        if not missing:
            print(f"java: {', '.join(jars.SETS)}: fetched")
        return int(bool(missing))
    for name in missing:
        try:
            jars.classpath(name)
        except jars.JarsUnavailableError as error:
            print(f"java: {error}; tests that need these jars are skipped or fail", flush=True)
        else:
            print(f"java: {name}: fetched", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
