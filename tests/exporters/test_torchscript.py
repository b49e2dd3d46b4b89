"""The .ptl: traced or scripted, what the interpreter on a phone can read, and what is refused."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch

from edgegen.errors import ExportError, SpecError
from edgegen.exporters import ExportJob, ExportResult, get_exporter
from edgegen.exporters.archive import drop_source_notes
from edgegen.sources import load_model
from edgegen.sources.examples import example_inputs
from edgegen.sources.outputs import recognise
from edgegen.spec.model_spec import Quantization, QuantizeMode, TensorInput
from edgegen.verify.runner import run_module, runner_for
from tests.exporters import nets
from tests.exporters.jobs import VECTOR, demo_export, export, job, make_spec, net


def scripted(name: str) -> tuple[ExportJob, ExportResult]:
    """A model of nets.py exported with `script`."""
    loaded = net(name)
    spec = make_spec(VECTOR, outputs=recognise(loaded.module, example_inputs(make_spec(VECTOR)), None))
    spec = dataclasses.replace(
        spec, export=dataclasses.replace(spec.export, runtime="torchscript", backend="cpu", script=True)
    )
    made = ExportJob(loaded, spec)
    return made, get_exporter("torchscript").export(made)


@pytest.mark.parametrize("name", ["DecidesByData", "LoopsByData"])
def test_a_script_keeps_control_flow(name: str) -> None:
    made, result = scripted(name)
    for sample in (torch.full((1, 8), 3.0), torch.full((1, 8), -3.0), torch.zeros(1, 8)):
        (expected,), (actual,) = run_module(made.loaded.module, [sample]), runner_for(result.path).run([sample])
        torch.testing.assert_close(actual, expected)


def test_a_trace_that_would_lose_control_flow_is_refused_and_names_the_way_out() -> None:
    with pytest.raises(ExportError, match="decides by a value") as caught:
        export("DecidesByData", VECTOR, runtime="torchscript")
    assert str(caught.value.where).startswith(f"{nets.__file__}:")
    assert caught.value.hint.endswith("or keep it as it is with --script")


def test_a_branch_that_a_trace_would_lose_is_refused() -> None:
    with pytest.raises(ExportError, match=r"a trace cannot keep torch\.cond") as caught:
        export("Conditional", VECTOR, runtime="torchscript")
    assert "--script" in caught.value.hint


@pytest.mark.parametrize("name", ["KeepsState", "DrawsNumbers"])
def test_a_script_that_gives_another_answer_each_time_is_refused(name: str) -> None:
    with pytest.raises(ExportError, match="another answer each time"):
        scripted(name)


def test_a_script_has_to_return_tensors() -> None:
    with pytest.raises(ExportError, match="this one a dict"):
        scripted("DictOutputs")


def test_what_cannot_be_compiled_names_its_line() -> None:
    with pytest.raises(ExportError, match="numpy") as caught:
        scripted_without_run("UsesNumpy")
    assert caught.value.where == f"{nets.__file__}:{nets.line_of('.numpy()')}"


def scripted_without_run(name: str) -> None:
    spec = make_spec(VECTOR)
    spec = dataclasses.replace(
        spec, export=dataclasses.replace(spec.export, runtime="torchscript", backend="cpu", script=True)
    )
    get_exporter("torchscript").export(ExportJob(net(name), spec))


def test_script_and_int8_exclude_each_other_before_any_work() -> None:
    made = job("Linear", VECTOR, runtime="torchscript")
    section = dataclasses.replace(made.spec.export, script=True, quantize=Quantization("dynamic"))
    with pytest.raises(SpecError, match=r"export\.script: cannot be quantised \(dynamic\)"):
        get_exporter("torchscript").export(
            dataclasses.replace(made, spec=dataclasses.replace(made.spec, export=section))
        )


def test_an_exported_program_has_no_source_to_script(tmp_path: Path) -> None:
    torch.export.save(torch.export.export(net("Linear").module, (torch.ones(1, 8),)), tmp_path / "net.pt2")
    made = job("Linear", VECTOR, runtime="torchscript")
    spec = dataclasses.replace(made.spec, export=dataclasses.replace(made.spec.export, script=True))
    with pytest.raises(ExportError, match="no source to script"):
        get_exporter("torchscript").export(ExportJob(load_model("net.pt2", cwd=tmp_path), spec))


def test_a_torchscript_file_is_taken_as_it_is_by_script(tmp_path: Path) -> None:
    torch.jit.save(torch.jit.script(net("DecidesByData").module), tmp_path / "net.pt")  # type: ignore[no-untyped-call]
    loaded = load_model("net.pt", cwd=tmp_path)
    made = job("Linear", VECTOR, runtime="torchscript")
    spec = dataclasses.replace(made.spec, export=dataclasses.replace(made.spec.export, script=True))
    result = get_exporter("torchscript").export(ExportJob(loaded, spec))
    for sample in (torch.ones(1, 8), -torch.ones(1, 8)):
        (expected,), (actual,) = run_module(loaded.module, [sample]), runner_for(result.path).run([sample])
        torch.testing.assert_close(actual, expected)


@pytest.mark.parametrize("mode", ["none", "dynamic"])
def test_a_torchscript_file_is_traced_as_any_other_model(tmp_path: Path, mode: QuantizeMode) -> None:
    traced = torch.jit.trace(net("Linear").module.eval(), torch.ones(1, 8))  # type: ignore[no-untyped-call]
    torch.jit.save(torch.jit.freeze(traced), tmp_path / "net.pt")  # type: ignore[no-untyped-call]
    loaded = load_model("net.pt", cwd=tmp_path)
    made = job("Linear", VECTOR, mode=mode, runtime="torchscript")
    result = get_exporter("torchscript").export(dataclasses.replace(made, loaded=loaded))
    sample = [torch.linspace(-1, 1, 8).reshape(1, 8)]
    (expected,), (actual,) = run_module(loaded.module, sample), runner_for(result.path).run(sample)
    torch.testing.assert_close(actual, expected, rtol=0, atol=1e-6 if mode == "none" else 0.05)


def test_an_operator_that_the_android_library_lacks_is_refused() -> None:
    with pytest.raises(ExportError, match="no operator torchvision::nms"):
        export("Suppresses", TensorInput("boxes", (4, 4)), runtime="torchscript")


@pytest.mark.parametrize(("name", "outputs"), [("Linear", 1), ("ManyOutputs", None)])
def test_the_answer_is_a_tensor_or_a_flat_tuple(name: str, outputs: int | None) -> None:
    """All that an app has to know, whatever the model's own answer looks like."""
    from torch.jit.mobile import _load_for_lite_interpreter

    made, result = export(name, VECTOR, runtime="torchscript")
    answer = _load_for_lite_interpreter(str(result.path))(torch.ones(1, 8))  # type: ignore[no-untyped-call]
    if outputs == 1:
        assert isinstance(answer, torch.Tensor)
    else:
        assert isinstance(answer, tuple)
        assert len(answer) == len(made.spec.outputs)
        assert all(isinstance(item, torch.Tensor) for item in answer)


