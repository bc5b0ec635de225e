"""Files that people bring: the dialects, and every way in which they are wrong."""

from __future__ import annotations

import json

import pytest

from workshop.domain.errors import WorkshopError
from workshop.sources.figure import Figure, sentence, value_text
from workshop.sources.files import Loaded, RowProblem, figures_of, read_figures
from workshop.sources.numbers import AmbiguousNumbers

HEADER = "Perioden;Wijken en buurten;Regiocode (code);Afstand tot park (km)\n"
ROWS = "2023;Centrum;BU03080000;0,5\n2023;Baarn;GM0308    ;0,75\n"


def values(loaded: Loaded) -> list[tuple[str, str, float | None]]:
    return [(f.area_code, f.period, f.value) for f in loaded.figures]


EXPECTED = [("BU03080000", "2023", 0.5), ("GM0308", "2023", 0.75)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    text = HEADER + "2023;Súdwest-Fryslân;GM1900;1,5\n"
    loaded = read_figures(text.encode(encoding))
    assert [(f.area_name, f.value) for f in loaded.figures] == [("Súdwest-Fryslân", 1.5)]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_usual_line_end_is_read(newline: str) -> None:
    assert values(read_figures((HEADER + ROWS).replace("\n", newline).encode())) == EXPECTED


def test_semicolon_comma_and_tab_are_all_delimiters() -> None:
    with_points = (HEADER + ROWS).replace(",", ".")
    assert values(read_figures(with_points.replace(";", ",").encode())) == EXPECTED
    assert values(read_figures(with_points.replace(";", "\t").encode())) == EXPECTED
    assert values(read_figures((HEADER + ROWS).encode())) == EXPECTED


def test_a_loaded_figure_is_whole() -> None:
    assert read_figures((HEADER + ROWS).encode()).figures[0] == Figure(
        indicator="eigen_afstand_tot_park",
        label_nl="Afstand tot park",
        environment=None,
        area_code="BU03080000",
        area_name="Centrum",
        level="buurt",
        period="2023",
        value=0.5,
        unit="km",
        reference=(("gemeente", "Baarn", 0.75),),
        source="CBS",
        licence="CC BY 4.0",
        decimals=2,
    )


def test_a_loaded_figure_is_said_in_one_sentence() -> None:
    figure = read_figures((HEADER + ROWS).encode()).figures[0]
    assert sentence(figure) == "Afstand tot park in Centrum: 0,50; in Baarn: 0,75 (2023, CBS)."


@pytest.mark.parametrize("number", ["1.234", "1,234", "12.345", "-1.234"])
def test_a_number_that_can_be_read_two_ways_is_asked_for(number: str) -> None:
    data = (HEADER + f"2023;Centrum;BU03080000;{number}\n").encode()
    with pytest.raises(AmbiguousNumbers) as asked:
        read_figures(data)
    assert asked.value.kind == "warning"
    assert asked.value.examples == (number,)
    assert asked.value.message == (
        f"In dit bestand staan getallen als {number}. Kies of de punt of de komma de decimalen aangeeft; "
        "dan lezen we het opnieuw."
    )
    digits = float(number.replace(",", "").replace(".", ""))
    mark = "." if "." in number else ","
    assert read_figures(data, decimal=mark).figures[0].value == digits / 1000
    assert read_figures(data, decimal="," if mark == "." else ".").figures[0].value == digits


def test_one_clear_number_settles_the_others() -> None:
    rows = "2023;Centrum;BU03080000;1.234\n2023;Transvaal;BU03080002;{}\n"
    assert read_figures((HEADER + rows.format("0.5")).encode()).figures[0].value == 1.234
    assert read_figures((HEADER + rows.format("0,5")).encode()).figures[0].value == 1234
    assert read_figures((HEADER + rows.format("1.234.567")).encode()).figures[0].value == 1234


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0),
        ("12,0", 12.0),
        ("'12", 12.0),
        ("1e3", 1000.0),
        ("    20,8", 20.8),
        ("−3", -3.0),
        ("1.234,5", 1234.5),
    ],
)
def test_numbers_are_read_in_every_spelling(text: str, value: float) -> None:
    assert read_figures((HEADER + f"2023;Centrum;BU03080000;{text}\n").encode()).figures[0].value == value


