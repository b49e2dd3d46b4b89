"""`edgegen update`: the project as today's edgegen would write it, with the user's edits kept.

Everything is rendered anew beside the project, update_plan says what becomes of each file, and journal puts it in place
as one change. edgegen.toml and labels.txt are read and never written; generated/ is what `edgegen export` makes of it.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from edgegen import console
from edgegen.errors import ConflictError, ProjectError
from edgegen.paths import file_errors, recover_dir, remove_leftovers, staging, umask
from edgegen.projects import summary
from edgegen.projects.freshness import STAMP, require_project
from edgegen.projects.journal import PENDING, Journal
from edgegen.projects.produce import Produced
from edgegen.projects.update_plan import Change, Outcome, Planner, written
from edgegen.render.base import BASE, Base, collect, encode, read_base
from edgegen.render.manifest import (
    GENERATED,
    MANIFEST,
    Entry,
    Manifest,
    build_manifest,
    is_template_file,
    read_manifest,
    write_manifest,
)
from edgegen.render.merge import has_markers
from edgegen.render.unified import unified
from edgegen.version import __version__

_RESOLVE: Final = 'Look for "<<<<<<<" in them, keep what is right and remove the three marks'


@dataclass(frozen=True, slots=True)
class Updated:
    """What was done (or, with --dry-run, would be). `diff` is the unified diff of a dry run, "" otherwise."""

    project: Path
    version_before: str
    changes: tuple[Change, ...]
    produced: Produced
    diff: str
    dry_run: bool

    def paths(self, outcome: Outcome) -> list[str]:
        """The files that this became of."""
        return [change.path for change in self.changes if change.outcome is outcome]

    def lines(self) -> list[str]:
        """One line for each file that is not as it was, or that needs a look."""
        shown = [c for c in self.changes if c.outcome not in (Outcome.UNCHANGED, Outcome.DELETED)]
        return [f"{change.outcome.value:<9} {_described(change)}" for change in shown]

    def document(self) -> dict[str, Any]:
        """The result as plain data, for --json."""
        listed = (Outcome.UPDATED, Outcome.MERGED, Outcome.ADDED, Outcome.REMOVED, Outcome.DELETED)
        reasons = {
            key: [{"path": c.path, "reason": c.reason} for c in self.changes if c.outcome is outcome]
            for key, outcome in (("conflicts", Outcome.CONFLICT), ("kept", Outcome.KEPT))
        }
        return {
            "project": str(self.project),
            "written": not self.dry_run,
            "edgegen": {"before": self.version_before, "now": __version__},
            **{outcome.value: self.paths(outcome) for outcome in listed},
            **reasons,
            "moved": [{"from": c.moved_from, "to": c.path} for c in self.changes if c.moved_from],
            "export": summary.export_document(self.produced.export),
            "verify": summary.verify_document(self.produced.verify),
            **({"diff": self.diff} if self.dry_run else {}),
        }

    def require_clean(self) -> None:
        """Raises ConflictError where a person has to choose."""
        conflicts = self.paths(Outcome.CONFLICT)
        if conflicts:
            files = "1 file" if len(conflicts) == 1 else f"{len(conflicts)} files"
            verb = "would have" if self.dry_run else "have" if len(conflicts) > 1 else "has"
            problem = f"{files} {verb} conflicts: {', '.join(conflicts)}"
            raise ConflictError(problem, where=str(self.project), hint=_RESOLVE)


def update(project: Path, *, dry_run: bool) -> Updated:
    """Brings `project` up to today's templates and edgegen.toml; conflicts are in the result, marked in the files.

    Raises EdgegenError for what prevents the update; the project is then as it was.
    """
    from edgegen.projects.fit import platform_of
    from edgegen.projects.produce import produce
    from edgegen.projects.refresh import load_for, read_project_labels
    from edgegen.spec.parse import load_spec

    path = require_project(project)
    manifest = read_manifest(project)
    _require_not_newer(project, manifest)
    _require_no_markers(project, manifest)
    base = _base(project, manifest)
    spec = load_spec(path)
    platform = platform_of(spec, str(path), manifest.platform)
    place = Path(tempfile.gettempdir()) / "edgegen-update" if dry_run else project / PENDING
    remove_leftovers(place)
    if not dry_run:
        recover_dir(project / manifest.generated)
        remove_leftovers(project / manifest.generated)
    loaded = load_for(spec, project)
    labels = read_project_labels(spec, project)
    summary.say_model(loaded)
    with staging(place) as folder, file_errors(project, "update"):
        today = folder / "today"
        today.mkdir()
        produced = produce(spec, loaded, labels, platform, base=project, into=today, slug=manifest.slug)
        entries = build_manifest(today, produced.files, manifest.generated)
        changes = Planner(project, manifest.files, base, today, entries).plan()
        diff = _diff(project, today, manifest.generated, entries, changes) if dry_run else ""
        if not dry_run:
            write_manifest(today, entries | _without_template(manifest), platform.name, manifest.slug)
            _put_in_place(project, folder, manifest.generated, entries, changes)
    summary.say_produced(produced)
    if not dry_run:
        _warn_of_what_stays(project, changes)
    return Updated(project, manifest.edgegen, tuple(changes), produced, diff, dry_run)


def _base(project: Path, manifest: Manifest) -> Base:
    base = read_base(project, manifest)
    if base is None:
        console.warn(
            f"{BASE.as_posix()} is missing: where you and edgegen changed a file, every difference will be a conflict"
        )
        return Base({}, frozenset())
    return base


def _warn_of_what_stays(project: Path, changes: list[Change]) -> None:
    """Files moved to another package; what the user added to the old one is not edgegen's to move, or to edit."""
    left = {Path(change.moved_from).parent for change in changes if change.moved_from}
    for folder in sorted(left - {Path(change.path).parent for change in changes}):
        if (project / folder).is_dir() and any(path.is_file() for path in (project / folder).iterdir()):
            console.warn(f"{folder.as_posix()}/ holds files of yours; edgegen's have moved to another folder")


