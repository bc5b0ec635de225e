"""The bill of materials holds every package the product is locked to, with its hashes, and is valid CycloneDX."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools import sbom
from workshop.version import VERSION

ROOT = Path(__file__).resolve().parents[2]
LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==([^\s;]+)((?:.*\\\n)+.*)", re.MULTILINE)


@pytest.fixture(scope="module")
def told() -> str:
    return sbom.as_json(sbom.bill())


@pytest.fixture(scope="module")
def parts(told: str) -> dict[tuple[str, str], dict[str, Any]]:
    return {(part["name"], part["version"]): part for part in json.loads(told)["components"]}


def hashes(part: dict[str, Any]) -> set[str]:
    return {
        one["content"]
        for place in part["externalReferences"]
        if place["type"] == "distribution"
        for one in place["hashes"]
    }


def test_every_locked_package_is_in_it_with_all_its_hashes(parts: dict[tuple[str, str], dict[str, Any]]) -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    locked = {
        (name, number): set(re.findall(r"sha256:([0-9a-f]{64})", rest)) for name, number, rest in LOCKED.findall(lock)
    }
    assert len(locked) == len(re.findall(r"^[a-z].*==", lock, re.MULTILINE)) > 60
    assert {package: hashes(part) for package, part in parts.items()} == locked
    assert all(locked.values())


def test_what_is_installed_here_has_its_licence_unless_it_names_none(
    parts: dict[tuple[str, str], dict[str, Any]],
) -> None:
    def is_here(name: str, number: str) -> bool:
        try:
            return version(name) == number
        except PackageNotFoundError:
            return False

    without = {name for (name, number), part in parts.items() if is_here(name, number) and not part.get("licenses")}
    assert without <= {"pysqlite3"}, "a package that names none; its page says zlib"


def test_it_says_what_it_is_a_bill_of_and_who_needs_whom(told: str) -> None:
    made = json.loads(told)
    whole = made["metadata"]["component"]
    assert (whole["name"], whole["version"], whole["licenses"]) == ("koppelvlak", VERSION, [{"expression": "EUPL-1.2"}])
    newest = max(path.name[:4] for path in (ROOT / "workshop/store/migrations/versions").glob("[0-9]*.py"))
    assert whole["properties"] == [{"name": sbom.SCHEMA, "value": newest}]
    needs = {each["ref"].partition("@")[0]: each.get("dependsOn", []) for each in made["dependencies"]}
    assert {name.partition("@")[0] for name in needs["koppelvlak"]} >= {"streamlit", "sqlalchemy", "alembic"}
    assert "mako" in {name.partition("@")[0] for name in needs["alembic"]}
    assert "mako" not in {name.partition("@")[0] for name in needs["koppelvlak"]}


def test_it_is_valid_and_a_twin_with_a_part_that_has_no_name_is_not(told: str) -> None:
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(told) is None
    broken = json.loads(told)
    del broken["components"][0]["name"]
    assert validator.validate_str(json.dumps(broken)) is not None
