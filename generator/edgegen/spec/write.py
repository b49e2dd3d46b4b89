"""ModelSpec → edgegen.toml, for people to read and edit: `parse_spec(dump_spec(spec)) == spec`, every float exact."""

from __future__ import annotations

from edgegen.spec import model_spec as m
from edgegen.spec.schema import QUANTIZE_MODES, QUANTIZE_MODES_OF
from edgegen.spec.steps import (
    BLACK,
    CenterCrop,
    Color,
    Letterbox,
    Normalize,
    Pad,
    Quantize,
    Rescale,
    Resize,
    Step,
    ToFloat,
)

_HEADER = """\
# What goes into the model, what comes out, and what is built from it. Every key: docs/edgegen-toml.md of edgegen.
# This file is yours. After a change, "edgegen export" writes the model and what is generated from it anew.
"""
_SHORT = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def dump_spec(spec: m.ModelSpec) -> str:
    """The text of edgegen.toml, ending in a newline."""
    blocks = [f"{_HEADER}schema = {spec.schema}\n", _model(spec.model)]
    blocks += [_input(item) for item in spec.inputs]
    blocks += [_output(item) for item in spec.outputs]
    blocks += [_export(spec.export), _app(spec.app), _verify(spec), _budget(spec.budget)]
    return "\n".join(blocks)


def _model(model: m.ModelSection) -> str:
    lines = ["[model]", f"source = {_string(model.source)}"]
    if model.weights is not None:
        lines.append(f"weights = {_string(model.weights)}")
    if model.transforms is not None:
        lines.append(
            f"transforms = {_string(model.transforms)}  # the steps below were read from it; verify asks it again"
        )
    if model.example is not None:
        lines.append(f"example = {_string(model.example)}")
    if model.path != ".":
        lines.append(
            f"path = {_string(model.path)}  # where the files and modules above are found, from this file's folder"
        )
    return _lines(lines)


def _input(item: m.Input) -> str:
    lines = [f"[inputs.{item.name}]"]
    if isinstance(item, m.TensorInput):
        return _lines([*lines, 'kind = "tensor"', f"shape = {_ints(item.shape)}", f"dtype = {_string(item.dtype)}"])
    lines += ['kind = "image"', f"shape = {_ints(item.shape)}", f"dtype = {_string(item.dtype)}"]
    lines.append(f"layout = {_string(item.layout)}")
    lines.append(f"pillow = {item.pillow}  # whose resize is meant; before 13 it went across before down")
    if not item.steps:
        return _lines([*lines, "steps = []"])
    return _lines([*lines, "steps = [", *(f"    {_step(step)}," for step in item.steps), "]"])


def _output(item: m.Output) -> str:
    lines = [f"[outputs.{item.name}]"]
    if isinstance(item, m.TensorOutput):
        return _lines([*lines, 'kind = "tensor"', f"shape = {_ints(item.shape)}", f"dtype = {_string(item.dtype)}"])
    lines.append('kind = "classification"')
    if item.labels is not None:
        lines.append(f"labels = {_string(item.labels)}")
    return _lines([*lines, f"activation = {_string(item.activation)}"])


def _export(export: m.ExportSection) -> str:
    lines = ["[export]", f"runtime = {_string(export.runtime)}", f"backend = {_string(export.backend)}"]
    quantize = f"mode = {_string(export.quantize.mode)}"
    if export.quantize.calibration is not None:
        quantize += f", calibration = {_string(export.quantize.calibration)}"
    lines.append(f"quantize = {{ {quantize} }}  # {_modes(export)}")
    if export.precision is not None:
        lines.append(f"precision = {_string(export.precision)}")
    if export.compute_units is not None:
        lines.append(f"compute_units = {_string(export.compute_units)}")
    if export.image_input:
        lines.append("image_input = true  # the model takes the picture itself; its arithmetic is Core ML's")
    if export.opset is not None:
        lines.append(f"opset = {export.opset}")
    if export.script:
        lines.append("script = true  # TorchScript of the model's source, with its control flow, instead of a trace")
    if export.dynamic_axes:
        lines.append(f"dynamic_axes = {{ {_dynamic_axes(export.dynamic_axes)} }}")
    return _lines(lines)


