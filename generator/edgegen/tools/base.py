"""What all tools have in common: being looked for, telling their version, and how to get them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

from edgegen.errors import ToolError

VERSION_SECONDS = 20
"""How long a tool may take to tell its version."""


@dataclass(frozen=True, slots=True)
class ToolStatus:
    """One line of `edgegen doctor`. `ok`: it can be used; `version` is None where it was not found."""

    name: str
    ok: bool
    required: bool
    version: str | None
    purpose: str
    remedy: str

    def document(self) -> dict[str, object]:
        """The same as plain data, for --json."""
        return asdict(self)


class Tool(ABC):
    """An external tool. `required`: the platform cannot do without it; `remedy` says how to get it."""

    name: ClassVar[str]
    purpose: ClassVar[str]
    remedy: ClassVar[str]
    required: ClassVar[bool] = True

    @abstractmethod
    def verify(self) -> ToolStatus:
        """Looks for the tool. Never raises for a missing one."""

    def status(self, *, ok: bool, version: str | None) -> ToolStatus:
        """The status with this tool's own words."""
        return ToolStatus(self.name, ok, self.required, version, self.purpose, self.remedy)


class CommandTool(Tool):
    """A tool that is a program. The programs beside the running Python (a virtual environment's) come before PATH."""

    commands: ClassVar[tuple[str, ...]]
    version_arguments: ClassVar[tuple[str, ...]] = ("--version",)
    minimum: ClassVar[str | None] = None

    def find(self) -> Path | None:
        """The first usable program: there, able to tell its version, and new enough. None where there is none."""
        found = self._search()
        return found[0] if found is not None and found[2] else None

    def require(self) -> Path:
        """The program, or a ToolError that says how to get it."""
        found = self._search()
        if found is None:
            raise ToolError(f"{self.name} was not found; it {self.purpose}", hint=self.remedy)
        path, version, ok = found
        if not ok:
            raise ToolError(
                f"{self.name} {version} is too old, {self.minimum} is needed", where=str(path), hint=self.remedy
            )
        return path

    def verify(self) -> ToolStatus:
        """See Tool."""
        found = self._search()
        return self.status(ok=found is not None and found[2], version=None if found is None else found[1])

    def _search(self) -> tuple[Path, str, bool] | None:
        """(program, version, new enough): the first that is new enough, else the first that runs."""
        best: tuple[Path, str, bool] | None = None
        for path in candidates(self.commands):
            version = version_of([str(path), *self.version_arguments])
            if version is None:
                continue
            if self.minimum is None or parts(version) >= parts(self.minimum):
                return path, version, True
            best = best or (path, version, False)
        return best


def candidates(commands: Sequence[str]) -> Iterator[Path]:
    """Every program of one of these names: beside the running Python, then in each folder of PATH."""
    folders = [str(Path(sys.executable).parent), *os.get_exec_path()]
    seen: set[str] = set()
    for command in commands:
        for folder in folders:
            found = shutil.which(command, path=folder)
            if found is not None and found not in seen:
                seen.add(found)
                yield Path(found)


def version_of(command: Sequence[str], *, text: str | None = None) -> str | None:
    """The first version number in what the command prints (`text` is its stdin); None where it cannot run."""
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, errors="replace", timeout=VERSION_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.search(r"\d+(?:\.\d+)+\w*", done.stdout + done.stderr)
    if match is not None:
        return match.group()
    return "of unknown version" if done.returncode == 0 else None


def parts(version: str) -> tuple[int, ...]:
    """`3.28.1` → (3, 28, 1), for comparing; () where there is no number."""
    return tuple(int(number) for number in re.findall(r"\d+", version.split("+")[0]))


def package_folder(name: str) -> Path | None:
    """The folder of a package of this Python, found without importing it; None where there is none."""
    spec = find_spec(name)
    locations = list(spec.submodule_search_locations or ()) if spec is not None else []
    return Path(locations[0]) if locations else None
