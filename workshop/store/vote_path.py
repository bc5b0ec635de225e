# ruff: noqa: S608 - the only thing put into these statements is the mark for a parameter and names from this file
"""The statements of the vote path, as the drivers take them: see :mod:`workshop.store.by_hand`.

Only `workshop/actions/evening/votes` asks them (tests/rules/test_imports.py). The tables are those of ``schema``; a test
compares the answers with what SQLAlchemy reads.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from workshop.domain.evening.ballots import Ballot
from workshop.domain.evening.groups import OTHERS
from workshop.domain.evening.moves import StepState
from workshop.store.by_hand import AnyConn, ask, ask_one, changes_one, in_parts, in_portions, mark_of, marks_of
from workshop.store.seats import Seat


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


def lock_rounds(conn: AnyConn, round_ids: Collection[str]) -> dict[str, StepState]:
    """States of rounds that cannot stop until this transaction ends (SQLite: the write lock is held already)."""
    mark, share = mark_of(conn), "" if conn.dialect.name == "sqlite" else " FOR SHARE"
    found: dict[str, StepState] = {}
    for round_id in sorted(round_ids):
        _queue(conn, round_id, "_shared")
        row = ask_one(conn, f"SELECT state FROM round WHERE id = {mark}{share}", (round_id,))
        if row is not None:
            found[round_id] = StepState(row[0])
    return found


def writes_alone(conn: AnyConn) -> bool:
    """Whether nobody else can commit anything until this transaction ends, so that all it reads is of one moment."""
    return bool(conn.dialect.name == "sqlite")


def hold_voting(conn: AnyConn, round_id: str) -> None:
    """Wait for the votes that are being written in a round, and keep later ones waiting until this transaction ends."""
    _queue(conn, round_id, "")


def _queue(conn: AnyConn, round_id: str, how: str) -> None:
    """Stand in line for a round. Row locks have no line: who shares one goes before who waits to change the row, so that
    several processes that go on voting could keep a stop waiting for as long as they like.
    """
    if conn.dialect.name != "sqlite":
        ask(conn, f"SELECT pg_advisory_xact_lock{how}(hashtextextended(%s, 0))", (round_id,))


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose seat and ballot are looked for."""

    session_id: str
    token_hash: str
    round_id: str
    key: bytes


def seats_and_ballots(conn: AnyConn, asked: Sequence[Asked]) -> list[tuple[Seat | None, Stored | None]]:
    """For each of ``asked``, in order: the participant, and the ballot that a running round holds under the key."""
    mark = mark_of(conn)
    found: list[tuple[Seat | None, Stored | None]] = []
    for part in in_portions(asked):
        rows = ask(
            conn,
            f"WITH v(n, session_id, token_hash, round_id, key) AS (VALUES {marks_of(mark, 5, len(part))}) "
            "SELECT p.id, p.session_id, p.group_id, p.organisation, p.left_at, p.removed_at, "
            "b.answers, b.is_complete, b.ballot_id, b.change FROM v "
            "LEFT JOIN participant p ON p.session_id = v.session_id AND p.token_hash = v.token_hash "
            "LEFT JOIN cast_ballot b ON b.round_id = v.round_id AND b.key = v.key ORDER BY v.n",
            [x for n, a in enumerate(part) for x in (n, a.session_id, a.token_hash, a.round_id, a.key)],
        )
        for row in rows:
            seat = None
            if row[0] is not None:
                seat = Seat(row[0], row[1], row[2], row[3], row[4] is not None, row[5] is not None)
            found.append((seat, Stored(row[6], bool(row[7]), row[8], row[9]) if row[6] is not None else None))
    return found


