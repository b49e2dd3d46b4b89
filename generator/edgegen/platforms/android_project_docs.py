"""The words of an Android project that depend on its spec: README and NOTICE."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from edgegen.platforms import ProjectFacts
from edgegen.platforms.readme import input_line, output_line
from edgegen.platforms.shapes import is_classifier
from edgegen.render.filters import java_string
from edgegen.runtimes import RUNTIMES
from edgegen.spec.model_spec import ImageInput, ModelSpec
from edgegen.versions import GRADLE_WRAPPER, RUNTIME_LIBRARIES


@dataclass(frozen=True, slots=True)
class _Words:
    """What a runtime brings into the app, and what somebody who takes the project over has to know of it."""

    libraries: str
    note: str


_RUNTIMES: Final = {
    "executorch": _Words(
        "ExecuTorch with its kernels and the XNNPACK backend: BSD 3-Clause, Copyright (c) Meta Platforms, Inc. and "
        "affiliates. Inside it XNNPACK, cpuinfo, pthreadpool, FP16 and FXdiv: BSD 3-Clause, BSD 2-Clause and MIT. "
        "Beside it fbjni and SoLoader's nativeloader: Apache License 2.0.",
        "A `.pte` loads in the ExecuTorch that exported it and in the next minor release, so `{library}` follows "
        "edgegen's own. Whether that version is published was not seen when this was written (1.3.1 was): if Gradle "
        "does not find it, take the nearest there is, in `model/build.gradle`, and run the app on the golden photos.",
    ),
    "torchscript": _Words(
        "PyTorch Mobile with its kernels and QNNPACK: BSD 3-Clause, Copyright (c) Facebook, Inc. and its affiliates. "
        "Beside it fbjni and SoLoader's nativeloader: Apache License 2.0.",
        "**TorchScript is legacy.** PyTorch no longer supports it on phones, and `{library}`, its last library, is not "
        "built for memory pages of 16 KB: Google Play refuses updates with it, and it does not load on devices that "
        "have such pages. Make a new app with `--runtime executorch` or `--runtime onnx`; the API of `:model` is the "
        "same.",
    ),
    "onnx": _Words(
        "ONNX Runtime: MIT License, Copyright (c) Microsoft Corporation. Inside it Eigen, Protocol Buffers, Abseil, "
        "FlatBuffers, XNNPACK and others; their licences are in the library's ThirdPartyNotices.txt.",
        "`{library}` reads the opset and the file version that the exporter writes; a newer one does, too.",
    ),
}

_LIBRARY: Final = (
    " `:model` is the library behind it: the exported model, the preprocessing, a typed API, and tests that hold it "
    "against what Python computed, bit for bit."
)

_WRAPPER: Final = (
    f"The jar of the Gradle wrapper {GRADLE_WRAPPER}, which downloads Gradle and is no part of the app: Apache License "
    "2.0, Copyright the original authors."
)

_CLASSIFIER: Final = """```kotlin
// In a ViewModel, or whatever outlives the screen. Loading and classifying refuse the main thread.
private val classifier by lazy {{ Classifier.load(application) }}
val top = MutableStateFlow<List<Label>>(emptyList())

@OptIn(ExperimentalGetImage::class)
val analysis = ImageAnalysis.Builder().setBackpressureStrategy(STRATEGY_KEEP_ONLY_LATEST).build().apply {{
    setAnalyzer(Executors.newSingleThreadExecutor()) {{ frame ->
        frame.use {{ top.value = classifier.classify(it.image!!, it.imageInfo.rotationDegrees, 5) }}
    }}
}}

@Composable
fun Answer(labels: List<Label>) = Column {{
    labels.forEach {{ Text("%s %.1f %%".format(it.name(), 100 * it.probability())) }}
}}
```

A photo instead of a frame: `classifier.classify(Photos.decode(contentResolver, uri), 5)`. `ModelException` says why a
model cannot be used; `classifier.close()` frees its memory."""

_MODEL: Final = """```kotlin
// In a ViewModel, or whatever outlives the screen. Loading and running refuse the main thread.
private val model by lazy {{ Model.load(application) }}
val answer = MutableStateFlow<Outputs?>(null)

fun run({arguments}) = viewModelScope.launch(Dispatchers.Default) {{
{lines}
}}

@Composable
fun Answer(outputs: Outputs) = Column {{
    outputs.tensors().forEach {{ Text("${{it.name()}}: ${{it.get(0)}} …") }}
}}
```

