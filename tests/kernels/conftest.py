"""The test programs of C++ and Java, built once for a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.languages import DriverError, Program, build_cpp, build_java
from tests.toolchains import missing

SOURCE = Path(__file__).parent / "cpp"
JAVA_SOURCE = Path(__file__).parent / "java"


def _program(arch: str, *, sanitize: bool) -> Program:
    try:
        return build_cpp(SOURCE, "kernel_tests", arch, sanitize=sanitize)
    except DriverError as error:
        if "is not on this machine" not in str(error):
            raise
        missing(str(error))


@pytest.fixture(scope="session")
def native() -> Program:
    """The kernels' tests on this machine, under AddressSanitizer and UBSan."""
    return _program("x86_64", sanitize=True)


@pytest.fixture(scope="session")
def aarch64() -> Program:
    """The same under qemu (a sanitizer does not run there)."""
    return _program("aarch64", sanitize=False)


@pytest.fixture(scope="session")
def java() -> Program:
    """The Java kernels' tests."""
    try:
        return build_java("edgegen.kernels.Testing", sorted(JAVA_SOURCE.glob("*.java")))
    except DriverError as error:
        if "is not on this machine" not in str(error):
            raise
        missing(str(error))
