"""Numbers as they are written in open data: padded, with a point or a comma, or hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from workshop.domain.errors import WorkshopError
from workshop.locale import _

Decimal = Literal[".", ","]

# What sources write for "not known" or "withheld"; the last three are CBS's numbers on its map.
_UNKNOWN = {
    *(
        "",
        ".",
        "-",
        "–",
        "—",
        "--",
        "x",
        "?",
        "n.v.t.",
        "nvt",
        "n.b.",
        "onbekend",
        "geheim",
        "na",
        "nan",
        "null",
        "none",
    ),
    *("-99995", "-99997", "-99999999", "-99995.0", "-99997.0", "-99999999.0", "-99995,0", "-99997,0"),
}
_PLAIN = re.compile(r"^[+-]?\d+$")
_POWER = re.compile(r"^[+-]?\d+(\.\d+)?[eE][+-]?\d{1,2}$")
_ONE_MARK = re.compile(r"^[+-]?(\d*)([.,])(\d+)$")
_GROUPS = re.compile(r"^[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+$")
_BOTH = re.compile(r"^[+-]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+)$")


class AmbiguousNumbers(WorkshopError):
    """Nothing in the file tells whether ``1.234`` is a thousand or little more than one.

    Ask, and read again with the answer. ``examples`` holds up to three.
    """

    def __init__(self, examples: list[str]) -> None:
        super().__init__(
            _(
                "In dit bestand staan getallen als {example}. Kies of de punt of de komma de decimalen aangeeft; "
                "dan lezen we het opnieuw."
            ).format(example=examples[0]),
            kind="warning",
        )
        self.examples = tuple(examples)


def cleaned(text: str) -> str:
    """Return the cell without padding, a leading apostrophe (Excel) and a typographic minus."""
    return text.replace("\u00a0", " ").strip().removeprefix("'").replace("−", "-").replace(" ", "")


def is_unknown(text: str) -> bool:
    """Tell whether the cell says that there is no figure."""
    return cleaned(text).casefold() in _UNKNOWN


def looks_numeric(text: str) -> bool:
    """Tell whether the cell is a number in any of the ways of writing."""
    cell = cleaned(text).removesuffix("%")
    return any(form.match(cell) for form in (_PLAIN, _POWER, _ONE_MARK, _GROUPS, _BOTH))


def decimal_mark(cells: Iterable[str], *, told: Decimal | None = None) -> Decimal:
    """Return the decimal mark of a whole file.

    Every cell that can be read in one way only is evidence. Without evidence,
    or with evidence for both, a cell such as ``1.234`` raises
    ``AmbiguousNumbers``; never a silent guess.
    """
    if told is not None:
        return told
    marks: set[Decimal] = set()
    unclear: list[str] = []
    for text in dict.fromkeys(cells):
        cell = cleaned(text).removesuffix("%")
        if _PLAIN.match(cell):
            continue
        if both := _BOTH.match(cell):
            marks.add("," if both.group().rfind(",") > both.group().rfind(".") else ".")
        elif groups := _GROUPS.match(cell):
            marks.add("," if groups.group(1) == "." else ".")
        elif one := _ONE_MARK.match(cell):
            whole, mark, rest = one.groups()
            if len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
                if len(unclear) < 3:
                    unclear.append(cell)
            else:
                marks.add("." if mark == "." else ",")
    if unclear and len(marks) != 1:
        raise AmbiguousNumbers(unclear)
    return marks.pop() if len(marks) == 1 else "."


@lru_cache(maxsize=20_000)
def number(text: str, decimal: Decimal) -> float | None:
    """Return the number, or ``None`` when the cell says it is unknown.

    Raises ``ValueError`` when it is neither.
    """
    cell = cleaned(text).removesuffix("%")
    if cell.casefold() in _UNKNOWN:
        return None
    if _POWER.match(cell):
        return float(cell)
    if not looks_numeric(cell):
        raise ValueError("not a number")
    thousands = "." if decimal == "," else ","
    one = _ONE_MARK.match(cell)
    if one and one.group(2) == thousands and len(one.group(3)) != 3:
        # 12,5 in a file of points: the mark cannot be thousands.
        return float(cell.replace(",", "."))
    if _BOTH.match(cell) and cell.rfind(decimal) < cell.rfind(thousands):
        raise ValueError("the other decimal mark")
    return float(cell.replace(thousands, "").replace(",", "."))
