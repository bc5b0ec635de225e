"""Every fragment in ``changes.d`` can be released: towncrier takes it, and it reads as ``changes.d/README.md`` asks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"(\+[a-z0-9-]+|[1-9]\d*)\.(begeleider|it|developer)(\.[1-9]\d*)?\.md")
MOST = 400


def faults(folder: Path) -> list[str]:
    """What is wrong with the fragments in this folder, a line each."""
    return [fault for path in sorted(folder.iterdir()) if path.name != "README.md" for fault in _faults_of(path)]


def _faults_of(path: Path) -> list[str]:
    if not NAME.fullmatch(path.name):
        return [f"{path.name}: not a name that says for whom it is"]
    told = path.read_text(encoding="utf-8").strip()
    asked = {
        "is empty": bool(told),
        f"is longer than {MOST} characters": len(told) <= MOST,
        "is more than one paragraph": "\n" not in told,
        "begins as a heading or a list": not re.match(r"[#*\-\d>]", told),
        "does not end as a sentence": told.endswith((".", "!", "?")),
    }
    return [f"{path.name}: {fault}" for fault, is_well in asked.items() if not is_well]


def released(root: Path) -> tuple[int, str]:
    """How towncrier ends and what it would write for a next release; nothing is written."""
    asked = ["build", "--draft", "--version", "9.9.9", "--date", "2030-01-01", "--config", "towncrier.toml"]
    ended = subprocess.run(
        [sys.executable, "-m", "towncrier", *asked],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    return ended.returncode, ended.stdout


def test_every_fragment_reads_as_it_should() -> None:
    assert faults(ROOT / "changes.d") == []


def test_a_release_would_tell_every_fragment() -> None:
    ended, told = released(ROOT)
    assert ended == 0, told
    for path in (ROOT / "changes.d").glob("*.*.md"):
        assert path.read_text(encoding="utf-8").strip() in told, path.name


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """The settings of this repository with two good fragments of its own."""
    shutil.copy(ROOT / "towncrier.toml", tmp_path)
    folder = tmp_path / "changes.d"
    folder.mkdir()
    (folder / "README.md").write_text("# How\n", encoding="utf-8")
    (folder / "+knop.begeleider.md").write_text("De knop staat rechts.\n", encoding="utf-8")
    (folder / "10.it.1.md").write_text("Poort 8501 is dicht.\n", encoding="utf-8")
    return tmp_path


def test_twin_the_planted_fragments_are_well(planted: Path) -> None:
    ended, told = released(planted)
    assert (faults(planted / "changes.d"), ended) == ([], 0)
    assert re.findall(r"^###? .*|^- .*", told, re.MULTILINE) == [
        "## 9.9.9 (2030-01-01)",
        "### Voor de begeleider",
        "- De knop staat rechts.",
        "### Voor de IT-afdeling",
        "- Poort 8501 is dicht. (#10)",
    ]


@pytest.mark.parametrize("name", ["knop.md", "+knop.facilitator.md", "README.nl.md"])
def test_twin_a_name_that_says_not_for_whom_is_refused_by_the_rule_and_by_towncrier(planted: Path, name: str) -> None:
    (planted / "changes.d" / name).write_text("De knop staat links.\n", encoding="utf-8")
    assert len(faults(planted / "changes.d")) == 1
    ended, told = released(planted)
    assert ended != 0 and "De knop staat links." not in told


@pytest.mark.parametrize("name", ["+knop.begeleider.txt", "+Knop Rechts.begeleider.md", "knop.begeleider.md"])
def test_twin_a_name_that_towncrier_would_take_is_refused_by_the_rule(planted: Path, name: str) -> None:
    (planted / "changes.d" / name).write_text("De knop staat links.\n", encoding="utf-8")
    assert len(faults(planted / "changes.d")) == 1


@pytest.mark.parametrize(
    "text", ["", "# Knop", "- De knop staat links.", "De knop staat links", "Links.\n\nOok rechts.", "a" * MOST + "."]
)
def test_twin_a_fragment_that_does_not_read_well_is_told(planted: Path, text: str) -> None:
    (planted / "changes.d" / "+fout.begeleider.md").write_text(text, encoding="utf-8")
    assert faults(planted / "changes.d") != []
