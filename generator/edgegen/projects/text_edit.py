"""A change of one text file of the user's: what is put in where, and the bytes before and after."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Insertion:
    """`text` was put in at `offset`; what that counts in is said by who made it."""

    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What happens to the file; `insertions` are empty where it has everything already.

    `made` are the lists of a project file that were not there before: (id of the object, key).
    """

    path: Path
    before: bytes
    after: bytes
    insertions: tuple[Insertion, ...]
    made: tuple[tuple[str, str], ...] = ()
