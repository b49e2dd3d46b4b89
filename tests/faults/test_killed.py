"""Killed at random moments: what was there before is whole, the next run succeeds and removes what was left.

The moments are seeded. Half of them are points in time, spread over the whole run; half are right before a change to
the disk, because the moments at which a folder is swapped are too short to be met by the clock.
"""

from __future__ import annotations

import random
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.folders import fill, listing
from tests.faults.forks import Ended, Forks
from tests.faults.in_process import edgegen
from tests.projects import apps

pytestmark = pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="needs a system with fork()")

MODEL = ("--platform", "linux-arm", "--model", "shop.net:sensor", "--input", "x=1x16")
NEW = ("new", "hello", *MODEL, "--weights", "sensor.pth")
EXPORT = ("export", "--project", "hello")
UPDATE = ("update", "hello")
ADD = ("add", "--platform", "android", "hello", "--model", "shop.net:sensor", "--weights", "sensor.pth", *MODEL[4:])
SEED = 20261122
# What names the moment of an export, and so differs between two that are otherwise the same.
STAMPS = ("hello/generated/export.json", "hello/.edgegen/manifest.json")
PENDING = Path("hello") / ".edgegen" / "update"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder, with room beside it for a cache and for temporary files."""
    import torch

    made = tmp_path_factory.mktemp("killed")
    work = fill(made / "work")
    weights = torch.load(work / "sensor.pth", weights_only=True)
    torch.save({key: value + 1 for key, value in weights.items()}, work / "other-sensor.pth")
    (made / "forks-tmp").mkdir()
    return made


@pytest.fixture(scope="module")
def forks(place: Path) -> Iterator[Forks]:
    """The warm process, with both models exported into its cache."""
    warm = Forks(place / "work", {"EDGEGEN_CACHE": str(place / "cache"), "TMPDIR": str(place / "forks-tmp")})
    for weights in ("sensor.pth", "other-sensor.pth"):
        done = warm.run("new", "first", *MODEL, "--weights", weights, "--overwrite")
        assert done.code == 0, done.stderr
    shutil.rmtree(place / "work" / "first")
    yield warm
    warm.close()


@pytest.fixture
def work(place: Path) -> Iterator[Path]:
    """The working folder, without a project in it."""
    yield place / "work"
    for left in [*(place / "work").glob("*hello*"), *(place / "work").glob(".hello*")]:
        shutil.rmtree(left)


def moments(count: int, whole: Ended, seed: int) -> list[dict[str, float]]:
    """`count` moments of a run like `whole`: half of them in time, half by changes to the disk."""
    draw = random.Random(seed)
    in_time = [{"after": whole.seconds * (index + draw.random()) / (count // 2)} for index in range(count // 2)]
    share = whole.changes / (count - count // 2)
    by_change = [{"at_change": 1 + int(share * (index + draw.random()))} for index in range(count - count // 2)]
    # The last changes are the swap and what follows it.
    return in_time + by_change[:-2] + [{"at_change": whole.changes - draw.randrange(4)} for _ in range(2)]


def content(work: Path) -> dict[str, str]:
    """The project's files but its stamps, and the leftovers beside it."""
    return {name: what for name, what in listing(work).items() if "hello" in name.split("/")[0] and name not in STAMPS}


def project(work: Path) -> dict[str, str]:
    """The project's files but its stamps."""
    return {name: what for name, what in content(work).items() if name.startswith("hello") and ".edgegen-" not in name}


def is_fresh(work: Path) -> bool:
    """Whether `export --check` finds the project fresh."""
    done = edgegen("export", "--check", "--project", "hello", cwd=work)
    assert done.code in (0, 10), done.stderr
    return done.code == 0


def finish(forks: Forks, work: Path, whole: dict[str, str], *arguments: str) -> None:
    """The next run: it succeeds, the project is whole and fresh, and nothing else is left."""
    done = forks.run(*arguments)
    assert done.code == 0, done.stderr
    assert content(work) == whole
    assert is_fresh(work)