def _modes(export: m.ExportSection) -> str:
    """The modes to choose from, as a sentence's end."""
    modes = QUANTIZE_MODES_OF.get(export.runtime, QUANTIZE_MODES)
    return f"{', '.join(map(_string, modes[:-1]))} or {_string(modes[-1])}"


def _dynamic_axes(axes: tuple[m.DynamicAxis, ...]) -> str:
    by_input: dict[str, list[str]] = {}
    for item in axes:
        by_input.setdefault(item.input, []).append(f"{item.axis} = {_string(item.name)}")
    return ", ".join(f"{name} = {{ {', '.join(rows)} }}" for name, rows in by_input.items())


def _app(app: m.AppSection) -> str:
    lines = ["[app]", f"platform = {_string(app.platform)}", f"name = {_string(app.name)}"]
    for key in ("id", "team", "dependencies", "deployment_target"):
        value = getattr(app, key)
        if value is not None:
            lines.append(f"{key} = {_string(value)}")
    return _lines(lines)


def _verify(spec: m.ModelSpec) -> str:
    lines = [
        '[verify]  # "edgegen verify" fails beyond these; what is not written has the default of the quantize mode'
    ]
    defaults = spec.verify.for_export(spec.export)
    for key in ("max_abs_error", "max_rel_error", "min_sqnr_db", "min_top1"):
        written, default = getattr(spec.verify, key), getattr(defaults, key)
        if written is not None:
            lines.append(f"{key} = {_float(written)}")
        elif default is not None:
            lines.append(f"# {key} = {_float(default)}")
    return _lines(lines)


def _budget(budget: m.BudgetSection) -> str:
    lines = ["[budget]  # an export beyond these fails"]
    model_mb, drop = budget.model_mb, budget.max_accuracy_drop
    lines.append("# model_mb = 8" if model_mb is None else f"model_mb = {_float(model_mb)}")
    lines.append("# max_accuracy_drop = 0.01" if drop is None else f"max_accuracy_drop = {_float(drop)}")
    return _lines(lines)


def _step(step: Step) -> str:
    match step:
        case Color(order, channels):
            return f"{{ color = {_string(order)}" + (f", channels = {channels} }}" if order == "gray" else " }")
        case Resize(size, filter_, max_size):
            what = str(size) if isinstance(size, int) else _ints(size)
            limit = "" if max_size is None else f", max_size = {max_size}"
            return f"{{ resize = {what}, filter = {_string(filter_)}{limit} }}"
        case Letterbox(size, filter_, fill):
            return f"{{ letterbox = {_ints(size)}, filter = {_string(filter_)}, fill = {_ints(fill)} }}"
        case CenterCrop((height, width)):
            return f"{{ center_crop = {height if height == width else _ints((height, width))} }}"
        case Pad(left, top, right, bottom, fill):
            colour = "" if fill == BLACK else f", fill = {_ints(fill)}"
            return f"{{ pad = {_ints((left, top, right, bottom))}{colour} }}"
        case ToFloat(divisor, dtype):
            return f"{{ to_float = {_float(divisor)}" + (
                " }" if dtype == "float32" else f", dtype = {_string(dtype)} }}"
            )
        case Rescale(scale, offset):
            plus = "" if offset == 0 else f", offset = {_float(offset)}"
            return f"{{ rescale = {{ scale = {_float(scale)}{plus} }} }}"
        case Normalize(mean, std):
            return f"{{ normalize = {{ mean = {_floats(mean)}, std = {_floats(std)} }} }}"
        case Quantize(scale, zero_point):
            return f"{{ quantize = {{ scale = {_float(scale)}, zero_point = {zero_point} }} }}"


def _lines(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def _ints(values: tuple[int, ...]) -> str:
    return f"[{', '.join(str(value) for value in values)}]"


def _floats(values: tuple[float, ...]) -> str:
    return f"[{', '.join(_float(value) for value in values)}]"


def _float(value: float) -> str:
    """The shortest text that reads back as the same float; 255 rather than 255.0, but -0.0 keeps its sign."""
    if value == int(value) and abs(value) < 2**53 and str(value) != "-0.0":
        return str(int(value))
    return repr(float(value))


def _string(text: str) -> str:
    """A TOML basic string: quotes, backslashes and control characters escaped, the rest as it is."""
    return '"' + "".join(_SHORT.get(c) or (_escaped(c) if ord(c) < 32 or ord(c) == 127 else c) for c in text) + '"'


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04X}"
