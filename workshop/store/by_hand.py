"""Statements as the drivers take them: a cursor of the driver's own, in the transaction that SQLAlchemy opened.

Everywhere else SQLAlchemy builds the SQL. On the way of a vote and of a phone's page building, keying and wrapping a
statement cost more than running it (``make bench``; see docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from workshop.store.engine import Hand

#: Most values in one list of parameters.
PART = 500
#: Most rows in one statement; what is left goes in statements of 128, 64 ... and 1 row, so that few texts are prepared.
_MOST_ROWS = 256

#: What a statement by hand may be given: it asks for the cursor and the dialect only.
AnyConn = Connection | Hand


def ask(conn: AnyConn, statement: str, values: Sequence[Any]) -> list[Any]:
    """All rows of a statement."""
    cursor = conn.connection.cursor()
    try:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def ask_one(conn: AnyConn, statement: str, values: Sequence[Any]) -> Any:
    """The first row of a statement; None when there is none."""
    found = ask(conn, statement, values)
    return found[0] if found else None


def mark_of(conn: AnyConn) -> str:
    """The mark for a parameter in a statement of this database."""
    return "?" if conn.dialect.name == "sqlite" else "%s"


def in_portions(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Rows in portions of a power of two. A statement gives way to other threads at every row it takes or gives, so many
    rows in one statement are not only cheaper but also sooner done in a full hall.
    """
    at = 0
    while at < len(rows):
        size = min(_MOST_ROWS, 1 << (len(rows) - at).bit_length() - 1)
        yield rows[at : at + size]
        at += size


@lru_cache(maxsize=64)
def marks_of(mark: str, columns: int, rows: int) -> str:
    """So many rows of so many parameters, as VALUES takes them."""
    one = f"({','.join([mark] * columns)})"
    return ",".join([one] * rows)


def in_parts(values: Collection[Any]) -> list[list[Any]]:
    """Values in lists that one statement can take."""
    listed = list(values)
    return [listed[at : at + PART] for at in range(0, len(listed), PART)]


def changes_one(conn: AnyConn, statement: str, values: Sequence[Any]) -> bool:
    """Run a statement; whether it changed one row."""
    cursor = conn.connection.cursor()
    try:
        cursor.execute(statement, values)
        return bool(cursor.rowcount == 1)
    finally:
        cursor.close()
