"""ModelKit for any kind of spec, rendered without an export, built and tested by Swift on this machine.

What its tests need no runtime for is run, the adapters' among them: see ios_doubles.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from edgegen.platforms import ProjectFacts
from edgegen.platforms.ios import Ios
from edgegen.reference.goldens import write_goldens
from edgegen.reference.photos import golden_photos
from edgegen.render.engine import render
from edgegen.runtimes import RUNTIMES
from edgegen.spec.model_spec import (
    AppSection,
    ClassificationOutput,
    ExportSection,
    ImageInput,
    Input,
    ModelSection,
    ModelSpec,
    Output,
    TensorInput,
    TensorOutput,
)
from edgegen.spec.plan import lower
from edgegen.spec.steps import CenterCrop, Color, Filter, Letterbox, Normalize, Pad, Quantize, Rescale, Resize, ToFloat
from tests.ios.stubs import stubs
from tests.platforms import ios_doubles
from tests.swift.toolchain import need_swift, run_swift

if TYPE_CHECKING:
    import torch

PHOTO: Final = ImageInput("image", (1, 3, 24, 24), steps=(Resize(24, Filter.BILINEAR), CenterCrop((24, 24)), ToFloat()))
HOSTILE_NAME: Final = 'Tom & Jerry\'s "Ünïcode" \\(x) */ `code` \U0001f98a'
LABELS: Final = (
    'a "quoted" label',
    "back\\slash \\(x)",
    "Ünïcode 狗 \U0001f98a",
    '""" # ${x}',
    "tab\tand more",
    "#{x}",
)

# Every dtype, layout, order and step, and what only several inputs show.
MANY: Final[tuple[Input, ...]] = (
    ImageInput(
        "left_eye",
        (1, 3, 20, 16),
        steps=(
            Color("BGR"),
            Resize(20, Filter.BICUBIC, 30),
            Pad(1, 2, 3, 4, (10, 20, 30)),
            CenterCrop((20, 16)),
            ToFloat(),
            Normalize((0.5, 0.4, 0.3), (0.2, 0.3, 0.4)),
        ),
    ),
    ImageInput(
        "half",
        (1, 18, 18, 3),
        "float16",
        "NHWC",
        (Resize((18, 18), Filter.LANCZOS), ToFloat(255, "float16"), Rescale(2.0, -1.0)),
        pillow=12,
    ),
    ImageInput(
        "class", (1, 1, 17, 17), "uint8", steps=(Color("gray", 1), Letterbox((17, 17), Filter.HAMMING, (114,) * 3))
    ),
    ImageInput("2nd", (1, 3, 9, 9), "int8", steps=(Resize((9, 9), Filter.NEAREST), ToFloat(1), Quantize(1.0, -128))),
    TensorInput("extra", (2, 5)),
    TensorInput("flags", (), "bool"),
)


def spec_of(inputs: tuple[Input, ...], outputs: tuple[Output, ...], export: ExportSection) -> ModelSpec:
    """A spec of those, in an app with a name that breaks what it can."""
    return ModelSpec(
        ModelSection("nets:any"), inputs, outputs, AppSection("ios", HOSTILE_NAME, "com.example.some-app"), export
    )


def outputs_of(spec: ModelSpec, classes: int) -> Mapping[str, torch.Tensor]:
    """Made-up outputs, as a runtime would give them."""
    import torch

    generator = torch.Generator().manual_seed(1)
    return {
        item.name: torch.randn(
            (1, classes) if isinstance(item, ClassificationOutput) else item.shape, generator=generator
        ).to(getattr(torch, item.dtype if isinstance(item, TensorOutput) else "float32"))
        for item in spec.outputs
    }


def facts_of(spec: ModelSpec, folder: Path, labels: tuple[str, ...] | None) -> ProjectFacts:
    """What `produce` would say of an exported model; the model's file holds nothing a runtime could read."""
    generated = folder / "ModelKit" / "Generated"
    generated.mkdir(parents=True)
    model = generated / RUNTIMES[spec.export.runtime].file_name
    content = bytes(range(256)) * 600
    if spec.export.runtime == "coreml":
        (model / "Data/com.apple.CoreML/weights").mkdir(parents=True)
        (model / "Manifest.json").write_bytes(b"{}")
        (model / "Data/com.apple.CoreML/model.mlmodel").write_bytes(content)
        (model / "Data/com.apple.CoreML/weights/weight.bin").write_bytes(content)
    else:
        model.write_bytes(content)
    (generated / "export.json").write_bytes(b"{}")
    classes = 6 if labels is None else len(labels)
    write_goldens(spec, generated / "goldens", golden_photos()[:3], lambda _: outputs_of(spec, classes), full=2)
    return ProjectFacts(
        name=spec.app.name,
        slug="some-app",
        spec=spec,
        labels=labels,
        model_file=model,
        goldens=generated / "goldens",
        plans={item.name: lower(item) for item in spec.image_inputs},
        model_title="any",
        model_licence="any",
        report=None,  # type: ignore[arg-type]
    )


def written(spec: ModelSpec, folder: Path, labels: tuple[str, ...] | None) -> Path:
    """ModelKit alone, rendered into `folder`; its own folder."""
    facts = facts_of(spec, folder, labels)
    platform = Ios()
    render(platform.module_overlays(spec), platform.context(spec, facts), platform.module_verbatim(spec), folder)
    platform.finish(folder, [])
    return folder / "ModelKit"


def swift_test(kit: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`swift test` of what needs neither runtime nor decoder, without warnings; the runtime's package is its stub."""
    need_swift()
    manifest = kit / "Package.swift"
    text = manifest.read_text(encoding="utf-8")
    text = re.sub(r"^ +\.(package|product)\(.*\n", "", text, flags=re.MULTILINE)
    manifest.write_text(text, encoding="utf-8")
    folder = ios_doubles.build()
    skipped = (word for name in ("ModelTests", "ClassifierTests", "PhotosTests") for word in ("--skip", name))
    return run_swift(
        [
            *("swift", "test", "-j", "2", *skipped),
            *("-Xswiftc", "-warnings-as-errors", *stubs.swiftpm_flags(folder), *arguments),
        ],
        cwd=kit,
        inputs=[folder],
    )
