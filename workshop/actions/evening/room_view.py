"""What a participant's own screen shows: the same for a hall, with the own ballot and notes in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from workshop.actions.evening.notes import OwnNote, own_notes
from workshop.actions.evening.steps import context_of, story_of
from workshop.actions.evening.votes.door import Stored, own_ballot
from workshop.actions.people.gate import owner_key, token_hash
from workshop.actions.thread.provenance import provenance_line, provenances
from workshop.domain.errors import NotFound
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.evening.questions import NoteForm, Question, as_form
from workshop.domain.evening.sessions import Round, Step
from workshop.domain.evening.stage import Stage, View
from workshop.domain.evening.stories import Story
from workshop.domain.thread.items import Item, Provenance
from workshop.locale import _, current_language
from workshop.store import Conn, Store, results, rooms, seats, wijkplannen
from workshop.store.kept import kept
from workshop.werkvormen import werkvorm

Mode = Literal["waiting", "ballot", "notes", "stopped", "outcome", "closed"]


@dataclass(frozen=True)
class CarriedItem:
    """An item that came from an earlier step, with where it came from."""

    item: Item
    provenance: Provenance

    @property
    def label(self) -> str:
        """Where it came from, in words of the current language."""
        return provenance_line(self.provenance)


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


def secrecy(step: Step) -> str:
    """What happens with answers, in one sentence, told before anybody answers."""
    if not werkvorm(step.werkvorm).asks_ballot:
        return _("Je kaartje krijgt geen naam. De begeleider kijkt ernaar voor het op het scherm komt.")
    if step.is_secret:
        return _("Geheim: niemand ziet wat jij kiest. We laten alleen totalen zien.")
    return _("Open: iedereen ziet wat jouw organisatie kiest.")


def room_step(step: Step) -> RoomStep:
    """The step as the room may know it."""
    prompt = werkvorm(step.werkvorm).prompt()
    return RoomStep(step.id, step.title, prompt, step.is_secret, secrecy(step), step.state, step.translations)


def carried(conn: Conn, found: list[Item]) -> tuple[CarriedItem, ...]:
    """Items with the label of where they came from."""
    labels = provenances(conn, found)
    return tuple(CarriedItem(item, labels[item.id]) for item in found)


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


def running_step(conn: Conn, steps: list[Step]) -> tuple[Step | None, Round | None]:
    """The step that is open or stopped, with its round."""
    for step in steps:
        if step.state in (StepState.OPEN, StepState.STOPPED):
            return step, rooms.last_round(conn, step.id)
    return None, None


def see_room_shared(store: Store, session_id: str) -> RoomView:
    """What every participant of a session sees alike; rendered once per language and pushed to all.

    Raises:
        NotFound: there is no such session.
    """
    with store.read() as conn:
        found = seats.revisions(conn, session_id)
    if found is None:
        raise NotFound()
    return _shared_at(store, session_id, found[0], current_language())


@kept(256)
def _shared_at(
    store: Store,
    session_id: str,
    revision: int,  # noqa: ARG001 - under which it is kept
    language: str,  # noqa: ARG001 - as above
) -> RoomView:
    """The shared view as of a revision. Every change that it shows raises the revision: it is read once for a hall."""
    with store.read() as conn:
        return _shared(conn, session_id, store.now())


def _shared(conn: Conn, session_id: str, now: datetime) -> RoomView:
    session = rooms.session(conn, session_id)
    if session is None:
        raise NotFound()
    plan = wijkplannen.plan(conn, session.wijkplan_id)
    assert plan is not None
    stage = rooms.stage(conn, session_id)
    steps = rooms.steps_of(conn, session_id)
    step, round_ = running_step(conn, steps)
    mode: Mode = "waiting"
    story = None
    if session.state is not SessionState.OPEN and (step is None or step.open_until is None or step.open_until <= now):
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
    beside: tuple[CarriedItem, ...] = ()
    if asks and step is not None:
        context = context_of(conn, session, step, round_)
        activity = werkvorm(step.werkvorm)
        questions, forms = activity.questions(context), activity.note_forms(context)
        beside = carried(conn, list(context.items))
    return RoomView(
        session_id=session.id,
        session_title=session.title,
        wijkplan_id=session.wijkplan_id,
        wijkplan_title=plan.title,
        joint_task=results.joint_task(conn, session.wijkplan_id),
        revision=session.revision,
        stage_revision=session.stage_revision,
        mode=mode,
        step=room_step(step) if step else None,
        round_id=round_.id if round_ else None,
        questions=questions,
        note_forms=forms,
        items=beside,
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
        place = seats.place_of(conn, session_id, token_hash(token))
        if place is None or place.is_removed:
            raise NotFound(_("Je bent niet (meer) in deze zaal. Vul de code opnieuw in."))
        shared = _shared_at(store, session_id, place.revision, current_language())
        if shared.mode == "ballot" and shared.round_id is not None:
            stored = own_ballot(conn, shared.round_id, token)
            if stored is not None:
                own = OwnBallot(as_form(shared.questions, _answers(stored)), stored.is_complete, stored.change)
        wrote = seats.has_notes(conn, owner_key(token, session_id))
    notes = tuple(own_notes(store, token, session_id)) if wrote else ()
    return replace(shared, group=place.group, own=own, own_notes=notes)


def _answers(stored: Stored) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads(stored.answers)
    return answers
