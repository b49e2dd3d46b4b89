"""A model from the user's own code: found in the current folder, and every mistake in it told by file and line."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import nn

from edgegen.errors import SourceError
from edgegen.sources import LoadedModel, load_model

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
        return path

    return write_file


def load(folder: Path, source: str, **options: str) -> LoadedModel:
    return load_model(source, cwd=folder, **options)  # type: ignore[arg-type]


def problem(folder: Path, source: str, **options: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        load(folder, source, **options)
    assert "\n" not in caught.value.message()
    return caught.value


NET = """
    import torch
    from torch import nn

    class Net(nn.Module):
        def __init__(self, width=4):
            super().__init__()
            self.linear = nn.Linear(width, 2)
        def forward(self, image, scale, bias=None):
            return self.linear(image) * scale

    def build():
        return Net().train()

    def wide(width):
        return Net(width)

    instance = Net()
    number = 3

    def state():
        return Net().state_dict()

    def pair():
        return Net(), None

    def fails():
        return 1 / 0

    def leaves():
        raise SystemExit(3)

    def meta():
        with torch.device("meta"):
            return Net()

    def half():
        return Net().half()
"""


@pytest.mark.parametrize("attribute", ["build", "Net", "instance"])
def test_a_function_a_class_and_an_instance_give_a_model(tmp_path: Path, write: Write, attribute: str) -> None:
    write("net.py", NET)
    loaded = load(tmp_path, f"net:{attribute}")
    assert isinstance(loaded.module, nn.Module)
    assert not loaded.module.training
    assert loaded.input_names == ("image", "scale")
    assert loaded.name == "net"


def test_random_weights_are_the_same_each_time_and_leave_the_generator_alone(tmp_path: Path, write: Write) -> None:
    write("net.py", NET)
    before = torch.random.get_rng_state()
    one, other = load(tmp_path, "net:build"), load(tmp_path, "net:build")
    assert torch.equal(one.module.linear.weight, other.module.linear.weight)
    assert torch.equal(torch.random.get_rng_state(), before)


def test_half_precision_becomes_float32(tmp_path: Path, write: Write) -> None:
    write("net.py", NET)
    assert load(tmp_path, "net:half").module.linear.weight.dtype == torch.float32


def test_weights_of_a_file_are_loaded(tmp_path: Path, write: Write) -> None:
    write("net.py", NET)
    state = {"linear.weight": torch.ones(2, 4), "linear.bias": torch.zeros(2)}
    torch.save(state, tmp_path / "net.pth")
    assert torch.equal(load(tmp_path, "net:build", weights="net.pth").module.linear.weight, torch.ones(2, 4))
    assert "lacks" in problem_with(tmp_path, {"other": torch.ones(1)}).problem


def problem_with(folder: Path, state: dict[str, torch.Tensor]) -> SourceError:
    torch.save(state, folder / "other.pth")
    return problem(folder, "net:build", weights="other.pth")


@pytest.mark.parametrize(
    ("attribute", "text", "hint"),
    [
        ("biuld", "no 'biuld'", "build"),
        ("wide", "needs arguments: width", "without any"),
        ("number", "is a int", "without arguments"),
        ("state", "returned a OrderedDict", "--weights"),
        ("pair", "returned a tuple", "the module alone"),
        ("fails", "net.py:27: ZeroDivisionError", ""),
        ("leaves", "net.py:30: SystemExit: 3", ""),
        ("meta", "meta device", "--weights FILE"),
    ],
)
def test_what_a_factory_can_do_wrong(tmp_path: Path, write: Write, attribute: str, text: str, hint: str) -> None:
    write("net.py", NET)
    error = problem(tmp_path, f"net:{attribute}")
    assert text in error.message()
    assert hint in error.hint


@pytest.mark.parametrize(
    ("source", "text", "message"),
    [
        ("broken", "x = 1\ndef f(:\n", "broken.py:2: SyntaxError"),
        ("raises", "x = 1\nraise ValueError('no data')\n", "raises.py:2: ValueError: no data"),
        ("needs", "import torch\nimport nowhere_to_be_found\n", "needs.py:2: needs the module nowhere_to_be_found"),
        ("exits", "import sys\n\nsys.exit('stop')\n", "exits.py:3: SystemExit: stop"),
    ],
)
def test_a_module_that_fails_names_its_line(tmp_path: Path, write: Write, source: str, text: str, message: str) -> None:
    write(f"{source}.py", text)
    assert message in problem(tmp_path, f"{source}:build").problem


def test_a_missing_module_is_told_with_the_folder_to_run_in(tmp_path: Path) -> None:
    error = problem(tmp_path, "no_such_module_here:build")
    assert error.problem == "there is no module no_such_module_here"


def test_a_package_and_its_submodules(tmp_path: Path, write: Write) -> None:
    write("shop/__init__.py", "")
    write("shop/net.py", NET)
    assert load(tmp_path, "shop.net:build").input_names == ("image", "scale")
    assert "no module shop.nett" in problem(tmp_path, "shop.nett:build").problem


def test_a_module_of_the_same_name_in_another_folder_is_another(tmp_path: Path, write: Write) -> None:
    for folder, width in (("one", 3), ("two", 5)):
        write(f"{folder}/samename.py", f"from torch import nn\ndef build():\n    return nn.Linear({width}, 1)\n")
    assert load(tmp_path / "one", "samename:build").module.in_features == 3
    assert load(tmp_path / "two", "samename:build").module.in_features == 5
