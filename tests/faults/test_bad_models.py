"""Models and weights that are missing, of another kind, damaged, or that cannot be exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.cases import NEW, SENSOR, Case, case, check_refused


def weights(name: str, file: str, *said: str) -> Case:
    """`--weights FILE` for the sensor's model, refused."""
    return case(name, (*NEW, *SENSOR, "--weights", file), 4, file, *said)


def model(name: str, source: str, code: int, *said: str) -> Case:
    """`--model SOURCE --input x=1x16`, refused."""
    return case(name, (*NEW, "--model", source, "--input", "x=1x16"), code, *said)


SOURCES = [
    model("misspelt demo", "dmeo", 4, "'dmeo'", "demo"),
    model("misspelt torchvision model", "torchvision:mobilnet_v3_small", 4, "torchvision:mobilenet_v3_small?"),
    model("detection model", "torchvision:fasterrcnn_resnet50_fpn", 4, "not a model of still", "classification"),
    model("misspelt module", "shopp.net:sensor", 4, "no module shopp", "Did you mean shop?"),
    model("misspelt factory", "shop.net:sensr", 4, "'sensr'", "Did you mean sensor?"),
    model("path for a module", "shop/net.py:sensor", 4, "shop.net:sensor"),
    model("missing file", "programm.pt2", 4, "programm.pt2", "no such file", "program.pt2?"),
    model("folder", "photos", 4, "photos", "is a folder"),
    model("state dict alone", "sensor.pth", 4, "state dict", "--model package.module:factory --weights sensor.pth"),
    model("pickled module", "pickled.pth", 4, "pickled.pth", "could run any code", "torch.save(model.state_dict()"),
    model("cut .pt2", "cut.pt2", 4, "cut.pt2", "Copy or download it again"),
    model("ONNX", "model.onnx", 4, "model.onnx", "ONNX", "PyTorch model"),
    model("already exported", "program.pte", 4, "program.pte", "already exported", "edgegen inspect"),
    model("picture for a model", "pictures/good.jpg", 4, "good.jpg", "JPEG"),
    case(
        "weights of a model that has its own",
        (*NEW, "--model", "demo", "--weights", "sensor.pth"), 4, "--weights sensor.pth", "Leave --weights out",
    ),
    case(
        "misspelt torchvision weights",
        (*NEW, "--model", "torchvision:resnet18", "--weights", "IMAGENET1K_V9"), 4, "IMAGENET1K_V9", "IMAGENET1K_V1?",
    ),
]  # fmt: skip

WEIGHTS = [
    weights("missing", "senser.pth", "no such file", "sensor.pth?"),
    weights("empty", "empty.pth", "is empty", "Copy or download it again"),
    weights("cut short", "cut.pth", "damaged or cut short", "Copy or download it again"),
    weights("git-lfs pointer", "pointer.pth", "git-lfs pointer", "git lfs pull"),
    weights("web page", "page.pth", "web page", "download it again"),
    weights("text", "text.pth", "not a model file", "--weights"),
    weights("folder of pictures", "photos", "is a folder"),
    weights("pickled module", "pickled.pth", "could run any code", "torch.save(model.state_dict()"),
    weights("other width", "wide.pth", "layers.0.weight is 9x16 in the file and 8x16 in the model"),
    weights("another model's", "other.pth", "0 of 4 keys", "another model's weights"),
    weights("one tensor is a list", "lists.pth", "3 of 4 keys", "layers.2.weight"),
    weights("an exported program", "program.pt2", "exported program", "--model program.pt2"),
]

FACTORIES = [
    model("factory that fails", "shop.net:breaks", 4, "net.py:", "lacks 'width'", "Put the line right"),
    model("factory that needs arguments", "shop.net:needs_width", 4, "needs arguments: width"),
    model("factory that gives a state dict", "shop.net:gives_state", 4, "state dict", "--weights"),
    model("factory that gives nothing", "shop.net:gives_nothing", 4, "NoneType", "Return an nn.Module"),
    model("a number", "shop.net:number", 4, "is a int", "nn.Module"),
    model("syntax error", "shop.broken:build", 4, "broken.py:1", "SyntaxError"),
    model("missing package", "shop.needs:build", 4, "needs.py:1", "a_package_that_is_not_there", "pip install"),
    model("no values", "shop.net:Meta", 4, "meta device", "--weights"),
    model("output that is text", "shop.net:ReturnsText", 4, "is a str, not a tensor", "tuple or dict"),
]

EXPORTS = [
    model("data-dependent control flow", "shop.net:DecidesByValue", 6, "net.py:", "decides by a value", "torch.where"),
    model("unsupported operator", "shop.net:Unsupported", 6, "net.py:", "linalg_qr", "in the app"),
    model("state", "shop.net:Counts", 6, "net.py:", "runs", "Take the state as an input"),
    model("random numbers", "shop.net:Noisy", 6, "net.py:", "random numbers", "eval mode"),
    model("shape by value", "shop.net:ShapeByValue", 4, "depends on the input's values", "fixed shape"),
    case(
        "nothing to quantise",
        (*NEW, "--model", "shop.net:TwoInTwoOut", "--input", "left=1x2", "--input", "right=1x2",
         "--quantize", "dynamic"), 6, "nothing of the model could be quantised", "--quantize none",
    ),
    case(
        "wrong shape for an exported program",
        (*NEW, "--model", "program.pt2", "--input", "input=1x15"), 4, "1x15", "--input",
    ),
    case(
        "wrong shape for a TorchScript module",
        (*NEW, "--model", "scripted.pt", "--input", "input=1x15"), 4, "1x15", "RuntimeError: mat1 and mat2", "--input",
    ),
]  # fmt: skip


@pytest.mark.parametrize("fault", [*SOURCES, *WEIGHTS, *FACTORIES, *EXPORTS], ids=str)
def test_it_is_refused(fault: Case, folder: Path) -> None:
    check_refused(fault, folder)


@pytest.mark.parametrize("source", ["shop.net:DecidesByValue", "shop.broken:build", "pickled.pth", "program.pte"])
def test_inspect_says_it_too(source: str, folder: Path) -> None:
    """What `new` refuses, `inspect` refuses or reports as a problem, and neither shows a traceback."""
    from tests.faults.in_process import edgegen

    done = edgegen("inspect", source, "--input", "x=1x16", "--json", cwd=folder)
    assert "Traceback" not in done.stderr
    if done.code == 0:
        import json

        assert json.loads(done.stdout)["export_problem"]
    else:
        done.error()


def test_weights_that_cannot_be_downloaded(folder: Path, tmp_path: Path) -> None:
    """No network: the error names the file, its address and the folder to put it in, and no half of it is left."""
    no_network = {"TORCH_HOME": str(tmp_path / "torch"), "https_proxy": "http://127.0.0.1:9", "no_proxy": ""}
    fault = Case(
        "no network",
        (*NEW, "--model", "torchvision:squeezenet1_1"),
        4,
        ("IMAGENET1K_V1", "squeezenet1_1-b8a52dc0.pth", str(tmp_path / "torch"), "--weights FILE", "--weights none"),
        no_network,
    )
    check_refused(fault, folder)
    assert not [path for path in (tmp_path / "torch").rglob("*") if path.is_file()]
