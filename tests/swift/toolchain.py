"""Swift 6 for the tests: in the folder of `chroot.py`, or this machine's own where that cannot be.

    run_swift(["swift", "build"], cwd=package, mounts=[package])    the finished process; see there
    need_swift()                                                    for a test: skips it, or fails it in CI, without

A command sees its working folder and the folders it is given, at their own paths, and nothing else of this machine, no
network either. Mounts are made in a namespace of the command and are gone with it.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.swift import chroot

OLDEST: Final = 6
SECONDS: Final = 900
OWN: Final = "this machine's own"
TRIES: Final = 3  # SwiftPM 6.0.3 is killed by a signal of its own now and then (swift-llbuild#957).

_HOME: Final = "/home/swift"  # Of the chroot, where compiled modules of the system are kept between calls.
_ENVIRONMENT: Final = {"PATH": "/usr/bin:/usr/sbin:/bin:/sbin", "HOME": _HOME, "LANG": "C.UTF-8", "TMPDIR": "/tmp"}
# Arguments: the chroot's folder; "ro" or "rw" and a path for each mount; "--"; the working folder; the command.
_ENTER: Final = """set -e
root=$1
shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mkdir -p "$root/home/swift"
while [ "$1" != -- ]; do
    if [ -d "$2" ]; then
        mkdir -p "$root$2"
    else
        mkdir -p "$root$(dirname "$2")"
        : >> "$root$2"
    fi
    mount --bind -o "$1" "$2" "$root$2"
    shift 2
done
shift
# Not by exec: the first process of a namespace is spared signals that would end any other.
chroot "$root" /bin/sh -c 'cd "$1" && shift && exec "$@"' sh "$@"
exit $?
"""
_SIGNALLED: Final = range(129, 160)  # What a shell gives for a process that a signal ended.


class SwiftUnavailableError(Exception):
    """There is no Swift 6 on this machine and none can be had; the text says why."""


def run_swift(
    arguments: Sequence[str | Path],
    *,
    cwd: Path,
    mounts: Iterable[Path] = (),
    inputs: Iterable[Path] = (),
    env: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
) -> subprocess.CompletedProcess[str]:
    """Runs a program of the Swift toolchain, or one that was built with it; stdout and stderr are captured.

    `arguments` begins with the program, `swift`, `swiftc`, `plistutil`, `ruby` or a path; `cwd` and `mounts` may be
    written to, `inputs` only read. Run again where a signal ends it. Raises SwiftUnavailableError, and
    subprocess.TimeoutExpired.
    """
    command = swift_command(arguments, cwd=cwd, mounts=mounts, inputs=inputs)
    own = root() is None
    environment = {**(os.environ if own else _ENVIRONMENT), **(env or {})}
    for _ in range(TRIES):
        with chroot.lock(exclusive=False):
            done = subprocess.run(
                command,
                cwd=cwd if own else None,
                env=environment,
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
                timeout=seconds,
                stdin=subprocess.DEVNULL,
            )
        if done.returncode >= 0 and done.returncode not in _SIGNALLED:
            break
    return done


def swift_command(
    arguments: Sequence[str | Path], *, cwd: Path, mounts: Iterable[Path] = (), inputs: Iterable[Path] = ()
) -> list[str]:
    """The command line that `run_swift` runs, which enters `cwd` itself. Raises SwiftUnavailableError.

    For a caller who pipes or times it; what it finds of the environment it passes on.
    """
    words = [str(word) for word in arguments]
    folder = root()
    if folder is None:
        return words
    bound = {path.resolve(): "ro" for path in inputs} | {path.resolve(): "rw" for path in [cwd, *mounts]}
    pairs = [word for path in sorted(bound, key=lambda path: len(path.parts)) for word in (bound[path], str(path))]
    return [*chroot.NAMESPACE, "--net", "sh", "-c", _ENTER, "sh", str(folder), *pairs, "--", str(cwd.resolve()), *words]


def found() -> str | None:
    """What gives Swift at once, in words; None where nothing does yet. Makes nothing."""
    if chroot.obstacle() is None:
        return str(chroot.ready()) if chroot.is_there() else None
    return OWN if _own_version() >= OLDEST else None


def need_swift() -> None:
    """Makes the chroot where it is missing; a test without Swift is skipped, or fails where every tool is required."""
    try:
        root()
    except SwiftUnavailableError as error:
        from tests.toolchains import missing  # The harness uses this module where there is no pytest.

        missing(str(error))


@functools.cache
def root() -> Path | None:
    """The chroot, made where it is missing; None: this machine's own Swift. Raises SwiftUnavailableError."""
    why_not = chroot.obstacle()
    if why_not is None:
        try:
            return chroot.ready()
        except chroot.ChrootUnavailableError as error:
            why_not = str(error)
    version = _own_version()
    if version >= OLDEST:
        return None
    own = f"the swift on this machine is {version}, expected {OLDEST}" if version else "swift is not on this machine"
    raise SwiftUnavailableError(f"{own}; {why_not}")


@functools.cache
def _own_version() -> int:
    """The major version of the machine's own Swift; 0 where it has none."""
    program = shutil.which("swift")
    if program is None:
        return 0
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=60)
    found = re.search(r"Swift version (\d+)", said.stdout + said.stderr)
    return int(found[1]) if found else 0
