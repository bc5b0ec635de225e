"""What phones, wall, console and stream show: plain read models, each from one consistent read, nothing blind in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

from workshop.actions.closing import Closing, Presence, read_closing, read_presence
from workshop.actions.gate import token_hash
from workshop.actions.merging_groups import merged_here
from workshop.actions.notes import OwnNote, own_notes, owner_key
from workshop.actions.running import (
    PrimaryMove,
    folding_at_opening,
    primary_move,
    step_next,
    step_now,
)
from workshop.actions.snapshot import Snapshot, see_snapshot
from workshop.actions.steps import (
    carried_items,
    context_of,
    items_of_step,
    notes_of_step,
    provenance_line,
    provenances,
    session_for,
    story_of,
)
from workshop.actions.voting import ballot_key, live_tally
from workshop.domain.errors import NotFound
from workshop.domain.groups import OTHERS
from workshop.domain.items import Item, ItemState
from workshop.domain.moves import Move, SessionState, StepState, possible_moves
from workshop.domain.questions import NoteForm, Question, as_form
from workshop.domain.roles import Actor, Role, Staff
from workshop.domain.sessions import Round, Session, Step, minutes_ahead
from workshop.domain.stage import Stage, View
from workshop.domain.stories import Story
from workshop.locale import _, current_language, n_
from workshop.store import Store, ballots, figures, items, results, rooms, vote_path, wijkplannen
from workshop.werkvormen import werkvorm

Mode = Literal["waiting", "ballot", "notes", "stopped", "outcome", "closed"]

__all__ = [
    "CarriedItem", "ConsoleStep", "ConsoleView", "Mode", "OwnBallot", "PlannedStep", "Pulse", "RoomStep", "RoomView",
    "SessionPlan", "SessionRow", "Snapshot", "WallView", "see_console", "see_pulse", "see_room", "see_room_shared",
    "see_session", "see_sessions", "see_snapshot", "see_wall",
]  # fmt: skip


@dataclass(frozen=True)
class CarriedItem:
    """An item that came from an earlier step, with where it came from in words."""

    item: Item
    label: str


@dataclass(frozen=True)
class RoomStep:
    """A step as the room may know it. ``secrecy`` says in one sentence what happens with answers."""

    id: str
    title: str
    prompt: str
    is_secret: bool
    secrecy: str
    state: StepState
    translations: Mapping[str, str] = field(default_factory=dict)  # the question, by language code


@dataclass(frozen=True)
class OwnBallot:
    """The own ballot of the running round, as stored."""

    values: dict[str, str]
    is_complete: bool
    change: int


@dataclass(frozen=True)
class RoomView:
    """What a participant's own screen shows."""

    session_id: str
    session_title: str
    wijkplan_id: str
    wijkplan_title: str
    joint_task: str | None
    revision: int
    stage_revision: int
    mode: Mode
    step: RoomStep | None
    round_id: str | None
    questions: tuple[Question, ...]
    note_forms: tuple[NoteForm, ...]
    items: tuple[CarriedItem, ...]
    story: Story | None
    wall_text: str
    area_codes: tuple[str, ...]
    been: tuple[str, ...] = ()  # titles of the steps that are done, for who comes in late
    group: str | None = None
    own: OwnBallot | None = None
    own_notes: tuple[OwnNote, ...] = ()


@dataclass(frozen=True)
class Pulse:
    """A few numbers for the stream; ``tally`` only in a running open step."""

    session_id: str
    revision: int
    stage_revision: int
    step_id: str | None
    round_id: str | None
    state: str | None
    done: int
    started: int
    present: int
    paper: int
    notes_waiting: int
    notes_released: int
    tally: Mapping[str, Any] | None = None


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


# -- shared parts ------------------------------------------------------------------------------------------------------


def _secrecy(step: Step) -> str:
    if not werkvorm(step.werkvorm).asks_ballot:
        return _("Je kaartje krijgt geen naam. De begeleider kijkt ernaar voor het op het scherm komt.")
    if step.is_secret:
        return _("Geheim: niemand ziet wat jij kiest. We laten alleen totalen zien.")
    return _("Open: iedereen ziet wat jouw organisatie kiest.")


