"""State dicts are read without running code, and what does not fit is told by its keys."""

from __future__ import annotations

import argparse
import pickle
import struct
from pathlib import Path

import pytest
import torch
from torch import nn

from edgegen.errors import SourceError
from edgegen.sources.weights import load_weights, read_state_dict


def net() -> nn.Sequential:
    return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))


def saved(path: Path, content: object) -> Path:
    torch.save(content, path)
    return path


def problem_of(path: Path, module: nn.Module | None = None) -> SourceError:
    with pytest.raises(SourceError) as caught:
        load_weights(module or net(), path)
    assert caught.value.where == str(path)
    return caught.value


@pytest.mark.parametrize("key", [None, "state_dict", "model_state_dict", "model"])
@pytest.mark.parametrize("prefix", ["", "module.", "_orig_mod.", "module.model."])
def test_a_state_dict_is_found_in_a_checkpoint_and_freed_of_its_wrappers(
    tmp_path: Path, key: str | None, prefix: str
) -> None:
    source, target = net(), net()
    state = {f"{prefix}{name}": value for name, value in source.state_dict().items()}
    load_weights(target, saved(tmp_path / "w.pth", state if key is None else {key: state, "epoch": 3}))
    for name, value in source.state_dict().items():
        assert torch.equal(target.state_dict()[name], value)


def test_a_prefix_that_the_model_has_itself_stays(tmp_path: Path) -> None:
    class Wrapped(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.module = net()

    source, target = Wrapped(), Wrapped()
    load_weights(target, saved(tmp_path / "w.pth", source.state_dict()))
    assert torch.equal(target.module[0].weight, source.module[0].weight)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.bool])
def test_safetensors(tmp_path: Path, dtype: torch.dtype) -> None:
    tensor = torch.tensor([[0, 1, 1], [1, 0, 1]]).to(dtype)
    names = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64", torch.bool: "BOOL"}
    data = tensor.contiguous().view(torch.uint8).numpy().tobytes()
    header = (
        f'{{"__metadata__":{{"format":"pt"}},"w":{{"dtype":"{names[dtype]}","shape":[2,3],'
        f'"data_offsets":[0,{len(data)}]}},"none":{{"dtype":"F32","shape":[0],"data_offsets":[{len(data)},{len(data)}]}}}}'
    ).encode()
    path = tmp_path / "w.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + data)
    state = read_state_dict(path)
    assert torch.equal(state["w"], tensor)
    assert state["none"].shape == (0,)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(SourceError, match="cut short"):
        read_state_dict(path)


def test_missing_and_unexpected_keys_are_named_with_the_nearest(tmp_path: Path) -> None:
    state = net().state_dict()
    state["0.weigth"] = state.pop("0.weight")
    error = problem_of(saved(tmp_path / "w.pth", state))
    assert "lacks 0.weight (nearest there: 0.weigth)" in error.problem
    assert "3 of 4 keys" in error.problem


def test_the_weights_of_another_model_are_recognised(tmp_path: Path) -> None:
    error = problem_of(saved(tmp_path / "w.pth", nn.LSTM(3, 3).state_dict()))
    assert "0 of 4 keys" in error.problem
    assert "another model" in error.hint


def test_many_keys_are_counted_not_listed(tmp_path: Path) -> None:
    big = nn.Sequential(*[nn.Linear(2, 2) for _ in range(50)])
    error = problem_of(saved(tmp_path / "w.pth", big.state_dict()))
    assert "more" in error.problem
    assert len(error.message()) < 600


def test_a_shape_that_differs_names_key_and_both_shapes(tmp_path: Path) -> None:
    state = net().state_dict() | {"2.weight": torch.zeros(3, 8)}
    assert "2.weight is 3x8 in the file and 2x8 in the model" in problem_of(saved(tmp_path / "w.pth", state)).problem


def test_a_missing_batch_counter_does_not_matter(tmp_path: Path) -> None:
    module = nn.BatchNorm1d(2)
    state = {key: value for key, value in module.state_dict().items() if key != "num_batches_tracked"}
    load_weights(nn.BatchNorm1d(2), saved(tmp_path / "w.pth", state))


@pytest.mark.parametrize(
    ("content", "name"),
    [(net(), "Sequential"), ({"state_dict": {}, "args": argparse.Namespace(x=1)}, "Namespace")],
)
def test_a_pickled_object_is_refused_and_the_way_out_named(tmp_path: Path, content: object, name: str) -> None:
    error = problem_of(saved(tmp_path / "w.pth", content))
    assert "pickled" in error.problem
    assert name in error.problem
    assert "state_dict()" in error.hint


def test_no_code_of_a_file_runs(tmp_path: Path) -> None:
    marker = tmp_path / "was-run"

    class Runs:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path.touch, (marker,))

    torch.save({"w": Runs()}, tmp_path / "w.pth", pickle_module=pickle)
    assert "pickled" in problem_of(tmp_path / "w.pth").problem
    assert not marker.exists()


@pytest.mark.parametrize(
    ("content", "found"),
    [({}, "a dict of nothing"), ({"epoch": 3}, "'epoch'"), ([1, 2], "a list"), (torch.ones(2), "a Tensor")],
)
def test_what_is_no_state_dict_is_told(tmp_path: Path, content: object, found: str) -> None:
    assert found in problem_of(saved(tmp_path / "w.pth", content)).problem


@pytest.mark.parametrize("legacy", [False, True])
@pytest.mark.parametrize("keep", [0.5, 0.9, 0.99])
def test_a_truncated_file_is_told(tmp_path: Path, legacy: bool, keep: float) -> None:
    path = tmp_path / "w.pth"
    torch.save(net().state_dict(), path, _use_new_zipfile_serialization=not legacy)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    assert "cut short" in problem_of(path).problem


def test_an_altered_archive_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path / "w.pth", net().state_dict())
    data = bytearray(path.read_bytes())
    start = data.index(b"data.pkl") + 40
    data[start : start + 40] = bytes(40)
    path.write_bytes(bytes(data))
    assert "damaged" in problem_of(path).problem


def test_a_model_file_is_not_weights(tmp_path: Path) -> None:
    path = tmp_path / "net.pt"
    torch.jit.trace(net(), (torch.ones(1, 4),)).save(str(path))
    error = problem_of(path)
    assert "TorchScript" in error.problem
    assert "--model net.pt" in error.hint
