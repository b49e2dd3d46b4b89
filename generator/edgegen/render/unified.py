"""Two states of a file as a unified diff, as `git diff` and `patch` know it."""

from __future__ import annotations

from difflib import SequenceMatcher, unified_diff

from edgegen.render.merge import is_text


def unified(before: bytes | None, after: bytes | None, old_path: str, new_path: str) -> str:
    """The diff from `before` to `after`, "" where they and their paths are equal; None is a file that is not there.

    Ends with a line feed. What is no text is only said to differ; bytes that are no UTF-8 are shown as U+FFFD.
    """
    if before == after and old_path == new_path:
        return ""
    old_name = "/dev/null" if before is None else _name(f"a/{old_path}")
    new_name = "/dev/null" if after is None else _name(f"b/{new_path}")
    old, new = before or b"", after or b""
    moved = f"diff --git a/{old_path} b/{new_path}\nrename from {old_path}\nrename to {new_path}\n"
    header = moved if old_path != new_path and before is not None and after is not None else ""
    if not is_text(old) or not is_text(new):
        return f"{header}Binary files {old_name.rstrip()} and {new_name.rstrip()} differ\n"
    rows = unified_diff(_lines(old), _lines(new), old_name, new_name)
    return header + "".join(row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows)


def changed_lines(before: bytes | None, after: bytes | None) -> tuple[int, int]:
    """How many lines came, and how many went; (0, 0) for what is no text."""
    old, new = before or b"", after or b""
    if not is_text(old) or not is_text(new):
        return 0, 0
    came = went = 0
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, _lines(old), _lines(new), autojunk=False).get_opcodes():
        if kind != "equal":
            came, went = came + b1 - b0, went + a1 - a0
    return came, went


def _lines(text: bytes) -> list[str]:
    """The lines with their ends; only a line feed ends one, where str.splitlines knows a dozen."""
    parts = text.decode("utf-8", "replace").split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _name(path: str) -> str:
    # patch takes a name for ended at a space unless a tab follows it.
    return f"{path}\t" if " " in path else path
