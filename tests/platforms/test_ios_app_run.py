"""What of the iOS app needs no device, compiled by Swift and run: NumPy's files, made-up numbers, the notice's text."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.lib import format as npy_format

from edgegen.paths import data_dir
from edgegen.render.filters import md_text
from tests.ios.stubs import stubs
from tests.swift.toolchain import need_swift, run_swift, swift_command

IOS = data_dir("templates") / "ios"
APP = "{{cookiecutter.slug}}/{{cookiecutter.product}}"
KIT = "{{cookiecutter.slug}}/ModelKit/Sources/ModelKit"
SOURCES = (
    *(IOS / "app-npy" / APP / name for name in ("NpyError.swift", "NpyFile.swift", "NumbersSource.swift")),
    IOS / "app" / APP / "Notice.swift",
    *(IOS / "model" / KIT / name for name in ("DType.swift", "ModelError.swift", "Tensor.swift", "TensorInfo.swift")),
    Path(__file__).parent / "swift" / "main.swift",
)
DTYPES = ["float32", "float16", "float64", "int64", "int32", "int16", "int8", "uint8", "bool"]


@dataclass(frozen=True)
class Program:
    """The program, in the folder that it can see."""

    folder: Path

    def answers(self, *commands: tuple[str, ...]) -> list[str]:
        """Its answer to each command."""
        command = swift_command([self.folder / "run"], cwd=self.folder)
        lines = "".join("\t".join(words) + "\n" for words in commands)
        done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=self.folder)
        return done.stdout.splitlines()

    def file(self, name: str, content: np.ndarray | bytes) -> str:
        """A file for it: an array as numpy.save writes it, or bytes."""
        path = self.folder / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            np.save(path, content)
        return str(path)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Compiled once for all tests."""
    need_swift()
    folder = tmp_path_factory.mktemp("app-run")
    for source in SOURCES:
        # In one module what would be imported is there.
        text = source.read_text(encoding="utf-8").replace("import ModelKit\n", "")
        (folder / source.name).write_text(text, encoding="utf-8")
    modules = folder / "modules"
    shutil.copytree(stubs.build([stubs.IMPLICIT]), modules)
    names = [source.name for source in SOURCES]
    linked = ["-lFoundationExtras", "-lCoreFoundationStubs", "-Xlinker", "-rpath", "-Xlinker", str(modules)]
    options = ["-swift-version", "6", *stubs.flags(modules), *linked]
    built = run_swift(["swiftc", *options, *names, "-o", "run"], cwd=folder)
    assert built.returncode == 0, built.stderr
    return Program(folder)


def saved(array: np.ndarray, version: tuple[int, int] | None = None) -> bytes:
    """The array as a .npy file of a certain version of the format."""
    memory = io.BytesIO()
    npy_format.write_array(memory, array, version=version)
    return memory.getvalue()


def test_arrays_of_every_dtype_are_read_bit_for_bit(program: Program) -> None:
    random = np.random.default_rng(5)
    arrays = [random.integers(0, 2 if name == "bool" else 100, (2, 3)).astype(name) for name in DTYPES]
    asked = [
        ("npy", name, "2,3", "", program.file(f"{name}.npy", array)) for name, array in zip(DTYPES, arrays, strict=True)
    ]
    expected = [f"2x3 {name}\t{array.tobytes().hex()}" for name, array in zip(DTYPES, arrays, strict=True)]
    assert program.answers(*asked) == expected


