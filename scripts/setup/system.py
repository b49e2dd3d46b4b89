#!/usr/bin/env python3
"""Installs what edgegen's tests need of the system: compilers, qemu, libraries for two architectures, a JDK.

    python scripts/setup/system.py             install what is missing (Debian or Ubuntu, as root)
    python scripts/setup/system.py --for demo  only what `make demo` builds with
    python scripts/setup/system.py --check     say what is missing, change nothing; exit code 1 if anything is

`make setup` calls it. What is there already is found without the network, in a fraction of a second. It may be killed
and run again: apt's unfinished work is taken up first. Where it cannot install (not root, another distribution, no
network) it says what to do and ends with 0: the tests that need the missing tool then skip with the reason, or fail
where EDGEGEN_REQUIRE_TOOLCHAINS=1 promises every tool. Only the standard library, for any Python from 3.9.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

STDERR = 2  # the file descriptor
JDK = 17  # the oldest that Robolectric and Android's Gradle plugin run on
APT_OPTIONS = ("-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")


@dataclass(frozen=True)
class Need:
    """One thing that must be there."""

    name: str
    why: str
    present: Callable[[], bool]
    packages: tuple[str, ...]  # of apt, alternatives: the first that the distribution has is installed
    group: str  # "build", "aarch64", "android", "test"


@dataclass(frozen=True)
class System:
    """What this script must know of the machine."""

    distribution: str  # of /etc/os-release: "debian", "ubuntu", …
    has_apt: bool
    is_root: bool
    machine: str  # "x86_64", "aarch64"
    runs_services: bool  # systemd is running: a package may start a server


def say(text: str) -> None:
    """A line on stdout, at once: the output of apt between them goes to stderr."""
    print(text, flush=True)


def command(*names: str) -> Callable[[], bool]:
    """Whether one of the programs is on the PATH, or beside this Python (CMake comes as a wheel, too)."""
    folders = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return lambda: any(shutil.which(name, path=folders) for name in names)


def files(*patterns: str) -> Callable[[], bool]:
    """Whether each pattern matches a file of the system."""
    return lambda: all(any(Path("/").glob(pattern.lstrip("/"))) for pattern in patterns)


def library(header: str, triplet: str, name: str) -> Callable[[], bool]:
    """Whether a library's header and, for that architecture, its link-time file are there."""
    return files(f"/usr/include/{header}", f"/usr/lib/{triplet}/lib{name}.so")


def has_fuzzer() -> bool:
    """Whether a clang on the PATH links libFuzzer."""
    names = ["clang++", *(f"clang++-{version}" for version in range(30, 10, -1))]
    for clang in filter(None, map(shutil.which, names)):
        runtime = f"libclang_rt.fuzzer-{platform.machine()}.a"
        for name in (runtime, "libclang_rt.fuzzer.a"):
            asked = subprocess.run([clang, f"-print-file-name={name}"], capture_output=True, text=True, check=False)
            if Path(asked.stdout.strip()).is_absolute() and Path(asked.stdout.strip()).exists():
                return True
    return False


def has_jdk() -> bool:
    """Whether a JDK of 17 or later is on the PATH: its compiler, and its own classes as R8 reads them."""
    javac = shutil.which("javac")
    if javac is None:
        return False
    home = Path(javac).resolve().parents[1]
    try:
        lines = (home / "release").read_text(encoding="utf-8").splitlines()  # Asking javac itself would start a JVM.
    except OSError:
        return False
    versions = [line.split('"')[1] for line in lines if line.startswith('JAVA_VERSION="')]
    major = versions[0].split(".")[0] if versions else ""
    return (home / "jmods").is_dir() and major.isdecimal() and int(major) >= JDK