def _room_step(step: Step) -> RoomStep:
    activity = werkvorm(step.werkvorm)
    return RoomStep(step.id, step.title, activity.prompt(), step.is_secret, _secrecy(step), step.state, step.translations)


def _carried(conn: Any, found: list[Item]) -> tuple[CarriedItem, ...]:
    labels = provenances(conn, found)
    return tuple(CarriedItem(item, provenance_line(labels[item.id])) for item in found)


def _wall_text(stage: Stage, step: Step | None) -> str:
    """What the room is looking at, in words, for somebody who cannot see the wall or came late."""
    if stage.is_blank:
        return _("Het scherm is even donker.")
    title = step.title if step else ""
    return {
        View.DOOR: _("Op het scherm staat hoe je meedoet."),
        View.STEP: _("Op het scherm staat: {title}.").format(title=title),
        View.NOTES: _("Op het scherm staan de kaartjes van: {title}.").format(title=title),
        View.OUTCOME: _("Op het scherm staat de uitslag van: {title}.").format(title=title),
        View.FIGURES: _("Op het scherm staan cijfers over de wijk."),
        View.JOINT_TASK: _("Op het scherm staat de gezamenlijke opgave."),
        View.MESSAGE: stage.text or "",
        View.CLOSING: _("De bijeenkomst is bijna klaar. Kijk naar het scherm."),
    }[stage.view]


def _running(conn: Any, steps: list[Step]) -> tuple[Step | None, Round | None]:
    """The step that is open or stopped, with its round."""
    for step in steps:
        if step.state in (StepState.OPEN, StepState.STOPPED):
            return step, rooms.last_round(conn, step.id)
    return None, None


