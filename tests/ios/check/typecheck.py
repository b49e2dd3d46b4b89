"""A generated project's Swift, checked as Xcode would check it: Swift 6, strict concurrency, warnings are errors.

    kit = check_modelkit(project / "ModelKit")     its folder holds ModelKit.swiftmodule
    check_app(project / "Hello", kit)              the app's sources against it

Both raise CheckError with the compiler's words. Apple's modules are the stubs of `tests/ios/stubs`. The compiler goes
as far as SIL, where data races between regions and uninitialised variables are found; a mere `-typecheck` misses those.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tests.ios.stubs import stubs
from tests.swift.toolchain import run_swift

STRICT: Final = ("-swift-version", "6", "-strict-concurrency=complete")

# SwiftPM writes this into every package with resources.
_BUNDLE: Final = "import Foundation\nextension Bundle { static let module = Bundle.main }\n"
# Xcode's macro is a plug-in of Xcode's; its body is what matters here. The line keeps its number.
_PREVIEW: Final = re.compile(r'^#Preview(?:\("[^"\n]*"\))? \{', re.M)


TORCH: Final = Path(__file__).with_name("TorchModule.swift")
"""What Swift sees of the bridge to C++, which only Xcode compiles."""


class CheckError(Exception):
    """Swift does not take the code; the text is the compiler's."""


def swift_files(*folders: Path) -> list[Path]:
    """The Swift files below the folders."""
    return sorted(path for folder in folders for path in folder.rglob("*.swift"))


def check_modelkit(kit: Path, work: Path, *, pod: bool = False) -> Path:
    """Compiles the sources of a ModelKit folder to a module in `work`, which is given back. Raises CheckError.

    They are those that Package.swift names, or with `pod` ModelKit.podspec.
    """
    files, extra = kit_files(kit, pod=pod)
    compile_module("ModelKit", files, work, extra=extra)
    return work


def kit_files(kit: Path, *, pod: bool) -> tuple[list[Path], dict[str, str]]:
    """The sources of a ModelKit folder, and what SwiftPM and the bridge to PyTorch add to them, by name."""
    left_out = _excluded(kit, pod)
    files = [path for path in swift_files(kit / "Sources", kit / "Generated" / "Sources") if path not in left_out]
    extra = {} if pod else {"Bundle.swift": _BUNDLE}
    if any(kit.rglob("TorchModule.h")):
        extra[TORCH.name] = TORCH.read_text(encoding="utf-8")
    return files, extra


def _excluded(kit: Path, pod: bool) -> set[Path]:
    """The files that a pod, or a package, leaves out."""
    if pod:
        match = re.search(r"s\.exclude_files = (.*)", (kit / "ModelKit.podspec").read_text(encoding="utf-8"))
        return {kit / name for name in re.findall(r"'([^']+)'", match[1])} if match else set()
    match = re.search(r"exclude: \[([^\]]*)\]", (kit / "Package.swift").read_text(encoding="utf-8"))
    return {kit / name for name in re.findall(r'"([^"]+)"', match[1])} if match else set()


def check_app(sources: Path, kit: Path, work: Path, *, module: str = "App") -> None:
    """Compiles the sources of an app that imports ModelKit, whose module is in `kit`. Raises CheckError."""
    compile_module(module, swift_files(sources), work, seen=[kit])


def compile_module(
    name: str,
    files: Sequence[Path],
    work: Path,
    *,
    extra: dict[str, str] | None = None,
    seen: Iterable[Path] = (),
    options: Sequence[str] = (),
    folder: Path | None = None,
    warnings: bool = False,
) -> str:
    """Compiles Swift files to NAME.swiftmodule in `work`; gives what the compiler said. Raises CheckError.

    `seen` are folders with further modules, `extra` further files by name. `folder` holds the stubs, where not the
    usual ones. With `warnings` those are let pass. The files are copied, with `#Preview` made a function, so that
    messages say `sources/NAME/FILE.swift`.
    """
    stub_folder = folder or stubs.build()
    copies = work / "sources" / name
    if copies.exists():
        shutil.rmtree(copies)
    copies.mkdir(parents=True)
    texts = {path.name: path.read_text(encoding="utf-8") for path in files} | (extra or {})
    if len(texts) != len(files) + len(extra or {}):
        raise CheckError(f"{name}: two files of one name: {sorted(path.name for path in files)}")
    for file, text in texts.items():
        (copies / file).write_text(_without_previews(text), encoding="utf-8")
    command = [
        *("swiftc", "-emit-module", "-wmo", "-parse-as-library", "-module-name", name, *STRICT, *options),
        *([] if warnings else ["-warnings-as-errors"]),
        *stubs.flags(stub_folder),
        *(word for module in seen for word in ("-I", module)),
        *("-emit-module-path", f"{name}.swiftmodule"),
        *sorted(str(Path("sources") / name / file) for file in texts),
    ]
    done = run_swift(command, cwd=work, inputs=[stub_folder, *seen])
    said = done.stderr + done.stdout
    if done.returncode != 0 or ("warning:" in said and not warnings):
        raise CheckError(f"{name}: {said}")
    return said


def errors(text: str) -> list[str]:
    """The lines of what the compiler said that are errors or warnings: file, line, column, message."""
    return [line for line in text.splitlines() if re.match(r"\S+\.swift:\d+:\d+: (error|warning): ", line)]


def _without_previews(text: str) -> str:
    number = iter(range(1000))
    return _PREVIEW.sub(lambda _: f"@MainActor @ViewBuilder private func preview{next(number)}() -> some View {{", text)
