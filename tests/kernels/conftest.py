"""The test programs of C++, Java and Swift, built once for a run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.conformance.languages import ALLOCATORS, DriverError, Program, build_cpp, build_java, build_swift
from tests.toolchains import missing

SOURCE = Path(__file__).parent / "cpp"
JAVA_SOURCE = Path(__file__).parent / "java"
SWIFT_SOURCE = Path(__file__).parent / "swift"


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


@pytest.fixture(scope="session")
def swift() -> Program:
    """The Swift kernels' tests, under AddressSanitizer."""
    try:
        return build_swift("kernel_tests", sorted(SWIFT_SOURCE.glob("*.swift")), sanitize=True)
    except DriverError as error:
        if "is not on this machine" not in str(error):
            raise
        missing(str(error))


@pytest.fixture(scope="session")
def swift_allocations() -> Program:
    """Those of the Swift kernels' tests that count allocations."""
    if sys.platform != "linux":
        missing("allocations of Swift are counted by GNU ld's --wrap, on Linux only")
    sources = [*sorted((SWIFT_SOURCE / "allocation").glob("*.swift")), SWIFT_SOURCE / "Testing.swift"]
    try:
        return build_swift("allocation_tests", sources, wrap=ALLOCATORS)
    except DriverError as error:
        if "is not on this machine" not in str(error):
            raise
        missing(str(error))