def test_every_version_of_the_format_and_every_rank_is_read(program: Program) -> None:
    scalar, vector = np.array(2.5, np.float32), np.arange(3, dtype=np.float32)
    fortran = np.asfortranarray(vector)  # Of one axis it is the same in both orders.
    asked = [
        ("npy", "float32", "", "", program.file("scalar.npy", scalar)),
        ("npy", "float32", "3", "", program.file("vector.npy", vector)),
        ("npy", "float32", "3", "", program.file("fortran.npy", fortran)),
        ("npy", "float32", "3", "", program.file("second.npy", saved(vector, (2, 0)))),
        ("npy", "float32", "3", "", program.file("third.npy", saved(vector, (3, 0)))),
        ("npy", "float32", "1,3", "0", program.file("batch.npy", np.ones((4, 3), np.float32))),
    ]
    numbers = f"3 float32\t{vector.tobytes().hex()}"
    ones = f"4x3 float32\t{np.ones((4, 3), np.float32).tobytes().hex()}"
    assert program.answers(*asked) == [f"scalar float32\t{scalar.tobytes().hex()}", *[numbers] * 4, ones]


def test_what_is_no_such_array_is_refused_by_name(program: Program) -> None:
    whole = saved(np.zeros((2, 3), np.float32))
    refused = {
        "other": (b"PK\x03\x04 no array at all", "other"),
        "empty": (b"", "other"),
        "magic": (whole[:8], "tooShort"),
        "header": (whole[:40], "tooShort"),
        "cut": (whole[:-1], "tooShort"),
        "long": (whole + b"\0", "tooLong"),
        "version": (whole[:6] + b"\x09" + whole[7:], "other"),
        "huge": (whole[:6] + b"\x02\x00\xff\xff\xff\xff" + whole[12:], "tooShort"),
        "negative": (whole.replace(b"(2, 3)", b"(-2,3)"), "other"),
        "order": (saved(np.asfortranarray(np.zeros((2, 3), np.float32))), "fortranOrder"),
        "dtype": (saved(np.zeros((2, 3))), 'dtype(found: "<f8"'),
        "big": (saved(np.zeros((2, 3), ">f4")), 'dtype(found: ">f4"'),
        "object": (whole.replace(b"'<f4'", b"'|O8'"), 'dtype(found: "|O8"'),
        "shape": (saved(np.zeros((3, 2), np.float32)), "shape(found: [3, 2]"),
        "rank": (saved(np.zeros(6, np.float32)), "shape(found: [6]"),
    }
    asked = [("npy", "float32", "2,3", "", program.file(f"{name}.npy", data)) for name, (data, _) in refused.items()]
    answers = dict(zip(refused, program.answers(*asked), strict=True))
    for name, (_, error) in refused.items():
        assert answers[name].startswith(f"error\t{error}"), (name, answers[name])


def test_made_up_numbers_are_what_every_model_can_take(program: Program) -> None:
    lines = program.answers(
        *(("random", name, "50,20", "") for name in DTYPES), *(("zeros", name, "2", "") for name in DTYPES)
    )
    for name, line in zip(DTYPES, lines, strict=False):
        described, digits = line.split("\t")
        numbers = np.frombuffer(bytes.fromhex(digits), np.uint8 if name == "bool" else name)
        assert described == f"50x20 {name}"
        assert numbers.size == 1000
        assert len(set(numbers.tolist())) > 1
        low, high = {"int8": (-128, 127), "uint8": (0, 255)}.get(name, (0, 1))
        assert low <= numbers.min(), name
        assert numbers.max() <= high, name
    for name, line in zip(DTYPES, lines[len(DTYPES) :], strict=True):
        assert line == f"2 {name}\t{bytes(2 * np.dtype(name).itemsize).hex()}"


def test_the_notice_is_shown_as_it_was_meant(program: Program) -> None:
    title = "Tom & Jerry's `x` <b> \\ [a](b) *c* #1 | 2"
    text = f"# Notice\n\nOne line,\nand `code` of the same paragraph.\n\n## {md_text(title)}\nEnds \\"
    blocks = json.loads(program.answers(("notice", program.file("NOTICE.md", text.encode())))[0])
    assert [(block["heading"], block["text"]) for block in blocks] == [
        ("yes", "Notice"),
        ("no", "One line, and code of the same paragraph."),
        ("yes", title),
        ("no", "Ends \\"),
    ]