def test_new_leaves_nothing_or_the_whole_project(forks: Forks, work: Path) -> None:
    reference = forks.run(*NEW)
    assert reference.code == 0, reference.stderr
    whole = content(work)
    killed = 0
    for moment in moments(20, reference, SEED):
        shutil.rmtree(work / "hello", ignore_errors=True)
        killed += forks.run(*NEW, **moment).code == -signal.SIGKILL
        if (work / "hello").exists():
            assert project(work) == whole, moment
            assert is_fresh(work), moment
        finish(forks, work, whole, *NEW, "--overwrite")
    assert killed >= 9  # Those by the clock may come too late when the machine has become faster meanwhile.


def test_overwriting_leaves_the_old_project_or_the_new(forks: Forks, work: Path) -> None:
    other = ("new", "hello", *MODEL, "--weights", "other-sensor.pth", "--overwrite")
    assert forks.run(*other).code == 0
    new = content(work)
    reference = forks.run(*NEW, "--overwrite")
    old = content(work)
    assert old != new
    killed = 0
    for moment in moments(16, reference, SEED + 1):
        assert content(work) == old
        killed += forks.run(*other, **moment).code == -signal.SIGKILL
        assert project(work) in (old, new), moment
        assert is_fresh(work), moment
        finish(forks, work, old, *NEW, "--overwrite")
    assert killed >= 7


def weights_of(work: Path, name: str) -> None:
    """Writes other weights into the project's edgegen.toml."""
    toml = work / "hello" / "edgegen.toml"
    lines = toml.read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [f'weights = "{name}"\n' if line.startswith("weights = ") else line for line in lines]
    toml.write_text("".join(lines), encoding="utf-8")


def test_export_leaves_the_old_model_or_the_new(forks: Forks, work: Path) -> None:
    assert forks.run(*NEW).code == 0
    old = project(work)
    weights_of(work, "other-sensor.pth")
    reference = forks.run(*EXPORT)
    assert reference.code == 0, reference.stderr
    new = project(work)
    killed = 0
    for moment in moments(24, reference, SEED + 2):
        weights_of(work, "sensor.pth")
        finish(forks, work, old, *EXPORT)
        weights_of(work, "other-sensor.pth")
        stale = {**old, "hello/edgegen.toml": new["hello/edgegen.toml"]}
        killed += forks.run(*EXPORT, **moment).code == -signal.SIGKILL
        assert project(work) in (stale, new), moment
        assert is_fresh(work) == (project(work) == new), moment
        finish(forks, work, new, *EXPORT)
    assert killed >= 11


def test_update_leaves_the_old_project_or_the_new(forks: Forks, work: Path, tmp_path: Path) -> None:
    """Fifty times: with edits to merge, files to change in place, generated/ to replace, and a new base.

    A run that is killed while it renames the files into place has left its journal; whatever comes next ends its work.
    """
    assert forks.run(*NEW).code == 0
    readme, toml = work / "hello" / "README.md", work / "hello" / "edgegen.toml"
    readme.write_text(readme.read_text(encoding="utf-8") + "\nOur own remark.\n", encoding="utf-8")
    (work / "hello" / "NOTICE.md").unlink()
    toml.write_text(toml.read_text(encoding="utf-8").replace('name = "hello"', 'name = "Hello!"'), encoding="utf-8")
    weights_of(work, "other-sensor.pth")
    old = project(work)
    shutil.copytree(work / "hello", tmp_path / "old")
    reference = forks.run(*UPDATE)
    assert reference.code == 0, reference.stderr
    new = project(work)
    assert "NOTICE.md" not in new
    assert len({name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}) > 5
    # The last renames are those that count: the journal's, the files' into their places, the journal's away.
    last = [{"at_change": number} for number in reference.renames[-14:]]
    killed = halfway = 0
    for index, moment in enumerate(last + moments(50 - len(last), reference, SEED + 5)):
        shutil.rmtree(work / "hello")
        shutil.copytree(tmp_path / "old", work / "hello")
        killed += forks.run(*UPDATE, **moment).code == -signal.SIGKILL
        if (work / PENDING).is_dir():
            halfway += 1
            assert edgegen("diff", "hello", cwd=work).code == 0
        assert not (work / PENDING).exists()
        found = project(work)
        assert found in (old, new), moment
        assert is_fresh(work) == (found == new), moment
        assert edgegen("diff", "hello", cwd=work).code == 0, "base and manifest belong together"
        if index % 5 == 0:
            finish(forks, work, new, *UPDATE)
    assert killed >= 32
    assert halfway >= 8


