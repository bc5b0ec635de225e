"""Which area a row of a file is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workshop.locale import _
from workshop.sources.areas import YEAR, area, areas_of, normal_code, normal_name

if TYPE_CHECKING:
    from workshop.sources.columns import Layout

_FORM = re.compile(r"^(NL|GM|WK|BU)[0-9A-Z]{2,8}$")
_LEVELS = {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt"}
_WIDTHS = {"NL": 4, "GM": 6, "WK": 8, "BU": 10}


@dataclass(frozen=True)
class Place:
    """An area of the division, one from another year (``is_outside``), or a point without a code."""

    code: str
    name: str
    level: str
    is_outside: bool = False


def place_of(layout: Layout, row: list[str], municipality_code: str | None) -> Place:
    """Return the place of a row; raises ``ValueError`` with a Dutch reason."""
    name = row[layout.name].strip() if layout.name is not None else ""
    if layout.code is None:
        if layout.kind == "punten":
            if not name:
                raise ValueError(_("In deze rij staat geen naam."))
            return Place("", name, "punt")
        return _by_name(name, municipality_code or "")
    code = normal_code(row[layout.code])
    if code == "NL01":
        code = "NL00"
    found = area(code)
    if found is not None:
        return Place(found.code, found.short_name, found.level)
    if not _FORM.match(code) or len(code) != _WIDTHS[code[:2]]:
        raise ValueError(_("Dit is geen code van een gemeente, wijk of buurt."))
    return Place(code, name or code, _LEVELS[code[:2]], is_outside=True)


def _by_name(name: str, municipality_code: str) -> Place:
    wanted = normal_name(name)
    if wanted == "nederland":
        return Place("NL00", "Nederland", "land")
    candidates = [found for found in (area(municipality_code),) if found] + areas_of(municipality_code)
    hits = [c for c in candidates if wanted in (normal_name(c.name), normal_name(c.short_name))]
    if len(hits) == 1:
        return Place(hits[0].code, hits[0].short_name, hits[0].level)
    if hits:
        raise ValueError(_("Deze naam komt meer dan één keer voor in de gemeente. Gebruik een bestand met codes."))
    raise ValueError(_("Deze naam staat niet in de indeling van {year} van de gekozen gemeente.").format(year=YEAR))
