"""Details of an item are asked for by name: a key in quotes that is misspelled tells nobody that it found nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

_BY_KEY = re.compile(r"\bdetails(?:\[|\.get\()|[\"'] (?:not )?in \w+(?:\.\w+)*\.details\b")


def read_by_key(root: Path) -> list[str]:
    """Every line of the product that asks details by a key, as "file:line"."""
    return [
        f"{path.relative_to(root)}:{number}"
        for path in sorted((root / "workshop").rglob("*"))
        if path.suffix in (".py", ".html")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if _BY_KEY.search(line)
    ]


def test_nobody_asks_details_by_a_key() -> None:
    assert read_by_key(ROOT) == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("page.py", 'lesson = item.details["lesson"]'),
        ("page.py", 'lesson = item.details.get("lesson", "")'),
        ("page.py", 'is_there = "lesson" in item.details'),
        ("page.html", '{{ item.details["translation"] }}'),
        ("page.html", "{{ item.details.get('translation') }}"),
    ],
)
def test_a_key_is_found(tmp_path: Path, name: str, line: str) -> None:
    (tmp_path / "workshop").mkdir()
    (tmp_path / "workshop" / name).write_text(f"\n{line}\n", encoding="utf-8")
    assert read_by_key(tmp_path) == [f"workshop/{name}:2"]


@pytest.mark.parametrize("line", ["item.details.lesson", 'write.journal("a", details={"n": 1})', "<details open>"])
def test_what_is_no_key_is_left_alone(tmp_path: Path, line: str) -> None:
    (tmp_path / "workshop").mkdir()
    (tmp_path / "workshop" / "page.py").write_text(line, encoding="utf-8")
    assert read_by_key(tmp_path) == []
