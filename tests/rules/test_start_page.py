"""Every file and every function that docs/start.md names is there, and every capability has its line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.rules.test_imports import CAPABILITIES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "start.md"


def gone(words: str, root: Path) -> list[str]:
    """What the page names and the tree does not have: "file" or "file: name"."""
    missing = []
    for name, inside in re.findall(r"`((?:[\w.-]+/)*[\w.-]+\.(?:py|md))(?:: (\w+))?`", words):
        path = next((p for p in (root / name, root / "workshop" / name) if p.is_file()), None)
        if path is None:
            missing.append(name)
        elif inside and inside not in _defined(path):
            missing.append(f"{name}: {inside}")
    return missing


def _defined(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}


def test_what_the_page_names_is_there() -> None:
    words = PAGE.read_text(encoding="utf-8")
    assert len(re.findall(r"`[\w/.-]+\.py", words)) > 30
    assert gone(words, ROOT) == []


def test_every_capability_that_has_a_folder_has_its_line_in_their_order() -> None:
    lines = re.findall(r"^\| (\w+) \|", PAGE.read_text(encoding="utf-8"), re.M)
    folders = {path.name for path in (ROOT / "workshop").glob("*/*") if path.is_dir()}
    assert [word for word in lines if word in CAPABILITIES] == [word for word in CAPABILITIES if word in folders]


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("read `actions/people/gate.py: participant_by_cookie` first", []),
        ("read `actions/people/gone.py` first", ["actions/people/gone.py"]),
        ("follow `actions/people/gate.py: gone`", ["actions/people/gate.py: gone"]),
    ],
)
def test_a_name_that_is_gone_is_found(words: str, missing: list[str]) -> None:
    assert gone(words, ROOT) == missing
