"""`edgegen new`: from a request to a whole project, or to nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgegen import console
from edgegen.errors import ProjectError, UsageError
from edgegen.names import check_name, check_team, slug_of
from edgegen.paths import file_errors, recover_dir, remove_leftovers, replace_dir, staging, umask
from edgegen.platforms.apple import check_dependencies
from edgegen.projects import receipts, summary
from edgegen.projects.describe import LABELS_FILE, Description, app_section, describe, export_section
from edgegen.projects.fit import platform_of
from edgegen.projects.freshness import MANIFEST_NAME
from edgegen.projects.produce import Produced, assemble, produce
from edgegen.projects.receipts import Receipt
from edgegen.projects.request import NO_TRANSFORMS, NewRequest
from edgegen.render.base import record
from edgegen.spec.check import check_export
from edgegen.spec.deployment import check_deployment_target
from edgegen.spec.write import dump_spec
from edgegen.tools.onnx import require_onnx

if TYPE_CHECKING:
    from edgegen.platforms import Platform
    from edgegen.sources import LoadedModel
    from edgegen.spec.model_spec import ExportSection


@dataclass(frozen=True, slots=True)
class Created:
    """A project that was written (or, with --dry-run, would be)."""

    folder: Path
    files: tuple[str, ...]
    manifest_text: str
    next_steps: tuple[tuple[str, str], ...]
    produced: Produced
    dry_run: bool

    def document(self) -> dict[str, Any]:
        """The result as plain data, for --json."""
        return {
            "project": str(self.folder),
            "written": not self.dry_run,
            "files": list(self.files),
            "edgegen_toml": self.manifest_text,
            "export": summary.export_document(self.produced.export),
            "verify": summary.verify_document(self.produced.verify),
        }


def create(request: NewRequest) -> Created:
    """Writes the project and returns what was written. Raises EdgegenError; the target folder is then as it was."""
    from edgegen.platforms import get_platform

    platform = get_platform(request.platform)
    check_request(request, platform)
    if request.name is not None:
        # Before the model is loaded: a name that cannot be used should not cost half a minute.
        _require_free(request.output / slug_of(check_name(request.name)), overwrite=request.overwrite)
    key = receipts.receipt_key(request)
    receipt = receipts.find(key) if key is not None else None
    if receipt is not None:
        return _create_again(request, receipt, platform)
    loaded = load_requested(request)
    name = check_name(request.name or loaded.name)
    target = request.output / slug_of(name)
    _require_free(target, overwrite=request.overwrite)
    description = describe_requested(request, loaded, name, target)

    def write(folder: Path) -> Produced:
        produced = write_files(loaded, description, platform, folder, target.name)
        if key is not None:
            receipts.keep(key, Receipt(description.spec, description.labels, produced.made))
        return produced

    return _write(request, description, platform, target, write)


def _create_again(request: NewRequest, receipt: Receipt, platform: Platform) -> Created:
    """The project for a model that a receipt tells everything of."""
    made = receipt.made
    name = check_name(request.name or made.name)
    target = request.output / slug_of(name)
    _require_free(target, overwrite=request.overwrite)
    export = replace(receipt.spec.export, quantize=export_section(request, target).quantize)
    spec = replace(receipt.spec, app=app_section(request, name, target), export=export)
    platform_of(spec, "--set")
    summary.say_title(made.title, made.megabytes)
    summary.say_inputs(spec)
    description = Description(spec, receipt.labels)

    def write(folder: Path) -> Produced:
        write_texts(description, folder)
        produced = assemble(spec, receipt.labels, made, platform, base=folder, into=folder, slug=target.name)
        record(folder, list(produced.files), platform.name, target.name)
        summary.say_produced(produced)
        return produced

    return _write(request, description, platform, target, write)


def check_request(request: NewRequest, platform: Platform) -> None:
    """Refuses, before the model is loaded, what `platform` cannot do. Raises UsageError or SpecError."""
    runtime = request.chosen_runtime
    if runtime not in platform.runtimes:
        raise UsageError(
            f"{request.platform} has no runtime {runtime!r}",
            where="--runtime",
            hint=f"Use one of: {', '.join(platform.runtimes)}",
        )
    _check_app_id(request, platform)
    export = export_section(request, request.output)
    check_export(export, "the command line")
    _check_apple_options(request, platform, export)
    if runtime == "onnx":
        require_onnx()


def load_requested(request: NewRequest) -> LoadedModel:
    """The model that was asked for. Raises SourceError or TransformError."""
    from edgegen.sources import load_model

    without = request.transforms == NO_TRANSFORMS
    with console.task("loading the model"):
        transforms = None if without else request.transforms
        loaded = load_model(request.model, weights=request.weights, transforms=transforms, cwd=request.cwd)
    return replace(loaded, transforms=None, transforms_origin=None) if without else loaded


def describe_requested(request: NewRequest, loaded: LoadedModel, name: str, target: Path) -> Description:
    """What the project in `target` will be, said on the console. Raises EdgegenError."""
    description = describe(request, loaded, name, target)
    platform_of(description.spec, "--set")  # The rest of the spec is edgegen's own.
    summary.say_model(loaded)
    summary.say_inputs(description.spec)
    return description


def write_files(loaded: LoadedModel, description: Description, platform: Platform, folder: Path, slug: str) -> Produced:
    """Writes the whole project into `folder`, a new one that is thrown away if this fails. Raises EdgegenError."""
    write_texts(description, folder)
    produced = produce(description.spec, loaded, description.labels, platform, base=folder, into=folder, slug=slug)
    record(folder, list(produced.files), platform.name, slug)
    summary.say_produced(produced)
    return produced


def write_texts(description: Description, folder: Path) -> None:
    """Writes edgegen.toml and labels.txt, which are the user's from then on."""
    (folder / MANIFEST_NAME).write_text(dump_spec(description.spec), encoding="utf-8", newline="\n")
    if description.labels is not None:
        text = "\n".join(description.labels) + "\n"
        (folder / LABELS_FILE).write_text(text, encoding="utf-8", newline="\n")


