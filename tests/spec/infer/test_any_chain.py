"""Any chain of transforms is refused, or has the object's own bits: there is no third outcome."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from torchvision import transforms as v1
from torchvision.transforms import InterpolationMode, v2

from edgegen.reference import truth
from edgegen.spec.infer import UnsupportedTransform, infer_image_input

sides = st.integers(1, 40)
modes = st.sampled_from(list(InterpolationMode))
fills = st.one_of(st.integers(0, 255), st.tuples(*[st.integers(0, 255)] * 3))
dtypes = st.sampled_from([torch.float32, torch.float16, torch.uint8])
numbers = st.floats(0.1, 2.0)
means = st.one_of(st.lists(numbers, min_size=1, max_size=1), st.lists(numbers, min_size=3, max_size=3))


def quiet_v2_to_tensor() -> v2.ToTensor:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return v2.ToTensor()


def of(module: Any) -> st.SearchStrategy[Any]:
    """A transform of v1 or v2 that both have."""
    return st.one_of(
        st.builds(module.Resize, st.one_of(sides, st.tuples(sides, sides)), modes),
        st.builds(module.Resize, st.integers(1, 20), modes, st.integers(21, 60)),
        st.builds(module.CenterCrop, st.one_of(sides, st.tuples(sides, sides))),
        st.builds(module.Pad, st.one_of(st.integers(0, 5), st.tuples(*[st.integers(0, 5)] * 4)), fills),
        st.builds(module.Grayscale, st.sampled_from([1, 3])),
        st.builds(module.PILToTensor),
        st.builds(module.ConvertImageDtype, dtypes),
        means.flatmap(lambda mean: st.builds(module.Normalize, st.just(mean), st.just([x + 0.5 for x in mean]))),
    )


v2_only = st.one_of(
    st.sampled_from([v2.RGB(), v2.ToImage(), v2.ToPureTensor(), v2.ToPILImage(), v2.Identity(), quiet_v2_to_tensor()]),
    st.builds(v2.ToDtype, dtypes, st.booleans()),
)
middles = st.lists(st.one_of(of(v1), of(v2), v2_only), max_size=4)
geometry = st.sampled_from([v1.CenterCrop((19, 23)), v2.Resize((17, 12), InterpolationMode.BICUBIC)])
ends = st.sampled_from(
    [
        [v1.ToTensor()],
        [v1.ToTensor(), v1.Normalize([0.5], [0.25])],
        [v1.PILToTensor()],
        [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([0.4, 0.5, 0.6], [0.2, 0.3, 0.4])],
        [],
    ]
)
chains = st.tuples(middles, geometry, middles, ends).map(lambda parts: [*parts[0], parts[1], *parts[2], *parts[3]])


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(chains)
@pytest.mark.parametrize("container", [v1.Compose, v2.Compose], ids=["v1", "v2"])
def test_a_chain_is_refused_or_reproduced(container: Any, chain: list[Any]) -> None:
    transform = container(chain)
    try:
        found = infer_image_input(transform)
    except UnsupportedTransform:
        event("refused")
        return
    event("reproduced")
    truth.check(transform, found, [])
