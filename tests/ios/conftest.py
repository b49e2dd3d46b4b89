"""One set of generated iOS projects for all tests of a run."""

from __future__ import annotations

import pytest

from tests.ios.projects import Projects


@pytest.fixture(scope="session")
def ios(tmp_path_factory: pytest.TempPathFactory) -> Projects:
    """The projects, in a folder with a name to fall over."""
    root = tmp_path_factory.mktemp("ios") / "a földer (more) & 'quotes'"
    root.mkdir()
    return Projects(root)
