"""The workbook: one sheet per kind. Text is written as text, so nothing in it is ever a formula or a link."""

from __future__ import annotations

import io
from datetime import UTC, date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from workshop.documents.blocks import Book, Cell, Sheet
from workshop.exports.cells import line, sheet_value
from workshop.exports.names import language_tag, sheet_titles

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDING = "xlsx"

_HEAD_FONT = Font(bold=True, color="FFFFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="FF154273")
_WRAP = Alignment(wrap_text=True, vertical="top")
_LINE = Border(bottom=Side(style="thin", color="FFD5D9DE"))
_WIDEST = 60


def write_xlsx(book: Book) -> bytes:
    """The book as a workbook (Office Open XML)."""
    made = Workbook()
    made.remove(made.active)
    for sheet, title in zip(book.sheets, sheet_titles(sheet.title for sheet in book.sheets), strict=True):
        _write_sheet(made.create_sheet(title), sheet)
    _tell_properties(made, book)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _write_sheet(page: Any, sheet: Sheet) -> None:
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


def _write(cell: Any, value: Cell) -> None:
    safe = sheet_value(value)
    cell.value = safe
    if isinstance(safe, str):
        # Setting the value reads "=…" as a formula and "#N/A" as an error; what people typed is text.
        cell.data_type = "s"
    elif isinstance(safe, date):
        cell.number_format = "yyyy-mm-dd"


def _tell_properties(made: Workbook, book: Book) -> None:
    told = made.properties
    told.creator = told.lastModifiedBy = line(book.author)
    told.title = line(book.title)
    told.language = language_tag(book.language)
    told.created = told.modified = book.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
