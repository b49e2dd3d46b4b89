"""Whether a process that a test started in a namespace of its own is gone."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Final

_SECONDS: Final = 10.0  # The kernel ends a namespace's processes one after the other.


def ends(*words: str) -> bool:
    """Whether no process with that command line is left, at once or within some seconds."""
    wanted = "".join(f"{word}\0" for word in words).encode()
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        if wanted not in _command_lines():
            return True
        time.sleep(0.02)
    return False


def _command_lines() -> set[bytes]:
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.add(path.read_bytes())
    return found
