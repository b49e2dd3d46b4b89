"""Gradle settings as tokens: enough of Groovy's and Kotlin's lexical grammar to know what is code.

Strings (with `${…}`, which is code again, slashy and raw ones), comments (nested in Kotlin) and brackets are
recognised, so that nothing inside a comment or a string is taken for a statement. Positions count characters of the
text that was given.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final

_OPENING: Final = {"(": ")", "[": "]", "{": "}"}
_CLOSING: Final = {")", "]", "}"}
# After one of these a slash divides; after anything else it begins one of Groovy's strings.
_ENDS_A_VALUE: Final = {")", "]", "}"}
_BEFORE_A_VALUE: Final = {"return", "in", "case", "assert", "throw", "else"}


class GradleSyntaxError(Exception):
    """The text cannot be understood; `line` counts from 1."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line


class Kind(enum.Enum):
    """What a token is. Numbers are names."""

    NAME = "name"
    STRING = "string"
    MARK = "mark"
    NEWLINE = "newline"


@dataclass(frozen=True, slots=True)
class Token:
    """One token of the code outside of strings and comments.

    `depth` is the number of brackets around it; a bracket and its partner have the same. `value` is a string's content
    where that is written out: None for one with `$…` or a backslash in it.
    """

    kind: Kind
    text: str
    start: int
    end: int
    depth: int
    value: str | None = None

    def is_mark(self, text: str) -> bool:
        """Whether it is that mark."""
        return self.kind is Kind.MARK and self.text == text

    def is_name(self, text: str) -> bool:
        """Whether it is that name."""
        return self.kind is Kind.NAME and self.text == text


@dataclass(frozen=True, slots=True)
class Source:
    """A text with its tokens, and the spans (start, end) of its comments."""

    text: str
    tokens: tuple[Token, ...]
    comments: tuple[tuple[int, int], ...]

    def line(self, offset: int) -> int:
        """The number, from 1, of the line that holds `offset`."""
        return self.text.count("\n", 0, offset) + 1

    def partner(self, index: int) -> int:
        """The index of the token that closes the bracket `tokens[index]`."""
        depth = self.tokens[index].depth
        return next(
            i for i in range(index + 1, len(self.tokens)) if self.tokens[i].depth == depth and _closes(self.tokens[i])
        )


def read(text: str, *, kotlin: bool) -> Source:
    """`text` as tokens. Raises GradleSyntaxError where a string, a comment or a bracket has no end."""
    lexer = _Lexer(text, kotlin)
    lexer.run()
    return Source(text, tuple(lexer.tokens), tuple(lexer.comments))


def _closes(token: Token) -> bool:
    return token.kind is Kind.MARK and token.text in _CLOSING


