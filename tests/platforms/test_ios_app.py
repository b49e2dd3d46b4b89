"""The app for every kind of spec: the screens that it needs, nothing that it does not; its texts and resources."""

from __future__ import annotations

import json
import plistlib
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from edgegen.paths import data_dir
from edgegen.platforms import ios_app
from edgegen.render.engine import render
from edgegen.spec.model_spec import (
    Activation,
    AppSection,
    ClassificationOutput,
    ExportSection,
    ImageInput,
    Input,
    ModelSection,
    ModelSpec,
    Output,
    TensorInput,
    TensorOutput,
)

IOS = data_dir("templates") / "ios"
PHOTO = ImageInput("photo", (1, 3, 24, 24))
NUMBERS = TensorInput("n", (1, 5))
SCORES = ClassificationOutput("scores")
VALUES = TensorOutput("y", (1, 4))
CLASSIFIER = ((PHOTO,), (SCORES,))
KINDS: dict[str, tuple[tuple[Input, ...], tuple[Output, ...]]] = {
    "classifier": CLASSIFIER,
    "numbers": ((NUMBERS,), (VALUES,)),
    "pictures": ((PHOTO,), (VALUES,)),
    "ranked": ((NUMBERS,), (SCORES,)),
    "mixed": ((PHOTO, NUMBERS), (SCORES, VALUES)),
}
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
# Literals that nobody sees: names of symbols, of keys, of files and queues, and texts that are shown as they are.
_UNSEEN = re.compile(
    r'(?:systemImage|systemName|verbatim|forInfoDictionaryKey|forResource|label): "[^"]*"|Array\("NUMPY"'
)


def spec_of(
    inputs: tuple[Input, ...], outputs: tuple[Output, ...], runtime: str = "coreml", target: str | None = None
) -> ModelSpec:
    app = AppSection("ios", "any", "org.some.where", deployment_target=target)
    return ModelSpec(ModelSection("nets:any"), inputs, outputs, app, ExportSection(runtime))


def rendered(spec: ModelSpec, into: Path) -> Path:
    """The app's folder alone."""
    context: dict[str, Any] = {"slug": "tom", "product": "Tom", "name": "any", **ios_app.context(spec)}
    render([IOS / name for name in ios_app.overlays(spec)], context, {}, into)
    return into / "Tom"