def test_the_byte_code_is_of_a_version_that_the_last_android_library_reads() -> None:
    """pytorch_android_lite 2.1.0 reads 4 to 9."""
    from torch.jit.mobile import _get_model_bytecode_version

    _, result = demo_export("int8", "torchscript")
    assert 4 <= _get_model_bytecode_version(str(result.path)) <= 9  # type: ignore[no-untyped-call]


def test_an_archive_without_its_notes_is_the_same_program(tmp_path: Path) -> None:
    path = tmp_path / "net.ptl"
    module = torch.jit.freeze(torch.jit.trace(net("Linear").module.eval(), torch.ones(1, 8)))  # type: ignore[no-untyped-call]
    module._save_for_lite_interpreter(str(path), _extra_files={"words": "Ünïcode"})
    before = runner_for(path).run([torch.ones(1, 8)])[0]
    size = path.stat().st_size
    drop_source_notes(path)
    assert path.stat().st_size < size
    after = runner_for(path)
    assert torch.equal(after.run([torch.ones(1, 8)])[0], before)
    assert after.constant("words") == "Ünïcode"
    assert [entry.name for entry in tmp_path.iterdir()] == ["net.ptl"]


def test_torchs_own_engine_is_as_it_was() -> None:
    before = torch.backends.quantized.engine
    made, result = export("Linear", VECTOR, mode="dynamic", runtime="torchscript")
    runner_for(result.path).run(example_inputs(made.spec))
    assert torch.backends.quantized.engine == before
