"""Notes from phones know where they come from: the step says what it is about, and the rest is linked in one go."""

from __future__ import annotations

import pytest

from tests.evening import Evening, plan_evening, session_in
from workshop.actions.evening import moderation, notes, pointing_back, running, sessions, settling
from workshop.actions.thread import herkomst
from workshop.domain.errors import NotFound, Refused
from workshop.domain.roles import Staff
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store, items, rooms


def wishes(store: Store, facilitator: Staff, wijkplan_id: str, *texts: str) -> list[str]:
    return [
        herkomst.add_from_desk(
            store,
            facilitator,
            wijkplan_id,
            kind=ItemKind.WISH,
            written=Written(text),
            sprint=3,
            authority=herkomst.Authority.COUNCIL,
        )
        for text in texts
    ]


class Ideas:
    """An evening of sprint 4 with one step for ideas, opened, and people who write on their phones."""

    def __init__(self, store: Store, beside: int = 2) -> None:
        first = plan_evening(store, sprint=3)
        self.store, self.facilitator = store, first.facilitator
        self.wishes = wishes(store, first.facilitator, first.wijkplan_id, "Licht op het plein", "Elkaar kennen")
        self.evening: Evening = session_in(store, first.facilitator, first.wijkplan_id, title="Ideeën", sprint=4)
        self.step = self.evening.step("how_would_they")
        for wish in self.wishes[:beside]:
            sessions.put_item_on_step(store, self.facilitator, self.step, wish)
        self.evening.open_room()

    def open(self) -> None:
        running.open_step(self.store, self.facilitator, self.step)
        self.tokens = self.evening.people(2)

    def write(self, text: str, person: int = 0) -> str:
        return notes.write_note(
            self.store, notes.Note(self.tokens[person], self.step, text, Written(text, form_key="idea"))
        ).item.id

    def origin(self, item_id: str) -> tuple[str, ...]:
        with self.store.read() as conn:
            found = items.item(conn, item_id)
        assert found is not None
        return found.origin

    def about(self, *item_ids: str) -> int:
        return pointing_back.set_about(self.store, self.facilitator, self.step, item_ids)

    def loose(self) -> set[str]:
        rows = settling.see_settling(self.store, self.facilitator, self.step).rows
        return {row.item.text for row in rows if row.is_loose}


def test_a_note_points_back_to_the_one_item_beside_the_work_by_itself(store: Store) -> None:
    ideas = Ideas(store, beside=1)
    ideas.open()
    note = ideas.write("Een lantaarn")
    assert ideas.origin(note) == (ideas.wishes[0],)
    moderation.release(store, ideas.facilitator, [note])
    found = herkomst.see_herkomst(store, ideas.facilitator, ideas.evening.wijkplan_id, note)
    assert found.line == "idee ← wens ← amendement van de raad"
    assert ideas.loose() == set()


def test_with_two_items_beside_the_work_the_facilitator_says_which(store: Store) -> None:
    ideas = Ideas(store)
    ideas.open()
    early, late = ideas.write("Een lantaarn"), None
    assert ideas.origin(early) == ()
    assert ideas.about(ideas.wishes[0]) == 1
    assert ideas.origin(early) == (ideas.wishes[0],)
    ideas.about(ideas.wishes[1])
    late = ideas.write("Een maaltijd", person=1)
    # What pointed back already keeps what it was written about.
    assert (ideas.origin(early), ideas.origin(late)) == ((ideas.wishes[0],), (ideas.wishes[1],))
    about = pointing_back.see_about(store, ideas.facilitator, ideas.step)
    assert (about.chosen, [i.text for i in about.options]) == (
        (ideas.wishes[1],), ["Elkaar kennen", "Licht op het plein"],
    )  # fmt: skip


def test_a_choice_before_the_step_opens_is_what_lies_beside_the_work(store: Store) -> None:
    ideas = Ideas(store)
    ideas.about(ideas.wishes[1])
    ideas.open()
    with store.read() as conn:
        round_ = rooms.last_round(conn, ideas.step)
    assert round_ is not None and round_.items == (ideas.wishes[1],)
    assert ideas.origin(ideas.write("Een maaltijd")) == (ideas.wishes[1],)


def test_the_facilitator_changes_it_for_one_note_and_for_none_at_all(store: Store) -> None:
    ideas = Ideas(store, beside=1)
    ideas.open()
    note = ideas.write("Een lantaarn")
    herkomst.point_back(store, ideas.facilitator, note, origin=[ideas.wishes[1]])
    assert ideas.origin(note) == (ideas.wishes[1],)
    assert ideas.about() == 0
    assert ideas.origin(ideas.write("Zomaar iets")) == ()


def test_what_points_to_nothing_is_named_and_linked_in_one_go(store: Store) -> None:
    ideas = Ideas(store)
    ideas.open()
    made = [ideas.write(text) for text in ("Lantaarn", "Lampjes", "Maaltijd")]
    moderation.release(store, ideas.facilitator, made)
    merged = moderation.merge(store, ideas.facilitator, made[:2], "Meer licht")
    assert ideas.loose() == {"Meer licht", "Maaltijd"}
    with pytest.raises(Refused, match="Kies welke onderwerpen je koppelt"):
        pointing_back.link_back(store, ideas.facilitator, ideas.step, [merged], [])
    pointing_back.link_back(store, ideas.facilitator, ideas.step, [merged, made[2]], ideas.wishes)
    assert ideas.loose() == set()
    # The notes it was made of still stand behind a merged item.
    assert set(ideas.origin(merged)) == {*made[:2], *ideas.wishes}
    assert set(ideas.origin(made[2])) == set(ideas.wishes)


def test_a_merged_item_is_not_loose_when_the_notes_behind_it_point_back(store: Store) -> None:
    ideas = Ideas(store, beside=1)
    ideas.open()
    made = [ideas.write(text) for text in ("Lantaarn", "Lampjes")]
    moderation.release(store, ideas.facilitator, made)
    moderation.merge(store, ideas.facilitator, made, "Meer licht")
    assert ideas.loose() == set()


def test_in_the_first_sprint_nothing_has_to_point_back(store: Store) -> None:
    evening = plan_evening(store, sprint=1)
    step = evening.step("environments")
    evening.open_room()
    running.open_step(store, evening.facilitator, step)
    notes.add_item(
        store, evening.facilitator, evening.wijkplan_id, kind=ItemKind.FINDING, written=Written("Donker"), step_id=step
    )
    (row,) = settling.see_settling(store, evening.facilitator, step).rows
    assert row.is_loose is False


def test_a_step_is_never_about_what_it_made_and_nothing_comes_from_itself(store: Store) -> None:
    ideas = Ideas(store)
    ideas.open()
    note = ideas.write("Lantaarn")
    moderation.release(store, ideas.facilitator, [note])
    with pytest.raises(NotFound):
        ideas.about(note)
    later = herkomst.add_from_desk(
        store,
        ideas.facilitator,
        ideas.evening.wijkplan_id,
        kind=ItemKind.INTERVENTION,
        written=Written("Lichtplan"),
        sprint=5,
        origin=[note],
    )
    assert ideas.about(later) == 0
    with pytest.raises(Refused, match="dan komt iets uit zichzelf voort"):
        pointing_back.link_back(store, ideas.facilitator, ideas.step, [note], [later])
    with pytest.raises(NotFound):
        pointing_back.link_back(store, ideas.facilitator, ideas.step, [later], ideas.wishes)
    assert ideas.origin(note) == ()
