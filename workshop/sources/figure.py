"""One figure about one area, and how it is said in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from workshop.domain.thread.basis import FigureBasis
from workshop.locale import _, format_number

Environment = Literal["social", "physical", "institutional", "criminal"]

#: Police counts below this are not shown (domain paper, 9.1).
SMALL_COUNT = 5


@dataclass(frozen=True)
class Figure:
    """A published value with everything that must stand beside it.

    ``environment`` is ``None`` when the figure belongs to no single one.
    ``level`` is the level of ``area_code`` (land, gemeente, wijk, buurt, or
    punt for a point without a code), which may be higher than what was asked
    for: then ``note`` says so. ``value`` is ``None`` when it is unknown, or
    withheld because the count is small (``is_small_count``). ``reference``
    holds ``(level, name, value)`` for the same period and ``trend`` holds
    ``(period, value)`` from old to new; both only with known values.
    ``higher_is_worse`` is ``None`` when neither direction is worse.
    ``phrase`` is the sentence part with ``{value}`` in it, or empty.
    """

    indicator: str
    label_nl: str
    environment: Environment | None
    area_code: str
    area_name: str
    level: str
    period: str
    value: float | None
    unit: str
    reference: tuple[tuple[str, str, float], ...] = ()
    trend: tuple[tuple[str, float], ...] = ()
    source: str = ""
    table: str = ""
    licence: str = ""
    higher_is_worse: bool | None = None
    note: str = ""
    is_small_count: bool = False
    decimals: int = 0
    phrase: str = ""


def basis_of(figure: Figure) -> FigureBasis:
    """What a finding keeps of this figure: the value as it is published, where, when and by whom."""
    return FigureBasis(
        label=figure.label_nl,
        area=area_text(figure),
        area_code=figure.area_code,
        value=figure.value,
        shown=value_text(figure),
        unit=figure.unit,
        period=figure.period,
        source=figure.source,
        table=figure.table,
    )


def reference_text(figure: Figure) -> str:
    """The same figure for larger areas: "Baarn 39,2, Nederland 45,1"; empty when there is none."""
    return ", ".join(f"{name} {shown(value, figure.unit, figure.decimals)}" for _level, name, value in figure.reference)


def as_row(figure: Figure) -> dict[str, object]:
    """The figure as plain JSON values, for keeping."""
    return asdict(figure)


def from_row(row: Mapping[str, Any]) -> Figure:
    """The figure that :func:`as_row` was given; fields of another version of the program are left out."""
    known = {each.name: row[each.name] for each in fields(Figure) if each.name in row}
    known["reference"] = tuple((level, name, value) for level, name, value in row.get("reference", ()))
    known["trend"] = tuple((period, value) for period, value in row.get("trend", ()))
    return Figure(**known)


def shown(value: float | None, unit: str, decimals: int = 0, *, is_small_count: bool = False) -> str:
    """Return a value with its unit as people read it, or why there is none."""
    if is_small_count:
        return _("minder dan {limit}").format(limit=SMALL_COUNT)
    if value is None:
        return _("niet bekend")
    if unit == "× € 1.000":  # as CBS writes it; people read euros
        return f"€ {format_number(value * 1000, 0)}"
    number = format_number(value, decimals)
    return f"{number}%" if unit == "%" else number


def value_text(figure: Figure) -> str:
    """Return the figure's own value as people read it: ``1.825``, ``26%``, ``niet bekend``."""
    return shown(figure.value, figure.unit, figure.decimals, is_small_count=figure.is_small_count)


def area_text(figure: Figure) -> str:
    """Return the area's name, with its level when that is not a buurt: «de wijk Buitengebied»."""
    if figure.level == "wijk":
        return _("de wijk {name}").format(name=figure.area_name)
    if figure.level == "gemeente":
        return _("de gemeente {name}").format(name=figure.area_name)
    return figure.area_name


def origin_text(figure: Figure) -> str:
    """Return period and source: ``2024, CBS``."""
    period = figure.period or _("jaar niet vermeld")
    return f"{period}, {figure.source}" if figure.source else period


def sentence(figure: Figure) -> str:
    """Say the figure in one Dutch sentence, with one reference, period and source.

    «In Centrum wonen 1.825 mensen; in Baarn 25.065 (2024, CBS).»
    """
    area, origin = area_text(figure), origin_text(figure)
    if figure.value is None and not figure.is_small_count:
        return _("In {area} is dit niet bekend: {label} ({origin}).").format(
            area=area, label=lower_first(figure.label_nl), origin=origin
        )
    value = value_text(figure)
    if not figure.reference:
        if not figure.phrase:
            return _("{label} in {area}: {value} ({origin}).").format(
                label=figure.label_nl, area=area, value=value, origin=origin
            )
        return _("In {area} {phrase} ({origin}).").format(
            area=area, phrase=figure.phrase.format(value=value), origin=origin
        )
    _level, name, number = figure.reference[0]
    other = shown(number, figure.unit, figure.decimals)
    if not figure.phrase:
        return _("{label} in {area}: {value}; in {reference}: {number} ({origin}).").format(
            label=figure.label_nl, area=area, value=value, reference=name, number=other, origin=origin
        )
    return _("In {area} {phrase}; in {reference} {number} ({origin}).").format(
        area=area, phrase=figure.phrase.format(value=value), reference=name, number=other, origin=origin
    )


def lower_first(label: str) -> str:
    """Return the label for the middle of a sentence: first letter small, except of an abbreviation such as WOZ."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
