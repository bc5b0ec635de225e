"""Voting: many ballots in one transaction, acknowledged only after the commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

import orjson

from workshop.actions.evening.heads import ballot_key as ballot_key
from workshop.actions.evening.heads import come_back, hold_for_return
from workshop.actions.evening.live_count import LiveCount
from workshop.actions.evening.steps import context_of
from workshop.actions.people.gate import token_hash
from workshop.domain.errors import NotFound, WorkshopError
from workshop.domain.evening.groups import OTHERS
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.questions import Question, accept_all, as_form
from workshop.domain.evening.sessions import Round, Session, Step
from workshop.locale import _, current_language, in_language
from workshop.store import Conn, Store, rooms, seats, vote_path
from workshop.store.by_hand import AnyConn
from workshop.store.engine import Change
from workshop.store.writing import notify
from workshop.werkvormen import StepContext, werkvorm

#: Longest ballot id a phone may choose, in characters.
LONGEST_BALLOT_ID = 64


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
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class News:
    """A round after a batch of votes. ``tally`` only of an open step, and only when it could be told at once."""

    session_id: str
    round_id: str
    count: vote_path.Count
    tally: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Receipt:
    """What the store holds after the commit: the own ballot read back, and what the whole batch made of its round."""

    round_id: str
    values: dict[str, str]
    is_complete: bool
    change: int
    news: News


@dataclass(frozen=True)
class _Rule:
    """What does not change while a round is open, so it is read once per process."""

    session: Session
    step: Step
    round: Round
    context: StepContext
    questions: tuple[Question, ...]
    asks_ballot: bool


@lru_cache(maxsize=256)
def _rule(store: Store, round_id: str) -> _Rule:
    with store.read() as conn:
        found = rooms.round_(conn, round_id)
        step = rooms.step(conn, found.step_id) if found else None
        session = rooms.session(conn, step.session_id) if step else None
        if found is None or step is None or session is None:
            raise NotFound()
        context = context_of(conn, session, step, found)
    activity = werkvorm(step.werkvorm)
    return _Rule(session, step, found, context, activity.questions(context), activity.asks_ballot)


def questions_of(store: Store, round_id: str) -> tuple[Question, ...]:
    """What a round asks, with the items that were frozen when it opened."""
    return _rule(store, round_id).questions


def live_tally(store: Store, conn: Conn, round_id: str) -> Mapping[str, Any]:
    """The tally of a running open step as it stands in this read.

    Raises:
        NotFound: no such round, or a secret one: its tally is nobody's before it is shown.
    """
    rule = _rule(store, round_id)
    if rule.step.is_secret:
        raise NotFound()
    return werkvorm(rule.step.werkvorm).outcome(rule.context, vote_path.running(conn, round_id))


def canonical(answers: Mapping[str, Any]) -> str:
    """Answers as they are stored, as JSON: the same answers are the same text."""
    return orjson.dumps(answers, option=orjson.OPT_SORT_KEYS).decode()


def _closed() -> WorkshopError:
    return WorkshopError(
        _("Deze ronde is gesloten. Je antwoord telt niet meer mee. Wacht op het volgende onderdeel."), kind="closed"
    )


def cast_ballots(store: Store, casts: Sequence[Cast]) -> list[Receipt | WorkshopError]:
    """Store ballots, all in one transaction with one fsync. Returns after the commit, answers in the order given.

    One ballot per participant per round by the primary key. The same ballot again changes nothing and gets the same
    answer; an older change gets the stored ballot back. A refusal of one leaves the others untouched.
    """
    answers: list[Receipt | WorkshopError | None] = [None] * len(casts)
    read: list[_Reading] = []
    for at, cast in enumerate(casts):
        try:
            with in_language(cast.language) if cast.language != current_language() else nullcontext():
                read.append(_Reading(at, cast, *_read(store, cast)))
        except WorkshopError as problem:
            answers[at] = problem
    if read:
        with _in_turn if store.is_sqlite else nullcontext():
            with store.write_by_hand() as conn:
                batch = _store_at_once(store, conn, read) if vote_path.writes_alone(conn) else None
                changes = _store_each(store, conn, read, answers) if batch is None else []
                notify(store, conn, changes)
            if batch is not None:
                changes = _answer_at_once(batch, answers)
        for change in changes:
            store.tell(change)
    return [answer if answer is not None else NotFound() for answer in answers]


_in_turn = Lock()
"""What is kept of an open round follows the commits in their order."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A ballot that could be read: its place in the batch, and what it says. ``text`` is canonical JSON."""

    at: int
    cast: Cast
    rule: _Rule
    text: str
    is_complete: bool

    @property
    def who(self) -> tuple[str, str]:
        return self.cast.token, self.cast.round_id

    def receipt(self, news: News) -> Receipt:
        """When this very ballot is what is stored."""
        values = as_form(self.rule.questions, orjson.loads(self.text))
        return Receipt(self.cast.round_id, values, self.is_complete, self.cast.change, news)


