"""The .npy reader and writer against NumPy, the JSON writer against Python's json."""

from __future__ import annotations

import io
import json
import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.decode.programs import Programs

DTYPES = (
    *("bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"),
    *("float16", "float32", "float64"),
)


def npy(array: NDArray[np.generic], version: tuple[int, int] | None = None) -> bytes:
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    return out.getvalue()


@pytest.mark.parametrize("shape", [(), (1,), (7,), (0,), (3, 0, 2), (1, 3, 5, 4)], ids=str)
def test_npy_is_read_and_written_as_numpy_does(programs: Programs, tmp_path: Path, shape: tuple[int, ...]) -> None:
    expected: dict[str, bytes] = {}
    arguments = []
    for dtype in DTYPES:
        array = np.random.default_rng(1).integers(0, 100, shape).astype(dtype)
        for version in ((1, 0), (2, 0), (3, 0)):
            name = f"{dtype} {version[0]}"
            (tmp_path / f"{name} in").write_bytes(npy(array, version))
            expected[name] = npy(array, (1, 0))
            arguments += [str(tmp_path / f"{name} in"), str(tmp_path / f"{name} out")]
    done = programs.run("io_tool", "copy", *arguments)
    assert done.returncode == 0, done.stderr
    for name, line in zip(expected, done.stdout.decode().splitlines(), strict=True):
        assert line.split() == [name.split()[0], *map(str, shape)]
        assert (tmp_path / f"{name} out").read_bytes() == expected[name]


def header(text: str, body: bytes = bytes(64)) -> bytes:
    return b"\x93NUMPY\1\0" + struct.pack("<H", len(text)) + text.encode() + body


def test_npy_headers_by_other_hands(native: Programs, tmp_path: Path) -> None:
    """Keys in any order, any spaces, either quote, an order for one byte, a vector in Fortran order, more behind it."""
    good = [
        '{"shape":(2,),"descr":"<f4","fortran_order":False}',
        "{ 'descr' : '|u1' , 'fortran_order' : False , 'shape' : ( 2 , 4 ) }\n\n",
        "{'descr': '<u1', 'fortran_order': True, 'shape': (8,), }",
    ]
    for text in good:
        (tmp_path / "in.npy").write_bytes(header(text))
        done = native.run("io_tool", "copy", str(tmp_path / "in.npy"), str(tmp_path / "out.npy"))
        assert done.returncode == 0, (text, done.stderr)
        assert (np.load(tmp_path / "in.npy") == np.load(tmp_path / "out.npy")).all()


def test_npy_files_that_are_refused(native: Programs, tmp_path: Path) -> None:
    fields = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
    whole = npy(np.zeros((4, 4), np.float32))
    files = {
        "the file is empty": b"",
        "this is not a .npy file": b"PK\3\4 an .npz",
        "a .npy file of an unknown version (9)": b"\x93NUMPY\x09\0" + bytes(100),
        "the file is cut short. ": whole[:40],
        "the header of the .npy file cannot be read": header("{'descr': '<f4', 'shape': (1,)}"),
        "its numbers are fewer than its shape says": whole[:-1],
        'type ">f4" cannot be read. Save it little endian': npy(np.zeros(3, ">f4")),
        'type "|O" cannot be read': header(fields % ("|O", "False", "(1,)")),
        'type "<U3" cannot be read': npy(np.array(["abc"])),
        'type "<c8" cannot be read': npy(np.zeros(2, np.complex64)),
        "the array is in Fortran order": npy(np.zeros((3, 2), np.float32, order="F")),
        "the header of the .npy file cannot be read.": header("[('a', '<f4')]"),
    }
    shapes = ["(-1,)", "(99999999999999999999,)", "(1 2)", "1", "(1,", "(,)", "(1.0,)", "('1',)"]
    broken = [header(fields % ("<f4", "False", shape)) for shape in shapes]
    broken += [header(fields % ("<f4", "None", "(1,)")), header("{'descr': '<f4"), header("{"), header("")]
    for side in (
        "(1099511627776,)",
        "(1048576, 1048576, 1048576)",
        "(65536, 65536, 65536, 65536)",
        "(1099511627776, 0)",
    ):
        text = fields % ("<f4", "False", side)
        if "0)" not in side:
            broken.append(header(text))
    path = tmp_path / "in.npy"

    def line(data: bytes) -> str:
        path.write_bytes(data)
        done = native.run("io_tool", "copy", str(path), str(tmp_path / "out.npy"))
        assert done.returncode == 9
        text = done.stderr.decode()
        assert text.startswith(f"error: {path}: ")
        assert text.count("\n") == 1
        return text

    for problem, data in files.items():
        assert problem in line(data)
    for data in broken:
        line(data)
    folder = native.run("io_tool", "copy", str(tmp_path), str(tmp_path / "out.npy"))
    assert b"this is a directory" in folder.stderr
    missing = native.run("io_tool", "copy", str(tmp_path / "none.npy"), str(tmp_path / "out.npy"))
    assert b"No such file" in missing.stderr


