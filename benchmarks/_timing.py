"""Timing several programs side by side, so that what else the machine does touches all of them alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping


class Milliseconds(float):
    """What a program returns that has taken its own time, because it runs in another process."""


def interleaved(
    programs: Mapping[str, Callable[[], object]], rounds: int, seconds: float = 60.0
) -> dict[str, list[float]]:
    """Milliseconds of each call, by program: `rounds` times all programs in turn, less when `seconds` are over.

    Each program runs once before, untimed. At least three rounds are made.
    """
    for program in programs.values():
        program()
    times: dict[str, list[float]] = {name: [] for name in programs}
    end = time.perf_counter() + seconds
    for done in range(rounds):
        if done >= 3 and time.perf_counter() > end:
            break
        for name, program in programs.items():
            start = time.perf_counter()
            result = program()
            passed = (time.perf_counter() - start) * 1000
            times[name].append(float(result) if isinstance(result, Milliseconds) else passed)
    return times


def medians(times: Mapping[str, list[float]]) -> dict[str, float]:
    """The median of each program, in milliseconds."""
    return {name: statistics.median(values) for name, values in times.items()}
