"""The figures that ship, and how they are said."""

from __future__ import annotations

import pytest

from workshop.sources.areas import SAMPLES, areas_of
from workshop.sources.attribution import attributions
from workshop.sources.figure import Figure, sentence, shown, value_text
from workshop.sources.figures import figures_for, has_figures, population, population_by_age
from workshop.sources.indicators import catalogue

BUURTEN = [a.code for a in areas_of("GM0308") if a.level == "buurt"]


def one(code: str, indicator: str) -> Figure:
    (found,) = [figure for figure in figures_for([code]) if figure.indicator == indicator]
    return found


def test_crimes_of_2023_add_up_to_982_over_the_21_buurten_of_baarn() -> None:
    figures = [f for f in figures_for(BUURTEN) if f.indicator == "misdrijven"]
    assert [f.level for f in figures] == ["buurt"] * 21
    assert {f.period for f in figures} == {"2023"}
    assert sum(f.value or 0 for f in figures) == 982
    assert one("GM0308", "misdrijven").value == 982


def test_residents_add_up_to_25065_over_the_21_buurten_of_baarn() -> None:
    figures = [f for f in figures_for(BUURTEN) if f.indicator == "inwoners"]
    assert sum(f.value or 0 for f in figures) == 25_065
    assert population(BUURTEN) == 25_065
    assert population(["GM0308"]) == 25_065


def test_a_buurt_inside_a_chosen_wijk_is_counted_once() -> None:
    assert population(["BU03080500", "WK030805"]) == 280
    assert population(["BU03080500", "BU03080500"]) == 210


def test_the_population_of_half_a_choice_is_unknown() -> None:
    assert population([]) is None
    assert population(["BU03080000", "BU99999999"]) is None
    assert population(["BU03080000", "BU00000000"]) is None


def test_every_buurt_in_the_country_has_a_population() -> None:
    assert population(["BU01060000"]) == 405
    assert population(["GM0106"]) == 69_720


def test_ages_are_known_in_baarn_only() -> None:
    assert population_by_age(["BU03080000"]) == {
        "kinderen_0_15": 201,
        "jongeren_15_25": 182,
        "leeftijd_25_45": 493,
        "leeftijd_45_65": 456,
        "ouderen_65": 474,
    }
    assert population_by_age(["BU01060000"]) is None


def test_a_figure_carries_everything_that_must_stand_beside_it() -> None:
    figure = one("BU03080000", "misdrijven_per_1000")
    assert figure == Figure(
        indicator="misdrijven_per_1000",
        label_nl="Geregistreerde misdrijven per 1.000 inwoners",
        environment="criminal",
        area_code="BU03080000",
        area_name="Centrum",
        level="buurt",
        period="2023",
        value=87.8,
        unit="per 1.000 inwoners",
        reference=(("gemeente", "Baarn", 39.2), ("land", "Nederland", 44.9)),
        trend=(),
        source="politie",
        table="47018NED",
        licence="CC BY 4.0",
        higher_is_worse=True,
        note=(
            "Geteld is waar de politie het vastlegde, niet waar de daders of slachtoffers wonen. "
            "Wat niemand meldt, telt niet mee. De cijfers blijven twee jaar voorlopig."
        ),
        decimals=1,
        phrase="legde de politie {value} misdrijven per 1.000 inwoners vast",
    )


def test_a_trend_runs_from_old_to_new() -> None:
    trend = one("BU03080000", "inwoners").trend
    assert trend == tuple(
        (str(year), float(people))
        for year, people in zip(range(2016, 2025), [1685, 1685, 1725, 1750, 1785, 1790, 1790, 1810, 1825], strict=True)
    )


