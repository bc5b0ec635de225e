"""What a finding rests on: kept as plain values, read back whole, said in one line."""

from __future__ import annotations

import json

import pytest

from workshop.domain.thread.basis import Basis, FigureBasis, ReportBasis, as_details, basis_line, read_basis

CRIMES = FigureBasis(
    "Geregistreerde misdrijven", "Centrum", "BU03080000", 159.0, "159", "misdrijven", "2023", "politie", "47018NED"
)
REPORT = ReportBasis("Gebiedsscan Akkrum", "gemeente Heerenveen", "2013", "ab" * 32)


@pytest.mark.parametrize("basis", [CRIMES, REPORT])
def test_it_comes_back_as_it_was_kept(basis: Basis) -> None:
    assert read_basis(json.loads(json.dumps(as_details(basis)))) == basis


@pytest.mark.parametrize("kept", [None, "x", {}, {"sort": "rumour"}, {"sort": "report", "title": "Scan"}])
def test_what_people_said_rests_on_nothing_else(kept: object) -> None:
    assert read_basis(kept) is None


@pytest.mark.parametrize(
    ("shown", "unit", "amount"),
    [
        ("159", "misdrijven", "159 misdrijven"),
        ("25.065", "mensen", "25.065 mensen"),
        ("minder dan 5", "misdrijven", "minder dan 5 misdrijven"),
        ("12,4%", "%", "12,4%"),
        ("€ 43.000", "× € 1.000", "€ 43.000"),
        ("4,18", "score", "4,18 (score)"),
        ("87,8", "per 1.000 inwoners", "87,8 (per 1.000 inwoners)"),
        ("7", "", "7"),
    ],
)
def test_the_amount_carries_its_unit(shown: str, unit: str, amount: str) -> None:
    assert FigureBasis("X", "Y", "", 1.0, shown, unit, "2023", "CBS").amount == amount


def test_the_line_names_value_year_and_source() -> None:
    assert basis_line(CRIMES) == (
        "cijfer: Geregistreerde misdrijven in Centrum, 159 misdrijven (2023, politie, 47018NED)"
    )
    assert basis_line(REPORT) == "rapport: Gebiedsscan Akkrum (gemeente Heerenveen, 2013)"
