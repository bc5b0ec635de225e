"""The seven sprints as rules: what a record holds and accepts, what may be skipped, what comes before what.

Rules follow the chain rule of the CCV (every result is the input of the next sprint); the gates are our reading of it
(domain paper 1.1, "Gate rules").
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from workshop.domain.errors import WorkshopError
from workshop.domain.sprints.fields import IN_EVERY_SPRINT, Between, Refers, Short
from workshop.domain.sprints.records import RECORDS, Link, SprintRecord
from workshop.domain.sprints.words import choice_words, column_words, part_words
from workshop.domain.thread.items import Environment, ItemKind
from workshop.domain.wijkplan.order import SPRINTS, before_it
from workshop.locale import _

#: Longest text of a part or a cell, in characters (issue 5, bad input).
LONGEST = 2_000
#: Most rows of a part.
MOST_ROWS = 100
#: What fits on the one A4 of the ontwerpbrief, in characters of all parts together: 55 lines of 65. [our measure]
ONE_A4 = 3_500

#: The seven parts that make an ontwerpbrief (CCV, domain paper 1.1, sprint 3); without them it cannot be fixed.
BRIEF_PARTS = ("problem", "facts", "earlier_sprints", "timeline", "impact", "people", "facilitators")
REQUIRED: Mapping[int, tuple[str, ...]] = {3: BRIEF_PARTS}

#: Which sprints may be left out, with a reason that is kept: the ontwerpbrief stays the yardstick, the plan is the end.
MAY_BE_SKIPPED: Mapping[int, bool] = {1: True, 2: True, 3: False, 4: True, 5: True, 6: True, 7: False}

#: Kinds of items that belong to the result of a sprint, beside what is written at the desk.
YIELDS: Mapping[int, tuple[ItemKind, ...]] = {
    1: (ItemKind.PAIN, ItemKind.NEED, ItemKind.CONDITION, ItemKind.INITIATIVE),
    2: (ItemKind.FINDING, ItemKind.RISK, ItemKind.CAUSE),
    3: (ItemKind.WISH,),
    4: (ItemKind.IDEA,),
    5: (ItemKind.INTERVENTION, ItemKind.ASSUMPTION),
    6: (ItemKind.FEEDBACK,),
    7: (ItemKind.ACTION, ItemKind.FEEDBACK),
}


class Sort(StrEnum):
    """What can be filled in."""

    TEXT = "text"
    LINE = "line"
    WHOLE = "whole"
    CHOICE = "choice"
    TICK = "tick"
    DAY = "day"
    ITEM = "item"


@dataclass(frozen=True)
class Column:
    """One field of a row. ``low``/``high`` for whole numbers, ``choices`` for a choice, ``kinds`` for an item."""

    key: str
    label: str
    sort: Sort
    is_required: bool
    low: int = 0
    high: int = 0
    choices: tuple[StrEnum, ...] = ()
    kinds: tuple[ItemKind, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of a sprint's record: one text, or rows when there are ``columns``."""

    key: str
    label: str
    hint: str
    is_required: bool
    columns: tuple[Column, ...] = ()


def parts_of(sprint: int) -> tuple[Part, ...]:
    """The parts of a sprint's record in reading order, in the current language. 0 is the check before the start."""
    record = RECORDS[sprint]
    own = [f for f in fields(record) if f.name not in IN_EVERY_SPRINT]
    common = [f for f in fields(record) if f.name in IN_EVERY_SPRINT]
    made = []
    for each in [*own, *common]:
        label, hint = part_words(each.name if each in common else f"{record.__name__}.{each.name}")
        row = row_type(sprint, each.name)
        made.append(
            Part(each.name, label, hint, each.name in REQUIRED.get(sprint, ()), () if row is None else _columns(row))
        )
    return tuple(made)


def part_of(sprint: int, key: str) -> Part:
    """One part.

    Raises:
        WorkshopError: the sprint's record has no such part.
    """
    for part in parts_of(sprint) if sprint in RECORDS else ():
        if part.key == key:
            return part
    raise WorkshopError(_("Dit onderdeel hoort niet bij deze sprint. Kies een ander onderdeel."))


@cache
def row_type(sprint: int, part: str) -> type | None:
    """The dataclass of the rows of a part; None when the part is one text."""
    hint = get_type_hints(RECORDS[sprint], include_extras=True)[part]
    return get_args(hint)[0] if get_origin(hint) is tuple else None


