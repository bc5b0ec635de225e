"""Each way of asking, row by row of list S (votes, points, rankings, sliders): what it takes and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from workshop.domain.errors import WorkshopError
from workshop.domain.evening.questions import (
    Choice,
    Dots,
    Field,
    Option,
    PerItem,
    Question,
    Ranking,
    Scale,
    Subject,
    accept_all,
    as_form,
)

SUBJECTS = (Subject("a", "Licht"), Subject("b", "Lawaai"), Subject("c", "Leegstand"))
YES_NO_PASS = (Option("yes", "Eens"), Option("no", "Oneens"), Option("pass", "Pas"))
CHOICE = Choice("c", "Kies", YES_NO_PASS)
SCALE = Scale("s", "Hoe?", ("weinig", "iets", "veel"))
DOTS = Dots("d", "Stippen", SUBJECTS, budget=10, cap=5)
FIELD = Field("f", "Veld", SUBJECTS, across=Scale("x", "Vaak", ("1", "2")), up=Scale("y", "Erg", ("1", "2")))
ITEMS = PerItem("p", "Per onderwerp", SUBJECTS, YES_NO_PASS)
ORDER = Ranking("r", "Volgorde", SUBJECTS, places=2)


@pytest.mark.parametrize(
    ("question", "form", "answer", "is_complete"),
    [
        (CHOICE, {"c": ["yes"]}, {"c": "yes"}, True),  # S01
        (CHOICE, {"c": ["pass"]}, {"c": "pass"}, True),  # S05: a pass is an answer
        (CHOICE, {"c": ("no",), "weight": ["2"]}, {"c": "no"}, True),  # S46
        (SCALE, {"s": [" 3 "]}, {"s": 3}, True),
        (DOTS, {"d.a": ["5"], "d.b": ["5"], "d.c": ["0"]}, {"d": {"a": 5, "b": 5}}, True),
        (DOTS, {"d.a": ["1"]}, {"d": {"a": 1}}, True),
        (FIELD, {"f.a.x": ["1"], "f.a.y": ["2"]}, {"f": {"a": [1, 2]}}, False),
        (FIELD, {"f.a.x": ["1"]}, {"f": {"a": [1, None]}}, False),
        (ITEMS, {"p.a": ["yes"], "p.b": ["pass"], "p.c": ["no"]}, {"p": {"a": "yes", "b": "pass", "c": "no"}}, True),
        (ITEMS, {"p.a": ["yes"], "p.b": [""]}, {"p": {"a": "yes"}}, False),
        (ORDER, {"r.a": ["2"], "r.c": ["1"], "r.b": [""]}, {"r": {"a": 2, "c": 1}}, True),
        (ORDER, {"r.a": ["2"]}, {"r": {"a": 2}}, False),
    ],
)
def test_what_is_allowed_is_taken_and_shown_back(
    question: Question, form: dict[str, Any], answer: dict[str, Any], is_complete: bool
) -> None:
    assert accept_all([question], form) == (answer, is_complete)
    shown = as_form([question], answer)
    assert accept_all([question], {name: [value] for name, value in shown.items()}) == (answer, is_complete)


@pytest.mark.parametrize(
    ("question", "form", "said", "field"),
    [
        (CHOICE, {}, "Kies eerst iets. Verstuur daarna je antwoord.", "c"),  # S04
        (CHOICE, {"c": ["maybe"]}, "Dit antwoord staat niet op de lijst. Kies opnieuw.", "c"),  # S07, S37
        (CHOICE, {"c": ["yes", "no"]}, "Kies één antwoord.", "c"),  # S19
        (CHOICE, {"c": True}, "Dit antwoord konden we niet lezen. Kies opnieuw en verstuur het nog een keer.", "c"),
        (CHOICE, {"c": None}, "Dit antwoord konden we niet lezen. Kies opnieuw en verstuur het nog een keer.", "c"),
        (
            CHOICE,
            {"c": {}},
            "Dit antwoord konden we niet lezen. Kies opnieuw en verstuur het nog een keer.",
            "c",
        ),  # S11
        (SCALE, {"s": ["4"]}, "Kies een stap van 1 tot en met 3.", "s"),  # S20
        (SCALE, {"s": ["0"]}, "Kies een stap van 1 tot en met 3.", "s"),
        (SCALE, {"s": ["1.5"]}, "Vul hele getallen in, zonder komma of minteken.", "s"),
        (SCALE, {"s": [str(2**63)]}, "Vul hele getallen in, zonder komma of minteken.", "s"),  # S10
        (DOTS, {"d.a": ["0.30000000000000004"]}, "Vul hele getallen in, zonder komma of minteken.", "d.a"),  # S13
        (
            DOTS,
            {"d.a": ["5"], "d.b": ["5"], "d.c": ["1"]},
            "Je hebt 11 stippen gebruikt en er zijn er 10. Haal er 1 weg.",
            "d",
        ),  # S14
        (DOTS, {"d.a": ["-5"], "d.b": ["15"]}, "Vul hele getallen in, zonder komma of minteken.", "d.a"),  # S16
        (
            DOTS,
            {"d.a": ["10"]},
            "Je mag hoogstens 5 stippen op één onderwerp zetten. Haal er een paar weg.",
            "d.a",
        ),  # S17
        (DOTS, {"d.z": ["1"]}, "Een van de onderwerpen hoort niet bij deze stemming. Kies opnieuw.", "d"),  # S08
        (FIELD, {"f.z.x": ["1"]}, "Een van de onderwerpen hoort niet bij deze stemming. Kies opnieuw.", "f"),
        (ITEMS, {"p.z": ["yes"]}, "Een van de onderwerpen hoort niet bij deze stemming. Kies opnieuw.", "p"),
        (ITEMS, {"p.a": ["EVIL"]}, "Dit antwoord staat niet op de lijst. Kies opnieuw.", "p.a"),
        (ORDER, {"r.z": ["1"]}, "Een van de onderwerpen hoort niet bij deze stemming. Kies opnieuw.", "r"),
        (ORDER, {"r.a": ["3"]}, "Kies een plaats van 1 tot en met 2.", "r.a"),
        (
            ORDER,
            {"r.a": ["1"], "r.b": ["1"]},
            "Plaats 1 staat er twee keer. Geef elke plaats aan één onderwerp.",
            "r.b",
        ),
        (ORDER, {"r.a": ["0"]}, "Kies een plaats van 1 tot en met 2.", "r.a"),
    ],
)
def test_what_is_not_allowed_is_refused_in_words_at_its_field(
    question: Question, form: dict[str, Any], said: str, field: str
) -> None:
    with pytest.raises(WorkshopError) as refused:
        accept_all([question], form)
    assert (str(refused.value), refused.value.field) == (said, field)


def test_a_ranking_of_fewer_items_than_places_is_whole_when_all_have_one() -> None:
    order = Ranking("r", "Volgorde", SUBJECTS[:2], places=5)
    assert order.highest == 2
    assert accept_all([order], {"r.a": ["2"], "r.b": ["1"]}) == ({"r": {"a": 2, "b": 1}}, True)