def _minutes_left(step: Step | None, now: datetime) -> int | None:
    if step is None or step.state is not StepState.OPEN or step.started_at is None:
        return None
    # A clock that was put back must not give time that was never planned.
    return step.minutes - max(0, int((now - step.started_at).total_seconds() // 60))


# -- the participant -----------------------------------------------------------------------------------------------------


def see_room_shared(store: Store, session_id: str) -> RoomView:
    """What every participant of a session sees alike; rendered once per language and pushed to all.

    Raises:
        NotFound: there is no such session.
    """
    with store.read() as conn:
        found = vote_path.revisions(conn, session_id)
    if found is None:
        raise NotFound()
    return _shared_at(store, session_id, found[0], current_language())


@lru_cache(maxsize=256)
def _shared_at(store: Store, session_id: str, revision: int, language: str) -> RoomView:
    """The shared view as of a revision: every change that it shows raises the revision, so it is read once for a hall."""
    with store.read() as conn:
        return _shared(conn, session_id)


def _shared(conn: Any, session_id: str) -> RoomView:
    session = rooms.session(conn, session_id)
    if session is None:
        raise NotFound()
    plan = wijkplannen.plan(conn, session.wijkplan_id)
    assert plan is not None
    stage = rooms.stage(conn, session_id)
    steps = rooms.steps_of(conn, session_id)
    step, round_ = _running(conn, steps)
    mode: Mode = "waiting"
    story = None
    if session.state is not SessionState.OPEN:
        mode, step, round_ = "closed", None, None
    elif step is not None and step.state is StepState.OPEN:
        mode = "ballot" if werkvorm(step.werkvorm).asks_ballot else "notes"
    elif step is not None:
        mode = "stopped"
    else:
        on_stage = next((s for s in steps if s.id == stage.step_id), None)
        if stage.view is View.OUTCOME and on_stage is not None and on_stage.state is StepState.SHOWN:
            step, round_ = on_stage, rooms.last_round(conn, on_stage.id)
            assert round_ is not None
            mode, story = "outcome", story_of(conn, session, on_stage, round_)
        elif on_stage is not None and stage.view is View.STEP and on_stage.state is StepState.PREPARED:
            step = on_stage
    asks = step is not None and round_ is not None and mode in ("ballot", "notes")
    questions: tuple[Question, ...] = ()
    forms: tuple[NoteForm, ...] = ()
    carried: tuple[CarriedItem, ...] = ()
    if asks and step is not None:
        context = context_of(conn, session, step, round_)
        activity = werkvorm(step.werkvorm)
        questions, forms = activity.questions(context), activity.note_forms(context)
        carried = _carried(conn, list(context.items))
    return RoomView(
        session_id=session.id,
        session_title=session.title,
        wijkplan_id=session.wijkplan_id,
        wijkplan_title=plan.title,
        joint_task=results.joint_task(conn, session.wijkplan_id),
        revision=session.revision,
        stage_revision=session.stage_revision,
        mode=mode,
        step=_room_step(step) if step else None,
        round_id=round_.id if round_ else None,
        questions=questions,
        note_forms=forms,
        items=carried,
        story=story,
        wall_text=_wall_text(stage, next((s for s in steps if s.id == stage.step_id), None)),
        been=tuple(s.title for s in steps if s.state is StepState.SHOWN),
        area_codes=tuple(a.code for a in wijkplannen.areas(conn, [session.wijkplan_id]).get(session.wijkplan_id, [])),
    )


def see_room(store: Store, token: str | None, session_id: str) -> RoomView:
    """What one participant sees: the shared part with the own ballot and notes.

    Raises:
        NotFound: the token is not (or no longer) in this room.
    """
    if not token:
        raise NotFound()
    own = None
    with store.read() as conn:
        place = vote_path.place_of(conn, session_id, token_hash(token))
        if place is None or place.is_removed:
            raise NotFound(_("Je bent niet (meer) in deze zaal. Vul de code opnieuw in."))
        shared = _shared_at(store, session_id, place.revision, current_language())
        if shared.mode == "ballot" and shared.round_id is not None:
            key = ballot_key(token, shared.round_id)
            stored = vote_path.stored_by_key(conn, shared.round_id, [key]).get(key)
            if stored is not None:
                own = OwnBallot(as_form(shared.questions, _answers(stored)), stored.is_complete, stored.change)
        wrote = vote_path.has_notes(conn, owner_key(token, session_id))
    notes = tuple(own_notes(store, token, session_id)) if wrote else ()
    return replace(shared, group=place.group, own=own, own_notes=notes)


def _answers(stored: vote_path.Stored) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads(stored.answers)
    return answers


# -- the stream ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Beat:
    """What of a pulse can only change together with the revision."""

    step_id: str | None
    round_id: str | None
    state: str | None
    is_running: bool
    is_open_tally: bool
    stopped: tuple[int, int, int]  # complete, all, on paper: of a round that does not run anymore


@lru_cache(maxsize=256)
def _beat_at(store: Store, session_id: str, revision: int) -> _Beat:
    with store.read() as conn:
        steps = rooms.steps_of(conn, session_id)
        step = step_now(steps, rooms.stage(conn, session_id))
        round_ = rooms.last_round(conn, step.id) if step else None
        if step is None or round_ is None:
            return _Beat(step.id if step else None, None, step.state.value if step else None, False, False, (0, 0, 0))
        is_running = round_.state is StepState.OPEN
        return _Beat(
            step.id,
            round_.id,
            step.state.value,
            is_running,
            is_running and not step.is_secret and werkvorm(step.werkvorm).asks_ballot,
            (0, 0, 0) if is_running else ballots.count(conn, round_.id),
        )


def see_pulse(store: Store, session_id: str) -> Pulse:
    """The numbers that the stream pushes after every batch and change; a handful of counts, never a story."""
    with store.read() as conn:
        found = vote_path.revisions(conn, session_id)
        if found is None:
            raise NotFound()
        beat = _beat_at(store, session_id, found[0])
        complete, started, paper = beat.stopped
        tally = None
        if beat.is_running and beat.round_id is not None:
            counted = vote_path.count_running(conn, beat.round_id)
            complete, started, paper = counted.complete, counted.all, counted.paper
            if beat.is_open_tally:
                tally = live_tally(store, conn, beat.round_id)
        present = vote_path.count_present(conn, session_id)
        notes = vote_path.count_notes(conn, session_id)
    return Pulse(
        session_id=session_id,
        revision=found[0],
        stage_revision=found[1],
        step_id=beat.step_id,
        round_id=beat.round_id,
        state=beat.state,
        done=complete,
        started=started,
        present=max(complete, present + paper),
        paper=paper,
        notes_waiting=notes.get(ItemState.WAITING, 0),
        notes_released=notes.get(ItemState.RELEASED, 0),
        tally=tally,
    )


def see_tally(store: Store, round_id: str) -> Mapping[str, Any]:
    """The tally of a running open round, for the stream between two pulses.

    Raises:
        NotFound: no such round, or a secret one: its tally is nobody's before it is shown.
    """
    with store.read() as conn:
        return live_tally(store, conn, round_id)


# -- the wall ------------------------------------------------------------------------------------------------------------


def see_wall(store: Store, actor: Actor, session_id: str) -> WallView:
    """What the projector draws; for a facilitator of the wijkplan."""
    with store.read() as conn:
        _staff, session = session_for(conn, actor, session_id, Role.FACILITATOR)
        return _wall(conn, session, store.now())


def _wall(conn: Any, session: Session, now: datetime) -> WallView:
    plan = wijkplannen.plan(conn, session.wijkplan_id)
    assert plan is not None
    steps = rooms.steps_of(conn, session.id)
    stage = rooms.stage(conn, session.id)
    at = step_now(steps, stage)
    step = next((s for s in steps if s.id == stage.step_id), None)
    round_ = rooms.last_round(conn, step.id) if step else None
    complete, _started, paper = ballots.count(conn, round_.id) if round_ else (0, 0, 0)
    story = live = None
    if stage.view is View.OUTCOME and step is not None and round_ is not None and round_.state is StepState.SHOWN:
        story = story_of(conn, session, step, round_)
    if step is not None and round_ is not None and not step.is_secret and round_.state is StepState.OPEN:
        activity = werkvorm(step.werkvorm)
        if activity.asks_ballot:
            context = context_of(conn, session, step, round_)
            live = activity.story(context, activity.outcome(context, vote_path.running(conn, round_.id)))
    following = step_next(steps, at)
    carried: tuple[CarriedItem, ...] = ()
    if step is not None and stage.view is View.STEP:
        carried = _carried(conn, items_of_step(conn, session.wijkplan_id, step, round_ if step.state is not StepState.PREPARED else None))
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
        step=_room_step(step) if step else None,
        done=complete,
        present=max(complete, sum(rooms.present_by_group(conn, session.id).values()) + paper),
        has_ballot=step is not None and werkvorm(step.werkvorm).asks_ballot,
        story=story,
        live_story=live,
        notes=tuple(notes_of_step(conn, step)) if step is not None else (),
        items=carried,
        joint_task=results.joint_task(conn, session.wijkplan_id),
        next_title=following.title if following else None,
        minutes_left=_minutes_left(step, now),
        area_codes=tuple(a.code for a in wijkplannen.areas(conn, [session.wijkplan_id]).get(session.wijkplan_id, [])),
        figures=tuple(figures.rows_of(conn, session.wijkplan_id)) if stage.view is View.FIGURES else (),
        revision=session.revision,
        closing=read_closing(conn, session) if stage.view is View.CLOSING else None,
    )


# -- the console ---------------------------------------------------------------------------------------------------------


def _console_step(conn: Any, step: Step, now: datetime) -> ConsoleStep:
    activity = werkvorm(step.werkvorm)
    round_ = rooms.last_round(conn, step.id)
    complete, started, paper = ballots.count(conn, round_.id) if round_ else (0, 0, 0)
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
        settings=step.settings,
        translations=step.translations,
        instruction=step.instruction,
    )


