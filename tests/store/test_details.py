"""Details of an item in their column: plain JSON as it always was, read back whole, and nothing unknown is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from tests.evening import plan_evening
from tests.unit.thread.test_details import FULL
from workshop.actions.evening import moderation
from workshop.domain.texts import BLACK
from workshop.domain.thread.details import Details
from workshop.store import Store, items, schema

NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
COLUMN: dict[str, Any] = {
    "form": "initiative",
    "lesson": "lesson merkwoord",
    "fields": {"organisation": "fields merkwoord", "year": 2019, "domain": "merkwoord"},
    "translation": "translation merkwoord",
    "authority": "council",
    "authority_note": "authority_note merkwoord",
    "basis": {"sort": "report", "title": "Scan", "by": "gemeente", "dated": "2013", "checksum": ""},
    "later": {"more": ["others merkwoord"]},
}


def column(store: Store, item_id: str) -> Any:
    with store.read() as conn:
        return conn.execute(select(schema.item.c.details).where(schema.item.c.id == item_id)).scalar_one()


def details_of(store: Store, item_id: str) -> Details:
    with store.read() as conn:
        found = items.item(conn, item_id)
    assert found is not None
    return found.details


def put(store: Store, details: Any) -> str:
    """An item with this in its column, as another version of the program could have written it."""
    plan = plan_evening(store).wijkplan_id
    row = {"id": "i-1", "wijkplan_id": plan, "kind": "initiative", "state": "released", "text": "Buurtapp",
           "environments": [], "version": 1, "needs_care": False, "source": "desk", "created_at": NOW}  # fmt: skip
    with store.write() as conn:
        conn.execute(insert(schema.item).values(**row, details=details))
    return "i-1"


def test_every_field_is_written_as_plain_json_and_read_back(store: Store) -> None:
    plan = plan_evening(store).wijkplan_id
    with store.write() as conn:
        item_id = items.add_item(
            conn, wijkplan_id=plan, kind="initiative", state="released", text="x", created_at=NOW, details=FULL
        )
    assert (column(store, item_id), details_of(store, item_id)) == (COLUMN, FULL)


def test_what_is_empty_is_not_written(store: Store) -> None:
    plan = plan_evening(store).wijkplan_id
    with store.write() as conn:
        item_id = items.add_item(conn, wijkplan_id=plan, kind="pain", state="released", text="x", created_at=NOW)
    assert (column(store, item_id), details_of(store, item_id)) == ({}, Details())


@pytest.mark.parametrize(
    "unread",
    [
        {"mood": "blij"},
        {"lesson": 5},
        {"fields": "x"},
        {"authority": "king"},
        {"authority": ["council"]},
        {"basis": {"sort": "rumour"}},
        {"basis": {"sort": "report", "title": "Scan", "pages": 3}},
    ],
)
def test_what_cannot_be_read_stays_in_the_column_when_the_item_changes(store: Store, unread: dict[str, Any]) -> None:
    item_id = put(store, {"form": "initiative", **unread})
    found = details_of(store, item_id)
    assert found == Details("initiative", others=unread)
    with store.write() as conn:
        items.change_item(conn, item_id, by=None, at=NOW, details=replace(found, translation="vertaald"))
    assert column(store, item_id) == {"form": "initiative", "translation": "vertaald", **unread}


def test_words_under_an_unknown_name_are_blackened_too_and_come_back(store: Store) -> None:
    evening = plan_evening(store)
    with store.write() as conn:
        item_id = items.add_item(
            conn, wijkplan_id=evening.wijkplan_id, kind="initiative", state="released", text="Buurtapp", created_at=NOW,
            details=FULL,
        )  # fmt: skip
    moderation.blacken(store, evening.facilitator, item_id, ["merkwoord"])
    assert column(store, item_id) == {
        **COLUMN,
        "lesson": f"lesson {BLACK}",
        # A choice out of a list is nobody's word.
        "fields": {"organisation": f"fields {BLACK}", "year": 2019, "domain": "merkwoord"},
        "translation": f"translation {BLACK}",
        "authority_note": f"authority_note {BLACK}",
        "later": {"more": [f"others {BLACK}"]},
    }
    moderation.undo(store, evening.facilitator, item_id)
    assert column(store, item_id) == COLUMN


def test_an_emptied_item_holds_nothing_in_any_field(store: Store) -> None:
    item_id = put(store, COLUMN)
    with store.write() as conn:
        items.change_item(conn, item_id, by=None, at=NOW, text="anders")
        items.erase_item(conn, item_id)
        before = items.form_before(conn, item_id)
    assert (column(store, item_id), before and before["details"]) == ({}, Details())
