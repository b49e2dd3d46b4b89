"""The Swift of every variant, app and adapters, as Xcode would take it: Swift 6, strict concurrency, no warnings.

Apple's modules are stubs whose names `test_stub_names.py` holds against Apple's headers. That the check sees mistakes
is shown by making some.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TypeAlias

import pytest

from edgegen.paths import data_dir
from edgegen.spec.deployment import ios_target
from tests.ios.check import availability
from tests.ios.check.conftest import Kits
from tests.ios.check.typecheck import (
    TORCH,
    CheckError,
    check_app,
    check_modelkit,
    compile_module,
    kit_files,
    swift_files,
)
from tests.ios.check.variants import PRODUCT, VARIANTS, Projects
from tests.ios.stubs import stubs
from tests.swift.toolchain import need_swift, run_swift

Mistakes: TypeAlias = dict[str, tuple[str, str, str]]

PODS = [name for name in VARIANTS if "pods" in name or name == "torchscript"]
PACKAGES = [name for name in VARIANTS if name not in PODS]


@pytest.mark.parametrize("variant", PACKAGES)
def test_an_app_and_its_package_compile(variant: str, kits: Kits, tmp_path: Path) -> None:
    check_app(kits.rendered.folder(variant) / PRODUCT, kits.module(variant), tmp_path)


@pytest.mark.parametrize("variant", PODS)
def test_an_app_and_its_pod_compile(variant: str, kits: Kits, tmp_path: Path) -> None:
    check_app(kits.rendered.folder(variant) / PRODUCT, kits.module(variant, pod=True), tmp_path)


# By the pass of the compiler that sees them: it stops after one that found something.
TYPES = {
    "a label of an argument": ("PhotoSession.swift", "classify(photo, top:", "classify(photo, count:"),
    "a type": ("CameraFeed.swift", "orientation: orientation, top:", "orientation: 6, top:"),
    "an unknown member": ("CameraFeed.swift", "session.startRunning()", "session.start()"),
    "an unknown modifier": ("ContentView.swift", ".scaledToFit()", ".scaledToFits()"),
    "a value that is no view": ("ContentView.swift", 'ProgressView("Working…")', '"Working…"'),
    "a requirement that is not met": (
        "CameraPicker.swift",
        ": UIViewControllerRepresentable {",
        ": UIViewControllerRepresentable, PreviewProvider {",
    ),
    "a property that is not there": ("ResultsView.swift", "answer.labels", "answer.names"),
    "state that everybody changes": ("Answer.swift", "struct Answer", "var newest: Answer? = nil; struct Answer"),
    "a value that is shared and holds what must not be": (
        "Failure.swift",
        "let remedy: Remedy\n",
        "let remedy: Remedy; let view: NSObject? = nil\n",
    ),
    "work of the main actor elsewhere": (
        "CameraFeed.swift",
        "func hold(",
        "func flash() { UIApplication.shared.isIdleTimerDisabled = true }; func hold(",
    ),
}
EFFECTS = {
    "no try": ("CameraFeed.swift", "let labels = try classifier", "let labels = classifier"),
    "no await": ("PhotoSession.swift", "timings: await classifier.timings", "timings: classifier.timings"),
    "no try before await": ("PhotoSession.swift", "let labels = try await", "let labels = await"),
    "a result that is not used": ("PhotoSession.swift", "phase = .working\n", "phase = .working; source.map { $0 }\n"),
    "a case that is not handled": ("CameraError.swift", "        case .stopped: String", "        // String"),
}
RACE = {
    "what an actor still has is handed on": (
        "LiveSession.swift",
        "@MainActor\nfinal class LiveSession",
        "final class Counter { var count = 0 }\n"
        "actor Tally { func add(_ counter: Counter) { counter.count += 1 } }\n"
        "@MainActor final class Racing {\n    let counter = Counter()\n"
        "    func race(_ tally: Tally) async { await tally.add(counter); counter.count += 1 }\n}\n"
        "@MainActor\nfinal class LiveSession",
    ),
}


@pytest.mark.parametrize("mistakes", [TYPES, EFFECTS, RACE], ids=["types", "effects", "race"])
def test_mistakes_in_the_app_are_seen(mistakes: Mistakes, kits: Kits, tmp_path: Path) -> None:
    sources = tmp_path / "app"
    shutil.copytree(kits.rendered.folder("coreml") / PRODUCT, sources)
    places = _make(mistakes, sources)
    with pytest.raises(CheckError) as caught:
        check_app(sources, kits.module("coreml"), tmp_path)
    assert _unseen(places, str(caught.value)) == {}


KIT_TYPES = {
    "a label of Core ML's": ("ModelRunner.swift", "prediction(from: given)", "prediction(with: given)"),
    "a type of Core ML's": ("InputFeatures.swift", "MLFeatureValue(multiArray:", "MLFeatureValue(double:"),
    "a member of Core Graphics'": ("ImageReader.swift", "dataProvider?.data", "dataProvider?.bytes"),
    "a function of Core Video's": ("FrameReader.swift", "CVPixelBufferGetPixelFormatType(", "CVPixelBufferGetFormat("),
    "what is not Sendable crosses over": (
        "Classifier.swift",
        "    let session: ClassifierSession\n",
        "    let session: ClassifierSession\n"
        "    func taken(from other: Classifier) async -> ClassifierSession { await other.session }\n",
    ),
}


def test_mistakes_in_the_adapters_are_seen(rendered: Projects, tmp_path: Path) -> None:
    need_swift()
    kit = tmp_path / "ModelKit"
    shutil.copytree(rendered.folder("coreml") / "ModelKit", kit)
    places = _make(KIT_TYPES, kit)
    with pytest.raises(CheckError) as caught:
        check_modelkit(kit, tmp_path)
    assert _unseen(places, str(caught.value)) == {}


def _make(mistakes: Mistakes, folder: Path) -> dict[str, tuple[str, int, int]]:
    """Makes the mistakes in the files below a folder; gives the file and the lines of each."""
    places = {}
    for name, (file, old, new) in mistakes.items():
        [path] = folder.rglob(file)
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r} any more"
        assert new.count("\n") == old.count("\n") or len(mistakes) == 1 or name.startswith("what is not")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        first = text[: text.index(old)].count("\n") + 1
        places[name] = (file, first, first + new.count("\n"))
    return places


def _unseen(places: dict[str, tuple[str, int, int]], said: str) -> dict[str, tuple[str, int, int]]:
    """The mistakes that no error or warning names: in the file, at the line or just before it."""
    named = {(match[1], int(match[2])) for match in re.finditer(r"/(\w+\.swift):(\d+):\d+: (?:error|warning)", said)}
    return {
        name: (file, first, last)
        for name, (file, first, last) in places.items()
        if not any((file, line) in named for line in range(first - 4, last + 1))
    }


@pytest.mark.parametrize("variant", ["coreml", "coreml 17", "executorch"])
def test_nothing_in_the_app_is_newer_than_the_deployment_target(variant: str, kits: Kits, tmp_path: Path) -> None:
    target = float(ios_target(VARIANTS[variant]()))
    assert (
        _newer("App", swift_files(kits.rendered.folder(variant) / PRODUCT), target, tmp_path, kits.module(variant))
        == []
    )


def test_what_is_newer_is_seen(kits: Kits, tmp_path: Path) -> None:
    """By iOS 15's measure the app uses much that is too new; what stands behind `if #available` is let pass."""
    app = swift_files(kits.rendered.folder("coreml") / PRODUCT)
    found = "\n".join(_newer("App", app, 15.0, tmp_path, kits.module("coreml")))
    assert "'NavigationStack' is deprecated: needs iOS 16" in found
    assert "conformance of 'Data' to 'Transferable' is deprecated: needs iOS 16" in found
    assert "RotationCoordinator" in "".join(path.read_text(encoding="utf-8") for path in app)
    assert "RotationCoordinator" not in found


