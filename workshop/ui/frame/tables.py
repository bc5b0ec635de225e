"""A table as real HTML: caption, header cells with scope, nothing in it that is read as markup."""

from __future__ import annotations

import html

import streamlit as st

from workshop.domain.evening.stories import Table
from workshop.locale import format_number

_STYLE = (
    "<style>.kv-table{overflow-x:auto}.kv-table table{border-collapse:collapse;margin:.25rem 0 1.25rem}"
    ".kv-table caption{text-align:left;font-weight:700;padding:.25rem 0}"
    ".kv-table th,.kv-table td{text-align:left;padding:.35rem .9rem .35rem 0;border-bottom:1px solid #8A919C;"
    "vertical-align:top}"
    ".kv-table td.n,.kv-table th.n{text-align:right}</style>"
)


def table_html(table: Table) -> str:
    """The table as HTML with every text escaped. Columns that hold only numbers are aligned right."""
    columns = range(len(table.header))
    numeric = {i for i in columns if table.rows and all(isinstance(r[i], int | float | None) for r in table.rows)}
    head = "".join(f'<th scope="col"{_right(i in numeric)}>{html.escape(h)}</th>' for i, h in enumerate(table.header))
    body = "".join(
        "<tr>"
        + f'<th scope="row"{_right(0 in numeric)}>{_cell(row[0])}</th>'
        + "".join(f"<td{_right(i in numeric)}>{_cell(row[i])}</td>" for i in columns if i)
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="kv-table" data-own tabindex="0" role="region" aria-label="{html.escape(table.caption)}"><table>'
        f"<caption>{html.escape(table.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def show_table(table: Table) -> None:
    st.html(_STYLE + table_html(table))


def _cell(value: str | float | None) -> str:
    if value is None:
        return "–"
    return html.escape(value) if isinstance(value, str) else format_number(value)


def _right(is_number: bool) -> str:
    return ' class="n"' if is_number else ""
