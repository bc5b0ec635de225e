"""Sizes that keep the house walkable, and things that stand in one place only. When red, split or move."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MOST_FILES = 25
MOST_LINES = 400
MOST_LINES_OF_A_PAGE = 60
#: One file per activity and one per table family: flat on purpose.
FLAT = {"workshop/werkvormen", "workshop/store"}
#: What each of these words may stand in: where it is looked for, and the one file that knows it.
ONE_PLACE = {
    r"\bsession_state\b": (("workshop/ui/**/*.py", "pages/**/*.py"), "workshop/ui/frame/state.py"),
    r"Europe/Amsterdam": (("workshop/**/*.py",), "workshop/domain/words.py"),
    # Whether somebody of the staff may is asked of the gate, never worked out beside it.
    r"isinstance\(actor, Staff\)": (("workshop/actions/**/*.py",), "workshop/actions/people/gate.py"),
}


def full_folders(root: Path) -> list[str]:
    """Folders of one layer with more files than somebody overlooks, as "folder: n"."""
    found = []
    for folder in sorted(path for path in (root / "workshop").rglob("*") if path.is_dir()):
        name = folder.relative_to(root).as_posix()
        n = len(list(folder.glob("*.py")))
        if n > MOST_FILES and name not in FLAT:
            found.append(f"{name}: {n}")
    return found


def long_modules(root: Path) -> list[str]:
    """Modules that are too long to read in one go, as "file: lines"; pages have a bound of their own."""
    found = []
    for folder in ("workshop", "pages", "tests", "tools", "bench", "faults"):
        most = MOST_LINES_OF_A_PAGE if folder == "pages" else MOST_LINES
        for path in sorted((root / folder).rglob("*.py")):
            n = len(path.read_text(encoding="utf-8").splitlines())
            if n > most and "migrations" not in path.parts:
                found.append(f"{path.relative_to(root).as_posix()}: {n}")
    return found


def out_of_place(root: Path) -> list[str]:
    """Files that know what only one file should, as "file: word"."""
    found = []
    for word, (where, allowed) in ONE_PLACE.items():
        for path in sorted(path for each in where for path in root.glob(each)):
            name = path.relative_to(root).as_posix()
            if name != allowed and re.search(word, path.read_text(encoding="utf-8")):
                found.append(f"{name}: {word}")
    return found


def test_no_folder_holds_more_files_than_somebody_overlooks() -> None:
    assert full_folders(ROOT) == []


def test_no_module_is_too_long_to_read() -> None:
    assert long_modules(ROOT) == []


def test_what_one_file_knows_no_other_does() -> None:
    assert out_of_place(ROOT) == []


class TestTheRuleItself:
    """Each planted fault is found; the same tree without it is clean."""

    @pytest.fixture
    def house(self, tmp_path: Path) -> Path:
        for name, text in {
            "workshop/domain/words.py": 'ZONE = "Europe/Amsterdam"\n',
            "workshop/ui/frame/state.py": "import streamlit as st\nst.session_state\n",
            "pages/beleid/beleid.py": "x = 1\n" * MOST_LINES_OF_A_PAGE,
            "tests/test_x.py": "x = 1\n" * MOST_LINES,
        }.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    def test_a_house_in_order_is_clean(self, house: Path) -> None:
        assert (full_folders(house), long_modules(house), out_of_place(house)) == ([], [], [])

    def test_a_full_folder_is_found(self, house: Path) -> None:
        for n in range(MOST_FILES):
            (house / "workshop" / "domain" / f"m{n}.py").touch()
        assert full_folders(house) == [f"workshop/domain: {MOST_FILES + 1}"]

    def test_a_long_module_and_a_long_page_are_found(self, house: Path) -> None:
        for name in ("pages/beleid/beleid.py", "tests/test_x.py"):
            with (house / name).open("a", encoding="utf-8") as file:
                file.write("x = 1\n")
        assert long_modules(house) == [
            f"pages/beleid/beleid.py: {MOST_LINES_OF_A_PAGE + 1}",
            f"tests/test_x.py: {MOST_LINES + 1}",
        ]

    def test_a_word_out_of_its_place_is_found(self, house: Path) -> None:
        (house / "workshop" / "ui" / "evening.py").write_text("st.session_state\n", encoding="utf-8")
        (house / "workshop" / "start.py").write_text('"Europe/Amsterdam"\n', encoding="utf-8")
        (house / "pages" / "beleid" / "beleid.py").write_text("st.session_state['x']\n", encoding="utf-8")
        assert out_of_place(house) == [
            r"pages/beleid/beleid.py: \bsession_state\b",
            r"workshop/ui/evening.py: \bsession_state\b",
            "workshop/start.py: Europe/Amsterdam",
        ]