def _check_app_id(request: NewRequest, platform: Platform) -> None:
    if request.app_id is None:
        return
    if not platform.has_app_id:
        raise UsageError(f"{platform.name} has no application ids", where="--id", hint="Leave --id out")
    platform.check_id(request.app_id, "--id")


def _check_apple_options(request: NewRequest, platform: Platform, export: ExportSection) -> None:
    options = {
        "--team": request.team,
        "--dependencies": request.dependencies,
        "--deployment-target": request.deployment_target,
    }
    given = [option for option, value in options.items() if value is not None]
    if platform.name not in ("ios", "ios-module"):
        if export.backend == "coreml":
            hint = "Leave --backend out, or take --platform ios"
            raise UsageError(f"{platform.name} has no Core ML", where="--backend coreml", hint=hint)
        if given:
            raise UsageError(f"is for ios, this is {platform.name}", where=given[0], hint=f"Leave {given[0]} out")
        return
    if request.team is not None:
        check_team(request.team, "--team")
    if request.deployment_target is not None:
        check_deployment_target(request.deployment_target, export, "--deployment-target")
    if request.dependencies is not None:
        check_dependencies(request.dependencies, export, "--dependencies")


def _write(
    request: NewRequest,
    description: Description,
    platform: Platform,
    target: Path,
    write: Callable[[Path], Produced],
) -> Created:
    remove_leftovers(target)
    # A sibling even for a dry run, so that relative paths in edgegen.toml mean what they will mean in the target.
    with staging(target) as folder, file_errors(target, "write"):
        produced = write(folder)
        if not request.dry_run:
            _put_in_place(folder, target)
    count = len(produced.files) + 1
    console.step("would write" if request.dry_run else "wrote", f"{target}/  ({count} files)")
    return Created(
        folder=target,
        files=tuple(path.as_posix() for path in produced.files),
        manifest_text=dump_spec(description.spec),
        next_steps=platform.next_steps(description.spec, target),
        produced=produced,
        dry_run=request.dry_run,
    )


def _put_in_place(folder: Path, target: Path) -> None:
    folder.chmod(0o777 & ~umask())
    if target.is_dir() and not any(target.iterdir()):
        target.rmdir()
    replace_dir(folder, target)


def _require_free(target: Path, *, overwrite: bool) -> None:
    with file_errors(target, "write"):
        recover_dir(target)
        _refuse_what_is_there(target, overwrite=overwrite)


def _refuse_what_is_there(target: Path, *, overwrite: bool) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise ProjectError(
            "is in the way and not a folder", where=str(target), hint="Move it away or choose another name"
        )
    if target.is_dir() and any(target.iterdir()) and not overwrite:
        raise ProjectError(
            "the folder is not empty",
            where=str(target),
            hint="Choose another name, another --output, or replace it with --overwrite",
        )
