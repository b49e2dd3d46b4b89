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
from edgegen.verify.mil.package import open_package
from edgegen.verify.mil.program import load_program
from edgegen.verify.runner import Runner, runner_for

if TYPE_CHECKING:
    from torch import Tensor

_POLL_S: Final = 0.1


@dataclass(frozen=True)
class _Model:
    """A loaded file. `inputs` and `outputs` are its own names, empty for a `.pte`, whose tensors have none."""

    runner: Runner
    inputs: list[str]
    outputs: list[str]

    @classmethod
    def load(cls, path: Path) -> _Model:
        runner = runner_for(path)
        if path.suffix != ".mlpackage":
            return cls(runner, [], [])
        found = load_program(open_package(path)).description
        hidden = {found.label_output, found.probability_output}
        names = [item.name for item in found.outputs if item.name not in hidden]
        return cls(runner, [item.name for item in found.inputs], names)

    def run(self, given: dict[str, Tensor]) -> tuple[Tensor, ...]:
        """The outputs in the file's order. Raises ExportError."""
        names = self.inputs or sorted(given, key=int)
        missing = [name for name in names if name not in given]
        if missing:
            raise ExportError(f"the input {missing[0]} was not given", hint="Give every input")
        return self.runner.run([given[name] for name in names])


class Evaluator:
    """Answers in a thread as long as the block runs; `folder` is what EDGEGEN_EVALUATOR has to name.

    A request and its answer are a line of JSON and the bytes of the tensors that it lists. Models are loaded when they
    are first asked for. The tensors of a `.pte` have their positions for names.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[Path] = []  # The models that were run, in order.
        self._models: dict[Path, _Model] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

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