def _read(store: Store, cast: Cast) -> tuple[_Rule, str, bool]:
    if not isinstance(cast.change, int) or isinstance(cast.change, bool) or not 1 <= cast.change < 2**31:
        raise WorkshopError(_("Dit antwoord konden we niet lezen. Ververs de pagina en probeer het opnieuw."))
    if not cast.ballot_id or len(cast.ballot_id) > LONGEST_BALLOT_ID:
        raise WorkshopError(_("Dit antwoord konden we niet lezen. Ververs de pagina en probeer het opnieuw."))
    rule = _rule(store, cast.round_id)
    if not rule.asks_ballot:
        raise NotFound()
    # What ``Werkvorm.accept`` does, without making the questions anew for every ballot.
    answers, is_complete = accept_all(rule.questions, cast.form)
    return rule, canonical(answers), is_complete


@dataclass(frozen=True, slots=True)
class _Batch:
    """What was stored at once. ``counts`` per round; an open round whose ballots are known has a ``live`` count instead."""

    stored: list[tuple[_Reading, vote_path.Sent, tuple[str | None, str | None]]]
    counts: dict[str, vote_path.Count]
    live: dict[str, LiveCount]


def _store_at_once(store: Store, conn: AnyConn, read: list[_Reading]) -> _Batch | None:
    """How it nearly always goes: everybody is in the room, the round is open, nobody sends twice. One statement does it
    all. None when it did not store every ballot: then each is looked at, and what was stored answers as a second try.
    """
    rules = {each.cast.round_id: each.rule for each in read}
    if len({each.who for each in read}) < len(read) or any(_is_past(rule, store) for rule in rules.values()):
        return None
    sent = [
        vote_path.Sent(
            each.rule.session.id,
            token_hash(each.cast.token),
            each.cast.round_id,
            ballot_key(each.cast.token, each.cast.round_id),
            not each.rule.step.is_secret,
            each.text,
            each.is_complete,
            each.cast.ballot_id,
            each.cast.change,
        )
        for each in read
    ]
    counts, live = {}, {}
    for round_id, rule in rules.items():
        if not rule.step.is_secret and _live(store, round_id).is_known(conn, round_id, vote_path.version(conn)):
            live[round_id] = _live(store, round_id)
    labels = vote_path.put_at_once(conn, sent)
    if labels is None:
        return None
    for round_id in rules.keys() - live.keys():
        counts[round_id] = vote_path.count_running(conn, round_id)
    return _Batch(list(zip(read, sent, labels, strict=True)), counts, live)


def _answer_at_once(batch: _Batch, answers: list[Receipt | WorkshopError | None]) -> list[Change]:
    """After the commit: the receipts, and which sessions have to be looked at because the tally is not among the news."""
    for round_id, live in batch.live.items():
        live.add(
            (sent.key, vote_path.kind_of(sent, *labels))
            for _, sent, labels in batch.stored
            if sent.round_id == round_id
        )
    told: dict[str, News] = {}
    changes: dict[str, Change] = {}
    for each, _sent, _labels in batch.stored:
        news = told.get(each.cast.round_id)
        if news is None:
            news = told[each.cast.round_id] = _news(batch, each.rule)
            if news.tally is None and not each.rule.step.is_secret:
                changes[news.session_id] = Change(news.session_id, "ballots")
        answers[each.at] = each.receipt(news)
    return list(changes.values())


def _news(batch: _Batch, rule: _Rule) -> News:
    live = batch.live.get(rule.round.id)
    if live is None:
        return News(rule.session.id, rule.round.id, batch.counts[rule.round.id])
    ballots = live.ballots()
    tally = werkvorm(rule.step.werkvorm).outcome(rule.context, ballots) if ballots is not None else None
    return News(rule.session.id, rule.round.id, live.count(), tally)