def see_console(store: Store, actor: Actor, session_id: str) -> ConsoleView:
    """Everything the console needs, from one read; for a facilitator of the wijkplan."""
    now = store.now()
    with store.read() as conn:
        _staff, session = session_for(conn, actor, session_id, Role.FACILITATOR)
        plan = wijkplannen.plan(conn, session.wijkplan_id)
        assert plan is not None
        steps = rooms.steps_of(conn, session_id)
        stage = rooms.stage(conn, session_id)
        lines = {s.id: _console_step(conn, s, now) for s in steps}
        at = step_now(steps, stage)
        following = step_next(steps, at)
        by_state: dict[ItemState, list[Item]] = {}
        for s in steps:
            for item in items.items_of(conn, step_id=s.id):
                by_state.setdefault(item.state, []).append(item)
        waiting = by_state.get(ItemState.WAITING, [])
        present = rooms.present_by_group(conn, session_id)
        return ConsoleView(
            session=session,
            wijkplan_title=plan.title,
            steps=tuple(lines[s.id] for s in steps),
            now=lines[at.id] if at else None,
            next=lines[following.id] if following else None,
            minutes_ahead=minutes_ahead(steps, now),
            minutes_left=_minutes_left(at, now),
            present=sum(present.values()),
            present_by_group={name or OTHERS: n for name, n in present.items()},
            notes_waiting=tuple(waiting),
            notes_released=tuple(by_state.get(ItemState.RELEASED, [])),
            notes_hidden=tuple(by_state.get(ItemState.HIDDEN, [])),
            needs_care=frozenset(items.is_cared_for(conn, [i.id for i in waiting])),
            stage=stage,
            wall=_wall(conn, session, now),
            primary=primary_move(session, steps, stage),
            folding_preview=_folding_preview(conn, session, at if at and at.state is StepState.PREPARED else following),
            joint_task=results.joint_task(conn, session.wijkplan_id),
            groups=tuple(rooms.groups_of(conn, session.wijkplan_id)),
            organisations=tuple(rooms.partners_of(conn, session.wijkplan_id)),
            merged=merged_here(conn, session),
            small_groups=_small_groups(conn, session, at if at and at.state is StepState.PREPARED else following),
            presence=read_presence(conn, session),
        )


