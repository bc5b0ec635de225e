# ruff: noqa: S608 - the only thing put into these statements is the mark for a parameter and names from this file
"""The statements of the vote path and of a phone's page, as the drivers take them.

Everywhere else SQLAlchemy builds the SQL. Here a batch is often a single vote, and building, keying and wrapping the
statements cost more than running them (``make bench``; see docs/performance.md), so they go to the driver's own cursor, in
the transaction that SQLAlchemy opened. The tables are those of ``schema``; a test compares the answers with what SQLAlchemy
reads.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from workshop.domain.ballots import Ballot
from workshop.domain.moves import StepState

#: Most values in one list of parameters.
PART = 500


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant as the vote path needs one. ``is_away``: left, and comes back by voting."""

    id: str
    session_id: str
    group_id: str | None
    organisation: str | None
    is_away: bool
    is_removed: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """What a running round holds under a key. ``answers`` is canonical JSON."""

    answers: str
    is_complete: bool
    ballot_id: str | None
    change: int


@dataclass(frozen=True, slots=True)
class Count:
    """Ballots of a round: complete, all, and entered from paper."""

    complete: int
    all: int
    paper: int


def _rows(conn: Connection, statement: str, values: Sequence[Any]) -> list[Any]:
    cursor = conn.connection.cursor()
    try:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def _row(conn: Connection, statement: str, values: Sequence[Any]) -> Any:
    found = _rows(conn, statement, values)
    return found[0] if found else None


def _mark(conn: Connection) -> str:
    return "?" if conn.dialect.name == "sqlite" else "%s"


def _parts(values: Collection[Any]) -> list[list[Any]]:
    listed = list(values)
    return [listed[at : at + PART] for at in range(0, len(listed), PART)]


def lock_states(conn: Connection, round_ids: Collection[str]) -> dict[str, StepState]:
    """The state of rounds; none of them can stop until this transaction ends (SQLite: the write lock is held already)."""
    mark, share = _mark(conn), "" if conn.dialect.name == "sqlite" else " FOR SHARE"
    states: dict[str, StepState] = {}
    for round_id in sorted(round_ids):
        _queue(conn, round_id, "_shared")
        row = _row(conn, f"SELECT state FROM round WHERE id = {mark}{share}", (round_id,))
        if row is not None:
            states[round_id] = StepState(row[0])
    return states


def hold_voting(conn: Connection, round_id: str) -> None:
    """Wait for the votes that are being written in a round, and keep later ones waiting until this transaction ends."""
    _queue(conn, round_id, "")


def _queue(conn: Connection, round_id: str, how: str) -> None:
    """Stand in line for a round. Row locks have no line: who shares one goes before who waits to change the row, so that
    several processes that go on voting could keep a stop waiting for as long as they like.
    """
    if conn.dialect.name != "sqlite":
        _rows(conn, f"SELECT pg_advisory_xact_lock{how}(hashtextextended(%s, 0))", (round_id,))


def seats(conn: Connection, token_hashes: Collection[str]) -> dict[tuple[str, str], Seat]:
    """Participants of any session with these tokens, by (session id, token hash)."""
    mark = _mark(conn)
    found: dict[tuple[str, str], Seat] = {}
    for part in _parts(token_hashes):
        marks = ",".join([mark] * len(part))
        rows = _rows(
            conn,
            "SELECT id, session_id, token_hash, group_id, organisation, left_at, removed_at "
            f"FROM participant WHERE token_hash IN ({marks})",
            part,
        )
        for row in rows:
            found[row[1], row[2]] = Seat(row[0], row[1], row[3], row[4], row[5] is not None, row[6] is not None)
    return found


def stored_by_key(conn: Connection, round_id: str, keys: Sequence[bytes]) -> dict[bytes, Stored]:
    """The ballots that a running round already holds for these keys."""
    mark = _mark(conn)
    found: dict[bytes, Stored] = {}
    for part in _parts(keys):
        marks = ",".join([mark] * len(part))
        rows = _rows(
            conn,
            "SELECT key, answers, is_complete, ballot_id, change FROM cast_ballot "
            f"WHERE round_id = {mark} AND key IN ({marks})",
            [round_id, *part],
        )
        for row in rows:
            found[bytes(row[0])] = Stored(row[1], bool(row[2]), row[3], row[4])
    return found


_COLUMNS = (
    "round_id", "key", "group_label", "organisation", "answers", "is_complete", "source", "entered_by", "ballot_id", "change",
)  # fmt: skip

#: A late retry (older change) must not undo a newer one; the same change with other answers is a second tab.
_NEWER = (
    "excluded.change > cast_ballot.change OR "
    "(excluded.change = cast_ballot.change AND excluded.answers <> cast_ballot.answers)"
)


