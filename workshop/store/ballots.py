"""Ballots: keyed while a round runs, keyless once it stopped. One row per participant per round by the primary key."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select
from sqlalchemy.dialects.postgresql import insert as insert_postgres
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from workshop.domain.ballots import Ballot
from workshop.domain.moves import StepState
from workshop.store import schema as t
from workshop.store.engine import Store

log = logging.getLogger(__name__)

#: A database file up to this size, in bytes, is rewritten whole when a round stops.
VACUUM_BELOW = 64 * 1024 * 1024


@dataclass(frozen=True)
class Stored:
    """What a running round holds under a key."""

    answers: str
    is_complete: bool
    ballot_id: str | None
    change: int


def lock_states(conn: Connection, round_ids: Collection[str]) -> dict[str, StepState]:
    """The state of rounds; none of them can stop until this transaction ends."""
    query = select(t.round.c.id, t.round.c.state).where(t.round.c.id.in_(list(round_ids))).order_by(t.round.c.id)
    return {row.id: StepState(row.state) for row in conn.execute(query.with_for_update(read=True))}


def stored_by_key(conn: Connection, round_id: str, keys: Sequence[bytes]) -> dict[bytes, Stored]:
    """The ballots that a running round already holds for these keys."""
    table = t.cast_ballot
    found: dict[bytes, Stored] = {}
    for at in range(0, len(keys), 500):
        rows = conn.execute(
            select(table.c.key, table.c.answers, table.c.is_complete, table.c.ballot_id, table.c.change).where(
                table.c.round_id == round_id, table.c.key.in_(list(keys[at : at + 500]))
            )
        )
        found.update({bytes(r.key): Stored(r.answers, r.is_complete, r.ballot_id, r.change) for r in rows})
    return found


def _upsert(dialect: str) -> Any:
    table = t.cast_ballot
    statement = (insert_sqlite if dialect == "sqlite" else insert_postgres)(table)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[table.c.round_id, table.c.key],
        set_={name: new[name] for name in ("answers", "is_complete", "ballot_id", "change", "group_label", "organisation")},
        # A late retry (older change) must not undo a newer one; the same change with other answers is a second tab.
        where=or_(new.change > table.c.change, and_(new.change == table.c.change, new.answers != table.c.answers)),
    )


_UPSERT = {dialect: _upsert(dialect) for dialect in ("sqlite", "postgresql")}


def put(conn: Connection, rows: list[dict[str, Any]]) -> None:
    """Insert or replace ballots of running rounds. The caller holds their rounds (:func:`lock_states`)."""
    if rows:
        conn.execute(_UPSERT[conn.dialect.name], rows)


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


def running(conn: Connection, round_id: str) -> list[Ballot]:
    """The ballots of a running round (for the live tally of an open step)."""
    return [_as_ballot(r) for r in conn.execute(select(t.cast_ballot).where(t.cast_ballot.c.round_id == round_id))]


def final(conn: Connection, round_id: str) -> list[Ballot]:
    """The ballots of a stopped round, in the order of their random ids."""
    table = t.ballot
    return [_as_ballot(r) for r in conn.execute(select(table).where(table.c.round_id == round_id).order_by(table.c.id))]


def strip_keys(conn: Connection, round_id: str) -> None:
    """Move a round's ballots to where they have no key: new random ids, written in the order of those ids."""
    rows = conn.execute(select(t.cast_ballot).where(t.cast_ballot.c.round_id == round_id)).all()
    kept = ("group_label", "organisation", "answers", "is_complete", "source", "entered_by")
    fresh = sorted(
        ({"round_id": round_id, "id": token_bytes(16), **{name: getattr(row, name) for name in kept}} for row in rows),
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
        store.outside_transaction(*(["VACUUM"] if is_small else []), "PRAGMA wal_checkpoint(TRUNCATE)")
    except Exception:
        log.exception("could not rewrite the ballots' place on disk; tried again when the next round stops")
