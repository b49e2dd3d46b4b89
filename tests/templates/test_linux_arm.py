"""Every kind of linux-arm project is built for real, tests itself, and answers as Python does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import numpy as np
import pytest

from edgegen.tools.cmake import CMake
from tests.templates.projects import COFFEE, LABELS, Project, assert_same_answer, build, python_runner, texts
from tests.toolchains import need

FLOAT_TOLERANCE = 1e-4


def test_the_demo_project_passes_its_own_tests_and_knows_the_coffee(demo: Project) -> None:
    done = demo.ctest()
    assert done.returncode == 0, done.stdout
    (result,) = demo.run(COFFEE)["results"]
    assert result["top"][0]["label"] == "espresso"
    assert 0.94 < result["top"][0]["probability"] < 0.97
    assert set(result["milliseconds"]) == {"decode", "preprocess", "forward", "postprocess"}


def test_the_aarch64_program_passes_its_tests_and_answers_as_the_native_one(demo: Project, demo_folder: Path) -> None:
    need("qemu-aarch64-static")
    arm = build(demo_folder, "aarch64")
    done = arm.ctest()
    assert done.returncode == 0, done.stdout
    # The document is the same; the sums of another CPU's kernels differ in the last bits.
    assert_same_answer(arm.run(COFFEE), demo.run(COFFEE), FLOAT_TOLERANCE)


def test_run_py_answers_as_the_program(demo: Project, many: Project) -> None:
    assert_same_answer(demo.run(COFFEE), python_runner(demo.folder, COFFEE), FLOAT_TOLERANCE)
    goldens = many.folder / "generated" / "goldens"
    extra = f"extra={goldens / 'tall.extra.tensor.npy'}"
    inputs = [f"left={COFFEE}", f"right={goldens / 'tall.jpg'}", extra]
    python = python_runner(many.folder, *[word for item in inputs for word in ("--input", item)])
    assert_same_answer(many.run(*inputs), python, FLOAT_TOLERANCE)


def test_several_inputs_and_outputs_of_every_kind(many: Project) -> None:
    done = many.ctest()
    assert done.returncode == 0, done.stdout
    goldens = many.folder / "generated" / "goldens"
    index = json.loads((goldens / "index.json").read_text(encoding="utf-8"))
    (case, *_) = index["cases"]
    inputs = [f"{name}={goldens / case['photo']}" for name in ("left", "right")]
    inputs.append(f"extra={goldens / case['inputs']['extra'][-1]['file']}")
    (result,) = many.run(*inputs)["results"]
    expected = {name: np.load(goldens / entry["file"]) for name, entry in case["outputs"].items()}
    assert set(result["outputs"]) == {"best", "positive", "total"}
    assert result["outputs"]["best"] == {"shape": [1], "values": expected["best"].tolist()}
    assert result["outputs"]["positive"]["values"] == expected["positive"].flatten().tolist()
    assert result["outputs"]["total"]["values"] == pytest.approx(expected["total"].tolist(), rel=1e-5)
    scores = 1 / (1 + np.exp(-expected["scores"].flatten()))
    best = int(scores.argmax())
    assert result["top"][0]["index"] == best
    assert result["top"][0]["probability"] == pytest.approx(float(scores[best]), abs=1e-5)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["photo.jpg"], "pictures can be for input left or right"),
        (["--input", "left=a.jpg"], "input right has no file"),
        (["--input", "middle=a.jpg"], 'there is no input "middle"; there are: left, right, extra'),
        (["--input", "left"], "is not NAME=FILE"),
        (["--input", "left=a", "--input", "left=b"], "input left is given twice"),
        (["--top"], "--top needs a value"),
    ],
)
def test_a_wrong_command_line_is_exit_code_2(many: Project, given: list[str], message: str) -> None:
    done = many.call(*given)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert not done.stdout


def test_a_name_that_is_hard_on_every_format(hostile: Project, tmp_path: Path) -> None:
    done = hostile.ctest()
    assert done.returncode == 0, done.stdout
    reading = tmp_path / "reading.npy"
    values = np.linspace(-1, 1, 16, dtype=np.float32).reshape(1, 16)
    np.save(reading, values)
    (result,) = hostile.run(f"x={reading}")["results"]
    assert result["input"] == str(reading)
    assert [len(output["values"]) for output in result["outputs"].values()] == [4]


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.zeros((1, 16), np.float64), "holds 1x16 float64, input x needs 1x16 float32"),
        (np.zeros((16,), np.float32), "holds 16 float32"),
        (np.zeros((1, 16), ">f4"), "little endian"),
    ],
)
def test_a_wrong_npy_is_exit_code_3(hostile: Project, tmp_path: Path, array: np.ndarray, message: str) -> None:  # type: ignore[type-arg]
    path = tmp_path / "wrong.npy"
    np.save(path, array)
    done = hostile.call("--input", f"x={path}")
    assert done.returncode == 3
    assert message.lower() in done.stderr.lower()
    assert str(path) in done.stderr


def test_labels_come_out_as_they_went_in(small: Project) -> None:
    done = small.ctest()
    assert done.returncode == 0, done.stdout
    document = json.loads(small.call("--json", "--top", "99", COFFEE).stdout)
    assert sorted(item["label"] for item in document["results"][0]["top"]) == sorted(LABELS)


def test_results_come_in_the_order_of_the_photos_and_the_benchmark_measures(small: Project) -> None:
    goldens = small.folder / "generated" / "goldens"
    photos = [goldens / "tall.jpg", COFFEE, goldens / "palette.png", COFFEE]
    document = json.loads(small.call("--json", "--benchmark", "5", "--threads", "1", *photos).stdout)
    assert [item["input"] for item in document["results"]] == [str(photo) for photo in photos]
    assert document["results"][1]["top"] == document["results"][3]["top"]
    assert all(item["milliseconds"]["forward"] > 0 for item in document["results"])


def test_a_bad_photo_among_good_ones_prints_no_half_document(small: Project) -> None:
    done = small.call("--json", COFFEE, small.folder / "README.md")
    assert (done.returncode, done.stdout) == (3, "")
    assert "README.md" in done.stderr


@pytest.mark.parametrize("damage", ["truncated", "flipped", "empty", "lfs", "missing"])
def test_a_damaged_model_is_exit_code_4(small: Project, tmp_path: Path, damage: str) -> None:
    model = bytearray((small.folder / "generated" / "model.pte").read_bytes())
    path = tmp_path / "model.pte"
    if damage == "truncated":
        path.write_bytes(model[:-100])
    elif damage == "flipped":
        model[len(model) // 3] ^= 0x40
        path.write_bytes(model)
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "lfs":
        path.write_text("version https://git-lfs.github.com/spec/v1\n", encoding="utf-8")
    done = small.call("--model", path, COFFEE)
    assert done.returncode == 4
    assert done.stderr.startswith(f"error: {path}: ")
    assert done.stderr.count("\n") == 1


def test_the_archive_needs_nothing_of_this_machine_but_the_c_and_cpp_libraries(demo: Project, tmp_path: Path) -> None:
    readelf = need("readelf")
    cpack = CMake().require().with_name("cpack")
    subprocess.run([str(cpack), "--preset", "native"], cwd=demo.folder, check=True, capture_output=True)
    (archive,) = (demo.build / "package").glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    (board,) = tmp_path.iterdir()
    inside = {path.name for path in (board / "lib").iterdir()}
    system = {"libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "libdl.so.2", "libpthread.so.0"}
    for file in [board / "bin" / "hello", *(board / "lib").iterdir()]:
        dynamic = subprocess.run([readelf, "-d", str(file)], capture_output=True, text=True, check=True).stdout
        needed = set(re.findall(r"NEEDED.*\[(.*)\]", dynamic))
        assert {name for name in needed if not name.startswith("ld-linux")} <= inside | system
        if file.name == "hello":
            assert re.findall(r"RUNPATH.*\[(.*)\]", dynamic) == ["$ORIGIN/../lib"]
    done = subprocess.run(
        [str(board / "bin" / "hello"), str(COFFEE)], capture_output=True, text=True, env={}, check=True
    )
    assert "espresso" in done.stdout


def test_under_the_sanitizers_good_and_bad_files_end_as_documented(small: Project, tmp_path: Path) -> None:
    folder = tmp_path / "sanitized"
    cmake = str(CMake().require())
    cache = (small.build / "CMakeCache.txt").read_text(encoding="utf-8")
    (sdk,) = re.findall(r"^EXECUTORCH_ROOT:[A-Z]+=(.*)$", cache, re.MULTILINE)
    configure = [cmake, "--preset", "native", "-B", str(folder), "-DSMALL_SANITIZE=ON", f"-DEXECUTORCH_ROOT={sdk}"]
    subprocess.run([*configure, "-DCMAKE_BUILD_TYPE=Debug"], cwd=small.folder, check=True, capture_output=True)
    subprocess.run([cmake, "--build", str(folder), "--target", "small_program"], check=True, capture_output=True)
    sanitized = Project(small.folder, "native", folder / "bin" / "small")
    photo = bytearray(COFFEE.read_bytes())
    broken = tmp_path / "broken.jpg"
    random = np.random.default_rng(0)
    codes = set()
    for _ in range(40):
        damaged = bytearray(photo[: random.integers(1, len(photo))])
        for position in random.integers(0, len(damaged), 8):
            damaged[position] = random.integers(256)
        broken.write_bytes(damaged)
        done = sanitized.call(broken)
        assert "Sanitizer" not in done.stderr
        assert "runtime error" not in done.stderr
        codes.add(done.returncode)
    assert codes <= {0, 3}
    assert 3 in codes
    assert sanitized.call("--json", COFFEE).returncode == 0


def test_no_template_text_is_left_and_generated_files_say_so(
    demo: Project, small: Project, many: Project, hostile: Project
) -> None:
    written = ["CMakeLists.txt", "*.cpp", "*.h", "*.md", "*.cmake", "*.py", "*.json", "*.toml"]
    for project in (demo, small, many, hostile):
        source = project.folder.parent / f"{project.folder.name}-source"
        unread = shutil.ignore_patterns("build", "kernels", "decode", "io")  # copied as they are, and full of C++
        shutil.copytree(project.folder, source, ignore=unread)
        for path, text in texts(source, written).items():
            assert not re.search(r"cookiecutter|\{\{|\{%|jinja", text), path
            assert not re.search(r"[ \t]+$", text, re.MULTILINE), path
            if path.parent.name == "generated" and path.suffix in (".cpp", ".h", ".py", ".cmake"):
                assert "Generated from edgegen.toml" in "".join(text.splitlines(keepends=True)[:2]), path
        shutil.rmtree(source)


def test_at_most_some_twenty_entries_to_understand(demo_folder: Path) -> None:
    names = [path.name for path in demo_folder.iterdir() if path.name not in (".edgegen", "build")]
    assert len(names) <= 20
