"""Acting on a page: what was typed just now counts, twice is once, and what is asked again is asked for those very words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.evening import Evening
from tests.pages.conftest import Open
from tests.pages.test_console import PREPARE, console, press
from workshop.actions.evening import sessions
from workshop.actions.evening.console_view import see_console
from workshop.actions.sprints.material import see_snapshot
from workshop.ui.evening import settling
from workshop.ui.frame import doing
from workshop.ui.frame.state import tab, value_of

#: As long as it lasts outside the tests.
ONE_PRESS = doing.ONE_PRESS
SMALL = Path(__file__).parent / "small"
PHONE, OTHER_PHONE = "Bel me op 06-12345678", "Bel me op 06-87654321"


@pytest.fixture(autouse=True)
def _as_it_is(monkeypatch: pytest.MonkeyPatch, _as_slow_as_a_hand: None) -> None:
    monkeypatch.setattr(doing, "ONE_PRESS", ONE_PRESS)


def opened(open_page: Open, evening: Evening, page: str) -> AppTest:
    """One of the two pages that exist for this: ``one_button`` and ``one_form``."""
    script = str(SMALL / f"{page}.py")
    return open_page(script, evening.facilitator.account_id, plan=evening.wijkplan_id)


def texts(evening: Evening) -> list[str]:
    return [i.text for i in see_snapshot(evening.store, evening.facilitator, evening.wijkplan_id).items]


# -- typing and pressing at once ---------------------------------------------------------------------------------------


def say_on_the_wall(open_page: Open, evening: Evening, text: str) -> tuple[AppTest, str | None]:
    """Type a sentence and press in one go: the page is not drawn in between. Returns what is on the wall then."""
    evening.step("commitment")
    evening.open_room()
    page = console(open_page, evening)
    page.session_state["desk"] = "message"
    page.run()
    next(t for t in page.text_input if t.label == "Zin voor op het scherm").set_value(text)
    assert not next(b for b in page.button if b.label == "Zet op het scherm").disabled
    page = press(page, "Zet op het scherm")
    assert not page.exception
    return page, see_console(evening.store, evening.facilitator, evening.session_id).stage.text


def test_what_was_typed_just_before_the_press_counts(open_page: Open, evening: Evening) -> None:
    page, shown = say_on_the_wall(open_page, evening, "Pauze tot kwart over acht")
    assert shown == "Pauze tot kwart over acht"
    assert next(t for t in page.text_input if t.label == "Zin voor op het scherm").value == ""


def test_twin_a_field_that_is_read_when_the_button_is_drawn_loses_the_first_press(
    open_page: Open, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "typed", lambda key: value_of(key, ""))
    page, shown = say_on_the_wall(open_page, evening, "Pauze tot kwart over acht")
    assert (shown, [e.value for e in page.error]) == (None, ["Vul iets in."])


def test_an_empty_sentence_is_refused_with_what_to_do(open_page: Open, evening: Evening) -> None:
    page, shown = say_on_the_wall(open_page, evening, "  ")
    assert (shown, [e.value for e in page.error]) == (None, ["Vul iets in."])
    assert not page.run().error


# -- pressing twice ----------------------------------------------------------------------------------------------------


def press_twice_at_once(open_page: Open, evening: Evening) -> AppTest:
    moment = evening.store.now()
    evening.store.clock = lambda: moment
    return press(press(opened(open_page, evening, "one_button"), "Zet erbij"), "Zet erbij")


def test_a_double_press_does_it_once_and_says_so(open_page: Open, evening: Evening) -> None:
    page = press_twice_at_once(open_page, evening)
    assert (texts(evening), [s.value for s in page.success]) == (["Een bankje"], ["Het staat erbij."])
    later = evening.store.now() + doing.ONE_PRESS
    evening.store.clock = lambda: later
    press(page, "Zet erbij")
    assert texts(evening) == ["Een bankje"] * 2


def test_a_clock_that_is_set_back_makes_no_press_deaf(open_page: Open, evening: Evening) -> None:
    page = press_twice_at_once(open_page, evening)
    earlier = evening.store.now() - timedelta(milliseconds=10)
    evening.store.clock = lambda: earlier
    press(page, "Zet erbij")
    assert texts(evening) == ["Een bankje"] * 2


def test_twin_without_the_look_back_a_double_press_does_it_twice(
    open_page: Open, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "ONE_PRESS", timedelta(0))
    press_twice_at_once(open_page, evening)
    assert texts(evening) == ["Een bankje"] * 2


def say_twice(open_page: Open, evening: Evening) -> AppTest:
    """A sentence for the wall with a double press: the first empties the field, the second finds it empty."""
    moment = evening.store.now()
    evening.store.clock = lambda: moment
    page, _shown = say_on_the_wall(open_page, evening, "Pauze tot kwart over acht")
    return press(page, "Zet op het scherm")


def test_a_second_press_that_finds_the_field_emptied_says_nothing(open_page: Open, evening: Evening) -> None:
    assert not say_twice(open_page, evening).error


def test_twin_a_second_press_that_is_taken_for_a_new_one_calls_it_empty(
    open_page: Open, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "ONE_PRESS", timedelta(0))
    assert [e.value for e in say_twice(open_page, evening).error] == ["Vul iets in."]


# -- asking again ------------------------------------------------------------------------------------------------------


def hand_in(page: AppTest, text: str, *, tick: bool = False) -> AppTest:
    page.text_area(key="text").set_value(text)
    if tick:
        page.checkbox[0].check()
    return press(page, "Zet erbij")


def test_what_seems_to_be_about_a_person_asks_for_a_tick(open_page: Open, evening: Evening) -> None:
    page = hand_in(opened(open_page, evening, "one_form"), PHONE)
    assert "Zet dan het vinkje en druk nog een keer op dezelfde knop." in page.warning[0].value
    assert [box.label for box in page.checkbox] == ["Ik heb gekeken: hier staat niets in over een persoon"]
    page = hand_in(page, PHONE)  # a press without the tick, or the second half of a double one
    assert texts(evening) == []
    page = hand_in(page, PHONE, tick=True)
    assert (texts(evening), list(page.warning), list(page.checkbox)) == ([PHONE], [], [])


def change_after_the_tick(open_page: Open, evening: Evening) -> AppTest:
    return hand_in(hand_in(opened(open_page, evening, "one_form"), PHONE), OTHER_PHONE, tick=True)


def test_a_tick_is_for_the_words_that_were_asked_about(open_page: Open, evening: Evening) -> None:
    page = change_after_the_tick(open_page, evening)
    assert (texts(evening), [box.value for box in page.checkbox]) == ([], [False])


def test_twin_a_tick_that_asks_for_no_words_lets_others_through(
    open_page: Open, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_sure(at: str, mark: str) -> bool:
        warned = tab().warned
        return warned is not None and bool(value_of(doing._box(warned)))

    monkeypatch.setattr(doing, "_is_sure", is_sure)
    change_after_the_tick(open_page, evening)
    assert texts(evening) == [OTHER_PHONE]


def test_a_tick_counts_also_when_the_step_moved_on_meanwhile(open_page: Open, evening: Evening) -> None:
    step_id = evening.step("risk_dots")

    def put_on_the_list(page: AppTest) -> AppTest:
        next(t for t in page.text_input if t.label == "Zelf een onderwerp toevoegen").set_value(PHONE)
        return press(page, "Zet op de lijst")

    page = put_on_the_list(console(open_page, evening, PREPARE))
    sessions.change_step(evening.store, evening.facilitator, step_id, title="Een andere naam")
    page.run()
    next(box for box in page.checkbox if box.label.startswith("Ik heb gekeken")).check()
    page = put_on_the_list(page)
    assert (texts(evening), list(page.warning)) == ([PHONE], [])


def test_a_citizen_service_number_is_refused_and_no_tick_helps(open_page: Open, evening: Evening) -> None:
    page = hand_in(opened(open_page, evening, "one_form"), "Zijn nummer is 111222333")
    assert (len(page.error), list(page.checkbox), texts(evening)) == (1, [], [])


# -- what a page keeps -------------------------------------------------------------------------------------------------


def test_the_clicker_stays_off_when_another_part_of_the_desk_is_opened(open_page: Open, evening: Evening) -> None:
    evening.step("commitment")
    page = console(open_page, evening)
    for part in ("clicker", "notes", "clicker"):
        page.session_state["desk"] = part
        page.run()
        if part == "clicker" and page.checkbox(key="console_clicker").value:
            page.checkbox(key="console_clicker").uncheck().run()
    assert not page.checkbox(key="console_clicker").value
    assert not page.session_state["koppelvlak"].has_clicker
