"""What the columns of a file mean: where the area, the period and the figures stand."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from workshop.locale import _
from workshop.sources.areas import SAMPLES, normal_code
from workshop.sources.figure import Environment, lower_first
from workshop.sources.indicators import catalogue
from workshop.sources.numbers import is_unknown, looks_numeric
from workshop.sources.table import Table

_CODE = re.compile(r"^(NL\d{2}|GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})$")
_CODE_HEADERS = re.compile(
    r"(\(code\)|regiocode|^(buurt|wijk|gemeente|bu|wk|gm|gwb|area|nhood|regio)[ _]?(code|id|\d{4})$|^code$)", re.I
)
_NAME_HEADERS = re.compile(
    r"^(wijken en buurten|wijkenenbuurten_label|regio('s)?|gebied(snaam)?|"
    r"(buurt|wijk|bu|wk)_?naam(\d{4})?|naam|name|.*school.*)$",
    re.I,
)
_PERIOD_HEADERS = re.compile(r"^(perioden?|jaar|jaren|year)$", re.I)
_PERIOD = re.compile(r"^(\d{4})(?:JJ00|MM(\d{2})|)$")
_IGNORED = re.compile(
    r"^(|id|#|x|unnamed.*|perioden_.*|gemeentenaam.*|soortregio.*|codering.*|.*postcode.*|.*_code|code_\d+|sortering.*|geometry)$",
    re.I,
)
_UNIT = re.compile(r"^(.*?)\s*\(([^()]*)\)$")

# Field names of CBS and Leefbaarometer for indicators that we also ship.
_KNOWN = {
    "aantalinwoners": "inwoners",
    "population": "inwoners",
    "bevolkingsdichtheid": "dichtheid",
    "koopwoningen": "koopwoningen",
    "gemiddeldewozwaardevanwoningen": "woz",
    "leefbaarheidsscore": "leefbaarheid",
    "lbm": "leefbaarheid",
    "fysiekeomgeving": "leefbaarheid_fysiek",
    "fys": "leefbaarheid_fysiek",
    "overlastenonveiligheid": "leefbaarheid_overlast",
    "onv": "leefbaarheid_overlast",
    "socialesamenhang": "leefbaarheid_samenhang",
    "soc": "leefbaarheid_samenhang",
    "voorzieningen": "leefbaarheid_voorzieningen",
    "vrz": "leefbaarheid_voorzieningen",
}
_LEEFBAAROMETER = {"leefbaarheidsscore", "lbm"}


@dataclass(frozen=True)
class Column:
    """One column with figures; in a police file one kind of crime in the value column."""

    index: int
    header: str
    key: str
    label: str
    unit: str
    environment: Environment | None = None
    decimals: int = 0
    higher_is_worse: bool | None = None
    hides_small: bool = False
    phrase: str = ""


@dataclass(frozen=True)
class Layout:
    """The meaning of a file. Indexes point into a row; ``None`` when there is no such column."""

    kind: str
    source: str
    table: str
    licence: str
    code: int | None
    name: int | None
    period: int | None
    topics: tuple[Column, ...]
    warnings: tuple[str, ...] = ()
    crime: int | None = None

    def topics_of(self, row: list[str]) -> list[Column]:
        """Return the columns to read in this row."""
        if self.crime is None:
            return list(self.topics)
        return [_crime_column(self.topics[0], row[self.crime])]

    def code_name(self, table: Table) -> str:
        """Return the header of the column that tells the area."""
        index = self.code if self.code is not None else self.name
        return table.header[index] if index is not None else ""


def layout_of(table: Table) -> Layout:
    """Recognise the file by its header, and by its cells where the header does not tell."""
    lower = [name.casefold() for name in table.header]
    crime = _first(lower, r"^soortmisdrijf$")
    counted = _first(lower, r"^geregistreerdemisdrijven")
    period = next((i for i, name in enumerate(table.header) if _PERIOD_HEADERS.match(name)), None)
    code = _code_column(table)
    name = next((i for i, header in enumerate(table.header) if _NAME_HEADERS.match(header) and i != code), None)
    if crime is not None and counted is not None:
        topic = Column(counted, table.header[counted], "misdrijven", "", _("misdrijven"), "criminal", hides_small=True)
        return Layout("politie", _("politie"), "47018NED", "CC BY 4.0", code, name, period, (topic,), crime=crime)
    topics, skipped = _topics(table, {code, name, period})
    warnings = []
    if skipped:
        warnings.append(
            _("Kolommen zonder getallen sloegen we over: {columns}.").format(columns=", ".join(skipped[:8]))
        )
    if any(_squeezed(topic.header) in _LEEFBAAROMETER for topic in topics):
        kind = "leefbaarometer" if code is not None else "punten"
        licence = _("open cijfers, bron vermelden")
        return Layout(
            kind, "BZK Leefbaarometer", "Leefbaarometer", licence, code, name, period, topics, tuple(warnings)
        )
    if any(re.match(r"^(wijken ?en ?buurten|regio'?s)\b", header, re.I) for header in table.header):
        return Layout("cbs", "CBS", "", "CC BY 4.0", code, name, period, topics, tuple(warnings))
    return Layout("eigen", _("eigen bestand"), "", "", code, name, period, topics, tuple(warnings))


def place_name(layout: Layout, row: list[str]) -> str:
    """Return what the row says about its area, as it stands there."""
    index = layout.code if layout.code is not None else layout.name
    return row[index].strip() if index is not None else ""


def period_of(layout: Layout, row: list[str]) -> str:
    """Return ``2023`` or ``2023-01``, empty when the file has no period; raises ``ValueError``."""
    if layout.period is None:
        return ""
    found = _PERIOD.match(row[layout.period].strip())
    if not found:
        raise ValueError(_("Dit jaar of deze maand begrijpen we niet."))
    return f"{found.group(1)}-{found.group(2)}" if found.group(2) else found.group(1)


def _first(headers: list[str], form: str) -> int | None:
    return next((i for i, header in enumerate(headers) if re.match(form, header)), None)


def _share_of_codes(table: Table, index: int) -> float:
    cells = [row[index] for row in table.rows[:500] if index < len(row) and row[index].strip()]
    return sum(bool(_CODE.match(normal_code(cell))) for cell in cells) / len(cells) if cells else 0.0


def _code_column(table: Table) -> int | None:
    named = [i for i, header in enumerate(table.header) if _CODE_HEADERS.search(header)]
    rest = [i for i in range(len(table.header)) if i not in named]
    # A buurt says more than the municipality it lies in, so the column with the most different codes wins.
    fitting = [i for i in named if _share_of_codes(table, i) >= 0.5]
    if not fitting:
        fitting = [i for i in rest if _share_of_codes(table, i) >= 0.8 and _has_prefix(table, i)]
    if not fitting:
        return None
    return max(fitting, key=lambda i: len({row[i] for row in table.rows[:500] if i < len(row)}))


def _has_prefix(table: Table, index: int) -> bool:
    """Bare numbers are only a code when the header says so."""
    return any(
        row[index].strip()[:2].upper() in ("NL", "GM", "WK", "BU") for row in table.rows[:20] if index < len(row)
    )


def _squeezed(header: str) -> str:
    return re.sub(r"[\s/_-]+", "", re.sub(r"_\d+$", "", header.casefold()))


def _topics(table: Table, taken: set[int | None]) -> tuple[tuple[Column, ...], list[str]]:
    topics: list[Column] = []
    skipped: list[str] = []
    shipped = {indicator.key: indicator for indicator in catalogue()}
    for index, header in enumerate(table.header):
        if index in taken or _IGNORED.match(header):
            continue
        cells = [row[index] for row in table.rows[:2000] if index < len(row) and not is_unknown(row[index])]
        if cells and sum(looks_numeric(cell) for cell in cells) < len(cells) / 2:
            skipped.append(header[:40])
            continue
        column = _column(index, header, cells)
        known = shipped.get(_KNOWN.get(_squeezed(_without_unit(header)[0]), ""))
        if known is not None:
            column = replace(
                column,
                key=known.key,
                label=known.label,
                unit=known.unit,
                environment=known.environment,
                decimals=known.decimals,
                higher_is_worse=known.higher_is_worse,
                hides_small=known.hides_small,
                phrase=known.phrase,
            )
        topics.append(column)
    return tuple(topics), skipped


def _without_unit(header: str) -> tuple[str, str]:
    found = _UNIT.match(header)
    if not found:
        return header, ""
    unit = found.group(2).strip()
    return found.group(1), "" if unit.casefold() in ("aantal", "getal") else unit


def _column(index: int, header: str, cells: list[str]) -> Column:
    plain, unit = _without_unit(header)
    parts = [part.strip() for part in plain.split("/") if part.strip().casefold() != "waarde"] or [plain]
    label = ", ".join([parts[0], *(lower_first(part) for part in parts[1:])])
    label = re.sub(r"_\d+$", "", label)
    if " " not in label:
        label = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label).replace("_", " ")
    if not unit and re.search(r"percentage|procent|^%", label, re.I):
        unit = "%"
    key = "eigen_" + re.sub(r"[^0-9a-z]+", "_", plain.casefold()).strip("_")
    return Column(index, header, key, label, unit, decimals=_decimals(cells))


def _decimals(cells: list[str]) -> int:
    """Return how many decimals the column shows, at most three."""
    found = [re.search(r"[.,](\d{1,3})%?\s*$", cell) for cell in cells[:200]]
    return max((len(hit.group(1)) for hit in found if hit), default=0)


@lru_cache(maxsize=1)
def _crimes() -> dict[str, str]:
    with (SAMPLES / "misdrijven_soorten.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["title"] for row in csv.DictReader(file)}


def _crime_column(column: Column, text: str) -> Column:
    code = text.strip()
    if code == "0.0.0":
        total = next(indicator for indicator in catalogue() if indicator.key == "misdrijven")
        return replace(column, label=total.label, phrase=total.phrase, higher_is_worse=True)
    title = _crimes().get(code, code)
    label = title.removeprefix(code).strip() or code
    return replace(column, key=f"misdrijven_{code}", label=label, higher_is_worse=True)
