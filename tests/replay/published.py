"""What is published about Baarn, read out of the source files with nothing of the product: value, unit, year, source."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Published:
    """One number as its source gives it. ``words`` is how a Dutch reader expects it, with its unit."""

    indicator: str
    area_code: str
    area: str
    value: float
    words: str
    year: str
    source: str
    reference: str


def residents(real: Path, code: str) -> Published:
    """CBS, the newest year that has the division of 2024."""
    told = json.loads((real / "cbs/baarn_social_data.json").read_text(encoding="utf-8"))
    value = told["buurten"][code]["tijdreeksen"]["aantal_inwoners"]["2024"]
    whole = told["gemeente"]["tijdreeksen"]["aantal_inwoners"]["2024"]
    return Published(
        "inwoners", code, _name(real, code), value, f"{_dutch(value)} mensen", "2024",
        "CBS, Kerncijfers wijken en buurten", f"Baarn {_dutch(whole)}",
    )  # fmt: skip


def crimes(real: Path, code: str) -> Published:
    """Police, all registered crimes of 2023; the municipality is the sum of its buurten."""
    path = real / "politie/47018NED_2023_totaal_Assen_Asten_BaarleNassau_Baarn.csv"
    with path.open(encoding="utf-8", newline="") as file:
        counted = {
            row["WijkenEnBuurten"].strip(): int(row["GeregistreerdeMisdrijven_1"])
            for row in csv.DictReader(file)
            if row["Perioden"].strip() == "2023JJ00"
        }
    whole = sum(n for buurt, n in counted.items() if buurt.startswith("BU0308"))
    return Published(
        "misdrijven", code, _name(real, code), counted[code], f"{counted[code]} misdrijven", "2023",
        "politie, 47018NED", f"Baarn {whole}",
    )  # fmt: skip


def liveability(real: Path, code: str) -> Published:
    """Leefbaarometer; the file names no year."""
    with (real / "leefbaarometer/provincie_utrecht_buurten.csv").open(encoding="utf-8", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["buurt_code"] == code]
    value = float(row["leefbarometer_score"])
    # The value for Baarn is ours (weighted); only what is published is compared.
    return Published(
        "leefbaarheid", code, _name(real, code), value, f"{value:.2f} (score)".replace(".", ","), "jaar niet vermeld",
        "BZK Leefbaarometer, Leefbaarometer", "",
    )  # fmt: skip


def _name(real: Path, code: str) -> str:
    features = json.loads((real / "cbs/baarn_buurten.geojson").read_text(encoding="utf-8"))["features"]
    (name,) = [f["properties"]["buurtnaam"] for f in features if f["properties"]["buurtcode"] == code]
    return str(name)


def _dutch(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")
