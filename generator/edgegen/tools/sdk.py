"""ExecuTorch's C++ SDK for 64-bit ARM: fetched as a wheel, checked by its list of hashes, kept in the cache."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import shutil
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar, Final

from edgegen import console
from edgegen.errors import ToolError
from edgegen.paths import cache_dir, file_errors, remove_leftovers, remove_tree, temporary_sibling
from edgegen.tools.base import Tool, ToolStatus
from edgegen.tools.executorch import sdk_version
from edgegen.tools.process import run_tool
from edgegen.versions import EXECUTORCH

TAG: Final = "manylinux_2_28_aarch64"
_KEPT: Final = ("executorch/include/", "executorch/lib/", "executorch/share/cmake/")


class ExecuTorchSdk(Tool):
    """The SDK that aarch64 programs are built with on another machine."""

    name: ClassVar[str] = "ExecuTorch SDK for aarch64"
    purpose: ClassVar[str] = "is what a board's program is linked with"
    required: ClassVar[bool] = False
    remedy: ClassVar[str] = "edgegen build --arch aarch64 fetches it (18 MB)"

    def verify(self) -> ToolStatus:
        """See Tool."""
        version = sdk_version(_folder() / "executorch")
        return self.status(ok=version is not None, version=version)

    def root(self) -> Path:
        """The SDK's folder, fetched where it is not there yet. Raises ToolError, with the cache as it was."""
        folder = _folder()
        if sdk_version(folder / "executorch") is None:
            with console.task("fetching ExecuTorch's SDK for aarch64"):
                _fetch(folder)
        return folder / "executorch"


def _folder() -> Path:
    return cache_dir() / "sdk" / f"executorch-{EXECUTORCH}-{TAG}"


def _wheels() -> Path:
    return cache_dir() / "wheels"


def _fetch(folder: Path) -> None:
    scratch = temporary_sibling(folder)
    try:
        wheel = _wheel_at_hand() or _download(scratch)
        with file_errors(folder, "write"):
            unpack_checked(wheel, scratch / "sdk")
            if folder.exists():  # another edgegen was faster, or it is the rest of a broken one
                remove_tree(folder)
            (scratch / "sdk").rename(folder)
        remove_leftovers(folder)
    finally:
        remove_tree(scratch)


def _wheel_at_hand() -> Path | None:
    return next(_wheels().glob(f"executorch-{EXECUTORCH}-*{TAG}*.whl"), None)


def _download(scratch: Path) -> Path:
    by_hand = f"Or fetch the wheel elsewhere (pip download --platform {TAG} --only-binary=:all: --no-deps "
    by_hand += f"executorch=={EXECUTORCH}) and put it into {_wheels()}"
    if find_spec("pip") is None:
        raise ToolError("this Python has no pip to fetch ExecuTorch's SDK with", hint=f"python -m ensurepip. {by_hand}")
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--no-deps"]
    command += ["--platform", TAG, "--only-binary=:all:", "--dest", str(scratch), f"executorch=={EXECUTORCH}"]
    run_tool(command, failed="ExecuTorch's SDK for aarch64 could not be fetched", hint=f"Check the network. {by_hand}")
    return next(scratch.glob("*.whl"))


def unpack_checked(wheel: Path, into: Path) -> None:
    """Unpacks the C++ part of a wheel; ToolError where a file is not what the wheel's RECORD says (nothing is kept)."""
    damaged = ToolError(
        "the wheel is damaged",
        where=str(wheel),
        hint="Remove the file and run the command again, which fetches it anew",
    )
    try:
        with zipfile.ZipFile(wheel) as archive:
            records = [name for name in archive.namelist() if name.endswith(".dist-info/RECORD")]
            listing = archive.read(records[0]).decode("utf-8")
            hashes = {row[0]: row[1] for row in csv.reader(io.StringIO(listing)) if len(row) > 1}
            for name in archive.namelist():
                if not name.startswith(_KEPT) or name.endswith("/"):
                    continue
                content = archive.read(name)
                if hashes.get(name) != _record_hash(content) or ".." in Path(name).parts:
                    raise damaged
                target = into / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
    except (zipfile.BadZipFile, IndexError, UnicodeDecodeError, EOFError) as error:
        shutil.rmtree(into, ignore_errors=True)
        raise damaged from error
    except ToolError:
        shutil.rmtree(into, ignore_errors=True)
        raise
    if sdk_version(into / "executorch") != EXECUTORCH:
        shutil.rmtree(into, ignore_errors=True)
        raise ToolError(f"the wheel holds no C++ SDK of ExecuTorch {EXECUTORCH}", where=str(wheel), hint=damaged.hint)


def _record_hash(content: bytes) -> str:
    digest = hashlib.sha256(content).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