@cache
def _hints(row: type) -> Mapping[str, Any]:
    return get_type_hints(row, include_extras=True)


def _columns(row: type) -> tuple[Column, ...]:
    hints = _hints(row)
    return tuple(
        _column(row.__name__, f.name, hints[f.name], f.default is MISSING and f.default_factory is MISSING)
        for f in fields(row)
    )


def _column(row: str, name: str, hint: Any, is_required: bool) -> Column:
    label = column_words(f"{row}.{name}")
    marks: tuple[Any, ...] = ()
    if get_origin(hint) is Annotated:
        hint, *rest = get_args(hint)
        marks = tuple(rest)
    plain = _without_none(hint)
    for mark in marks:
        match mark:
            case Between():
                return Column(name, label, Sort.WHOLE, is_required, low=mark.low, high=mark.high)
            case Refers():
                return Column(name, label, Sort.ITEM, is_required, kinds=mark.kinds)
            case Short():
                return Column(name, label, Sort.LINE, is_required)
    if plain is bool:
        return Column(name, label, Sort.TICK, False)
    if plain is date:
        return Column(name, label, Sort.DAY, is_required)
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return Column(name, label, Sort.CHOICE, is_required, choices=tuple(plain))
    return Column(name, label, Sort.TEXT, is_required)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        return next(arg for arg in get_args(hint) if arg is not type(None))
    return hint


# -- what somebody filled in -------------------------------------------------------------------------------------------

Content = Mapping[str, Any]
Clean = Callable[[str, int], str]


def checked_content(sprint: int, key: str, raw: Any, clean: Clean) -> dict[str, Any]:
    """What may be stored of a part: ``{"text": …}`` or ``{"rows": [{…}, …]}``, each cell of its own sort.

    Args:
        raw: a text, or a sequence of mappings. Empty rows are left out; empty cells too.
        clean: cleans one text to a length in characters, or refuses it.

    Raises:
        WorkshopError: a cell is missing or cannot be; the message names row and column.
    """
    part = part_of(sprint, key)
    if not part.columns:
        text = raw if isinstance(raw, str) else ""
        return {"text": clean(text, LONGEST) if text.strip() else ""}
    if not isinstance(raw, Iterable) or isinstance(raw, str | Mapping):
        raise WorkshopError(_("Dit konden we niet lezen. Laad de pagina opnieuw."), field=key)
    given = [row for row in raw if isinstance(row, Mapping)]
    rows = [row for row in given if any(_is_filled(value) for value in row.values())]
    if len(rows) > MOST_ROWS:
        raise WorkshopError(
            _("Hier passen {most} regels. Je hebt er {n}. Voeg regels samen.").format(most=MOST_ROWS, n=len(rows)),
            field=key,
        )
    kept = [_checked_row(part, number, row, clean) for number, row in enumerate(rows, start=1)]
    if row_type(sprint, key) is Link:
        for number, found in enumerate(kept, start=1):
            if found["source"] == found["target"]:
                raise WorkshopError(
                    _("Regel {n}: kies twee verschillende omgevingen. Een koppelvlak ligt tussen twee.").format(
                        n=number
                    ),
                    field="target",
                )
    return {"rows": kept}


def _is_filled(value: Any) -> bool:
    return value not in (None, "", False) and not (isinstance(value, str) and not value.strip())


def _checked_row(part: Part, number: int, row: Mapping[str, Any], clean: Clean) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for column in part.columns:
        value = row.get(column.key)
        if not _is_filled(value):
            if column.is_required:
                raise WorkshopError(
                    _("{part}, regel {n}: vul “{column}” in.").format(part=part.label, n=number, column=column.label),
                    field=column.key,
                )
            continue
        try:
            kept[column.key] = _checked_cell(column, value, clean)
        except ValueError:
            raise WorkshopError(
                _("{part}, regel {n}: “{column}” klopt niet. Kies of typ het opnieuw.").format(
                    part=part.label, n=number, column=column.label
                ),
                field=column.key,
            ) from None
    return kept


def _checked_cell(column: Column, value: Any, clean: Clean) -> Any:
    match column.sort:
        case Sort.TEXT:
            return clean(str(value), LONGEST)
        case Sort.LINE | Sort.ITEM:
            return clean(str(value), 200)
        case Sort.TICK:
            return bool(value)
        case Sort.DAY:
            return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()
        case Sort.CHOICE:
            chosen = str(value)
            if chosen not in {choice.value for choice in column.choices}:
                raise ValueError
            return chosen
        case Sort.WHOLE:
            if isinstance(value, bool) or not str(value).lstrip("-").isdigit():
                raise ValueError
            if not column.low <= int(value) <= column.high:
                raise ValueError
            return int(value)


