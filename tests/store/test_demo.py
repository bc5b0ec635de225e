"""The fictional Molenwijk plays through the real actions and holds what its source says."""

from __future__ import annotations

from workshop.actions.snapshot import read_snapshot
from workshop.demo import load_demo
from workshop.store import Store, journal


def test_the_demo_holds_three_evenings_and_one_to_come_and_loading_it_again_makes_no_second(
    sqlite_store: Store,
) -> None:
    wijkplan_id = load_demo(sqlite_store)
    assert load_demo(sqlite_store) == wijkplan_id
    with sqlite_store.read() as conn:
        told = read_snapshot(conn, wijkplan_id, sqlite_store.now())
        assert journal.first_broken_line(conn, wijkplan_id) is None
    assert told.wijkplan.is_demo and "fictief" in told.wijkplan.title
    assert [(s.total, s.state.value, len(s.steps)) for s in told.sessions] == [
        (34, "closed", 1), (31, "closed", 1), (34, "closed", 2), (0, "planned", 1),
    ]  # fmt: skip
    assert [[r.story.turnout for r in step.rounds] for s in told.sessions for step in s.steps] == [
        ["34 van de 34 klaar; 34 stemmen."],
        [""],
        ["37 van de 37 klaar; 37 stemmen, waarvan 3 op papier."],
        ["34 van de 34 klaar; 34 stemmen."] * 2,
        [],
    ]
    assert [(r.sprint, r.version) for r in told.results] == [(1, 1), (2, 1), (2, 2)]
    assert sum(bool(i.goes_on) for i in told.items) == 5


def test_every_item_that_was_voted_on_leads_back_to_a_note_of_an_evening(sqlite_store: Store) -> None:
    wijkplan_id = load_demo(sqlite_store)
    with sqlite_store.read() as conn:
        told = read_snapshot(conn, wijkplan_id, sqlite_store.now())
    by_id = {item.id: item for item in told.items}
    for item in told.items:
        if item.goes_on:
            roots = [item]
            while any(i.origin for i in roots):
                roots = [by_id[o] for i in roots for o in (i.origin or (i.id,))]
            assert all(root.source == "room" and root.session_id for root in roots)