def test_nothing_in_the_adapters_is_newer_than_the_deployment_target(rendered: Projects, tmp_path: Path) -> None:
    need_swift()
    files, extra = kit_files(rendered.folder("coreml") / "ModelKit", pod=False)
    (tmp_path / "Bundle.swift").write_text(extra["Bundle.swift"], encoding="utf-8")
    assert _newer("ModelKit", [*files, tmp_path / "Bundle.swift"], 16.0, tmp_path) == []


def _newer(name: str, files: list[Path], oldest: float, work: Path, *seen: Path) -> list[str]:
    folder = stubs.build(oldest=oldest)
    said = compile_module(name, files, work, seen=seen, folder=folder, warnings=True)
    return availability.unguarded(said, work)


GUARDS = {
    "if #available(iOS 17, *) {\n    HERE\n}": True,
    "if #available(iOS 17.0, *), ready {\n    if more { HERE }\n}": True,
    "if #available(iOS 17, *) {\n} else {\n    HERE\n}": False,
    "if #available(iOS 16, *) {\n    HERE\n}": False,
    "func a() {\n    guard #available(iOS 17, *) else { return }\n    HERE\n}": True,
    "func a() {\n    guard #available(iOS 17, *) else {\n        HERE\n    }\n}": False,
    "@available(iOS 17.0, *)\nfinal class A {\n    func b() {\n        HERE\n    }\n}": True,
    "@available(iOS 17.0, *)\nfunc a(b: HERE) {}": True,
    "@available(iOS 17.0, *)\nfunc a() {}\nfunc b() {\n    HERE\n}": False,
    '// if #available(iOS 17, *) {\nlet text = "{ #available(iOS 17, *)"; HERE': False,
}


