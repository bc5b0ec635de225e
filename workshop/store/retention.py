"""Taking away what is kept for a limited time: what ties a note to a cookie, and raw texts that led nowhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from secrets import token_hex

from sqlalchemy import Connection, delete, select, update

from workshop.domain.thread.items import ItemState
from workshop.store import schema as t
from workshop.store.items import emptied


def sessions_with_raw(conn: Connection) -> list[tuple[str, str, date, int]]:
    """Sessions that still hold something raw: (session, wijkplan, held on, months of retention)."""
    owned = select(t.item.c.session_id).where(t.item.c.owner_key.is_not(None))
    seated = select(t.participant.c.session_id).where(t.participant.c.token_hash.not_like("gone-%"))
    rows = conn.execute(
        select(t.session.c.id, t.session.c.wijkplan_id, t.session.c.held_on, t.wijkplan.c.retention_months)
        .join(t.wijkplan, t.session.c.wijkplan_id == t.wijkplan.c.id)
        .where(t.session.c.id.in_(owned.union(seated)))
        .order_by(t.session.c.id)
    )
    return [(r.id, r.wijkplan_id, r.held_on, r.retention_months) for r in rows]


def forget_people(conn: Connection, session_id: str) -> int:
    """Cut the tie between this session and any cookie; the head count per group stays. Returns how many seats."""
    seats = [r.id for r in conn.execute(select(t.participant.c.id).where(t.participant.c.session_id == session_id))]
    for seat in seats:
        conn.execute(update(t.participant).where(t.participant.c.id == seat).values(token_hash=f"gone-{token_hex(16)}"))
    conn.execute(update(t.item).where(t.item.c.session_id == session_id).values(owner_key=None, note_id=None))
    return len(seats)


def erase_raw(conn: Connection, session_id: str, keep: Collection[str]) -> int:
    """Empty the texts of the room's notes of a session but those in ``keep``, and every earlier form of all of them.

    What stays is a tombstone: kind, environments, counts, so that the chain and the totals stay whole.
    Returns how many texts went.
    """
    rows = conn.execute(
        select(t.item.c.id, t.item.c.text).where(t.item.c.session_id == session_id, t.item.c.source != "desk")
    ).all()
    erased = 0
    for row in rows:
        versions = conn.execute(select(t.item_version).where(t.item_version.c.item_id == row.id)).all()
        if versions:
            conn.execute(delete(t.item_version).where(t.item_version.c.item_id == row.id))
        if row.id not in keep and row.text:
            conn.execute(update(t.item).where(t.item.c.id == row.id).values(**emptied(), state=ItemState.WITHDRAWN))
            erased += 1
    return erased
