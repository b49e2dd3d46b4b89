"""Whether a project calls only what its oldest Android has: lint's NewApi, without lint.

The class files as javac wrote them, before D8 replaces any library call, are compared with the public API of Android 7
(API 24, java.* included) by animal-sniffer. What is newer must be in ADDED with the version that brought it, and stand
where the source asks `Build.VERSION.SDK_INT` first. Anything else is a crash on an old phone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.android import jars
from tests.android.build.programs import java
from tests.android.build.project import Compiled
from tests.android.run.shims import built, tool
from tests.android.run.shims import run as compile_with

_HERE: Final = Path(__file__).parent

# What generated projects use beyond API 24, by the start of its name, and since when Android has it (its reference).
ADDED: Final[dict[str, int]] = {
    "android.graphics.Bitmap.Config.HARDWARE": 26,
    "android.graphics.Bitmap.getColorSpace": 26,
    "android.graphics.ColorSpace": 26,
    "android.hardware.camera2.CameraDevice.createCaptureSession": 28,
    "android.hardware.camera2.params.SessionConfiguration": 28,
    "android.graphics.Insets": 29,
    "android.view.Window.setDecorFitsSystemWindows": 30,
    "android.view.WindowInsets.Type": 30,
    "android.view.WindowInsets.getInsets": 30,
    "android.app.Activity.getOnBackInvokedDispatcher": 33,
    "android.hardware.DataSpace": 33,
    "android.media.Image.getDataSpace": 33,
    "android.window.OnBackInvoked": 33,
}
VERSION_CODES: Final = {
    **{"N": 24, "N_MR1": 25, "O": 26, "O_MR1": 27, "P": 28, "Q": 29, "R": 30, "S": 31, "S_V2": 32},
    **{"TIRAMISU": 33, "UPSIDE_DOWN_CAKE": 34, "VANILLA_ICE_CREAM": 35, "BAKLAVA": 36},
}
# Linked by javac, and replaced by D8 in every build: lambdas and the sum of strings.
REPLACED_BY_D8: Final = ("java.lang.invoke.LambdaMetafactory", "java.lang.invoke.StringConcatFactory")
_LEVEL: Final = r"(?:(?:Build\.)?VERSION_CODES\.)?(\w+)"
_ASKED: Final = re.compile(rf"SDK_INT\s*>=\s*{_LEVEL}")
_MARKED: Final = re.compile(rf"@(?:TargetApi|RequiresApi)\s*\(\s*(?:api\s*=\s*)?{_LEVEL}\s*\)|\bclass\s+Api(\d+)\b")


@dataclass(frozen=True)
class Reference:
    """In `source`, `line` refers to `name`, which API 24 does not have."""

    source: Path
    line: int
    name: str


def violations(compiled: Compiled) -> list[str]:
    """What would crash on an old Android, one text to each place."""
    project = compiled.project
    roots = [project / "app/src/main/java", project / "model/src/main/java", project / "generated/java"]
    own = [f"{compiled.app_id}.*", "edgegen.*", "org.pytorch.*", "ai.onnxruntime.*", "org.jspecify.*"]
    found = newer_references([compiled.app_classes, compiled.model_classes], roots, own)
    return [text for reference in found for text in _judge(reference)]


def newer_references(classes: Sequence[Path], sources: Sequence[Path], own: Sequence[str]) -> Iterator[Reference]:
    """What class files refer to and API 24 does not have; packages of `own` are no part of Android."""
    sniffer = jars.classpath("animal-sniffer")
    source = _HERE / "java/api/ApiLevel.java"

    def compile_java(folder: Path) -> None:
        options = ["-Xlint:all", "-Werror", "-cp", os.pathsep.join(map(str, sniffer))]
        compile_with([tool("javac"), *options, "-d", folder / "classes", source])

    program = built("api-level", [source], "", compile_java) / "classes"
    ignored = ",".join([*own, *REPLACED_BY_D8, "java.lang.invoke.MethodHandles$Lookup"])
    roots = os.pathsep.join(map(str, sources))
    printed = java([program, *sniffer], "ApiLevel", jars.jar("api-24"), ignored, roots, *classes)
    for text in printed.splitlines():
        match = re.fullmatch(r"\[ERROR\] (.*?):(\d+): (?:Undefined reference: )?(.*)", text)
        if match is None:
            raise AssertionError(f"animal-sniffer said something else: {text}")
        yield Reference(Path(match[1]), int(match[2]), match[3])


def _judge(reference: Reference) -> list[str]:
    where = f"{reference.source.name}:{reference.line}: {reference.name}"
    # `boolean android.graphics.ColorSpace.isSrgb()`: the type first, where it is a member.
    name = reference.name.split("(")[0].split(" ")[-1]
    levels = [level for start, level in ADDED.items() if name.startswith(start)]
    if not levels:
        return [f"{where} is newer than API 24, and not in ADDED"]
    text = without_comments(reference.source.read_text(encoding="utf-8"))
    return [f"{where}: {problem}" for problem in unguarded(text, _offset(text, reference.line), max(levels))]


def unguarded(text: str, offset: int, level: int) -> list[str]:
    """Why the code at `offset` may run below API `level`; nothing where it cannot."""
    if asked_level(text, offset) >= level:
        return []
    for brace in _open_braces(text, offset):
        header = _statement(text, brace)
        marked = _MARKED.search(header)
        if marked is None:
            continue
        if _number(marked[1] or marked[2]) < level:
            return [f"{marked[0]} promises less than API {level}"]
        if "private" not in header:
            return [f"{marked[0]} must stand on something private, so that its users can be seen"]
        name = re.search(r"class\s+(\w+)|(\w+)\s*\(", header[marked.end() :] if marked[1] else header)
        assert name is not None, header
        uses = [use.start() for use in re.finditer(rf"\b{name[1] or name[2]}\s*[.(]", text)]
        callers = [use for use in uses if use not in range(brace - len(header), brace)]
        return [problem for use in callers for problem in unguarded(text, use, level)]
    return [f"nothing asks for API {level} first"]


def asked_level(text: str, offset: int) -> int:
    """The highest SDK_INT that the statement at `offset`, or an `if` around it, has asked for; 0 for none."""
    rest = re.match(r"[^;{]*", text[offset:])  # javac numbers a statement by its first line.
    asked = [_asked(_statement(text, offset) + (rest[0] if rest else ""))]
    for brace in _open_braces(text, offset):
        header = _statement(text, brace)
        asked.append(_asked(header) if re.match(r"\s*(?:else\s+)?if\b", header) else 0)
    return max(asked)


def without_comments(text: str) -> str:
    """Java with its comments, texts and characters blanked out; every other character stays where it was."""
    pattern = r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    return re.sub(pattern, lambda match: re.sub(r"[^\n]", " ", match[0]), text, flags=re.DOTALL)


def _asked(condition: str) -> int:
    found = _ASKED.search(condition)
    return 0 if found is None or "||" in condition else _number(found[1])


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else VERSION_CODES[word]


def _offset(text: str, line: int) -> int:
    start = sum(len(part) + 1 for part in text.split("\n")[: line - 1])
    return start + len(text[start:]) - len(text[start:].lstrip())


def _statement(text: str, end: int) -> str:
    """What stands before `end` since the last statement or block."""
    return text[max(text.rfind(mark, 0, end) for mark in ";{}") + 1 : end]


def _open_braces(text: str, offset: int) -> list[int]:
    """The blocks around `offset`, the innermost first."""
    found: list[int] = []
    for position, character in enumerate(text[:offset]):
        if character == "{":
            found.insert(0, position)
        elif character == "}":
            found.pop(0)
    return found
