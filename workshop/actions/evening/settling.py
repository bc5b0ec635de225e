"""Closing a step: tick what goes on, with a reason for what stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workshop.actions.evening.pointing_back import loose_of
from workshop.actions.evening.steps import (
    context_of,
    items_of_step,
    notes_of_step,
    outcome_to_show,
    step_for,
    step_write,
)
from workshop.domain.errors import NotFound, Refused
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.sessions import Round, Session, Step
from workshop.domain.roles import Actor, Role
from workshop.domain.texts import clean_text
from workshop.domain.thread.items import Item
from workshop.locale import _
from workshop.store import Conn, Store, items, rooms
from workshop.store.items import Verdict
from workshop.werkvormen import werkvorm

#: Longest reason, in characters.
REASON_LIMIT = 500


@dataclass(frozen=True)
class SettlingRow:
    """One item at the end of a step: its score in words, and what was decided (None: nothing yet)."""

    item: Item
    score: str
    goes_on: bool | None
    reason: str
    is_loose: bool = False  # made here and pointing back to nothing earlier, while there are earlier sprints


@dataclass(frozen=True)
class Settling:
    """The list with which a step is closed, in the order of weight."""

    step_id: str
    title: str
    is_settled: bool
    rows: tuple[SettlingRow, ...]


def _candidates(conn: Conn, session: Session, step: Step, round_: Round | None) -> list[Item]:
    """What can go on from a step: the notes it made, and what was voted on."""
    made = notes_of_step(conn, step)
    if werkvorm(step.werkvorm).asks_ballot and round_ is not None:
        voted = items_of_step(conn, session.wijkplan_id, step, round_)
        return [*voted, *(i for i in made if i.id not in {v.id for v in voted})]
    return made


def _scores(conn: Conn, session: Session, step: Step, round_: Round | None) -> dict[str, str]:
    if round_ is None or round_.state is not StepState.SHOWN:
        return {}
    return werkvorm(step.werkvorm).scores(
        context_of(conn, session, step, round_), outcome_to_show(conn, session, step, round_)
    )


def see_settling(store: Store, actor: Actor, step_id: str) -> Settling:
    """The list at the end of a step. Scores appear only once the outcome was shown."""
    with store.read() as conn:
        _staff, session, step = step_for(conn, actor, step_id, Role.FACILITATOR)
        last = rooms.evening_round(conn, step_id)
        scores = _scores(conn, session, step, last)
        decided = items.decisions_of_step(conn, step_id)
        order = {item_id: n for n, item_id in enumerate(scores)}
        found = sorted(_candidates(conn, session, step, last), key=lambda i: order.get(i.id, len(order)))
        loose = loose_of(conn, session, [item for item in found if item.step_id == step_id])
    rows = tuple(
        SettlingRow(
            item,
            scores.get(item.id, ""),
            decided[item.id].goes_on if item.id in decided else None,
            decided[item.id].reason if item.id in decided else "",
            item.id in loose,
        )
        for item in found
    )
    return Settling(step_id, step.title, step.settled_at is not None, rows)


def verdicts(
    known: Collection[str],
    scores: Mapping[str, str],
    *,
    goes_on: Collection[str],
    reasons: Mapping[str, str] | None,
    rest_reason: str,
) -> list[Verdict]:
    """For every known item whether it goes on, and else why not, with its score by id where it has one.

    Raises:
        Refused: something stays without any reason.
        NotFound: an id is not known.
    """
    own = {i: clean_text(text, limit=REASON_LIMIT) for i, text in (reasons or {}).items() if text.strip()}
    rest = clean_text(rest_reason, limit=REASON_LIMIT) if rest_reason.strip() else ""
    chosen, listed = set(goes_on), set(known)
    if not chosen <= listed or not set(own) <= listed:
        raise NotFound()
    if any(not (own.get(i) or rest) for i in listed - chosen):
        raise Refused(
            _("Schrijf waarom iets blijft staan. Eén reden voor alles wat overblijft is genoeg."),
            field="rest_reason",
        )
    return [Verdict(i, i in chosen, "" if i in chosen else own.get(i, rest), scores.get(i, "")) for i in known]


def settle_step(
    store: Store,
    actor: Actor,
    step_id: str,
    *,
    goes_on: Collection[str],
    reasons: Mapping[str, str] | None = None,
    rest_reason: str = "",
) -> None:
    """Record for every item of a step whether it goes on; what stays is parked with a reason, nothing is deleted.

    Args:
        goes_on: ids of the items that go on.
        reasons: why one item stays, by id.
        rest_reason: one reason for all that stays without its own.

    Raises:
        Refused: the step is still open, or something stays without any reason.
        NotFound: an id is not on the list of this step.
    """
    with step_write(store, actor, step_id) as (write, session, step):
        if step.state not in (StepState.STOPPED, StepState.SHOWN):
            raise Refused(_("Rond eerst het onderdeel af: stop de stemming en laat de uitslag zien."))
        last = rooms.evening_round(write.conn, step_id)
        scores = _scores(write.conn, session, step, last)
        found = _candidates(write.conn, session, step, last)
        decided = verdicts(
            [item.id for item in found], scores, goes_on=goes_on, reasons=reasons, rest_reason=rest_reason
        )
        items.add_decisions(write.conn, decided, step_id=step_id, at=write.now, by=write.actor)
        rooms.change_step(write.conn, step_id, settled_at=write.now)
        write.changed(session.id)
        write.journal(
            "step.settle", step_id, details={"goes_on": len(set(goes_on)), "stays": len(found) - len(set(goes_on))}
        )
