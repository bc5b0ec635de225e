"""The workbook: one sheet per kind. Text is written as text, so nothing in it is ever a formula or a link."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from workshop.actions.sprints.material import Snapshot
from workshop.exports.cells import line, sheet_value
from workshop.exports.names import sheet_titles
from workshop.exports.sheets import Cell, sheets_of
from workshop.sources.figure import Figure

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDING = "xlsx"

# Before this day spreadsheets disagree about the calendar (1900 was no leap year).
_FIRST_DAY = date(1900, 3, 1)
_HEAD_FONT = Font(bold=True, color="FFFFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="FF154273")
_WRAP = Alignment(wrap_text=True, vertical="top")
_LINE = Border(bottom=Side(style="thin", color="FFD5D9DE"))
_WIDEST = 60


def make_xlsx(snapshot: Snapshot, figures: Sequence[Figure]) -> bytes:
    """A workbook (Office Open XML) with every table of :func:`sheets_of`."""
    book = Workbook()
    book.remove(book.active)
    sheets = sheets_of(snapshot, figures)
    for sheet, title in zip(sheets, sheet_titles(sheet.title for sheet in sheets), strict=True):
        page = book.create_sheet(title)
        page.sheet_view.showGridLines = False
        page.freeze_panes = "A2"
        page.print_title_rows = "1:1"
        page.page_setup.orientation = "landscape"
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        for column, heading in enumerate(sheet.header, start=1):
            cell = page.cell(1, column)
            _write(cell, heading)
            cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, _WRAP
        for number, row in enumerate(sheet.rows, start=2):
            for column, value in enumerate(row, start=1):
                cell = page.cell(number, column)
                _write(cell, value)
                cell.alignment, cell.border = _WRAP, _LINE
        for column, heading in enumerate(sheet.header, start=1):
            longest = max((len(str(row[column - 1] or "")) for row in sheet.rows), default=0)
            page.column_dimensions[get_column_letter(column)].width = min(_WIDEST, max(10, len(heading), longest) + 2)
    _properties(book, snapshot)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _write(cell: Any, value: Cell) -> None:
    if isinstance(value, datetime):
        raise TypeError("a time of day has no place beside a text; give the day")
    if isinstance(value, date) and value >= _FIRST_DAY:
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
        return
    safe = sheet_value(value)
    cell.value = safe
    if isinstance(safe, str):
        # Setting the value reads "=…" as a formula and "#N/A" as an error; what people typed is text.
        cell.data_type = "s"


def _properties(book: Workbook, snapshot: Snapshot) -> None:
    told = book.properties
    told.creator = told.lastModifiedBy = line(snapshot.wijkplan.municipality_name)
    told.title = line(snapshot.wijkplan.title)
    told.language = "nl-NL"
    told.created = told.modified = snapshot.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
