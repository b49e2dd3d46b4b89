"""Renders a platform's overlays with cookiecutter, as a library, and copies verbatim folders beside them.

cookiecutter changes the working folder while it renders, leaves half a project behind on a template error, and renders
the output path itself as a template. So everything is rendered into a folder of our own naming, and only a whole result
is copied to where it belongs.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from edgegen.paths import remove_tree

# What an editor, Python or a test run may leave inside a verbatim folder, and no project wants.
_IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc", ".DS_Store", "build")


def render(
    overlays: Sequence[Path], context: Mapping[str, object], verbatim: Mapping[str, Path], into: Path
) -> list[Path]:
    """Renders `overlays` in order, then copies `verbatim` (folder in the project → source folder), into `into`.

    Each overlay holds one folder named `{{cookiecutter.slug}}`; a later overlay's file replaces an earlier one's.
    `context` becomes `cookiecutter.*` in the templates; an undefined name fails. `into` may exist.
    Returns the relative paths written, sorted. An OSError is the caller's, who knows which folder the user meant.
    """
    # Not TemporaryDirectory: a Ctrl-C during its own clearing up leaves the rest of the folder for ever.
    scratch = Path(tempfile.mkdtemp(prefix="edgegen-render-"))
    try:
        rendered = scratch / "project"
        rendered.mkdir()
        for overlay in overlays:
            _render_overlay(overlay, context, rendered)
        for folder, source in verbatim.items():
            shutil.copytree(source, rendered / folder, ignore=_IGNORED, dirs_exist_ok=True)
        files = sorted(p.relative_to(rendered) for p in rendered.rglob("*") if p.is_file())
        shutil.copytree(rendered, into, dirs_exist_ok=True)
    finally:
        remove_tree(scratch)
    return files


def _render_overlay(overlay: Path, context: Mapping[str, object], into: Path) -> None:
    from cookiecutter.generate import generate_files

    settings = {
        # The folder is named by us, so that no slug can lead out of it.
        **context,
        "slug": context["slug"],
        "_extensions": ["edgegen.render.filters.Filters"],
        "_jinja2_env_vars": {"trim_blocks": True, "lstrip_blocks": True, "autoescape": False},
        "_new_lines": "\n",
    }
    staging = into.with_name("overlay")
    written = Path(generate_files(overlay, {"cookiecutter": settings}, staging, accept_hooks=False))
    shutil.copytree(written, into, dirs_exist_ok=True)
    shutil.rmtree(staging)