@pytest.mark.parametrize(
    "text", ["", ".", "       .", "—", "-", "x", "n.v.t.", "-99995", "-99997", "-99999999", "-99995.0"]
)
def test_what_is_not_known_is_no_number(text: str) -> None:
    data = HEADER + f"2023;Centrum;BU03080000;{text}\n2023;Transvaal;BU03080002;1\n"
    loaded = read_figures(data.encode())
    assert (loaded.figures[0].value, loaded.unknown, loaded.problems) == (None, 1, ())
    assert value_text(loaded.figures[0]) == "niet bekend"


def test_what_was_not_understood_is_listed_by_row_and_column() -> None:
    data = HEADER + "2023;Centrum;BU03080000;1\n2023;Transvaal;BU03080002;veel\n2023;Niets;BU0308;1\n2023;Kort\n"
    data += "straks;Zandvoort;BU03080003;1\n2023;Centrum;BU03080000;2\n2023;Park;BU03080006;=1+1\n2023;A;BU03080005;4\n"
    loaded = read_figures(data.encode())
    assert values(loaded) == [("BU03080000", "2023", 1.0), ("BU03080005", "2023", 4.0)]
    assert not loaded.is_complete
    code, park = "Regiocode (code)", "Afstand tot park (km)"
    assert loaded.problems == (
        RowProblem(3, park, "veel", "Dit is geen getal."),
        RowProblem(4, code, "BU0308", "Dit is geen code van een gemeente, wijk of buurt."),
        RowProblem(5, "", "", "Deze rij heeft 2 kolommen in plaats van 4."),
        RowProblem(6, code, "BU03080003", "Dit jaar of deze maand begrijpen we niet."),
        RowProblem(7, park, "2", "Dit cijfer staat al eerder in het bestand, voor hetzelfde gebied en jaar."),
        RowProblem(8, park, "=1+1", "Dit is geen getal."),
    )


@pytest.mark.parametrize("code", ["BU03080000", "bu03080000", "03080000", "BU03080000  "])
def test_a_code_is_read_in_every_spelling(code: str) -> None:
    assert values(read_figures((HEADER + f"2023;Centrum;{code};1\n").encode())) == [("BU03080000", "2023", 1.0)]


def test_a_bare_number_is_a_municipality() -> None:
    assert read_figures(b"Gemeentecode;Aantal\n363;5\n").figures[0].area_code == "GM0363"


def test_codes_of_another_year_are_named_with_the_year() -> None:
    data = HEADER + "2026;Nieuw;BU03089999;3\n2026;Centrum;BU03080000;1\n2026;Baarn;GM0308;2\n"
    loaded = read_figures(data.encode())
    assert loaded.warnings == (
        "1 gebied uit dit bestand (2026) bestaat niet in de indeling van 2024: grenzen en codes veranderen. "
        "Dat cijfer hoort bij geen gekozen buurt.",
    )
    outside = loaded.figures[0]
    assert (outside.area_code, outside.area_name, outside.level) == ("BU03089999", "Nieuw", "buurt")
    assert outside.reference == (("gemeente", "Baarn", 2.0),)


