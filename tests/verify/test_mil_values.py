"""Stored values: the wire format, weight files, packed integers, types, and what is said of bytes that cannot be."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import pytest
import torch

from edgegen.errors import ProjectError
from edgegen.verify.mil.package import Package, open_package
from edgegen.verify.mil.schema import DIMENSION, MODEL, TENSOR_TYPE, TENSOR_VALUE, VALUE, VALUE_TYPE
from edgegen.verify.mil.values import SUB_BYTE, ValueType, load_value, settle, unpack_bits, value_type
from edgegen.verify.mil.weights import Weights
from edgegen.verify.mil.wire import Field, WireError, read


def varint(number: int) -> bytes:
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


class TestWire:
    def test_numbers_of_every_length_and_sign(self) -> None:
        for number in (0, 1, 127, 128, 300, 2**31, 2**63 - 1, -1, -(2**63)):
            assert read(field(1, number), MODEL) == {"specificationVersion": number}

    def test_what_is_not_known_is_skipped_whatever_its_type(self) -> None:
        unknown = field(99, 5) + field(98, b"abc") + varint(97 << 3 | 1) + bytes(8) + varint(96 << 3 | 5) + bytes(4)
        assert read(unknown + field(1, 7) + unknown, MODEL) == {"specificationVersion": 7}

    def test_repeated_numbers_packed_and_one_by_one(self) -> None:
        floats = struct.pack("<3f", 1.5, -2.0, 0.25)
        packed = read(field(1, field(1, floats)), TENSOR_VALUE)
        assert packed == {"floats": {"values": [1.5, -2.0, 0.25]}}
        single = varint(1 << 3 | 5) + struct.pack("<f", 1.5)
        assert read(field(1, single + single), TENSOR_VALUE) == {"floats": {"values": [1.5, 1.5]}}
        ints = field(2, field(1, varint(3) + varint(-4)) + field(1, 9))
        assert read(ints, TENSOR_VALUE) == {"ints": {"values": [3, -4, 9]}}
        assert read(field(3, field(1, b"\x01\x00")), TENSOR_VALUE) == {"bools": {"values": [True, False]}}
        assert read(field(4, field(1, "é".encode()) + field(1, b"")), TENSOR_VALUE) == {
            "strings": {"values": ["é", ""]}
        }

    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            (b"\x08", "does not end"),
            (b"\x08\xff", "does not end"),
            (b"\x08" + b"\xff" * 10 + b"\x01", "does not end"),
            (b"\x12\x05abc", "begins 3 bytes before the end"),
            (b"\x0b", "no wire type 3"),
            (b"\x0a\x01a", "expected int"),
            (b"\x10\x01", "expected message"),
        ],
    )
    def test_what_is_no_message_is_named(self, data: bytes, problem: str) -> None:
        with pytest.raises(WireError, match=problem):
            read(data, MODEL)

    def test_text_that_is_none(self) -> None:
        with pytest.raises(WireError, match="UTF-8"):
            read(field(1, b"\xff"), {1: Field("name", "text")})


def test_a_model_that_is_nested_without_end(tmp_path: Path) -> None:
    """A value that is a list of lists of lists …, where an operation's attribute is."""
    value = b""
    for _ in range(2000):
        value = field(3, field(3, field(1, value)))
    operation = field(5, field(1, b"val") + field(2, value))
    function = field(3, field(1, b"CoreML6") + field(2, field(3, operation)))
    (tmp_path / "Data").mkdir()
    (tmp_path / "Data" / "m").write_bytes(field(502, field(2, field(1, b"main") + field(2, function))))
    manifest = {"rootModelIdentifier": "a", "itemInfoEntries": {"a": {"path": "m"}}}
    (tmp_path / "Manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ProjectError, match="nested without end"):
        open_package(tmp_path)


class TestPacked:
    @pytest.mark.parametrize("dtype", SUB_BYTE)
    @pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 100])
    def test_as_bit_by_bit(self, dtype: str, count: int) -> None:
        bits, signed = SUB_BYTE[dtype]
        values = np.random.default_rng(count).integers(0, 1 << bits, count)
        whole = sum(int(value) << (bits * index) for index, value in enumerate(values))
        data = whole.to_bytes(-(-count * bits // 8), "little")
        expected = [value - (1 << bits) if signed and value >= 1 << (bits - 1) else value for value in values.tolist()]
        assert unpack_bits(memoryview(data), bits, count, signed=signed).tolist() == expected

    def test_too_few_bytes(self) -> None:
        with pytest.raises(WireError, match="2 bytes for 10 values of 4 bits"):
            unpack_bits(memoryview(b"ab"), 4, 10)


class TestTypes:
    def test_half_rounds_and_overflows_as_the_hardware(self) -> None:
        values = torch.tensor([1.0, 1.0 + 2**-11, 1.0 + 3 * 2**-11, 65504.0, 65520.0, 2**-24, 2**-26])
        assert settle(values, "fp16").tolist() == [1.0, 1.0, 1.0 + 2**-9, 65504.0, float("inf"), 2**-24, 0.0]

    def test_floats_become_integers_by_losing_their_fraction(self) -> None:
        assert settle(torch.tensor([1.9, -1.9]), "int32").tolist() == [1, -1]
        assert settle(torch.tensor([0.0, 0.2]), "bool").tolist() == [False, True]

    def test_a_size_may_be_open(self) -> None:
        shape = field(3, field(1, field(1, 2))) + field(3, field(2, b""))
        kind = value_type(read(field(1, field(1, 10) + field(2, 2) + shape), VALUE_TYPE))
        assert kind == ValueType("fp16", (2, None))
        assert kind.fits((2, 7))
        assert not kind.fits((3, 7))
        assert not kind.fits((2,))
        assert read(field(1, field(1, 3)), DIMENSION) == {"constant": {"size": 3}}

    def test_an_unknown_type_is_named(self) -> None:
        with pytest.raises(WireError, match="no element type 77"):
            value_type(read(field(1, field(1, 77)), VALUE_TYPE))
        assert read(field(1, 77), TENSOR_TYPE)["dataType"] == 77


def stored(dtype: int, shape: list[int], content: bytes) -> bytes:
    """A Value message: a tensor type, and what holds its values."""
    sizes = b"".join(field(3, field(1, field(1, size))) for size in shape)
    return field(2, field(1, field(1, dtype) + field(2, len(shape)) + sizes)) + content


def package(folder: Path) -> Package:
    return Package(folder, folder, {})


class TestStored:
    def test_in_the_message(self, tmp_path: Path) -> None:
        weights = Weights(package(tmp_path))
        half = field(3, field(1, field(7, field(1, np.float16([0.5, -2]).tobytes()))))
        assert load_value(read(stored(10, [2], half), VALUE), weights).tolist() == [0.5, -2.0]  # type: ignore[union-attr]
        text = field(3, field(1, field(4, field(1, b"same"))))
        assert load_value(read(stored(2, [], text), VALUE), weights) == "same"
        wide = field(3, field(1, field(7, field(1, np.uint32([7, 2**31]).tobytes()))))
        assert load_value(read(stored(33, [2], wide), VALUE), weights).tolist() == [7, 2**31]  # type: ignore[union-attr]

    def test_of_another_number_than_the_type_says(self, tmp_path: Path) -> None:
        weights = Weights(package(tmp_path))
        ints = field(3, field(1, field(2, field(1, varint(3) + varint(4)))))
        with pytest.raises(WireError, match=r"2 values for a tensor of shape \(3,\)"):
            load_value(read(stored(23, [3], ints), VALUE), weights)
        half = field(3, field(1, field(7, field(1, b"abc"))))
        with pytest.raises(WireError, match="3 bytes for 2 values"):
            load_value(read(stored(10, [2], half), VALUE), weights)

    def test_in_a_weight_file(self, tmp_path: Path) -> None:
        (tmp_path / "weights").mkdir()
        content = np.float16([1, 2, 3]).tobytes()
        record = struct.pack("<IIQQQ", 0xDEADBEEF, 1, len(content), 128, 0).ljust(64, b"\0")
        file = struct.pack("<II", 1, 2).ljust(64, b"\0") + record + content
        path = tmp_path / "weights" / "weight.bin"
        path.write_bytes(file)
        blob = field(5, field(1, b"@model_path/weights/weight.bin") + field(2, 64))
        value = read(stored(10, [3], blob), VALUE)
        assert load_value(value, Weights(package(tmp_path))).tolist() == [1.0, 2.0, 3.0]  # type: ignore[union-attr]
        for broken, problem in (
            (file[:-1], "ends behind its end"),
            (file[:100], "lies behind its end"),
            (file[:64] + b"\0" + file[65:], "no array's record"),
            (file[:68] + b"\2" + file[69:], "is fp32, the program says fp16"),
            (file[:4] + b"\1" + file[5:], "no weight file of version 2"),
            (b"", "no weight file"),
        ):
            path.write_bytes(broken)
            with pytest.raises(ProjectError, match=problem):
                load_value(value, Weights(package(tmp_path)))
        path.unlink()
        with pytest.raises(ProjectError, match="No such file"):
            load_value(value, Weights(package(tmp_path)))

    @pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "@model_path/../x", ""])
    def test_a_name_that_leads_out_of_the_package_is_refused(self, tmp_path: Path, name: str) -> None:
        blob = field(5, field(1, name.encode()) + field(2, 64))
        with pytest.raises(ProjectError, match="leads out of it"):
            load_value(read(stored(10, [3], blob), VALUE), Weights(package(tmp_path)))
