"""The page that shows how to add a werkvorm shows the real files, so it cannot grow old."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "werkvorm-toevoegen.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "workshop/werkvormen/hopes_and_fears.py",
        "tests/unit/werkvormen/test_hopes_and_fears.py",
        "data/method/werkvormen/hopes_and_fears.toml",
    ],
)
def test_the_page_shows_the_file_as_it_is(path: str) -> None:
    shown = re.search(rf"^## \d\. [^\n]*`{re.escape(path)}`\n\n```\w+\n(.*?)^```$", PAGE, re.M | re.S)
    assert shown is not None
    assert shown[1] == (ROOT / path).read_text(encoding="utf-8")


def test_every_file_the_page_names_exists() -> None:
    named = set(re.findall(r"`([\w/]+/[\w./-]+\.(?:py|md|toml|html))`", PAGE))
    assert len(named) >= 10
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
