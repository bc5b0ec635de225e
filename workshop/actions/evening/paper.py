"""Cards on paper: what has to stand on them, the same for a phone's form, a helper's form and a printed card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workshop.actions.evening.steps import context_of, session_to_assist
from workshop.domain.errors import NotFound
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.questions import NoteForm, Question
from workshop.domain.roles import Actor
from workshop.store import Store, rooms
from workshop.werkvormen import werkvorm


@dataclass(frozen=True)
class Card:
    """One card of a step. ``translations``: the question by language code; ``round_id``: None before it opened."""

    session_id: str
    session_title: str
    held_on: date
    step_id: str
    title: str
    prompt: str
    translations: Mapping[str, str]
    is_secret: bool
    state: StepState
    round_id: str | None
    groups: tuple[tuple[str, str], ...]
    organisations: tuple[str, ...]
    questions: tuple[Question, ...]
    note_forms: tuple[NoteForm, ...]


def see_card(store: Store, actor: Actor, step_id: str) -> Card:
    """The card of a step, prepared or running; for facilitators and the helpers at the tables of its session.

    Before the step opened it holds the items that would stand on it now.
    """
    with store.read() as conn:
        step = rooms.step(conn, step_id)
        if step is None:
            raise NotFound()
        _name, session = session_to_assist(conn, actor, step.session_id)
        round_ = rooms.last_round(conn, step.id) if step.state is not StepState.PREPARED else None
        context = context_of(conn, session, step, round_)
        activity = werkvorm(step.werkvorm)
        return Card(
            session_id=session.id,
            session_title=session.title,
            held_on=session.held_on,
            step_id=step.id,
            title=step.title,
            prompt=activity.prompt(),
            translations=step.translations,
            is_secret=step.is_secret,
            state=step.state,
            round_id=round_.id if round_ else None,
            groups=tuple(rooms.groups_of(conn, session.wijkplan_id)),
            organisations=() if step.is_secret else tuple(rooms.partners_of(conn, session.wijkplan_id)),
            questions=activity.questions(context),
            note_forms=activity.note_forms(context),
        )
