"""What an evening with real people asks of the screens: practice, tables, groups, languages, the end."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.evening import Evening
from tests.pages.conftest import Open
from tests.pages.test_console import CONSOLE, PREPARE, WALL, console, press, words
from workshop.actions.evening import (
    moderation,
    notes,
    practice,
    reach,
    running,
    sessions,
    settling,
    tables,
    wall_view,
)
from workshop.actions.evening.console_view import see_console
from workshop.actions.evening.pulse import see_pulse
from workshop.actions.evening.session_plans import see_sessions
from workshop.actions.evening.votes.door import Cast, cast_ballots
from workshop.actions.sprints.material import see_snapshot
from workshop.documents.presence import presence_lines
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.stage import View
from workshop.domain.roles import TableHelper
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store, rooms

CARD = {"stance": ["4"], "experience": ["good"]}


def at(desk: str, page: AppTest) -> AppTest:
    page.session_state["desk"] = desk
    return page.run()


def test_practising_is_one_press_away_and_stands_apart_from_real_evenings(
    open_page: Open, evening: Evening, house: Store
) -> None:
    evening.step("commitment")
    page = press(console(open_page, evening, PREPARE), "Maak een proefavond")
    assert not page.exception
    rows = see_sessions(house, evening.facilitator, evening.wijkplan_id)
    [rehearsal] = [r.session for r in rows if r.session.is_practice]
    assert "Dit is een proef" in page.warning[0].value
    page = open_page(CONSOLE, evening.facilitator.account_id, plan=evening.wijkplan_id, sessie=rehearsal.id)
    assert "Dit is een proef" in page.warning[0].value
    page = press(page, "Open de zaal")
    page = press(page, "Laat 30 mensen binnenkomen")
    page = press(press(page, "Kondig aan"), "Open de stemming")
    page = press(page, "Laat ze antwoorden")
    assert not page.exception
    assert (see_pulse(house, rehearsal.id).done, see_pulse(house, rehearsal.id).present) == (30, 30)
    told = see_snapshot(house, evening.facilitator, evening.wijkplan_id)
    assert [s.id for s in told.sessions] == [evening.session_id]


def test_a_real_evening_has_no_simulated_people(open_page: Open, evening: Evening) -> None:
    evening.step("commitment")
    evening.open_room()
    page = console(open_page, evening)
    assert not page.warning and not [b for b in page.button if "binnenkomen" in b.label]


def test_a_link_for_a_table_is_shown_once_and_can_be_taken_back(
    open_page: Open, evening: Evening, house: Store
) -> None:
    evening.step("commitment")
    page = at("tables", console(open_page, evening))
    next(t for t in page.text_input if t.label == "Welke tafel of welke persoon?").set_value(
        "Bij het <b>raam</b>"
    ).run()
    page = press(page, "Maak een link")
    [address] = [c.value for c in page.code]
    secret = address.rsplit("/tafel/", 1)[1]
    assert isinstance(tables.helper_by_token(house, secret), TableHelper)
    page = press(page, "Klaar, verberg de link")
    assert not page.code and secret not in words(page)
    page = press(press(page, "Trek in"), "Ja, trek in")
    assert not page.exception
    assert not isinstance(tables.helper_by_token(house, secret), TableHelper)
    assert any("ingetrokken" in m.value for m in page.markdown)


def test_small_groups_are_named_before_a_secret_step_and_put_together(
    open_page: Open, evening: Evening, house: Store
) -> None:
    evening.step("commitment")
    evening.open_room()
    for n, group in ((6, "Bewoners"), (2, "Ondernemers"), (3, "Jongeren")):
        evening.people(n, group)
    page = console(open_page, evening)
    assert "Ondernemers (2), Jongeren (3)" in words(page)
    assert "Zij tellen straks samen mee als overige groepen." in words(page)
    page = press(page, "Voeg samen")
    assert not page.exception
    assert see_console(house, evening.facilitator, evening.session_id).present_by_group == {
        "Bewoners": 6,
        "Jongeren": 5,
    }
    assert "Ondernemers is samengevoegd met Jongeren." in words(page)
    page = press(page, "Maak ongedaan")
    assert see_console(house, evening.facilitator, evening.session_id).present_by_group == {
        "Bewoners": 6, "Ondernemers": 2, "Jongeren": 3,
    }  # fmt: skip


def test_stopping_asks_first_when_phones_are_out_of_reach(open_page: Open, evening: Evening, house: Store) -> None:
    step = evening.step("commitment")
    evening.open_room()
    tokens = evening.people(6)
    running.open_step(house, evening.facilitator, step)
    casts = [Cast(t, evening.round_id(step), CARD, f"b{n}") for n, t in enumerate(tokens[:3])]
    cast_ballots(house, casts)
    reach.count_phones_with(lambda _session: 4)
    try:
        page = press(console(open_page, evening), "Stop de stemming")
        assert page.warning[0].value.startswith("2 telefoons zijn nu niet bereikbaar.")
        assert [b.label for b in page.button if b.label in ("Wacht 30 seconden", "Vul op papier in", "Stop toch")] == [
            "Wacht 30 seconden", "Vul op papier in", "Stop toch",
        ]  # fmt: skip
        page = press(page, "Wacht 30 seconden")
        assert page.info[0].value.startswith("We wachten nog")
        page = press(press(page, "Stop de stemming"), "Stop toch")
        assert not page.exception
        assert see_console(house, evening.facilitator, evening.session_id).steps[0].state is StepState.STOPPED
    finally:
        reach.count_phones_with(None)


def test_the_question_stands_in_other_languages_on_script_and_wall(
    open_page: Open, evening: Evening, house: Store
) -> None:
    step = evening.step("commitment")
    sessions.translate_step(house, evening.facilitator, step, "ar", "أين تقف الآن؟ <b>")
    page = console(open_page, evening, PREPARE)
    assert not page.exception
    area = next(t for t in page.text_area if t.label == "De vraag in deze taal")
    assert area.value == "أين تقف الآن؟ <b>"
    evening.open_room()
    running.put_on_wall(house, evening.facilitator, evening.session_id, View.STEP, step_id=step)
    page = console(open_page, evening, WALL)
    assert '<p class="tongue" dir="auto" lang="ar">أين تقف الآن؟ &lt;b&gt;</p>' in words(page)


def test_a_translation_stands_beside_the_note_and_both_are_shown(
    open_page: Open, evening: Evening, house: Store
) -> None:
    step = evening.step("environments")
    evening.open_room()
    running.open_step(house, evening.facilitator, step)
    [token] = evening.people(1)
    written = Written("الشارع مظلم", "finding", environments=["social"], tone="bad", moment="now")
    note = notes.write_note(house, notes.Note(token, step, "n", written)).item.id
    moderation.release(house, evening.facilitator, [note])
    page = console(open_page, evening)
    next(s for s in page.selectbox if s.label == "Kaartje").set_value(note).run()
    next(t for t in page.text_input if t.label == "Vertaling in het Nederlands").set_value("De straat is donker")
    page = press(page, "Zet de vertaling erbij")
    assert not page.exception
    assert "Vertaling: De straat is donker" in words(page)
    running.put_on_wall(house, evening.facilitator, evening.session_id, View.NOTES, step_id=step)
    shown = words(console(open_page, evening, WALL))
    assert '<span dir="auto">الشارع مظلم</span><i>De straat is donker</i>' in shown


def test_the_wall_can_be_set_in_larger_letters(open_page: Open, evening: Evening, house: Store) -> None:
    evening.step("commitment")
    evening.open_room()
    page = press(console(open_page, evening), "Grotere letters op het scherm")
    assert not page.exception
    assert see_console(house, evening.facilitator, evening.session_id).stage.is_large
    running.put_on_wall(house, evening.facilitator, evening.session_id, View.JOINT_TASK)
    assert see_console(house, evening.facilitator, evening.session_id).stage.is_large, "it stays so"
    assert ".kv-wall{font-size:46px" in words(console(open_page, evening, WALL))


def test_the_end_says_what_was_heard_and_when_people_hear_more(open_page: Open, evening: Evening, house: Store) -> None:
    step = evening.step("commitment")
    evening.open_room()
    evening.people(7)
    running.open_step(house, evening.facilitator, step)
    evening.run(step)
    item = notes.add_item(
        house,
        evening.facilitator,
        evening.wijkplan_id,
        kind=ItemKind.CONCLUSION,
        written=Written("Meer <b>licht</b>"),
        step_id=step,
    )
    settling.settle_step(house, evening.facilitator, step, goes_on=[item], reasons={})
    page = at("ending", console(open_page, evening))
    assert "Er waren 7 deelnemers." in words(page)
    next(t for t in page.text_area if t.label.startswith("Wanneer en hoe")).set_value("Op 12 december.\nOp de site.")
    page = press(page, "Zet het slot op het scherm")
    assert not page.exception
    running.close_room(house, evening.facilitator, evening.session_id)
    shown = words(console(open_page, evening, WALL))
    assert "Meer &lt;b&gt;licht&lt;/b&gt;" in shown and "Op 12 december.<br>Op de site." in shown


def closing_on_the_wall(open_page: Open, evening: Evening, house: Store, *, large: bool) -> str:
    """The wall at the end of an evening from which seven subjects go on."""
    step = evening.step("commitment")
    evening.open_room()
    running.open_step(house, evening.facilitator, step)
    evening.run(step)
    going = [
        notes.add_item(
            house,
            evening.facilitator,
            evening.wijkplan_id,
            kind=ItemKind.CONCLUSION,
            written=Written(f"Nummer {n}"),
            step_id=step,
        )
        for n in range(7)
    ]
    settling.settle_step(house, evening.facilitator, step, goes_on=going)
    running.enlarge_wall(house, evening.facilitator, evening.session_id, large)
    running.put_on_wall(house, evening.facilitator, evening.session_id, View.CLOSING)
    page = console(open_page, evening, WALL)
    assert not page.exception
    return words(page)


#: What the wall says it leaves out, by whether its letters are large.
LEFT_OUT = {False: (5, "En nog 2 andere onderwerpen."), True: (3, "En nog 4 andere onderwerpen.")}


@pytest.mark.parametrize("large", [False, True])
def test_the_wall_says_how_many_subjects_it_leaves_out(
    open_page: Open, evening: Evening, house: Store, large: bool
) -> None:
    told = closing_on_the_wall(open_page, evening, house, large=large)
    fit, left = LEFT_OUT[large]
    assert len(set(re.findall(r"Nummer \d", told))) == fit and left in told


@pytest.mark.parametrize("large", [False, True])
def test_twin_a_wall_that_counts_only_what_it_shows_hides_the_others(
    open_page: Open, evening: Evening, house: Store, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = wall_view.closing_of

    def only_what_fits(*args: Any) -> Any:
        return replace(read(*args), n_heard=LEFT_OUT[large][0])

    monkeypatch.setattr(wall_view, "closing_of", only_what_fits)
    told = closing_on_the_wall(open_page, evening, house, large=large)
    assert "Nummer" in told and "En nog" not in told


@pytest.mark.parametrize("people", [0, 1])
def test_an_almost_empty_room_ends_in_sentences_and_right_counts(
    open_page: Open, evening: Evening, house: Store, people: int
) -> None:
    step = evening.step("commitment")
    evening.open_room()
    for token in evening.people(people):
        running.open_step(house, evening.facilitator, step)
        cast_ballots(house, [Cast(token, evening.round_id(step), CARD, "b")])
    if not people:
        running.open_step(house, evening.facilitator, step)
    for script in (CONSOLE, WALL):
        assert not console(open_page, evening, script).exception
    evening.run(step)
    told = see_console(house, evening.facilitator, evening.session_id)
    assert (told.steps[0].done, told.present) == (people, people)
    for script in (CONSOLE, WALL):
        page = console(open_page, evening, script)
        assert not page.exception
    assert told.wall.story is not None and told.wall.story.lead
    ending = at("ending", console(open_page, evening))
    assert ("Er was niemand." if people == 0 else "Er was 1 deelnemer.") in words(ending)


def test_too_many_items_for_dots_get_advice_and_the_field_says_for_whom_it_is(
    open_page: Open, evening: Evening, house: Store
) -> None:
    step = evening.step("risk_dots")
    for n in range(8):
        item = notes.add_item(
            house, evening.facilitator, evening.wijkplan_id, kind=ItemKind.RISK, written=Written(f"Risico {n}")
        )
        sessions.put_item_on_step(house, evening.facilitator, step, item)
    page = console(open_page, evening, PREPARE)
    assert page.warning[0].value.startswith("Er staan 8 onderwerpen op de lijst. Met stippen kiezen gaat goed tot 7.")
    next(s for s in page.selectbox if s.label == "Werkvorm").set_value("risk_field").run()
    assert any(c.value.startswith("Voor partners die samen wegen") for c in page.caption)


def test_who_was_there_is_laid_beside_the_neighbourhood_in_words() -> None:
    assert presence_lines(0, {}, ["BU03080100"]) == ["Er was niemand."]
    lines = presence_lines(34, {"Bewoners": 29, "Jongeren": 5}, ["BU03080100"])
    assert lines[0] == "Er waren 34 deelnemers."
    assert lines[1].startswith("In ") and "wonen ongeveer" in lines[1]
    assert lines[-1].startswith("Mensen kozen zelf om te komen.")
    assert any(line.startswith("Jongeren: er waren er") for line in lines)
    assert "Hoeveel mensen er in de wijk wonen, weten we niet." in presence_lines(3, {}, ["BU99999999"])


def test_merged_groups_of_a_practice_are_not_offered(open_page: Open, evening: Evening, house: Store) -> None:
    evening.step("commitment")
    rehearsal = practice.practise(house, evening.facilitator, evening.session_id, held_on=house.now().date())
    running.open_room(house, evening.facilitator, rehearsal)
    practice.send_people(house, evening.facilitator, rehearsal, 4)
    page = open_page(CONSOLE, evening.facilitator.account_id, plan=evening.wijkplan_id, sessie=rehearsal)
    assert not page.exception
    assert not [b for b in page.button if b.label == "Voeg samen"]
    assert [name for _id, name in see_console(house, evening.facilitator, rehearsal).groups] == [
        "Bewoners", "Ondernemers", "Jongeren",
    ]  # fmt: skip


def test_after_the_evening_a_step_is_kept_open_for_others_and_closed_by_hand(
    open_page: Open, evening: Evening, house: Store
) -> None:
    step_id = evening.step("commitment")
    evening.open_room()
    running.open_step(house, evening.facilitator, step_id)
    evening.run(step_id)
    running.close_room(house, evening.facilitator, evening.session_id)
    page = console(open_page, evening)
    page.session_state["desk"] = "ending"
    page.run()
    page = press(page, "Zet open")
    assert not page.exception
    with house.read() as conn:
        kept = rooms.step(conn, step_id)
    assert kept is not None and kept.state.value == "open" and kept.open_until is not None
    page = press(page, "Sluit dit nu")
    with house.read() as conn:
        assert [r.is_later for r in rooms.rounds_of(conn, step_id)] == [False, True]
        assert rooms.step(conn, step_id).state.value == "shown"