def picture_libraries(triplet: str, suffix: str, group: str) -> list[Need]:
    """What decodes pictures, for one architecture; `suffix` is apt's name of it."""
    name = "aarch64 " if suffix else ""
    jpeg = tuple(f"{package}{suffix}" for package in ("libjpeg62-turbo-dev", "libjpeg-turbo8-dev", "libjpeg-dev"))
    png, zlib = (f"libpng-dev{suffix}",), (f"zlib1g-dev{suffix}",)
    return [
        Need(f"{name}libjpeg-turbo", "decodes JPEG", library("jpeglib.h", triplet, "jpeg"), jpeg, group),
        Need(f"{name}libpng", "decodes PNG", library("png.h", triplet, "png"), png, group),
        Need(f"{name}zlib", "decodes PNG", library("zlib.h", triplet, "z"), zlib, group),
    ]


def android() -> list[Need]:
    """What makes an APK of an Android project without Gradle or Android's SDK, and what fetches its jars."""
    jdk = ("openjdk-17-jdk-headless", "openjdk-21-jdk-headless", "default-jdk-headless")
    return [
        Need("JDK", "compiles and runs Android apps", has_jdk, jdk, "android"),
        Need("mvn", "fetches jars", command("mvn"), ("maven",), "android"),
        Need("aapt2", "compiles an app's resources", command("aapt2"), ("aapt",), "android"),
        Need("zipalign", "aligns an APK", command("zipalign"), ("zipalign",), "android"),
        Need("apksigner", "signs an APK", command("apksigner"), ("apksigner",), "android"),
        Need("gradle", "runs the Gradle plugin's task", command("gradle"), ("gradle",), "test"),
    ]


def needs(system: System) -> list[Need]:
    """Everything, for this machine."""
    triplet = f"{system.machine}-linux-gnu"
    found = [
        Need("cmake", "builds every C++ program", command("cmake"), ("cmake",), "build"),
        Need("ninja", "builds every C++ program", command("ninja"), ("ninja-build",), "build"),
        Need("g++", "compiles for this machine", command("g++"), ("g++",), "build"),
        Need("pkg-config", "finds libraries", command("pkg-config"), ("pkg-config", "pkgconf"), "build"),
        *picture_libraries(triplet, "", "build"),
        Need("clang", "fuzzes the decoder", command("clang++", "clang++-14"), ("clang-14", "clang"), "test"),
        Need("libFuzzer", "fuzzes the decoder", has_fuzzer, ("libclang-rt-14-dev", "libclang-rt-dev"), "test"),
        *android(),
        Need("debootstrap", "makes the folder with Swift in it", command("debootstrap"), ("debootstrap",), "test"),
        Need("sshd", "stands for a board (--on)", command("sshd", "/usr/sbin/sshd"), ("openssh-server",), "test"),
    ]
    if system.machine != "aarch64":
        arm = "aarch64-linux-gnu"
        found += [
            Need("qemu", "runs aarch64 programs", command("qemu-aarch64-static"), ("qemu-user-static",), "aarch64"),
            Need("aarch64 g++", "compiles for boards", command(f"{arm}-g++"), (f"g++-{arm}",), "aarch64"),
            *picture_libraries(arm, ":arm64", "aarch64"),
        ]
    return found


def this_system() -> System:
    """The machine that this runs on."""
    release = {}
    file = Path("/etc/os-release")
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else []:
        key, _, value = line.partition("=")
        release[key] = value.strip('"')
    return System(
        distribution=release.get("ID", platform.system().lower()),
        has_apt=shutil.which("apt-get") is not None and shutil.which("dpkg") is not None,
        is_root=hasattr(os, "geteuid") and os.geteuid() == 0,
        machine=platform.machine(),
        runs_services=Path("/run/systemd/system").is_dir(),
    )


