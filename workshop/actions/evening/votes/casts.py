"""A ballot on its way in: what was sent, what it says, and what is told about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from workshop.actions.evening.steps import context_of
from workshop.actions.evening.votes.heads import ballot_key
from workshop.actions.people.gate import token_hash
from workshop.domain.errors import NotFound, WorkshopError
from workshop.domain.evening.questions import Question, accept_all, as_form
from workshop.domain.evening.sessions import Round, Session, Step
from workshop.locale import _
from workshop.store import Store, rooms
from workshop.store.engine import Change
from workshop.store.kept import kept
from workshop.store.vote_path import Count
from workshop.werkvormen import StepContext, werkvorm

#: Longest ballot id a phone may choose, in characters.
LONGEST_BALLOT_ID = 64

#: What a werkvorm counted.
Tally = Mapping[str, Any]


@dataclass(frozen=True)
class Cast:
    """One ballot on its way in.

    ``form`` holds the fields as HTML sends them; ``ballot_id`` is chosen by the sender and stays the same over retries;
    ``change`` counts the sender's changes from 1, so that a late retry of an older one is recognised.
    """

    token: str
    round_id: str
    form: Mapping[str, Sequence[str]]
    ballot_id: str
    change: int = 1


@dataclass(frozen=True, slots=True)
class News:
    """A round after a batch of votes. ``tally`` only of an open step, and only when it could be told at once."""

    session_id: str
    round_id: str
    count: Count
    tally: Tally | None = None


@dataclass(frozen=True)
class Receipt:
    """What the store holds after the commit: the own ballot read back."""

    round_id: str
    values: dict[str, str]
    is_complete: bool
    change: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a batch: an answer for each place in it, news per round, and what others have to look at anew."""

    answers: list[tuple[int, Receipt | WorkshopError]]
    news: list[News]
    changes: list[Change]


@dataclass(frozen=True)
class Rule:
    """What does not change while a round is open, so it is read once per process."""

    session: Session
    step: Step
    round: Round
    context: StepContext
    questions: tuple[Question, ...]
    asks_ballot: bool

    def is_past(self, now: datetime) -> bool:
        """Whether the moment is over until which the step is open."""
        return self.step.open_until is not None and self.step.open_until <= now


@kept(256)
def rule_of(store: Store, round_id: str) -> Rule:
    """Raises NotFound: no such round."""
    with store.read() as conn:
        found = rooms.round_(conn, round_id)
        step = rooms.step(conn, found.step_id) if found else None
        session = rooms.session(conn, step.session_id) if step else None
        if found is None or step is None or session is None:
            raise NotFound()
        context = context_of(conn, session, step, found)
    activity = werkvorm(step.werkvorm)
    return Rule(session, step, found, context, activity.questions(context), activity.asks_ballot)


@dataclass(frozen=True, slots=True)
class Reading:
    """A ballot that could be read: its place in the batch, whose it is and what it says. ``text`` is canonical JSON."""

    at: int
    cast: Cast
    rule: Rule
    hashed: str
    key: bytes
    answers: dict[str, Any]
    text: str
    is_complete: bool

    @property
    def who(self) -> tuple[str, str]:
        return self.cast.token, self.cast.round_id

    def receipt(self) -> Receipt:
        """When this very ballot is what is stored."""
        values = as_form(self.rule.questions, self.answers)
        return Receipt(self.cast.round_id, values, self.is_complete, self.cast.change)


def read_cast(store: Store, at: int, cast: Cast) -> Reading:
    """What a ballot says, checked against what its round asks.

    Raises:
        WorkshopError: it cannot be read, or holds what may not be chosen.
    """
    if not isinstance(cast.change, int) or isinstance(cast.change, bool) or not 1 <= cast.change < 2**31:
        raise WorkshopError(_("Dit antwoord konden we niet lezen. Ververs de pagina en probeer het opnieuw."))
    if not cast.ballot_id or len(cast.ballot_id) > LONGEST_BALLOT_ID:
        raise WorkshopError(_("Dit antwoord konden we niet lezen. Ververs de pagina en probeer het opnieuw."))
    rule = rule_of(store, cast.round_id)
    if not rule.asks_ballot:
        raise NotFound()
    # What ``Werkvorm.accept`` does, without making the questions anew for every ballot.
    answers, is_complete = accept_all(rule.questions, cast.form)
    hashed, key = token_hash(cast.token), ballot_key(cast.token, cast.round_id)
    return Reading(at, cast, rule, hashed, key, answers, canonical(answers), is_complete)


def canonical(answers: Mapping[str, Any]) -> str:
    """Answers as they are stored, as JSON: the same answers are the same text."""
    return orjson.dumps(answers, option=orjson.OPT_SORT_KEYS).decode()