def _small_groups(conn: Any, session: Session, step: Step | None) -> tuple[tuple[str, str, int], ...]:
    """The groups a facilitator may put together so that they need not be folded."""
    if step is None or not step.is_secret or session.state is not SessionState.OPEN:
        return ()
    folded = set(folding_at_opening(conn, session, step).folded)
    present = rooms.present_by_group(conn, session.id)
    return tuple(
        (group_id, name, present[name])
        for group_id, name in rooms.groups_of(conn, session.wijkplan_id)
        if name in folded
    )


def _folding_preview(conn: Any, session: Session, step: Step | None) -> tuple[str, ...]:
    """Which groups would be shown together if this secret step opened now, as sentences."""
    if step is None or not step.is_secret or session.state is not SessionState.OPEN:
        return ()
    folding = folding_at_opening(conn, session, step)
    if not folding.counts:
        return ()
    if folding.total_only:
        return (_("Er zijn te weinig mensen per groep. Je ziet straks alleen het totaal."),)
    return tuple(_("{group}: te klein om apart te tonen, telt mee bij overig.").format(group=g) for g in folding.folded)


# -- preparing -----------------------------------------------------------------------------------------------------------


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
        planned = []
        for step in rooms.steps_of(conn, session_id):
            round_ = rooms.last_round(conn, step.id) if step.state is not StepState.PREPARED else None
            on = items_of_step(conn, session.wijkplan_id, step, round_)
            upcoming = {i.id for i in (carried_items(conn, session.wijkplan_id, step) if round_ else on)} | {i.id for i in on}
            takes = werkvorm(step.werkvorm).takes
            fitting = items.items_of(
                conn, wijkplan_id=session.wijkplan_id, states=[ItemState.RELEASED], kinds=takes
            ) if takes else []
            others = [i for i in fitting if i.id not in upcoming and i.step_id != step.id]
            planned.append(PlannedStep(_console_step(conn, step, now), _carried(conn, on), _carried(conn, others)))
        return SessionPlan(
            session,
            tuple(planned),
            sum(p.step.minutes for p in planned if p.step.state is not StepState.SKIPPED),
            results.joint_task(conn, session.wijkplan_id),
        )


def people_sentence(n: int) -> str:
    """How many people are in the room, in words."""
    return n_("{n} deelnemer in de zaal", "{n} deelnemers in de zaal", n).format(n=n)
