"""Two models have the same hash exactly when they export to the same file."""

from __future__ import annotations

import dataclasses
import sys
import textwrap
from pathlib import Path

import pytest
import torch
from torch import nn

from edgegen.exporters.fingerprint import code_files, model_digest
from edgegen.sources import LoadedModel, load_model
from tests.exporters import nets


def loaded(module: nn.Module) -> LoadedModel:
    return LoadedModel("net", module, "net:build", None, "a net", None)


def digest(module: nn.Module) -> str:
    return model_digest(loaded(module))


def seeded(make: type[nn.Module], **options: object) -> nn.Module:
    torch.manual_seed(0)
    return make(**options)


def test_the_same_model_twice_has_the_same_hash() -> None:
    assert digest(seeded(nets.Convolutions)) == digest(seeded(nets.Convolutions))


def test_a_weight_matters() -> None:
    changed = seeded(nets.Linear)
    with torch.no_grad():
        changed.linear.weight[0, 0] += 1e-6
    assert digest(changed) != digest(seeded(nets.Linear))


def test_an_attribute_without_weights_matters() -> None:
    assert digest(nets.NoWeights(2.0)) != digest(nets.NoWeights(3.0))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (nn.Conv2d(3, 3, 3, padding=1), nn.Conv2d(3, 3, 3, padding=0)),
        (nn.Hardtanh(0, 6), nn.Hardtanh(0, 5)),
        (nn.LeakyReLU(0.1), nn.LeakyReLU(0.2)),
        (nn.Sequential(nn.ReLU(), nn.Sigmoid()), nn.Sequential(nn.Sigmoid(), nn.ReLU())),
        (nn.Upsample(scale_factor=2, mode="nearest"), nn.Upsample(scale_factor=2, mode="bilinear")),
    ],
)
def test_a_layers_setting_matters(one: nn.Module, other: nn.Module) -> None:
    if isinstance(one, nn.Conv2d):
        other.load_state_dict(one.state_dict())
    assert digest(one) != digest(other)


def test_a_function_and_a_non_persistent_buffer_matter() -> None:
    def with_parts(function: object, value: float) -> nn.Module:
        module = nn.Identity()
        module.function = function
        module.register_buffer("table", torch.full((2,), value), persistent=False)
        return module

    def double(x: int) -> int:
        return x * 2

    def triple(x: int) -> int:
        return x * 3

    base = digest(with_parts(double, 1.0))
    assert digest(with_parts(double, 1.0)) == base
    assert digest(with_parts(triple, 1.0)) != base
    assert digest(with_parts(double, 2.0)) != base


def test_the_code_of_the_users_other_files_matters(tmp_path: Path) -> None:
    def build(factor: int) -> str:
        folder = tmp_path / str(factor)
        folder.mkdir()
        (folder / "helper_of_net.py").write_text(f"def scale(x):\n    return x * {factor}\n", encoding="utf-8")
        (folder / "net_with_helper.py").write_text(
            textwrap.dedent("""
                import helper_of_net
                from torch import nn
                class Net(nn.Module):
                    def forward(self, x):
                        return helper_of_net.scale(x)
            """),
            encoding="utf-8",
        )
        for name in ("helper_of_net", "net_with_helper"):
            sys.modules.pop(name, None)
        sys.path.insert(0, str(folder))
        try:
            return model_digest(load_model("net_with_helper:Net", cwd=folder))
        finally:
            sys.path.remove(str(folder))

    assert build(2) != build(3)


def test_the_code_of_torch_is_not_read() -> None:
    files = code_files([sys.modules[nets.Linear.__module__]])
    assert Path(nets.__file__) in files
    assert not any("site-packages" in str(path) for path in files)


def test_the_branches_of_an_exported_program_matter() -> None:
    class Chooses(nn.Module):
        def __init__(self, factor: float) -> None:
            super().__init__()
            self.factor = factor

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.cond(x.sum() > 0, lambda t: t * self.factor, lambda t: t - 1, (x,))

    def exported(factor: float) -> LoadedModel:
        program = torch.export.export(Chooses(factor), (torch.ones(2),))
        return dataclasses.replace(loaded(nn.Identity()), module=program.module(), exported=program)

    assert model_digest(exported(2.0)) == model_digest(exported(2.0))
    assert model_digest(exported(2.0)) != model_digest(exported(3.0))
    assert digest(exported(2.0).module) == digest(exported(2.0).module)
    assert digest(exported(2.0).module) != digest(exported(3.0).module)
