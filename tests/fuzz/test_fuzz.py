"""The decoder, the orientation parser and the .npy reader under libFuzzer, AddressSanitizer and UBSan.

A bounded number of runs from a fixed seed: the same inputs every time. To search for longer, run a target by hand on a
folder of its own; a crash prints the file that reproduces it.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.decode.pictures import tiff, write_all
from tests.decode.programs import build
from tests.decode.test_damaged import jpeg_seeds, png_seeds
from tests.toolchains import missing, need

# Not -rss_limit_mb: Linux counts in a new process's peak what the process that started it had, and pytest has much.
MEMORY = ("-rss_limit_mb=0", "-malloc_limit_mb=64")
HERE = Path(__file__).resolve().parent


def clang() -> str:
    """A clang++ that links libFuzzer."""
    versions = [f"clang++-{version}" for version in range(30, 10, -1)]
    program = 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }'
    for name in filter(None, map(shutil.which, ["clang++", *versions])):
        command = [name, "-x", "c++", "-", "-fsanitize=fuzzer,address,undefined", "-o", os.devnull]
        if subprocess.run(command, input=program, capture_output=True, text=True, check=False).returncode == 0:
            return name
    return missing("no clang with libFuzzer is on this machine; `make setup` installs it where it can")


@pytest.fixture(scope="session")
def targets() -> Path:
    """The folder with the built targets."""
    need("ninja")
    return build("fuzz", HERE, f"-DCMAKE_CXX_COMPILER={clang()}")


def corpus(target: str) -> dict[str, bytes]:
    """What the search starts from: whole files of every kind."""
    if target == "fuzz_decode":
        return jpeg_seeds() | png_seeds()
    if target == "fuzz_npy":
        seeds = {}
        for dtype in ("float32", "float16", "uint8", "int64", "bool"):
            for version in ((1, 0), (2, 0), (3, 0)):
                out = io.BytesIO()
                np.lib.format.write_array(out, np.ones((1, 3, 2), dtype), version=version)
                seeds[f"{dtype} {version}"] = out.getvalue()
        return seeds
    other = b"\x0f\x01\x02\x00\x04\x00\x00\x00\x08\x00\x00\x00"
    blocks = [tiff(6), tiff(6, order=">"), tiff((6, 1), kind=5), tiff(6.0, kind=12), tiff(6, extra=[other])]
    seeds = {f"exif {i}": b"\1Exif\0\0" + block for i, block in enumerate(blocks)}
    seeds["profile"] = b"\2\nexif\n  26\n" + tiff(6).hex().encode()
    seeds["xmp"] = b'\4<x tiff:Orientation="6"/><tiff:Orientation>3</tiff:Orientation>'
    return seeds


@pytest.mark.parametrize(
    ("target", "runs"), [("fuzz_decode", 100_000), ("fuzz_orientation", 200_000), ("fuzz_npy", 200_000)]
)
def test_any_bytes(targets: Path, tmp_path: Path, target: str, runs: int) -> None:
    write_all(tmp_path / "corpus", {str(i): data for i, data in enumerate(corpus(target).values())})
    options = [f"-runs={runs}", "-seed=20261122", "-max_len=4096", "-timeout=20", *MEMORY]
    options += [f"-artifact_prefix={tmp_path}/", "-print_final_stats=1", "-max_total_time=120"]
    done = subprocess.run(
        [str(targets / target), *options, str(tmp_path / "corpus")],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-6000:]
    (executed,) = re.findall(r"stat::number_of_executed_units: (\d+)", done.stderr)
    # Fewer runs mean that the time ran out on a slow machine; almost none would prove nothing.
    assert int(executed) > runs // 10
