"""edgegen.toml → ModelSpec. Standard library only: a command that reads a spec must not wait for torch.

Unknown keys, wrong types and parts that do not fit together are SpecErrors that name file, key, what was expected
and what is there; see `check` for the rules between the parts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from edgegen.errors import SpecError
from edgegen.runtimes import DEFAULT_RUNTIME, RUNTIMES
from edgegen.spec import model_spec as m
from edgegen.spec import schema
from edgegen.spec.check import check_spec
from edgegen.spec.parse_steps import parse_steps
from edgegen.spec.reader import Node, Table


def load_spec(path: Path) -> m.ModelSpec:
    """The spec in the file at `path`. Raises SpecError for everything that can be wrong with it."""
    where = str(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SpecError("no such file", where=where, hint='Run "edgegen new" to make a project with one') from None
    except OSError as error:
        raise SpecError(f"cannot be read: {error.strerror}", where=where, hint="Check the path") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SpecError(
            f"is not UTF-8 text (byte {error.start})", where=where, hint="Save it as UTF-8 and run again"
        ) from error
    return parse_spec(text, where)


def parse_spec(text: str, where: str = "edgegen.toml") -> m.ModelSpec:
    """The spec in `text`; `where` is the file named in errors."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SpecError(f"is not TOML: {error}", where=where, hint="Correct that line and run again") from error
    except RecursionError:
        raise SpecError("is nested too deeply", where=where, hint="Write it as docs/edgegen-toml.md says") from None
    return spec_of(document, where)


def spec_of(document: dict[str, object], where: str = "edgegen.toml") -> m.ModelSpec:
    """The spec in a document that is parsed already; `where` is the file named in errors."""
    root = Node(document, where).table(schema.TOP, "edgegen.toml")
    _check_schema(root)
    spec = m.ModelSpec(
        model=_model(root.need("model", '{ source = "torchvision:mobilenet_v3_small" }')),
        inputs=tuple(_input(name, node) for name, node in _named(root, "inputs", "image", "image")),
        outputs=tuple(_output(name, node) for name, node in _named(root, "outputs", "logits", "classification")),
        export=_export(root.get("export")),
        app=_app(root.need("app", '{ platform = "linux-arm", name = "hello" }')),
        verify=_verify(root.get("verify")),
        budget=_budget(root.get("budget")),
    )
    check_spec(spec, where)
    return spec


def _check_schema(root: Table) -> None:
    node = root.need("schema", str(m.SCHEMA))
    version = node.integer(1, 10**9, "a version number")
    if version != m.SCHEMA:
        node.fail(f"is {version}, this edgegen reads schema {m.SCHEMA}", "Update edgegen, or write schema = 1")


def _named(root: Table, table: str, name: str, kind: str) -> list[tuple[str, Node]]:
    found = list(root.need(table, f'{{ {name} = {{ kind = "{kind}" }} }}').named_tables())
    if not found:
        root.at(table).fail("is empty", f"Add a table [{table}.{name}]")
    return found


def _model(node: Node) -> m.ModelSection:
    table = node.table(schema.MODEL, "[model]")
    return m.ModelSection(
        source=table.need("source", '"torchvision:mobilenet_v3_small"').text(),
        weights=table.text("weights"),
        transforms=table.text("transforms"),
        example=table.text("example"),
        path=table.text("path") or ".",
    )


def _kind(node: Node, kinds: tuple[str, ...], later: tuple[str, ...]) -> str:
    table = node.value
    if not isinstance(table, dict):
        node.wrong("a table")
    kind = Node(table.get("kind"), node.file, f"{node.path}.kind")
    if kind.value is None:
        kind.fail(f"missing; expected one of {', '.join(kinds)}", f'Add kind = "{kinds[0]}"')
    if kind.value in later:
        kind.fail(f"{kind.value!r} is not supported by this edgegen", f"Use one of {', '.join(kinds)}")
    return kind.choice(kinds)


def _input(name: str, node: Node) -> m.Input:
    if _kind(node, schema.KINDS_INPUT, ("audio", "text")) == "tensor":
        table = node.table(schema.TENSOR_INPUT, "a tensor input")
        return m.TensorInput(name, _shape(table, "[1, 2]"), _tensor_dtype(table))
    table = node.table(schema.IMAGE_INPUT, "an image input")
    dtype = table.choice("dtype", schema.IMAGE_DTYPES, "float32")
    pillow = table.get("pillow")
    return m.ImageInput(
        name=name,
        shape=_shape(table, "[1, 3, 224, 224]"),
        dtype=cast(m.ImageDtype, dtype),
        layout=cast(m.Layout, table.choice("layout", schema.LAYOUTS, "NCHW")),
        steps=parse_steps(table.need("steps", '[{ resize = [224, 224], filter = "bilinear" }, { to_float = 255 }]')),
        pillow=m.PILLOW
        if pillow is None
        else pillow.integer(schema.OLDEST_PILLOW, schema.NEWEST_PILLOW, "a major version of Pillow"),
    )