def test_add_leaves_the_app_as_it_was_or_with_the_module(forks: Forks, work: Path, tmp_path: Path) -> None:
    """Fifty times. The settings name the module only where its folder is whole, so that the app builds either way."""
    apps.app(tmp_path / "shop")

    def app() -> dict[str, str]:
        """The app as Gradle sees it."""
        found = listing(work / "hello")
        hidden = ("model/generated/export.json", "model/.edgegen/manifest.json")
        return {name: what for name, what in found.items() if ".edgegen-" not in name and name not in hidden}

    def fresh() -> dict[str, str]:
        shutil.rmtree(work / "hello", ignore_errors=True)
        shutil.copytree(tmp_path / "shop", work / "hello")
        return app()

    fresh()
    forks.run(*ADD)  # The first one fills caches.
    without = fresh()
    reference = forks.run(*ADD)
    assert reference.code == 0, reference.stderr
    whole = app()
    unnamed = {**whole, "settings.gradle.kts": without["settings.gradle.kts"]}
    last = [{"at_change": number} for number in range(reference.changes - 9, reference.changes + 1)]
    killed, ends = 0, []
    for index, moment in enumerate(last + moments(50 - len(last), reference, SEED + 6)):
        fresh()
        killed += forks.run(*ADD, **moment).code == -signal.SIGKILL
        found = app()
        assert found in (without, whole, unnamed), moment
        ends.append((without, whole, unnamed).index(found))
        if index % 7 == 0:
            again = forks.run(*ADD)
            assert again.code == 0 or "is there already" in again.stderr, again.stderr
            assert app() == whole, moment
            assert not list((work / "hello").glob(".*edgegen-*")), moment
    assert killed >= 28
    assert ends.count(0) >= 15
    assert set(ends) >= {0, 1}


def test_a_first_export_killed_leaves_no_half_in_the_cache(forks: Forks, work: Path, tmp_path: Path) -> None:
    """With an empty cache: torch.export and the lowering are in the middle of it."""
    cache = {"EDGEGEN_CACHE": str(tmp_path / "cache")}
    reference = forks.run(*NEW, env=cache)
    assert reference.code == 0, reference.stderr
    whole = content(work)
    for moment in moments(4, reference, SEED + 3):
        shutil.rmtree(work / "hello", ignore_errors=True)
        shutil.rmtree(tmp_path / "cache")
        forks.run(*NEW, **moment, env=cache)
        done = forks.run(*NEW, "--overwrite", env=cache)
        assert done.code == 0, done.stderr
        assert content(work) == whole
        # Hidden is what the killed run was at; it goes when it is an hour old, for it might be another run's.
        entries = [path for path in (tmp_path / "cache" / "exports").iterdir() if not path.name.startswith(".")]
        assert [sorted(path.name for path in entry.iterdir()) for entry in entries] == [["model.pte", "report.json"]]


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM], ids=lambda by: by.name)
def test_interrupted_it_says_so_and_leaves_nothing(by: signal.Signals, forks: Forks, work: Path, place: Path) -> None:
    reference = forks.run(*NEW, "--overwrite")
    old = content(work)
    before_tmp = sorted((place / "forks-tmp").iterdir())
    interrupted = 0
    # In time only: between the making of a folder and the knowledge of its name nobody could remove it.
    for moment in moments(16, reference, SEED + 4)[:8]:
        done = forks.run(*NEW, "--overwrite", **moment, by=by)
        assert "Traceback" not in done.stderr, done.stderr
        before_main = done.code in (-by, 1) and not done.stderr  # Nothing had begun yet.
        assert done.code in (0, 130) or before_main, (moment, done)
        interrupted += done.code == 130
        if done.code == 130:
            assert "warning: interrupted; nothing was left half written" in done.stderr.splitlines()
        assert content(work) == old, moment
        assert is_fresh(work), moment
        assert sorted((place / "forks-tmp").iterdir()) == before_tmp
    assert interrupted >= 2
