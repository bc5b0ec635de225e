"""The sessions of a wijkplan, and the script of one with the items on every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from workshop.actions.evening.console_view import ConsoleStep, console_step
from workshop.actions.evening.pointing_back import StepAbout, about_from
from workshop.actions.evening.room_view import CarriedItem
from workshop.actions.evening.steps import session_for, stands_on
from workshop.actions.people.gate import require_role
from workshop.actions.thread.material import Thread, kept_thread
from workshop.actions.thread.provenance import provenance
from workshop.actions.wijkplan.path import read_order
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.sessions import Round, Session, Step
from workshop.domain.roles import Actor, Role
from workshop.domain.thread.items import Item, ItemState
from workshop.store import Store, evenings, items, results, rooms
from workshop.store.items import Decided
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
    about: StepAbout | None = None  # what its notes point back to; None when it makes none


@dataclass(frozen=True)
class SessionPlan:
    session: Session
    steps: tuple[PlannedStep, ...]
    minutes: int
    joint_task: str | None


def see_sessions(store: Store, actor: Actor, wijkplan_id: str) -> list[SessionRow]:
    """The sessions of a wijkplan, latest first; for anybody with a role in it."""
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        sessions = rooms.sessions_of(conn, wijkplan_id)
        joined = evenings.joined_of_plan(conn, wijkplan_id)
        steps: dict[str, list[Step]] = {}
        for step in evenings.steps_of_plan(conn, wijkplan_id):
            steps.setdefault(step.session_id, []).append(step)
    return [_row(s, steps.get(s.id, []), sum(joined.get(s.id, {}).values())) for s in reversed(sessions)]


def _row(session: Session, steps: list[Step], participants: int) -> SessionRow:
    return SessionRow(
        session,
        len(steps),
        sum(s.minutes for s in steps if s.state is not StepState.SKIPPED),
        participants,
        sum(s.state is StepState.SHOWN for s in steps),
    )


def see_session(store: Store, actor: Actor, session_id: str) -> SessionPlan:
    """The script of a session with the items on every step; for a facilitator."""
    now = store.now()
    with store.read() as conn:
        _staff, session = session_for(conn, actor, session_id, Role.FACILITATOR)
        plan = _Planning(
            session,
            thread=kept_thread(conn, session.wijkplan_id, within=session_id),
            labels=items.latest_decisions(conn, session.wijkplan_id),
            rounds=evenings.rounds_of_session(conn, session_id),
            exceptions=evenings.exceptions_of(conn, session_id),
            order=read_order(conn, session.wijkplan_id),
        )
        counted = evenings.ballots_of(conn, session_id)
        steps = rooms.steps_of(conn, session_id)
        joint_task = results.joint_task(conn, session.wijkplan_id)
    planned = tuple(
        PlannedStep(console_step(step, plan.last_round(step), counted, now), *plan.lists(step), plan.about(step))
        for step in steps
    )
    minutes = sum(p.step.minutes for p in planned if p.step.state is not StepState.SKIPPED)
    return SessionPlan(session, planned, minutes, joint_task)


@dataclass(frozen=True)
class _Planning:
    """What the lists of all steps of a session stand on, from one read.

    ``labels``: what holds of each item outside practice, for the label of where it came from.
    """

    session: Session
    thread: Thread
    labels: Mapping[str, Decided]
    rounds: Mapping[str, Sequence[Round]]
    exceptions: Mapping[str, Mapping[str, bool]]
    order: Sequence[int]

    def last_round(self, step: Step) -> Round | None:
        """The latest round of a step, if it has opened."""
        return next(reversed(self.rounds.get(step.id, ())), None)

    def lists(self, step: Step) -> tuple[tuple[CarriedItem, ...], tuple[CarriedItem, ...]]:
        """What stands on a step, and what could be put on it."""
        round_ = self.last_round(step) if step.state is not StepState.PREPARED else None
        coming = self._coming(step)
        on = self._find(round_.items) if round_ else coming
        upcoming, takes = {item.id for item in [*on, *coming]}, werkvorm(step.werkvorm).takes
        others = [
            item
            for item in self._released
            if item.kind in takes and item.id not in upcoming and item.step_id != step.id
        ]
        return tuple(map(self._labelled, on)), tuple(map(self._labelled, others))

    def about(self, step: Step) -> StepAbout | None:
        """What the notes of a step point back to, and what else they could."""
        if not werkvorm(step.werkvorm).makes:
            return None
        last = self.last_round(step)
        beside = last.items if last else [item.id for item in self._coming(step)]
        return about_from(step, last, beside, self._released, self._going_on)

    @cached_property
    def _released(self) -> list[Item]:
        there = self.thread.items.values()
        return [i for i in there if i.state is ItemState.RELEASED and not self.thread.is_only_practice(i)]

    @cached_property
    def _going_on(self) -> frozenset[str]:
        return frozenset(i for i, decision in self.thread.latest.items() if decision.goes_on)

    def _coming(self, step: Step) -> list[Item]:
        return stands_on(
            step,
            self.session.sprint,
            decided=self.thread.decided,
            exceptions=self.exceptions.get(step.id, {}),
            order=self.order,
            find=self._find,
        )

    def _find(self, ids: Sequence[str]) -> list[Item]:
        return [self.thread.items[i] for i in ids if i in self.thread.items]

    def _labelled(self, item: Item) -> CarriedItem:
        return CarriedItem(item, provenance(item, self.thread.sessions, self.thread.steps, self.labels))