def _without_template(manifest: Manifest) -> dict[str, Entry]:
    """edgegen.toml and labels.txt, which are not written anew."""
    return {
        name: entry
        for name, entry in manifest.files.items()
        if entry.owner != GENERATED and not is_template_file(name, entry)
    }


def _put_in_place(
    project: Path, folder: Path, generated: Path, entries: dict[str, Entry], changes: list[Change]
) -> None:
    today = folder / "today"
    journal = Journal(project, folder)
    for change in written(changes):
        if change.content is not None:
            journal.write(change.path, change.content, _mode(project / (change.moved_from or change.path), change))
        if change.moved_from is not None or change.outcome is Outcome.REMOVED:
            journal.remove(change.moved_from or change.path)
    base = encode(collect(today, entries))
    journal.put_folder(generated.as_posix(), today / generated)
    for target, content in ((BASE, base), (MANIFEST, (today / MANIFEST).read_bytes())):
        if not (project / target).is_file() or (project / target).read_bytes() != content:
            journal.write(target.as_posix(), content, 0o666 & ~umask())
    journal.commit()


def _mode(there: Path, change: Change) -> int:
    """The file's mode: as it was, or the default of a new file; the bits to execute as the change says."""
    if not there.exists():
        return (0o777 if change.executable else 0o666) & ~umask()
    mode = there.stat().st_mode & 0o7777
    return mode | (mode & 0o444) >> 2 if change.executable else mode & ~0o111


def _diff(project: Path, today: Path, generated: Path, entries: dict[str, Entry], changes: list[Change]) -> str:
    """Every change as a unified diff: the user's files, then generated/ without its stamp."""
    parts = [unified(c.before, c.content, c.moved_from or c.path, c.path) for c in written(changes)]
    theirs = {f.relative_to(project).as_posix() for f in (project / generated).rglob("*") if f.is_file()}
    ours = {name for name, entry in entries.items() if entry.owner == GENERATED}
    for name in sorted((theirs | ours) - {(generated / STAMP).as_posix()}):
        before, after = (root / name for root in (project, today))
        parts.append(unified(_content(before), _content(after), name, name))
    return "".join(parts)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _described(change: Change) -> str:
    moved = f"  (was {change.moved_from})" if change.moved_from else ""
    return f"{change.path}{moved}{': ' if change.reason else ''}{change.reason}"


def _require_no_markers(project: Path, manifest: Manifest) -> None:
    """A merge of what is half merged would put marks around marks."""
    with file_errors(project, "read"):
        marked = [
            name
            for name, entry in sorted(manifest.files.items())
            if is_template_file(name, entry) and has_markers(_content(project / name) or b"")
        ]
    if marked:
        problem = f"conflicts of the last update are still marked in {', '.join(marked)}"
        raise ConflictError(problem, where=str(project), hint=f"{_RESOLVE}; then run the update")


def _require_not_newer(project: Path, manifest: Manifest) -> None:
    if _version(manifest.edgegen) > _version(__version__):
        raise ProjectError(
            f"was written by edgegen {manifest.edgegen}, this is {__version__}",
            where=str(project),
            hint="Update edgegen first: pip install --upgrade edgegen",
        )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in text.split("."))
