"""Text on its way into a file: nothing in it may break the file, act as a formula, or be altered silently.

Source of the rules: assurance T25, T26 and list E. Texts are cleaned when they are written; this is the second lock,
because a restored or repaired database may hold anything.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime
from typing import assert_never

from workshop.documents.blocks import Cell
from workshop.documents.words import unreadable
from workshop.domain.texts import MAX_MARKS
from workshop.locale import _

#: The most a cell of a spreadsheet holds, in UTF-16 code units. Libraries cut there without a word; we say it.
CELL_LIMIT = 32_767
#: Before this day spreadsheets disagree about the calendar (1900 was no leap year).
FIRST_DAY = date(1900, 3, 1)

_ILLEGAL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls: no XML 1.0 file may hold most of them; tab and newline stay
    "\u202a-\u202e\u2066-\u2069"  # would turn the text around them
    "\ud800-\udfff"  # lone surrogates: no encoder takes them
    "\ufdd0-\ufdef"
    + "".join(f"{chr((plane << 16) + 0xFFFE)}-{chr((plane << 16) + 0xFFFF)}" for plane in range(17))
    + "]"
)
_NEWLINES = re.compile("\r\n|[\r\u2028\u2029]")
# What a spreadsheet takes for the start of a formula, also after blanks, and in full width.
_FORMULA = re.compile("[\\s\u200b\ufeff]*[=+\\-@\u2212\uff1b\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
# "_x0041_" inside a cell means "A" to a spreadsheet; what somebody typed stays what it is.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def file_text(value: object) -> str:
    """``value`` as text that any file can hold; empty stays empty, a text of which nothing is left says so."""
    if value is None:
        return ""
    text = _NEWLINES.sub("\n", str(value))
    if not text:
        return ""
    cleaned = _without_towers(_ILLEGAL.sub("", text))
    return cleaned if cleaned.strip() else unreadable()


def line(value: object) -> str:
    """The same on one line: for captions, labels and headings."""
    return " ".join(file_text(value).split())


def sheet_value(value: Cell) -> str | int | float | date | None:
    """``value`` for a cell of a workbook: a number stays a number, a day a day, everything else is text within the limit.

    Text must still be written as text (``data_type = "s"``): a workbook has no need of a guard character.

    Raises:
        TypeError: it is a time of day, which has no place beside a text.
    """
    match value:
        case bool():
            return _("ja") if value else _("nee")
        case None | int():
            return value
        case float():
            return value if math.isfinite(value) else None
        case date():
            return _day(value) if value >= FIRST_DAY else _day(value).isoformat()
        case str():
            return _within_limit(_ESCAPE.sub("_x005F_", file_text(value)))
        case _:
            assert_never(value)


def csv_value(value: Cell) -> str:
    """``value`` for a field of a CSV file: text that looks like a formula gets an apostrophe before it.

    Raises:
        TypeError: it is a time of day, which has no place beside a text.
    """
    match value:
        case bool():
            return _("ja") if value else _("nee")
        case None:
            return ""
        case int():
            return str(value)
        case float():
            # The Dutch comma: with ";" between fields that is what a Dutch spreadsheet reads as a number.
            return repr(value).replace(".", ",") if math.isfinite(value) else ""
        case date():
            return _day(value).isoformat()
        case str():
            text = _within_limit(file_text(value))
            return f"'{text}" if _FORMULA.match(text) else text
        case _:
            assert_never(value)


def _day(value: date) -> date:
    if isinstance(value, datetime):
        raise TypeError("a time of day has no place beside a text; give the day")
    return value


def _within_limit(text: str) -> str:
    if _units(text) <= CELL_LIMIT:
        return text
    note = _(" [ingekort: deze tekst past niet in één cel]")
    kept = text[: CELL_LIMIT - len(note)]
    while _units(kept) > CELL_LIMIT - len(note):
        kept = kept[: -max(1, (_units(kept) - CELL_LIMIT + len(note)) // 2)]
    return kept + note


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _without_towers(text: str) -> str:
    """At most MAX_MARKS combining marks on one letter: more makes a page of one line of text."""
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character)[0] == "M" else 0
        if run <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)