def swift_text(app: Path) -> str:
    """All sources, without comments."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in sorted(app.glob("*.swift")))
    return re.sub(r"^\s*//.*$", "", sources, flags=re.M)


def test_a_classifier_has_a_camera_and_no_tables_of_numbers(tmp_path: Path) -> None:
    names = {path.name for path in rendered(spec_of(*CLASSIFIER), tmp_path).iterdir()}
    assert {"CameraFeed.swift", "LiveView.swift", "PhotoSession.swift", "CameraRotation.swift"} <= names
    assert not names & {"RunSession.swift", "NpyFile.swift", "Info.plist", "ValuesView.swift"}


def test_tensors_have_files_and_no_camera(tmp_path: Path) -> None:
    names = {path.name for path in rendered(spec_of(*KINDS["numbers"]), tmp_path).iterdir()}
    assert {"RunSession.swift", "NpyFile.swift", "Info.plist", "ValuesView.swift"} <= names
    assert not {name for name in names if "Camera" in name or "Picture" in name or "Ranking" in name}
    assert "InfoPlist.xcstrings" not in names  # Nothing is asked of the person.


def test_every_kind_of_input_and_output_has_its_own_row(tmp_path: Path) -> None:
    names = {path.name for path in rendered(spec_of(*KINDS["mixed"]), tmp_path).iterdir()}
    assert {"NumbersRow.swift", "PictureRow.swift", "ValuesView.swift", "RankingSummary.swift"} <= names
    text = swift_text(tmp_path / "Tom")
    assert 'static let pictures: Set<String> = ["photo"]' in text
    assert 'static let rankings: Set<String> = ["scores"]' in text


def test_ios_16_has_its_own_way_to_turn_frames_and_17_has_no_trace_of_it() -> None:
    older = ios_app.overlays(spec_of(*CLASSIFIER))
    newer = ios_app.overlays(spec_of(*CLASSIFIER, runtime="executorch"))
    chosen = ios_app.overlays(spec_of(*CLASSIFIER, target="17.2"))
    assert "app-rotation-16" in older
    assert "app-rotation-17" in newer
    assert newer == chosen
    newest = next((IOS / "app-rotation-17").rglob("*.swift")).read_text(encoding="utf-8")
    assert "#available" not in newest
    assert "UIDevice" not in newest


@pytest.mark.parametrize(("activation", "overlay"), [("softmax", "app-shares"), ("none", "app-scores")])
def test_raw_scores_are_shown_as_numbers_without_a_bar(activation: Activation, overlay: str) -> None:
    found = ios_app.overlays(spec_of((PHOTO,), (ClassificationOutput("scores", activation=activation),)))
    assert [name for name in found if name in ("app-shares", "app-scores")] == [overlay]


@pytest.mark.parametrize("kind", KINDS)
def test_the_strings_catalogue_has_every_text_and_nothing_else(kind: str, tmp_path: Path) -> None:
    app = rendered(spec_of(*KINDS[kind]), tmp_path)
    catalogue = json.loads((app / "Localizable.xcstrings").read_text(encoding="utf-8"))
    assert catalogue["sourceLanguage"] == "en"
    assert catalogue["version"] == "1.0"
    assert all(entry["comment"] for entry in catalogue["strings"].values())
    # What is put in is an object to the catalogue: %@.
    literals = {
        re.sub(r"\\\((?:[^()]|\([^()]*\))*\)", "%@", literal).replace('\\"', '"')
        for literal in _LITERAL.findall(_UNSEEN.sub("", swift_text(app)))
    }
    # Every text for a person begins with a capital letter, or with what is put in.
    assert {text for text in literals if text[:1].isupper()} == {key for key in catalogue["strings"] if key[0] != "%"}
    assert set(catalogue["strings"]) <= literals


@pytest.mark.parametrize("kind", KINDS)
def test_resources_are_what_xcode_reads(kind: str, tmp_path: Path) -> None:
    app = rendered(spec_of(*KINDS[kind]), tmp_path)
    privacy = plistlib.loads((app / "PrivacyInfo.xcprivacy").read_bytes())
    assert privacy["NSPrivacyTracking"] is False
    assert privacy["NSPrivacyCollectedDataTypes"] == []
    if (app / "Info.plist").exists():
        declared = plistlib.loads((app / "Info.plist").read_bytes())["UTImportedTypeDeclarations"]
        identifiers = [item["UTTypeIdentifier"] for item in declared]
        assert re.findall(r'importedAs: "(.*)"', swift_text(app)) == identifiers
    for contents in app.rglob("Contents.json"):
        document = json.loads(contents.read_text(encoding="utf-8"))
        for image in document.get("images", []):
            with Image.open(contents.parent / image["filename"]) as icon:
                assert icon.size == (1024, 1024)
                opaque = "appearances" not in image
                assert (icon.mode == "RGB") == opaque  # The App Store refuses a see-through icon.


@pytest.mark.parametrize("kind", ["classifier", "pictures"])
def test_what_the_system_asks_is_the_same_in_the_settings_and_in_the_catalogue(kind: str, tmp_path: Path) -> None:
    spec = spec_of(*KINDS[kind])
    app = rendered(spec, tmp_path)
    strings = json.loads((app / "InfoPlist.xcstrings").read_text(encoding="utf-8"))["strings"]
    shown = {key: entry["localizations"]["en"]["stringUnit"]["value"] for key, entry in strings.items()}
    lines = (line.removeprefix("INFOPLIST_KEY_").split(" = ", 1) for line in ios_app.usage_settings(spec))
    assert shown == dict(lines)


@pytest.mark.parametrize(("side", "preset"), [(224, "vga640x480"), (512, "hd1280x720"), (1000, "hd1920x1080")])
def test_the_camera_gives_at_least_what_the_model_sees(side: int, preset: str, tmp_path: Path) -> None:
    app = rendered(spec_of((ImageInput("photo", (1, 3, side, side)),), (SCORES,)), tmp_path)
    assert f"AVCaptureSession.Preset.{preset}\n" in (app / "CameraFeed.swift").read_text(encoding="utf-8")


@pytest.mark.parametrize("overlay", sorted(path.name for path in IOS.glob("app*")))
def test_sources_say_their_licence_and_force_nothing(overlay: str) -> None:
    for path in (IOS / overlay).rglob("*.swift"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("// SPDX-License-Identifier: MIT-0\n"), path
        assert not re.search(r"try!|as!|[\w)\]]!(?![=\w])", re.sub(r'"(?:[^"\\]|\\.)*"|//.*', "", text)), path
