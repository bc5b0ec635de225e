"""Cards on paper: one per person, for any step, holding everything its questions ask."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.room.hall import Hall, seen
from tests.room.test_phone_test import staff_browser
from tests.room.test_table_door import table
from tests.unit.werkvormen.room import TEXTS
from workshop.actions.evening import notes
from workshop.actions.evening.paper import see_card
from workshop.actions.evening.sessions import put_item_on_step, translate_step
from workshop.domain.evening.questions import Choice, PerItem, Scale
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.room.evening.card_size import fitting
from workshop.werkvormen import Werkvorm, all_werkvormen


def prepared(hall: Hall, activity: Werkvorm) -> str:
    """A step with three items on it that did not open yet."""
    evening = hall.evening
    step_id = evening.step(activity.key)
    if activity.takes:
        for text in TEXTS:
            made = notes.add_item(
                evening.store,
                evening.facilitator,
                evening.wijkplan_id,
                kind=ItemKind(min(activity.takes)),
                written=Written(text),
            )
            put_item_on_step(evening.store, evening.facilitator, step_id, made)
    return step_id


@pytest.mark.parametrize("activity", all_werkvormen(), ids=lambda activity: activity.key)
def test_a_card_of_any_werkvorm_holds_all_it_asks(sqlite_hall: Hall, activity: Werkvorm) -> None:
    evening = sqlite_hall.evening
    step_id = prepared(sqlite_hall, activity)
    browser = table(sqlite_hall)
    page = browser.get(f"/kaarten/{step_id}?aantal=1")
    assert page.status_code == 200
    card = seen(re.findall(r"<article.*?</article>", page.text, re.S)[0])
    told = see_card(evening.store, evening.facilitator, step_id)
    wanted = [told.title, told.prompt, "Bewoners", "Ondernemers", "Jongeren"]
    for question in told.questions:
        wanted.append(question.prompt)
        wanted += [subject.text for subject in getattr(question, "subjects", ())]
        if isinstance(question, Choice | PerItem):
            wanted += [option.label for option in question.options]
        if isinstance(question, Scale):
            wanted += question.words
    wanted += [form.prompt for form in told.note_forms]
    assert [text for text in wanted if seen(text) not in card] == []


def test_the_question_stands_on_the_card_in_the_chosen_languages(the_hall: Hall) -> None:
    evening = the_hall.evening
    step = the_hall.open("commitment")
    translate_step(evening.store, evening.facilitator, step, "ar", "أين نحن <الآن>؟")
    translate_step(evening.store, evening.facilitator, step, "tr", "Neredeyiz?")
    page = table(the_hall).get(f"/kaarten/{step}?aantal=1").text
    assert '<p lang="ar" dir="rtl">أين نحن &lt;الآن&gt;؟</p>' in page
    assert '<p lang="tr" dir="ltr">Neredeyiz?</p>' in page


@pytest.mark.parametrize(
    ("asked", "made"),
    [("", 12), ("?aantal=1", 1), ("?aantal=500", 500), ("?aantal=0", 12), ("?aantal=501", 12), ("?aantal=-1", 12),
     ("?aantal=%F0%9F%92%A9", 12), ("?aantal=1&aantal=9", 1), ("?aantal=99999999999999999999", 12)],
)  # fmt: skip
def test_as_many_cards_as_asked_and_never_more_than_five_hundred(sqlite_hall: Hall, asked: str, made: int) -> None:
    step = sqlite_hall.open("environments")
    browser = staff_browser(sqlite_hall)
    assert browser.get(f"/kaarten/{step}{asked}").text.count("<article") == made


def test_a_long_list_gets_a_larger_sheet_instead_of_small_type(sqlite_hall: Hall) -> None:
    evening = sqlite_hall.evening
    step = evening.step("risk_dots")
    sizes = []
    for n in range(30):
        made = notes.add_item(
            evening.store,
            evening.facilitator,
            evening.wijkplan_id,
            kind=ItemKind.RISK,
            written=Written(f"Onderwerp {n} " + "x" * 40),
        )
        put_item_on_step(evening.store, evening.facilitator, step, made)
        sizes.append(fitting(see_card(evening.store, evening.facilitator, step)).size)
    assert sizes[4] == "a6" and sizes[-1] == "a4"
    assert sizes == sorted(sizes, reverse=True)


def test_big_type_on_half_a_sheet_can_be_asked_for(sqlite_hall: Hall) -> None:
    step = sqlite_hall.open("commitment")
    browser = table(sqlite_hall)
    usual, large = (browser.get(f"/kaarten/{step}?aantal=1{more}").text for more in ("", "&groot=1"))
    assert ('class="kaarten a6"' in usual, 'class="kaarten a5"' in large) == (True, True)
    assert (re.search('class="kaart (dicht|vol)"', usual) is not None, 'class="kaart "' in large) == (True, True)
    assert " checked" in large and " checked" not in usual


def test_items_on_a_card_are_text_and_never_markup(sqlite_hall: Hall) -> None:
    evening = sqlite_hall.evening
    step = evening.step("risk_dots")
    made = notes.add_item(
        evening.store,
        evening.facilitator,
        evening.wijkplan_id,
        kind=ItemKind.RISK,
        written=Written("<img src=x onerror=alert(1)>"),
    )
    put_item_on_step(evening.store, evening.facilitator, step, made)
    page = table(sqlite_hall).get(f"/kaarten/{step}?aantal=2").text
    assert "<img src=x" not in page and page.count("&lt;img src=x onerror=alert(1)&gt;") == 2
    assert unescape(page).count("<article") == 2


def test_only_who_runs_the_evening_gets_cards(the_hall: Hall) -> None:
    step = the_hall.open("commitment")
    nowhere = the_hall.phone().http.get(f"/zaal/{'0' * 32}").text
    for browser in (the_hall.phone().http, the_hall.inside().http):
        answer = browser.get(f"/kaarten/{step}")
        assert answer.status_code == 404 and answer.text == nowhere
    assert table(the_hall).get(f"/kaarten/{'0' * 32}").status_code == 404
