"""The journal: append only, chained by hash, one chain per wijkplan.

A line holds the six fields of BIO2 8.15.01: action, object, result, origin, actor, time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from workshop.store import schema

_FIRST = "0" * 64


def _digest(previous: str, row: Mapping[str, Any]) -> str:
    told = {key: row[key] for key in ("chain", "number", "actor", "action", "object", "result", "origin", "details")}
    told["at"] = row["at"].isoformat()
    body = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}{body}".encode()).hexdigest()


def append(
    conn: Connection,
    *,
    chain: str,
    at: datetime,
    actor: str,
    action: str,
    what: str,
    result: str,
    details: Mapping[str, Any],
    origin: str = "app",
) -> None:
    """Add one line. The caller holds the lock of the chain (the wijkplan's row), so numbers cannot collide."""
    table = schema.journal
    last = conn.execute(
        select(table.c.number, table.c.digest).where(table.c.chain == chain).order_by(table.c.number.desc()).limit(1)
    ).first()
    row: dict[str, Any] = {
        "chain": chain,
        "number": last.number + 1 if last else 1,
        "at": at,
        "actor": actor,
        "action": action,
        "object": what,
        "result": result,
        "origin": origin,
        "details": dict(details),
    }
    previous = last.digest if last else _FIRST
    conn.execute(insert(table).values(**row, previous=previous, digest=_digest(previous, row)))


def first_broken_line(conn: Connection, chain: str) -> int | None:
    """The number of the first line that does not fit its chain, or None when the whole chain is whole."""
    table = schema.journal
    previous, expected = _FIRST, 1
    for row in conn.execute(select(table).where(table.c.chain == chain).order_by(table.c.number)):
        values = dict(row._mapping)
        if (
            values["number"] != expected
            or values["previous"] != previous
            or values["digest"] != _digest(previous, values)
        ):
            return int(values["number"])
        previous, expected = values["digest"], expected + 1
    return None