def test_npy_that_cannot_be_written(native: Programs, tmp_path: Path) -> None:
    (tmp_path / "in.npy").write_bytes(npy(np.zeros(3)))
    for target in (tmp_path / "no" / "out.npy", tmp_path, Path("/dev/full")):
        done = native.run("io_tool", "copy", str(tmp_path / "in.npy"), str(target))
        assert done.returncode == 9
        assert b"it cannot be written: " in done.stderr


def escaped(data: bytes) -> bytes:
    """The line of io_tool for a string of these bytes."""
    return b"s " + "".join(f"\\x{byte:02x}" for byte in data).encode()


def test_json_strings(programs: Programs) -> None:
    """Every character that is valid comes back; a byte that is not UTF-8 becomes U+FFFD."""
    texts = ["plain", 'quote " backslash \\ slash /', "Ünïcode 😀 \u2028", "".join(map(chr, range(32))) + "\x7f"]
    invalid = {
        b"\xff": "?",
        b"a\x80b": "a?b",
        b"\xc3": "?",
        b"\xc0\xaf": "??",
        b"\xed\xa0\x80": "???",
        b"\xf5\x80\x80\x80": "????",
        b"\xe2\x82": "??",
        b"\xf0\x9f\x98": "???",
        b"\xf0\x8f\xbf\xbf": "????",
        b"\xf4\x90\x80\x80": "????",
    }
    lines = [escaped(text.encode()) for text in texts] + [escaped(data) for data in invalid]
    done = programs.run("io_tool", "json", stdin=b"\n".join(lines) + b"\n")
    document = json.loads(done.stdout.decode("utf-8"))
    assert document["items"][: len(texts)] == texts
    assert document["items"][len(texts) :] == [text.replace("?", "\ufffd") for text in invalid.values()]
    assert (document["empty"], document["yes"], document["nothing"]) == ({}, True, None)


def test_json_numbers_read_back_the_same(programs: Programs) -> None:
    random = np.random.default_rng(3)
    doubles = [0.0, -0.0, 0.1, 1e300, 5e-324, 1 / 3, 123456789.125, 1e16, -2.5, *random.normal(0, 1e5, 200).tolist()]
    floats = [np.float32(v) for v in (0.95, 1e-45, 3.4e38, 0.1, 16777217.0, *random.normal(0, 1, 200))]
    integers = [0, -1, 2**63 - 1, -(2**63)]
    lines = [f"d {v!r}" for v in doubles] + [f"f {v.item()!r}" for v in floats] + [f"i {v}" for v in integers]
    lines += ["d nan", "d inf", "f -inf"]
    done = programs.run("io_tool", "json", stdin="\n".join(lines).encode() + b"\n")
    items = json.loads(done.stdout)["items"]
    assert [float(v).hex() for v in items[: len(doubles)]] == [v.hex() for v in doubles]
    read = items[len(doubles) : len(doubles) + len(floats)]
    assert [np.float32(v) for v in read] == floats
    assert items[len(doubles) + len(floats) :] == [*integers, None, None, None]
    assert b"0.95" in done.stdout
    assert b"0.9499" not in done.stdout
