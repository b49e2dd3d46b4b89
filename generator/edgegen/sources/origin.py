"""What a `--model` value means, read from its text and the file system alone: nothing is imported."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from pathlib import Path

from edgegen.errors import SourceError

_FACTORY = re.compile(r"(?P<module>[^\W\d]\w*(\.[^\W\d]\w*)*):(?P<attribute>[^\W\d]\w*(\.[^\W\d]\w*)*)")
_FORMS = "demo, torchvision:NAME, package.module:factory, or a .pt2 or TorchScript .pt file"
FILE_SUFFIXES = frozenset(
    {".pt", ".pth", ".pt2", ".ts", ".safetensors", ".bin", ".ckpt", ".pte", ".onnx", ".tflite", ".h5"}
)


class Kind(enum.Enum):
    """The places a model can come from."""

    DEMO = "demo"
    TORCHVISION = "torchvision"
    FACTORY = "factory"
    FILE = "file"


@dataclass(frozen=True)
class Origin:
    """A `--model` value taken apart. `name`: torchvision's model or a dotted module; `attribute`: the factory."""

    kind: Kind
    name: str = ""
    attribute: str = ""
    path: Path | None = None


def parse_origin(source: str, cwd: Path) -> Origin:
    """The origin that `source` names; a path is taken relative to `cwd`.

    Raises SourceError when it is none of the known forms.
    """
    if source == "demo":
        return Origin(Kind.DEMO)
    if source.startswith("torchvision:"):
        return Origin(Kind.TORCHVISION, name=source.removeprefix("torchvision:"))
    path = cwd / Path(source).expanduser()
    if (source and path.exists()) or path.suffix.lower() in FILE_SUFFIXES:
        return Origin(Kind.FILE, path=path)
    match = _FACTORY.fullmatch(source)
    if match and not match["module"].endswith(".py"):
        return Origin(Kind.FACTORY, name=match["module"], attribute=match["attribute"])
    raise SourceError(f"unknown model {source!r}", where="--model", hint=_advice(source))


def _advice(source: str) -> str:
    if source.endswith(".py") or ".py:" in source:
        stem, _, attribute = source.partition(".py")
        dotted = stem.replace("/", ".").strip(".")
        return f"Write it as a module: {dotted}:{attribute.lstrip(':') or 'FACTORY'}"
    if source.lower() == "demo":
        return "Did you mean demo?"
    if re.fullmatch(r"\w+", source):
        return f"Use torchvision:{source}, or one of: {_FORMS}"
    if "/" in source or "\\" in source:
        return f"There is no such file; a model is {_FORMS}"
    return f"A model is {_FORMS}"
