"""The number of this version stands in one place; what has to repeat it is compared with that place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from workshop.version import VERSION

ROOT = Path(__file__).resolve().parents[2]
RELEASED = re.compile(r"^## (\d+\.\d+\.\d+) \((\d{4}-\d{2}-\d{2})\)$", re.MULTILINE)


def faults(version: str, publiccode: str, changelog: str) -> list[str]:
    """What does not tell this version, or not the same day."""
    told: dict[str, Any] = yaml.safe_load(publiccode)
    releases = RELEASED.findall(changelog)
    newest, day = releases[0] if releases else ("none", "none")
    wrong = [f"publiccode.yml says {told['softwareVersion']}"] if told["softwareVersion"] != version else []
    if newest != version:
        wrong.append(f"CHANGELOG.md begins with {newest}")
    if str(told["releaseDate"]) != day:
        wrong.append(f"publiccode.yml says {told['releaseDate']}, CHANGELOG.md says {day}")
    return wrong


def test_every_place_tells_the_same_version_and_day() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
    assert (
        faults(VERSION, *((ROOT / name).read_text(encoding="utf-8") for name in ("publiccode.yml", "CHANGELOG.md")))
        == []
    )


def test_the_newest_release_stands_first() -> None:
    numbers = [
        tuple(int(part) for part in number.split("."))
        for number, _day in RELEASED.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    ]
    assert numbers == sorted(set(numbers), reverse=True)


@pytest.mark.parametrize(
    ("publiccode", "changelog"),
    [
        ("softwareVersion: 0.1.9\nreleaseDate: 2026-11-22\n", "## 0.2.0 (2026-11-22)\n"),
        ("softwareVersion: 0.2.0\nreleaseDate: 2026-11-22\n", "## 0.1.9 (2026-11-22)\n\n## 0.2.0 (2026-11-22)\n"),
        ("softwareVersion: 0.2.0\nreleaseDate: 2026-11-21\n", "## 0.2.0 (2026-11-22)\n"),
        ("softwareVersion: 0.2.0\nreleaseDate: 2026-11-22\n", ""),
    ],
)
def test_twin_a_place_that_was_forgotten_is_told(publiccode: str, changelog: str) -> None:
    assert faults("0.2.0", "softwareVersion: 0.2.0\nreleaseDate: 2026-11-22\n", "## 0.2.0 (2026-11-22)\n") == []
    assert faults("0.2.0", publiccode, changelog) != []