def stored_by_key(conn: AnyConn, round_id: str, keys: Sequence[bytes]) -> dict[bytes, Stored]:
    """The ballots that a running round already holds for these keys."""
    mark = mark_of(conn)
    found: dict[bytes, Stored] = {}
    for part in in_parts(keys):
        marks = ",".join([mark] * len(part))
        rows = ask(
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

_CHANGING = ", ".join(
    f"{c} = excluded.{c}" for c in ("answers", "is_complete", "ballot_id", "change", "group_label", "organisation")
)

#: A late retry (older change) must not undo a newer one; the same change with other answers is a second tab.
_NEWER = (
    "excluded.change > cast_ballot.change OR "
    "(excluded.change = cast_ballot.change AND excluded.answers <> cast_ballot.answers)"
)


def put(conn: AnyConn, rows: Sequence[dict[str, Any]]) -> bool:
    """Insert or replace ballots of running rounds, one per key. The caller holds their rounds (:func:`lock_rounds`).

    Returns:
        False when another process stored a newer one meanwhile, so that not all of these are what is stored now.
    """
    # In one order everywhere: two processes with ballots of the same devices would else wait for each other.
    in_order = sorted(rows, key=lambda row: (row["round_id"], row["key"]))
    mark, stored = mark_of(conn), 0
    cursor = conn.connection.cursor()
    try:
        for part in in_portions(in_order):
            cursor.execute(_put_statement(mark, len(part)), [row[c] for row in part for c in _COLUMNS])
            stored += cursor.rowcount
    finally:
        cursor.close()
    return stored == len(rows)


def _put_statement(mark: str, rows: int) -> str:
    return (
        f"INSERT INTO cast_ballot ({', '.join(_COLUMNS)}) VALUES {marks_of(mark, len(_COLUMNS), rows)} "
        f"ON CONFLICT (round_id, key) DO UPDATE SET {_CHANGING} WHERE {_NEWER}"
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """A ballot from a phone, with whom it says it is from. ``answers`` is canonical JSON."""

    session_id: str
    token_hash: str
    round_id: str
    key: bytes
    shows_organisation: bool
    answers: str
    is_complete: bool
    ballot_id: str
    change: int


Labels = tuple[str | None, str | None]
"""Group label and organisation as stored with a ballot."""


def put_at_once(conn: AnyConn, sent: Sequence[Sent]) -> list[Labels] | None:
    """Store ballots whose round is open, whose sender is in the room and that are newer than what is there: one statement
    that asks and does it (assurance T14). SQLite only; each key at most once.

    Returns:
        the labels of each, in the order of ``sent``; None when one or more were not
        stored, and it is still to be found out which and why.
    """
    stored: dict[bytes, Labels] = {}
    for part in in_portions(sent):
        values = [value for each in part for value in _in_order(each)]
        stored.update((bytes(row[0]), (row[1], row[2])) for row in ask(conn, _at_once(len(part)), values))
    return [stored[each.key] for each in sent] if len(stored) == len(sent) else None


_in_order = attrgetter(*Sent.__slots__)


@lru_cache(maxsize=16)
def _at_once(rows: int) -> str:
    # The senders come first in the join: they are few, and seat and round of each are found by their keys.
    return (
        f"WITH v({', '.join(Sent.__slots__)}) AS (VALUES {marks_of('?', len(Sent.__slots__), rows)}) "
        f"INSERT INTO cast_ballot ({', '.join(_COLUMNS)}) "
        "SELECT v.round_id, v.key, "
        f"coalesce((SELECT value FROM json_each(round.folding) WHERE key = participant.group_id), '{OTHERS}'), "
        "CASE WHEN v.shows_organisation THEN participant.organisation END, "
        "v.answers, v.is_complete, 'phone', NULL, v.ballot_id, v.change FROM v "
        f"CROSS JOIN round ON round.id = v.round_id AND round.state = '{StepState.OPEN.value}' "
        "CROSS JOIN participant ON participant.session_id = v.session_id AND participant.token_hash = v.token_hash "
        "AND participant.left_at IS NULL AND participant.removed_at IS NULL WHERE true "
        f"ON CONFLICT (round_id, key) DO UPDATE SET {_CHANGING} WHERE {_NEWER} "
        "RETURNING key, group_label, organisation"
    )


def count_running(conn: AnyConn, round_id: str) -> Count:
    """Count the ballots of a running round. Counted, never kept as a running total."""
    mark = mark_of(conn)
    row = ask_one(
        conn,
        "SELECT count(*), count(CASE WHEN is_complete THEN 1 END), count(CASE WHEN source = 'paper' THEN 1 END) "
        f"FROM cast_ballot WHERE round_id = {mark}",
        (round_id,),
    )
    return Count(row[1], row[0], row[2])


# -- coming back ----------------------------------------------------------------------------------------------------------


def open_rounds(conn: AnyConn, session_id: str) -> list[str]:
    """Ids of the rounds of a session that run now, in one order everywhere, so that who holds several never waits in a ring."""
    mark = mark_of(conn)
    rows = ask(
        conn,
        "SELECT r.id FROM round r JOIN step s ON r.step_id = s.id "
        f"WHERE s.session_id = {mark} AND r.state = {mark} ORDER BY r.id",
        (session_id, StepState.OPEN.value),
    )
    return [row[0] for row in rows]


def count_left_after_voting(conn: AnyConn, round_id: str, by: int) -> None:
    """One more (or one less) who is away and whose ballot in this running round is complete."""
    mark = mark_of(conn)
    changes_one(
        conn,
        f"UPDATE round SET left_after_voting = left_after_voting + {mark} "
        f"WHERE id = {mark} AND left_after_voting + {mark} >= 0",
        (by, round_id, by),
    )


def left_after_voting(conn: AnyConn, round_id: str) -> int:
    """People who are away and whose ballot in this round is complete."""
    row = ask_one(conn, f"SELECT left_after_voting FROM round WHERE id = {mark_of(conn)}", (round_id,))
    return int(row[0]) if row is not None else 0


class Kind(NamedTuple):
    """What ballots of a running round that are alike have in common; what is absent is empty."""

    answers: str
    is_complete: bool
    group: str
    organisation: str
    source: str


@lru_cache(maxsize=4096)
def ballot_of(kind: Kind, times: int) -> Ballot:
    """So many ballots that are alike, as they are counted."""
    return Ballot(
        json.loads(kind.answers),
        kind.is_complete,
        kind.group or None,
        kind.organisation or None,
        kind.source == "paper",
        times,
    )


def kind_of(sent: Sent, group: str | None, organisation: str | None) -> Kind:
    """A ballot from a phone as it was stored under this label."""
    return Kind(sent.answers, sent.is_complete, group or "", organisation or "", "phone")


_KIND = "answers, is_complete, coalesce(group_label, ''), coalesce(organisation, ''), source"


def running(conn: AnyConn, round_id: str) -> list[Ballot]:
    """The ballots of a running round, for the live tally of an open step; those that are alike are one with a number."""
    rows = ask(
        conn,
        f"SELECT {_KIND}, count(*) FROM cast_ballot WHERE round_id = {mark_of(conn)} GROUP BY 1, 2, 3, 4, 5",
        (round_id,),
    )
    kinds = sorted((Kind(answers, bool(complete), *rest), times) for answers, complete, *rest, times in rows)
    return [ballot_of(kind, times) for kind, times in kinds]


def kinds(conn: AnyConn, round_id: str) -> dict[bytes, Kind]:
    """Every ballot of a running round by its key. SQLite only."""
    # One row: at every row a statement gives way to the other threads.
    row = ask_one(
        conn, f"SELECT json_group_array(json_array(hex(key), {_KIND})) FROM cast_ballot WHERE round_id = ?", (round_id,)
    )
    return {
        bytes.fromhex(key): Kind(answers, bool(complete), *rest) for key, answers, complete, *rest in json.loads(row[0])
    }


def version(conn: AnyConn) -> int:
    """A number that is another one when somebody else changed the database since it was last asked. SQLite only."""
    return int(ask_one(conn, "PRAGMA data_version", ())[0])
