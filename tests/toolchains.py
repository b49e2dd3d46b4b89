"""What a test does when a tool is not there: it says so, and in CI it fails."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    """Skips the test with `reason`; fails it where every toolchain is required (EDGEGEN_REQUIRE_TOOLCHAINS=1)."""
    if os.environ.get("EDGEGEN_REQUIRE_TOOLCHAINS") == "1":
        pytest.fail(f"required toolchain: {reason}")
    pytest.skip(reason)


def need(program: str) -> str:
    """The path of an external program, or `missing`."""
    path = shutil.which(program)
    if path is None:
        missing(f"{program} is not on this machine; `make setup` installs it where it can")
    return path
