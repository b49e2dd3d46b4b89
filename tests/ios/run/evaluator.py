"""Evaluates a stored Core ML program for a Swift process that asks: `swift/modules/CoreML/Evaluator.swift`."""

from __future__ import annotations

import json
import os
import select
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from edgegen.errors import EdgegenError, ExportError
from edgegen.reference.decode import decode, orientation
from edgegen.spec.model_spec import ModelSpec
from edgegen.verify.mil.package import open_package
from edgegen.verify.mil.program import load_program
from edgegen.verify.runner import Runner, runner_for

if TYPE_CHECKING:
    from torch import Tensor

_POLL_S: Final = 0.1


@dataclass(frozen=True)
class _Model:
    """A loaded file. `inputs` and `outputs` are its own names, empty for a `.pte`, whose tensors have none.

    `colors` has the order of the channels of each input that is a picture.
    """

    runner: Runner
    inputs: list[str]
    outputs: list[str]
    colors: dict[str, str | None]

    @classmethod
    def load(cls, path: Path) -> _Model:
        runner = runner_for(path)
        if path.suffix != ".mlpackage":
            return cls(runner, [], [], {})
        found = load_program(open_package(path)).description
        hidden = {found.label_output, found.probability_output}
        names = [item.name for item in found.outputs if item.name not in hidden]
        colors = {item.name: item.color for item in found.inputs if item.kind == "image"}
        return cls(runner, [item.name for item in found.inputs], names, colors)

    def run(self, given: dict[str, Tensor]) -> tuple[Tensor, ...]:
        """The outputs in the file's order. Raises ExportError."""
        names = self.inputs or sorted(given, key=int)
        missing = [name for name in names if name not in given]
        if missing:
            raise ExportError(f"the input {missing[0]} was not given", hint="Give every input")
        return self.runner.run([self._picture(name, given[name]) for name in names])

    def _picture(self, name: str, tensor: Tensor) -> Tensor:
        """1 x H x W x C bytes of an RGB or gray picture as Core ML gives them to the program; others as they are."""
        if name not in self.colors:
            return tensor
        channels = tensor.permute(0, 3, 1, 2)
        return channels.flip(1) if self.colors[name] == "BGR" else channels


class Evaluator:
    """Answers in a thread as long as the block runs; `folder` is what EDGEGEN_EVALUATOR has to name.

    A request and its answer are a line of JSON and the bytes of the tensors that it lists. Models are loaded when they
    are first asked for. The tensors of a `.pte` have their positions for names. The model "decode" makes PAM of a
    picture's file.
    """

    def __init__(self, folder: Path, spec: ModelSpec) -> None:
        self.folder = folder
        # ExecuTorch's own runtime here has no Core ML.
        self._runs_executorch = spec.export.runtime == "executorch" and spec.export.backend == "coreml"
        self.runs_models = self._runs_executorch or spec.export.runtime == "coreml"
        self.asked: list[Path] = []  # The models that were run, in order.
        self._models: dict[Path, _Model] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def environment(self) -> dict[str, str]:
        """For the Swift process."""
        more = {"EDGEGEN_EVALUATES_EXECUTORCH": "1"} if self._runs_executorch else {}
        return {"EDGEGEN_EVALUATOR": str(self.folder), **more}

    def __enter__(self) -> Evaluator:
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in ("request", "answer"):
            (self.folder / name).unlink(missing_ok=True)
            os.mkfifo(self.folder / name)
        # Open for both: opening does not wait for the other side, and its end is not the pipe's end.
        self._request = os.open(self.folder / "request", os.O_RDWR)
        self._answer = os.open(self.folder / "answer", os.O_RDWR)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        os.close(self._request)
        os.close(self._answer)

    def _serve(self) -> None:
        while not self._stop.is_set():
            if not select.select([self._request], [], [], _POLL_S)[0]:
                continue
            header = bytearray()
            while not header.endswith(b"\n"):
                header += self._read(1)
            request = json.loads(header)
            data = [self._read(item["bytes"]) for item in request.get("inputs") or ()]
            try:
                answer, tensors = self._evaluate(request, data)
            except EdgegenError as error:
                answer, tensors = {"error": error.message()}, []
            self._write(json.dumps(answer).encode() + b"\n")
            for tensor in tensors:
                self._write(tensor)

    def _evaluate(self, request: dict[str, Any], data: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        if request["model"] == "decode":
            picture = _decoded(data[0], self.folder / "picture")
            return {"outputs": [{"name": "pam", "dtype": "uint8", "shape": [], "bytes": len(picture)}]}, [picture]
        path = Path(request["model"])
        if path not in self._models:
            self._models[path] = _Model.load(path)
        model = self._models[path]
        if request.get("inputs") is None:
            described = [{"name": name, "dtype": "", "shape": [], "bytes": 0} for name in model.outputs]
            return {"inputs": model.inputs, "outputs": described}, []
        self.asked.append(path)
        given = {item["name"]: _tensor(item, content) for item, content in zip(request["inputs"], data, strict=True)}
        results = [tensor.contiguous().numpy() for tensor in model.run(given)]
        names = model.outputs or map(str, range(len(results)))
        described = [
            {"name": name, "dtype": str(item.dtype), "shape": list(item.shape), "bytes": item.nbytes}
            for name, item in zip(names, results, strict=True)
        ]
        return {"outputs": described}, [item.tobytes() for item in results]

    def _read(self, count: int) -> bytes:
        data = bytearray()
        while len(data) < count:
            data += os.read(self._request, min(count - len(data), 1 << 16))
        return bytes(data)

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._answer, rest) :]


def _tensor(item: dict[str, Any], data: bytes) -> Tensor:
    import numpy as np
    import torch

    return torch.from_numpy(np.frombuffer(data, dtype=item["dtype"]).reshape(item["shape"]).copy())


def pam(path: Path) -> bytes:
    """A picture's file as PAM: the pixels as they are stored, not turned, its alpha with it. Raises PictureError."""
    from PIL import Image

    decode(path)  # It knows what has to be refused.
    with Image.open(path) as picture:
        stored = picture if picture.mode in {"L", "LA", "RGB", "RGBA"} else picture.convert("RGB")
        depth = len(stored.getbands())
        header = f"P7\n# ORIENTATION {orientation(path)}\nWIDTH {stored.width}\nHEIGHT {stored.height}\n"
        return f"{header}DEPTH {depth}\nMAXVAL 255\nENDHDR\n".encode() + stored.tobytes()


def _decoded(file: bytes, scratch: Path) -> bytes:
    scratch.write_bytes(file)
    return pam(scratch)
