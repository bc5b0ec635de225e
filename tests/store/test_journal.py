"""One vocabulary in the journal: what a line may say, and that nothing else gets in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop.store import Store
from workshop.store.journal import DEEDS, EARLIER_DEEDS, is_deed
from workshop.store.writing import writing

ROOT = Path(__file__).resolve().parents[2]


def said() -> Iterator[tuple[str, str]]:
    """Every word that an action writes into the journal, with its file; words that are put together apart."""
    for path in sorted((ROOT / "workshop").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "journal" and node.args:
                for word in ast.walk(node.args[0]):
                    if isinstance(word, ast.Constant) and isinstance(word.value, str) and "." in word.value.strip("."):
                        yield path.relative_to(ROOT).as_posix(), word.value


def test_every_action_says_a_word_of_the_vocabulary() -> None:
    words = list(said())
    assert len(words) > 60
    assert [(file, word) for file, word in words if not is_deed(word)] == []


def test_the_vocabulary_has_no_word_that_nobody_says() -> None:
    put_together = {f"{kind}.{verb}" for kind in ("partner", "group") for verb in ("add", "rename", "restore")}
    put_together |= {"session.open", "session.close", "item.release", "item.hide"}
    used = {word for _file, word in said()} | put_together
    assert {f"{kind}.{verb}" for kind, verbs in DEEDS.items() for verb in verbs} == used


def test_what_older_lines_say_is_known() -> None:
    assert [word for word in EARLIER_DEEDS.values() if not is_deed(word)] == []
    assert not any(is_deed(word) for word in EARLIER_DEEDS)


def test_another_word_does_not_get_in(sqlite_store: Store) -> None:
    with (
        pytest.raises(ValueError, match="the journal knows no 'add_partner'"),
        writing(sqlite_store, "somebody") as write,
    ):
        write.journal("add_partner", "p")
