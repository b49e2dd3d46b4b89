"""What a --model value means is read from its text; what means nothing is answered with the right spelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from edgegen.errors import SourceError
from edgegen.sources.origin import Kind, parse_origin


@pytest.mark.parametrize(
    ("source", "kind", "name", "attribute"),
    [
        ("demo", Kind.DEMO, "", ""),
        ("torchvision:resnet18", Kind.TORCHVISION, "resnet18", ""),
        ("net:build", Kind.FACTORY, "net", "build"),
        ("shop.models.net:Net.small", Kind.FACTORY, "shop.models.net", "Net.small"),
        ("größe:modell", Kind.FACTORY, "größe", "modell"),
    ],
)
def test_the_four_forms(tmp_path: Path, source: str, kind: Kind, name: str, attribute: str) -> None:
    origin = parse_origin(source, tmp_path)
    assert (origin.kind, origin.name, origin.attribute) == (kind, name, attribute)


@pytest.mark.parametrize("name", ["net.pt", "net.pt2", "net.PTH", "net.safetensors", "sub/net.pte"])
def test_a_models_suffix_means_a_file_even_if_it_is_missing(tmp_path: Path, name: str) -> None:
    origin = parse_origin(name, tmp_path)
    assert origin.kind is Kind.FILE
    assert origin.path == tmp_path / name


def test_a_file_that_is_there_is_a_file_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "weights").write_bytes(b"x")
    assert parse_origin("weights", tmp_path).kind is Kind.FILE


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("resnet18", "torchvision:resnet18"),
        ("Demo", "mean demo"),
        ("net.py:build", "net:build"),
        ("shop/net.py", "shop.net:FACTORY"),
        ("models/net", "no such file"),
        ("net:", "package.module:factory"),
        ("a b:c", "package.module:factory"),
        ("", "package.module:factory"),
        ("-rf", "package.module:factory"),
    ],
)
def test_what_means_nothing_is_answered_with_a_form(tmp_path: Path, source: str, hint: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse_origin(source, tmp_path)
    assert hint in caught.value.hint
