"""Specs for tests: one plain spec, its text with a part replaced, and hypothesis strategies for any valid one."""

from __future__ import annotations

from hypothesis import strategies as st

from edgegen.spec import schema
from edgegen.spec.geometry import output_size
from edgegen.spec.model_spec import (
    AppSection,
    BudgetSection,
    ClassificationOutput,
    DynamicAxis,
    ExportSection,
    ImageInput,
    ModelSection,
    ModelSpec,
    Quantization,
    TensorInput,
    TensorOutput,
    VerifySection,
)
from edgegen.spec.steps import (
    CenterCrop,
    Color,
    Filter,
    Letterbox,
    Normalize,
    Pad,
    PixelStep,
    Quantize,
    Rescale,
    Resize,
    Size,
    Step,
    ToFloat,
    ValueStep,
)

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)

PLAIN = """\
schema = 1
[model]
source = "demo"
[inputs.image]
kind = "image"
shape = [1, 3, 224, 224]
dtype = "float32"
steps = [
    { resize = 256, filter = "bilinear" },
    { center_crop = 224 },
    { to_float = 255 },
    { normalize = { mean = [0.485, 0.456, 0.406], std = [0.229, 0.224, 0.225] } },
]
[outputs.logits]
kind = "classification"
labels = "labels.txt"
[app]
platform = "linux-arm"
name = "hello"
"""


def plain_input() -> ImageInput:
    """The picture input of PLAIN."""
    steps: tuple[Step, ...] = (
        Resize(256, Filter.BILINEAR),
        CenterCrop((224, 224)),
        ToFloat(),
        Normalize(IMAGENET_MEAN, IMAGENET_STD),
    )
    return ImageInput("image", (1, 3, 224, 224), steps=steps)


def changed(old: str, new: str) -> str:
    """PLAIN with one part replaced; the part must be there."""
    assert PLAIN.count(old) == 1, old
    return PLAIN.replace(old, new)


sides = st.integers(1, 64)
levels = st.integers(0, 255)
floats = st.floats(allow_nan=False, allow_infinity=False)
names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,20}", fullmatch=True)
# Any text but lone surrogates, which no UTF-8 file can hold.
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(lambda text: text.strip())


@st.composite
def pixel_steps(draw: st.DrawFn) -> tuple[tuple[PixelStep, ...], int]:
    """Pixel steps that end in one size, and the channels they make."""
    order = draw(st.sampled_from(["RGB", "BGR", "gray", None]))
    channels = draw(st.sampled_from([1, 3])) if order == "gray" else 3
    fills = st.tuples(levels, levels, levels) if order != "gray" else levels.map(lambda level: (level, level, level))
    filters = st.sampled_from(list(Filter))
    step = st.one_of(
        st.builds(Resize, sides, filters),
        sides.flatmap(lambda s: st.builds(Resize, st.just(s), filters, st.integers(s + 1, 200))),
        st.builds(Resize, st.tuples(sides, sides), filters),
        st.builds(Letterbox, st.tuples(sides, sides), filters, fills),
        st.builds(CenterCrop, st.tuples(sides, sides)),
        st.builds(Pad, *[st.integers(0, 9)] * 4, fills),
    )
    steps: list[PixelStep] = draw(st.lists(step, max_size=3))
    steps.append(draw(st.builds(CenterCrop, st.tuples(sides, sides))))
    if order == "gray":
        steps.insert(0, Color("gray", channels))
    elif order is not None:
        steps.insert(draw(st.integers(0, len(steps))), Color(order))
    return tuple(steps), channels


