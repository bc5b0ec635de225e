"""Links for helpers at the tables of a session."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from workshop.store import schema as t


def add_link(conn: Connection, **values: Any) -> None:
    conn.execute(insert(t.table_link).values(**values))


def links_of(conn: Connection, session_id: str) -> list[Row[Any]]:
    """All links of a session, oldest first."""
    table = t.table_link
    return list(conn.execute(select(table).where(table.c.session_id == session_id).order_by(table.c.made_at)))


def link(conn: Connection, token_hash: str) -> Row[Any] | None:
    """The link with this token, with the wijkplan and state of its session."""
    table = t.table_link
    return conn.execute(
        select(table, t.session.c.wijkplan_id, t.session.c.state)
        .join(t.session, table.c.session_id == t.session.c.id)
        .where(table.c.token_hash == token_hash)
    ).first()


def revoke(conn: Connection, session_id: str, link_id: str, at: datetime) -> bool:
    """Revoke the link whose hash begins with ``link_id``; False when the session has no such link."""
    table = t.table_link
    changed = conn.execute(
        update(table)
        .where(table.c.session_id == session_id, table.c.token_hash.startswith(link_id, autoescape=True))
        .values(revoked_at=at)
    )
    return changed.rowcount == 1
