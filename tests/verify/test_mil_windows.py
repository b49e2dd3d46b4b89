"""Convolutions, pools and resizing of the evaluator, with every way to pad, against torch and by hand."""

from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional

from tests.verify.mil import X, close, computed, numbers


class TestConvolutions:
    @pytest.mark.parametrize("groups", [1, 2, 4])
    def test_custom_padding_strides_dilations_and_groups(self, groups: int) -> None:
        weight, bias = numbers(8, 4 // groups, 3, 2, seed=1), numbers(8, seed=2)
        common = {"x": X, "weight": weight, "bias": bias, "strides": [2, 1], "dilations": [1, 2], "groups": groups}
        got = computed("conv", pad_type="custom", pad=[1, 1, 2, 2], **common)
        close(got, torch.conv2d(X, weight, bias, [2, 1], [1, 2], [1, 2], groups))
        uneven = computed("conv", pad_type="custom", pad=[0, 1, 3, 2], **common)
        padded = functional.pad(X, [3, 2, 0, 1])
        close(uneven, torch.conv2d(padded, weight, bias, [2, 1], 0, [1, 2], groups))

    def test_padding_counts_only_where_it_is_custom(self) -> None:
        weight = numbers(2, 4, 3, 3, seed=1)
        got = computed("conv", x=X, weight=weight, pad_type="valid", pad=[1, 1, 1, 1])
        close(got, torch.conv2d(X, weight))
        close(computed("conv", x=X, weight=weight), torch.conv2d(X, weight))

    @pytest.mark.parametrize(("size", "kernel", "stride"), [(6, 3, 2), (5, 2, 2), (7, 4, 3), (4, 1, 2)])
    def test_same_keeps_the_size_over_the_stride(self, size: int, kernel: int, stride: int) -> None:
        """The odd element goes after with `same`, before with `same_lower`."""
        x, weight = numbers(1, 1, size), numbers(1, 1, kernel, seed=1)
        total = max(0, (math.ceil(size / stride) - 1) * stride + kernel - size)
        for kind, before in (("same", total // 2), ("same_lower", total - total // 2)):
            got = computed("conv", x=x, weight=weight, pad_type=kind, strides=[stride])
            close(got, torch.conv1d(functional.pad(x, [before, total - before]), weight, stride=stride))
            assert got.shape[-1] == math.ceil(size / stride)

    def test_three_axes(self) -> None:
        x, weight = numbers(1, 2, 4, 5, 6), numbers(3, 2, 2, 3, 1, seed=1)
        got = computed("conv", x=x, weight=weight, pad_type="custom", pad=[1, 1, 0, 0, 2, 2])
        close(got, torch.conv3d(x, weight, padding=[1, 0, 2]))

    @pytest.mark.parametrize("groups", [1, 2])
    def test_transposed(self, groups: int) -> None:
        weight, bias = numbers(4, 3, 3, 4, seed=1), numbers(3 * groups, seed=2)
        common = {"x": X, "weight": weight, "bias": bias, "strides": [2, 3], "dilations": [2, 1], "groups": groups}
        reference = {"stride": [2, 3], "dilation": [2, 1], "groups": groups}
        whole = torch.conv_transpose2d(X, weight, bias, **reference)
        close(computed("conv_transpose", **common), whole)
        got = computed("conv_transpose", pad_type="custom", pad=[1, 1, 2, 2], **common)
        close(got, torch.conv_transpose2d(X, weight, bias, padding=[1, 2], **reference))
        uneven = computed("conv_transpose", pad_type="custom", pad=[1, 0, 2, 1], **common)
        close(uneven, whole[:, :, 1:, 2:-1])

    def test_transposed_to_a_longer_output(self) -> None:
        weight, bias = numbers(4, 3, 3, 3, seed=1), numbers(3, seed=2)
        expected = torch.conv_transpose2d(X, weight, bias, stride=2, padding=1, output_padding=1)
        got = computed(
            "conv_transpose", x=X, weight=weight, bias=bias, strides=[2, 2], pad_type="custom", pad=[1, 1, 1, 1],
            output_shape=list(expected.shape),
        )  # fmt: skip
        close(got, expected)

    def test_transposed_same_is_size_times_stride(self) -> None:
        got = computed("conv_transpose", x=X, weight=numbers(4, 1, 4, 4), strides=[2, 2], pad_type="same")
        close(got, torch.conv_transpose2d(X, numbers(4, 1, 4, 4), stride=2, padding=1))
        assert got.shape == (2, 1, 12, 10)


class TestPools:
    @pytest.mark.parametrize("ceil", [False, True])
    @pytest.mark.parametrize("pad", [0, 1])
    def test_as_torch(self, ceil: bool, pad: int) -> None:
        common = {"x": X, "kernel_sizes": [3, 2], "strides": [2, 2], "pad_type": "custom", "pad": [pad] * 4}
        got = computed("max_pool", ceil_mode=ceil, **common)
        close(got, functional.max_pool2d(X, [3, 2], 2, pad, ceil_mode=ceil))
        for exclude in (False, True):
            got = computed("avg_pool", ceil_mode=ceil, exclude_padding_from_average=exclude, **common)
            close(got, functional.avg_pool2d(X, [3, 2], 2, pad, ceil_mode=ceil, count_include_pad=not exclude))

    def test_uneven_padding(self) -> None:
        common = {"x": X, "kernel_sizes": [3, 3], "pad_type": "custom", "pad": [0, 2, 1, 0]}
        close(computed("max_pool", **common), functional.max_pool2d(functional.pad(X, [1, 0, 0, 2], value=-9e9), 3, 1))
        sums = functional.avg_pool2d(functional.pad(X, [1, 0, 0, 2]), 3, 1) * 9
        close(computed("avg_pool", **common), sums / 9)
        counts = functional.avg_pool2d(functional.pad(torch.ones_like(X), [1, 0, 0, 2]), 3, 1) * 9
        close(computed("avg_pool", exclude_padding_from_average=True, **common), sums / counts)

    def test_padding_never_wins(self) -> None:
        got = computed("max_pool", x=-torch.ones(1, 1, 2, 2), kernel_sizes=[2, 2], pad_type="same")
        assert got.unique().tolist() == [-1.0]

    def test_one_and_three_axes(self) -> None:
        x = numbers(1, 2, 9)
        close(computed("max_pool", x=x, kernel_sizes=[3], pad_type="valid"), functional.max_pool1d(x, 3, 1))
        cube = numbers(1, 2, 4, 4, 4)
        got = computed("avg_pool", x=cube, kernel_sizes=[2, 2, 2], strides=[2, 2, 2], pad_type="valid")
        close(got, functional.avg_pool3d(cube, 2))

    def test_l2(self) -> None:
        got = computed("l2_pool", x=X, kernel_sizes=[2, 2], strides=[2, 2], pad_type="valid")
        close(got, functional.lp_pool2d(X, 2.0, 2))


class TestResizing:
    def test_nearest(self) -> None:
        got = computed("upsample_nearest_neighbor", x=X, scale_factor_height=2, scale_factor_width=3.0)
        close(got, functional.interpolate(X, scale_factor=(2, 3)))
        small = computed("resize_nearest_neighbor", x=X, target_size_height=4, target_size_width=7)
        close(small, functional.interpolate(X, size=(4, 7)))

    @pytest.mark.parametrize("corners", [False, True])
    def test_bilinear(self, corners: bool) -> None:
        got = computed("upsample_bilinear", x=X, scale_factor_height=2.5, scale_factor_width=2, align_corners=corners)
        close(got, functional.interpolate(X, size=(15, 10), mode="bilinear", align_corners=corners))

    @pytest.mark.parametrize(("mode", "corners"), [("STRICT_ALIGN_CORNERS", True), ("UNALIGN_CORNERS", False)])
    def test_to_a_size(self, mode: str, corners: bool) -> None:
        expected = functional.interpolate(X, size=(4, 9), mode="bilinear", align_corners=corners)
        got = computed("resize_bilinear", x=X, target_size_height=4, target_size_width=9, sampling_mode=mode)
        close(got, expected)
        new = computed("resize", x=X, shape=[4, 9], resized_dims=2, sampling_mode=mode)
        close(new, expected)

    @pytest.mark.parametrize(
        ("mode", "size", "grid"),
        [
            ("DEFAULT", 5, [0.0, 0.4, 0.8, 1.0, 1.0]),
            ("ALIGN_CORNERS", 5, [0.0, 0.25, 0.5, 0.75, 1.0]),
            ("ALIGN_CORNERS", 1, [0.5]),
            ("STRICT_ALIGN_CORNERS", 1, [0.0]),
            ("OFFSET_CORNERS", 5, [0.1, 0.3, 0.5, 0.7, 0.9]),
            ("UNALIGN_CORNERS", 5, [0.0, 0.1, 0.5, 0.9, 1.0]),
        ],
    )
    def test_grids_of_the_documentation(self, mode: str, size: int, grid: list[float]) -> None:
        x = torch.tensor([[[0.0, 1.0]]])
        got = computed("resize_bilinear", x=x, target_size_height=1, target_size_width=size, sampling_mode=mode)
        close(got[0, 0], torch.tensor(grid))

    def test_ios_17_keeps_a_size_of_zero(self) -> None:
        got = computed("resize", x=X, shape=[0, 10], resized_dims=2, interpolation_mode="NEAREST_NEIGHBOR")
        close(got, functional.interpolate(X, size=(6, 10)))
