"""`edgegen add --platform ios`, killed fifty times, and `remove`: whatever the moment, Xcode opens a whole project.

It is as it was before, or has everything; ModelKit's folder may be there already while nothing names it.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.folders import fill, listing
from tests.faults.forks import Ended, Forks
from tests.projects.xcode_apps import PROJECT, SENSOR, app, check_graph

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system with fork()")

# ExecuTorch's exporter is the one that a fork of a warm process has ready.
ADD = ("add", "--platform", "ios", "app", *SENSOR, "--runtime", "executorch")
REMOVE = ("remove", "--platform", "ios", "app")
STAMPS = ("ModelKit/Generated/export.json", "ModelKit/.edgegen/manifest.json")
KILLS = 50


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("killed-ios") / "work")


@pytest.fixture(scope="module")
def forks(work: Path) -> Iterator[Forks]:
    (work.parent / "tmp").mkdir()
    warm = Forks(work, {"TMPDIR": str(work.parent / "tmp")})
    yield warm
    warm.close()


def content(folder: Path) -> dict[str, str]:
    """The app's files but the stamps, which name the moment."""
    return {name: what for name, what in listing(folder).items() if name not in STAMPS}


class States:
    """What an app may look like: without the model, with it, and with a folder that its project does not name."""

    def __init__(self, without: dict[str, str], whole: dict[str, str]) -> None:
        self.without, self.whole = without, whole
        self._unnamed = {**whole, PROJECT: without[PROJECT]}

    def index(self, folder: Path) -> int:
        """Which of them, leftovers aside; fails where it is none."""
        found = content(folder)
        visible = {name: what for name, what in found.items() if ".edgegen-" not in name}
        return (self.without, self.whole, self._unnamed).index(visible)


def spread(count: int, whole: Ended) -> list[int]:
    """`count` changes of a run like `whole`: the last twelve, which are the swap and the project; others evenly."""
    last = list(range(whole.changes - 11, whole.changes + 1))
    early = whole.changes - len(last)
    return [1 + early * index // (count - len(last)) for index in range(count - len(last))] + last


def test_killed_at_any_change_it_leaves_a_project_that_opens(forks: Forks, work: Path, tmp_path: Path) -> None:
    folder = work / "app"
    untouched = app(tmp_path / "untouched").parent

    def fresh() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(untouched, folder)

    fresh()
    assert forks.run(*ADD).code == 0  # The first one fills caches.
    fresh()
    without = content(folder)
    reference = forks.run(*ADD)
    assert reference.code == 0, reference.stderr
    added = shutil.copytree(folder, tmp_path / "added")
    states = States(without, content(folder))
    undone = forks.run(*REMOVE)
    assert undone.code == 0, undone.stderr
    assert content(folder) == without

    ends = []
    for number, moment in enumerate(spread(KILLS, reference)):
        fresh()
        assert forks.run(*ADD, at_change=moment).code == -signal.SIGKILL
        ends.append(states.index(folder))
        check_graph(folder / "Shop.xcodeproj")
        if number % 7 == 6 or ends[-1] == 2:
            done = forks.run(*ADD)
            assert done.code == 0 or "is there already" in done.stderr, (moment, done.stderr)
            assert content(folder) == states.whole, moment
    assert len(ends) == KILLS
    assert ends.count(0) >= 30
    assert 2 in ends, "no kill between the folder and the project"

    for moment in [*range(1, 6), undone.changes // 2, undone.changes]:
        shutil.rmtree(folder)
        shutil.copytree(added, folder)
        assert forks.run(*REMOVE, at_change=moment).code == -signal.SIGKILL
        states.index(folder)
        forks.run(*REMOVE)
        assert content(folder) == without, moment
    shutil.rmtree(folder)
