"""One set of rendered projects for the static checks, and the modules compiled from each."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.ios.check.typecheck import check_modelkit
from tests.ios.check.variants import Projects
from tests.swift.toolchain import need_swift


@dataclass
class Kits:
    """ModelKit of each variant, compiled when it is first asked for."""

    rendered: Projects
    root: Path
    _made: dict[tuple[str, bool], Path] = field(default_factory=dict)

    def module(self, variant: str, *, pod: bool = False) -> Path:
        """The folder with ModelKit.swiftmodule, as a package or as a pod has it. Raises CheckError."""
        if (variant, pod) not in self._made:
            work = self.root / f"{variant.replace(' ', '-')}{'-pod' * pod}"
            work.mkdir()
            self._made[variant, pod] = check_modelkit(self.rendered.folder(variant) / "ModelKit", work, pod=pod)
        return self._made[variant, pod]


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Projects:
    return Projects(tmp_path_factory.mktemp("rendered"))


@pytest.fixture(scope="session")
def kits(rendered: Projects, tmp_path_factory: pytest.TempPathFactory) -> Kits:
    need_swift()
    return Kits(rendered, tmp_path_factory.mktemp("kits"))
