"""A folder with a whole small Debian 13 in it, made by debootstrap, because Swift is packaged there.

    chroot.ready()    its folder, made the first time (a minute, 2.6 GB) and found from then on
    chroot.remove()   everything of it, never through something that is mounted in it

It lies in `cache_dir()/swift`, named by suite, packages and machine. Every package's signature is checked against
Debian's own keys, by debootstrap and by apt. It is made in a sibling that is renamed last, so that what has the name is
whole. Mounts are made in a namespace of the process that needs them and go with it, even when it is killed; the lock
also.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from edgegen.paths import cache_dir, remove_tree

SUITE: Final = "trixie"
"""The first Debian that has Swift."""
PACKAGES: Final = (
    *("swiftlang", "libc6-dev", "libstdc++-14-dev", "gcc", "binutils"),
    "git",  # SwiftPM fetches packages with it.
    *("libplist-utils", "ruby"),  # They read Xcode's and CocoaPods' files.
)
KEYS: Final = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
MAKE_SECONDS: Final = 1800
NAMESPACE: Final = (
    *("setpriv", "--pdeathsig", "KILL", "--"),  # Killed when Python is.
    *("unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"),
)
"""What a command line begins with whose mounts and processes are to end with it."""

_INSTALL: Final = """set -e
root=$1
shift
mount -t proc proc "$root/proc"
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
inside() {
    chroot "$root" env PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
inside apt-get update -q
inside apt-get install -y -q --no-install-recommends -o Dpkg::Options::=--force-unsafe-io "$@"
inside apt-get clean
rm -rf "$root"/var/lib/apt/lists/* "$root"/usr/share/doc/* "$root"/usr/share/man/*
"""


class ChrootUnavailableError(Exception):
    """It is not there and cannot be made: not Linux, not root, a program or the network is missing."""


def ready() -> Path:
    """The folder, made where it is not there yet. Raises ChrootUnavailableError."""
    folder = _folder()
    if not folder.is_dir():
        why_not = obstacle()
        if why_not is not None:
            raise ChrootUnavailableError(why_not)
        with lock(exclusive=True):
            if not folder.is_dir():  # Another process may have been faster.
                _make(folder)
    return folder


def is_there() -> bool:
    """Whether `ready` gives the folder at once."""
    return _folder().is_dir()


def obstacle() -> str | None:
    """Why this machine can neither make nor use it; None where it can."""
    if sys.platform != "linux":
        return "the folder with Swift in it is Linux's"
    if os.geteuid() != 0:
        return "only root can make and use the folder with Swift in it"
    for program in ("debootstrap", "unshare", "setpriv", "chroot", "apt-get"):
        if shutil.which(program) is None and not (is_there() and program in {"debootstrap", "apt-get"}):
            return f"{program} is not on this machine; `make setup` installs it where it can"
    if subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode != 0:
        return "this machine allows no mounts, not even root's own (unshare --mount)"
    return None


def remove() -> list[Path]:
    """Removes every such folder, finished or not, of whichever packages; waits for those who use one. Gives them.

    Raises ChrootUnavailableError where something is mounted in one and cannot be unmounted; it is left as it is.
    """
    if not _home().is_dir():
        return []
    with lock(exclusive=True):
        folders = [path for path in sorted(_home().iterdir()) if path.is_dir()]
        for folder in folders:
            remove_unmounted(folder)
    return folders


@contextlib.contextmanager
def lock(*, exclusive: bool) -> Iterator[None]:
    """Many may use the folder at once; who makes or removes one is alone. The lock goes with the process."""
    import fcntl

    _home().mkdir(parents=True, exist_ok=True)
    with (_home() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield


def mounts_in(folder: Path, table: str) -> list[Path]:
    """What is mounted in or on a folder, the innermost first; `table` is the text of /proc/self/mountinfo."""
    found = []
    for line in table.splitlines():
        # The fifth word; blanks and backslashes in it are octal.
        point = Path(line.split()[4].encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace"))
        if point == folder or folder in point.parents:
            found.append(point)
    return sorted(found, key=lambda point: len(point.parts), reverse=True)


def remove_unmounted(folder: Path) -> None:
    """Removes a folder after what is mounted in it is unmounted. Raises ChrootUnavailableError where that fails."""
    table = Path("/proc/self/mountinfo")
    for point in mounts_in(folder, table.read_text(encoding="utf-8")):
        subprocess.run(["umount", str(point)], capture_output=True, check=False)
    left = mounts_in(folder, table.read_text(encoding="utf-8"))
    if left:
        raise ChrootUnavailableError(f"{left[0]} is mounted and in use; end what uses it and run this again")
    remove_tree(folder)


def _home() -> Path:
    return cache_dir() / "swift"


def _folder() -> Path:
    content = hashlib.sha256(" ".join([SUITE, platform.machine(), *PACKAGES, _INSTALL]).encode())
    return _home() / f"{SUITE}-{content.hexdigest()[:12]}"


def _make(folder: Path) -> None:
    """Makes the folder; the lock is held, so every scratch folder there is was left by a killed run."""
    scratch = folder.with_name(f"{folder.name}.part")
    for leftover in _home().glob("*.part"):
        remove_unmounted(leftover)
    keys = [f"--keyring={KEYS}"] if KEYS.exists() else []
    try:
        command = ["debootstrap", "--variant=minbase", "--force-check-gpg", *keys, SUITE, str(scratch), _mirror()]
        _run([*NAMESPACE, *command], "debootstrap")
        _run([*NAMESPACE, "sh", "-c", _INSTALL, "sh", str(scratch), *PACKAGES], "apt-get")
        scratch.rename(folder)
    finally:
        if scratch.exists():
            remove_unmounted(scratch)


def _run(command: Sequence[str], name: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=MAKE_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ChrootUnavailableError(f"{name} made no {SUITE} in {MAKE_SECONDS} s") from error
    if done.returncode != 0:
        lines = (done.stderr + done.stdout).strip().splitlines()
        told = [line for line in lines if line.startswith(("E:", "W:"))] or lines[-1:]
        raise ChrootUnavailableError(f"{name} cannot make {SUITE}: {' '.join(told)[:500]}")


def _mirror() -> str:
    """The mirror that this machine's apt uses for Debian itself. Raises ChrootUnavailableError."""
    for attempt in range(2):
        command = ["apt-get", "indextargets", "--format", "$(SITE) $(CODENAME)", "Origin: Debian"]
        listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
        sites = [line.split()[0] for line in listed if line.strip() and "security" not in line]
        if sites:
            return sites[0]
        if attempt == 0:  # Before its first update apt does not know whose its sources are.
            subprocess.run(["apt-get", "update", "-q"], capture_output=True, check=False)
    raise ChrootUnavailableError("apt knows no mirror of Debian here")
