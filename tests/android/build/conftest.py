"""What every test here needs: a JDK, Android's packing tools, and jars."""

from __future__ import annotations

import pytest

from tests.android import jars
from tests.toolchains import need


@pytest.fixture(scope="session", autouse=True)
def toolchain() -> None:
    """Skips the tests with the first thing that is missing, or fails them where every tool is required."""
    for program in ("java", "javac", "keytool", "aapt2", "zipalign", "apksigner"):
        need(program)
    for name in jars.SETS:
        jars.need(name)
