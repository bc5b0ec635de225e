"""What is kept of a wijkplan is never what it was, nor another's: after every kind of change, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests import full_note
from tests.evening import BAARN, Evening, plan_evening, session_in, staff, with_role
from workshop.actions.evening import moderation, notes, running, sessions, settling
from workshop.actions.sprints import handing_over, material
from workshop.actions.sprints.material import Snapshot, see_snapshot
from workshop.actions.thread import material as thread
from workshop.actions.thread.herkomst import add_from_desk, point_back, see_graph
from workshop.actions.wijkplan.retention import apply_retention
from workshop.actions.wijkplan.wijkplannen import NewWijkplan, make_wijkplan
from workshop.domain.errors import WorkshopError
from workshop.domain.roles import Role
from workshop.domain.thread.herkomst import Authority, Node
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store, marked, open_store

Seen = tuple[Snapshot, dict[str, Node], list[str]]
NOW = datetime(2026, 11, 24, 21, tzinfo=UTC)


def seen(evening: Evening, store: Store | None = None) -> Seen:
    """All that is kept, with its words: snapshot, graph and lines of herkomst."""
    who = (store or evening.store, evening.facilitator, evening.wijkplan_id)
    snapshot = see_snapshot(*who)
    return replace(snapshot, as_of=NOW), see_graph(*who), [item.origin_line for item in snapshot.items]


def what_is_there(evening: Evening) -> Seen:
    """The same by a process that kept nothing."""
    fresh = open_store(evening.store.url)
    try:
        return seen(evening, fresh)
    finally:
        fresh.close()


def another_plan(store: Store) -> Evening:
    owner = staff(store, "ander")
    made = NewWijkplan("Ander plan", "GM0308", "Baarn", areas=(BAARN,), groups=("Bewoners",))
    plan_id = make_wijkplan(store, owner, made)
    return session_in(store, with_role(owner, plan_id, Role.OWNER), plan_id, title="Elders", sprint=1)


def raw_texts_go(told_on: full_note.Told) -> None:
    store = told_on.evening.store
    now = store.clock
    store.clock = lambda: datetime(2028, 1, 1, tzinfo=UTC)
    apply_retention(store)
    store.clock = now


def of_desk(told_on: full_note.Told) -> str:
    e = told_on.evening
    return add_from_desk(
        e.store,
        e.facilitator,
        e.wijkplan_id,
        kind=ItemKind.WISH,
        written=Written("Licht"),
        sprint=1,
        authority=Authority.COUNCIL,
    )


#: Every kind of change of what is kept, one after the other on the same wijkplan.
CHANGES: dict[str, Callable[[full_note.Told], object]] = {
    "a note is written": lambda t: notes.write_note(
        t.evening.store, notes.Note(t.token, t.step, "more", Written(**full_note.FORM))
    ),
    "a note is hidden": lambda t: moderation.hide(t.evening.store, t.evening.facilitator, [t.ids[0]]),
    "a note is taken back": lambda t: notes.withdraw_note(t.evening.store, t.token, t.ids[1]),
    "an outcome is shown": lambda t: t.evening.run(t.step),
    "a step is settled": lambda t: settling.settle_step(
        t.evening.store, t.evening.facilitator, t.step, goes_on=[t.ids[2]]
    ),
    "an item is added at the desk": of_desk,
    "an item points back": lambda t: point_back(t.evening.store, t.evening.facilitator, of_desk(t), origin=[t.ids[2]]),
    "the desk settles": lambda t: handing_over.settle_desk(
        t.evening.store, t.evening.facilitator, t.evening.wijkplan_id, 1, goes_on=(), rest_reason="Later."
    ),
    "an evening gets another name": lambda t: sessions.change_session(
        t.evening.store, t.evening.facilitator, t.evening.session_id, title="Andere avond"
    ),
    "people come in": lambda t: t.evening.people(2),
    "raw texts go": raw_texts_go,
    "the room closes": lambda t: running.close_room(t.evening.store, t.evening.facilitator, t.evening.session_id),
    "an evening is planned": lambda t: session_in(
        t.evening.store, t.evening.facilitator, t.evening.wijkplan_id, title="Nog een", sprint=2
    ),
}


def old_or_of_another(store: Store) -> list[str]:
    """After which changes what is seen was not what is there, of this wijkplan or of the other that is looked at too."""
    told_on, other = full_note.tell(plan_evening(store, sprint=1), 3), another_plan(store)
    evening = told_on.evening
    wrong = []
    for name, change in CHANGES.items():
        before = what_is_there(evening)
        seen(other), seen(evening)
        change(told_on)
        there = what_is_there(evening)
        assert there != before, f"{name}: nothing to notice"
        if seen(evening) != there or seen(other) != what_is_there(other):
            wrong.append(name)
    return wrong


def test_what_is_kept_is_never_old_nor_of_another_wijkplan(store: Store) -> None:
    assert old_or_of_another(store) == []


def test_twin_kept_without_a_mark_it_is_old(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked, "mark_of", lambda _conn, _wijkplan_id: (0, 0, 0))
    assert old_or_of_another(sqlite_store) == list(CHANGES), "and what was old stays old"


def test_twin_kept_without_its_wijkplan_it_is_of_another(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def of_any(conn: Any, what: str, _wijkplan_id: str, within: str, read: Any) -> Any:
        return marked.keep(conn, what, "", within, read)

    for module in (material, thread):
        monkeypatch.setattr(module, "keep", of_any)
    assert old_or_of_another(sqlite_store) != []


def test_a_write_keeps_nothing_that_is_rolled_back(store: Store) -> None:
    """What stands in a write that never commits is nobody's: the next revision has the same number."""
    told_on = full_note.tell(plan_evening(store, sprint=1), 2)
    evening = told_on.evening
    seen(evening)
    with pytest.raises(WorkshopError):
        point_back(
            store, evening.facilitator, told_on.ids[0], origin=[told_on.ids[0]]
        )  # it reads the graph, and refuses
    moderation.hide(store, evening.facilitator, [told_on.ids[1]])
    assert seen(evening) == what_is_there(evening)