def run(*arguments: str) -> bool:
    """Says and runs a command, its output on stderr; False when it failed."""
    say(f"  $ {' '.join(arguments)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    return subprocess.run(arguments, env=environment, stdout=STDERR, check=False).returncode == 0


def output(*arguments: str) -> str:
    """What a command prints; nothing when it fails."""
    return subprocess.run(arguments, capture_output=True, text=True, check=False).stdout


def candidate(packages: Sequence[str]) -> str | None:
    """The first of the packages that apt could install."""
    for package in packages:
        lines = output("apt-cache", "policy", package).splitlines()
        if any(line.strip().startswith("Candidate:") and "(none)" not in line for line in lines):
            return package
    return None


def add_arm64(system: System) -> bool:
    """Lets dpkg install arm64 packages beside this machine's own."""
    if "arm64" in output("dpkg", "--print-foreign-architectures").split():
        return True
    if system.distribution != "debian":
        # Ubuntu keeps arm64 on another server: with the architecture added, its apt would fail from then on.
        say("  arm64 packages: only Debian serves them beside amd64. On Ubuntu add ports.ubuntu.com to apt's sources,")
        say("  then: dpkg --add-architecture arm64 && apt-get update, and run this again")
        return False
    return run("dpkg", "--add-architecture", "arm64") and run("apt-get", "update", "-q")


def without_unwanted_server(missing: Iterable[Need], system: System) -> list[Need]:
    """Leaves out openssh-server where installing it would start a server that anybody can reach."""
    kept = []
    for need in missing:
        if need.name == "sshd" and system.runs_services:
            say("  sshd: not installed by itself, because its package starts a server that anybody can reach.")
            say("  If you want that: apt-get install openssh-server")
            continue
        kept.append(need)
    return kept


def install(missing: list[Need], system: System) -> None:
    """Installs the packages of `missing` in one go; what apt does not know is said and left out."""
    missing = without_unwanted_server(missing, system)
    if any(need.group == "aarch64" for need in missing) and not add_arm64(system):
        missing = [need for need in missing if not any(package.endswith(":arm64") for package in need.packages)]
    chosen = {need.name: candidate(need.packages) for need in missing}
    if not all(chosen.values()):
        run("apt-get", "update", "-q")
        chosen = {need.name: candidate(need.packages) for need in missing}
    for need in missing:
        if chosen[need.name] is None:
            say(f"  {need.name}: apt knows none of {', '.join(need.packages)}; install it by hand")
    packages = [package for package in chosen.values() if package]
    if packages and not run("apt-get", "install", *APT_OPTIONS, *packages):
        # Lists that are older than the server's packages are the usual reason.
        run("apt-get", "update", "-q")
        run("apt-get", "install", *APT_OPTIONS, *packages)


def finish_interrupted_work() -> None:
    """A killed apt leaves packages unpacked and not set up, and every later install refuses until that is done."""
    if output("dpkg", "--audit").strip():
        say("dpkg was interrupted; finishing its work")
        run("dpkg", "--configure", "-a")
        run("apt-get", "install", "-f", *APT_OPTIONS)


def report(wanted: list[Need]) -> list[Need]:
    """Says what is there and what is not; gives what is not."""
    missing = [need for need in wanted if not need.present()]
    there = [need.name for need in wanted if need not in missing]
    if there:
        say(f"system: {', '.join(there)}: installed")
    for need in missing:
        say(f"system: {need.name}: missing ({need.why}; package {need.packages[0]})")
    return missing


def advice(missing: list[Need], system: System) -> str:
    """What the user can do where this script cannot install."""
    names = " ".join(need.packages[0] for need in missing)
    if not system.has_apt:
        return f"Only apt is known here, and {system.distribution} has none. Install what these packages hold: {names}"
    return f"Only root can install: sudo {sys.executable} {Path(__file__).resolve()}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the text at the top says; gives the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 when something is missing")
    parser.add_argument("--for", dest="purpose", choices=["demo", "test"], default="test", help="what it is needed for")
    options = parser.parse_args(arguments)
    system = this_system()
    wanted = [need for need in needs(system) if options.purpose == "test" or need.group != "test"]
    can_install = system.has_apt and system.is_root
    if can_install and not options.check:
        finish_interrupted_work()
    missing = report(wanted)
    if options.check or not missing:
        return int(bool(missing))
    if not can_install:
        say(advice(missing, system))
        return 0
    say("installing")
    install(missing, system)
    left = [need for need in missing if not need.present()]
    for need in left:
        say(f"system: {need.name}: still missing; tests that need it ({need.why}) are skipped or fail")
    if not left:
        say("system: everything is installed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