def put(conn: Connection, rows: Sequence[dict[str, Any]]) -> bool:
    """Insert or replace ballots of running rounds. The caller holds their rounds (:func:`lock_states`).

    Returns:
        False when another process stored a newer one meanwhile, so that not all of these are what is stored now.
    """
    if not rows:
        return True
    changing = ("answers", "is_complete", "ballot_id", "change", "group_label", "organisation")
    statement = (
        f"INSERT INTO cast_ballot ({', '.join(_COLUMNS)}) VALUES ({', '.join([_mark(conn)] * len(_COLUMNS))}) "
        f"ON CONFLICT (round_id, key) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in changing)} WHERE {_NEWER}"
    )
    # In one order everywhere: two processes with ballots of the same devices would else wait for each other.
    in_order = sorted(rows, key=lambda row: (row["round_id"], row["key"]))
    cursor = conn.connection.cursor()
    try:
        cursor.executemany(statement, [tuple(row[c] for c in _COLUMNS) for row in in_order])
        return bool(cursor.rowcount == len(rows))
    finally:
        cursor.close()


def count_complete(conn: Connection, round_id: str) -> int:
    """The complete ballots of a running round. Counted, never kept as a running total."""
    mark = _mark(conn)
    row = _row(conn, f"SELECT count(*) FROM cast_ballot WHERE round_id = {mark} AND is_complete", (round_id,))
    return int(row[0])


def count_running(conn: Connection, round_id: str) -> Count:
    """Count the ballots of a running round. Counted, never kept as a running total."""
    mark = _mark(conn)
    row = _row(
        conn,
        "SELECT count(*), count(CASE WHEN is_complete THEN 1 END), count(CASE WHEN source = 'paper' THEN 1 END) "
        f"FROM cast_ballot WHERE round_id = {mark}",
        (round_id,),
    )
    return Count(row[1], row[0], row[2])


# -- what is read for every phone and after every batch -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody in a room, with how far the room is."""

    group: str | None
    is_removed: bool
    revision: int


def place_of(conn: Connection, session_id: str, token_hash: str) -> Place | None:
    """Where this token sits in a session, and the session's revision; None when it never came in."""
    mark = _mark(conn)
    row = _row(
        conn,
        "SELECT g.name, p.removed_at, s.revision FROM participant p JOIN session s ON s.id = p.session_id "
        "LEFT JOIN stakeholder_group g ON g.id = p.group_id "
        f"WHERE p.session_id = {mark} AND p.token_hash = {mark}",
        (session_id, token_hash),
    )
    return Place(row[0], row[1] is not None, row[2]) if row is not None else None


def revisions(conn: Connection, session_id: str) -> tuple[int, int] | None:
    """(revision, stage revision) of a session."""
    row = _row(conn, f"SELECT revision, stage_revision FROM session WHERE id = {_mark(conn)}", (session_id,))
    return (row[0], row[1]) if row is not None else None


def has_notes(conn: Connection, owner_key: bytes) -> bool:
    """Whether anything was written under this owner key."""
    return bool(_rows(conn, f"SELECT 1 FROM item WHERE owner_key = {_mark(conn)} LIMIT 1", (owner_key,)))


def count_present(conn: Connection, session_id: str) -> int:
    """People in the room now."""
    row = _row(
        conn,
        f"SELECT count(*) FROM participant WHERE session_id = {_mark(conn)} AND left_at IS NULL AND removed_at IS NULL",
        (session_id,),
    )
    return int(row[0])


def left_after_voting(conn: Connection, round_id: str) -> int:
    """People who are away and whose ballot in this round is complete."""
    row = _row(conn, f"SELECT left_after_voting FROM round WHERE id = {_mark(conn)}", (round_id,))
    return int(row[0]) if row is not None else 0


def count_notes(conn: Connection, session_id: str) -> dict[str, int]:
    """Items of a session per state."""
    return dict(
        _rows(conn, f"SELECT state, count(*) FROM item WHERE session_id = {_mark(conn)} GROUP BY state", (session_id,))
    )


@lru_cache(maxsize=4096)
def _ballot(answers: str, is_complete: bool, group: str | None, organisation: str | None, source: str) -> Ballot:
    """People choose alike: most ballots of a round are one of a few, so they are read once."""
    return Ballot(json.loads(answers), is_complete, group, organisation, source == "paper")


def running(conn: Connection, round_id: str) -> list[Ballot]:
    """The ballots of a running round, for the live tally of an open step. Ballots that are alike are one object."""
    alike = "answers, is_complete, group_label, organisation, source"
    rows = _rows(
        conn,
        f"SELECT {alike}, count(*) FROM cast_ballot WHERE round_id = {_mark(conn)} GROUP BY {alike}",
        (round_id,),
    )
    found: list[Ballot] = []
    for answers, is_complete, group, organisation, source, times in rows:
        found += [_ballot(answers, bool(is_complete), group, organisation, source)] * times
    return found
