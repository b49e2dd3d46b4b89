"""Everything that follows from a spec: the exported model, its verification, the goldens, the rendered files.

Both `edgegen new` and `edgegen export` come through here, so that a re-exported project is what a new one would be.
`make` needs the model, and so torch; `assemble` does not.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from edgegen import console
from edgegen.errors import GateError
from edgegen.paths import relative_path
from edgegen.projects.fit import check_outputs
from edgegen.projects.freshness import MANIFEST_NAME, STAMP, stamp
from edgegen.projects.receipts import Made
from edgegen.render.manifest import generated_folder
from edgegen.runtimes import model_file
from edgegen.spec.model_spec import ClassificationOutput, ModelSpec

if TYPE_CHECKING:
    from edgegen.exporters import ExportReport
    from edgegen.platforms import Platform
    from edgegen.sources import LoadedModel
    from edgegen.verify import VerifyReport

# A model of the user's own code brings no licence text; its NOTICE says whose word it is.
_GOLDENS: Final = "goldens"
UNKNOWN_LICENCE: Final = "the model's own; edgegen was not told it"


@dataclass(frozen=True, slots=True)
class Produced:
    """What came of it: the relative paths written, and what they were made from."""

    files: tuple[Path, ...]
    made: Made

    @property
    def export(self) -> ExportReport:
        """The report of the export."""
        return self.made.export

    @property
    def verify(self) -> VerifyReport:
        """The report of the verification."""
        return self.made.verify


def produce(
    spec: ModelSpec,
    loaded: LoadedModel,
    labels: tuple[str, ...] | None,
    platform: Platform,
    *,
    base: Path,
    into: Path,
    slug: str,
) -> Produced:
    """Writes every file that edgegen makes into `into`, a folder to be thrown away if this fails.

    `base` is the project's folder: it holds edgegen.toml and labels.txt, and relative paths are taken from it (`into`
    may be the same). `slug` names folders and targets in it. Raises ExportError, GateError (verify, budget),
    TransformError, SpecError or SourceError.
    """
    made = make(spec, loaded, labels, base, into / platform.rendered / _GOLDENS)
    return assemble(spec, labels, made, platform, base=base, into=into, slug=slug)


def make(spec: ModelSpec, loaded: LoadedModel, labels: tuple[str, ...] | None, base: Path, goldens: Path) -> Made:
    """The model exported, held against PyTorch, and its goldens, in `goldens`, a folder that is created."""
    from edgegen.reference.levels import levels

    check_outputs(spec, loaded, labels)
    check_transforms(spec, loaded)
    model, export = _export(spec, loaded, labels, base)
    verify = _verify(spec, loaded, model)
    _write_goldens(spec, model, goldens)
    return Made(
        name=loaded.name,
        title=loaded.title,
        licence=loaded.licence,
        megabytes=sum(p.numel() * p.element_size() for p in loaded.module.parameters()) / 1e6,
        model=model,
        goldens=goldens,
        levels={item.name: levels(item) for item in spec.image_inputs},
        export=export,
        verify=verify,
    )


def assemble(
    spec: ModelSpec,
    labels: tuple[str, ...] | None,
    made: Made,
    platform: Platform,
    *,
    base: Path,
    into: Path,
    slug: str,
) -> Produced:
    """Writes every file, from what `make` gave; see `produce`."""
    from edgegen.platforms import ProjectFacts
    from edgegen.render.engine import render
    from edgegen.spec.plan import plan_with

    generated = into / platform.rendered
    generated.mkdir(parents=True, exist_ok=True)
    copied = generated / model_file(spec)
    _copy_model(made.model, copied)
    goldens = generated / _GOLDENS
    if goldens != made.goldens:
        shutil.copytree(made.goldens, goldens, copy_function=shutil.copyfile)
    facts = ProjectFacts(
        name=spec.app.name,
        slug=slug,
        spec=spec,
        labels=labels,
        model_file=copied,
        goldens=goldens,
        plans={item.name: plan_with(item, made.levels[item.name]) for item in spec.image_inputs},
        model_title=made.title,
        model_licence=made.licence or UNKNOWN_LICENCE,
        report=made.export,
    )
    render(platform.overlays(spec), platform.context(spec, facts), platform.verbatim(spec), into)
    if spec.image_inputs:
        _add_sample_photo(into / "photos")
    platform.arrange(into)
    platform.finish(into, [relative_path(path, base) for path in input_files(spec, base)])
    _write_stamp(spec, base, into / generated_folder(platform.name))
    files = tuple(sorted(p.relative_to(into) for p in into.rglob("*") if p.is_file()))
    return Produced(files, made)


def input_files(spec: ModelSpec, project: Path) -> list[Path]:
    """Every file whose change makes the exported model stale, absolute."""
    from edgegen.sources import source_files
    from edgegen.sources.freshness import module_files

    root = project / spec.model.path
    files = [project / MANIFEST_NAME]
    files += [project / o.labels for o in spec.outputs if isinstance(o, ClassificationOutput) and o.labels]
    files += source_files(spec.model.source, spec.model.weights, spec.model.transforms, root)
    if spec.model.example is not None:
        files += module_files(spec.model.example.partition(":")[0], root)
    return sorted({path.resolve() for path in files})


def input_packages(spec: ModelSpec, project: Path) -> list[Path]:
    """The folders of the user's packages, absolute: a new module in one may be found in place of another."""
    from edgegen.sources.freshness import package_folder

    named = (spec.model.source, spec.model.transforms, spec.model.example)
    root = project / spec.model.path
    folders = [package_folder(text.partition(":")[0], root) for text in named if text is not None and _is_module(text)]
    return sorted({folder.resolve() for folder in folders if folder is not None})


