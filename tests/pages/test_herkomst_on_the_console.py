"""Herkomst beside every item of the console: one press, the whole chain over the page, the evening stays where it is."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.evening import Evening, session_in
from tests.pages.conftest import Open
from tests.pages.test_console import console, words
from workshop.actions.evening import notes, practice, running, sessions
from workshop.actions.thread import herkomst
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store, items, rooms


@pytest.fixture
def later(evening: Evening, house: Store) -> Evening:
    """An evening of sprint 4 in which one idea lies on the console that came from a wish."""
    wish = herkomst.add_from_desk(
        house,
        evening.facilitator,
        evening.wijkplan_id,
        kind=ItemKind.WISH,
        written=Written("Elkaar kennen"),
        sprint=3,
        origin=[
            herkomst.add_from_desk(
                house,
                evening.facilitator,
                evening.wijkplan_id,
                kind=ItemKind.PAIN,
                written=Written("Eenzaam <b>hier</b>"),
                sprint=1,
            )
        ],
    )
    made = session_in(house, evening.facilitator, evening.wijkplan_id, title="Ideeënavond", sprint=4)
    step = made.step("brainstorm")
    made.open_room()
    running.open_step(house, made.facilitator, step)
    notes.add_item(
        house,
        made.facilitator,
        made.wijkplan_id,
        kind=ItemKind.IDEA,
        written=Written("Buurtmaaltijd"),
        step_id=step,
        origin=[wish],
    )
    return made


def ask(page: AppTest, key: str) -> AppTest:
    asked = next(button for button in page.button if button.key and button.key.startswith(key)).click().run()
    assert not asked.exception, asked.exception
    return asked


def dialog(page: AppTest) -> str:
    """Everything in what lies over the page."""
    over = page.get("dialog")
    return "\n".join(str(getattr(e, "value", "") or "") for each in over for e in each).replace("\\", "")


def test_a_note_shows_its_chain_both_ways_and_closes_again(open_page: Open, later: Evening) -> None:
    page = ask(console(open_page, later), "list_whence_")
    told = dialog(page)
    assert "Komt uit**: idee ← wens ← pijnpunt ← sprint 1, aan het bureau toegevoegd" in told
    assert "**pijnpunt** Eenzaam <b>hier</b>" in told
    assert "Hier kwam nog niets uit voort." in told
    # The room may redraw the page; the chain stays until it is closed.
    assert dialog(page.run()) == told
    assert dialog(ask(page, "close_herkomst")) == ""
    assert "Ideeënavond" in words(page)


def test_the_list_at_the_end_of_a_step_has_it_and_keeps_what_was_ticked(
    open_page: Open, later: Evening, house: Store
) -> None:
    with house.read() as conn:
        (step,) = rooms.steps_of(conn, later.session_id)
    later.run(step.id)
    page = console(open_page, later)
    page.segmented_control(key="desk").set_value("settling").run()
    next(box for box in page.checkbox if "Buurtmaaltijd" in box.label).check()
    page = ask(page, "whence_")
    assert "idee ← wens ← pijnpunt" in dialog(page)
    page = ask(page, "close_herkomst")
    assert next(box for box in page.checkbox if "Buurtmaaltijd" in box.label).value is True


def test_what_waits_and_what_stands_on_the_script_have_it_too(open_page: Open, later: Evening, house: Store) -> None:
    dots = later.step("idea_dots")
    with house.read() as conn:
        idea = next(i for i in items.items_of(conn, wijkplan_id=later.wijkplan_id) if i.kind is ItemKind.IDEA)
    sessions.put_item_on_step(house, later.facilitator, dots, idea.id)
    page = console(open_page, later)
    page.segmented_control(key="desk").set_value("script").run()
    assert "idee ← wens" in dialog(ask(page, f"step_{dots}_off_"))
    (token,) = later.people(1)
    notes.write_note(
        house,
        notes.Note(token, idea.step_id or "", "n1", Written("Een bankje", form_key="idea", environments=["social"])),
    )
    assert "Een bankje" in dialog(ask(console(open_page, later), "whence_waiting_"))


def test_in_a_practice_evening_the_chain_of_its_own_notes_is_there(
    open_page: Open, evening: Evening, house: Store
) -> None:
    evening.step("environments")
    session_id = practice.practise(house, evening.facilitator, evening.session_id, held_on=date(2026, 11, 24))
    with house.read() as conn:
        (step,) = rooms.steps_of(conn, session_id)
    sessions.open_room(house, evening.facilitator, session_id)
    running.open_step(house, evening.facilitator, step.id)
    notes.add_item(
        house,
        evening.facilitator,
        evening.wijkplan_id,
        kind=ItemKind.FINDING,
        written=Written("Proefkaartje"),
        step_id=step.id,
    )
    page = open_page(
        "begeleider/bediening.py", evening.facilitator.account_id, plan=evening.wijkplan_id, sessie=session_id
    )
    assert "Proefkaartje" in dialog(ask(page, "list_whence_"))
    assert "Proefkaartje" not in str(herkomst.see_graph(house, evening.facilitator, evening.wijkplan_id))
