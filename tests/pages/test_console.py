"""The console, the projector and preparing, as pages: who may see them, and that a press does what it says."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests import evening as grounds
from tests.evening import Evening, plan_evening, staff
from tests.pages.conftest import Open
from workshop.actions.evening import notes, on_paper, running
from workshop.actions.evening.console_view import see_console
from workshop.actions.evening.session_plans import see_session, see_sessions
from workshop.actions.evening.votes.door import Cast, cast_ballots
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.evening.stage import View
from workshop.domain.thread.written import Written
from workshop.store import Store

CONSOLE, WALL, PREPARE = "begeleider/bediening.py", "scherm/scherm.py", "begeleider/voorbereiden.py"
NOT_THERE = "De pagina bestaat niet, of je hebt er geen toegang toe."


def words(page: AppTest) -> str:
    """Everything on the page, one text."""
    found = [str(getattr(e, "value", "") or getattr(e, "body", "")) for e in page.main]
    html = [e.proto.html.body for e in page.main if hasattr(e, "proto") and hasattr(e.proto, "html")]
    return "\n".join(found + html + [str(e.proto) for e in page.get("html")])


def press(page: AppTest, label: str) -> AppTest:
    assert not page.exception, page.exception
    return next(b for b in page.button if b.label.startswith(label)).click().run()


def console(open_page: Open, evening: Evening, script: str = CONSOLE) -> AppTest:
    return open_page(script, evening.facilitator.account_id, plan=evening.wijkplan_id, sessie=evening.session_id)


@pytest.mark.parametrize("script", [CONSOLE, WALL, PREPARE])
def test_somebody_without_a_sign_in_sees_nothing_of_an_evening(open_page: Open, evening: Evening, script: str) -> None:
    page = open_page(script, None, plan=evening.wijkplan_id, sessie=evening.session_id)
    assert not page.exception
    assert NOT_THERE in words(page)
    assert evening.code[:4] not in words(page) and "Avond in Baarn-Noord" not in words(page)


@pytest.mark.parametrize("script", [CONSOLE, WALL, PREPARE])
def test_a_facilitator_of_another_wijkplan_gets_the_same_answer(
    open_page: Open, evening: Evening, house: Store, script: str
) -> None:
    other = staff(house, "ander")
    page = open_page(script, other.account_id, plan=evening.wijkplan_id, sessie=evening.session_id)
    assert not page.exception
    assert NOT_THERE in words(page)
    assert "Avond in Baarn-Noord" not in words(page)


def test_a_session_of_another_wijkplan_is_not_reached_through_one_s_own(
    open_page: Open, evening: Evening, house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grounds, "staff", lambda store, name, **more: staff(store, f"{name}2", **more))
    mine = plan_evening(house, title="Mijn avond")
    page = open_page(CONSOLE, mine.facilitator.account_id, plan=mine.wijkplan_id, sessie=evening.session_id)
    assert [e.value for e in page.error] == ["Deze bijeenkomst is er niet, of je hebt er geen toegang toe."]
    assert "Avond in Baarn" not in words(page)


def test_the_big_button_runs_an_evening_from_door_to_outcome(open_page: Open, evening: Evening, house: Store) -> None:
    step_id = evening.step("commitment")
    page = console(open_page, evening)
    pressed = []
    for label in ("Open de zaal", "Kondig aan", "Open de stemming"):
        page = press(page, label)
    tokens = evening.people(6)
    casts = [
        Cast(t, evening.round_id(step_id), {"stance": ["4"], "experience": ["good"]}, f"b{n}")
        for n, t in enumerate(tokens)
    ]
    cast_ballots(house, casts)
    for label in ("Stop de stemming", "Laat de uitslag zien"):
        page = press(page, label)
        pressed.append(see_console(house, evening.facilitator, evening.session_id).steps[0].state)
    assert pressed == [StepState.STOPPED, StepState.SHOWN]
    assert see_console(house, evening.facilitator, evening.session_id).stage.view is View.OUTCOME
    assert any("6 van de 6 doen mee" in m.value for m in page.markdown)
    assert not page.exception


def test_the_console_tells_nothing_of_a_secret_ballot_that_runs(
    open_page: Open, evening: Evening, house: Store
) -> None:
    step_id = evening.step("commitment")
    evening.open_room()
    running.open_step(house, evening.facilitator, step_id)
    [token, *_rest] = evening.people(6)
    cast_ballots(
        house, [Cast(token, evening.round_id(step_id), {"stance": ["1"], "experience": ["disappointed"]}, "b1")]
    )
    page = console(open_page, evening)
    assert not page.exception
    assert not page.get("plotly_chart")
    assert "eleurgesteld" not in words(page)


def test_ending_the_evening_asks_first(open_page: Open, evening: Evening, house: Store) -> None:
    step_id = evening.step("commitment")
    evening.open_room()
    running.open_step(house, evening.facilitator, step_id)
    evening.run(step_id)
    page = press(console(open_page, evening), "Sluit de bijeenkomst")
    [row] = see_sessions(house, evening.facilitator, evening.wijkplan_id)
    assert row.session.state is SessionState.OPEN
    page = press(page, "Ja, sluit de bijeenkomst")
    [row] = see_sessions(house, evening.facilitator, evening.wijkplan_id)
    assert row.session.state is SessionState.CLOSED
    assert not page.exception


def test_a_note_is_shown_hidden_and_words_of_people_stay_words(open_page: Open, evening: Evening, house: Store) -> None:
    step_id = evening.step("environments")
    evening.open_room()
    running.open_step(house, evening.facilitator, step_id)
    [token] = evening.people(1)
    text = "**Vet** en <b>markup</b> bij de speeltuin"
    written = Written(text, "finding", environments=["social"], tone="bad", moment="now")
    notes.write_note(house, notes.Note(token, step_id, "n1", written))
    page = console(open_page, evening)
    assert text in [t.value for t in page.text]
    page = press(page, "Laat zien")
    assert [i.text for i in see_console(house, evening.facilitator, evening.session_id).notes_released] == [text]
    assert not page.exception


def test_a_card_on_paper_counts_and_is_not_shown_back(open_page: Open, evening: Evening, house: Store) -> None:
    step_id = evening.step("commitment")
    evening.open_room()
    running.open_step(house, evening.facilitator, step_id)
    page = console(open_page, evening)
    page.session_state["desk"] = "paper"
    page.run()
    page = press(page, "Voeg deze kaart toe")
    assert [e.value for e in page.error] == ["Kies eerst de groep, of “Staat niet op de kaart”."]
    group = next(s for s in page.selectbox if s.label == "Groep")
    assert group.options[-1] == "Staat niet op de kaart"
    group.set_value(evening.groups["Jongeren"])
    next(r for r in page.radio if r.label.startswith("Doe jij mee")).set_value("4")
    next(r for r in page.radio if r.label.startswith("Wat is je ervaring")).set_value("good")
    page = press(page, "Voeg deze kaart toe")
    assert not page.exception
    [card] = on_paper.paper_ballots(house, evening.facilitator, evening.round_id(step_id))
    assert card.values == {"stance": "4", "experience": "good"}
    assert [r.value for r in page.radio if r.label.startswith("Doe jij mee")] == [None]


def test_a_note_on_paper_waits_with_the_others(open_page: Open, evening: Evening, house: Store) -> None:
    step_id = evening.step("environments")
    evening.open_room()
    page = console(open_page, evening)
    page.session_state["desk"] = "paper"
    page.run()
    assert any(t.value.startswith("Er is nu geen onderdeel waar iets op papier") for t in page.text)
    running.open_step(house, evening.facilitator, step_id)
    page.run()
    next(a for a in page.text_area if "_text" in (a.key or "")).set_value("Donker bij de speeltuin")
    page = press(page, "Zet bij de kaartjes die wachten")
    assert [e.value for e in page.error] == ["Kies eerst de groep, of “Staat niet op de kaart”."]
    next(s for s in page.selectbox if s.label == "Groep").set_value(evening.groups["Jongeren"])
    next(b for b in page.button_group if b.label.startswith("Waar hoort het bij")).set_value(["physical"])
    next(r for r in page.radio if r.label.startswith("Gaat het goed")).set_value("bad")
    page = press(page, "Zet bij de kaartjes die wachten")
    assert not page.exception and not page.error
    [note] = see_console(house, evening.facilitator, evening.session_id).notes_waiting
    assert (note.text, note.source, note.tone) == ("Donker bij de speeltuin", "paper", "bad")
    assert next(a for a in page.text_area if "_text" in (a.key or "")).value == ""


def test_preparing_begins_with_one_thing_to_do_and_ends_with_a_script(
    open_page: Open, evening: Evening, house: Store
) -> None:
    page = console(open_page, evening, PREPARE)
    assert "Er staat nog niets op het programma" in page.info[0].value
    assert not [b for b in page.button if b.label == "Open de zaal"]
    page = press(page, "Voeg toe aan het programma")
    page = press(page, "Voeg toe aan het programma")
    plan = see_session(house, evening.facilitator, evening.session_id)
    assert len(plan.steps) == 2
    assert [b.label for b in page.button if b.label == "Open de zaal"] == ["Open de zaal"]
    first, second = (p.step.id for p in plan.steps)
    page = page.button(key=f"step_{second}_up").click().run()
    assert [p.step.id for p in see_session(house, evening.facilitator, evening.session_id).steps] == [second, first]
    assert not page.exception


def test_what_was_typed_stays_when_it_is_refused(open_page: Open, evening: Evening, house: Store) -> None:
    page = open_page(PREPARE, evening.facilitator.account_id, plan=evening.wijkplan_id)
    place = next(t for t in page.text_input if t.label == "Plaats")
    place.set_value("Buurthuis De Leuning")
    page = press(page, "Plan deze bijeenkomst")
    assert [e.value for e in page.error] == ["Vul iets in."]
    assert next(t for t in page.text_input if t.label == "Plaats").value == "Buurthuis De Leuning"
    assert len(see_sessions(house, evening.facilitator, evening.wijkplan_id)) == 1


def test_the_projector_has_no_buttons_and_shows_the_code(open_page: Open, evening: Evening, house: Store) -> None:
    evening.step("commitment")
    evening.open_room()
    page = console(open_page, evening, WALL)
    assert not page.exception
    assert not page.button
    assert f"{evening.code[:4]}-{evening.code[4:]}" in words(page)


@pytest.mark.parametrize("view", [View.JOINT_TASK, View.FIGURES, View.MESSAGE, View.CLOSING])
def test_the_projector_draws_every_stage(open_page: Open, evening: Evening, house: Store, view: View) -> None:
    evening.step("commitment")
    evening.open_room()
    running.put_on_wall(house, evening.facilitator, evening.session_id, view, text="Pauze tot <b>acht</b> uur")
    page = console(open_page, evening, WALL)
    assert not page.exception
    assert "kv-wall" in words(page)
    if view is View.MESSAGE:
        assert "Pauze tot &lt;b&gt;acht&lt;/b&gt; uur" in words(page)
