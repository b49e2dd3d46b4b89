"""edgegen's module inside somebody's app: whether it is still as it was written, and what killed runs left of it.

The module's folder holds everything edgegen wrote but a few lines of one file of the app's; which those are stands in a
record in its `.edgegen/`. The folder comes before the app's file names it and goes after that has forgotten it, each by
one rename, so that every build between finds what its file names; a folder that is not named is what a killed run left,
and is taken up by the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from edgegen.paths import file_errors, file_sha256, recover_dir, remove_leftovers
from edgegen.render.manifest import MANIFEST, read_manifest


class IsBuilt(Protocol):
    """Whether a path in a module, by its parts, is what a build or an editor leaves there."""

    def __call__(self, parts: tuple[str, ...]) -> bool:
        """See the class."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What the user did inside the module: `changed` and `added` files, relative to it, sorted."""

    changed: tuple[str, ...]
    added: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.added)

    def text(self) -> str:
        """The first few of them, for one line."""
        named = [f"{name} (changed)" for name in self.changed] + [f"{name} (added)" for name in self.added]
        more = f" and {len(named) - 4} more" if len(named) > 4 else ""
        return ", ".join(named[:4]) + more


def changes(module: Path, is_built: IsBuilt) -> Changes:
    """What is not as edgegen wrote it, apart from the generated files and what builds leave. Raises ProjectError."""
    manifest = read_manifest(module)
    changed, added = [], []
    with file_errors(module, "read"):
        for name in _files(module, manifest.generated.name, is_built):
            entry = manifest.files.get(name)
            if entry is None:
                added.append(name)
            elif (module / name).is_symlink() or file_sha256(module / name) != entry.sha256:
                changed.append(name)
    return Changes(tuple(changed), tuple(added))


def _files(module: Path, generated: str, is_built: IsBuilt) -> Iterator[str]:
    """Every file, or link, of a module that could be the user's, sorted."""
    for path in sorted(module.rglob("*")):
        parts = path.relative_to(module).parts
        ours = parts[0] in (generated, MANIFEST.parts[0]) or parts[0].startswith(f".{generated}.edgegen")
        noise = path.name == ".DS_Store" or is_built(parts)
        if not (ours or noise) and (path.is_symlink() or not path.is_dir()):
            yield "/".join(parts)


def tidy(target: Path, edited: list[Path]) -> None:
    """Removes what killed runs of `add` and `remove` left beside the module and the files that they edit."""
    recover_dir(target)
    remove_leftovers(target)
    with file_errors(target.parent, "write"):
        for file in edited:
            for leftover in file.parent.glob(f".{file.name}.*.edgegen-tmp"):
                leftover.unlink(missing_ok=True)
