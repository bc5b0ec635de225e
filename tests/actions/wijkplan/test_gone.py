"""What goes away is gone with all that stood beside it, from every table; each defence has a twin that leaves something.

Source: House ruling 9 (a withdrawn text goes at once), assurance T35 (raw contributions for a limited time).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Table, and_, insert, select, update

from tests import full_note
from tests.evening import plan_evening
from tests.full_note import BLACKENED, DETAILS, READABLE, WHILE_THERE, WORDS, Told, where_words_stand
from workshop.actions.evening import moderation, notes, settling
from workshop.actions.wijkplan.retention import apply_retention
from workshop.domain.texts import BLACK
from workshop.domain.thread.details import Details
from workshop.domain.thread.items import Item, ItemState
from workshop.store import Store, items, retention, schema

EVENING, AFTERWARDS = datetime(2026, 11, 24, 20, tzinfo=UTC), datetime(2027, 5, 25, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_the_evening(store: Store) -> None:
    store.clock = lambda: EVENING


def held(store: Store, item_id: str) -> Item:
    with store.read() as conn:
        found = items.item(conn, item_id)
    assert found is not None
    return found


def leave_behind(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, table: Table, *columns: str) -> None:
    """Break an erasing function: what it does to these columns of a table is put back, and rows it removed come back."""
    erase: Callable[..., Any] = getattr(module, name)

    def broken(conn: Any, *args: Any, **more: Any) -> Any:
        before = conn.execute(select(table)).mappings().all()
        told = erase(conn, *args, **more)
        for row in before:
            this = and_(*(column == row[column.name] for column in table.primary_key))
            if conn.execute(select(table).where(this)).first() is None:
                conn.execute(insert(table).values(**row))
            elif columns:
                conn.execute(update(table).where(this).values({column: row[column] for column in columns}))
        return told

    monkeypatch.setattr(module, name, broken)


# -- retention -----------------------------------------------------------------------------------------------------


def kept_and_left(store: Store) -> tuple[Told, str, str]:
    """Two full notes of a finished step: one went on, one led nowhere."""
    told = full_note.tell(plan_evening(store), 2)
    stays, goes = told.ids
    told.evening.run(told.step)
    settling.settle_step(store, told.evening.facilitator, told.step, goes_on=[stays], rest_reason="Later.")
    assert where_words_stand(store) == WHILE_THERE
    return told, stays, goes


def erase_other(store: Store, item_id: str) -> None:
    """Take another note out of the way, so that every word that is found is of the note the test is about."""
    with store.write() as conn:
        items.erase_item(conn, item_id)


def run_retention(store: Store) -> None:
    store.clock = lambda: AFTERWARDS
    assert apply_retention(store) == 1


def test_when_its_time_is_up_a_note_that_led_nowhere_is_gone_whole(store: Store) -> None:
    told, stays, goes = kept_and_left(store)
    erase_other(store, stays)
    run_retention(store)
    assert where_words_stand(store) == {}
    gone = held(store, goes)
    assert (gone.text, gone.details, gone.state) == ("", Details(), ItemState.WITHDRAWN)
    assert (gone.kind.value, gone.group, gone.step_id) == ("initiative", "Bewoners", told.step), "the counts stay whole"


def test_twin_retention_that_empties_the_text_only_leaves_what_stood_beside_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    _told, stays, _goes = kept_and_left(store)
    erase_other(store, stays)
    leave_behind(monkeypatch, retention, "erase_raw", schema.item, "details")
    run_retention(store)
    assert where_words_stand(store) == {"item.details": WHILE_THERE["item.details"]}


def test_when_its_time_is_up_what_was_blackened_in_a_note_that_went_on_is_gone(store: Store) -> None:
    _told, stays, _goes = kept_and_left(store)
    run_retention(store)
    assert where_words_stand(store, BLACKENED) == {}
    assert where_words_stand(store) == {name: WHILE_THERE[name] for name in ("item.text", "item.details")}
    assert held(store, stays).details == DETAILS


def test_twin_retention_that_keeps_earlier_forms_keeps_what_was_blackened(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_and_left(store)
    leave_behind(monkeypatch, retention, "erase_raw", schema.item_version)
    run_retention(store)
    assert where_words_stand(store, BLACKENED) == {"item_version.before": set(BLACKENED)}


# -- taken back by the writer ----------------------------------------------------------------------------------------


def test_a_note_taken_back_is_gone_whole_and_at_once(store: Store) -> None:
    told = full_note.tell(plan_evening(store))
    assert where_words_stand(store) == WHILE_THERE
    notes.withdraw_note(store, told.token, told.ids[0])
    assert where_words_stand(store) == {}
    gone = held(store, told.ids[0])
    assert (gone.text, gone.details, gone.state) == ("", Details(), ItemState.WITHDRAWN)
    assert gone.group == "Bewoners", "the counts stay whole"
    with store.read() as conn:
        assert items.form_before(conn, told.ids[0]) is not None, "that it had earlier forms stays"


def test_twin_taking_back_the_text_only_leaves_what_stood_beside_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = full_note.tell(plan_evening(store))
    leave_behind(monkeypatch, items, "erase_item", schema.item, "details")
    notes.withdraw_note(store, told.token, told.ids[0])
    assert where_words_stand(store) == {"item.details": WHILE_THERE["item.details"]}


def test_twin_earlier_forms_whose_text_only_is_emptied_keep_what_was_blackened(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = full_note.tell(plan_evening(store))

    def texts_only(conn: Any, item_id: str) -> None:
        table = schema.item_version
        for row in conn.execute(select(table).where(table.c.item_id == item_id)).all():
            this = and_(table.c.item_id == item_id, table.c.version == row.version)
            conn.execute(update(table).where(this).values(before={**row.before, "text": ""}))

    monkeypatch.setattr(items, "erase_versions", texts_only)
    notes.withdraw_note(store, told.token, told.ids[0])
    assert where_words_stand(store) == {
        "item_version.before": WHILE_THERE["item_version.before"] - {full_note.TEXT, "zwarttekst"}
    }


def test_a_note_taken_back_after_it_was_merged_leaves_only_the_words_of_the_facilitator(store: Store) -> None:
    told = full_note.tell(plan_evening(store), 2)
    merged = moderation.merge(store, told.evening.facilitator, told.ids, "Samen gezegd")
    for item_id in told.ids:
        notes.withdraw_note(store, told.token, item_id)
    assert where_words_stand(store) == {}
    assert (held(store, merged).text, held(store, merged).details) == ("Samen gezegd", Details("initiative"))


# -- blackening and its undo -----------------------------------------------------------------------------------------


def test_blackening_takes_the_words_out_of_everything_that_is_shown_and_undo_gives_all_of_it_back(
    store: Store,
) -> None:
    told = full_note.tell(plan_evening(store))
    (item_id,) = told.ids
    before = held(store, item_id)
    moderation.blacken(store, told.evening.facilitator, item_id, READABLE)
    black = held(store, item_id)
    told_now = "\n".join(full_note.texts_in([black.text, asdict(black.details)]))
    assert [word for word in WORDS if word in told_now] == []
    assert black.text == f"sokak çok karanlık {BLACK}"
    moderation.undo(store, told.evening.facilitator, item_id)
    again = held(store, item_id)
    assert (again.text, again.details) == (before.text, before.details) and again.details == DETAILS


def test_twin_an_undo_that_knows_the_text_only_leaves_the_second_line_black(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "FORM", tuple(name for name in items.FORM if name != "details"))
    told = full_note.tell(plan_evening(store))
    (item_id,) = told.ids
    before = held(store, item_id)
    moderation.blacken(store, told.evening.facilitator, item_id, [full_note.SECOND])
    moderation.undo(store, told.evening.facilitator, item_id)
    again = held(store, item_id)
    assert again.text == before.text and again.details.lesson == f"kimse gelmedi {BLACK}" != before.details.lesson
