"""torchvision's models by name, without network: random weights, files of the user's, and clear refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
import torchvision
from torchvision.models import MobileNet_V3_Small_Weights

from edgegen.errors import SourceError
from edgegen.sources import load_model

NAME = "torchvision:mobilenet_v3_small"


def problem(source: str, weights: str | None, cwd: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        load_model(source, weights=weights, cwd=cwd)
    assert "\n" not in caught.value.message()
    return caught.value


def test_random_weights_come_with_the_default_entrys_transforms_and_labels(tmp_path: Path) -> None:
    loaded = load_model(NAME, weights="none", cwd=tmp_path)
    assert loaded.weights == "none"
    assert loaded.transforms_origin == "torchvision:preset"
    assert loaded.labels is not None
    assert loaded.labels[:2] == ("tench", "goldfish")
    assert repr(loaded.transforms) == repr(MobileNet_V3_Small_Weights.DEFAULT.transforms())
    assert not loaded.module.training


def test_a_state_dict_of_the_users_is_loaded(tmp_path: Path) -> None:
    module = torchvision.models.mobilenet_v3_small()
    torch.save({"state_dict": {f"module.{k}": v for k, v in module.state_dict().items()}}, tmp_path / "w.pth")
    loaded = load_model(NAME, weights="w.pth", cwd=tmp_path)
    assert loaded.weights == "w.pth"
    assert torch.equal(loaded.module.classifier[3].weight, module.classifier[3].weight)


def test_a_fine_tuned_state_dict_sets_the_number_of_classes(tmp_path: Path) -> None:
    torch.save(torchvision.models.mobilenet_v3_small(num_classes=7).state_dict(), tmp_path / "w.pth")
    loaded = load_model(NAME, weights="w.pth", cwd=tmp_path)
    assert loaded.module.classifier[3].out_features == 7
    assert loaded.labels is None


def test_weights_in_torchs_hub_folder_are_used_without_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path))
    monkeypatch.setattr(torch.hub, "download_url_to_file", lambda *_, **__: pytest.fail("went to the network"))
    (tmp_path / "checkpoints").mkdir()
    module = torchvision.models.mobilenet_v3_small()
    name = MobileNet_V3_Small_Weights.IMAGENET1K_V1.url.rpartition("/")[2]
    torch.save(module.state_dict(), tmp_path / "checkpoints" / name)
    loaded = load_model(NAME, cwd=tmp_path)
    assert loaded.weights == "IMAGENET1K_V1"
    assert torch.equal(loaded.module.classifier[3].bias, module.classifier[3].bias)
    (tmp_path / "checkpoints" / name).write_bytes(b"PK\x03\x04")
    assert "cut short" in problem(NAME, "IMAGENET1K_V1", tmp_path).problem
    torch.save(module, tmp_path / "checkpoints" / name)
    assert "pickled" in problem(NAME, "IMAGENET1K_V1", tmp_path).problem


def test_without_network_the_error_names_the_file_and_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offline(*_: object, **__: object) -> None:
        raise OSError("Name or service not known")

    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path))
    monkeypatch.setattr(torch.hub, "download_url_to_file", offline)
    error = problem(NAME, "IMAGENET1K_V1", tmp_path)
    assert "Name or service not known" in error.problem
    assert MobileNet_V3_Small_Weights.IMAGENET1K_V1.url in error.hint
    assert str(tmp_path / "checkpoints") in error.hint
    assert "--weights FILE" in error.hint


@pytest.mark.parametrize(
    ("source", "weights", "text"),
    [
        ("torchvision:mobilenet_v3_smal", None, "Did you mean torchvision:mobilenet_v3_small"),
        ("torchvision:zzzz", None, "no model 'zzzz'"),
        ("torchvision:", None, "no model ''"),
        (NAME, "IMAGENET1K_V9", "Did you mean IMAGENET1K_V1"),
        (NAME, "missing.pth", "no such file"),
        ("torchvision:ssd300_vgg16", "none", "still pictures"),
        ("torchvision:r3d_18", "none", "still pictures"),
        ("torchvision:raft_small", "none", "still pictures"),
        ("demo", "w.pth", "brings its own weights"),
    ],
)
def test_what_torchvision_does_not_have(tmp_path: Path, source: str, weights: str | None, text: str) -> None:
    assert text in problem(source, weights, tmp_path).message()


def test_the_weights_of_another_architecture_do_not_fit(tmp_path: Path) -> None:
    torch.save(torchvision.models.squeezenet1_1().state_dict(), tmp_path / "w.pth")
    assert "another model" in problem(NAME, "w.pth", tmp_path).hint


def test_a_segmentation_model_does_not_fetch_its_backbone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(torch.hub, "load_state_dict_from_url", lambda *_, **__: pytest.fail("went to the network"))
    assert load_model("torchvision:lraspp_mobilenet_v3_large", weights="none", cwd=tmp_path).labels is not None
