"""Voting: many ballots in one transaction, acknowledged only after the commit; and ballots on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from secrets import token_bytes
from typing import Any

import orjson

from workshop.actions.gate import token_hash
from workshop.actions.heads import ballot_key as ballot_key
from workshop.actions.heads import come_back, hold_for_return
from workshop.actions.steps import assisting_write, context_of, count_round, session_to_assist
from workshop.domain.errors import NotFound, Refused, WorkshopError
from workshop.domain.groups import OTHERS
from workshop.domain.moves import StepState
from workshop.domain.questions import Question, accept_all, as_form
from workshop.domain.roles import Actor
from workshop.domain.sessions import Round, Session, Step
from workshop.locale import _, in_language
from workshop.store import Store, ballots, rooms, vote_path
from workshop.store.engine import Change
from workshop.store.writing import Write, notify
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


@dataclass(frozen=True)
class Receipt:
    """What the store holds after the commit: the own ballot read back, and how many are done."""

    session_id: str
    round_id: str
    values: dict[str, str]
    is_complete: bool
    change: int
    done: int


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


def live_tally(store: Store, conn: Any, round_id: str) -> Mapping[str, Any]:
    """The tally of a running open step as it stands in this read.

    Raises:
        NotFound: no such round, or a secret one: its tally is nobody's before it is shown.
    """
    rule = _rule(store, round_id)
    if rule.step.is_secret:
        raise NotFound()
    return werkvorm(rule.step.werkvorm).outcome(rule.context, vote_path.running(conn, round_id))


def _canonical(answers: Mapping[str, Any]) -> str:
    """Answers as they are stored: the same answers are the same text."""
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
    read: list[tuple[int, Cast, _Rule, dict[str, Any], bool]] = []
    for at, cast in enumerate(casts):
        try:
            with in_language(cast.language):
                read.append((at, cast, *_read(store, cast)))
        except WorkshopError as problem:
            answers[at] = problem
    if read:
        touched: set[str] = set()
        with store.write_by_hand() as conn:
            _store_read(conn, read, answers, touched, store.now())
            changes = [Change(session_id, "ballots") for session_id in touched]
            notify(store, conn, changes)
        for change in changes:
            store.tell(change)
    return [answer if answer is not None else NotFound() for answer in answers]


def _read(store: Store, cast: Cast) -> tuple[_Rule, dict[str, Any], bool]:
    if not isinstance(cast.change, int) or isinstance(cast.change, bool) or not 1 <= cast.change < 2**31:
        raise WorkshopError(_("Dit antwoord konden we niet lezen. Ververs de pagina en probeer het opnieuw."))
    if not cast.ballot_id or len(cast.ballot_id) > LONGEST_BALLOT_ID:
        raise WorkshopError(_("Dit antwoord konden we niet lezen. Ververs de pagina en probeer het opnieuw."))
    rule = _rule(store, cast.round_id)
    if not rule.asks_ballot:
        raise NotFound()
    # What ``Werkvorm.accept`` does, without making the questions anew for every ballot.
    answers, is_complete = accept_all(rule.questions, cast.form)
    return rule, answers, is_complete


def _store_read(
    conn: Any,
    read: list[tuple[int, Cast, _Rule, dict[str, Any], bool]],
    answers: list[Receipt | WorkshopError | None],
    touched: set[str],
    now: datetime,
) -> None:
    asked: dict[tuple[str, str], vote_path.Asked] = {}
    for _at, cast, rule, *_rest in read:
        if (cast.token, cast.round_id) not in asked:
            key = ballot_key(cast.token, cast.round_id)
            asked[cast.token, cast.round_id] = vote_path.Asked(
                rule.session.id, token_hash(cast.token), cast.round_id, key
            )
    round_ids = {each.round_id for each in asked.values()}
    hold_for_return(conn, {each.token_hash for each in asked.values()}, round_ids)
    running = vote_path.lock_rounds(conn, round_ids)
    found = dict(zip(asked, vote_path.seats_and_ballots(conn, list(asked.values())), strict=True))
    held = {who: stored for who, (_seat, stored) in found.items() if stored is not None}
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    accepted: list[tuple[int, Cast, _Rule]] = []
    for at, cast, rule, given, is_complete in read:
        who = cast.token, cast.round_id
        seat = found[who][0]
        if seat is None or seat.is_removed:
            answers[at] = NotFound(_("Je bent niet (meer) in deze zaal. Vul de code opnieuw in."))
            continue
        is_past = rule.step.open_until is not None and rule.step.open_until <= now
        if is_past or cast.round_id not in running or running[cast.round_id].state is not StepState.OPEN:
            with in_language(cast.language):
                answers[at] = _closed()
            continue
        if seat.is_away:
            come_back(conn, seat, cast.token)
        text = _canonical(given)
        stored = held.get(who)
        if stored is None or cast.change > stored.change or (cast.change == stored.change and text != stored.answers):
            held[who] = vote_path.Stored(text, is_complete, cast.ballot_id, cast.change)
            rows[who] = {
                "round_id": cast.round_id,
                "key": asked[who].key,
                "group_label": rule.round.folding.get(seat.group_id or "", OTHERS),
                "organisation": None if rule.step.is_secret else seat.organisation,
                "answers": text,
                "is_complete": is_complete,
                "source": "phone",
                "entered_by": None,
                "ballot_id": cast.ballot_id,
                "change": cast.change,
            }
            touched.add(rule.session.id)
        accepted.append((at, cast, rule))
    if not vote_path.put(conn, list(rows.values())):
        again = vote_path.seats_and_ballots(conn, [asked[who] for who in rows])
        held.update({who: stored for who, (_seat, stored) in zip(rows, again, strict=True) if stored is not None})
    done = {round_id: each.complete for round_id, each in running.items()}
    if vote_path.writes_alone(conn):
        for who, row in rows.items():
            before = found[who][1]
            done[row["round_id"]] += row["is_complete"] - (before is not None and before.is_complete)
    elif rows:
        # What others committed since the rounds were looked at is in some of what was read and not in the rest.
        done = {round_id: vote_path.count_running(conn, round_id).complete for round_id in running}
    for at, cast, rule in accepted:
        kept = held[cast.token, cast.round_id]
        answers[at] = Receipt(
            rule.session.id,
            rule.round.id,
            as_form(rule.questions, orjson.loads(kept.answers)),
            kept.is_complete,
            kept.change,
            done[cast.round_id],
        )


# -- on paper --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PaperBallot:
    """One ballot on paper as the console lists it; ``reference`` removes it again."""

    reference: str
    group: str | None
    organisation: str | None
    values: dict[str, str]
    is_complete: bool


def _paper_round(conn: Any, step: Step, round_id: str) -> Round:
    vote_path.hold_voting(conn, round_id)
    found = rooms.round_(conn, round_id, lock=True)
    if found is None or found.step_id != step.id:
        raise NotFound()
    if found.state is StepState.SHOWN:
        raise Refused(_("De uitslag is al getoond. Stemmen op papier kun je nu niet meer toevoegen of weghalen."))
    return found


def _step_id_of(store: Store, actor: Actor, round_id: str) -> str:
    with store.read() as conn:
        found = rooms.round_(conn, round_id)
        step = rooms.step(conn, found.step_id) if found else None
        if step is None:
            raise NotFound()
        session_to_assist(conn, actor, step.session_id)
        return step.id


def enter_paper_ballot(
    store: Store,
    actor: Actor,
    round_id: str,
    *,
    group_id: str | None,
    form: Mapping[str, Sequence[str]],
    organisation: str | None = None,
) -> str:
    """Enter one card: one ballot with a random key, counted apart; until the outcome is shown. Returns its reference."""
    with assisting_write(store, actor, _step_id_of(store, actor, round_id)) as (write, session, step):
        found = _paper_round(write.conn, step, round_id)
        context = context_of(write.conn, session, step, found)
        given, is_complete = werkvorm(step.werkvorm).accept(context, form)
        if group_id is not None and group_id not in found.folding:
            raise Refused(_("Kies een groep uit de lijst."), field="group")
        if organisation is not None and organisation not in rooms.partners_of(write.conn, session.wijkplan_id):
            raise Refused(_("Kies een organisatie uit de lijst."), field="organisation")
        reference = token_bytes(16)
        row = {
            "round_id": round_id,
            "group_label": found.folding.get(group_id or "", OTHERS),
            "organisation": None if step.is_secret else organisation,
            "answers": _canonical(given),
            "is_complete": is_complete,
            "source": "paper",
            "entered_by": write.actor,
        }
        if found.state is StepState.OPEN:
            vote_path.put(write.conn, [{**row, "key": reference, "ballot_id": None, "change": 1}])
        else:
            ballots.add_final(write.conn, **row, id=reference)
            _count_again(write, session, step, found, by=1)
        write.changed(session.id)
        write.journal("ballot.paper", step.id, details={"round": found.number})
        return reference.hex()


def remove_paper_ballot(store: Store, actor: Actor, round_id: str, reference: str) -> None:
    """Take a card out again that was entered by mistake; until the outcome is shown."""
    try:
        ref = bytes.fromhex(reference)
    except ValueError:
        raise NotFound() from None
    with assisting_write(store, actor, _step_id_of(store, actor, round_id)) as (write, session, step):
        found = _paper_round(write.conn, step, round_id)
        if not ballots.remove_paper(write.conn, round_id, ref):
            raise NotFound()
        if found.state is not StepState.OPEN:
            _count_again(write, session, step, found, by=-1)
        write.changed(session.id)
        write.journal("ballot.paper_removed", step.id, details={"round": found.number})


def _count_again(write: Write, session: Session, step: Step, found: Round, *, by: int) -> None:
    outcome, digest = count_round(write.conn, session, step, found)
    rooms.change_round(
        write.conn, found.id, outcome=outcome, tally_hash=digest, expected=max(0, (found.expected or 0) + by)
    )


def paper_ballots(store: Store, actor: Actor, round_id: str) -> list[PaperBallot]:
    """The cards entered so far in a round that was not shown yet; afterwards none can be looked at one by one."""
    step_id = _step_id_of(store, actor, round_id)
    with store.read() as conn:
        found, step = rooms.round_(conn, round_id), rooms.step(conn, step_id)
        assert found is not None and step is not None
        session = rooms.session(conn, step.session_id)
        assert session is not None
        if found.state is StepState.SHOWN:
            return []
        questions = werkvorm(step.werkvorm).questions(context_of(conn, session, step, found))
        return [
            PaperBallot(ref.hex(), group, organisation, as_form(questions, orjson.loads(answers)), is_complete)
            for ref, group, organisation, answers, is_complete in ballots.paper(conn, round_id)
        ]
