"""The sessions of a wijkplan, and the script of one with the items on every step."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.actions.evening.console_view import ConsoleStep, console_step
from workshop.actions.evening.room_view import CarriedItem, carried
from workshop.actions.evening.steps import (
    carried_items,
    items_of_step,
    session_for,
)
from workshop.domain.errors import NotFound
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.sessions import Session
from workshop.domain.roles import Actor, Role, Staff
from workshop.domain.thread.items import ItemState
from workshop.store import Store, items, results, rooms
from workshop.werkvormen import werkvorm


@dataclass(frozen=True)
class SessionRow:
    """One line in the list of sessions."""

    session: Session
    steps: int
    minutes: int
    participants: int
    steps_shown: int


@dataclass(frozen=True)
class PlannedStep:
    """A step of the script with the items that stand on it now and where they came from."""

    step: ConsoleStep
    items: tuple[CarriedItem, ...]
    others: tuple[CarriedItem, ...]  # released items of a fitting kind that are not on it: parked or taken off


@dataclass(frozen=True)
class SessionPlan:
    session: Session
    steps: tuple[PlannedStep, ...]
    minutes: int
    joint_task: str | None


def see_sessions(store: Store, actor: Actor, wijkplan_id: str) -> list[SessionRow]:
    """The sessions of a wijkplan, latest first; for anybody with a role in it."""
    if not isinstance(actor, Staff) or not actor.has(wijkplan_id, *Role):
        raise NotFound()
    with store.read() as conn:
        rows = []
        for session in rooms.sessions_of(conn, wijkplan_id):
            steps = rooms.steps_of(conn, session.id)
            planned = [s for s in steps if s.state is not StepState.SKIPPED]
            joined = sum(rooms.ever_joined_by_group(conn, session.id).values())
            shown = sum(s.state is StepState.SHOWN for s in steps)
            rows.append(SessionRow(session, len(steps), sum(s.minutes for s in planned), joined, shown))
        return rows[::-1]


def see_session(store: Store, actor: Actor, session_id: str) -> SessionPlan:
    """The script of a session with the items on every step; for a facilitator."""
    now = store.now()
    with store.read() as conn:
        _staff, session = session_for(conn, actor, session_id, Role.FACILITATOR)
        practice = {s.id for s in rooms.sessions_of(conn, session.wijkplan_id) if s.is_practice} - {session_id}
        planned = []
        for step in rooms.steps_of(conn, session_id):
            round_ = rooms.last_round(conn, step.id) if step.state is not StepState.PREPARED else None
            on = items_of_step(conn, session.wijkplan_id, step, round_)
            again = carried_items(conn, session.wijkplan_id, step) if round_ else []
            upcoming = {item.id for item in [*on, *again]}
            takes = werkvorm(step.werkvorm).takes
            fitting = (
                items.items_of(conn, wijkplan_id=session.wijkplan_id, states=[ItemState.RELEASED], kinds=takes)
                if takes
                else []
            )
            others = [
                i for i in fitting if i.id not in upcoming and i.step_id != step.id and i.session_id not in practice
            ]
            planned.append(PlannedStep(console_step(conn, step, now), carried(conn, on), carried(conn, others)))
        return SessionPlan(
            session,
            tuple(planned),
            sum(p.step.minutes for p in planned if p.step.state is not StepState.SKIPPED),
            results.joint_task(conn, session.wijkplan_id),
        )
