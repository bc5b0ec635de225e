# ruff: noqa: S608 - the only thing put into these statements is the mark for a parameter
"""Who is in a room and how far it is, by hand: what is read for every phone and after every batch of votes.

The tables are those of ``schema``; see :mod:`workshop.store.by_hand` for why SQLAlchemy does not build these.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from workshop.store.by_hand import AnyConn, ask, ask_one, changes_one, in_parts, mark_of


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant as the vote path needs one. ``is_away``: left, and comes back by voting."""

    id: str
    session_id: str
    group_id: str | None
    organisation: str | None
    is_away: bool
    is_removed: bool


def seats(conn: AnyConn, token_hashes: Collection[str]) -> dict[tuple[str, str], Seat]:
    """Participants of any session with these tokens, by (session id, token hash)."""
    mark = mark_of(conn)
    found: dict[tuple[str, str], Seat] = {}
    for part in in_parts(token_hashes):
        marks = ",".join([mark] * len(part))
        rows = ask(
            conn,
            "SELECT id, session_id, token_hash, group_id, organisation, left_at, removed_at "
            f"FROM participant WHERE token_hash IN ({marks})",
            part,
        )
        for row in rows:
            found[row[1], row[2]] = Seat(row[0], row[1], row[3], row[4], row[5] is not None, row[6] is not None)
    return found


def come_back(conn: AnyConn, participant_id: str) -> bool:
    """Count somebody in again who left; False when they never left."""
    return changes_one(
        conn,
        f"UPDATE participant SET left_at = NULL WHERE id = {mark_of(conn)} AND left_at IS NOT NULL",
        (participant_id,),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody in a room, with how far the room is."""

    group: str | None
    is_removed: bool
    revision: int


def place_of(conn: AnyConn, session_id: str, token_hash: str) -> Place | None:
    """Where this token sits in a session, and the session's revision; None when it never came in."""
    mark = mark_of(conn)
    row = ask_one(
        conn,
        "SELECT g.name, p.removed_at, s.revision FROM participant p JOIN session s ON s.id = p.session_id "
        "LEFT JOIN stakeholder_group g ON g.id = p.group_id "
        f"WHERE p.session_id = {mark} AND p.token_hash = {mark}",
        (session_id, token_hash),
    )
    return Place(row[0], row[1] is not None, row[2]) if row is not None else None


def revisions(conn: AnyConn, session_id: str) -> tuple[int, int] | None:
    """(revision, stage revision) of a session."""
    row = ask_one(conn, f"SELECT revision, stage_revision FROM session WHERE id = {mark_of(conn)}", (session_id,))
    return (row[0], row[1]) if row is not None else None


def has_notes(conn: AnyConn, owner_key: bytes) -> bool:
    """Whether anything was written under this owner key."""
    return bool(ask(conn, f"SELECT 1 FROM item WHERE owner_key = {mark_of(conn)} LIMIT 1", (owner_key,)))


def count_notes(conn: AnyConn, session_id: str) -> dict[str, int]:
    """Items of a session per state."""
    return dict(
        ask(conn, f"SELECT state, count(*) FROM item WHERE session_id = {mark_of(conn)} GROUP BY state", (session_id,))
    )
