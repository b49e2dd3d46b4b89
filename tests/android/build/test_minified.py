"""What R8 makes of a project with the rules that it ships. (That the result runs is tested in tests/android/run.)"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.android.build.apk import build_apk
from tests.android.build.minified import minified_dex, minify, rule_files
from tests.android.projects import Projects

# What the runtimes' native libraries look up by name, as far as it is known (executorch#22174).
BY_NAME = {
    "demo": ("org/pytorch/executorch/Module", "org/pytorch/executorch/EValue", "org/pytorch/executorch/Tensor"),
    "demo-onnx": ("ai/onnxruntime/OnnxTensor", "ai/onnxruntime/TensorInfo", "ai/onnxruntime/OrtException"),
    "demo-torchscript": ("org/pytorch/IValue", "org/pytorch/Tensor", "org/pytorch/DType"),
}


def classes_of(jar: Path) -> set[str]:
    with zipfile.ZipFile(jar) as archive:
        return {name.removesuffix(".class") for name in archive.namelist() if name.endswith(".class")}


@pytest.mark.parametrize("variant", BY_NAME)
def test_what_native_code_looks_up_keeps_its_name_and_the_rest_does_not(android: Projects, variant: str) -> None:
    minified = android.minified(variant)
    left = classes_of(minified.classes)
    assert set(BY_NAME[variant]) <= left
    assert "com/example/hello/MainActivity" in left
    own = {name for name in left if name.startswith(("com/example/hello/", "edgegen/"))}
    assert len(own) < 12, own
    removed = minified.usage.read_text(encoding="utf-8")
    for name in BY_NAME[variant]:
        package = name.rpartition("/")[0].replace("/", ".")
        lines = [line for line in removed.splitlines() if line.startswith(f"{package}.")]
        assert not lines, "members of the runtime were removed"


def test_without_the_models_rules_the_runtime_would_be_stripped(android: Projects, tmp_path: Path) -> None:
    """The rules are needed: else the test above could not fail."""
    compiled = android.compiled("demo")
    rules = [path for path in rule_files(compiled) if path.name != "consumer-rules.pro"]
    assert len(rules) == len(rule_files(compiled)) - 1
    (tmp_path / "compilers.pro").write_text("-dontwarn org.jspecify.annotations.**\n", encoding="utf-8")
    left = classes_of(minify(compiled, tmp_path, [*rules, tmp_path / "compilers.pro"]).classes)
    assert not set(BY_NAME["demo"]) <= left


def test_a_shrunk_apk_is_built_and_smaller(android: Projects, tmp_path: Path) -> None:
    compiled = android.compiled("demo")
    dex = minified_dex(compiled, tmp_path / "dex")
    shrunk = build_apk(compiled, tmp_path / "apk", dex=dex)
    assert shrunk.overhead_bytes() < android.apk("demo").overhead_bytes()
    code = sum(path.stat().st_size for path in dex.glob("*.dex"))
    assert code < 0.8 * sum(path.stat().st_size for path in android.apk("demo").dex.glob("*.dex"))
