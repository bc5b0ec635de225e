"""The forms for reports have what the repository's host asks of a form; hooks run only what is here, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FORMS = sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
ASKING = {"textarea", "input", "dropdown", "checkboxes"}


def faults(form: dict[str, Any]) -> list[str]:
    """What the host would refuse: https://docs.github.com, "Syntax for GitHub's form schema"."""
    wrong = [f"no {name}" for name in ("name", "description", "body") if not form.get(name)]
    parts: list[dict[str, Any]] = form.get("body") or []
    asked = [part for part in parts if part.get("type") in ASKING]
    wrong += [f"unknown type {part.get('type')}" for part in parts if part.get("type") not in ASKING | {"markdown"}]
    wrong += [f"{part.get('id')}: no label" for part in asked if not part.get("attributes", {}).get("label")]
    wrong += [
        f"{part.get('id')}: no options"
        for part in asked
        if part["type"] in ("dropdown", "checkboxes") and not part["attributes"].get("options")
    ]
    for what, told in {
        "id": [part.get("id") for part in asked],
        "label": [part.get("attributes", {}).get("label") for part in asked],
    }.items():
        wrong += [f"{what} twice: {one}" for one in sorted({str(one) for one in told if told.count(one) > 1})]
    return wrong if asked else [*wrong, "asks nothing"]


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def test_there_is_a_form_for_the_evening_and_one_for_ideas() -> None:
    assert [path.stem for path in FORMS] == ["idee", "op-de-avond-ging-het-mis"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_the_host_would_take_the_form(path: Path) -> None:
    assert faults(read(path)) == []


def test_twin_a_form_that_is_not_whole_is_found() -> None:
    field = {"type": "input", "id": "wat", "attributes": {"label": "Wat?"}}
    whole = {"name": "Idee", "description": "Iets", "body": [field]}
    assert faults(whole) == []
    for broken in (
        {**whole, "name": ""},
        {**whole, "body": []},
        {**whole, "body": [field, field]},
        {**whole, "body": [{**field, "type": "text"}]},
        {**whole, "body": [{**field, "attributes": {}}]},
        {**whole, "body": [{**field, "type": "dropdown"}]},
    ):
        assert faults(broken) != []


def test_the_form_for_the_evening_asks_what_when_and_the_number_of_the_fault() -> None:
    form = read(ROOT / ".github/ISSUE_TEMPLATE/op-de-avond-ging-het-mis.yml")
    assert {"wat", "wanneer", "nummer", "versie"} <= {part.get("id") for part in form["body"]}


def test_hooks_before_a_commit_fetch_nothing() -> None:
    sources = read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [source["repo"] for source in sources] == ["local"]
    hooks = sources[0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert all(hook["entry"].startswith((".venv/bin/python -m ruff ", ".venv/bin/python -m pytest ")) for hook in hooks)
    named = [word for hook in hooks for word in hook["entry"].split() if word.endswith(".py")]
    assert named and all((ROOT / name).is_file() for name in named)
