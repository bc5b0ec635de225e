"""The chooser advises with reasons that can be read aloud, and never something that cannot be done."""

from __future__ import annotations

import pytest

from workshop.domain.errors import WorkshopError
from workshop.domain.evening.choosing import Advice, Candidate, advise
from workshop.domain.evening.method import Aim, Audience
from workshop.sources.method import the_method
from workshop.werkvormen import all_werkvormen

GUIDES = the_method().guides
CANDIDATES = [Candidate(GUIDES[a.key], a.sprints) for a in all_werkvormen() if a.key in GUIDES]


def test_forty_residents_with_a_quarter_of_an_hour_to_weigh_what_is_heaviest() -> None:
    advice = advise(CANDIDATES, question=Aim.WEIGH, group=Audience.RESIDENTS, people=40, minutes=15, sprint=2)
    assert advice[0] == Advice(
        "risk_dots",
        (
            "Geeft antwoord op jouw vraag: Wat weegt het zwaarst?",
            "Hoort bij sprint 2.",
            "Kan met 40 mensen.",
            "Werkt met bewoners.",
            "Duurt 15 minuten; je hebt er 15.",
        ),
    )
    assert "risk_field" not in {a.werkvorm for a in advice}


def test_a_decision_by_a_small_mixed_group_is_a_consent_round() -> None:
    advice = advise(CANDIDATES, question=Aim.DECIDE, group=Audience.MIXED, people=10, minutes=45, sprint=3)
    assert advice[0].werkvorm == "consent"


def test_young_people_are_first_asked_to_show_their_life() -> None:
    advice = advise(CANDIDATES, question=Aim.LISTEN, group=Audience.YOUTH, people=4, minutes=120, sprint=2)
    assert advice[0].werkvorm == "show_me_your_life"
    assert "Is gemaakt voor jongeren." in advice[0].why


def test_a_large_group_is_divided_over_tables() -> None:
    advice = {a.werkvorm: a.why for a in advise(CANDIDATES, question=Aim.UNDERSTAND, people=40, sprint=2, most=50)}
    assert "Verdeel de groep: 5 tafels van hoogstens 8 mensen, elk met een begeleider." in advice["empathy_map"]


def test_what_is_meant_for_another_sprint_or_group_says_so() -> None:
    advice = {a.werkvorm: a.why for a in advise(CANDIDATES, group=Audience.YOUTH, sprint=4, most=50)}
    assert "Is bedoeld voor sprint 1, maar kan ook nu." in advice["socratic"]
    assert "Is vooral gemaakt voor professionals, een gemengde groep. Pas de uitleg aan." in advice["socratic"]


@pytest.mark.parametrize("aim", list(Aim))
def test_every_question_has_an_answer(aim: Aim) -> None:
    assert advise(CANDIDATES, question=aim)


@pytest.mark.parametrize("minutes", [1, 5, 15, 60, 180])
@pytest.mark.parametrize("people", [1, 3, 12, 300])
def test_nothing_is_advised_that_does_not_fit(minutes: int, people: int) -> None:
    for advice in advise(CANDIDATES, minutes=minutes, people=people, most=50):
        guide = GUIDES[advice.werkvorm]
        assert guide.minutes <= minutes and guide.group[0] <= people
        assert advice.why and all(sentence.endswith((".", "?")) for sentence in advice.why)


def test_the_same_question_gets_the_same_answer_in_whatever_order_it_is_asked() -> None:
    asked = {"question": Aim.INVENT, "group": Audience.MIXED, "people": 12, "minutes": 60, "sprint": 4}
    assert advise(CANDIDATES, **asked) == advise(reversed(CANDIDATES), **asked)
    assert len(advise(CANDIDATES)) == 5


def test_no_time_gives_no_advice() -> None:
    assert advise(CANDIDATES, minutes=1) == []


@pytest.mark.parametrize("wrong", [{"people": 0}, {"people": -3}, {"minutes": 0}, {"sprint": 0}, {"sprint": 8}])
def test_a_number_that_cannot_be_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(WorkshopError):
        advise(CANDIDATES, **wrong)
