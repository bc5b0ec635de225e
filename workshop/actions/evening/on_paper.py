"""Ballots on paper: entered one by one by staff, counted apart, and taken out again until the outcome is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import token_bytes

import orjson

from workshop.actions.evening.steps import assisting_write, context_of, count_round, session_to_assist
from workshop.actions.evening.votes.door import canonical, enter_card, hold_voting
from workshop.domain.errors import NotFound, Refused
from workshop.domain.evening.groups import OTHERS
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.questions import as_form
from workshop.domain.evening.sessions import Round, Session, Step
from workshop.domain.roles import Actor
from workshop.locale import _
from workshop.store import Conn, Store, ballots, rooms
from workshop.store.writing import Write
from workshop.werkvormen import werkvorm


@dataclass(frozen=True)
class PaperBallot:
    """One ballot on paper as the console lists it; ``reference`` removes it again."""

    reference: str
    group: str | None
    organisation: str | None
    values: dict[str, str]
    is_complete: bool


def _paper_round(conn: Conn, step: Step, round_id: str) -> Round:
    hold_voting(conn, round_id)
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
            "answers": canonical(given),
            "is_complete": is_complete,
            "source": "paper",
            "entered_by": write.actor,
        }
        if found.state is StepState.OPEN:
            enter_card(write.conn, row, reference)
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
