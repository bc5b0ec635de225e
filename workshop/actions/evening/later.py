"""After the evening: a step stays open until a day for people who were not there, and is counted apart.

A flyer with the QR code, a youth centre, talks in the street: the same code leads to the one step that is still open.
What comes in is a round of its own (``Round.is_later``): the outcome of the evening stays what it was.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from workshop.actions.evening.running import open_round, show_outcome, stop_step
from workshop.actions.evening.steps import step_write
from workshop.domain.errors import Refused
from workshop.domain.evening.moves import Move, SessionState, StepState, next_step_state
from workshop.domain.roles import Actor, Role, Staff
from workshop.domain.words import ZONE
from workshop.locale import _
from workshop.store import Store, rooms

#: Longest a step may stay open, in days.
LONGEST = 92


def end_of(day: date) -> datetime:
    """The last moment of a day as people in the neighbourhood know it."""
    return datetime.combine(day, time(23, 59, 59), ZONE)


def keep_open(store: Store, actor: Actor, step_id: str, until: date) -> None:
    """Open a step of a closed session again for people who were not there, until the end of a day.

    Raises:
        Refused: the evening is not over, its outcome was not shown, another step is open already, or the day is past or
            too far away.
    """
    with step_write(store, actor, step_id) as (write, session, step):
        if session.state is not SessionState.CLOSED:
            raise Refused(_("De avond is nog bezig. Sluit eerst de bijeenkomst."))
        if step.state is not StepState.SHOWN:
            raise Refused(_("Dit onderdeel is op de avond niet gedaan. Kies een onderdeel met een uitslag."))
        today = write.now.astimezone(ZONE).date()
        if not today <= until <= today + timedelta(days=LONGEST):
            raise Refused(
                _("Kies een dag van vandaag tot en met {days} dagen later.").format(days=LONGEST), field="until"
            )
        if rooms.later_step(write.conn, session.id, write.now) is not None:
            raise Refused(_("Er staat al een onderdeel open. Sluit dat eerst."))
        asked = rooms.evening_round(write.conn, step_id)
        assert asked is not None
        open_round(write, session, step, list(asked.items), is_later=True)
        state = next_step_state(step.state, Move.AGAIN)
        rooms.change_step(write.conn, step_id, state=state, open_until=end_of(until))
        write.changed(session.id, moves_stage=True)
        write.journal("step.keep_open", step_id, details={"until": until.isoformat()})


def close_later(store: Store, actor: Actor, step_id: str) -> None:
    """Stop what was kept open, count it apart and let it be seen with the results."""
    stop_step(store, actor, step_id)
    show_outcome(store, actor, step_id)
    with step_write(store, actor, step_id) as (write, session, _step):
        rooms.change_step(write.conn, step_id, open_until=None)
        write.changed(session.id)
        write.journal("step.close_later", step_id)


def close_what_is_over(store: Store) -> int:
    """Close every step whose day has passed; run once a day. Returns how many."""
    with store.read() as conn:
        over = rooms.steps_over(conn, store.now())
    for step_id, wijkplan_id in over:
        close_later(store, Staff("later", "later", roles={wijkplan_id: frozenset({Role.FACILITATOR})}), step_id)
    return len(over)
