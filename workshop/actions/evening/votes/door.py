"""The door of the votes: taken in many at once, counted, and their tally. Nobody else asks the statements of the vote path.

Many ballots are one transaction, acknowledged only after the commit. Two ways lead to it: on SQLite one statement that asks
and stores (``at_once``); where that stores not all, and on PostgreSQL, each ballot is looked at (``one_by_one``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from threading import Lock
from typing import Any, Protocol

from workshop.actions.evening.votes.at_once import AtOnce
from workshop.actions.evening.votes.casts import (
    Answered,
    Cast,
    News,
    Reading,
    Receipt,
    Tally,
    canonical,
    read_cast,
    rule_of,
)
from workshop.actions.evening.votes.heads import ballot_key, come_back, go_away, hold_for_return
from workshop.actions.evening.votes.one_by_one import OneByOne
from workshop.domain.errors import NotFound, WorkshopError
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.questions import Question
from workshop.store import Conn, Store, vote_path
from workshop.store.by_hand import AnyConn
from workshop.store.engine import Change
from workshop.store.kept import kept
from workshop.store.vote_path import Count, Stored, hold_voting, left_after_voting
from workshop.store.vote_path import count_running as count
from workshop.store.vote_path import running as ballots_now
from workshop.werkvormen import werkvorm

__all__ = [
    "Cast",
    "Count",
    "News",
    "Receipt",
    "Stored",
    "Tally",
    "ballot_key",
    "ballots_now",
    "canonical",
    "cast",
    "cast_ballots",
    "come_back",
    "count",
    "enter_card",
    "go_away",
    "hold_for_return",
    "hold_voting",
    "left_after_voting",
    "own_ballot",
    "questions_of",
    "state_while_writing",
    "tally",
]  # fmt: skip


class Way(Protocol):
    """How one batch is stored."""

    def store(self, conn: AnyConn, read: list[Reading]) -> bool:
        """In the transaction; False when this way does not lead there, so that the next is tried in the same transaction."""

    def answer(self) -> Answered:
        """After the commit."""


def cast(store: Store, casts: Sequence[Cast]) -> tuple[list[Receipt | WorkshopError], list[News]]:
    """Store ballots, all in one transaction with one fsync. Returns after the commit: answers in the order given, in the
    language of this thread, and the news of every round.

    One ballot per participant per round by the primary key. The same ballot again changes nothing and gets the same
    answer; an older change gets the stored ballot back. A refusal of one leaves the others untouched.
    """
    answers: list[Receipt | WorkshopError | None] = [None] * len(casts)
    read: list[Reading] = []
    for at, each in enumerate(casts):
        try:
            read.append(read_cast(store, at, each))
        except WorkshopError as problem:
            answers[at] = problem
    answered = _store(store, read) if read else Answered([], [], [])
    for at, answer in answered.answers:
        answers[at] = answer
    for change in answered.changes:
        store.tell(change)
    return [answer if answer is not None else NotFound() for answer in answers], answered.news


def cast_ballots(store: Store, casts: Sequence[Cast]) -> list[Receipt | WorkshopError]:
    """The same for who is not the reception: a practice, a script. The screens are told to look for themselves."""
    answers, news = cast(store, casts)
    for each in news:
        store.tell(Change(each.session_id, "ballots"))
    return answers


@kept(1)
def _turn(store: Store) -> Lock:  # noqa: ARG001 - under which it is kept
    """What is kept of an open round follows the commits in their order."""
    return Lock()


def _store(store: Store, read: list[Reading]) -> Answered:
    ways: tuple[Way, ...] = (AtOnce(store), OneByOne(store)) if store.is_sqlite else (OneByOne(store),)
    with _turn(store) if store.is_sqlite else nullcontext():
        with store.write_by_hand() as conn:
            way = next(way for way in ways if way.store(conn, read))
        return way.answer()


def questions_of(store: Store, round_id: str) -> tuple[Question, ...]:
    """What a round asks, with the items that were frozen when it opened."""
    return rule_of(store, round_id).questions


def tally(store: Store, conn: Conn, round_id: str) -> Tally:
    """The tally of a running open step as it stands in this read.

    Raises:
        NotFound: no such round, or a secret one: its tally is nobody's before it is shown.
    """
    rule = rule_of(store, round_id)
    if rule.step.is_secret:
        raise NotFound()
    return werkvorm(rule.step.werkvorm).outcome(rule.context, ballots_now(conn, round_id))


def own_ballot(conn: Conn, round_id: str, token: str) -> Stored | None:
    """What a running round holds for who has this cookie."""
    key = ballot_key(token, round_id)
    return vote_path.stored_by_key(conn, round_id, [key]).get(key)


def state_while_writing(conn: Conn, round_id: str) -> StepState | None:
    """The state of a round, which cannot stop until this transaction ends; others may write in it meanwhile."""
    return vote_path.lock_rounds(conn, [round_id]).get(round_id)


def enter_card(conn: Conn, row: Mapping[str, Any], reference: bytes) -> None:
    """Put a ballot on paper among the running ones. The caller holds the round (:func:`hold_voting`)."""
    vote_path.put(conn, [{**row, "key": reference, "ballot_id": None, "change": 1}])
