"""`edgegen export`: the model exported again, and the whole `generated/` folder swapped in one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from edgegen import console
from edgegen.errors import SpecError
from edgegen.paths import file_errors, file_sha256, recover_dir, remove_leftovers, replace_dir, staging
from edgegen.projects import summary
from edgegen.projects.describe import LABELS_FILE
from edgegen.projects.freshness import MANIFEST_NAME, STAMP, require_project
from edgegen.projects.in_place import overwrite, require_same_names
from edgegen.projects.journal import PENDING
from edgegen.projects.produce import Produced, produce
from edgegen.render.base import record_missing
from edgegen.render.manifest import (
    GENERATED,
    MANIFEST,
    Entry,
    Manifest,
    build_manifest,
    read_manifest,
    write_manifest,
)
from edgegen.spec.model_spec import ClassificationOutput, ModelSpec
from edgegen.version import __version__

if TYPE_CHECKING:
    from edgegen.sources import LoadedModel

# The folders of a project whose text depends on names in edgegen.toml.
_SOURCES: Final = ("src/", "include/", "model/src/", "app/src/main/java/")


def refresh(project: Path, scratch: Path | None = None) -> dict[str, Any]:
    """Exports the model of `project` anew and rewrites its generated files; the user's own are not touched.

    Everything is made beside them and takes their place at once. With `scratch`, a folder elsewhere, it is made there,
    and each file is overwritten where it stands: for a build that may write these files and nothing beside them.

    Returns the reports as plain data. Raises EdgegenError; the generated files are then as they were.
    """
    from edgegen.projects.fit import platform_of
    from edgegen.spec.parse import load_spec

    path = require_project(project)
    spec = load_spec(path)
    manifest = read_manifest(project)
    platform = platform_of(spec, str(path), manifest.platform)
    generated = project / manifest.generated
    if scratch is None:
        recover_dir(generated)
        remove_leftovers(generated)
        remove_leftovers(project / PENDING)
    loaded = load_for(spec, project)
    labels = read_project_labels(spec, project)
    summary.say_model(loaded)
    place = generated if scratch is None else scratch / generated.name
    with staging(place) as folder, file_errors(generated, "write"):
        produced = produce(spec, loaded, labels, platform, base=project, into=folder, slug=manifest.slug)
        _require_same_kind(manifest, produced, folder, path)
        kept = {name: entry for name, entry in manifest.files.items() if entry.owner != GENERATED}
        files = [file.relative_to(folder) for file in (folder / manifest.generated).rglob("*") if file.is_file()]
        entries = kept | build_manifest(folder, files, manifest.generated)
        # The user's files are still those of the edgegen that wrote them.
        write_manifest(folder, entries, platform.name, manifest.slug, edgegen=manifest.edgegen)
        if scratch is None:
            record_missing(project, kept, folder)
            replace_dir(folder / manifest.generated, generated)
            (folder / MANIFEST).replace(project / MANIFEST)
        else:
            _overwrite(project, manifest, folder, entries)
    return _report(produced, generated)


def _overwrite(project: Path, manifest: Manifest, folder: Path, entries: dict[str, Entry]) -> None:
    there, new = (
        [name for name, entry in each.items() if entry.owner == GENERATED] for each in (manifest.files, entries)
    )
    require_same_names(there, new, project)
    stamp = (manifest.generated / STAMP).as_posix()
    names = [*(name for name in new if name != stamp), MANIFEST.as_posix(), stamp]
    overwrite(project, {name: (folder / name).read_bytes() for name in names})


def _require_same_kind(manifest: Manifest, produced: Produced, folder: Path, spec_file: Path) -> None:
    """The files that are the user's were written once, for the inputs and outputs of then; `folder` has today's.

    Raises SpecError where edgegen.toml now needs other files, and warns where it needs other text in a source.
    """
    if manifest.edgegen != __version__:
        return  # Other templates: a difference tells nothing about edgegen.toml.
    today = {file.as_posix() for file in produced.files if not file.is_relative_to(manifest.generated)}
    then = {name for name, entry in manifest.files.items() if entry.owner != GENERATED}
    differing = sorted(today ^ (then - {MANIFEST_NAME, LABELS_FILE}))
    if differing:
        raise SpecError(
            f"needs other files than this project has: {len(differing)} would come or go, such as {differing[0]}",
            where=str(spec_file),
            hint='Run "edgegen update", which gives the project the files it needs and keeps your changes',
        )
    for name in sorted(today):
        if name.startswith(_SOURCES) and file_sha256(folder / name) != manifest.files[name].sha256:
            console.warn(f"{name} was written for other inputs or outputs; edgegen update fits it to edgegen.toml")


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
