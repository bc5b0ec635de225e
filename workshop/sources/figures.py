"""The figures that ship: Baarn complete, residents for every buurt.

Everything is joined on the CBS code. When an area has no value of its own the
figure of its wijk is given, then of its municipality, and it says so.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from workshop.locale import _
from workshop.sources.areas import SAMPLES, Area, area, area_and_parents, residents_of
from workshop.sources.figure import SMALL_COUNT, Figure, from_row
from workshop.sources.indicators import Indicator, catalogue

#: Below this many residents one household or one incident moves the figure.
FEW_RESIDENTS = 500
#: An own value may be this many years older than that of the municipality before we fall back.
MAX_AGE = 2

AGE_GROUPS = ("kinderen_0_15", "jongeren_15_25", "leeftijd_25_45", "leeftijd_45_65", "ouderen_65")

_Series = dict[str, tuple[float, str]]


@lru_cache(maxsize=1)
def _shipped() -> dict[tuple[str, str], _Series]:
    """Return ``(indicator, area code) -> period -> (value, basis)``."""
    found: dict[tuple[str, str], _Series] = {}
    with (SAMPLES / "baarn_figures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            series = found.setdefault((row["indicator"], row["area_code"]), {})
            series[row["period"]] = (float(row["value"]), row["basis"])
    return found


def has_figures(code: str) -> bool:
    """Tell whether figures beyond the number of residents ship for this area."""
    return any(step.level != "land" and ("misdrijven", step.code) in _shipped() for step in area_and_parents(code))


def figures_for(area_codes: Sequence[str]) -> list[Figure]:
    """Return the figures of these areas, by indicator and then in the order asked.

    An indicator that an area lacks is taken from its wijk, else its
    municipality; several areas that fall back on the same one get it once, and
    ``note`` names them. An area for which nothing ships gets its residents
    (CBS 85984NED, 2024) and nothing else. Unknown codes are passed over.
    """
    asked = [found for found in dict.fromkeys(area(code) for code in area_codes) if found is not None]
    figures: list[Figure] = []
    for indicator in catalogue():
        fallen_back: dict[str, list[str]] = {}
        here: dict[str, Figure] = {}
        for one in asked:
            figure = _figure(indicator, one)
            if figure is None:
                continue
            here.setdefault(figure.area_code, figure)
            if figure.area_code != one.code:
                fallen_back.setdefault(figure.area_code, []).append(one.short_name)
        for code, figure in here.items():
            names = fallen_back.get(code)
            if names:
                reason = _("Voor {names} zelf is dit niet bekend.").format(names=_listed(names))
                figure = replace(figure, note=f"{reason} {figure.note}".strip())
            figures.append(figure)
    return figures


def known_figures(area_codes: Sequence[str], loaded: Iterable[Mapping[str, Any]]) -> list[Figure]:
    """The figures that ship and those that were loaded (rows of :func:`workshop.sources.figure.as_row`).

    Somebody who loads a figure about the same indicator and area means it instead of the one that ships.
    """
    own = [from_row(row) for row in loaded]
    replaced = {(figure.indicator, figure.area_code) for figure in own}
    return [*(f for f in figures_for(area_codes) if (f.indicator, f.area_code) not in replaced), *own]


def _listed(names: list[str]) -> str:
    if len(names) <= 3:
        return ", ".join(names)
    return _("{n} van de gekozen gebieden").format(n=len(names))


def _figure(indicator: Indicator, asked: Area) -> Figure | None:
    chain = [step for step in area_and_parents(asked.code) if step.level != "land"]
    newest = max((_newest(indicator, step) or "" for step in chain), default="")
    for step in chain:
        period = _newest(indicator, step)
        if period is None:
            continue
        is_stale = period.isdigit() and newest.isdigit() and int(newest) - int(period) > MAX_AGE
        if not is_stale or step is chain[-1]:
            return _build(indicator, step, period)
    if indicator.key == "inwoners":
        return _residents(indicator, asked)
    return None


def _newest(indicator: Indicator, step: Area) -> str | None:
    series = _shipped().get((indicator.key, step.code))
    return max(series) if series else None


def _is_small(indicator: Indicator, value: float) -> bool:
    return indicator.hides_small and value < SMALL_COUNT


def _known(indicator: Indicator, code: str) -> list[tuple[str, float]]:
    """Return ``(period, value)`` from old to new, without the counts that are withheld."""
    series = _shipped().get((indicator.key, code), {})
    known = [(period, value) for period, (value, _basis) in sorted(series.items()) if not _is_small(indicator, value)]
    if indicator.key == "misdrijven_per_1000":
        # A rate over a withheld count would give the count away.
        counts = _shipped().get(("misdrijven", code), {})
        known = [(period, value) for period, value in known if counts[period][0] >= SMALL_COUNT]
    return known


def _build(indicator: Indicator, step: Area, period: str) -> Figure:
    value, basis = _shipped()[indicator.key, step.code][period]
    trend = _known(indicator, step.code)
    higher = [up for up in area_and_parents(step.code)[1:] if up.level in ("gemeente", "land")]
    references = ((up.level, up.short_name, dict(_known(indicator, up.code)).get(period)) for up in higher)
    notes = [indicator.note]
    if basis == "berekend" and indicator.key != "misdrijven_per_1000":
        notes.append(_("Berekend uit de cijfers van de buurten."))
    people = residents_of(step.code)
    if people is not None and people < FEW_RESIDENTS and indicator.key != "inwoners":
        notes.append(
            _("Hier wonen weinig mensen ({people}): een paar gevallen maken al veel verschil.").format(people=people)
        )
    if not period:
        notes.append(_("De bron noemt geen jaar."))
    return Figure(
        indicator=indicator.key,
        label_nl=indicator.label,
        environment=indicator.environment,
        area_code=step.code,
        area_name=step.short_name,
        level=step.level,
        period=period,
        value=dict(trend).get(period),
        unit=indicator.unit,
        reference=tuple((level, name, number) for level, name, number in references if number is not None),
        trend=tuple(trend) if len(trend) > 1 else (),
        source=indicator.source,
        table=indicator.table,
        licence=indicator.licence,
        higher_is_worse=indicator.higher_is_worse,
        note=" ".join(note for note in notes if note),
        is_small_count=_is_small(indicator, value),
        decimals=indicator.decimals,
        phrase=indicator.phrase,
    )


def _residents(indicator: Indicator, step: Area) -> Figure | None:
    value = residents_of(step.code)
    if value is None:
        return None
    references = [(up, residents_of(up.code)) for up in area_and_parents(step.code)[1:] if up.level == "gemeente"]
    return Figure(
        indicator=indicator.key,
        label_nl=indicator.label,
        environment=indicator.environment,
        area_code=step.code,
        area_name=step.short_name,
        level=step.level,
        period="2024",
        value=float(value),
        unit=indicator.unit,
        reference=tuple((up.level, up.short_name, float(number)) for up, number in references if number is not None),
        source="CBS",
        table="85984NED",
        licence="CC BY 4.0",
        note=indicator.note,
        phrase=indicator.phrase,
    )


def _without_nested(area_codes: Sequence[str]) -> list[Area]:
    """Return the areas, leaving out what already lies inside another one of them."""
    asked = {found.code: found for found in (area(code) for code in area_codes) if found is not None}
    return [one for one in asked.values() if not any(up.code in asked for up in area_and_parents(one.code)[1:])]


def population(area_codes: Sequence[str]) -> int | None:
    """Return the residents of these areas together on 1 January 2024, or ``None``.

    A buurt inside a chosen wijk or municipality is not counted twice. ``None``
    when nothing is chosen or one of the areas is unknown, so that a share is
    never taken over half a neighbourhood.
    """
    if not area_codes or any(area(code) is None for code in area_codes):
        return None
    counts = [residents_of(one.code) for one in _without_nested(area_codes)]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def population_by_age(area_codes: Sequence[str]) -> dict[str, int] | None:
    """Return residents per age group (keys ``AGE_GROUPS``), or ``None`` where it is not known.

    Estimated: the published whole percentages of 2024 times the residents, so
    a group is right within about one percent of the residents.
    """
    total = population(area_codes)
    if total is None:
        return None
    result = dict.fromkeys(AGE_GROUPS, 0.0)
    for one in _without_nested(area_codes):
        people = residents_of(one.code) or 0
        for group in AGE_GROUPS:
            series = _shipped().get((group, one.code))
            if not series:
                return None
            result[group] += people * series[max(series)][0] / 100
    return {group: round(count) for group, count in result.items()}
