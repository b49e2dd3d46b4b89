"""The files that the build phase "Export model" reads and writes, in the form that Xcode asks for (.xcfilelist).

Xcode runs the phase when one of the first is newer than one of the second, waits for it before it compiles what it
writes, and keeps it from every other file of the project.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from edgegen.render.manifest import MANIFEST

INPUTS: Final = "inputs.xcfilelist"
OUTPUTS: Final = "outputs.xcfilelist"
_STAMP: Final = "export.json"
_PACKAGE: Final = ".mlpackage"


def write_file_lists(project: Path, generated: Path, root: str, inputs: Sequence[str]) -> None:
    """Writes both lists into `project / generated`, which is otherwise complete but for the stamp.

    `root` is the project's folder in Xcode's words, such as "$(SRCROOT)"; `inputs` are seen from there.
    """
    folder = project / generated
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    # The compiler of Core ML models waits for the package, not for the files in it.
    packages = [path.relative_to(folder).as_posix() for path in folder.glob(f"*{_PACKAGE}")]
    written = [(generated / name).as_posix() for name in sorted({*files, *packages, INPUTS, OUTPUTS, _STAMP})]
    _write(folder / OUTPUTS, "What edgegen export writes", root, [*written, MANIFEST.as_posix()])
    _write(folder / INPUTS, "What the model is made of", root, inputs)


def _write(path: Path, title: str, root: str, names: Sequence[str]) -> None:
    lines = [f"# {title}. Written by edgegen.", *(name if name.startswith("/") else f"{root}/{name}" for name in names)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
