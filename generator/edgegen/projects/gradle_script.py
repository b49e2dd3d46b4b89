"""A Gradle script understood as far as its calls: which there are, what strings they are given, where lines end."""

from __future__ import annotations

from typing import Final

from edgegen.projects.gradle_lexer import Kind, Source, Token, read

# Blocks whose `include` is about something else than modules.
_OTHER_BLOCKS: Final = ("pluginManagement", "dependencyResolutionManagement", "buildscript", "buildCache", "plugins")


class Script:
    """One script. Raises GradleSyntaxError where it cannot be read."""

    def __init__(self, text: str, *, kotlin: bool) -> None:
        self.text = text
        self.kotlin = kotlin
        self.eol = "\r\n" if "\r\n" in text else "\n"
        self.source: Source = read(text, kotlin=kotlin)

    def includes(self) -> list[int]:
        """The tokens that name `include` for modules, wherever they stand."""
        tokens = self.source.tokens
        skipped: list[range] = []
        found = []
        for index, token in enumerate(tokens):
            opening = self.next(index)
            if token.kind is Kind.NAME and token.text in _OTHER_BLOCKS and self.is_mark(opening, "{"):
                skipped.append(range(index, self.source.partner(opening)))
            of_another = index > 0 and tokens[index - 1].is_mark(".") and not self._is_own(index - 2)
            is_key = self.is_mark(index + 1, ":")  # fileTree(dir: 'x', include: '*.gradle')
            elsewhere = of_another or is_key or any(index in block for block in skipped)
            if token.is_name("include") and not elsewhere:
                found.append(index)
        return found

    def _is_own(self, index: int) -> bool:
        return index >= 0 and self.source.tokens[index].text in ("settings", "this", "it")

    def arguments(self, index: int) -> list[Token] | None:
        """The strings that the call at `index` is given, or None where something else is among them."""
        tokens = self.source.tokens
        at = index + 1
        parentheses = self.is_mark(at, "(")
        last = self.source.partner(at) if parentheses else len(tokens)
        at += parentheses
        found: list[Token] = []
        expected = True
        while at < last:
            token = tokens[at]
            if token.kind is Kind.NEWLINE and not parentheses and not (expected and found):
                break
            if token.kind is Kind.STRING and token.value is not None and expected:
                found.append(token)
                expected = False
            elif token.is_mark(",") and not expected:
                expected = True
            elif not parentheses and not expected and (token.is_mark(";") or token.is_mark("}")):
                break
            elif token.kind is not Kind.NEWLINE:
                return None
            at += 1
        return found or None

    def call_with(self, name: str, value: str) -> Token | None:
        """The first call of `name` that gets the string `value`."""
        for index, token in enumerate(self.source.tokens):
            if token.is_name(name):
                at = index + 1 + self.is_mark(index + 1, "(")
                if at < len(self.source.tokens) and self.source.tokens[at].value == value:
                    return token
        return None

    def next(self, index: int) -> int:
        """The next token that is no line end; the number of tokens where there is none."""
        tokens = self.source.tokens
        return next((i for i in range(index + 1, len(tokens)) if tokens[i].kind is not Kind.NEWLINE), len(tokens))

    def is_mark(self, index: int, text: str) -> bool:
        """Whether there is a token at `index`, and it is that mark."""
        return index < len(self.source.tokens) and self.source.tokens[index].is_mark(text)

    def line_end(self, offset: int) -> int:
        """The offset of the line feed that ends the line of `offset`, none inside a comment or a string; else the
        text's end.
        """
        strings = [(token.start, token.end) for token in self.source.tokens if token.kind is Kind.STRING]
        end = self.text.find("\n", offset)
        while end >= 0 and any(start < end < stop for start, stop in (*self.source.comments, *strings)):
            end = self.text.find("\n", end + 1)
        return len(self.text) if end < 0 else end

    def statement_end(self, offset: int) -> int:
        """`line_end` of the line on which no bracket of the statements from `offset` on is open any more."""
        end = self.line_end(offset)
        for index, token in enumerate(self.source.tokens):
            if token.depth == 0 and token.kind is Kind.MARK and token.text in "([{" and token.start < end:
                end = max(end, self.line_end(self.source.tokens[self.source.partner(index)].end))
        return end

    def eol_at(self, offset: int) -> str:
        """How the line whose line feed is at `offset` ends; as the others do where the text ends instead."""
        if offset == len(self.text):
            return self.eol
        return "\r\n" if self.text[offset - 1 : offset] == "\r" else "\n"

    def indent(self, offset: int) -> str:
        """The white space that begins the line of `offset`."""
        line = self.text[self.text.rfind("\n", 0, offset) + 1 : offset]
        return line[: len(line) - len(line.lstrip(" \t"))]

    def after_imports(self) -> int:
        """The end of the last line of imports and file annotations at the top; 0 where there are none."""
        end = 0
        tokens = self.source.tokens
        index = self.next(-1)
        while index < len(tokens):
            annotation = tokens[index].is_mark("@") and index + 1 < len(tokens) and tokens[index + 1].is_name("file")
            if not annotation and tokens[index].text not in ("import", "package"):
                break
            line_end = self.line_end(tokens[index].start)
            end = min(line_end + 1, len(self.text))
            index = next((i for i in range(index, len(tokens)) if tokens[i].start >= end), len(tokens))
            index = self.next(index - 1)
        return end

    def after_header(self) -> int:
        """Behind the comment that heads the file, if a blank line sets it apart; a `#!` line is always before us."""
        first = self.next(-1)
        lead = self.source.tokens[first].start if first < len(self.source.tokens) else len(self.text)
        shebang = self.text.find("\n") + 1 if self.text.startswith("#!") else 0
        offset = shebang
        for _, end in self.source.comments:
            if end > lead:
                break
            behind = self.text[end:lead]
            line_end = behind.find("\n")
            blank = behind[line_end + 1 :].lstrip(" \t\r") if line_end >= 0 else ""
            if line_end >= 0 and blank.startswith("\n"):
                offset = max(offset, end + len(behind) - len(blank) + 1)
        return offset
