"""Counting statements: what the database is asked, by whatever hand, while something is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from workshop.store import Store

#: What opens, closes and tunes a transaction asks nothing.
_AROUND = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "--")


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that SQLite runs in this block, as it runs them: those of the driver's own hand as well."""
    told: list[str] = []
    is_on = True

    def hear(statement: str) -> None:
        if is_on and not statement.lstrip().upper().startswith(_AROUND):
            told.append(statement)

    def follow(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.set_trace_callback(hear)

    event.listen(store.engine, "checkout", follow)
    try:
        yield told
    finally:
        is_on = False
        event.remove(store.engine, "checkout", follow)
