"""settings.gradle and settings.gradle.kts: the two lines that put edgegen's module into a build, in and out again.

    include(":model")                                            the module
    pluginManagement { includeBuild("model/edgegen-plugin") }    its plugin, an included build

The file is the user's: nothing but these lines changes, and `remove` gives back every byte. Offsets count bytes, behind
the byte order mark if there is one. What cannot be understood for certain is refused, with the lines to paste.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from edgegen.errors import ProjectError
from edgegen.paths import file_errors
from edgegen.projects.gradle_lexer import GradleSyntaxError, Kind, Token
from edgegen.projects.gradle_script import Script
from edgegen.projects.text_edit import Edit, Insertion

NAMES: Final = ("settings.gradle", "settings.gradle.kts")
PLUGIN_FOLDER: Final = "edgegen-plugin"
_BOM: Final = b"\xef\xbb\xbf"


def settings_file(app: Path) -> Path:
    """The settings of the Gradle build in `app`. Raises ProjectError where there are none, or two."""
    found = [app / name for name in NAMES if (app / name).is_file()]
    if not found:
        raise ProjectError(
            "there is no settings.gradle or settings.gradle.kts",
            where=str(app),
            hint="Give the app's root folder, the one with gradlew in it",
        )
    if len(found) == 2:
        raise ProjectError(
            "there are settings.gradle and settings.gradle.kts, and Gradle reads only the first",
            where=str(app),
            hint="Remove the one you do not need",
        )
    if found[0].is_symlink():
        raise ProjectError("is a link to another file", where=str(found[0]), hint="Put a file in its place")
    return found[0]


def plan(path: Path, module: str) -> Edit:
    """The edit that puts `:module` and its plugin into the settings at `path`.

    Raises ProjectError where that is not safe; its hint says what to paste.
    """
    with file_errors(path, "read"):
        before = path.read_bytes()
    settings = _Settings(path, before, module)
    insertions = settings.insertions()
    after = settings.with_insertions(insertions)
    edit = Edit(path, before, after, tuple(insertions))
    if _Settings(path, after, module).insertions():  # What was put in is not where it was meant to be.
        raise settings.refusal("is written in a way edgegen does not know", 0)
    return edit


def without(path: Path, module: str, insertions: tuple[Insertion, ...]) -> Edit:
    """The edit that takes both lines out again; `insertions` are those of `plan`.

    Raises ProjectError where they cannot be found any more and something of them is still there.
    """
    with file_errors(path, "read"):
        before = path.read_bytes()
    text = before
    for insertion in sorted(insertions, key=lambda item: item.offset, reverse=True):
        text = _without_text(text, insertion)
    settings = _Settings(path, text, module)
    text = settings.without_lines()
    left = _Settings(path, text, module)
    if left.is_included() or left.has_plugin():
        raise ProjectError(
            f"names {left.module_path} or its plugin in a line that says more than that",
            where=str(path),
            hint=f'Take {left.module_path} and "{left.plugin}" out of it by hand, then run this again',
        )
    return Edit(path, before, text, ())


def _without_text(text: bytes, insertion: Insertion) -> bytes:
    """`text` without the insertion where it stands as it was written; unchanged where it does not."""
    mark = _BOM if text.startswith(_BOM) else b""
    body, wanted = text.removeprefix(_BOM), insertion.text.encode("latin-1")
    at = insertion.offset if body.startswith(wanted, insertion.offset) else body.find(wanted)
    if at < 0 or (at != insertion.offset and body.count(wanted) > 1):
        return text
    rest = body[at + len(wanted) :]
    line = wanted.startswith((b"\r", b"\n")) and not wanted.endswith(b"\n")
    if line and rest and not rest.startswith((b"\r", b"\n")):
        return text  # The user wrote on in it.
    if wanted.startswith(b"\n") and body[:at].endswith(b"\r"):
        return text  # Other line ends by now.
    return mark + body[:at] + body[at + len(wanted) :]


class _Settings(Script):
    """One settings file, understood."""

    def __init__(self, path: Path, content: bytes, module: str) -> None:
        self.path = path
        self.module_path = f":{module}"
        self.plugin = f"{module}/{PLUGIN_FOLDER}"
        self._mark = _BOM if content.startswith(_BOM) else b""
        # Latin-1 gives each byte one character; all that is looked for is ASCII, which UTF-8 has unchanged.
        self.text = content.removeprefix(_BOM).decode("latin-1")
        if "\0" in self.text:
            raise self.refusal("is not UTF-8 text", 0)
        try:
            super().__init__(self.text, kotlin=path.suffix == ".kts")
        except GradleSyntaxError as error:
            raise ProjectError(
                f"cannot be read: {error.problem}", where=f"{path}:{error.line}", hint=self._paste()
            ) from error

    def insertions(self) -> list[Insertion]:
        """What has to be put in, in the order of the text. Raises ProjectError where that is not safe."""
        wanted: list[tuple[int, str]] = []
        if not self.has_plugin():
            wanted.append(self._plugin_line())
        if not self.is_included():
            self._require_plain_includes()
            wanted.append(self._include_line())
        found, shift = [], 0
        for offset, text in sorted(wanted, key=lambda item: item[0]):
            found.append(Insertion(offset + shift, text))
            shift += len(text)
        return found

    def with_insertions(self, insertions: list[Insertion]) -> bytes:
        """The whole file with them."""
        text = self.text
        for item in insertions:
            text = text[: item.offset] + item.text + text[item.offset :]
        return self._mark + text.encode("latin-1")

    def is_included(self) -> bool:
        """Whether the module is included by its name. Raises ProjectError where it is given a folder of its own."""
        own_folder = self.call_with("project", self.module_path) or self.call_with("findProject", self.module_path)
        if own_folder is not None:
            raise self.refusal(f"has a {self.module_path} of its own, in a folder it names", own_folder.start)
        return any(
            token.value in (self.module_path, self.module_path[1:])
            for index in self.includes()
            for token in self.arguments(index) or ()
        )

    def has_plugin(self) -> bool:
        """Whether the plugin's build is included."""
        return self.call_with("includeBuild", self.plugin) is not None or (
            self.call_with("includeBuild", f"./{self.plugin}") is not None
        )

    def without_lines(self) -> bytes:
        """The whole file without the lines that say nothing but one of the two."""
        text = self.text
        for start, end in reversed(self._own_lines()):
            text = text[:start] + text[end:]
        return self._mark + text.encode("latin-1")

    def _own_lines(self) -> list[tuple[int, int]]:
        found = []
        for index, token in enumerate(self.source.tokens):
            wanted = {"include": (self.module_path,), "includeBuild": (self.plugin, f"./{self.plugin}")}
            arguments = self.arguments(index) if token.kind is Kind.NAME and token.text in wanted else None
            if arguments is None or [a.value for a in arguments if a.value in wanted[token.text]] == []:
                continue
            start = self.text.rfind("\n", 0, token.start) + 1
            end = self.line_end(arguments[-1].end)
            says_more = self.text[start : token.start].strip() or self.text[arguments[-1].end : end].strip(" \t\r;)")
            if len(arguments) == 1 and not says_more:
                found.append((start, min(end + 1, len(self.text))))
        return found

    # --- the plugin's line

    def _plugin_line(self) -> tuple[int, str]:
        tokens = self.source.tokens
        named = [i for i, token in enumerate(tokens) if token.is_name("pluginManagement")]
        blocks = [i for i in named if tokens[i].depth == 0 and self.is_mark(self.next(i), "{")]
        if len(named) > len(blocks):
            raise self.refusal("calls pluginManagement in a way edgegen does not know", tokens[named[0]].start)
        if not blocks:
            self._require_no_hidden_block()
            return self._new_block()
        opening = self.next(blocks[0])
        brace = tokens[opening]
        inner = next(i for i in range(opening + 1, len(tokens)) if tokens[i].kind is not Kind.NEWLINE)
        call = f'includeBuild("{self.plugin}")'
        if self.source.line(tokens[inner].start) == self.source.line(brace.start):
            gap = "" if self.text[brace.end : brace.end + 1] in (" ", "\t") else " "
            return brace.end, f" {call}{gap}" if tokens[inner].is_mark("}") else f" {call};"
        indent = self.indent(tokens[inner].start)
        if tokens[inner].is_mark("}"):
            indent = self.indent(brace.start) + "    "
        end = self.line_end(brace.end)
        return end + 1, f"{indent}{call}{self.eol_at(end)}"

    def _new_block(self) -> tuple[int, str]:
        """A block of our own, the first statement of the file, as Gradle wants it."""
        block = f'pluginManagement {{{self.eol}    includeBuild("{self.plugin}"){self.eol}}}{self.eol}'
        offset = self.after_imports()
        if offset:
            return offset, f"{self.eol}{block}"
        return self.after_header(), f"{block}{self.eol}"

    def _require_no_hidden_block(self) -> None:
        """A script that is applied may hold the pluginManagement block; a second one would come too late."""
        tokens = self.source.tokens
        for index, token in enumerate(tokens):
            if not token.is_name("apply"):
                continue
            end = next((i for i in range(index, len(tokens)) if tokens[i].kind is Kind.NEWLINE), len(tokens))
            if self.is_mark(index + 1, "(") or self.is_mark(index + 1, "{"):
                end = self.source.partner(index + 1)
            if any(other.is_name("from") for other in tokens[index:end]):
                raise self.refusal("applies another script and has no pluginManagement block of its own", token.start)

    # --- the module's line

    def _require_plain_includes(self) -> None:
        for index in self.includes():
            if self.arguments(index) is None:
                raise self.refusal(
                    "computes which modules it includes, which edgegen cannot follow", self.source.tokens[index].start
                )

    def _include_line(self) -> tuple[int, str]:
        tokens = self.source.tokens
        top = [i for i in self.includes() if tokens[i].depth == 0]
        if not top:
            return self._at_the_end(f'include("{self.module_path}")')
        last = self.arguments(top[-1])
        assert last is not None
        end = self.statement_end(last[-1].end)
        behind = next((t for t in tokens if t.start >= end and t.kind is not Kind.NEWLINE), None)
        if behind is not None and (behind.is_mark(".") or behind.is_mark("?")):
            return self._at_the_end(f'include("{self.module_path}")')
        eol = self.eol_at(end)
        content = end - 1 if self.text[end - 1 : end] == "\r" else end
        return content, f"{eol}{self.indent(tokens[top[-1]].start)}{self._like(top[-1], last[-1])}"

    def _like(self, index: int, argument: Token) -> str:
        """The module's include as the user writes theirs: with or without parentheses, their quotes."""
        quote = argument.text[0]
        named = f"{quote}{self.module_path}{quote}"
        return f"include({named})" if self.is_mark(index + 1, "(") else f"include {named}"

    def _at_the_end(self, line: str) -> tuple[int, str]:
        whole = not self.text or self.text.endswith("\n")
        return len(self.text), f"{line}{self.eol}" if whole else f"{self.eol}{line}"

    def _paste(self) -> str:
        return (
            f'Put includeBuild("{self.plugin}") into its pluginManagement {{ }} block, which comes first, and '
            f'include("{self.module_path}") at its end, then run this again: what is there already is left alone'
        )

    def refusal(self, problem: str, offset: int) -> ProjectError:
        """The error for the line of `offset`, with what to paste."""
        line = self.text.count("\n", 0, offset) + 1
        return ProjectError(problem, where=f"{self.path}:{line}", hint=self._paste())
