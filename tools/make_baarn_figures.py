"""Make data/samples/baarn_figures.csv from open figures about Baarn (GM0308).

    python tools/make_baarn_figures.py ../shared/data/real

One line per indicator, area and period: ``indicator,area_code,period,value,basis``.
``basis`` is *gepubliceerd* (the source gives this value for this area) or
*berekend* (made here from the buurten, by the rules below). An unknown or
withheld value has no line at all.

Rules for what is computed for a wijk or the municipality:
- a count is the sum, only when every buurt is known;
- a percentage or mean is weighted (residents, households or dwellings), only
  when the known buurten hold at least 90% of the weight;
- crimes per 1,000 residents uses the residents of the same year.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "data" / "samples" / "baarn_figures.csv"

MUNICIPALITY = "GM0308"
# The wijk- en buurtkaart writes unknown and withheld as numbers.
WITHHELD = {-99995.0, -99997.0, -99999999.0}
# Later years follow another division of buurten than the police figures.
LAST_YEAR = 2024
MIN_WEIGHT = 0.9

MAP_2024 = {
    "dichtheid": "bevolkingsdichtheid_inwoners_per_km2",
    "jongeren_15_25": "percentage_personen_15_tot_25_jaar",
    "kinderen_0_15": "percentage_personen_0_tot_15_jaar",
    "leeftijd_25_45": "percentage_personen_25_tot_45_jaar",
    "leeftijd_45_65": "percentage_personen_45_tot_65_jaar",
    "ouderen_65": "percentage_personen_65_jaar_en_ouder",
    "huishoudens_met_kinderen": "percentage_huishoudens_met_kinderen",
}
SERIES = {
    "inwoners": "aantal_inwoners",
    "inkomen": "gem_inkomen_huishoudens",
    "laag_inkomen": "huishoudens_laag_inkomen",
    "bijstand": "bijstandsontvangers",
}
# Every residents' figure in this file equals that of 2022, so its CBS columns are of 2022.
# The Leefbaarometer columns carry no year at all.
COMPILED = {
    "woz": ("gemiddelde_woningwaarde", "2022", "woningvoorraad"),
    "koopwoningen": ("koopwoning_percentage", "2022", "woningvoorraad"),
    "leefbaarheid": ("leefbarometer_score", "", "aantal_inwoners"),
    "leefbaarheid_fysiek": ("leefbarometer_fysieke_omgeving", "", "aantal_inwoners"),
    "leefbaarheid_overlast": ("leefbarometer_fysieke_overlast", "", "aantal_inwoners"),
    "leefbaarheid_samenhang": ("leefbarometer_sociale_samenhang", "", "aantal_inwoners"),
    "leefbaarheid_voorzieningen": ("leefbarometer_voorzieningen", "", "aantal_inwoners"),
}

Values = dict[str, float]
Line = tuple[str, str, str, str, str]


def known(value: object) -> float | None:
    """Return a number, or ``None`` for an empty, unknown or withheld value."""
    if value is None or value == "":
        return None
    number = float(str(value))
    return None if number in WITHHELD else number


def total(values: Values, members: list[str]) -> float | None:
    """Return the sum, when every buurt is known."""
    return sum(values[code] for code in members) if all(code in values for code in members) else None


def weighted(values: Values, weights: Mapping[str, float], members: list[str], digits: int) -> float | None:
    """Return the weighted mean, when the known buurten hold at least 90% of the weight."""
    whole = sum(weights.get(code, 0.0) for code in members)
    held = sum(weights.get(code, 0.0) for code in members if code in values)
    if not whole or held < MIN_WEIGHT * whole:
        return None
    return round(sum(values[code] * weights.get(code, 0.0) for code in members if code in values) / held, digits)


def collect(real: Path) -> list[Line]:  # noqa: C901 - a recipe, read from top to bottom beside its sources
    """Return all lines, in a fixed order."""
    features = json.loads((real / "cbs" / "baarn_buurten.geojson").read_text(encoding="utf-8"))["features"]
    props = {f["properties"]["buurtcode"]: f["properties"] for f in features}
    buurten = sorted(props)
    groups: dict[str, list[str]] = {}
    for code in buurten:
        groups.setdefault(props[code]["wijkcode"], []).append(code)
    groups[MUNICIPALITY] = buurten
    social = json.loads((real / "cbs" / "baarn_social_data.json").read_text(encoding="utf-8"))
    with (real / "leefbaarometer" / "provincie_utrecht_buurten.csv").open(encoding="utf-8", newline="") as file:
        compiled = {row["buurt_code"]: row for row in csv.DictReader(file) if row["buurt_code"] in props}
    lines: list[Line] = []

    def write(indicator: str, code: str, period: str, value: float | None, basis: str) -> None:
        if value is not None:
            value += 0.0  # no "-0"
            lines.append((indicator, code, period, f"{value:g}" if abs(value) < 1e5 else str(int(value)), basis))

    def column(key: str) -> Values:
        found = {code: known(props[code][key]) for code in buurten}
        return {code: value for code, value in found.items() if value is not None}

    residents, households = column("aantal_inwoners"), column("aantal_huishoudens")
    land = column("oppervlakte_land_in_ha")
    for indicator, key in MAP_2024.items():
        values = column(key)
        for code in buurten:
            write(indicator, code, "2024", values.get(code), "gepubliceerd")
        weights = {"dichtheid": land, "huishoudens_met_kinderen": households}.get(indicator, residents)
        for group, members in groups.items():
            write(indicator, group, "2024", weighted(values, weights, members, 0), "berekend")

    crimes: Values = {}
    path = real / "politie" / "47018NED_2023_totaal_Assen_Asten_BaarleNassau_Baarn.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            # On code: a value of 0 has an empty municipality name.
            if row["WijkenEnBuurten"].strip() in props and row["SoortMisdrijf"].strip() == "0.0.0":
                crimes[row["WijkenEnBuurten"].strip()] = float(row["GeregistreerdeMisdrijven_1"])

    series: dict[str, dict[str, Values]] = {}
    for indicator, key in SERIES.items():
        years = series.setdefault(indicator, {})
        for code, entry in social["buurten"].items():
            for year, value in entry["tijdreeksen"][key].items():
                number = known(value)
                if number is not None and int(year) <= LAST_YEAR:
                    years.setdefault(year, {})[code] = number
        published = social["gemeente"]["tijdreeksen"][key]
        for year in sorted(years):
            for code in buurten:
                write(indicator, code, year, years[year].get(code), "gepubliceerd")
            # Not for bijstand: ten times a rounding to ten is no count of a small wijk.
            if indicator == "inwoners":
                for group, members in groups.items():
                    if group != MUNICIPALITY:
                        write(indicator, group, year, total(years[year], members), "berekend")
            write(indicator, MUNICIPALITY, year, known(published.get(year)), "gepubliceerd")

    residents_2023 = series["inwoners"]["2023"]
    for code in buurten:
        write("misdrijven", code, "2023", crimes.get(code), "gepubliceerd")
        write("misdrijven_per_1000", code, "2023", round(1000 * crimes[code] / residents_2023[code], 1), "berekend")
    for group, members in groups.items():
        count, people = total(crimes, members), total(residents_2023, members)
        write("misdrijven", group, "2023", count, "berekend")
        if count is not None and people:
            write("misdrijven_per_1000", group, "2023", round(1000 * count / people, 1), "berekend")
    with (real / "politie" / "NL_Crime.csv").open(encoding="utf-8", newline="") as file:
        country = {
            row["incident_type_code"]: row["incident_count"] for row in csv.DictReader(file) if row["year"] == "2023"
        }
    with (real / "politie" / "NL_Population.csv").open(encoding="utf-8", newline="") as file:
        people_nl = {row["year"]: float(row["population"]) for row in csv.DictReader(file)}
    count_nl = float(country["Totaal misdrijven"])
    write("misdrijven", "NL00", "2023", count_nl, "gepubliceerd")
    write("misdrijven_per_1000", "NL00", "2023", round(1000 * count_nl / people_nl["2023"], 1), "berekend")

    for indicator, (key, period, weight) in COMPILED.items():
        values = {}
        for code, row in compiled.items():
            number = known(row[key])
            # This file was made with unknown CBS values written as 0, so a 0 there says nothing.
            if number is not None and (number or indicator not in ("woz", "koopwoningen")):
                values[code] = number
        weights = {code: float(row[weight] or 0) for code, row in compiled.items()}
        for code in buurten:
            write(indicator, code, period, values.get(code), "gepubliceerd")
        digits = 2 if indicator.startswith("leefbaarheid") else 0
        for group, members in groups.items():
            write(indicator, group, period, weighted(values, weights, members, digits), "berekend")
    return lines


def main() -> None:
    """Write the figures; the same input always gives the same bytes."""
    lines = collect(Path(sys.argv[1]))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("indicator", "area_code", "period", "value", "basis"))
        writer.writerows(lines)
    print(f"{TARGET.name}: {len(lines)} lines, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
