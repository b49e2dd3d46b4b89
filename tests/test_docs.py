"""The documents lead somewhere: every relative link and picture in a Markdown file exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "plugins").rglob("*.md")]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in LINK.findall(text) if "://" not in link]
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing, f"{page.name} leads to what is not there: {missing}"


def test_the_readme_names_every_command() -> None:
    from edgegen.cli.main import COMMANDS

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    unnamed = [
        name for name in COMMANDS if name != "completion" and f"edgegen {name}" not in text and f"`{name}`" not in text
    ]
    assert not unnamed
