"""`edgegen verify`: a project's exported model against PyTorch, its plan against the user's transforms, its goldens
against the reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgegen import console
from edgegen.errors import ProjectError
from edgegen.projects.fit import check_outputs
from edgegen.projects.freshness import require_project
from edgegen.projects.produce import check_transforms
from edgegen.projects.refresh import load_for, read_project_labels
from edgegen.render.manifest import generated_in
from edgegen.runtimes import model_file

if TYPE_CHECKING:
    from edgegen.verify import GoldenReport, VerifyReport


@dataclass(frozen=True, slots=True)
class ProjectCheck:
    """What was found. `transforms` is the origin whose object gave the plan's bits, None where there is none."""

    outputs: VerifyReport
    goldens: GoldenReport
    transforms: str | None

    def document(self) -> dict[str, Any]:
        """The check as plain data, for --json."""
        return {
            "passed": self.outputs.passed and self.goldens.passed,
            "model": self.outputs.document(),
            "goldens": self.goldens.document(),
            "transforms": self.transforms,
        }

    def lines(self) -> list[str]:
        """The check as a person reads it."""
        rows = [f"exported model against PyTorch, {self.outputs.headline()}"]
        for row in self.outputs.rows:
            share = "" if row.top5 is None else f", top-5 overlap {row.top5:.0%}"
            rows.append(f"  {row.name}: max error {row.max_abs_error:.3g}, relative {row.max_rel_error:.3g}{share}")
        rows += self.outputs.scope_lines()
        if self.transforms is not None:
            rows.append(f"plan against {self.transforms}: every bit equal")
        rows.append(f"goldens against the reference: {self.goldens.headline()}")
        rows += [f"  {failure.key}: {failure.problem}" for failure in self.outputs.failures]
        rows += [f"  {failure}" for failure in self.goldens.failures]
        return rows

    def require_passed(self) -> None:
        """Raises GateError for the first golden that differs or threshold of edgegen.toml that was not met."""
        self.goldens.require_passed()
        self.outputs.require_passed()


def verify_project(project: Path, photos: Path | None) -> ProjectCheck:
    """Runs all three checks; what differs or is not good enough is in the result.

    `photos` is a folder to compare on instead of the bundled ones. Raises TransformError where the user's transforms
    give other bits than the plan, and EdgegenError for what cannot be loaded.
    """
    from edgegen.spec.parse import load_spec
    from edgegen.verify import check_goldens, compare, photos_in

    spec = load_spec(require_project(project))
    generated = generated_in(project)
    model = generated / model_file(spec)
    if not model.exists():
        raise ProjectError("there is no exported model", where=str(model), hint='Run "edgegen export"')
    pictures = None if photos is None else photos_in(photos)
    loaded = load_for(spec, project)
    check_outputs(spec, loaded, read_project_labels(spec, project))
    check_transforms(spec, loaded)
    with console.task("checking the goldens"):
        goldens = check_goldens(spec, generated / "goldens", model)
    with console.task("comparing the exported model with PyTorch"):
        outputs = compare(spec, loaded, model, pictures)
    return ProjectCheck(outputs, goldens, spec.model.transforms)
