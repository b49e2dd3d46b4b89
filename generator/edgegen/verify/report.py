"""What a verification found, and whether it is good enough."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from edgegen.errors import GateError


@dataclass(frozen=True)
class OutputRow:
    """One output over all samples: the exported file against PyTorch.

    `max_rel_error` is relative to the largest magnitude of the output. `top1` and `top5` are shares, 0..1, of samples
    whose best class (of classes among the five best) is the same; None where the output is no classification. For an
    output of integers `equal` is the share of equal values and `sqnr_db` None.
    """

    name: str
    max_abs_error: float
    max_rel_error: float
    sqnr_db: float | None
    top1: float | None = None
    top5: float | None = None
    equal: float | None = None


@dataclass(frozen=True)
class Failure:
    """A threshold that was not met; `key` is its key in edgegen.toml."""

    key: str
    problem: str
    hint: str


@dataclass(frozen=True)
class Scope:
    """Where the app's runtime cannot be had: what the comparison proves without it, and what it leaves open."""

    proves: str
    open: str


@dataclass(frozen=True)
class VerifyReport:
    """`samples` sets of inputs were compared; `kind` says what they were ("photos" or "random inputs").

    `scope` is None where the file was run by the runtime that apps have.
    """

    rows: tuple[OutputRow, ...]
    samples: int
    kind: str
    failures: tuple[Failure, ...] = ()
    scope: Scope | None = None

    @property
    def passed(self) -> bool:
        """Whether every threshold was met."""
        return not self.failures

    def require_passed(self) -> None:
        """Raises GateError for the first threshold that was not met."""
        if self.failures:
            failure = self.failures[0]
            more = f" (and {len(self.failures) - 1} more)" if len(self.failures) > 1 else ""
            raise GateError(f"{failure.problem}{more}", where=failure.key, hint=failure.hint)

    def headline(self) -> str:
        """ "12 photos: max error 3e-06, SQNR 120.1 dB, top-1 equal 12/12"."""
        parts = [f"max error {max((row.max_abs_error for row in self.rows), default=0.0):.1g}"]
        decibels = [row.sqnr_db for row in self.rows if row.sqnr_db is not None]
        if decibels:
            lowest = min(decibels)
            parts.append("no difference at all" if math.isinf(lowest) and lowest > 0 else f"SQNR {lowest:.1f} dB")
        for row in self.rows:
            if row.top1 is not None:
                name = "top-1" if len(self.rows) == 1 else f"{row.name} top-1"
                parts.append(f"{name} equal {round(row.top1 * self.samples)}/{self.samples}")
        return f"{self.samples} {self.kind}: {', '.join(parts)}"

    def scope_lines(self) -> list[str]:
        """What is proven and what is not, for a person; nothing where the runtime itself was run."""
        if self.scope is None:
            return []
        return [f"  proven: {self.scope.proves}", f"  not proven: {self.scope.open}"]

    def document(self) -> dict[str, Any]:
        """The report as plain data; a number that JSON cannot hold (no noise at all) is null."""
        return {
            "passed": self.passed,
            "samples": self.samples,
            "kind": self.kind,
            "scope": None if self.scope is None else {"proves": self.scope.proves, "open": self.scope.open},
            "outputs": [
                {key: _json_number(getattr(row, key)) for key in OutputRow.__dataclass_fields__} for row in self.rows
            ],
            "failures": [{"key": f.key, "problem": f.problem, "hint": f.hint} for f in self.failures],
        }


def _json_number(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value
