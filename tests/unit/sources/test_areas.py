"""Finding a neighbourhood among 18,313 codes."""

from __future__ import annotations

import pytest

from workshop.sources.areas import Area, area, area_and_parents, areas_of, find_areas, normal_code, residents_of

CENTRUM = Area("BU03080000", "Centrum", "buurt", "GM0308", "Baarn", "WK030800", 2024)


@pytest.mark.parametrize(
    "typed", ["BU03080000", "bu03080000", "BU0308 0000", " BU03080000  ", "03080000", "0308 0000", "BU03080000\u00a0"]
)
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    assert area(typed) == CENTRUM
    assert find_areas(typed)[0] == CENTRUM


def test_a_short_number_is_a_municipality() -> None:
    assert normal_code("363") == "GM0363"
    assert find_areas("363")[0] == Area("GM0363", "Amsterdam", "gemeente", "GM0363", "Amsterdam", "NL00", 2024)


@pytest.mark.parametrize("typed", ["'t Acker", "’t acker", "t Acker", "`T ACKER", " 't   Acker "])
def test_the_apostrophe_does_not_matter(typed: str) -> None:
    assert [found.code for found in find_areas(typed)] == ["BU02680840"]


def test_diacritics_and_case_do_not_matter() -> None:
    assert [a.code for a in find_areas("SUDWEST-FRYSLAN", level="gemeente")] == ["GM1900"]
    assert [a.name for a in find_areas("súdwest-fryslân", level="gemeente")] == ["Súdwest-Fryslân"]


def test_the_same_name_in_many_municipalities_shows_the_municipality() -> None:
    found = find_areas("centrum", level="buurt", limit=500)
    exact = [a for a in found if a.name == "Centrum"]
    assert (len(exact), len({a.municipality_name for a in exact})) == (49, 48)
    assert CENTRUM.full_name == "Centrum, Baarn (BU03080000)"
    assert len({a.full_name for a in exact}) == 49
    assert CENTRUM in exact


def test_name_and_municipality_together_find_one_area() -> None:
    assert find_areas("centrum baarn") == [CENTRUM]


def test_a_city_is_found_by_the_name_people_say() -> None:
    assert find_areas("Den Haag")[0].name == "'s-Gravenhage"
    assert find_areas("den bosch")[0].name == "'s-Hertogenbosch"
    assert find_areas("'s-gravenhage")[0].code == "GM0518"
    assert {a.municipality_code for a in find_areas("zeeheldenkwartier den haag")} == {"GM0518"}


def test_within_a_municipality_only_its_own_areas_are_found() -> None:
    assert find_areas("centrum", municipality_code="GM0308") == [CENTRUM]
    assert find_areas("centrum", municipality_code="gm0308 ", level="wijk") == []


def test_an_exact_name_comes_before_a_longer_one() -> None:
    names = [a.name for a in find_areas("Baarn")]
    assert names[0] == "Baarn"
    assert names.index("Baarn") < names.index("Verspreide huizen Baarn")
    assert find_areas("Baarn")[0].code == "GM0308"


def test_a_wijk_is_found_without_its_number() -> None:
    found = find_areas("baarn-noord")
    assert [a.code for a in found] == ["WK030801", "BU03080104"]  # the second is Eemdal-Noord in Baarn
    assert found[0].short_name == "Baarn-Noord, Eemdal en Eemland"


def test_the_beginning_of_a_code_gives_everything_under_it() -> None:
    under = {a.code for a in areas_of("GM0308") if a.parent_code == "WK030801"}
    assert len(under) == 7
    assert {a.code for a in find_areas("BU030801")} == under


def test_baarn_has_five_wijken_and_21_buurten() -> None:
    levels = [a.level for a in areas_of("GM0308")]
    assert (levels.count("wijk"), levels.count("buurt")) == (5, 21)


def test_the_chain_runs_from_buurt_to_country() -> None:
    assert [a.code for a in area_and_parents("BU03080000")] == ["BU03080000", "WK030800", "GM0308", "NL00"]


@pytest.mark.parametrize("typed", ["", "   ", "'", "-", "\u200b", "zzzzzz", "BU99999999", "%", "🙂", "x" * 5000])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert find_areas(typed) == []
    assert area(typed) is None


def test_unknown_codes_of_cbs_are_not_offered_by_name() -> None:
    assert all(a.code[2:6] != "0000" for a in find_areas("onbekend", limit=100))


def test_residents_add_up() -> None:
    assert residents_of("BU03080000") == 1825
    assert residents_of("GM0308") == 25_065
    assert residents_of("WK030805") == 280
    assert residents_of("BU00000000") is None
    assert residents_of("niets") is None
