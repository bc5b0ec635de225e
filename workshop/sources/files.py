"""Reading the figures of a file that people bring: StatLine, CBS OData, police, Leefbaarometer.

Nothing is guessed in silence: what was not understood is listed by row and
column, and a question that only a person can answer is raised as
``AmbiguousNumbers``.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace

from workshop.domain.errors import WorkshopError
from workshop.locale import _, n_
from workshop.sources.areas import YEAR, area, area_and_parents
from workshop.sources.columns import Column, Layout, layout_of, period_of, place_name
from workshop.sources.figure import SMALL_COUNT, Figure
from workshop.sources.numbers import Decimal, decimal_mark, number
from workshop.sources.places import Place, place_of
from workshop.sources.table import Table, read_table

MAX_FIGURES = 200_000


@dataclass(frozen=True)
class RowProblem:
    """One cell or row that was not understood. ``row`` counts as a spreadsheet does: the header is row 1."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Loaded:
    """What came out of a file.

    ``unknown`` counts cells in which the source says that it has no figure
    (they are figures with ``value`` ``None``); ``problems`` is everything that
    was not understood, and is empty when the file was read whole. ``checksum``
    (SHA-256, hexadecimal) recognises the same file the next time.
    """

    kind: str
    figures: tuple[Figure, ...]
    problems: tuple[RowProblem, ...]
    warnings: tuple[str, ...]
    unknown: int
    rows: int
    checksum: str

    @property
    def is_complete(self) -> bool:
        """Tell whether every row was understood. If not, ask before keeping the rest."""
        return not self.problems


@dataclass(frozen=True)
class _Cell:
    column: Column
    place: Place
    period: str
    value: float | None
    row: int


def read_figures(
    data: bytes,
    *,
    decimal: Decimal | None = None,
    municipality_code: str | None = None,
    source: str = "",
    table_name: str = "",
) -> Loaded:
    """Read a file into figures, with a report of what was not understood.

    ``decimal`` answers an earlier ``AmbiguousNumbers``. ``municipality_code``
    allows names in a file without codes, within that municipality only.
    ``source`` and ``table_name`` are what the person says about the file; empty
    means what the file itself shows (CBS, politie, BZK Leefbaarometer, or «eigen bestand»).
    One figure is made per indicator and area: the newest period is its value,
    all periods are its trend, and the municipality and country in the same
    file and period are its reference. Raises ``WorkshopError`` with a Dutch
    sentence when nothing can be read.
    """
    table = read_table(data)
    layout = layout_of(table)
    layout = replace(layout, source=source or layout.source, table=table_name or layout.table)
    if layout.code is None and layout.kind != "punten" and (layout.name is None or municipality_code is None):
        raise WorkshopError(
            _(
                "Dit bestand heeft namen maar geen codes, en dezelfde naam komt in veel gemeenten voor. "
                "Download het opnieuw met de codes van wijken en buurten erbij."
            )
        )
    if len(table.rows) * len(layout.topics) > MAX_FIGURES:
        raise WorkshopError(_("Dit bestand heeft te veel cijfers tegelijk. Kies minder gebieden of onderwerpen."))
    mark = decimal_mark(
        (row[topic.index] for row in table.rows for topic in layout.topics if topic.index < len(row)),
        told=decimal,
    )
    cells, problems, outside = _cells(table, layout, mark, municipality_code)
    warnings = list(layout.warnings)
    if layout.kind == "punten":
        warnings.append(_("Dit bestand gaat over punten zonder buurtcode. We tonen de namen uit het bestand."))
    if outside:
        latest = max((cell.period[:4] for cell in cells if cell.period), default="")
        warnings.append(_outside_text(len(outside), latest))
    warnings += _fractions(cells)
    if not cells:
        raise WorkshopError(_("In dit bestand staat geen cijfer dat we begrijpen. Kijk of het de goede download is."))
    return Loaded(
        kind=layout.kind,
        figures=tuple(_figures(cells, layout)),
        problems=tuple(problems),
        warnings=tuple(warnings),
        unknown=sum(cell.value is None for cell in cells),
        rows=len(table.rows),
        checksum=hashlib.sha256(data).hexdigest(),
    )


def _outside_text(count: int, latest: str) -> str:
    if latest and latest != str(YEAR):
        return n_(
            "{n} gebied uit dit bestand ({latest}) bestaat niet in de indeling van {year}: "
            "grenzen en codes veranderen. Dat cijfer hoort bij geen gekozen buurt.",
            "{n} gebieden uit dit bestand ({latest}) bestaan niet in de indeling van {year}: "
            "grenzen en codes veranderen. Die cijfers horen bij geen gekozen buurt.",
            count,
        ).format(n=count, latest=latest, year=YEAR)
    return n_(
        "{n} gebied uit dit bestand bestaat niet in de indeling van {year}. Dat cijfer hoort bij geen gekozen buurt.",
        "{n} gebieden uit dit bestand bestaan niet in de indeling van {year}. "
        "Die cijfers horen bij geen gekozen buurt.",
        count,
    ).format(n=count, year=YEAR)


