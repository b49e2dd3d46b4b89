"""What Core ML cannot convert, in one line with the operator and the user's own line."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from edgegen.errors import ExportError
from edgegen.sources import load_model
from edgegen.spec.model_spec import Quantization, QuantizeMode, TensorInput
from tests.exporters import nets
from tests.exporters.coreml_jobs import NETS, classes_job, export, for_ios, job
from tests.exporters.jobs import ROOT, VECTOR

PICTURE = TensorInput("image", (1, 3, 8, 8))
SMALL = "tests.exporters.nets"
FILES = {NETS: ROOT / "tests/exporters/coreml_nets.py", SMALL: Path(nets.__file__)}


def line(module: str, text: str) -> str:
    lines = FILES[module].read_text(encoding="utf-8").splitlines()
    return f"{FILES[module].name}:{next(n for n, given in enumerate(lines, 1) if text in given)}"


@pytest.mark.parametrize(
    ("module", "name", "item", "text", "problem"),
    [
        (NETS, "Bessel", PICTURE, "# no counterpart", "no counterpart of the operator aten.special_bessel_j0"),
        (NETS, "Bicubic", PICTURE, "# here", "cannot take the operator grid_sampler"),
        (SMALL, "Decomposes", VECTOR, "linalg.svd(x)", "no counterpart of the operator aten._linalg_svd"),
        (SMALL, "Aligns", VECTOR, "roi_align(", "no counterpart of the operator torchvision.roi_align"),
        (SMALL, "Conditional", VECTOR, "torch.cond(", "does not take torch.cond"),
        (SMALL, "DecidesByData", VECTOR, "# here", "decides by a value"),
    ],
)
def test_an_operator_is_named_with_the_users_line(
    module: str, name: str, item: TensorInput, text: str, problem: str
) -> None:
    with pytest.raises(ExportError) as caught:
        # The outputs do not matter: it fails before they are looked at.
        export(job(f"{module}:{name}", item))
    assert problem in caught.value.problem
    assert caught.value.where is not None
    assert caught.value.where.endswith(line(module, text))
    assert caught.value.exit_code == 6


def test_a_size_that_depends_on_the_data_is_named() -> None:
    made = job(f"{SMALL}:Linear", VECTOR)
    loaded = load_model(f"{SMALL}:ChangingShape", cwd=ROOT)
    with pytest.raises(ExportError, match=r"the size of what aten.nonzero gives depends on the data") as caught:
        export(dataclasses.replace(made, loaded=loaded))
    assert caught.value.where is not None
    assert caught.value.where.endswith(line(SMALL, "torch.nonzero(x > 0)"))


def test_int8_without_pictures_is_refused_with_core_mls_own_way_out() -> None:
    made = classes_job()
    spec = for_ios(made.spec, quantize=Quantization("int8"))
    with pytest.raises(ExportError, match="int8 needs pictures") as caught:
        export(dataclasses.replace(made, spec=spec))
    assert "--quantize int8-weights" in caught.value.hint


@pytest.mark.parametrize("mode", ["int8-weights", "palette6", "palette4"])
def test_a_model_too_small_to_be_compressed_says_so(mode: QuantizeMode) -> None:
    made = job(f"{SMALL}:Linear", VECTOR)
    spec = for_ios(made.spec, quantize=Quantization(mode))
    with pytest.raises(ExportError, match="largest weight has 32 values"):
        export(dataclasses.replace(made, spec=spec))
