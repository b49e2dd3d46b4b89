"""`edgegen add` and `remove`, killed before each of their last changes to the disk.

Whatever the moment, the settings name the module only where its folder is whole; the next run ends what was begun.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.folders import fill, listing
from tests.faults.forks import Forks
from tests.projects.apps import SENSOR, app

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system with fork()")

ADD = ("add", "--platform", "android", "shop", *SENSOR)
REMOVE = ("remove", "--platform", "android", "shop")
STAMPS = ("model/generated/export.json", "model/.edgegen/manifest.json")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("killed") / "work")


@pytest.fixture(scope="module")
def forks(work: Path) -> Iterator[Forks]:
    (work.parent / "tmp").mkdir()
    warm = Forks(work, {"TMPDIR": str(work.parent / "tmp")})
    yield warm
    warm.close()


def content(folder: Path) -> dict[str, str]:
    """The app's files but the stamps, which name the moment; and the leftovers."""
    return {name: what for name, what in listing(folder).items() if name not in STAMPS}


def is_sound(folder: Path, without: dict[str, str], whole: dict[str, str]) -> bool:
    """Whether the app is one of the two, or has the whole folder without settings that name it; leftovers aside."""
    visible = {name: what for name, what in content(folder).items() if ".edgegen-" not in name.split("/")[0]}
    unnamed = {**whole, "settings.gradle.kts": without["settings.gradle.kts"]}
    return visible in (without, whole, unnamed)


def test_killed_at_its_last_changes_it_leaves_the_app_sound(forks: Forks, work: Path) -> None:
    folder = app(work / "shop")
    without = content(folder)
    reference = forks.run(*ADD)
    assert reference.code == 0, reference.stderr
    whole = content(folder)
    undone = forks.run(*REMOVE)
    assert undone.code == 0, undone.stderr
    assert content(folder) == without

    # The last changes are the record, the swap and the settings; before them it is a hidden folder that fills.
    for number, moment in enumerate([1, reference.changes // 2, *range(reference.changes - 8, reference.changes + 1)]):
        done = forks.run(*ADD, at_change=moment)
        assert done.code == -signal.SIGKILL
        assert is_sound(folder, without, whole), moment
        if number % 2:
            done = forks.run(*ADD)
            assert done.code == 0 or "is there already" in done.stderr, (moment, done.stderr)
            assert content(folder) == whole, moment
        done = forks.run(*REMOVE)
        assert done.code == 0 or "there is no module" in done.stderr, (moment, done.stderr)
        assert content(folder) == without, moment

    for moment in [*range(1, 6), undone.changes // 2, undone.changes]:
        assert forks.run(*ADD).code == 0
        assert forks.run(*REMOVE, at_change=moment).code == -signal.SIGKILL
        assert is_sound(folder, without, whole), moment
        forks.run(*REMOVE)
        assert content(folder) == without, moment
    shutil.rmtree(folder)