def is_empty(content: Content | None) -> bool:
    """Whether nothing was written in a part."""
    return not content or not (content.get("text") or content.get("rows"))


def read_record(sprint: int, contents: Mapping[str, Content]) -> SprintRecord:
    """The typed record out of what is stored per part; parts nobody wrote keep their empty value."""
    record = RECORDS[sprint]
    values: dict[str, Any] = {}
    for each in fields(record):
        content = contents.get(each.name)
        if content is None or is_empty(content):
            continue
        row = row_type(sprint, each.name)
        if row is None:
            values[each.name] = content["text"]
        else:
            columns = {column.key: column for column in _columns(row)}
            values[each.name] = tuple(_read_row(row, columns, cells) for cells in content["rows"])
    return record(**values)


def _read_row(row: type, columns: Mapping[str, Column], cells: Mapping[str, Any]) -> Any:
    values = {}
    for key, value in cells.items():
        column = columns.get(key)
        if column is None:
            continue
        if column.sort is Sort.CHOICE:
            value = next(choice for choice in column.choices if choice.value == value)
        elif column.sort is Sort.DAY:
            value = date.fromisoformat(value)
        values[key] = value
    return row(**values)


# -- gates -------------------------------------------------------------------------------------------------------------


def missing_before(
    sprint: int, fixed: Collection[int], skipped: Collection[int], order: Sequence[int] = SPRINTS
) -> list[int]:
    """The sprint that has to be fixed, or left out with a reason, before this one can be; empty when none.

    A result is the input of the next sprint, so only the one just before counts; that one counts its own in turn.
    """
    before = before_it(sprint, order, skipped)
    return [before] if before and before not in fixed else []


def missing_parts(sprint: int, contents: Mapping[str, Content]) -> list[Part]:
    """The parts without which the record is none."""
    return [part for part in parts_of(sprint) if part.is_required and is_empty(contents.get(part.key))]


def brief_length(contents: Mapping[str, Content]) -> int:
    """How many characters the ontwerpbrief counts."""
    return sum(len((contents.get(f.name) or {}).get("text") or "") for f in fields(RECORDS[3]))


# -- koppelvlakken -----------------------------------------------------------------------------------------------------


def link_matrix(links: Iterable[Link]) -> dict[tuple[Environment, Environment], tuple[Link, ...]]:
    """The 4×4 matrix: for every (from, to) the koppelvlakken found, the diagonal left out (16 − 4 cells)."""
    found = tuple(links)
    return {
        (a, b): tuple(link for link in found if (link.source, link.target) == (a, b))
        for a in Environment
        for b in Environment
        if a is not b
    }


def only_environment(touched: Iterable[frozenset[Environment]]) -> Environment | None:
    """The one environment in which all of two or more actions sit; None when they are spread (domain paper 1.4)."""
    found = list(touched)
    together = frozenset[Environment]().union(*found) if found else frozenset()
    return next(iter(together)) if len(found) > 1 and len(together) == 1 else None


# -- in words ----------------------------------------------------------------------------------------------------------


def row_line(part: Part, row: Mapping[str, Any], names: Mapping[str, str] | None = None) -> str:
    """A row in one line: "Jaar: 2021 · Naam: …". ``names`` are the texts of items by id."""
    shown = ((column.label, cell_words(column, row.get(column.key), names or {})) for column in part.columns)
    return " · ".join(labelled(label, words.replace(chr(10), " ")) for label, words in shown if words)


def labelled(label: str, words: str) -> str:
    """A label with its words; no colon behind a question."""
    return f"{label} {words}" if label.endswith("?") else f"{label}: {words}"


def cell_words(column: Column, value: Any, names: Mapping[str, str]) -> str:
    """A stored cell in words; "" when nothing was filled in."""
    if value in (None, "", False):
        return ""
    match column.sort:
        case Sort.CHOICE:
            return next((choice_words(choice) for choice in column.choices if choice.value == value), "")
        case Sort.ITEM:
            return names.get(value, _("(dit is niet meer te zien)"))
        case Sort.TICK:
            return _("ja")
        case Sort.DAY:
            year, month, day = str(value).split("-")
            return f"{int(day)}-{int(month)}-{year}"
        case _:
            return str(value)
