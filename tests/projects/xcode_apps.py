"""Small iOS apps, as Xcode writes them, for `edgegen add` to be tried on."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.faults.in_process import Done, edgegen
from tests.ios.check.project_graph import Project, problems
from tests.projects.xcode_samples import write, xcode_16

SENSOR: Final = ("--model", "shop.net:sensor", "--weights", "sensor.pth", "--input", "x=1x16")
SHELF: Final = ("--model", "shop.net:shelf", "--transforms", "shop.data:evaluation", "--labels", "labels.txt")
PROJECT: Final = "Shop.xcodeproj/project.pbxproj"


def app(folder: Path, text: str | None = None) -> Path:
    """An app without a model in a new folder: its .xcodeproj."""
    return write(folder, xcode_16() if text is None else text)


def add(work: Path, project: Path, *options: str, model: tuple[str, ...] = SENSOR) -> Done:
    """`edgegen add` of a model of the working folder's."""
    return edgegen("add", "--platform", "ios", project, *model, *options, cwd=work)


def remove(work: Path, project: Path, *options: str) -> Done:
    """`edgegen remove`."""
    return edgegen("remove", "--platform", "ios", project, *options, cwd=work)


def check_graph(project: Path) -> Project:
    """The project, without a problem that it had not before: none, in a project of these."""
    found = Project.read(project)
    assert problems(found) == []
    return found


def two_apps() -> str:
    """A project with the apps Shop and Kiosk."""
    one, other = "A10000000000000000000050", "A10000000000000000000051"
    text = xcode_16()
    target = text[text.index(f"\t\t{one} /* Shop */ = {{") : text.index("/* End PBXNativeTarget")]
    named = f"\t\t\t\t{one} /* Shop */,\n"
    kiosk = (
        target.replace(one, other).replace("/* Shop */ = {", "/* Kiosk */ = {").replace("name = Shop", "name = Kiosk")
    )
    return text.replace(named, f"{named}\t\t\t\t{other} /* Kiosk */,\n").replace(target, target + kiosk)