@lru_cache(maxsize=16)
def _live(store: Store, round_id: str) -> LiveCount:  # noqa: ARG001 - under which it is kept
    """What is kept of a running open round."""
    return LiveCount()


def _is_past(rule: _Rule, store: Store) -> bool:
    return rule.step.open_until is not None and rule.step.open_until <= store.now()


def _asked(read: list[_Reading]) -> dict[tuple[str, str], vote_path.Asked]:
    """Who and where to look for, once for everybody however many ballots they sent."""
    asked: dict[tuple[str, str], vote_path.Asked] = {}
    for each in read:
        if each.who not in asked:
            token, round_id = each.who
            key = ballot_key(token, round_id)
            asked[each.who] = vote_path.Asked(each.rule.session.id, token_hash(token), round_id, key)
    return asked


def _is_newer(each: _Reading, stored: vote_path.Stored | None) -> bool:
    """Whether a ballot takes the place of what is stored; the same once more does not."""
    if stored is None or each.cast.change > stored.change:
        return True
    return each.cast.change == stored.change and each.text != stored.answers


def _row(each: _Reading, key: bytes, seat: seats.Seat) -> dict[str, Any]:
    return {
        "round_id": each.cast.round_id,
        "key": key,
        "group_label": each.rule.round.folding.get(seat.group_id or "", OTHERS),
        "organisation": None if each.rule.step.is_secret else seat.organisation,
        "answers": each.text,
        "is_complete": each.is_complete,
        "source": "phone",
        "entered_by": None,
        "ballot_id": each.cast.ballot_id,
        "change": each.cast.change,
    }


def _store_each(
    store: Store, conn: AnyConn, read: list[_Reading], answers: list[Receipt | WorkshopError | None]
) -> list[Change]:
    """Look at every ballot by itself: who sent it, whether it may, and what was there. Returns what others must hear."""
    asked = _asked(read)
    round_ids = {each.round_id for each in asked.values()}
    for round_id in round_ids:
        _live(store, round_id).forget()
    hold_for_return(conn, {each.token_hash for each in asked.values()}, round_ids)
    states = vote_path.lock_rounds(conn, round_ids)
    found = dict(zip(asked, vote_path.seats_and_ballots(conn, list(asked.values())), strict=True))
    held = {who: stored for who, (_seat, stored) in found.items() if stored is not None}
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    accepted: list[_Reading] = []
    touched: set[str] = set()
    for each in read:
        cast, rule, seat = each.cast, each.rule, found[each.who][0]
        if seat is None or seat.is_removed:
            answers[each.at] = NotFound(_("Je bent niet (meer) in deze zaal. Vul de code opnieuw in."))
            continue
        if _is_past(rule, store) or states.get(cast.round_id) is not StepState.OPEN:
            with in_language(cast.language):
                answers[each.at] = _closed()
            continue
        if seat.is_away:
            come_back(conn, seat, cast.token)
        if _is_newer(each, held.get(each.who)):
            held[each.who] = vote_path.Stored(each.text, each.is_complete, cast.ballot_id, cast.change)
            rows[each.who] = _row(each, asked[each.who].key, seat)
            touched.add(rule.session.id)
        accepted.append(each)
        if vote_path.writes_alone(conn):
            # The statement before this may have stored it already, so that it looks like a second try.
            touched.add(rule.session.id)
    if not vote_path.put(conn, list(rows.values())):
        again = vote_path.seats_and_ballots(conn, [asked[who] for who in rows])
        held.update({who: stored for who, (_seat, stored) in zip(rows, again, strict=True) if stored is not None})
    news = {
        round_id: News(rule.session.id, round_id, vote_path.count_running(conn, round_id))
        for round_id, rule in {each.cast.round_id: each.rule for each in accepted}.items()
    }
    for each in accepted:
        kept = held[each.who]
        values = as_form(each.rule.questions, orjson.loads(kept.answers))
        answers[each.at] = Receipt(each.cast.round_id, values, kept.is_complete, kept.change, news[each.cast.round_id])
    return [Change(session_id, "ballots") for session_id in touched]