def _output(name: str, node: Node) -> m.Output:
    if _kind(node, schema.KINDS_OUTPUT, ("detection", "segmentation", "embedding", "keypoints")) == "tensor":
        table = node.table(schema.TENSOR_OUTPUT, "a tensor output")
        return m.TensorOutput(name, _shape(table, "[1, 1000]"), _tensor_dtype(table))
    table = node.table(schema.CLASSIFICATION_OUTPUT, "a classification output")
    activation = table.choice("activation", schema.ACTIVATIONS, "softmax")
    return m.ClassificationOutput(name, table.text("labels"), cast(m.Activation, activation))


def _shape(table: Table, example: str) -> tuple[int, ...]:
    node = table.need("shape", example)
    dims = node.items(what="an array of integers")
    if len(dims) > 8:
        node.fail(f"has {len(dims)} dimensions", "Write at most 8")
    return tuple(dim.integer(1, 2**31 - 1, "a dimension") for dim in dims)


def _tensor_dtype(table: Table) -> m.TensorDtype:
    return cast(m.TensorDtype, table.choice("dtype", schema.TENSOR_DTYPES, "float32"))


def _export(node: Node | None) -> m.ExportSection:
    if node is None:
        return m.ExportSection()
    table = node.table(schema.EXPORT, "[export]")
    quantize, opset, script = table.get("quantize"), table.get("opset"), table.get("script")
    axes, image_input = table.get("dynamic_axes"), table.get("image_input")
    runtime = table.text("runtime") or DEFAULT_RUNTIME
    return m.ExportSection(
        runtime=runtime,
        # An unknown runtime is refused with its platform's list.
        backend=table.text("backend") or RUNTIMES.get(runtime, RUNTIMES[DEFAULT_RUNTIME]).backends[0],
        quantize=m.Quantization() if quantize is None else _quantization(quantize),
        opset=None if opset is None else opset.integer(schema.OLDEST_OPSET, schema.NEWEST_OPSET, "an opset"),
        script=False if script is None else script.boolean(),
        dynamic_axes=() if axes is None else tuple(_dynamic_axes(axes)),
        precision=cast("m.Precision | None", _choice(table, "precision", schema.PRECISIONS)),
        compute_units=cast("m.ComputeUnits | None", _choice(table, "compute_units", schema.COMPUTE_UNITS)),
        image_input=False if image_input is None else image_input.boolean(),
    )


def _dynamic_axes(node: Node) -> Iterator[m.DynamicAxis]:
    for name, axes in node.named_tables():
        for axis, size in axes.named_tables():
            if not axis.isdecimal() or str(int(axis)) != axis:
                size.fail("is no axis", 'Write the axes of an input by number: { image = { 0 = "batch" } }')
            yield m.DynamicAxis(name, int(axis), size.text())


def _quantization(node: Node) -> m.Quantization:
    table = node.table(schema.QUANTIZATION, "quantize")
    mode = table.choice("mode", schema.QUANTIZE_MODES, "none")
    return m.Quantization(cast(m.QuantizeMode, mode), table.text("calibration"))


def _app(node: Node) -> m.AppSection:
    table = node.table(schema.APP, "[app]")
    platform = table.need("platform", '"linux-arm"').text()
    return m.AppSection(
        platform=platform,
        name=table.need("name", '"hello"').text(),
        id=table.text("id"),
        team=table.text("team"),
        dependencies=cast("m.Dependencies | None", _choice(table, "dependencies", schema.DEPENDENCIES)),
        deployment_target=table.text("deployment_target"),
    )


def _choice(table: Table, key: str, choices: tuple[str, ...]) -> str | None:
    node = table.get(key)
    return None if node is None else node.choice(choices)


def _verify(node: Node | None) -> m.VerifySection:
    if node is None:
        return m.VerifySection()
    table = node.table(schema.VERIFY, "[verify]")
    return m.VerifySection(
        max_abs_error=_at_least_zero(table, "max_abs_error"),
        max_rel_error=_at_least_zero(table, "max_rel_error"),
        min_sqnr_db=table.number("min_sqnr_db"),
        min_top1=_share(table, "min_top1"),
    )


def _budget(node: Node | None) -> m.BudgetSection:
    if node is None:
        return m.BudgetSection()
    table = node.table(schema.BUDGET, "[budget]")
    model_mb = _at_least_zero(table, "model_mb")
    if model_mb == 0:
        table.at("model_mb").wrong("a number above 0 (megabytes)")
    return m.BudgetSection(model_mb, _share(table, "max_accuracy_drop"))


def _at_least_zero(table: Table, key: str) -> float | None:
    number = table.number(key)
    if number is not None and number < 0:
        table.at(key).wrong("a number that is not negative")
    return number


def _share(table: Table, key: str) -> float | None:
    number = table.number(key)
    if number is not None and not 0 <= number <= 1:
        table.at(key).wrong("a share in 0..1")
    return number
