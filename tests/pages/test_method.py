"""The library of werkvormen as a facilitator finds it, and a step with the group's own way of doing it."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from tests.evening import Evening, staff
from tests.pages.conftest import Open
from workshop.actions.evening import running, sessions
from workshop.actions.evening.session_plans import see_session
from workshop.domain.evening.method import mark_words
from workshop.locale import in_language
from workshop.sources.method import the_method
from workshop.store import Store
from workshop.ui.evening.cards import paper
from workshop.ui.evening.own_way import part_words, running_part
from workshop.werkvormen import all_werkvormen, werkvorm

LIBRARY, CONSOLE, PREPARE = "begeleider/werkvormen.py", "begeleider/bediening.py", "begeleider/voorbereiden.py"
NOT_THERE = "De pagina bestaat niet, of je hebt er geen toegang toe."


def words(page: AppTest) -> str:
    """All that is readable, with the backslashes that keep people's text from being Markdown."""
    assert not page.exception, page.exception
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "success", "text")
    shown = [element.value for kind in kinds for element in getattr(page, kind)]
    drawn = [element.proto.body for element in page.get("html")]
    return "\n".join([*shown, *drawn, *(button.label for button in page.button)])


def library(open_page: Open, evening: Evening, **more: str) -> AppTest:
    return open_page(LIBRARY, evening.facilitator.account_id, plan=evening.wijkplan_id, **more)


def field(page: AppTest, key: str) -> object:
    return next(w for kind in ("selectbox", "number_input", "text_input") for w in getattr(page, kind) if w.key == key)


def test_somebody_without_a_sign_in_or_with_another_wijkplan_finds_no_library(
    open_page: Open, evening: Evening, house: Store
) -> None:
    for who in (None, staff(house, "ander").account_id):
        page = open_page(LIBRARY, who, plan=evening.wijkplan_id, werkvorm="board_game")
        assert NOT_THERE in words(page)
        assert "bord" not in words(page).casefold()


def test_advice_names_what_fits_and_why(open_page: Open, evening: Evening) -> None:
    page = library(open_page, evening)
    field(page, "method_people").set_value(5)  # type: ignore[attr-defined]
    field(page, "method_minutes").set_value(120)  # type: ignore[attr-defined]
    field(page, "method_question").set_value("shape").run()  # type: ignore[attr-defined]
    told = words(page).replace("\\", "")
    assert "Geeft antwoord op jouw vraag: Hoe gaat het er precies uitzien?" in told
    assert "Duurt 120 minuten; je hebt er 120." in told
    field(page, "method_minutes").set_value(1).run()  # type: ignore[attr-defined]
    assert "Geen werkvorm past hierbij." in words(page)


def test_the_list_is_searched_and_narrowed_to_a_sprint(open_page: Open, evening: Evening) -> None:
    page = library(open_page, evening)
    page.session_state["method_way"] = "all"
    page.run()

    def listed() -> set[str]:
        return {b.key.removeprefix("look_list_") for b in page.button if str(b.key).startswith("look_list_")}

    assert listed() == {activity.key for activity in all_werkvormen()}
    field(page, "method_only").set_value(7).run()  # type: ignore[attr-defined]
    assert listed() == {activity.key for activity in all_werkvormen() if 7 in activity.sprints}
    field(page, "method_only").set_value(None)  # type: ignore[attr-defined]
    field(page, "method_search").set_value("DOBBELSTEEN tegenslag").run()  # type: ignore[attr-defined]
    assert listed() == set()
    assert "Geen werkvorm gevonden." in words(page)
    field(page, "method_search").set_value("tegenslag kaart").run()  # type: ignore[attr-defined]
    assert "board_game" in listed()


@pytest.mark.parametrize("key", ["board_game", "commitment", "brainstorm"])
def test_a_werkvorm_is_told_whole(open_page: Open, evening: Evening, key: str) -> None:
    guide = the_method().guides[key]
    told = words(library(open_page, evening, werkvorm=key)).replace("\\", "")
    said = (guide.purpose, guide.result, *(s.text for s in guide.steps), *guide.materials, *guide.preparation)
    assert [text for text in said if text not in told] == []
    assert f"**Naam:** {mark_words(guide.name_mark)}" in told and f"**Werkwijze:** {mark_words(guide.way_mark)}" in told


@pytest.mark.parametrize("key", [activity.key for activity in all_werkvormen()])
def test_every_werkvorm_has_a_sheet_and_as_many_cards_as_asked(key: str) -> None:
    guide = the_method().guides[key]
    sheet = paper(werkvorm(key), guide, cards=3)
    said = (guide.purpose, *(s.text for s in guide.steps), *guide.materials, *guide.preparation, *guide.roles)
    assert [text for text in said if html.escape(text) not in sheet] == []
    assert sheet.count("<section") == 4
    assert sheet.count("<i></i>") == 3 * (len(re.findall("_{3,}", guide.card)) + 1)


def test_the_paper_of_a_werkvorm_opens_with_four_cards(open_page: Open, evening: Evening) -> None:
    assert words(library(open_page, evening, werkvorm="commitment", kaart="1")).count("<section") == 5