def test_a_percentage_outside_0_to_100_is_refused_and_shares_are_asked_about() -> None:
    head = "Wijken en buurten;Code (code);Koop (%)\n"
    loaded = read_figures((head + "Centrum;BU03080000;134\nTransvaal;BU03080002;34\n").encode())
    assert loaded.problems == (RowProblem(2, "Koop (%)", "134", "Een percentage ligt tussen 0 en 100."),)
    shares = read_figures((head + "Centrum;BU03080000;0,34\nTransvaal;BU03080002;0,5\n").encode())
    assert shares.warnings == ("In kolom Koop (%) is geen getal hoger dan 1. Zijn dit wel procenten, of delen van 1?",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Dit bestand is leeg. Download het opnieuw bij de bron."),
        (b"\xef\xbb\xbf \r\n", "Dit bestand is leeg. Download het opnieuw bij de bron."),
        (
            HEADER.encode(),
            "Dit bestand heeft wel een kopregel maar geen gegevens. Download het opnieuw bij de bron.",
        ),
        (
            b"2023;Centrum;BU03080000;1\n2023;Transvaal;BU03080002;2\n",
            "Dit bestand heeft geen kopregel: op de eerste regel staan al gegevens. Download het met kopregel.",
        ),
        (
            b"Code;Aantal;Aantal\nBU03080000;1;2\n",
            "Twee kolommen hebben dezelfde naam: Aantal. Geef elke kolom een eigen naam.",
        ),
        (
            b"naam;aantal\nCentrum;3\n",
            "Dit bestand heeft namen maar geen codes, en dezelfde naam komt in veel gemeenten voor. "
            "Download het opnieuw met de codes van wijken en buurten erbij.",
        ),
        (
            b"PK\x03\x04rest",
            "Dit is een Excel-bestand of een ingepakt bestand. Sla het op als CSV en kies het dan opnieuw.",
        ),
        (
            b"%PDF-1.7\x00\x01\x02",
            "Dit is geen tekstbestand. Kies een CSV-bestand, bijvoorbeeld een download van StatLine.",
        ),
        (
            b"SQLite format 3\x00" + bytes(50),
            "Dit is geen tekstbestand. Kies een CSV-bestand, bijvoorbeeld een download van StatLine.",
        ),
        (
            b"https://opendata.cbs.nl",
            "Dit bestand heeft maar \u00e9\u00e9n kolom. Kies bij het downloaden CSV met puntkomma's of komma's.",
        ),
        (
            b'{"a": 1}',
            "Dit JSON-bestand kennen we niet. Kies een antwoord van CBS of politie, of een CSV-bestand.",
        ),
        (
            b"[" * 100_000,
            "Dit JSON-bestand kennen we niet. Kies een antwoord van CBS of politie, of een CSV-bestand.",
        ),
        (
            b"Code;Aantal\nBU03080000;veel\n",
            "In dit bestand staat geen cijfer dat we begrijpen. Kijk of het de goede download is.",
        ),
        (
            b"Code;Aantal\n" + b"BU03080000;1\n" * 50_001,
            "Dit bestand heeft meer dan 50.000 rijen. Kies bij de bron minder gebieden of jaren.",
        ),
        (
            (";".join(f"k{i}x" for i in range(500)) + "\n" + ";".join("1" * 500)).encode(),
            "Dit bestand heeft meer dan 400 kolommen. Kies bij de bron minder onderwerpen.",
        ),
        (
            b"x" * 20_000_001,
            "Dit bestand is te groot (meer dan 20 MB). Kies bij de bron minder gebieden of onderwerpen.",
        ),
        (
            b"Code;Aantal\n" + b"y" * 2_000_000 + b";1\n",
            "Dit bestand is niet goed te lezen rond regel 2. Download het opnieuw bij de bron.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(WorkshopError) as refused:
        read_figures(data)
    assert refused.value.message == message


def test_names_without_codes_are_read_within_one_municipality() -> None:
    data = b"Wijken en buurten;Afstand (km)\nNederland;2,0\nCentrum;1,1\nOnzin;3,0\n"
    loaded = read_figures(data, municipality_code="GM0308")
    assert values(loaded) == [("NL00", "", 2.0), ("BU03080000", "", 1.1)]
    assert loaded.problems == (
        RowProblem(
            4, "Wijken en buurten", "Onzin", "Deze naam staat niet in de indeling van 2024 van de gekozen gemeente."
        ),
    )


def test_an_apostrophe_in_a_name_does_not_lose_the_row() -> None:
    loaded = read_figures(b"naam;meldingen\n'T ACKER;7\n", municipality_code="GM0268")
    assert values(loaded) == [("BU02680840", "", 7.0)]


POLICE = '"SoortMisdrijf","WijkenEnBuurten","Perioden","GeregistreerdeMisdrijven_1","Gemeentenaam_2"\n'


def test_police_rows_are_read_on_code_and_small_counts_are_withheld() -> None:
    rows = '"0.0.0 ","BU03080000","2022JJ00",4,"Baarn  "\n"0.0.0 ","BU03080000","2023JJ00",159,"Baarn  "\n'
    rows += '"1.2.3 ","BU03080000","2023JJ00",4,"Baarn  "\n"0.0.0 ","BU03080001","2023JJ00",0,"   "\n'
    rows += '"0.0.0 ","BU03080002","2023JJ00",,"Baarn  "\n'
    loaded = read_figures((POLICE + rows).encode())
    assert (loaded.kind, loaded.unknown, loaded.problems) == ("politie", 1, ())
    told = [(f.indicator, f.label_nl, f.area_code, f.value, value_text(f), f.trend) for f in loaded.figures]
    assert told == [
        ("misdrijven", "Geregistreerde misdrijven", "BU03080000", 159.0, "159", ()),
        ("misdrijven_1.2.3", "Diefstal van brom-, snor-, fietsen", "BU03080000", None, "minder dan 5", ()),
        ("misdrijven", "Geregistreerde misdrijven", "BU03080001", None, "minder dan 5", ()),
        ("misdrijven", "Geregistreerde misdrijven", "BU03080002", None, "niet bekend", ()),
    ]


def test_an_odata_answer_is_read_as_the_csv_is() -> None:
    record = {"SoortMisdrijf": "0.0.0 ", "WijkenEnBuurten": "BU03080000", "Perioden": "2023MM01"}
    answer = {"odata.metadata": "x", "value": [record | {"ID": 1, "GeregistreerdeMisdrijven_1": 12}]}
    loaded = read_figures(json.dumps(answer).encode())
    assert [(f.indicator, f.period, f.value) for f in loaded.figures] == [("misdrijven", "2023-01", 12.0)]


def test_the_field_number_of_cbs_does_not_matter() -> None:
    for header in ("AantalInwoners_5", "AantalInwoners_17", "aantal_inwoners"):
        loaded = read_figures(f"WijkenEnBuurten,{header}\nBU03080000,1825\n".encode())
        assert (loaded.figures[0].indicator, sentence(loaded.figures[0])) == (
            "inwoners",
            "In Centrum wonen 1.825 mensen (jaar niet vermeld, CBS).",
        )


def test_several_years_make_a_trend() -> None:
    rows = "2021;Centrum;BU03080000;1,5\n2023;Centrum;BU03080000;.\n2022;Centrum;BU03080000;2,5\n"
    (figure,) = read_figures((HEADER + rows).encode()).figures
    assert (figure.period, figure.value, figure.trend) == ("2022", 2.5, (("2021", 1.5), ("2022", 2.5)))


def test_a_chosen_area_without_a_value_takes_its_municipality() -> None:
    loaded = read_figures((HEADER + "2023;Centrum;BU03080000;.\n2023;Baarn;GM0308;0,75\n").encode())
    (figure,) = figures_of(loaded.figures, ["BU03080000", "x"])
    assert (figure.level, figure.value, figure.note) == ("gemeente", 0.75, "Voor Centrum zelf is dit niet bekend.")


def test_a_person_can_name_the_source_of_a_file() -> None:
    data = b"Code;Meldingen\nBU03080000;12\n"
    assert [(f.source, f.table, f.licence) for f in read_figures(data).figures] == [("eigen bestand", "", "")]
    told = read_figures(data, source="gemeente Baarn", table_name="Meldingen 2024").figures
    assert [sentence(f) for f in told] == ["Meldingen in Centrum: 12 (jaar niet vermeld, gemeente Baarn)."]
    assert told[0].table == "Meldingen 2024"


def test_a_large_file_is_read_and_a_hostile_header_stops_nothing() -> None:
    rows = "".join(f"{year};x;{code};1,5;2\n" for year in range(1000, 6000) for code in ("BU03080000", "GM0308"))
    loaded = read_figures(("Perioden;Wijken en buurten;Code;A (%);B\n" + rows).encode())
    assert (len(loaded.figures), len(loaded.figures[0].trend), loaded.rows) == (4, 5000, 10_000)
    read_figures(f"Code;a{' ' * 500_000}b(\nBU03080000;1\n".encode())


def test_the_same_file_is_recognised() -> None:
    first, again = read_figures((HEADER + ROWS).encode()), read_figures((HEADER + ROWS).encode())
    assert first.checksum == again.checksum
    assert first.checksum != read_figures((HEADER + ROWS + "2023;Transvaal;BU03080002;1\n").encode()).checksum


def test_text_in_a_file_stays_text() -> None:
    loaded = read_figures((HEADER + "2023;<b>*x*</b>;BU99980000;1,5\n").encode())
    assert loaded.figures[0].area_name == "<b>*x*</b>"
