"""Where edgegen's own files are, and how files are written so that an interruption leaves what was there before.

The rule everywhere: write to a temporary sibling, check, then swap.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from edgegen.errors import ProjectError

_PACKAGE = Path(__file__).resolve().parent
_LONGEST_RUN_S = 3600.0


def cache_dir() -> Path:
    """The folder for exported models and downloads: `$EDGEGEN_CACHE`, else the platform's own cache folder."""
    override = os.environ.get("EDGEGEN_CACHE")
    if override:
        return Path(override).expanduser().resolve()
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "edgegen"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "edgegen" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "edgegen"


def data_dir(name: str) -> Path:
    """The `templates` or `plugins` folder: the copy inside an installed wheel, else the repository's own.

    An editable install has no packaged copy, and a copy would be stale the moment a template is edited.
    """
    repository = _PACKAGE.parents[1] / name
    packaged = _PACKAGE / "data" / name
    return packaged if packaged.is_dir() else repository


@contextlib.contextmanager
def file_errors(path: Path, doing: str) -> Iterator[None]:
    """Turns an OSError of the block into a ProjectError about `path` (`doing`: "write", "read" …)."""
    try:
        yield
    except OSError as error:
        reason = _reason(error)
        hint = {
            "No space left on device": "Free some space and run the command again; nothing was changed",
            "Permission denied": "Choose a folder you may write to, or change its permissions",
            "Read-only file system": "Choose a folder on a disk you may write to",
        }.get(reason, "Check the path and run the command again; nothing was changed")
        raise ProjectError(f"cannot {doing}: {reason}", where=str(path), hint=hint) from error


def _reason(error: OSError) -> str:
    """ "No space left on device"; shutil.copytree gathers its errors, and the first is told."""
    import shutil

    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        first = str(error.args[0][0][2])
        return re.sub(r"^\[Errno \d+\] |: ['\"].*$", "", first)
    return error.strerror or type(error).__name__


def atomic_write(path: Path, content: bytes | str) -> None:
    """Writes the whole of `content` (text as UTF-8, line ends as they are) or leaves `path` as it was."""
    data = content.encode() if isinstance(content, str) else content
    prefix = f".{path.name[:40]}."
    with file_errors(path, "write"):
        for leftover in path.parent.glob(f"{_glob_literal(prefix)}*.edgegen-tmp"):
            leftover.unlink(missing_ok=True)  # Of a run that was killed right here.
        import tempfile

        handle, name = tempfile.mkstemp(prefix=prefix, suffix=".edgegen-tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            _give_default_mode(name, like=path)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def temporary_sibling(target: Path) -> Path:
    """A new, empty folder beside `target`, named so that a leftover of a killed run is recognised as ours."""
    with file_errors(target, "create"):
        target.parent.mkdir(parents=True, exist_ok=True)
        import tempfile

        return Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.edgegen-{os.getpid()}-", dir=target.parent))


@contextlib.contextmanager
def staging(target: Path) -> Iterator[Path]:
    """`temporary_sibling` for a block; removed after it, with the parent folders made for it that are empty then."""
    with file_errors(target, "create"):
        made = [parent for parent in target.parents if not parent.exists()]
    try:
        yield temporary_sibling(target)
    finally:
        # By its name: a Ctrl-C may come when the folder is made and not yet known here.
        for folder in target.parent.glob(f".{_glob_literal(target.name[:40])}.edgegen-{os.getpid()}-*"):
            remove_tree(folder)
        for parent in made:
            with contextlib.suppress(OSError):
                parent.rmdir()


def replace_dir(new: Path, old: Path) -> None:
    """Puts folder `new` in the place of `old` (which may be missing); `old`'s content is removed afterwards.

    Where the system can exchange two names in one step (Linux, macOS) there is no moment without a whole folder;
    elsewhere `old` is renamed away first, and `recover_dir` puts it back after a kill between the two renames.
    """
    with file_errors(old, "replace"):
        if not old.exists():
            new.rename(old)
            return
        if _exchange(new, old):
            remove_tree(new)
            return
        aside = _aside(old)
        old.rename(aside)
        new.rename(old)
        remove_tree(aside)


def recover_dir(folder: Path) -> None:
    """Puts back a folder that a killed `replace_dir` had moved aside."""
    aside = _aside(folder)
    if not aside.is_dir():
        return
    if folder.exists():
        remove_tree(aside)
    else:
        aside.rename(folder)


def remove_leftovers(target: Path) -> None:
    """Removes the temporary siblings of `target` that killed runs left behind, and none of a run that still works."""
    for leftover in target.parent.glob(f".{_glob_literal(target.name[:40])}.edgegen-*"):
        if not _is_in_use(leftover):
            remove_tree(leftover)


def _is_in_use(leftover: Path) -> bool:
    """Whether the process that made a temporary sibling may be at work on it: two builds may export at once."""
    number = leftover.name.rpartition(".edgegen-")[2].partition("-")[0]
    try:
        young = time.time() - leftover.stat().st_mtime < _LONGEST_RUN_S
        if not young or not number.isdecimal() or int(number) == os.getpid():
            return young and not number.isdecimal()
        if sys.platform == "win32":  # There os.kill would end the process.
            return True
        os.kill(int(number), 0)
    except PermissionError:
        return True  # Another user's process.
    except OSError:
        return False
    return True


def remove_tree(folder: Path) -> None:
    """Removes a folder of ours; what cannot be removed is left, because the work itself is done."""
    import shutil

    try:
        shutil.rmtree(folder, ignore_errors=True)
    except KeyboardInterrupt:
        shutil.rmtree(folder, ignore_errors=True)  # First tidy, then go.
        raise


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name[:40]}.edgegen.previous")


def _glob_literal(text: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in text)


def _give_default_mode(name: str, like: Path) -> None:
    """mkstemp makes files private (0600); a project's files get the mode they had, or the umask's default."""
    if sys.platform == "win32":
        return
    try:
        mode = like.stat().st_mode & 0o7777
    except FileNotFoundError:
        mode = 0o666 & ~umask()
    Path(name).chmod(mode)


def umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal. Raises OSError."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content_sha256(path: Path) -> str:
    """`file_sha256` of a file; of a folder, one hash over its files' relative paths and contents. Raises OSError."""
    import hashlib

    if not path.is_dir():
        return file_sha256(path)
    digest = hashlib.sha256()
    for file in sorted(item for item in path.rglob("*") if item.is_file()):
        digest.update(f"{file.relative_to(path).as_posix()}\0{file_sha256(file)}\0".encode())
    return digest.hexdigest()


def relative_path(path: Path, folder: Path) -> str:
    """`path` as seen from `folder`, with forward slashes; absolute between two drives of Windows."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def _exchange(first: Path, second: Path) -> bool:
    """Exchanges two names atomically: renameat2(RENAME_EXCHANGE) on Linux, renamex_np(RENAME_SWAP) on macOS.

    False where neither is there, or the file system cannot do it.
    """
    import ctypes

    at_cwd, rename_exchange, rename_swap = -100, 2, 2
    one, two = os.fsencode(first), os.fsencode(second)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if hasattr(libc, "renameat2"):
            return bool(libc.renameat2(at_cwd, one, at_cwd, two, ctypes.c_uint(rename_exchange)) == 0)
        if hasattr(libc, "renamex_np"):
            return bool(libc.renamex_np(one, two, ctypes.c_uint(rename_swap)) == 0)
    except (OSError, TypeError):  # Windows has no library that is called None.
        return False
    return False
