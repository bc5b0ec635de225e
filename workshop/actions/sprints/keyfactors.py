"""Looking at a key factor in a sprint. Every look is kept, so that the history over the sprints can be read."""

from __future__ import annotations

from workshop.actions.people.gate import require_role
from workshop.domain.errors import WorkshopError
from workshop.domain.roles import Actor, Role
from workshop.domain.sprints.keyfactors import FACTORS, FactorStatus
from workshop.domain.wijkplan.order import SPRINTS
from workshop.locale import _
from workshop.screening.free_text import check_free_text
from workshop.store import Store, sprints
from workshop.store.writing import writing

#: Longest note and longest name of an owner, in characters.
LONGEST_NOTE, LONGEST_OWNER = 1_000, 120


def look_at_factor(
    store: Store,
    actor: Actor,
    wijkplan_id: str,
    sprint: int,
    factor: int,
    *,
    status: FactorStatus,
    note: str = "",
    owner: str = "",
    confirmed: bool = False,
) -> None:
    """Record how one of the six key factors stands in a sprint.

    Raises:
        WorkshopError: *aandacht nodig* without a note: then nobody knows what to do.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    if sprint not in SPRINTS or factor not in FACTORS:
        raise WorkshopError(_("Deze sleutelfactor is er niet. Laad de pagina opnieuw."))
    kept = check_free_text(note, confirmed=confirmed, limit=LONGEST_NOTE, field="note") if note.strip() else ""
    who = (
        check_free_text(owner, confirmed=True, limit=LONGEST_OWNER, multiline=False, field="owner")
        if owner.strip()
        else ""
    )
    if status is FactorStatus.ATTENTION and not kept:
        raise WorkshopError(_("Schrijf kort wat er aandacht nodig heeft."), field="note")
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        sprints.add_look(
            write.conn,
            wijkplan_id=wijkplan_id,
            sprint=sprint,
            factor=factor,
            status=status.value,
            note=kept,
            owner=who,
            looked_at=write.now,
            looked_by=staff.account_id,
        )
        write.journal(
            "key_factor.look", wijkplan_id, details={"sprint": sprint, "factor": factor, "status": status.value}
        )