`ModelException` says why a model cannot be used; `model.close()` frees its memory.{camera}"""

_CAMERA: Final = """ With CameraX, an `ImageAnalysis.Analyzer`
on a thread of its own calls `preprocessor.fill(input, frame.image!!, frame.imageInfo.rotationDegrees, false)`."""


def documents(spec: ModelSpec, facts: ProjectFacts) -> Mapping[str, object]:
    """The part of the context that README.md and NOTICE.md are made of."""
    words = _RUNTIMES[spec.export.runtime]
    library = RUNTIME_LIBRARIES[spec.export.runtime]
    return {
        "model_title": facts.model_title,
        "model_licence": facts.model_licence,
        "readme_inputs": "\n".join(input_line(item) for item in spec.inputs),
        "readme_outputs": "\n".join(output_line(item) for item in spec.outputs),
        "readme_app": _wrapped(_app(spec)),
        "readme_replaces": ", `CaptureProvider.java` (FileProvider), `CameraFeed.java` (CameraX)" * is_classifier(spec),
        "readme_changes": _changes(spec, facts),
        "kotlin_example": _kotlin(spec),
        "runtime_title": RUNTIMES[spec.export.runtime].title,
        "runtime_note": _wrapped(words.note.format(library=library)),
        "notice_runtime": _wrapped(f"In the app, as `{library}`: {words.libraries}"),
        "notice_photos": _photos(spec),
        "notice_wrapper": _wrapped(_WRAPPER),
    }


def _app(spec: ModelSpec) -> str:
    if is_classifier(spec):
        return (
            "`:app` classifies a photo that you choose, take, or share with it from another app, and what the camera "
            "sees as it sees it, with the time of each stage." + _LIBRARY
        )
    return (
        "`:app` runs the model on files that you choose in it, and shows what comes out and how long it took."
        + _LIBRARY
    )


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 120, break_long_words=False, break_on_hyphens=False)


def _changes(spec: ModelSpec, facts: ProjectFacts) -> str:
    session = "PhotoSession.java" if is_classifier(spec) else "RunSession.java"
    labels = ", `labels.txt`" if facts.labels is not None else ""
    rows = [
        ("what the app does with a result", f"`{session}`, `MainActivity.java`"),
        ("the words, the colours, the icon", "`app/src/main/res`"),
        ("the model, its weights, preprocessing or labels", f"`edgegen.toml`{labels}"),
        ("the size of the model", "`edgegen.toml`, `export.quantize`"),
        ("the processors that the app is built for", "`gradle.properties`"),
    ]
    return "\n".join(f"| {what} | {where} |" for what, where in rows)


def _kotlin(spec: ModelSpec) -> str:
    if is_classifier(spec):
        return _CLASSIFIER.format()
    arguments, lines = [], []
    preprocessor = ["    val preprocessor = Preprocessor()"] if spec.image_inputs else []
    for number, item in enumerate(spec.inputs, start=1):
        name = f"input{number}" if len(spec.inputs) > 1 else "input"
        picture = isinstance(item, ImageInput)
        given = f"{'photo' if picture else 'numbers'}{number if len(spec.inputs) > 1 else ''}"
        arguments.append(f"{given}: {'Bitmap' if picture else 'ByteBuffer'}")
        lines.append(f"    val {name} = Tensor.zeros(Model.input({_kotlin_string(item.name)}))")
        lines.append(f"    preprocessor.fill({name}, {given})" if picture else f"    {name}.bytes().put({given})")
    names = ", ".join(f"input{n}" for n in range(1, len(spec.inputs) + 1)) if len(spec.inputs) > 1 else "input"
    lines.append(f"    answer.value = model.run({names})")
    camera = _CAMERA if spec.image_inputs else ""
    return _MODEL.format(arguments=", ".join(arguments), lines="\n".join([*preprocessor, *lines]), camera=camera)


def _kotlin_string(text: str) -> str:
    """A Kotlin literal: Java's, and `$` begins a template."""
    return java_string(text).replace("$", "\\$")


def _photos(spec: ModelSpec) -> str:
    if not spec.image_inputs:
        return ""
    return (
        "\n## The pictures\n\n`photos` and `generated/goldens`, which are no part of the app: CC0 or public domain, "
        "from scikit-image's data.\n"
    )
