"""Overdracht at the desk: what was made there goes on or stays with a reason, and what was parked is taken along again.

Domain paper 1.1: the next sprint opens with exactly what went on, and what stays is parked, not lost. In the room this is
decided per step (:mod:`workshop.actions.sprints.fixing`); here per sprint.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop.actions.evening.settling import SettlingRow, verdicts
from workshop.actions.people.gate import require_role
from workshop.actions.thread.material import kept_thread
from workshop.actions.wijkplan.path import read_order
from workshop.domain.errors import NotFound, Refused, WorkshopError
from workshop.domain.roles import Actor, Role, Staff
from workshop.domain.thread.items import Item, ItemState
from workshop.domain.thread.taking_along import sent_after_all
from workshop.domain.wijkplan.order import SPRINTS
from workshop.locale import _
from workshop.store import Store, items
from workshop.store.items import Decided, Verdict
from workshop.store.writing import Write, writing


@dataclass(frozen=True)
class DeskSettling:
    """What was made at the desk in one sprint, or decided there about it."""

    sprint: int
    rows: tuple[SettlingRow, ...]

    @property
    def undecided(self) -> int:
        """How many nobody decided about: they do not go on until somebody does."""
        return sum(row.goes_on is None for row in self.rows)


def see_desk_settling(store: Store, actor: Actor, wijkplan_id: str, sprint: int) -> DeskSettling:
    """The list with which the desk closes a sprint; for anybody with a role in the wijkplan."""
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        made = kept_thread(conn, wijkplan_id)
    return DeskSettling(sprint, _rows(made.items.values(), made.latest, sprint))


def _rows(known: Iterable[Item], latest: Mapping[str, Decided], sprint: int) -> tuple[SettlingRow, ...]:
    of_desk = {i for i, d in latest.items() if d.step_id is None and d.sprint == sprint}
    found = [
        item
        for item in known
        if item.state is ItemState.RELEASED and ((item.sprint == sprint and item.step_id is None) or item.id in of_desk)
    ]
    return tuple(
        SettlingRow(item, d.score, d.goes_on, d.reason)
        if (d := latest.get(item.id))
        else SettlingRow(item, "", None, "")
        for item in found
    )


def settle_desk(
    store: Store,
    actor: Actor,
    wijkplan_id: str,
    sprint: int,
    *,
    goes_on: Collection[str],
    reasons: Mapping[str, str] | None = None,
    rest_reason: str = "",
) -> None:
    """Record for every item of the desk in a sprint whether it goes on; what stays is parked with a reason.

    Args:
        goes_on: ids of the items that go on.
        reasons: why one item stays, by id.
        rest_reason: one reason for all that stays without its own.

    Raises:
        Refused: something stays without any reason.
        NotFound: an id is not on the list of this sprint.
    """
    staff = _writer(actor, wijkplan_id, sprint)
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        latest = items.latest_decisions(write.conn, wijkplan_id)
        released = items.items_of(write.conn, wijkplan_id=wijkplan_id, states=[ItemState.RELEASED])
        known = [row.item.id for row in _rows(released, latest, sprint)]
        scores = {i: d.score for i, d in latest.items()}
        decided = verdicts(known, scores, goes_on=goes_on, reasons=reasons, rest_reason=rest_reason)
        _decide(write, sprint, decided)
        write.journal("sprint.settle", wijkplan_id, details={
            "sprint": sprint, "goes_on": len(set(goes_on)), "stays": len(known) - len(set(goes_on)),
        })  # fmt: skip


def take_along_again(store: Store, actor: Actor, wijkplan_id: str, sprint: int, item_id: str) -> None:
    """Let something that was parked go on after all: this sprint opens with it too. Undo: settle it again at the desk.

    Raises:
        Refused: it was not parked.
        NotFound: no such item in this wijkplan.
    """
    staff = _writer(actor, wijkplan_id, sprint)
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        item = items.item(write.conn, item_id)
        if item is None or item.wijkplan_id != wijkplan_id or item.state is not ItemState.RELEASED:
            raise NotFound()
        decided = items.all_decisions(write.conn, wijkplan_id)
        latest = next((d for d in reversed(decided) if d.item_id == item_id), None)
        if latest is None or latest.goes_on:
            raise Refused(_("Dit onderwerp was niet geparkeerd. Het gaat al mee."))
        sender = sent_after_all(decided, sprint, read_order(write.conn, wijkplan_id))
        if not sender:
            raise Refused(_("Dit onderwerp is in een latere sprint geparkeerd. Neem het daar mee."))
        _decide(write, sender, [Verdict(item_id, True, score=latest.score)])
        write.journal("item.take_along_again", item_id, details={"sprint": sprint})


def _writer(actor: Actor, wijkplan_id: str, sprint: int) -> Staff:
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    if sprint not in SPRINTS:
        raise WorkshopError(_("Kies een sprint van 1 tot en met 7."), field="sprint")
    return staff


def _decide(write: Write, sprint: int, decided: Sequence[Verdict]) -> None:
    """One decision at the desk about each item; a score that the room gave stays with it."""
    items.add_decisions(write.conn, decided, sprint=sprint, at=write.now, by=write.actor)
