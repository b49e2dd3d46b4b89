"""Models that are files: exported programs and TorchScript modules, and files that are not models alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from edgegen.errors import SourceError
from edgegen.sources import load_model


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(4, 2)

    def forward(self, numbers: Tensor, ids: Tensor) -> Tensor:
        return self.linear(numbers) * ids.sum()


EXAMPLE = (torch.ones(1, 4), torch.ones(3, dtype=torch.int64))


def problem(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        load_model(str(path))
    assert "\n" not in caught.value.message()
    return caught.value


def test_an_exported_program_knows_its_inputs(tmp_path: Path) -> None:
    module = Net()
    torch.export.save(torch.export.export(module, EXAMPLE), tmp_path / "net.pt2")
    loaded = load_model("net.pt2", cwd=tmp_path)
    assert loaded.name == "net"
    assert loaded.input_names == ("numbers", "ids")
    assert loaded.example_inputs is not None
    assert [(tuple(t.shape), t.dtype) for t in loaded.example_inputs] == [((1, 4), torch.float32), ((3,), torch.int64)]
    assert torch.equal(loaded.module(*EXAMPLE), module(*EXAMPLE))


def test_a_program_without_examples_gets_inputs_of_its_shapes(tmp_path: Path) -> None:
    program = torch.export.export(Net(), EXAMPLE)
    program.example_inputs = None
    torch.export.save(program, tmp_path / "net.pt2")
    loaded = load_model("net.pt2", cwd=tmp_path)
    assert loaded.example_inputs is not None
    assert [(tuple(t.shape), t.dtype) for t in loaded.example_inputs] == [((1, 4), torch.float32), ((3,), torch.int64)]


def test_a_torchscript_module_knows_its_names(tmp_path: Path) -> None:
    module = Net().eval()
    torch.jit.script(module).save(str(tmp_path / "net.pt"))
    loaded = load_model("net.pt", cwd=tmp_path)
    assert loaded.input_names == ("numbers", "ids")
    assert torch.equal(loaded.module(*EXAMPLE), module(*EXAMPLE))


def test_a_state_dict_alone_needs_a_factory(tmp_path: Path) -> None:
    torch.save(Net().state_dict(), tmp_path / "net.pth")
    error = problem(tmp_path / "net.pth")
    assert "state dict (2 tensors)" in error.problem
    assert "--model package.module:factory --weights net.pth" in error.hint


def test_a_pickled_module_is_refused(tmp_path: Path) -> None:
    torch.save(nn.Linear(2, 2), tmp_path / "net.pt")
    error = problem(tmp_path / "net.pt")
    assert "pickled torch.nn.modules.linear.Linear" in error.problem
    assert "--model package.module:factory" in error.hint


def test_a_pte_is_already_exported(tmp_path: Path) -> None:
    (tmp_path / "net.pte").write_bytes(b"\x18\0\0\0ET12" + bytes(100))
    assert "edgegen inspect" in problem(tmp_path / "net.pte").hint


@pytest.mark.parametrize("name", ["net.pt2", "net.pt"])
@pytest.mark.parametrize("keep", [0.3, 0.95])
def test_a_truncated_file_is_told(tmp_path: Path, name: str, keep: float) -> None:
    path = tmp_path / name
    if name == "net.pt2":
        torch.export.save(torch.export.export(Net(), EXAMPLE), path)
    else:
        torch.jit.trace(Net(), EXAMPLE).save(str(path))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    assert "cut short" in problem(path).problem


@pytest.mark.parametrize("name", ["net.pt2", "net.pt"])
def test_an_altered_file_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "net.pt2":
        torch.export.save(torch.export.export(Net(), EXAMPLE), path)
        needle = b"models/model.json"
    else:
        torch.jit.trace(Net(), EXAMPLE).save(str(path))
        needle = b"data.pkl"
    data = bytearray(path.read_bytes())
    start = data.index(needle) + 64
    data[start : start + 64] = bytes(64)
    path.write_bytes(bytes(data))
    assert "cannot read it" in problem(path).problem


def test_weights_beside_a_file_are_refused(tmp_path: Path) -> None:
    torch.export.save(torch.export.export(Net(), EXAMPLE), tmp_path / "net.pt2")
    with pytest.raises(SourceError, match="brings its own weights"):
        load_model("net.pt2", weights="w.pth", cwd=tmp_path)


def test_a_programs_own_module_can_come_from_a_factory(tmp_path: Path) -> None:
    torch.export.save(torch.export.export(Net(), EXAMPLE), tmp_path / "net.pt2")
    text = "import torch\ndef build():\n    return torch.export.load('net.pt2').module()\n"
    (tmp_path / "program_of_test.py").write_text(text.replace("net.pt2", str(tmp_path / "net.pt2")), encoding="utf-8")
    loaded = load_model("program_of_test:build", cwd=tmp_path)
    assert loaded.module(*EXAMPLE).shape == (1, 2)