@pytest.mark.parametrize(
    ("code", "indicator", "said"),
    [
        ("BU03080000", "inwoners", "In Centrum wonen 1.825 mensen; in Baarn 25.065 (2024, CBS)."),
        (
            "BU03080000",
            "laag_inkomen",
            "In Centrum heeft 4,3% van de huishoudens een laag inkomen; in Baarn 2,6% (2023, CBS).",
        ),
        (
            "BU03080000",
            "inkomen",
            "In Centrum heeft een huishouden gemiddeld € 43.000 per jaar te besteden; in Baarn € 49.100 (2023, CBS).",
        ),
        ("BU03080500", "bijstand", "In Lage Vuursche krijgen minder dan 5 mensen bijstand; in Baarn 360 (2024, CBS)."),
        ("BU03080501", "woz", "In de gemeente Baarn is een woning gemiddeld € 410.000 waard (2022, CBS)."),
        (
            "WK030800",
            "misdrijven",
            "In de wijk Baarn legde de politie 499 misdrijven vast; in Baarn 982 (2023, politie).",
        ),
        (
            "BU03080000",
            "leefbaarheid",
            "In Centrum krijgt de leefbaarheid een 4,18; in Baarn 4,18 (jaar niet vermeld, BZK Leefbaarometer).",
        ),
    ],
)
def test_a_figure_is_said_in_one_sentence(code: str, indicator: str, said: str) -> None:
    assert sentence(one(code, indicator)) == said


def test_an_unknown_figure_is_taken_from_a_higher_level_and_says_so() -> None:
    figure = one("BU03080501", "leefbaarheid")
    assert (figure.level, figure.area_code, figure.value) == ("gemeente", "GM0308", 4.18)
    assert figure.note.startswith("Voor Verspreide huizen Lage Vuursche zelf is dit niet bekend. ")


def test_two_areas_that_fall_back_on_the_same_one_show_it_once() -> None:
    figures = [f for f in figures_for(["BU03080501", "BU03080109"]) if f.indicator == "inkomen"]
    assert [(f.level, f.area_code) for f in figures] == [("gemeente", "GM0308")]
    assert "Voor Verspreide huizen Lage Vuursche, Eemland waaronder Eembrugge zelf" in figures[0].note


def test_the_caveat_for_few_residents_stands_with_the_rate() -> None:
    assert "Hier wonen weinig mensen (70)" in one("BU03080501", "misdrijven_per_1000").note
    assert "weinig mensen" not in one("BU03080000", "misdrijven_per_1000").note


def test_small_counts_are_withheld_everywhere() -> None:
    figure = one("BU03080500", "bijstand")
    assert (figure.value, figure.is_small_count, value_text(figure)) == (None, True, "minder dan 5")
    assert all(value >= 5 for f in figures_for(BUURTEN) if f.indicator == "bijstand" for _period, value in f.trend)


def test_no_withheld_code_of_cbs_ships_as_a_number() -> None:
    assert "-9999" not in (SAMPLES / "baarn_figures.csv").read_text(encoding="utf-8")
    assert all(f.value is None or f.value > -10 for f in figures_for(BUURTEN))


def test_an_area_without_figures_still_has_its_residents() -> None:
    assert [sentence(f) for f in figures_for(["BU01060000"])] == [
        "In Brinkkwartier wonen 405 mensen; in Assen 69.720 (2024, CBS)."
    ]
    assert (has_figures("BU01060000"), has_figures("bu0308 0000"), has_figures("x")) == (False, True, False)


def test_the_country_has_its_residents() -> None:
    assert [sentence(f) for f in figures_for(["NL00"])] == ["In Nederland wonen 17.942.915 mensen (2024, CBS)."]


def test_unknown_codes_are_passed_over() -> None:
    assert figures_for(["x", "", "BU99999999"]) == []


def test_the_list_is_spread_over_the_environments() -> None:
    indicators = catalogue()
    counts = [sum(i.environment == e for i in indicators) for e in ("social", "physical", "criminal", None)]
    assert counts == [8, 5, 3, 1]
    assert len({i.key for i in indicators}) == 17
    assert all(i.source and i.table and i.licence and "{value}" in i.phrase for i in indicators)


def test_an_unknown_value_is_said_as_unknown() -> None:
    figure = Figure("x", "WOZ-waarde", None, "BU03080000", "Centrum", "buurt", "2024", None, "", source="CBS")
    assert sentence(figure) == "In Centrum is dit niet bekend: WOZ-waarde (2024, CBS)."
    assert shown(None, "%") == "niet bekend"


def test_every_source_is_named() -> None:
    lines = attributions()
    assert [sum(word in line for line in lines) for word in ("CBS", "politie", "Leefbaarometer", "CC BY 4.0")] == [
        3,
        1,
        1,
        3,
    ]


def test_the_samples_stay_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.iterdir()) < 3_000_000
