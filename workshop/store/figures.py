"""Figures that somebody added to a wijkplan from a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from workshop.store import schema as t


def add(conn: Connection, **values: Any) -> None:
    conn.execute(insert(t.loaded_figures).values(**values))


def files(conn: Connection, wijkplan_id: str) -> list[tuple[Row[Any], str]]:
    """The files that hold, oldest first, with who loaded them."""
    table = t.loaded_figures
    rows = conn.execute(
        select(table, t.account.c.display_name)
        .join(t.account, table.c.loaded_by == t.account.c.id)
        .where(table.c.wijkplan_id == wijkplan_id, table.c.removed_at.is_(None))
        .order_by(table.c.loaded_at, table.c.id)
    )
    return [(row, row.display_name) for row in rows]


def rows_of(conn: Connection, wijkplan_id: str) -> list[dict[str, Any]]:
    """Every figure of the files that hold; of two for one indicator and area the one that was loaded last."""
    held: dict[tuple[str, str], dict[str, Any]] = {}
    for file, _name in files(conn, wijkplan_id):
        for figure in file.figures:
            held[figure["indicator"], figure["area_code"]] = figure
    return list(held.values())


def remove(conn: Connection, wijkplan_id: str, file_id: str, at: datetime) -> bool:
    """Put a file away; its rows stay in the database. False when the wijkplan holds no such file."""
    table = t.loaded_figures
    changed = conn.execute(
        update(table)
        .where(table.c.id == file_id, table.c.wijkplan_id == wijkplan_id, table.c.removed_at.is_(None))
        .values(removed_at=at)
    )
    return changed.rowcount == 1