def _is_module(text: str) -> bool:
    """Whether it is "package.module:object": no file, and none of the names that stand for a library's own."""
    module, colon, _ = text.partition(":")
    return bool(colon) and module not in ("demo", "torchvision") and all(map(str.isidentifier, module.split(".")))


def check_transforms(spec: ModelSpec, loaded: LoadedModel) -> None:
    """Runs the user's own object on the bundled photos: before anything is written, it must give the plan's bits."""
    if spec.model.transforms is None or not spec.image_inputs:
        return
    from edgegen.reference import truth
    from edgegen.reference.photos import bundled_photos

    with console.task("comparing the plan with the model's own transforms"):
        for image_input in spec.image_inputs:
            truth.check(loaded.transforms, image_input, bundled_photos())


def _export(
    spec: ModelSpec, loaded: LoadedModel, labels: tuple[str, ...] | None, base: Path
) -> tuple[Path, ExportReport]:
    from edgegen.compress.calibration import calibration_inputs
    from edgegen.exporters import ExportJob, get_exporter

    exporter = get_exporter(spec.export.runtime)
    calibration: Sequence[tuple[object, ...]] = ()
    if spec.export.quantize.calibration is not None:
        calibration = calibration_inputs(spec, base / spec.export.quantize.calibration)
    with console.task("exporting the model"):
        result = exporter.export(ExportJob(loaded, spec, labels, calibration))  # type: ignore[arg-type]
    megabytes = result.report.bytes / 1e6
    limit = spec.budget.model_mb
    if limit is not None and megabytes > limit:
        raise GateError(
            f"the exported model has {megabytes:.2f} MB, the budget is {limit:g} MB",
            where=f"{MANIFEST_NAME}: budget.model_mb",
            hint="Quantise it (export.quantize), take a smaller model, or raise the budget",
        )
    return result.path, result.report


def _verify(spec: ModelSpec, loaded: LoadedModel, model: Path) -> VerifyReport:
    from edgegen.verify import compare

    with console.task("verifying the exported model against PyTorch"):
        report = compare(spec, loaded, model)
    report.require_passed()
    return report


def _write_goldens(spec: ModelSpec, model: Path, folder: Path) -> None:
    from edgegen.reference.goldens import write_goldens
    from edgegen.reference.photos import golden_photos
    from edgegen.verify import named_runner

    with console.task("writing the goldens"):
        write_goldens(spec, folder, golden_photos(), named_runner(spec, model))


def _copy_model(model: Path, to: Path) -> None:
    """A file, or a package that is a folder; with the modes of new files, whatever the cache has."""
    if model.is_dir():
        shutil.copytree(model, to, copy_function=shutil.copyfile)
    else:
        shutil.copyfile(model, to)


def _add_sample_photo(folder: Path) -> None:
    """A picture to try the program on: CC0, by Rachel Michetti, from scikit-image's data."""
    from edgegen.reference.photos import DEMO_PHOTO

    folder.mkdir()
    shutil.copyfile(DEMO_PHOTO, folder / DEMO_PHOTO.name)


def _write_stamp(spec: ModelSpec, base: Path, generated: Path) -> None:
    calibration = spec.export.quantize.calibration
    pictures = None if calibration is None else base / calibration
    document = stamp(base, input_files(spec, base), input_packages(spec, base), pictures, generated)
    (generated / STAMP).write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
