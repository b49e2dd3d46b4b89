"""Every kind of project compiles without a warning and becomes an APK that Android would take."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from tests.android.build.apk import STORED
from tests.android.build.programs import BuildError, find, java, javac, run
from tests.android.build.project import MIN_SDK, TARGET_SDK, compile_project
from tests.android.projects import HOSTILE_NAME, MANY, VARIANTS, Projects

MOST_BYTES = 200_000


@pytest.mark.parametrize(
    "variant", [*(name for name in VARIANTS if name != "small"), MANY]
)  # `hostile` has the same model
def test_a_project_becomes_a_small_signed_aligned_apk(android: Projects, variant: str) -> None:
    """Signed and aligned: apksigner and zipalign have verified it, or there would be no APK."""
    apk = android.apk(variant)
    assert apk.overhead_bytes() <= MOST_BYTES
    entries = apk.entries()
    assert {"AndroidManifest.xml", "resources.arsc", "classes.dex"} <= entries.keys()
    (model,) = (name for name in entries if name.startswith("assets/model."))
    for name in (model, "resources.arsc"):
        assert entries[name].compress_type == zipfile.ZIP_STORED, name
    generated = android.folder(variant) / "generated" / Path(model).name
    with zipfile.ZipFile(apk.path) as archive:
        assert archive.read(model) == generated.read_bytes()
        assert archive.read("assets/NOTICE.md") == (android.folder(variant) / "NOTICE.md").read_bytes()
    assert model.endswith(STORED[:-1])


@pytest.mark.parametrize("variant", ["demo", "hostile"])
def test_android_reads_the_apk_as_it_was_meant(android: Projects, variant: str) -> None:
    """By aapt2's own reading of the finished file."""
    printed = run(find("aapt2"), "dump", "badging", android.apk(variant).path)
    compiled = android.compiled(variant)
    assert f"package: name='{compiled.app_id}' versionCode='1' versionName='1.0'" in printed
    assert f"sdkVersion:'{MIN_SDK}'" in printed
    assert f"targetSdkVersion:'{TARGET_SDK}'" in printed
    assert f"launchable-activity: name='{compiled.app_id}.MainActivity'" in printed
    assert re.findall(r"uses-permission: name='(.*?)'", printed) == ["android.permission.CAMERA"]
    (label,) = re.findall(r"^application-label:'(.*)'$", printed, re.MULTILINE)
    assert label.replace('\\"', '"') == ("hello" if variant == "demo" else HOSTILE_NAME)


def test_a_warning_fails_the_compilation(tmp_path: Path) -> None:
    source = tmp_path / "A.java"
    source.write_text("class A { java.util.List raw; }\n")
    with pytest.raises(BuildError, match=r"\[rawtypes\]"):
        javac([source], [], tmp_path / "out")


def test_a_failing_program_says_so_in_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="Could not find or load main class Nothing"):
        java([tmp_path], "Nothing")
    with pytest.raises(BuildError, match="no-such-program is not on this machine"):
        find("no-such-program")


def test_a_package_in_a_manifest_is_refused_as_agp_refuses_it(android: Projects, tmp_path: Path) -> None:
    manifest = android.folder("numbers") / "app/src/main/AndroidManifest.xml"
    original = manifest.read_text(encoding="utf-8")
    try:
        manifest.write_text(original.replace("<manifest ", '<manifest package="a.b" ', 1), encoding="utf-8")
        with pytest.raises(BuildError, match="AGP 8 takes the package from `namespace`"):
            compile_project(android.folder("numbers"), tmp_path)
    finally:
        manifest.write_text(original, encoding="utf-8")
