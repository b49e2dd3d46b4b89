"""What the generated ctests of a linux-arm project compare with, and how closely."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from edgegen.platforms.goldens import Goldens
from edgegen.platforms.shapes import is_classifier, score_outputs
from edgegen.spec.model_spec import ImageInput, ModelSpec, QuantizeMode

# How far an output may be from the golden, which Python computed on the machine of the export: as a share of the
# output's largest magnitude, and why.
_TOLERANCES: Final[Mapping[QuantizeMode, tuple[float, str]]] = {
    "none": (
        1e-4,
        "// Kernels sum in another order on another CPU, so the last bits differ: about 1e-6 was seen. A wrong input\n"
        "// shows long before: the preprocessing itself is compared bit for bit.",
    ),
    "int8": (
        0.1,
        "// The kernels of another CPU round a tie between two int8 levels the other way, and later layers carry that\n"
        "// on: a few levels of 255 at the output. The preprocessing itself is compared bit for bit.",
    ),
    "dynamic": (
        0.05,
        "// The scale of each layer's input is taken from its values, whose last bits differ from CPU to CPU; a level\n"
        "// of 255 may then fall to its neighbour. The preprocessing itself is compared bit for bit.",
    ),
}


def tests(spec: ModelSpec, goldens: Goldens, labels: tuple[str, ...]) -> Mapping[str, object]:
    """The part of the context that tests/ and generated/golden_cases.cpp are made of."""
    tolerance, why = _TOLERANCES[spec.export.quantize.mode]
    return {
        "golden_cases": goldens.table(spec, labels),
        "output_tolerance": repr(tolerance),
        "tolerance_comment": why,
        "probability_tolerance": repr(max(tolerance, 1e-3)),
        "golden_tests": "\n".join(_groups(spec)),
        **_program_tests(spec, goldens),
    }


def _groups(spec: ModelSpec) -> list[str]:
    groups = ["add_golden_tests(model interface outputs wrong_model wrong_input)"]
    if spec.image_inputs:
        groups.append("add_golden_tests(pipeline decoded stages wrong_picture)")
    if is_classifier(spec):
        groups.append("add_golden_tests(classifier labels ranking)")
    elif score_outputs(spec):
        groups.append("add_golden_tests(scores labels)")
    return groups


def example_arguments(spec: ModelSpec, goldens: Goldens, folder: str) -> list[str]:
    """The program's arguments that run the first golden case, with its files in `folder`."""
    case = goldens.cases[0]
    pictures = [item for item in spec.inputs if isinstance(item, ImageInput)]
    arguments = []
    for item in spec.inputs:
        if isinstance(item, ImageInput):
            named = [] if len(pictures) == 1 else ["--input", f"{item.name}={folder}/{case['photo']}"]
            arguments += named
        else:
            arguments += ["--input", f"{item.name}={folder}/{case['inputs'][item.name][-1]['file']}"]
    return arguments + ([f"{folder}/{case['photo']}"] if len(pictures) == 1 else [])


def _program_tests(spec: ModelSpec, goldens: Goldens) -> Mapping[str, str]:
    folder = "${goldens}"
    good = _cmake(example_arguments(spec, goldens, folder))
    lines = [
        f'add_program_test(golden 0 "\\"milliseconds\\": {{" --json {good})',
        f'add_program_test(missing_model 4 "no/such.pte: No such file" --model no/such.pte {good})',
    ]
    wrong = example_arguments(spec, goldens, folder)
    if spec.image_inputs:
        photo = goldens.cases[0]["photo"]
        missing = _cmake([text.replace(f"{folder}/{photo}", "no/such/photo.jpg") for text in wrong])
        other = _cmake([text.replace(f"{folder}/{photo}", f"{folder}/index.json") for text in wrong])
        lines.append(f'add_program_test(missing_photo 3 "no/such/photo.jpg" {missing})')
        lines.append(f'add_program_test(wrong_photo 3 "index.json" {other})')
        lines.append('add_program_test(no_photo 2 "Try --help")')
    tensor = next((item for item in spec.inputs if not isinstance(item, ImageInput)), None)
    if tensor is not None:
        given = f"{tensor.name}={folder}/{goldens.cases[0]['inputs'][tensor.name][-1]['file']}"
        other = _cmake([text.replace(given, f"{tensor.name}={folder}/index.json") for text in wrong])
        lines.append(f'add_program_test(wrong_npy 3 "index.json" {other})')
    return {"program_tests": "\n".join(lines)}


def _cmake(arguments: list[str]) -> str:
    return " ".join(f'"{argument}"' for argument in arguments)
