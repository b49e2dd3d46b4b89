"""`edgegen export`: the model exported again, and the whole `generated/` folder swapped in one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgegen import console
from edgegen.paths import file_errors, recover_dir, remove_leftovers, replace_dir, staging
from edgegen.projects import summary
from edgegen.projects.freshness import require_project
from edgegen.projects.produce import Produced, produce
from edgegen.render.manifest import GENERATED, MANIFEST, build_manifest, read_manifest, write_manifest
from edgegen.spec.model_spec import ClassificationOutput, ModelSpec

if TYPE_CHECKING:
    from edgegen.sources import LoadedModel


def refresh(project: Path) -> dict[str, Any]:
    """Exports the model of `project` anew and rewrites `generated/`; the user's own files are not touched.

    Returns the reports as plain data. Raises EdgegenError; `generated/` is then as it was.
    """
    from edgegen.projects.fit import platform_of
    from edgegen.spec.parse import load_spec

    path = require_project(project)
    spec = load_spec(path)
    platform = platform_of(spec, str(path))
    manifest = read_manifest(project)
    generated = project / GENERATED
    recover_dir(generated)
    remove_leftovers(generated)
    loaded = load_for(spec, project)
    labels = read_project_labels(spec, project)
    summary.say_model(loaded)
    with staging(generated) as folder, file_errors(generated, "write"):
        produced = produce(spec, loaded, labels, platform, base=project, into=folder)
        kept = {path: entry for path, entry in manifest.items() if entry.owner != GENERATED}
        files = [path.relative_to(folder) for path in (folder / GENERATED).rglob("*") if path.is_file()]
        write_manifest(folder, kept | build_manifest(folder, files), platform.name)
        replace_dir(folder / GENERATED, generated)
        (folder / MANIFEST).replace(project / MANIFEST)
    return _report(produced, generated)


def load_for(spec: ModelSpec, project: Path) -> LoadedModel:
    """The model that a project's edgegen.toml names."""
    from edgegen.sources import load_model

    with console.task("loading the model"):
        return load_model(
            spec.model.source,
            weights=spec.model.weights,
            transforms=spec.model.transforms,
            cwd=(project / spec.model.path).resolve(),
        )


def read_project_labels(spec: ModelSpec, project: Path) -> tuple[str, ...] | None:
    """The labels that the spec's classification output names, or None where it names none."""
    from edgegen.sources.labels import read_labels

    for output in spec.outputs:
        if isinstance(output, ClassificationOutput) and output.labels is not None:
            return read_labels(project / output.labels)
    return None


def _report(produced: Produced, generated: Path) -> dict[str, Any]:
    summary.say_produced(produced)
    console.step("wrote", f"{generated}/")
    return {
        "export": summary.export_document(produced.export),
        "verify": summary.verify_document(produced.verify),
    }