def test_a_werkvorm_that_is_not_there_is_said(open_page: Open, evening: Evening) -> None:
    assert "Deze werkvorm is er niet. Kies er een uit de lijst." in words(
        library(open_page, evening, werkvorm="<script>")
    )


def test_it_is_put_on_the_script_of_the_session_that_was_chosen(
    open_page: Open, evening: Evening, house: Store
) -> None:
    page = library(open_page, evening, werkvorm="board_game")
    next(b for b in page.button if b.label == "Zet op het programma").click().run()
    [planned] = see_session(house, evening.facilitator, evening.session_id).steps
    assert (planned.step.werkvorm, planned.step.minutes) == ("board_game", 120)
    assert "Het staat op het programma van “Avond in Baarn-Noord”." in words(page)


def test_the_card_of_a_step_carries_the_own_instruction_as_text_and_not_as_markup(
    open_page: Open, evening: Evening, house: Store
) -> None:
    step_id = evening.step("board_game", title="Ons <b>spel</b>")
    sessions.change_step(house, evening.facilitator, step_id, instruction="Eerst <script>koffie</script>\nDan spelen")
    at = {"werkvorm": "board_game", "kaart": "1", "sessie": evening.session_id, "stap": step_id}
    told = words(library(open_page, evening, **at))
    assert "Eerst &lt;script&gt;koffie&lt;/script&gt;\nDan spelen" in told
    assert "Ons &lt;b&gt;spel&lt;/b&gt;" in told and "<script>" not in told
    assert "koffie" not in words(library(open_page, evening, **{**at, "werkvorm": "role_play"}))


def test_a_card_exists_in_english() -> None:
    with in_language("en"):
        sheet = paper(werkvorm("board_game"), the_method("en").guides["board_game"], cards=1)
    assert "Play the plan before doing it" in sheet and "Set-back:" in sheet


def test_the_console_shows_the_own_instruction_and_which_part_is_now(
    open_page: Open, evening: Evening, house: Store
) -> None:
    step_id = evening.step("board_game")
    sessions.change_step(house, evening.facilitator, step_id, instruction="Eerst **koffie**")
    evening.open_room()
    running.open_step(house, evening.facilitator, step_id)
    page = open_page(CONSOLE, evening.facilitator.account_id, plan=evening.wijkplan_id, sessie=evening.session_id)
    told = words(page)
    assert "Eerst \\*\\*koffie\\*\\*" in told
    assert "**Nu deel 1 van 4, nog " in told


def test_the_own_instruction_is_written_at_the_script_and_a_phone_number_is_asked_about(
    open_page: Open, evening: Evening, house: Store
) -> None:
    step_id = evening.step("commitment")

    def told() -> str:
        return see_session(house, evening.facilitator, evening.session_id).steps[0].step.instruction

    page = open_page(PREPARE, evening.facilitator.account_id, plan=evening.wijkplan_id, sessie=evening.session_id)
    key = f"step_{step_id}_instruction"

    def save(text: str) -> None:
        next(a for a in page.text_area if a.key == f"{key}_text").set_value(text)
        next(b for b in page.button if b.label == "Bewaar de uitleg").click().run()
        assert not page.exception

    save("Bel 06-12345678")
    assert told() == ""
    next(c for c in page.checkbox if c.label.startswith("Ik heb gekeken")).check()
    save("Bel 06-12345678")
    assert told() == "Bel 06-12345678"
    save("")
    assert told() == ""


def test_the_library_is_one_press_from_a_script_and_offers_that_session_first(
    open_page: Open, evening: Evening, house: Store
) -> None:
    sooner = sessions.plan_session(
        house, evening.facilitator, evening.wijkplan_id, title="Eerder", sprint=1, held_on=date(2026, 11, 1)
    )
    page = open_page(PREPARE, evening.facilitator.account_id, plan=evening.wijkplan_id, sessie=evening.session_id)
    assert "Help me kiezen" in [b.label for b in page.button]
    chosen = "method_session_board_game"
    assert field(library(open_page, evening, werkvorm="board_game"), chosen).value == sooner  # type: ignore[attr-defined]
    page = library(open_page, evening, werkvorm="board_game", sessie=evening.session_id)
    assert field(page, chosen).value == evening.session_id  # type: ignore[attr-defined]


START = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("planned", "after", "expected"),
    [
        (120, 0, (0, 1200)),
        (120, 20, (1, 3600)),
        (120, 119, (3, 60)),
        (120, 125, (3, -300)),
        (60, 10, (1, 1800)),  # half the time: every part half as long
        (60, -5, (0, 600)),  # a clock that is behind
    ],
)
def test_the_parts_share_the_time_that_was_planned(planned: int, after: int, expected: tuple[int, int]) -> None:
    guide = the_method().guides["board_game"]
    assert running_part(guide, planned, START, START + timedelta(minutes=after)) == expected


def test_the_time_left_is_said_in_words() -> None:
    assert [part_words(s) for s in (-1, 0, 59, 60, 200)] == [
        "de tijd is om",
        "nog minder dan een minuut",
        "nog minder dan een minuut",
        "nog 1 minuut",
        "nog 3 minuten",
    ]
