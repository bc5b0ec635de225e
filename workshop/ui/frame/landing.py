"""Where somebody comes after signing in: their next step, not a list they have to search."""

from __future__ import annotations

from workshop.actions.evening.session_plans import see_sessions
from workshop.actions.wijkplan.wijkplannen import see_wijkplannen
from workshop.domain.evening.moves import SessionState
from workshop.domain.roles import Role, Staff
from workshop.store import Store
from workshop.ui.frame.shell import PLAN, SESSION

#: Wijkplannen in which is looked whether an evening runs now; who has more of them chooses from the list.
_FEW = 10


def where_next(store: Store, staff: Staff) -> tuple[str, dict[str, str]]:
    """Address of a place and its query: the evening that runs now, else the only wijkplan, else the list.

    Who has nothing but the example comes to the list, where a first wijkplan is made.
    """
    rows = see_wijkplannen(store, staff)
    plans = [row.id for row in rows if not row.is_archived]
    leads = [plan for plan in plans if staff.has(plan, Role.FACILITATOR)]
    if len(leads) <= _FEW:
        running = [
            (plan, row.session.id)
            for plan in leads
            for row in see_sessions(store, staff, plan)
            if row.session.state is SessionState.OPEN and not row.session.is_practice
        ]
        if len(running) == 1:
            return "bediening", {PLAN: running[0][0], SESSION: running[0][1]}
    if len(rows) == len(plans) == 1 and not rows[0].is_demo:
        return "wijkplan", {PLAN: plans[0]}
    return "overzicht", {}
