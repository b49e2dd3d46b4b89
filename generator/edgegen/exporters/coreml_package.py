"""An .mlpackage as a folder whose bytes depend on nothing but the model.

    NAME.mlpackage/
        Manifest.json                                  which of the two files below is which, by UUIDs
        Data/com.apple.CoreML/model.mlmodel            the program, a protocol buffer
        Data/com.apple.CoreML/weights/weight.bin       its constants

coremltools draws new UUIDs each time, writes the date into the program and makes it readable by its owner only.
"""

from __future__ import annotations

import json
import shutil
import uuid
from pathlib import Path
from typing import Any, Final

_AUTHOR: Final = "com.apple.CoreML"
_SPEC_FILE: Final = "model.mlmodel"
_WEIGHTS: Final = "weights"
_NAMESPACE: Final = uuid.UUID("6f1c0a0e-8b0f-5d43-9a34-3c5f0a3f6f11")
# Of coremltools' own metadata: the day is another each time, and torch's version is told without its build.
_DATE_KEY: Final = "com.github.apple.coremltools.conversion_date"
_SOURCE_KEY: Final = "com.github.apple.coremltools.source"


def write_package(model: Any, path: Path) -> None:
    """Writes the converted `model` (an MLModel) to the new folder `path`; the same model gives the same bytes."""
    spec = model.get_spec()
    metadata = spec.description.metadata.userDefined
    metadata.pop(_DATE_KEY, None)
    if _SOURCE_KEY in metadata:
        metadata[_SOURCE_KEY] = _release(metadata[_SOURCE_KEY])
    if "buildInfo" in spec.mlProgram.attributes:
        for pair in spec.mlProgram.attributes["buildInfo"].immediateValue.dictionary.values:
            texts = pair.value.immediateValue.tensor.strings.values
            texts[:] = map(_release, texts)
    data = path / "Data" / _AUTHOR
    weights = sorted(Path(model.weights_dir).iterdir()) if model.weights_dir else []
    data.mkdir(parents=True)
    if weights:  # Version control keeps no empty folders, and the manifest would name a missing one.
        (data / _WEIGHTS).mkdir()
    # The proto's maps have no order of their own.
    (data / _SPEC_FILE).write_bytes(spec.SerializeToString(deterministic=True))
    for file in weights:
        shutil.copyfile(file, data / _WEIGHTS / file.name)
    (path / "Manifest.json").write_text(_manifest(with_weights=bool(weights)), encoding="utf-8")


def _release(version: str) -> str:
    """ "2.13.0" of "2.13.0+cu130": which build of torch it was changes nothing."""
    return version.partition("+")[0]


def package_bytes(path: Path) -> int:
    """The sizes of all files of the package at `path`, together."""
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def _manifest(*, with_weights: bool) -> str:
    root, weights = (str(uuid.uuid5(_NAMESPACE, name)) for name in (_SPEC_FILE, _WEIGHTS))
    entries = {root: _item(_SPEC_FILE, "CoreML Model Specification")}
    if with_weights:
        entries[weights] = _item(_WEIGHTS, "CoreML Model Weights")
    document = {"fileFormatVersion": "1.0.0", "itemInfoEntries": entries, "rootModelIdentifier": root}
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def _item(name: str, description: str) -> dict[str, str]:
    return {"author": _AUTHOR, "description": description, "name": name, "path": f"{_AUTHOR}/{name}"}
