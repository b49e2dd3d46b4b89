"""What stands in an .mlpackage, read by coremltools' own protocol buffers."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def spec_of(path: Path) -> Any:
    """The model's protocol buffer."""
    from coremltools.proto import Model_pb2

    model = Model_pb2.Model()
    model.ParseFromString((path / "Data/com.apple.CoreML/model.mlmodel").read_bytes())
    return model


def operations(path: Path) -> Any:
    """The operators of its program, in order."""
    (function,) = spec_of(path).mlProgram.functions.values()
    (block,) = function.block_specializations.values()
    return block.operations


def kind_of(op: Any) -> str:
    """The dtype of an operator's first output, as MIL names it."""
    from coremltools.proto import MIL_pb2

    name: str = MIL_pb2.DataType.Name(op.outputs[0].type.tensorType.dataType)
    return name