class _Lexer:
    def __init__(self, text: str, kotlin: bool) -> None:
        self.text = text
        self.kotlin = kotlin
        self.at = 0
        self.open: list[tuple[str, int]] = []
        self.tokens: list[Token] = []
        self.comments: list[tuple[int, int]] = []
        # How deep in `${…}` of strings: what stands there is no code of the script's own.
        self.inside = 0

    def run(self, until: int = 0) -> None:
        """Reads to the end of the text, or past the bracket that leaves `until` brackets open."""
        while self.at < len(self.text):
            if self._step() and until and len(self.open) < until:
                return
        if self.open:
            bracket, start = self.open[-1]
            raise self._error(f"{bracket!r} is never closed", start)

    def _step(self) -> bool:
        """Reads one token; True after a closing bracket."""
        text, at = self.text, self.at
        c = text[at]
        if c == "\n":
            self._add(Kind.NEWLINE, at + 1)
        elif c.isspace() or c == "\ufeff":
            self.at += 1
        elif text.startswith("//", at) or (at == 0 and text.startswith("#!")):
            self._line_comment()
        elif text.startswith("/*", at):
            self._block_comment()
        elif c in "\"'":
            self._string()
        elif not self.kotlin and self._begins_slashy():
            self._slashy()
        elif c == "`":
            self._to("`", at + 1, "a name in backticks")
        elif c.isalnum() or c in "_$":
            end = at + 1
            while end < len(text) and (text[end].isalnum() or text[end] in "_$"):
                end += 1
            self._add(Kind.NAME, end)
        elif c in _OPENING:
            self._add(Kind.MARK, at + 1)
            self.open.append((c, at))
        elif c in _CLOSING:
            if not self.open or _OPENING[self.open[-1][0]] != c:
                raise self._error(f"{c!r} closes nothing", at)
            self.open.pop()
            self._add(Kind.MARK, at + 1)
            return True
        else:
            self._add(Kind.MARK, at + 1)
        return False

    def _add(self, kind: Kind, end: int, value: str | None = None) -> None:
        if not self.inside:
            self.tokens.append(Token(kind, self.text[self.at : end], self.at, end, len(self.open), value))
        self.at = end

    def _error(self, problem: str, offset: int) -> GradleSyntaxError:
        return GradleSyntaxError(problem, self.text.count("\n", 0, offset) + 1)

    def _line_comment(self) -> None:
        end = self.text.find("\n", self.at)
        end = len(self.text) if end < 0 else end
        self.comments.append((self.at, end))
        self.at = end

    def _block_comment(self) -> None:
        depth, at = 1, self.at + 2
        while depth:
            close = self.text.find("*/", at)
            if close < 0:
                raise self._error("a comment has no end", self.at)
            nested = self.text.find("/*", at, close) if self.kotlin else -1
            depth += 1 if nested >= 0 else -1
            at = (nested if nested >= 0 else close) + 2
        self.comments.append((self.at, at))
        self.at = at

    def _to(self, mark: str, start: int, what: str) -> None:
        end = self.text.find(mark, start)
        if end < 0:
            raise self._error(f"{what} has no end", self.at)
        self._add(Kind.NAME, end + len(mark))

    def _string(self) -> None:
        start, quote = self.at, self.text[self.at]
        triple = self.text.startswith(quote * 3, start) and not (self.kotlin and quote == "'")
        fence = quote * 3 if triple else quote
        # Groovy's '…' knows no `$`, Kotlin's """…""" no backslash.
        expands, escapes = quote == '"', not (self.kotlin and triple)
        self._delimited(start, fence, expands=expands, escapes=escapes, lines=triple)

    def _begins_slashy(self) -> bool:
        if self.text.startswith("$/", self.at):
            return True
        if self.text[self.at] != "/":
            return False
        before = self.tokens[-1] if self.tokens else None
        if before is None or before.kind is Kind.NEWLINE:
            return True
        if before.kind is Kind.NAME:
            return before.text in _BEFORE_A_VALUE
        return before.kind is Kind.MARK and before.text not in _ENDS_A_VALUE

    def _slashy(self) -> None:
        dollar = self.text.startswith("$/", self.at)
        self._delimited(self.at, "$/" if dollar else "/", expands=True, escapes=not dollar, lines=True)

    def _delimited(self, start: int, fence: str, *, expands: bool, escapes: bool, lines: bool) -> None:
        """Reads the string at `start` that `fence` opens and closes; `lines`: it may hold line breaks."""
        close = "/$" if fence == "$/" else fence
        at, plain = start + len(fence), True
        while not self.text.startswith(close, at):
            if at >= len(self.text) or (self.text[at] == "\n" and not lines):
                raise self._error("a string has no end", start)
            dollar = fence == "$/" and self.text[at : at + 2] in ("$$", "$/")
            if dollar or (escapes and self.text[at] == "\\"):
                at, plain = at + 2, False
            elif expands and self.text.startswith("${", at):
                at, plain = self._expansion(at + 1), False
            else:
                plain = plain and not (expands and self.text[at] == "$")
                at += 1
        end = at + len(close)
        while len(fence) == 3 and self.text.startswith(fence[0], end):
            end, plain = end + 1, False  # "…"""" ends in a quote of its own.
        self.at = start
        self._add(Kind.STRING, end, self.text[start + len(fence) : at] if plain else None)

    def _expansion(self, brace: int) -> int:
        """The offset behind the `{…}` at `brace`, which is code."""
        self.at, self.inside = brace, self.inside + 1
        self._step()
        self.run(until=len(self.open))
        self.inside -= 1
        return self.at
