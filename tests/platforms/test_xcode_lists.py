"""What Xcode is told about the files that an export reads and writes."""

from __future__ import annotations

from pathlib import Path

from edgegen.platforms.xcode_lists import write_file_lists

GENERATED = Path("ModelKit", "Generated")


def lines(folder: Path, name: str) -> list[str]:
    text = (folder / GENERATED / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_every_file_that_an_export_writes_is_listed(tmp_path: Path) -> None:
    weights = tmp_path / GENERATED / "model.mlpackage" / "Data" / "weight.bin"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"1")
    (tmp_path / GENERATED / "Sources").mkdir()
    (tmp_path / GENERATED / "Sources" / "Labels.swift").write_bytes(b"2")
    write_file_lists(tmp_path, GENERATED, "$(SRCROOT)", ["edgegen.toml", "../shop/net.py", "/data/weights.pth"])
    assert lines(tmp_path, "outputs.xcfilelist") == [
        *(
            f"$(SRCROOT)/ModelKit/Generated/{name}"
            for name in (
                "Sources/Labels.swift",
                "export.json",
                "inputs.xcfilelist",
                "model.mlpackage",
                "model.mlpackage/Data/weight.bin",
                "outputs.xcfilelist",
            )
        ),
        "$(SRCROOT)/.edgegen/manifest.json",
    ]
    assert lines(tmp_path, "inputs.xcfilelist") == [
        "$(SRCROOT)/edgegen.toml",
        "$(SRCROOT)/../shop/net.py",
        "/data/weights.pth",
    ]


def test_the_lists_are_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / GENERATED).mkdir(parents=True)
    texts = []
    for _ in range(2):
        write_file_lists(tmp_path, GENERATED, "$(SRCROOT)/ModelKit", ["edgegen.toml"])
        texts.append([(tmp_path / GENERATED / f"{name}.xcfilelist").read_text() for name in ("inputs", "outputs")])
    assert texts[0] == texts[1]
