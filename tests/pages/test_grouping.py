"""Proposed groups of notes on the console: ticked, named, merged and taken back, with real notes of real people."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.evening import Evening
from tests.pages.conftest import Open
from workshop.actions.evening import notes, running
from workshop.actions.evening.console_view import see_console
from workshop.domain.thread.items import ItemState
from workshop.domain.thread.written import Written
from workshop.store import Store
from workshop.ui.evening.grouping import Proposal, propose

CONSOLE = "begeleider/bediening.py"
SAID = [
    ("Het is donker bij de tunnel", "bad"),
    ("Zo donker bij de tunnel", "bad"),
    ("*Te donker* bij de tunnel", "bad"),
    ("Bij de tunnel is het donker, heerlijk rustig", "good"),
    ("Buren groeten elkaar", "good"),
]


@pytest.fixture
def full_room(evening: Evening, house: Store) -> Evening:
    step_id = evening.step("environments")
    evening.open_room()
    running.open_step(house, evening.facilitator, step_id)
    [token] = evening.people(1)
    for number, (text, tone) in enumerate(SAID):
        notes.write_note(
            house,
            notes.Note(
                token,
                step_id,
                f"n{number}",
                Written(text, form_key="finding", environments=["physical"], tone=tone, moment="now"),
            ),
        )
    return evening


def texts(evening: Evening) -> dict[ItemState, set[str]]:
    view = see_console(evening.store, evening.facilitator, evening.session_id)
    listed = (*view.notes_waiting, *view.notes_released, *view.notes_hidden)
    return {state: {i.text for i in listed if i.state is state} for state in {i.state for i in listed}}


def open_console(open_page: Open, evening: Evening) -> AppTest:
    return open_page(CONSOLE, evening.facilitator.account_id, plan=evening.wijkplan_id, sessie=evening.session_id)


def press(page: AppTest, label: str) -> AppTest:
    next(b for b in page.button if b.label == label).click().run()
    assert not page.exception, page.exception
    return page


def test_a_proposal_is_ticked_named_merged_and_taken_back(open_page: Open, full_room: Evening) -> None:
    before = texts(full_room)
    page = press(open_console(open_page, full_room), "Stel groepjes voor")
    [name] = [field for field in page.text_input if field.label == "Zo komt het op het scherm"]
    assert name.value == "Zo donker bij de tunnel"
    ticks = [box for box in page.checkbox if str(box.key).startswith("group_")]
    assert [box.value for box in ticks] == [True, True, True]
    assert {box.label.replace("\\", "") for box in ticks} == {text for text, tone in SAID[:3]}
    next(box for box in ticks if "Zo donker" in box.label).uncheck().run()
    name = next(field for field in page.text_input if field.label == "Zo komt het op het scherm")
    name.set_value("De tunnel is te donker").run()
    page = press(page, "Voeg 2 kaartjes samen")
    assert texts(full_room) == {
        ItemState.RELEASED: {"De tunnel is te donker"},
        ItemState.WAITING: {SAID[1][0], SAID[3][0], SAID[4][0]},
    }
    page = press(page, "Maak het samenvoegen ongedaan")
    assert texts(full_room) == {**before, ItemState.HIDDEN: {"De tunnel is te donker"}}
    assert not page.error


def test_a_proposal_can_be_put_aside(open_page: Open, full_room: Evening) -> None:
    before = texts(full_room)
    page = press(open_console(open_page, full_room), "Stel groepjes voor")
    page = press(page, "Geen groepje")
    assert "Geen groepjes (meer): geen twee kaartjes lijken genoeg op elkaar." in [t.value for t in page.text]
    assert texts(full_room) == before


def test_a_merge_of_one_note_cannot_be_pressed(open_page: Open, full_room: Evening) -> None:
    page = press(open_console(open_page, full_room), "Stel groepjes voor")
    for box in [box for box in page.checkbox if str(box.key).startswith("group_")][:2]:
        box.uncheck()
    page.run()
    assert next(b for b in page.button if b.label == "Voeg 1 kaartje samen").disabled


def test_a_merge_without_a_name_is_refused_with_what_to_do(open_page: Open, full_room: Evening) -> None:
    before = texts(full_room)
    page = press(open_console(open_page, full_room), "Stel groepjes voor")
    next(t for t in page.text_input if t.label == "Zo komt het op het scherm").set_value("  ")
    page = press(page, "Voeg 3 kaartjes samen")
    assert ([e.value for e in page.error], texts(full_room)) == (["Vul iets in."], before)


def test_what_goes_well_and_what_does_not_are_never_proposed_together(full_room: Evening) -> None:
    view = see_console(full_room.store, full_room.facilitator, full_room.session_id)
    by_id = {item.id: item for item in view.notes_waiting}
    [proposal] = propose(view.notes_waiting)
    assert isinstance(proposal, Proposal)
    assert {by_id[i].text for i in proposal.ids} == {text for text, tone in SAID[:3]}
