"""What a finding rests on that nobody in the room said: a published figure (hard) or a passage of a report (soft).

The sprint of the diagnosis sharpens pains with hard and soft information (domain paper 1.1, sprint 2). What was taken over
keeps its source for good, so that the herkomst of an action ends in a figure that can be looked up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from workshop.locale import _

#: Under which name a row of an item and a fixed record keep it.
BASIS = "basis"

#: A number that is no count, in either language; thousands have three digits behind their mark.
_DECIMALS = re.compile(r"[.,]\d{1,2}$")


@dataclass(frozen=True)
class FigureBasis:
    """A published value as it stood when it was taken over.

    ``shown`` is the value as people read it, ``value`` the number itself (None when it was withheld). ``period`` may be
    empty: not every source names a year.
    """

    label: str
    area: str
    area_code: str
    value: float | None
    shown: str
    unit: str
    period: str
    source: str
    table: str = ""

    @property
    def amount(self) -> str:
        """The value with its unit: "87 misdrijven", "12,4%", "€ 31.400", "4,18 (score)"."""
        if not self.unit or self.unit == "%" or "€" in self.unit:
            return self.shown
        return f"{self.shown} ({self.unit})" if _DECIMALS.search(self.shown) else f"{self.shown} {self.unit}"

    @property
    def published_in(self) -> str:
        """Source and table: "politie, 47018NED"."""
        return ", ".join(part for part in (self.source, self.table) if part)


@dataclass(frozen=True)
class ReportBasis:
    """A report a passage was taken from; ``checksum`` is the SHA-256 (hex) of its whole text, which is not kept."""

    title: str
    by: str
    dated: str
    checksum: str = ""


Basis = FigureBasis | ReportBasis

_SORTS: Mapping[str, type[FigureBasis] | type[ReportBasis]] = {"figure": FigureBasis, "report": ReportBasis}


def as_details(basis: Basis) -> dict[str, Any]:
    """Plain JSON values, to be kept under ``BASIS``."""
    sort = next(name for name, kind in _SORTS.items() if isinstance(basis, kind))
    return {"sort": sort, **asdict(basis)}


def read_basis(kept: object) -> Basis | None:
    """What :func:`as_details` gave, read back; None for nothing and for what is no basis."""
    if not isinstance(kept, Mapping) or kept.get("sort") not in _SORTS:
        return None
    try:
        return _SORTS[kept["sort"]](**{name: value for name, value in kept.items() if name != "sort"})
    except TypeError:  # a name too many or too few
        return None


def basis_line(basis: Basis) -> str:
    """The end of a chain in words: "cijfer: Geregistreerde misdrijven in Centrum, 87 misdrijven (2023, politie, 47018NED)"."""
    match basis:
        case FigureBasis():
            return _("cijfer: {label} in {area}, {amount} ({period}, {source})").format(
                label=basis.label,
                area=basis.area,
                amount=basis.amount,
                period=basis.period or _("jaar niet vermeld"),
                source=basis.published_in,
            )
        case ReportBasis():
            return _("rapport: {title} ({by}, {dated})").format(title=basis.title, by=basis.by, dated=basis.dated)
