"""The manifest asks for no more than the app needs, the resources are whole, and the checks see what is not."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.android.build.resources import attribute, literal_texts, one_sided, unused, without_description
from tests.android.projects import MANY, Projects

CAMERA = ["android.permission.CAMERA"]
KINDS = ["demo", "numbers", MANY]  # A classifier, numbers only, and pictures with numbers.
COMPONENTS = ("activity", "service", "receiver", "provider")


def manifest(android: Projects, variant: str) -> ElementTree.Element:
    """As it stands in the APK: of all modules, merged."""
    return ElementTree.parse(android.compiled(variant).manifest).getroot()


def application(android: Projects, variant: str) -> ElementTree.Element:
    found = manifest(android, variant).find("application")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("variant", "permissions"),
    [("demo", ["android.permission.CAMERA"]), ("numbers", []), (MANY, [])],
)
def test_the_camera_is_all_that_is_asked_for(android: Projects, variant: str, permissions: list[str]) -> None:
    """And only where there is a live preview; a device without one can have the app."""
    root = manifest(android, variant)
    assert [attribute(element, "name") for element in root.findall("uses-permission")] == permissions
    features = {attribute(element, "name"): attribute(element, "required") for element in root.findall("uses-feature")}
    assert all(required == "false" for required in features.values())
    assert ("android.hardware.camera" in features) == bool(permissions)


@pytest.mark.parametrize("variant", KINDS)
def test_only_the_screen_that_others_may_open_is_exported(android: Projects, variant: str) -> None:
    components = [element for name in COMPONENTS for element in application(android, variant).iter(name)]
    exported = {attribute(element, "name"): attribute(element, "exported") for element in components}
    app_id = android.compiled(variant).app_id
    assert exported.pop(f"{app_id}.MainActivity") == "true"
    assert set(exported.values()) == {"false"}


@pytest.mark.parametrize("variant", KINDS)
def test_nothing_of_the_app_is_backed_up_or_moved_to_another_phone(android: Projects, variant: str) -> None:
    """By each of the three ways, of which an Android version knows one or two."""
    app = application(android, variant)
    assert attribute(app, "allowBackup") == "false"
    assert attribute(app, "fullBackupContent") == "false"
    assert attribute(app, "dataExtractionRules") == "@xml/data_extraction_rules"
    rules = android.folder(variant) / "app/src/main/res/xml/data_extraction_rules.xml"
    root = ElementTree.parse(rules).getroot()
    for way in ("cloud-backup", "device-transfer"):
        section = root.find(way)
        assert section is not None
        domains = {exclude.get("domain") for exclude in section.findall("exclude")}
        assert {"root", "file", "database", "sharedpref", "external"} <= domains


@pytest.mark.parametrize("variant", KINDS)
def test_back_is_predictive_and_the_icon_adaptive(android: Projects, variant: str) -> None:
    app = application(android, variant)
    assert attribute(app, "enableOnBackInvokedCallback") == "true"
    assert attribute(app, "supportsRtl") == "true"
    assert attribute(app, "debuggable") is None, "the build type decides"
    icon = attribute(app, "icon")
    assert icon == "@mipmap/ic_launcher"
    adaptive = android.folder(variant) / "app/src/main/res/mipmap-anydpi-v26/ic_launcher.xml"
    assert {element.tag for element in ElementTree.parse(adaptive).getroot()} >= {
        "background",
        "foreground",
        "monochrome",
    }


@pytest.mark.parametrize("variant", KINDS)
def test_resources_are_used_translatable_and_described(android: Projects, variant: str) -> None:
    project = android.folder(variant)
    assert unused(project) == []
    assert literal_texts(project) == []
    assert without_description(project) == []
    assert one_sided(project) == []


@pytest.mark.parametrize("variant", KINDS)
def test_every_screen_has_a_light_and_a_dark_theme(android: Projects, variant: str) -> None:
    resources = android.folder(variant) / "app/src/main/res"
    names = {}
    for folder in ("values", "values-night"):
        root = ElementTree.parse(resources / folder / "colors.xml").getroot()
        names[folder] = {element.get("name"): element.text for element in root}
    assert names["values-night"], "no dark colours"
    assert names["values-night"].keys() <= names["values"].keys()
    assert all(names["values"][name] != color for name, color in names["values-night"].items())


LAYOUT = """<LinearLayout xmlns:android="http://schemas.android.com/apk/res/android" android:id="@+id/root">
  <TextView android:text="Hello" android:layout_marginLeft="4dp" android:textColor="@color/ink"/>
  <ImageView android:id="@+id/photo" android:src="@drawable/frame"/>
  <ImageView android:importantForAccessibility="no" android:paddingStart="4dp"/>
</LinearLayout>"""
VALUES = """<resources>
  <string name="used">a</string><string name="old">b</string><!-- @string/old -->
  <color name="ink">#000000</color><style name="App" parent="Base.App"/><style name="Base.App"/>
  <string-array name="list"><item>@string/used</item></string-array>
</resources>"""


def test_the_checks_see_what_is_wrong(tmp_path: Path) -> None:
    resources = tmp_path / "app/src/main/res"
    files = {"layout/main.xml": LAYOUT, "values/all.xml": VALUES, "drawable-v24/frame.xml": "<shape/>"}
    for name, text in files.items():
        (resources / name).parent.mkdir(parents=True)
        (resources / name).write_text(text)
    code = tmp_path / "app/src/main/java/A.java"
    code.parent.mkdir(parents=True)
    code.write_text("class A { int layout = R.layout.main; int list = R.array.list; }")
    for module in ("app", "model"):
        (tmp_path / module / "src/main").mkdir(parents=True, exist_ok=True)
        (tmp_path / module / "src/main/AndroidManifest.xml").write_text('<manifest a="@style/App"/>')
    assert unused(tmp_path) == ["string/old"]
    assert literal_texts(tmp_path) == ["main.xml: TextView: text='Hello'"]
    assert without_description(tmp_path) == ["main.xml: @+id/photo"]
    assert one_sided(tmp_path) == ["main.xml: TextView: layout_marginLeft"]
