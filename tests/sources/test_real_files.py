"""Real downloads, unchanged, through the reader for files of one's own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from workshop.domain.errors import WorkshopError
from workshop.sources.figure import sentence, value_text
from workshop.sources.files import Loaded, read_figures


def read(shared: Path, name: str, municipality_code: str | None = None) -> Loaded:
    return read_figures((shared / "data" / "real" / name).read_bytes(), municipality_code=municipality_code)


def test_a_statline_download_is_read_whole(shared: Path) -> None:
    loaded = read(shared, "cbs/statline_SES_WOA_amsterdam_2019.csv")
    assert (loaded.kind, loaded.rows, len(loaded.figures), loaded.unknown, loaded.problems) == (
        "cbs",
        579,
        3474,
        450,
        (),
    )
    assert Counter(f.level for f in loaded.figures) == {"gemeente": 6, "wijk": 594, "buurt": 2874}
    kop_zeedijk = [f for f in loaded.figures if f.area_code == "BU03630000"]
    assert [(f.label_nl, f.unit, f.value) for f in kop_zeedijk] == [
        ("Particuliere huishoudens", "", 700.0),
        ("Opleidingsniveau, laag", "%", 12.4),
        ("Opleidingsniveau, middelbaar", "%", 27.0),
        ("Opleidingsniveau, hoog", "%", 60.6),
        ("SES-WOA, totaalscore, gemiddelde score", "", 0.045),
        ("Spreiding, spreiding totaal", "", 0.856),
    ]
    assert sentence(kop_zeedijk[3]) == "Opleidingsniveau, hoog in Kop Zeedijk: 60,6%; in Amsterdam: 49,5% (2019, CBS)."
    # Amsterdam got other codes in 2022, so only the municipality itself still exists.
    assert loaded.warnings == (
        "578 gebieden uit dit bestand (2019) bestaan niet in de indeling van 2024: grenzen en codes veranderen. "
        "Die cijfers horen bij geen gekozen buurt.",
    )


def test_a_statline_download_without_codes_needs_the_municipality(shared: Path) -> None:
    with pytest.raises(WorkshopError, match="namen maar geen codes"):
        read(shared, "cbs/statline_nabijheid_2021_klein.csv")
    loaded = read(shared, "cbs/statline_nabijheid_2021_klein.csv", "GM0363")
    assert [(f.area_code, f.value) for f in loaded.figures][:3] == [("NL00", 2.0), ("WK0363AE", 1.1), ("WK0363AD", 1.5)]
    assert (len(loaded.figures), loaded.problems) == (11, ())


@pytest.mark.parametrize(
    ("municipality", "total", "buurten", "withheld"),
    [("0106", 3744, 109, None), ("0743", 613, 28, None), ("0744", 233, 10, None), ("0308", 982, 21, 0)],
)
def test_the_police_file_adds_up_per_municipality_on_code(
    shared: Path, municipality: str, total: int, buurten: int, withheld: int | None
) -> None:
    loaded = read(shared, "politie/47018NED_2023_totaal_Assen_Asten_BaarleNassau_Baarn.csv")
    assert (loaded.kind, loaded.rows, loaded.unknown, loaded.problems, loaded.warnings) == ("politie", 168, 0, (), ())
    own = [f for f in loaded.figures if f.area_code[2:6] == municipality]
    hidden = [f for f in own if f.is_small_count]
    assert len(own) == buurten
    assert {value_text(f) for f in hidden} <= {"minder dan 5"}
    assert all(f.value is None for f in hidden)
    shown = int(sum(f.value or 0 for f in own))
    # What is withheld explains the rest: at most four per buurt.
    assert 0 <= total - shown <= 4 * len(hidden)
    if withheld is not None:
        assert len(hidden) == withheld


def test_rows_with_a_zero_and_an_empty_municipality_are_not_lost(shared: Path) -> None:
    path = shared / "data/real/politie/47018NED_2023_totaal_Assen_Asten_BaarleNassau_Baarn.csv"
    text = path.read_text(encoding="utf-8")
    zeros = [line.split(",")[3].strip('"') for line in text.splitlines() if ',0,"        ' in line]
    assert len(zeros) == 5
    loaded = read(shared, "politie/47018NED_2023_totaal_Assen_Asten_BaarleNassau_Baarn.csv")
    found = {f.area_code: value_text(f) for f in loaded.figures}
    assert [found[code] for code in zeros] == ["minder dan 5"] * 5


def test_the_leefbaarometer_dialect_is_read_with_its_decimal_comma(shared: Path) -> None:
    loaded = read(shared, "leefbaarometer/scores_puntlocaties_puntkomma.csv")
    assert (loaded.kind, loaded.rows, len(loaded.figures), loaded.unknown, loaded.problems) == (
        "punten",
        41,
        287,
        5,
        (),
    )
    first = [(f.indicator, f.value) for f in loaded.figures if f.area_name == "01. 13652-20AA-000"]
    assert first == [
        ("leefbaarheid", 4.189),
        ("eigen_afwijking_landelijk_gem", 0.087),
        ("leefbaarheid_fysiek", 0.027),
        ("leefbaarheid_overlast", 0.042),
        ("leefbaarheid_samenhang", 0.017),
        ("leefbaarheid_voorzieningen", -0.02),
        ("eigen_woningvoorraad", 0.021),
    ]


def test_all_14574_residents_are_read(shared: Path) -> None:
    loaded = read(shared, "cbs/inwoners_per_buurt_85984NED_2024.csv")
    assert (len(loaded.figures), loaded.problems, loaded.warnings) == (14_574, (), ())
    assert sum(f.value or 0 for f in loaded.figures if f.area_code.startswith("BU0308")) == 25_065


def test_withheld_values_of_2017_are_unknown(shared: Path) -> None:
    loaded = read(shared, "cbs/groningen_buurten_2017.csv")
    assert (loaded.rows, loaded.unknown, loaded.problems) == (108, 516, ())
    residents = [f.value for f in loaded.figures if f.label_nl == "AANT INW"]
    assert sum(value or 0 for value in residents) == 202_515
    assert min(f.value for f in loaded.figures if f.value is not None) > -90_000


def test_a_workbook_is_refused_with_how_to(shared: Path) -> None:
    with pytest.raises(WorkshopError) as refused:
        read(shared, "veiligheidsmonitor/vm2015_werkboek.xlsx")
    assert refused.value.message == (
        "Dit is een Excel-bestand of een ingepakt bestand. Sla het op als CSV en kies het dan opnieuw."
    )
