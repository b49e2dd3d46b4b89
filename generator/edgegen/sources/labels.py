"""Class names: those that an installed package brings, and those in a file of the user's."""

from __future__ import annotations

from pathlib import Path

from edgegen.errors import SourceError

_MAX_LABELS = 1_000_000


def imagenet_labels() -> tuple[str, ...]:
    """The 1000 ImageNet classes in the order every ImageNet model uses, from torchvision (BSD-3-Clause)."""
    from torchvision.models import ResNet18_Weights

    return tuple(ResNet18_Weights.IMAGENET1K_V1.meta["categories"])


def read_labels(path: Path) -> tuple[str, ...]:
    """The labels of a UTF-8 text file, a line each, without white space around it; empty lines at the end do not count.

    Raises SourceError for a missing, empty or binary file and for an empty line in the middle.
    """
    where = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise SourceError("no such file", where=where, hint="Check the path of the labels") from None
    except UnicodeDecodeError as error:
        raise SourceError(
            f"is not UTF-8 text (byte {error.start})", where=where, hint="Save it as UTF-8, one label a line"
        ) from error
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", where=where, hint="Check its permissions") from error
    if text.startswith("version https://git-lfs"):
        raise SourceError(
            "is a git-lfs pointer, not the labels", where=where, hint=f"Fetch it: git lfs pull --include {path.name}"
        )
    if "\0" in text:
        raise SourceError("is not a text file", where=where, hint="Give a text file with one label a line")
    labels = tuple(line.strip() for line in text.rstrip().splitlines())
    if not labels or len(labels) > _MAX_LABELS:
        raise SourceError(
            "holds no labels" if not labels else "is too long", where=where, hint="Write one label a line"
        )
    if "" in labels:
        raise SourceError(
            "has an empty line", where=f"{where}:{labels.index('') + 1}", hint="Write one label a line, without gaps"
        )
    return labels
