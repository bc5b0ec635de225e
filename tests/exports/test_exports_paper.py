"""``docs/exports.md`` names every field of the JSON file, so that it cannot rot."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.exports.evenings import full_evening
from tests.exports.readers import read_json
from workshop.documents.contract import SCHEMA
from workshop.exports.shelf import make_file

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")


def keys(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*(keys(each) for each in value))
    if not isinstance(value, dict):
        return set()
    # What a werkvorm counted, a recorded result and a written part have fields of their own.
    inner = (
        each
        for name, each in value.items()
        if name not in ("outcome", "record", "content", "turnout", "participants_per_group")
    )
    return set(value).union(*(keys(each) for each in inner))


def test_every_key_is_described() -> None:
    named = set(re.findall(r"`(?:[\w…]+(?:\[\])?\.)*(\w+)(?:\[\])?`", TEXT))

    assert keys(read_json(make_file("json", full_evening()).data)) - named == set()
    assert f"`{SCHEMA}`" in TEXT
