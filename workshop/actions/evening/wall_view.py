"""What the projector draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workshop.actions.evening.closing import Closing, Presence, closing_of, presence_of
from workshop.actions.evening.pulse import Pulse
from workshop.actions.evening.room_view import CarriedItem, RoomStep, carried, room_step
from workshop.actions.evening.running import (
    step_next,
    step_now,
)
from workshop.actions.evening.steps import (
    context_of,
    items_of_step,
    notes_of_step,
    session_for,
    story_of,
)
from workshop.actions.evening.votes.door import ballots_now
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.evening.sessions import Round, Session, Step
from workshop.domain.evening.stage import Stage, View
from workshop.domain.evening.stories import Story
from workshop.domain.roles import Actor, Role
from workshop.domain.thread.items import Item
from workshop.store import Conn, Store, evenings, figures, rooms, wijkplannen
from workshop.store.wijkplannen import PlanRow
from workshop.werkvormen import werkvorm


@dataclass(frozen=True)
class WallView:
    """What the projector draws."""

    session_id: str
    session_title: str
    wijkplan_title: str
    municipality_name: str
    place: str
    held_on: date
    code: str
    join_path: str
    state: SessionState
    stage: Stage
    step: RoomStep | None
    done: int
    present: int
    has_ballot: bool
    story: Story | None
    live_story: Story | None
    notes: tuple[Item, ...]
    items: tuple[CarriedItem, ...]
    joint_task: str | None
    next_title: str | None
    minutes_left: int | None
    area_codes: tuple[str, ...]
    figures: tuple[Mapping[str, Any], ...]  # loaded from files; rows of workshop.sources.figure
    revision: int
    closing: Closing | None = None


def minutes_left(step: Step | None, now: datetime) -> int | None:
    """Minutes the script still gives an open step; negative when it runs over, None when it does not run."""
    if step is None or step.state is not StepState.OPEN or step.started_at is None:
        return None
    # A clock that was put back must not give time that was never planned.
    return step.minutes - max(0, int((now - step.started_at).total_seconds() // 60))


@dataclass(frozen=True)
class Running:
    """One evening as it stands: what the wall and the console both draw from, read once for both.

    ``heads`` per group name: (here now, ever taken part). ``counted`` by round: (complete, all, on paper).
    """

    session: Session
    plan: PlanRow
    steps: list[Step]
    stage: Stage
    rounds: Mapping[str, Sequence[Round]]
    counted: Mapping[str, tuple[int, int, int]]
    heads: Mapping[str | None, tuple[int, int]]
    area_codes: tuple[str, ...]

    def last_round(self, step: Step) -> Round | None:
        """The latest round of a step."""
        return next(reversed(self.rounds.get(step.id, ())), None)

    @property
    def present(self) -> dict[str | None, int]:
        """How many people are in the room now, per group name."""
        return {name: here for name, (here, _ever) in self.heads.items() if here}

    @property
    def presence(self) -> Presence:
        """Everybody who took part, also who left early."""
        joined = {name: ever for name, (_here, ever) in self.heads.items()}
        return presence_of(joined, self.area_codes, self.counted)


def read_running(conn: Conn, session: Session) -> Running:
    """One evening inside an open read, for who has been checked already; seven statements."""
    plan = wijkplannen.plan(conn, session.wijkplan_id)
    assert plan is not None
    areas = wijkplannen.areas(conn, [session.wijkplan_id]).get(session.wijkplan_id, [])
    return Running(
        session=session,
        plan=plan,
        steps=rooms.steps_of(conn, session.id),
        stage=rooms.stage(conn, session.id),
        rounds=evenings.rounds_of_session(conn, session.id),
        counted=evenings.ballots_of(conn, session.id),
        heads=evenings.heads_of(conn, session.id),
        area_codes=tuple(area.code for area in areas),
    )


def see_wall(store: Store, actor: Actor, session_id: str, *, pulse: Pulse | None = None) -> WallView:
    """What the projector draws; for a facilitator of the wijkplan. The tally of ``pulse`` is drawn, not counted again."""
    with store.read() as conn:
        _staff, session = session_for(conn, actor, session_id, Role.FACILITATOR)
        return read_wall(conn, read_running(conn, session), store.now(), pulse)


def read_wall(conn: Conn, running: Running, now: datetime, pulse: Pulse | None = None) -> WallView:
    """The same inside an open read; what stands on the wall is read beside what is there already."""
    session, plan, stage, steps = running.session, running.plan, running.stage, running.steps
    at = step_now(steps, stage)
    step = next((s for s in steps if s.id == stage.step_id), None)
    round_ = running.last_round(step) if step else None
    complete, _started, paper = running.counted.get(round_.id, (0, 0, 0)) if round_ else (0, 0, 0)
    left = round_.left_after_voting if round_ else 0
    story = live = None
    if stage.view is View.OUTCOME and step is not None and round_ is not None and round_.state is StepState.SHOWN:
        story = story_of(conn, session, step, round_)
    if step is not None and round_ is not None and not step.is_secret and round_.state is StepState.OPEN:
        activity = werkvorm(step.werkvorm)
        if activity.asks_ballot:
            context = context_of(conn, session, step, round_)
            counted = pulse.tally if pulse is not None and pulse.round_id == round_.id else None
            if counted is None:
                counted = activity.outcome(context, ballots_now(conn, round_.id))
            live = activity.story(context, counted)
    following = step_next(steps, at)
    beside: tuple[CarriedItem, ...] = ()
    if step is not None and stage.view is View.STEP:
        frozen = None if step.state is StepState.PREPARED else round_
        beside = carried(conn, items_of_step(conn, session.wijkplan_id, step, frozen))
    return WallView(
        session_id=session.id,
        session_title=session.title,
        wijkplan_title=plan.title,
        municipality_name=plan.municipality_name,
        place=session.place,
        held_on=session.held_on,
        code=session.code or "",
        join_path=f"/m/{session.code}",
        state=session.state,
        stage=stage,
        step=room_step(step) if step else None,
        done=complete,
        present=max(complete, sum(running.present.values()) + paper + left),
        has_ballot=step is not None and werkvorm(step.werkvorm).asks_ballot,
        story=story,
        live_story=live,
        notes=tuple(notes_of_step(conn, step)) if step is not None else (),
        items=beside,
        joint_task=plan.joint_task,
        next_title=following.title if following else None,
        minutes_left=minutes_left(step, now),
        area_codes=running.area_codes,
        figures=tuple(figures.rows_of(conn, session.wijkplan_id)) if stage.view is View.FIGURES else (),
        revision=session.revision,
        closing=_closing(conn, running) if stage.view is View.CLOSING else None,
    )


def _closing(conn: Conn, running: Running) -> Closing:
    steps = [step.id for step in running.steps]
    return closing_of(conn, running.session, running.plan.title, steps, running.presence)
