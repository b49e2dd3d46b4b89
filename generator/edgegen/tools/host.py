"""The machine that edgegen runs on."""

from __future__ import annotations

import platform


def is_aarch64() -> bool:
    """True on a 64-bit ARM machine: what is built natively is what boards run."""
    return platform.machine().lower() in ("aarch64", "arm64")