@pytest.mark.parametrize("code", GUARDS)
def test_a_guard_guards_what_it_encloses(code: str) -> None:
    before = code[: code.index("HERE")]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert availability.is_guarded(code, line, column, 17.0) is GUARDS[code]


def test_the_bridge_to_pytorch_is_what_its_header_says() -> None:
    """Swift sees TorchModule.h through Xcode only: `TorchModule.swift` stands for it here, name for name."""
    [header] = (data_dir("templates") / "ios" / "runtime-torchscript").rglob("TorchModule.h")
    text, swift = header.read_text(encoding="utf-8"), TORCH.read_text(encoding="utf-8")
    constants = re.findall(r"^ +TorchScalar(\w+),$", text, re.M)
    cases = re.findall(r"case (.*)", swift)[0].split(", ")
    assert [name[:1].lower() + name[1:] for name in constants] == cases
    members = [
        "initWithData:(NSData *)data",
        "shape:(NSArray<NSNumber *> *)shape",
        "scalar:(TorchScalar)scalar",
        "NSData *data;",
        "NSArray<NSNumber *> *shape;",
        "TorchScalar scalar;",
        "initWithPath:(NSString *)path error:(NSError **)error",
        "NS_SWIFT_NAME(forward(_:))",
        "NS_SWIFT_NAME(TorchModule.Scalar)",
        "NS_SWIFT_NAME(TorchModule.Array)",
    ]
    assert [name for name in members if name not in text] == []


@pytest.mark.parametrize("folder", ["swift", "ios"])
def test_swift_format_has_nothing_to_say(folder: str, rendered: Projects, tmp_path: Path) -> None:
    """The templates' own Swift, before and after it is rendered, by the configuration that a project gets."""
    need_swift()
    configuration = rendered.folder("coreml") / ".swift-format"
    if folder == "swift":
        files = swift_files(data_dir("templates") / "swift")
    else:
        seen: set[str] = set()
        files = []
        for variant in VARIANTS:
            for path in [*swift_files(rendered.folder(variant)), *rendered.folder(variant).rglob("Package.swift")]:
                content = path.read_text(encoding="utf-8")
                if content not in seen:
                    seen.add(content)
                    files.append(path)
    copies = tmp_path / "sources"
    for number, path in enumerate(files):
        target = copies / str(number) / path.name
        target.parent.mkdir(parents=True)
        shutil.copyfile(path, target)
    shutil.copyfile(configuration, tmp_path / ".swift-format")
    done = run_swift(
        ["swift", "format", "lint", "--strict", "--recursive", "--configuration", ".swift-format", "sources"],
        cwd=tmp_path,
    )
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0
