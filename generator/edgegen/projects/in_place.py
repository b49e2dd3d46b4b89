"""Files put in the place of others by their content alone: no name comes, goes or changes.

Xcode lets a script phase write the files it has declared and nothing beside them: a folder cannot be exchanged there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from edgegen.errors import ProjectError
from edgegen.paths import file_errors


def require_same_names(there: Sequence[str], new: Sequence[str], project: Path) -> None:
    """Raises ProjectError where the two lists of files, relative to `project`, are not the same."""
    differing = sorted(set(there) ^ set(new))
    if differing:
        raise ProjectError(
            f"the export would add or remove files ({len(differing)}, such as {differing[0]}), which --staging forbids",
            where=str(project),
            hint=f'Run "edgegen export --project {project}" in a terminal, and build again',
        )


def overwrite(project: Path, contents: Mapping[str, bytes]) -> None:
    """Gives files of `project` (by relative path, in this order) new contents; those that have theirs are not touched.

    All or none, short of a kill: the old contents are written back when one cannot be written. What vouches for the
    others, the stamp, has to be the last. Raises ProjectError.
    """
    with file_errors(project, "write"):
        before = {name: (project / name).read_bytes() for name in contents}
    written: list[str] = []
    try:
        for name, content in contents.items():
            if before[name] != content:
                written.append(name)
                _write(project / name, content)
    except BaseException:
        for name in written:
            with contextlib.suppress(OSError, ProjectError):
                _write(project / name, before[name])
        raise


def _write(path: Path, content: bytes) -> None:
    with file_errors(path, "write"), path.open("r+b") as file:
        file.write(content)
        file.truncate()
