"""The shipped areas and figures against the real files they came from."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from tools import make_area_list, make_baarn_figures
from workshop.sources.areas import SAMPLES, area, residents_of
from workshop.sources.figures import figures_for


def test_all_18313_codes_are_there_with_the_same_names(shared: Path) -> None:
    path = shared / "data" / "real" / "cbs" / "dimensie_WijkenEnBuurten_2024.csv"
    with path.open(encoding="utf-8", newline="") as file:
        expected = {
            row["Key"].strip(): (row["Title"].strip(), row["Municipality"].strip()) for row in csv.DictReader(file)
        }
    found = {code: area(code) for code in expected}
    assert len(expected) == 18_313
    assert {code: (a.name, a.municipality_code) for code, a in found.items() if a} == expected
    levels = Counter(a.level for a in found.values() if a)
    assert levels == {"land": 1, "gemeente": 343, "wijk": 3_394, "buurt": 14_575}


def test_residents_per_buurt_are_those_of_cbs(shared: Path) -> None:
    path = shared / "data" / "real" / "cbs" / "inwoners_per_buurt_85984NED_2024.csv"
    with path.open(encoding="utf-8", newline="") as file:
        expected = {row["nhood_id"]: int(row["population"]) for row in csv.DictReader(file)}
    assert {code: residents_of(code) for code in expected} == expected
    assert Counter(expected.values())[0] == 478


def test_the_shipped_area_list_is_what_the_script_makes(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "areas.csv.gz"
    monkeypatch.setattr(make_area_list, "TARGET", target)
    monkeypatch.setattr("sys.argv", ["make_area_list", str(shared / "data" / "real" / "cbs")])
    make_area_list.main()
    # Compared unpacked: another zlib may pack the same list differently.
    assert gzip.decompress(target.read_bytes()) == gzip.decompress((SAMPLES / "areas_2024.csv.gz").read_bytes())


def test_the_shipped_figures_of_baarn_are_what_the_script_makes(shared: Path) -> None:
    with (SAMPLES / "baarn_figures.csv").open(encoding="utf-8", newline="") as file:
        shipped = [tuple(row) for row in csv.reader(file)][1:]
    assert make_baarn_figures.collect(shared / "data" / "real") == shipped


def test_the_four_sources_hold_the_same_21_buurten(shared: Path) -> None:
    real = shared / "data" / "real"
    features = json.loads((real / "cbs" / "baarn_buurten.geojson").read_text(encoding="utf-8"))["features"]
    codes = {f["properties"]["buurtcode"] for f in features}
    assert len(codes) == 21
    for indicator in ("inwoners", "misdrijven"):
        assert {f.area_code for f in figures_for(sorted(codes)) if f.indicator == indicator} == codes


def test_figures_of_baarn_equal_the_map_of_2024(shared: Path) -> None:
    features = json.loads((shared / "data/real/cbs/baarn_buurten.geojson").read_text(encoding="utf-8"))["features"]
    expected = {f["properties"]["buurtcode"]: f["properties"]["aantal_inwoners"] for f in features}
    figures = [f for f in figures_for(sorted(expected)) if f.indicator == "inwoners"]
    assert {f.area_code: f.value for f in figures} == expected
    assert sum(expected.values()) == 25_065


def test_the_kinds_of_crime_are_those_of_the_police(shared: Path) -> None:
    with (shared / "data/real/politie/47018NED_SoortMisdrijf.csv").open(encoding="utf-8", newline="") as file:
        expected = [(row["Key"].strip(), row["Title"].strip()) for row in csv.DictReader(file)]
    with (SAMPLES / "misdrijven_soorten.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["code"], row["title"]) for row in csv.DictReader(file)] == expected
