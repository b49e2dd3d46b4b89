"""The words of a linux-arm project that depend on its spec: README and NOTICE."""

from __future__ import annotations

from collections.abc import Mapping

from edgegen.platforms import ProjectFacts
from edgegen.platforms.cpp import identifier
from edgegen.platforms.goldens import Goldens
from edgegen.platforms.linux_arm_runtime import RUNTIMES
from edgegen.platforms.linux_arm_tests import example_arguments
from edgegen.platforms.readme import input_line, output_line
from edgegen.platforms.shapes import is_classifier
from edgegen.render.filters import sh_quote
from edgegen.runtimes import model_file
from edgegen.spec.model_spec import ModelSpec

_PICTURE_LIBRARIES = (
    ("libjpeg-turbo", "IJG licence and BSD 3-Clause"),
    ("libpng", "PNG Reference Library License version 2"),
    ("zlib", "zlib licence"),
)


def documents(spec: ModelSpec, facts: ProjectFacts, goldens: Goldens) -> Mapping[str, object]:
    """The part of the context that README.md and NOTICE.md are made of."""
    runtime = RUNTIMES[spec.export.runtime]
    libraries = runtime.libraries + (_PICTURE_LIBRARIES if spec.image_inputs else ())
    photo_row = "| The pictures | `photos`, `generated/goldens` | CC0 or public domain, from scikit-image's data |"
    run = example_arguments(spec, goldens, "generated/goldens")
    photo = f"generated/goldens/{goldens.cases[0]['photo']}"
    run = [word.replace(photo, "photos/coffee.jpg") for word in run]
    return {
        "model_title": facts.model_title,
        "model_licence": facts.model_licence,
        "notice_rows": photo_row if spec.image_inputs else "",
        "notice_libraries": "\n".join(f"| {name} | {licence} |" for name, licence in libraries),
        "run_arguments": " ".join(map(sh_quote, run)),
        "readme_inputs": "\n".join(input_line(item) for item in spec.inputs),
        "readme_outputs": "\n".join(output_line(item) for item in spec.outputs),
        "apt_packages": f"g++ ninja-build{' libjpeg-dev libpng-dev' if spec.image_inputs else ''}{runtime.apt}",
        "pip_commands": "\n".join(runtime.pip),
        "cross_section": _cross_section(spec, facts, " ".join(map(sh_quote, run))),
        "runtime_needed": runtime.needed,
        "labels_file": ", `labels.txt`" if facts.labels is not None else "",
        "embed_example": _embed(spec, facts),
        "python_packages": runtime.python,
    }


def _cross_section(spec: ModelSpec, facts: ProjectFacts, arguments: str) -> str:
    """How the program for a board is made on another machine."""
    runtime = RUNTIMES[spec.export.runtime]
    if not runtime.cross:
        return f"On a 64-bit ARM board the same commands build it: {runtime.title} is not built for it elsewhere."
    libraries = ", and of Debian's arm64 packages `libjpeg-dev:arm64 libpng-dev:arm64`" if spec.image_inputs else ""
    tools = f"`sudo apt install g++-aarch64-linux-gnu qemu-user-static`{libraries}"
    package = f"build/aarch64/package/*.tar.gz: unpack it on the board, run bin/{facts.slug}"
    lines = [
        f"For a 64-bit ARM board, from another machine ({tools}):",
        "",
        "```sh",
        f"edgegen build --arch aarch64          # {runtime.arm_build}",
        "ctest --preset aarch64                # under qemu",
        f"cpack --preset aarch64                # {package}",
        f"edgegen run --on user@board {arguments}",
        "```",
        "",
        f"{runtime.note}The board needs a C library at least as new as the cross compiler's.",
    ]
    return "\n".join(lines)


def _embed(spec: ModelSpec, facts: ProjectFacts) -> str:
    space = identifier(facts.slug)
    if is_classifier(spec):
        lines = [
            f"#include <{facts.slug}/classifier.h>",
            "",
            f'{space}::Classifier classifier("{model_file(spec)}");',
            f'for (const {space}::Prediction& p : classifier.classify_file("photo.jpg")) use(p.label, p.probability);',
        ]
    else:
        lines = [f"#include <{facts.slug}/model.h>", "#include <generated/model_spec.h>"]
        lines += ["#include <generated/pipeline.h>"] * bool(spec.image_inputs)
        lines += [
            "",
            f'{space}::Model model("{model_file(spec)}");',
            f"std::vector<{space}::Tensor> inputs;",
            f"for (const auto& info : {space}::model_inputs()) inputs.push_back({space}::zeros(info));",
            f"// Fill inputs[…].bytes{'; generated/pipeline.h does it for pictures' if spec.image_inputs else ''}.",
            f"std::vector<{space}::Tensor> outputs = model.run(inputs);",
        ]
    return "\n".join(["```cpp", *lines, "```"])
