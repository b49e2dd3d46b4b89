"""One set of generated Android projects for all tests of a run."""

from __future__ import annotations

import pytest

from tests.android.projects import Projects


@pytest.fixture(scope="session")
def android(tmp_path_factory: pytest.TempPathFactory) -> Projects:
    """The projects, in a folder with a name to fall over."""
    root = tmp_path_factory.mktemp("android") / "a földer (more) & 'quotes'"
    root.mkdir()
    return Projects(root)
