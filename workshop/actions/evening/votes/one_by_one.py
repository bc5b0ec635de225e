"""Every ballot looked at by itself: who sent it, whether it may, and what was there. On PostgreSQL always."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

from workshop.actions.evening.votes.at_once import live_count
from workshop.actions.evening.votes.casts import Answered, News, Reading, Receipt
from workshop.actions.evening.votes.heads import come_back, hold_for_return
from workshop.domain.errors import NotFound, WorkshopError
from workshop.domain.evening.groups import OTHERS
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.questions import as_form
from workshop.locale import _
from workshop.store import Store, vote_path
from workshop.store.by_hand import AnyConn
from workshop.store.engine import Change
from workshop.store.seats import Seat
from workshop.store.writing import notify

Who = tuple[str, str]
"""Cookie and round."""


@dataclass(slots=True)
class _Looked:
    """What was found. ``held`` is what is stored for everybody, after this batch; ``touched`` are the sessions to tell of."""

    accepted: list[Reading] = field(default_factory=list)
    refused: list[tuple[int, WorkshopError]] = field(default_factory=list)
    held: dict[Who, vote_path.Stored] = field(default_factory=dict)
    rows: dict[Who, dict[str, Any]] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    counts: dict[str, vote_path.Count] = field(default_factory=dict)

    @property
    def changes(self) -> list[Change]:
        return [Change(session_id, "ballots") for session_id in self.touched]


class OneByOne:
    """One batch, of any kind: twice the same, late, refused, or from somebody who comes back."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._looked = _Looked()

    def store(self, conn: AnyConn, read: list[Reading]) -> bool:
        """In the transaction; always True."""
        # Who and where to look for, once for everybody however many ballots they sent.
        asked = {each.who: each for each in read}
        round_ids = {each.cast.round_id for each in read}
        for round_id in round_ids:
            live_count(self._store, round_id).forget()
        hold_for_return(conn, {each.hashed for each in read}, round_ids)
        states = vote_path.lock_rounds(conn, round_ids)
        seats = self._seats_and_ballots(conn, asked)
        for each in read:
            refusal = self._refusal(each, seats[each.who], states.get(each.cast.round_id))
            if refusal is not None:
                self._looked.refused.append((each.at, refusal))
            else:
                self._accept(conn, each, seats[each.who])
        self._write(conn, asked)
        notify(self._store, conn, self._looked.changes)
        return True

    def answer(self) -> Answered:
        """After the commit."""
        looked = self._looked
        rules = {each.cast.round_id: each.rule for each in looked.accepted}
        news = [News(rule.session.id, round_id, looked.counts[round_id]) for round_id, rule in rules.items()]
        receipts = [(each.at, _receipt(each, looked.held[each.who])) for each in looked.accepted]
        return Answered([*looked.refused, *receipts], news, looked.changes)

    def _seats_and_ballots(self, conn: AnyConn, asked: dict[Who, Reading]) -> dict[Who, Seat | None]:
        found = dict(zip(asked, vote_path.seats_and_ballots(conn, _asked(asked.values())), strict=True))
        self._looked.held |= {who: stored for who, (_seat, stored) in found.items() if stored is not None}
        return {who: seat for who, (seat, _stored) in found.items()}

    def _refusal(self, each: Reading, seat: Seat | None, state: StepState | None) -> WorkshopError | None:
        if seat is None or seat.is_removed:
            return NotFound(_("Je bent niet (meer) in deze zaal. Vul de code opnieuw in."))
        if state is not StepState.OPEN or each.rule.is_past(self._store.now()):
            return WorkshopError(
                _("Deze ronde is gesloten. Je antwoord telt niet meer mee. Wacht op het volgende onderdeel."),
                kind="closed",
            )
        return None

    def _accept(self, conn: AnyConn, each: Reading, seat: Seat | None) -> None:
        assert seat is not None
        looked = self._looked
        if seat.is_away:
            come_back(conn, seat, each.cast.token)
        if _is_newer(each, looked.held.get(each.who)):
            looked.held[each.who] = vote_path.Stored(each.text, each.is_complete, each.cast.ballot_id, each.cast.change)
            looked.rows[each.who] = _row(each, seat)
            looked.touched.add(each.rule.session.id)
        looked.accepted.append(each)
        if vote_path.writes_alone(conn):
            # The statement before this may have stored it already, so that it looks like a second try.
            looked.touched.add(each.rule.session.id)

    def _write(self, conn: AnyConn, asked: dict[Who, Reading]) -> None:
        looked = self._looked
        if not vote_path.put(conn, list(looked.rows.values())):
            self._seats_and_ballots(conn, {who: asked[who] for who in looked.rows})
        looked.counts = {
            round_id: vote_path.count_running(conn, round_id)
            for round_id in {each.cast.round_id for each in looked.accepted}
        }


def _asked(read: Iterable[Reading]) -> list[vote_path.Asked]:
    return [vote_path.Asked(each.rule.session.id, each.hashed, each.cast.round_id, each.key) for each in read]


def _is_newer(each: Reading, stored: vote_path.Stored | None) -> bool:
    """Whether a ballot takes the place of what is stored; the same once more does not."""
    if stored is None or each.cast.change > stored.change:
        return True
    return each.cast.change == stored.change and each.text != stored.answers


def _row(each: Reading, seat: Seat) -> dict[str, Any]:
    return {
        "round_id": each.cast.round_id,
        "key": each.key,
        "group_label": each.rule.round.folding.get(seat.group_id or "", OTHERS),
        "organisation": None if each.rule.step.is_secret else seat.organisation,
        "answers": each.text,
        "is_complete": each.is_complete,
        "source": "phone",
        "entered_by": None,
        "ballot_id": each.cast.ballot_id,
        "change": each.cast.change,
    }


def _receipt(each: Reading, kept: vote_path.Stored) -> Receipt:
    answers = each.answers if kept.answers == each.text else orjson.loads(kept.answers)
    return Receipt(each.cast.round_id, as_form(each.rule.questions, answers), kept.is_complete, kept.change)
