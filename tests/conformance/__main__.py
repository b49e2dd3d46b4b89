"""`python -m tests.conformance`: exit code 0 if every value is equal and everything was covered, else 1."""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections import Counter
from collections.abc import Sequence

from tests.conformance.cases import make_cases
from tests.conformance.compare import Difference, compare
from tests.conformance.coverage import Coverage
from tests.conformance.languages import LANGUAGES, DriverError
from tests.conformance.yuv import FEATURES, MATRICES, RANGES, FrameDifference, compare_frames, compare_triples

SHOWN = 5
FULL_COVERAGE = 150
"""From so many cases on, a feature that no case touched is a failure and not bad luck."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the cases and prints coverage, differences and the last line that scripts read."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("--language", choices=sorted(LANGUAGES), default="cpp")
    parser.add_argument("--arch", choices=("x86_64", "aarch64"), help="for C++; x86_64 if not given")
    parser.add_argument("--yuv", action="store_true", help="camera frames: all triples, and --cases random frames")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=400)
    options = parser.parse_args(arguments)
    if options.yuv:
        return _yuv(options)
    started = time.monotonic()
    try:
        driver = LANGUAGES[options.language](options.arch)
        coverage = Coverage(driver.paths)
        differences: list[Difference] = []
        for difference in compare(driver, make_cases(options.seed, options.cases), coverage):
            differences.append(difference)
            if len(differences) <= SHOWN:
                print(difference, file=sys.stderr)
    except DriverError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print("\n".join(coverage.lines()))
    missing = coverage.missing() if options.cases >= FULL_COVERAGE else []
    for item in missing:
        print(f"error: not covered: {item}", file=sys.stderr)
    if len(differences) > SHOWN:
        print(f"… and {len(differences) - SHOWN} more", file=sys.stderr)
    print(_last_but_one(options, started))
    print(f"{options.cases} cases, {sum(difference.values for difference in differences)} differing values")
    return 1 if differences or missing else 0


def _yuv(options: argparse.Namespace) -> int:
    started = time.monotonic()
    covered: Counter[str] = Counter()
    differences: list[FrameDifference] = []
    try:
        driver = LANGUAGES[options.language](options.arch)
        differences += compare_triples(driver)
        differences += compare_frames(driver, options.seed, options.cases, covered)
    except DriverError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for difference in differences[:SHOWN]:
        print(difference, file=sys.stderr)
    print("  ".join(f"{feature} {covered[feature]}" for feature in FEATURES))
    missing = [feature for feature in FEATURES if not covered[feature]] if options.cases >= FULL_COVERAGE else []
    for item in missing:
        print(f"error: not covered: {item}", file=sys.stderr)
    print(_last_but_one(options, started))
    frames = f"{len(MATRICES) * len(RANGES)} x 2^24 triples and {options.cases} frames"
    print(f"{frames}, {sum(difference.values for difference in differences)} differing values")
    return 1 if differences or missing else 0


def _last_but_one(options: argparse.Namespace, started: float) -> str:
    arch = options.arch or platform.machine()
    return f"{options.language} on {arch}, from {platform.machine()}: {time.monotonic() - started:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