def _cells(
    table: Table, layout: Layout, mark: Decimal, municipality_code: str | None
) -> tuple[list[_Cell], list[RowProblem], set[str]]:
    cells: list[_Cell] = []
    problems: list[RowProblem] = []
    outside: set[str] = set()
    seen: set[tuple[str, str, str]] = set()
    for row_number, row in enumerate(table.rows, start=table.first_row):
        code_name = layout.code_name(table)
        if len(row) != len(table.header):
            reason = _("Deze rij heeft {n} kolommen in plaats van {expected}.")
            reason = reason.format(n=len(row), expected=len(table.header))
            problems.append(RowProblem(row_number, "", "", reason))
            continue
        try:
            place = place_of(layout, row, municipality_code)
            period = period_of(layout, row)
        except ValueError as error:
            problems.append(RowProblem(row_number, code_name, place_name(layout, row)[:40], str(error)))
            continue
        if place.is_outside:
            outside.add(place.code)
        for topic in layout.topics_of(row):
            text = row[topic.index]
            try:
                value = number(text, mark)
            except ValueError:
                problems.append(RowProblem(row_number, topic.header, text.strip()[:40], _("Dit is geen getal.")))
                continue
            if topic.unit == "%" and value is not None and not 0 <= value <= 100:
                reason = _("Een percentage ligt tussen 0 en 100.")
                problems.append(RowProblem(row_number, topic.header, text.strip()[:40], reason))
                continue
            key = (topic.key, place.code or place.name, period)
            if key in seen:
                reason = _("Dit cijfer staat al eerder in het bestand, voor hetzelfde gebied en jaar.")
                problems.append(RowProblem(row_number, topic.header, text.strip()[:40], reason))
                continue
            seen.add(key)
            cells.append(_Cell(topic, place, period, value, row_number))
    return cells, problems, outside


def _fractions(cells: list[_Cell]) -> list[str]:
    """Warn for a percentage column that seems to hold shares of one."""
    warnings: list[str] = []
    for header in dict.fromkeys(cell.column.header for cell in cells if cell.column.unit == "%"):
        values = [c.value for c in cells if c.column.header == header and c.value is not None]
        if values and max(values) <= 1 and any(0 < value < 1 for value in values):
            warnings.append(
                _("In kolom {column} is geen getal hoger dan 1. Zijn dit wel procenten, of delen van 1?").format(
                    column=header
                )
            )
    return warnings


def _figures(cells: list[_Cell], layout: Layout) -> list[Figure]:
    by_area: dict[tuple[str, str], dict[str, _Cell]] = {}
    for cell in cells:
        by_area.setdefault((cell.column.key, cell.place.code or cell.place.name), {})[cell.period] = cell
    figures: list[Figure] = []
    for (key, _where), periods in by_area.items():
        period = max((p for p, cell in periods.items() if cell.value is not None), default=max(periods))
        cell = periods[period]
        column, place = cell.column, cell.place
        trend = [(p, c.value) for p, c in sorted(periods.items()) if c.value is not None and not _is_small(c)]
        # By code, so that an area of another year's division finds its municipality too.
        above = [area("GM" + place.code[2:6]), area("NL00")] if place.code else []
        higher = [up for up in above if up is not None and up.code != place.code and place.level != "land"]
        reference: list[tuple[str, str, float]] = []
        for up in higher:
            other = by_area.get((key, up.code), {}).get(period)
            if other is not None and other.value is not None and not _is_small(other):
                reference.append((up.level, up.short_name, other.value))
        figures.append(
            Figure(
                indicator=key,
                label_nl=column.label,
                environment=column.environment,
                area_code=place.code,
                area_name=place.name,
                level=place.level,
                period=period,
                value=None if _is_small(cell) else cell.value,
                unit=column.unit,
                reference=tuple(reference),
                trend=tuple(trend) if len(trend) > 1 else (),
                source=layout.source,
                table=layout.table,
                licence=layout.licence,
                higher_is_worse=column.higher_is_worse,
                is_small_count=_is_small(cell),
                decimals=column.decimals,
                phrase=column.phrase,
            )
        )
    return figures


def _is_small(cell: _Cell) -> bool:
    return cell.column.hides_small and cell.value is not None and cell.value < SMALL_COUNT


def figures_of(figures: tuple[Figure, ...], area_codes: list[str]) -> list[Figure]:
    """Choose the loaded figures of these areas, each indicator from the lowest level that has a value.

    As for the figures that ship: buurt, else wijk, else municipality, with the
    level on the figure and the reason in ``note``.
    """
    known = {(figure.indicator, figure.area_code): figure for figure in figures}
    indicators = list(Counter(figure.indicator for figure in figures))
    chosen: dict[tuple[str, str], Figure] = {}
    for indicator in indicators:
        for code in area_codes:
            asked = area(code)
            if asked is None:
                continue
            for step in area_and_parents(asked.code):
                figure = known.get((indicator, step.code))
                if step.level == "land" or figure is None or (figure.value is None and not figure.is_small_count):
                    continue
                if step.code != asked.code:
                    reason = _("Voor {names} zelf is dit niet bekend.").format(names=asked.short_name)
                    figure = replace(figure, note=f"{reason} {figure.note}".strip())
                chosen.setdefault((indicator, step.code), figure)
                break
    return list(chosen.values())
