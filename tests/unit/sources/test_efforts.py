"""Which running efforts are proposed as double or clashing; what somebody judged is not proposed again."""

from __future__ import annotations

from dataclasses import replace

from workshop.domain.sprints.records import RunningEffort
from workshop.sources.efforts import Pair, Why, effort_name, suggest_pairs

BENCHES_OUT = RunningEffort("Gemeente", "Bankjes weghalen waar ’s avonds wordt gehangen", "Stationsplein", "Overlast")
BENCHES_IN = RunningEffort("Welzijn", "Bankjes plaatsen zodat ouderen kunnen uitrusten", "stationsplein ", "Ontmoeten")
COACH = RunningEffort("Jongerenwerk", "Huiswerkbegeleiding voor tieners", "School", "Jeugd", "Jongeren")
TUTOR = RunningEffort("Bibliotheek", "Begeleiding bij huiswerk van tieners", "Bibliotheek", "Leren", "jongeren")
WALK = RunningEffort("Politie", "Extra rondes op vrijdag", "Stationsplein", "Overlast")
GREEN = RunningEffort("Bewoners", "Plantenbakken water geven", "Leestraat", "Groen")
ALL = [BENCHES_OUT, BENCHES_IN, COACH, TUTOR, WALK, GREEN]


def test_what_undoes_the_other_comes_first_then_doubles_and_nothing_else() -> None:
    assert suggest_pairs(ALL) == [
        Pair(0, 1, (Why.OPPOSITE,)),
        Pair(0, 4, (Why.SAME_PLACE_AND_THEME,)),
        Pair(2, 3, (Why.ALIKE,)),
    ]


def test_the_same_theme_for_the_same_people_is_proposed_too() -> None:
    theirs = replace(TUTOR, theme="jeugd")
    assert suggest_pairs([COACH, theirs]) == [Pair(0, 1, (Why.SAME_THEME_AND_GROUP, Why.ALIKE))]


def test_one_partner_is_never_double_with_itself() -> None:
    assert suggest_pairs([COACH, replace(TUTOR, partner=" jongerenwerk")]) == []


def test_what_a_person_judged_is_not_proposed_again() -> None:
    for column in ("doubles_with", "clashes_with", "apart_from"):
        told = replace(BENCHES_OUT, **{column: f"Iets anders; {effort_name(BENCHES_IN)}"})
        assert suggest_pairs([told, BENCHES_IN]) == []
        assert suggest_pairs([BENCHES_IN, told]) == []


def test_nothing_and_one_effort_give_no_pair() -> None:
    assert suggest_pairs([]) == [] and suggest_pairs([COACH]) == []
