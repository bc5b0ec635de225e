"""How many count for a round that runs: who is here, and who answered and then left.

«22 van de 25» stays true when somebody votes and goes home: their ballot counts, so they do. A round only holds how many
there are. Who, is known for the moment of leaving or coming back alone, through the token in the own cookie; no row ties a
ballot to a person.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable
from datetime import datetime

from workshop.domain.roles import Participant
from workshop.store import Conn, rooms, seats, vote_path
from workshop.store.by_hand import AnyConn


def ballot_key(token: str, round_id: str) -> bytes:
    """The key under which a running round holds somebody's ballot: HMAC-SHA-256 of the round under the cookie's token."""
    return hmac.digest(token.encode("utf-8", "surrogatepass"), round_id.encode(), "sha256")[:16]


def go_away(conn: Conn, person: Participant, at: datetime) -> None:
    """Take somebody out of the room; a complete ballot in a running round keeps them in the count of that round."""
    running = _hold(conn, vote_path.open_rounds(conn, person.session_id))
    if rooms.go_away(conn, person.participant_id, at):
        _count(conn, running, person.token, 1)


def hold_for_return(conn: AnyConn, token_hashes: Iterable[str], round_ids: Collection[str]) -> None:
    """Take what :func:`come_back` changes before any seat or round is locked: when one of these people is away, the running
    rounds of their sessions and ``round_ids`` are held alone. Without this two processes could wait for each other.
    """
    if vote_path.writes_alone(conn):
        return
    assert isinstance(conn, Conn)  # a hand of our own writes alone
    away = {seat.session_id for seat in seats.seats(conn, set(token_hashes)).values() if seat.is_away}
    if away:
        _hold(conn, {*round_ids, *(r for session_id in away for r in vote_path.open_rounds(conn, session_id))})


def come_back(conn: AnyConn, seat: seats.Seat, token: str) -> None:
    """Count somebody in again who is away. The caller called :func:`hold_for_return` first."""
    if seats.come_back(conn, seat.id):
        _count(conn, vote_path.open_rounds(conn, seat.session_id), token, -1)


def _hold(conn: Conn, round_ids: Collection[str]) -> list[str]:
    held = sorted(round_ids)
    for round_id in held:
        vote_path.hold_voting(conn, round_id)
        rooms.round_(conn, round_id, lock=True)
    return held


def _count(conn: AnyConn, round_ids: Collection[str], token: str, by: int) -> None:
    for round_id in round_ids:
        key = ballot_key(token, round_id)
        stored = vote_path.stored_by_key(conn, round_id, [key]).get(key)
        if stored is not None and stored.is_complete:
            vote_path.count_left_after_voting(conn, round_id, by)
