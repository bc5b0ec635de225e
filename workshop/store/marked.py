"""What was read of a wijkplan, kept for as long as it stands there so: per database, wijkplan and mark (ADR 0017).

The mark is read in the same transaction as what is kept under it, and only in a transaction that reads: what a write sees
before it commits may never have been.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, func, select

from workshop.store import schema as t

Value = TypeVar("Value")
Mark = tuple[int, int, int]

#: So many things are kept of one database; what was asked for longest ago goes first.
MOST = 24

_lock = threading.Lock()
_kept: WeakKeyDictionary[Engine, OrderedDict[tuple[str, ...], tuple[Mark, Any]]] = WeakKeyDictionary()


def mark_of(conn: Connection, wijkplan_id: str) -> Mark:
    """What changes with everything that is kept: the revision of the wijkplan, those of its sessions together, and how many
    items there are (a note from a phone raises no revision). Who is in the room and names of accounts are in no mark.
    """
    of_sessions = select(func.coalesce(func.sum(t.session.c.revision), 0)).where(t.session.c.wijkplan_id == wijkplan_id)
    of_items = select(func.count()).select_from(t.item).where(t.item.c.wijkplan_id == wijkplan_id)
    revision = select(t.wijkplan.c.revision).where(t.wijkplan.c.id == wijkplan_id)
    asked = select(revision.scalar_subquery(), of_sessions.scalar_subquery(), of_items.scalar_subquery())
    found = conn.execute(asked).one()
    return (int(found[0] or 0), int(found[1]), int(found[2]))


def keep(conn: Connection, what: str, wijkplan_id: str, within: str, read: Callable[[], Value]) -> Value:
    """What ``read`` gave before, if nothing changed since; else what it gives now.

    Args:
        conn: a transaction that reads.
        what: the name of what is kept; with ``wijkplan_id`` and ``within`` the key.
    """
    key, mark = (what, wijkplan_id, within), mark_of(conn, wijkplan_id)
    with _lock:
        held = _kept.setdefault(conn.engine, OrderedDict())
        found = held.get(key)
        if found is not None:
            held.move_to_end(key)
    if found is not None and found[0] == mark:
        value: Value = found[1]
        return value
    value = read()
    with _lock:
        held[key] = (mark, value)
        while len(held) > MOST:
            held.popitem(last=False)
    return value