@st.composite
def image_inputs(draw: st.DrawFn, name: str = "image") -> ImageInput:
    """Any valid picture input."""
    steps, channels = draw(pixel_steps())
    size: Size | None = None
    for step in steps:
        size = output_size(step, size)
    assert size is not None
    layout = draw(st.sampled_from(["NCHW", "NHWC"]))
    dtype = draw(st.sampled_from(schema.IMAGE_DTYPES))
    shape = (1, channels, *size) if layout == "NCHW" else (1, *size, channels)
    pillow = draw(st.sampled_from([9, 12, 13]))
    return ImageInput(name, shape, dtype, layout, (*steps, *draw(_value_steps(dtype, channels))), pillow)


def _value_steps(dtype: str, channels: int) -> st.SearchStrategy[tuple[ValueStep, ...]]:
    """Arithmetic that ends in `dtype`, with numbers that stay inside a float16."""
    if dtype == "uint8":
        return st.just(())
    numbers = st.floats(-100, 100)
    spreads = st.floats(0.01, 100)
    count = st.sampled_from([1, channels])
    normalize = count.flatmap(lambda n: st.builds(Normalize, st.tuples(*[numbers] * n), st.tuples(*[spreads] * n)))
    middle = st.lists(st.one_of(normalize, st.builds(Rescale, st.floats(0.001, 1), numbers)), max_size=1)
    first = st.builds(ToFloat, st.sampled_from([1.0, 255.0, 127.5]), st.sampled_from(["float32", "float16"]))
    if dtype == "int8":
        last = st.builds(Quantize, st.floats(0.001, 2), st.integers(-128, 127))
        return st.tuples(first, middle, last).map(lambda parts: (parts[0], *parts[1], parts[2]))
    return st.tuples(first, middle).map(lambda parts: (parts[0], *parts[1]))


def _optional(strategy: st.SearchStrategy[float]) -> st.SearchStrategy[float | None]:
    return st.none() | strategy


def _dynamic_axes(inputs: tuple[ImageInput | TensorInput, ...]) -> st.SearchStrategy[tuple[DynamicAxis, ...]]:
    """Some axes of each input, every one of its own name."""
    axes = [DynamicAxis(i.name, axis, f"n{at}_{axis}") for at, i in enumerate(inputs) for axis in range(len(i.shape))]
    return st.sets(st.sampled_from(axes) if axes else st.nothing()).map(
        lambda chosen: tuple(axis for axis in axes if axis in chosen)
    )


@st.composite
def specs(draw: st.DrawFn) -> ModelSpec:
    """Any valid spec, hostile strings included."""
    shapes = st.lists(st.integers(1, 10**6), max_size=5).map(tuple)
    dtypes = st.sampled_from(schema.TENSOR_DTYPES)
    input_names = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    output_names = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    inputs = tuple(
        draw(st.one_of(image_inputs(name), st.builds(TensorInput, st.just(name), shapes, dtypes)))
        for name in input_names
    )
    outputs = tuple(
        draw(
            st.one_of(
                st.builds(ClassificationOutput, st.just(name), st.none() | texts, st.sampled_from(schema.ACTIVATIONS)),
                st.builds(TensorOutput, st.just(name), shapes, dtypes),
            )
        )
        for name in output_names
    )
    maybe = st.none() | texts
    quantization = st.builds(Quantization, st.sampled_from(schema.QUANTIZE_MODES), maybe)
    opset = st.none() | st.integers(schema.OLDEST_OPSET, schema.NEWEST_OPSET)
    positive, share = st.floats(0, 1e300), st.floats(0, 1)
    return ModelSpec(
        model=draw(st.builds(ModelSection, texts, maybe, maybe, maybe, texts)),
        inputs=inputs,
        outputs=outputs,
        export=draw(st.builds(ExportSection, texts, texts, quantization, opset, st.booleans(), _dynamic_axes(inputs))),
        app=draw(st.builds(AppSection, texts, texts, maybe)),
        verify=draw(
            st.builds(VerifySection, _optional(positive), _optional(positive), _optional(floats), _optional(share))
        ),
        budget=draw(st.builds(BudgetSection, _optional(positive.filter(bool)), _optional(share))),
    )
