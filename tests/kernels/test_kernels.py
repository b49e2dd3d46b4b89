"""The kernels' own tests (tests/kernels/cpp, java and swift), each as a test of this suite."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.conformance.languages import REPOSITORY, SWIFT_KERNELS, Program
from tests.swift.toolchain import need_swift, run_swift

NAMES = sorted(
    name
    for file in (Path(__file__).parent / "cpp").glob("test_*.cpp")
    for name in re.findall(r"TEST\((\w+)\)", file.read_text())
)
JAVA_NAMES = sorted(
    name
    for file in (Path(__file__).parent / "java").glob("*Test.java")
    for name in re.findall(r"^    static void (\w+)\(\) \{", file.read_text(), re.MULTILINE)
)
SWIFT_NAMES, SWIFT_ALLOCATION_NAMES = (
    sorted(
        name
        for file in (Path(__file__).parent / "swift").glob(pattern)
        for name in re.findall(r'^ {8}Test\("(\w+)"\)', file.read_text(), re.MULTILINE)
    )
    for pattern in ("*.swift", "allocation/*.swift")
)


def _run(program: Program, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*program.command, *arguments], capture_output=True, text=True, check=False, env=os.environ | environment
    )


@pytest.mark.parametrize("name", NAMES)
def test_cpp(native: Program, name: str) -> None:
    done = _run(native, name)
    assert done.returncode == 0, done.stderr
    assert f"ok      {name}" in done.stdout


def test_the_program_has_the_tests_that_are_in_its_sources(native: Program) -> None:
    assert _run(native, "--list").stdout.split() == NAMES


def test_all_of_it_on_aarch64(aarch64: Program) -> None:
    done = _run(aarch64)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("ok      ") == len(NAMES)
    assert _run(aarch64, "--path").stdout.strip() == "neon"


@pytest.mark.parametrize("path", ["scalar", "avx2"])
def test_the_environment_forces_a_path(native: Program, path: str) -> None:
    done = _run(native, "--path", EDGEGEN_RESIZE=path)
    assert done.stdout.strip() == path, done.stderr


def test_the_environment_forces_the_scalar_path_on_aarch64(aarch64: Program) -> None:
    assert _run(aarch64, "--path", EDGEGEN_RESIZE="scalar").stdout.strip() == "scalar"


def test_a_path_that_does_not_exist_is_refused_and_named(native: Program) -> None:
    done = _run(native, "--path", EDGEGEN_RESIZE="avx9")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "EDGEGEN_RESIZE=avx9" in done.stderr


def test_a_failed_check_fails_the_program(native: Program) -> None:
    """A test program that cannot fail would prove nothing."""
    done = _run(native, "no_such_test")
    assert done.returncode == 1
    assert "no test no_such_test" in done.stderr


@pytest.fixture(scope="module")
def java_results(java: Program) -> dict[str, str]:
    """What all Java tests say, by name: one virtual machine for all of them."""
    return _results(java)


@pytest.fixture(scope="module")
def swift_results(swift: Program) -> dict[str, str]:
    """The same for Swift: one entry of the folder in which it runs."""
    return _results(swift)


@pytest.fixture(scope="module")
def swift_allocation_results(swift_allocations: Program) -> dict[str, str]:
    """The same for those that count allocations."""
    return _results(swift_allocations)


def _results(program: Program) -> dict[str, str]:
    done = _run(program)
    parts = re.split(r"^(ok     |FAILED ) (\w+)$", done.stdout + done.stderr, flags=re.MULTILINE)
    verdicts, names, rest = parts[1::3], parts[2::3], parts[3::3]
    return {name: verdict.strip() + words for verdict, name, words in zip(verdicts, names, rest, strict=True)}


@pytest.mark.parametrize("name", JAVA_NAMES)
def test_java(java_results: dict[str, str], name: str) -> None:
    assert java_results[name].startswith("ok"), java_results[name]


def test_the_java_program_has_the_tests_that_are_in_its_sources(java: Program) -> None:
    assert _run(java, "--list").stdout.split() == JAVA_NAMES


def test_a_failed_java_check_fails_the_program(java: Program) -> None:
    done = _run(java, "noSuchTest")
    assert done.returncode == 1
    assert "no test noSuchTest" in done.stderr


@pytest.mark.parametrize("name", SWIFT_NAMES)
def test_swift(swift_results: dict[str, str], name: str) -> None:
    assert swift_results[name].startswith("ok"), swift_results[name]


@pytest.mark.parametrize("name", SWIFT_ALLOCATION_NAMES)
def test_swift_allocations(swift_allocation_results: dict[str, str], name: str) -> None:
    assert swift_allocation_results[name].startswith("ok"), swift_allocation_results[name]


def test_the_swift_programs_have_the_tests_that_are_in_their_sources(
    swift: Program, swift_allocations: Program
) -> None:
    assert _run(swift, "--list").stdout.split() == SWIFT_NAMES
    assert _run(swift_allocations, "--list").stdout.split() == SWIFT_ALLOCATION_NAMES


def test_a_failed_swift_check_fails_the_program(swift: Program) -> None:
    done = _run(swift, "noSuchTest")
    assert done.returncode == 1
    assert "no test noSuchTest" in done.stdout


def test_swift_format_has_nothing_to_say(tmp_path: Path) -> None:
    """Of the kernels, by the rules that a generated project has, and of the programs around them."""
    need_swift()
    (rules,) = (REPOSITORY / "templates/ios/model").glob("*/.swift-format")
    folders = [SWIFT_KERNELS, *(REPOSITORY / name for name in ("tests/kernels/swift", "tests/conformance/swift"))]
    folders.append(REPOSITORY / "benchmarks/_preprocess")
    files = [file for folder in folders for file in sorted(folder.rglob("*.swift"))]
    done = run_swift(
        ["swift", "format", "lint", "--strict", "--configuration", rules, *files], cwd=tmp_path, inputs=[REPOSITORY]
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
