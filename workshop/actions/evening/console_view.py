"""Everything the console needs, from one read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from workshop.actions.evening.closing import Presence
from workshop.actions.evening.merging_groups import merged_here
from workshop.actions.evening.pulse import Pulse
from workshop.actions.evening.running import (
    PrimaryMove,
    folding_of,
    primary_move,
    step_next,
    step_now,
)
from workshop.actions.evening.steps import (
    session_for,
)
from workshop.actions.evening.wall_view import WallView, minutes_left, read_running, read_wall
from workshop.domain.evening.groups import OTHERS
from workshop.domain.evening.moves import Move, SessionState, StepState, possible_moves
from workshop.domain.evening.sessions import Round, Session, Step, minutes_ahead
from workshop.domain.evening.stage import Stage
from workshop.domain.roles import Actor, Role
from workshop.domain.thread.items import Item, ItemState
from workshop.locale import _
from workshop.store import Conn, Store, items, wijkplannen
from workshop.werkvormen import werkvorm


@dataclass(frozen=True)
class ConsoleStep:
    """One line of the script on the console."""

    id: str
    position: int
    title: str
    werkvorm: str
    werkvorm_title: str
    minutes: int
    state: StepState
    is_secret: bool
    has_ballot: bool
    round_id: str | None
    round_number: int
    started_at: datetime | None
    minutes_used: int | None
    moves: tuple[Move, ...]
    done: int
    started: int
    paper: int
    is_settled: bool
    skip_reason: str | None
    open_until: datetime | None = None
    settings: Mapping[str, int] = field(default_factory=dict)
    translations: Mapping[str, str] = field(default_factory=dict)
    instruction: str = ""


@dataclass(frozen=True)
class ConsoleView:
    """Everything the console needs."""

    session: Session
    wijkplan_title: str
    steps: tuple[ConsoleStep, ...]
    now: ConsoleStep | None
    next: ConsoleStep | None
    minutes_ahead: int
    minutes_left: int | None
    present: int
    present_by_group: Mapping[str, int]
    notes_waiting: tuple[Item, ...]
    notes_released: tuple[Item, ...]
    notes_hidden: tuple[Item, ...]
    needs_care: frozenset[str]
    stage: Stage
    wall: WallView
    primary: PrimaryMove
    folding_preview: tuple[str, ...]
    joint_task: str | None
    groups: tuple[tuple[str, str], ...]
    organisations: tuple[str, ...]
    merged: tuple[tuple[str, str, str], ...] = ()  # groups put together here: id, name, name of where they went
    small_groups: tuple[tuple[str, str, int], ...] = ()  # groups that would fold now: id, name, people
    presence: Presence | None = None


def console_step(
    step: Step, round_: Round | None, counted: Mapping[str, tuple[int, int, int]], now: datetime
) -> ConsoleStep:
    """One line of the script. ``round_`` is its latest; ``counted``: (complete, all, on paper) ballots by round."""
    activity = werkvorm(step.werkvorm)
    complete, started, paper = counted.get(round_.id, (0, 0, 0)) if round_ else (0, 0, 0)
    used = None
    if step.started_at is not None:
        used = max(0, int(((step.ended_at or now) - step.started_at).total_seconds() // 60))
    return ConsoleStep(
        id=step.id,
        position=step.position,
        title=step.title,
        werkvorm=step.werkvorm,
        werkvorm_title=activity.title(),
        minutes=step.minutes,
        state=step.state,
        is_secret=step.is_secret,
        has_ballot=activity.asks_ballot,
        round_id=round_.id if round_ else None,
        round_number=round_.number if round_ else 0,
        started_at=step.started_at,
        minutes_used=used,
        moves=possible_moves(step.state),
        done=complete,
        started=started,
        paper=paper,
        is_settled=step.settled_at is not None,
        skip_reason=step.skip_reason,
        open_until=step.open_until,
        settings=step.settings,
        translations=step.translations,
        instruction=step.instruction,
    )


def see_console(store: Store, actor: Actor, session_id: str, *, pulse: Pulse | None = None) -> ConsoleView:
    """Everything the console needs, from one read; for a facilitator of the wijkplan. ``pulse``: see :func:`see_wall`."""
    now = store.now()
    with store.read() as conn:
        _staff, session = session_for(conn, actor, session_id, Role.FACILITATOR)
        running = read_running(conn, session)
        steps, stage, present = running.steps, running.stage, running.present
        lines = {s.id: console_step(s, running.last_round(s), running.counted, now) for s in steps}
        at = step_now(steps, stage)
        following = step_next(steps, at)
        to_open = at if at and at.state is StepState.PREPARED else following
        by_state = _by_state(conn, session_id, steps)
        waiting = by_state.get(ItemState.WAITING, [])
        partners, groups = wijkplannen.partners_and_groups(conn, session.wijkplan_id)
        choices = tuple((row.id, row.name) for row in groups if not row.is_archived)
        return ConsoleView(
            session=session,
            wijkplan_title=running.plan.title,
            steps=tuple(lines[s.id] for s in steps),
            now=lines[at.id] if at else None,
            next=lines[following.id] if following else None,
            minutes_ahead=minutes_ahead(steps, now),
            minutes_left=minutes_left(at, now),
            present=sum(present.values()),
            present_by_group={name or OTHERS: n for name, n in present.items()},
            notes_waiting=tuple(waiting),
            notes_released=tuple(by_state.get(ItemState.RELEASED, [])),
            notes_hidden=tuple(by_state.get(ItemState.HIDDEN, [])),
            needs_care=frozenset(items.is_cared_for(conn, [i.id for i in waiting]) if waiting else ()),
            stage=stage,
            wall=read_wall(conn, running, now, pulse),
            primary=primary_move(session, steps, stage),
            folding_preview=_folding_preview(session, to_open, present),
            joint_task=running.plan.joint_task,
            groups=choices,
            organisations=wijkplannen.names_lead_first(partners),
            merged=merged_here(conn, session, groups),
            small_groups=_small_groups(session, to_open, present, choices),
            presence=running.presence,
        )


def _by_state(conn: Conn, session_id: str, steps: Sequence[Step]) -> dict[ItemState, list[Item]]:
    """What the steps of a session made, in the order of the script."""
    place = {step.id: n for n, step in enumerate(steps)}
    by_state: dict[ItemState, list[Item]] = {}
    for item in sorted(items.items_of(conn, session_id=session_id), key=lambda item: place[item.step_id or ""]):
        by_state.setdefault(item.state, []).append(item)
    return by_state


def _small_groups(
    session: Session, step: Step | None, present: Mapping[str | None, int], groups: Iterable[tuple[str, str]]
) -> tuple[tuple[str, str, int], ...]:
    """The groups a facilitator may put together so that they need not be folded."""
    if step is None or not step.is_secret or session.state is not SessionState.OPEN:
        return ()
    folded = set(folding_of(present, step).folded)
    return tuple((group_id, name, present[name]) for group_id, name in groups if name in folded)


def _folding_preview(session: Session, step: Step | None, present: Mapping[str | None, int]) -> tuple[str, ...]:
    """Which groups would be shown together if this secret step opened now, as sentences."""
    if step is None or not step.is_secret or session.state is not SessionState.OPEN:
        return ()
    folding = folding_of(present, step)
    if not folding.counts:
        return ()
    if folding.total_only:
        return (_("Er zijn te weinig mensen per groep. Je ziet straks alleen het totaal."),)
    return tuple(_("{group}: te klein om apart te tonen, telt mee bij overig.").format(group=g) for g in folding.folded)
