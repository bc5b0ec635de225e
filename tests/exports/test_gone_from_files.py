"""What was blackened, hidden or taken back stands in no file; the twin blackens the text only."""

from __future__ import annotations

import pytest

from tests import full_note
from tests.evening import plan_evening
from tests.exports.readers import docx_text, read_csv_zip, read_xlsx
from tests.full_note import FORM, ORGANISATION, REUSE, SECOND, TEXT, WORDS
from workshop.actions.evening import moderation, notes, settling
from workshop.actions.sprints import material
from workshop.actions.sprints.material import see_snapshot
from workshop.domain.thread.written import Written
from workshop.exports.shelf import make_file
from workshop.store import Store

KINDS = ("docx", "xlsx", "csv", "json")
#: What a file says of a full note; the translation stands beside it on the wall, not in a file.
SAID = {TEXT, SECOND, ORGANISATION, REUSE}


def told(kind: str, data: bytes) -> str:
    match kind:
        case "docx":
            return docx_text(data)
        case "xlsx" | "csv":
            pages = read_xlsx(data) if kind == "xlsx" else read_csv_zip(data)
            return "\n".join(str(cell) for rows in pages.values() for row in rows for cell in row)
        case _:
            return data.decode()


def words_in_files(store: Store, *, goes_on: bool) -> dict[str, set[str]]:
    """Four full notes: one shown, or hidden as well; one hidden, one taken back, one that waits. Which words are where."""
    evening = plan_evening(store, sprint=1)
    who, told_on = evening.facilitator, full_note.tell(evening, 3)
    first, hidden, back = told_on.ids
    notes.write_note(store, notes.Note(told_on.token, told_on.step, "waits", Written(**FORM)))
    moderation.hide(store, who, [hidden] if goes_on else [hidden, first])
    notes.withdraw_note(store, told_on.token, back)
    evening.run(told_on.step)
    settling.settle_step(store, who, told_on.step, goes_on=[first] if goes_on else [], rest_reason="Later.")
    snapshot = see_snapshot(store, who, evening.wijkplan_id)
    files = {kind: told(kind, make_file(kind, snapshot).data) for kind in KINDS}
    return {kind: {word for word in WORDS if word in text} for kind, text in files.items()}


def test_what_is_not_shown_stands_in_no_file(sqlite_store: Store) -> None:
    assert words_in_files(sqlite_store, goes_on=False) == {kind: set() for kind in KINDS}


def test_twin_a_snapshot_that_does_not_ask_for_the_state_tells_what_was_hidden(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(material, "may_be_told", lambda _thread, _item: True)
    found = words_in_files(sqlite_store, goes_on=False)
    assert all(words >= {TEXT, "zwarttekst"} for words in found.values()), "also the note that waits, not yet blackened"


def test_of_what_is_shown_no_blackened_word_stands_in_a_file(sqlite_store: Store) -> None:
    found = words_in_files(sqlite_store, goes_on=True)
    assert found == {kind: SAID for kind in KINDS}


def test_twin_blackening_the_text_only_tells_the_rest_in_every_file(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moderation, "_blackened_beside", lambda details, _words: details)
    found = words_in_files(sqlite_store, goes_on=True)
    assert found == {kind: {*SAID, "zwarttweede", "zwartdienst"} for kind in KINDS}
