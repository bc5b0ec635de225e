"""Ballots: keyed while a round runs, keyless once it stopped. One row per participant per round by the primary key."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from secrets import token_bytes
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from workshop.domain.evening.ballots import Ballot
from workshop.domain.evening.groups import labels_to_keep
from workshop.store import schema as t
from workshop.store.engine import Store

log = logging.getLogger(__name__)

#: A database file up to this size, in bytes, is rewritten whole when a round stops.
VACUUM_BELOW = 64 * 1024 * 1024


def count(conn: Connection, round_id: str) -> tuple[int, int, int]:
    """(complete, all, on paper) ballots of a round, running or stopped. Counted, never kept as a running total."""
    total = [0, 0, 0]
    for table in (t.cast_ballot, t.ballot):
        row = conn.execute(
            select(
                func.count(),
                func.count().filter(table.c.is_complete.is_(True)),
                func.count().filter(table.c.source == "paper"),
            ).where(table.c.round_id == round_id)
        ).one()
        total = [total[0] + row[1], total[1] + row[0], total[2] + row[2]]
    return total[0], total[1], total[2]


def _as_ballot(row: Any) -> Ballot:
    return Ballot(json.loads(row.answers), row.is_complete, row.group_label, row.organisation, row.source == "paper")


def final(conn: Connection, round_id: str) -> list[Ballot]:
    """The ballots of a stopped round, in the order of their random ids."""
    table = t.ballot
    return [_as_ballot(r) for r in conn.execute(select(table).where(table.c.round_id == round_id).order_by(table.c.id))]


def strip_keys(conn: Connection, round_id: str, *, folds_groups: bool) -> None:
    """Move a round's ballots to where they have no key: new random ids, written in the order of those ids.

    With ``folds_groups`` (a secret step) a group of fewer than k ballots is kept with the others, and when those are
    too few as well no ballot keeps its group: one shopkeeper who came late must not stand alone in the database either.
    """
    rows = conn.execute(select(t.cast_ballot).where(t.cast_ballot.c.round_id == round_id)).all()
    label_to_keep = labels_to_keep(row.group_label for row in rows) if folds_groups else None
    kept = ("organisation", "answers", "is_complete", "source", "entered_by")
    fresh = sorted(
        (
            {
                "round_id": round_id,
                "id": token_bytes(16),
                "group_label": label_to_keep[row.group_label] if label_to_keep else row.group_label,
                **{name: getattr(row, name) for name in kept},
            }
            for row in rows
        ),
        key=lambda row: row["id"],
    )
    conn.execute(delete(t.cast_ballot).where(t.cast_ballot.c.round_id == round_id))
    if fresh:
        conn.execute(insert(t.ballot), fresh)


def add_final(conn: Connection, **values: Any) -> None:
    """Add one ballot (from paper) to a round that stopped and was not shown yet."""
    conn.execute(insert(t.ballot).values(**values))


def paper(conn: Connection, round_id: str) -> list[tuple[bytes, str | None, str | None, str, bool]]:
    """The ballots on paper of a round: (reference, group label, organisation, answers as JSON, complete)."""
    found = []
    for table, ref in ((t.cast_ballot, t.cast_ballot.c.key), (t.ballot, t.ballot.c.id)):
        rows = conn.execute(
            select(ref, table.c.group_label, table.c.organisation, table.c.answers, table.c.is_complete)
            .where(table.c.round_id == round_id, table.c.source == "paper")
            .order_by(ref)
        )
        found += [(bytes(r[0]), r[1], r[2], r[3], r[4]) for r in rows]
    return found


def remove_paper(conn: Connection, round_id: str, reference: bytes) -> bool:
    """Take one ballot on paper out again. False when there is none with this reference."""
    for table, ref in ((t.cast_ballot, t.cast_ballot.c.key), (t.ballot, t.ballot.c.id)):
        gone = conn.execute(
            delete(table).where(table.c.round_id == round_id, ref == bindparam("ref"), table.c.source == "paper"),
            {"ref": reference},
        )
        if gone.rowcount:
            return True
    return False


def forget_order(store: Store) -> None:
    """After a round stopped: leave nothing on disk that tells in which order people voted (house ruling 2).

    SQLite: rewrite the file (when it is small enough to do so in a moment; otherwise ``secure_delete`` has already
    overwritten the freed cells) and truncate the write-ahead log. PostgreSQL: rewrite the table of running rounds, so
    that no dead row with a transaction number stays behind. A failure is logged, not raised: the round has stopped.
    """
    try:
        if not store.is_sqlite:
            store.outside_transaction("VACUUM (FULL) cast_ballot")
            return
        path = Path(store.engine.url.database or "")
        is_small = path.is_file() and path.stat().st_size <= VACUUM_BELOW
        *_vacuum, checkpoint = store.outside_transaction(
            *(["VACUUM"] if is_small else []), "PRAGMA wal_checkpoint(TRUNCATE)"
        )
        if checkpoint is not None and checkpoint[0]:
            log.warning("somebody was reading, so the log was not emptied; it is when the next round stops")
        store.make_room_in_log()
    except Exception:
        log.exception("could not rewrite the ballots' place on disk; tried again when the next round stops")
