"""What a step is about: its werkvorm, its items, its notes, and how its outcome is counted and told.

Shared by the actions that run a step and the reads that show it, so that wall, phone, console and export tell the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from workshop.actions.people.gate import require_role
from workshop.actions.thread.material import Thread, thread_from
from workshop.actions.wijkplan.path import read_order
from workshop.domain.errors import NotFound
from workshop.domain.evening.ballots import is_closed
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.sessions import Round, Session, Step
from workshop.domain.evening.stage import View
from workshop.domain.evening.stories import Story
from workshop.domain.roles import Actor, Role, Staff, TableHelper
from workshop.domain.thread.items import Item, ItemState
from workshop.domain.thread.taking_along import handed_over, stands_on_step
from workshop.locale import _, current_language
from workshop.store import Conn, Store, ballots, evenings, items, rooms
from workshop.store.items import Decided
from workshop.store.writing import Write, writing
from workshop.werkvormen import StepContext, werkvorm


def session_for(conn: Conn, actor: Actor, session_id: str, *roles: Role) -> tuple[Staff, Session]:
    """The session, when this actor holds one of the roles in its wijkplan.

    Raises:
        NotFound: no such session, or not for this actor; the answer is the same.
    """
    found = rooms.session(conn, session_id)
    if found is None:
        raise NotFound()
    staff = require_role(actor, found.wijkplan_id, *roles)
    return staff, found


def step_for(conn: Conn, actor: Actor, step_id: str, *roles: Role) -> tuple[Staff, Session, Step]:
    """The step and its session, under the same rule as :func:`session_for`."""
    found = rooms.step(conn, step_id)
    if found is None:
        raise NotFound()
    staff, session = session_for(conn, actor, found.session_id, *roles)
    return staff, session, found


def session_to_assist(conn: Conn, actor: Actor, session_id: str) -> tuple[str, Session]:
    """The session and the name for the journal, for its facilitators and the helpers at its tables.

    Raises:
        NotFound: no such session, or not for this actor.
    """
    if isinstance(actor, TableHelper):
        found = rooms.session(conn, session_id)
        if found is None or actor.session_id != session_id:
            raise NotFound()
        return f"table:{actor.link_id}", found
    staff, found = session_for(conn, actor, session_id, Role.FACILITATOR)
    return staff.account_id, found


@contextmanager
def assisting_write(store: Store, actor: Actor, step_id: str) -> Iterator[tuple[Write, Session, Step]]:
    """Like :func:`step_write`, also for helpers at the tables of the session."""
    with store.read() as conn:
        step = rooms.step(conn, step_id)
        if step is None:
            raise NotFound()
        name, session = session_to_assist(conn, actor, step.session_id)
    with writing(store, name, wijkplan_id=session.wijkplan_id) as write:
        again = rooms.step(write.conn, step_id)
        assert again is not None
        yield write, session_to_assist(write.conn, actor, again.session_id)[1], again


@contextmanager
def session_write(store: Store, actor: Actor, session_id: str) -> Iterator[tuple[Write, Session]]:
    """Check, take the wijkplan's lock, read the session again under it: ``with session_write(…) as (write, session)``."""
    with store.read() as conn:
        staff, session = session_for(conn, actor, session_id, Role.FACILITATOR)
    with writing(store, staff.account_id, wijkplan_id=session.wijkplan_id) as write:
        yield write, session_for(write.conn, actor, session_id, Role.FACILITATOR)[1]


@contextmanager
def step_write(store: Store, actor: Actor, step_id: str) -> Iterator[tuple[Write, Session, Step]]:
    """The same for a step: ``with step_write(…) as (write, session, step)``."""
    with store.read() as conn:
        staff, session, _step = step_for(conn, actor, step_id, Role.FACILITATOR)
    with writing(store, staff.account_id, wijkplan_id=session.wijkplan_id) as write:
        yield (write, *step_for(write.conn, actor, step_id, Role.FACILITATOR)[1:])


def carried_items(conn: Conn, wijkplan_id: str, step: Step) -> list[Item]:
    """The items that stand on a step that has not opened: what the previous result handed over, and hand-made exceptions.

    [ours] On a step come, as far as their kind fits its werkvorm, the items that go on within its own sprint and those
    that the last earlier sprint with fitting items handed over (:mod:`workshop.domain.thread.taking_along`); what one of them
    stands for makes way for it. Older ones can still be put on by hand.

    What this step itself decided does not count, and its own items never come back to itself.
    """
    takes = werkvorm(step.werkvorm).takes
    decided = items.all_decisions(conn, wijkplan_id, within=step.session_id) if takes else []
    session = rooms.session(conn, step.session_id)
    assert session is not None
    return stands_on(
        step,
        session.sprint,
        decided=decided,
        exceptions=rooms.step_exceptions(conn, step.id),
        order=read_order(conn, wijkplan_id),
        find=lambda ids: items.items_by_id(conn, ids),
    )


def stands_on(
    step: Step,
    sprint: int,
    *,
    decided: Sequence[Decided],
    exceptions: Mapping[str, bool],
    order: Sequence[int],
    find: Callable[[Sequence[str]], Iterable[Item]],
) -> list[Item]:
    """The same from what was read before, see :func:`carried_items`; ``find`` gives items in the order of these ids."""
    takes = werkvorm(step.werkvorm).takes
    counting = [d for d in decided if takes and d.step_id != step.id]
    listed = dict.fromkeys([*(d.item_id for d in counting if d.goes_on), *exceptions])
    known = {item.id: item for item in find(list(listed))}
    return stands_on_step(handed_over(counting, sprint, order, takes), known, exceptions, step.id)


def items_of_step(conn: Conn, wijkplan_id: str, step: Step, round_: Round | None) -> list[Item]:
    """The items on the ballot (or beside the work): frozen once a round opened."""
    if round_ is not None:
        return items.items_by_id(conn, round_.items)
    return carried_items(conn, wijkplan_id, step)


def about_of(step: Step, round_: Round | None) -> tuple[str, ...]:
    """The ids of the items that a note of this step points back to.

    What the facilitator chose; without a choice the one item that lay beside the work, when there was exactly one.
    """
    if step.about is not None:
        return step.about
    beside = round_.items if round_ is not None and not werkvorm(step.werkvorm).asks_ballot else ()
    return beside if len(beside) == 1 else ()


def items_on_phones(conn: Conn, session_id: str) -> frozenset[str]:
    """Ids of the items that all phones of an open room have in sight: on the open step, or in the outcome that is shown."""
    steps, stage = rooms.steps_of(conn, session_id), rooms.stage(conn, session_id)
    running = next((s for s in steps if s.state in (StepState.OPEN, StepState.STOPPED)), None)
    step = running or next((s for s in steps if s.id == stage.step_id and stage.view is View.OUTCOME), None)
    round_ = rooms.last_round(conn, step.id) if step is not None else None
    if step is None or round_ is None or step.state is StepState.STOPPED:
        return frozenset()
    made = items.items_of(conn, step_id=step.id) if step.state is StepState.SHOWN else []
    return frozenset(round_.items) | {item.id for item in made}


def notes_of_step(conn: Conn, step: Step) -> list[Item]:
    """The released items that this step made and that no item merged away."""
    return items.items_of(conn, step_id=step.id, states=[ItemState.RELEASED])


def context_of(conn: Conn, session: Session, step: Step, round_: Round | None) -> StepContext:
    """All the werkvorm may know about this step in this round."""
    return StepContext(
        settings=step.settings,
        items=items_of_step(conn, session.wijkplan_id, step, round_),
        notes=notes_of_step(conn, step),
        previous=previous_outcome(conn, session, step, round_),
        is_secret=step.is_secret,
    )


def previous_outcome(conn: Conn, session: Session, step: Step, round_: Round | None) -> Mapping[str, Any] | None:
    """The outcome of the round before, or else of the latest shown step with the same werkvorm (a second measurement).

    A round with too few ballots to be told is no measurement: the one before it is taken.
    """
    if round_ is not None and round_.is_later:
        return None  # other people than those of the evening: there is no movement to show
    shown = [r for r in rooms.rounds_of(conn, step.id) if not r.is_later and r.state is StepState.SHOWN]
    told = [(r.number, r.outcome) for r in shown if r.outcome is not None and not is_closed(r.outcome)]
    before = [outcome for number, outcome in told if round_ is None or number < round_.number]
    if before:
        return before[-1]
    return rooms.last_shown_outcome(
        conn, session.wijkplan_id, step.werkvorm, before_step=step.id, before=round_.opened_at if round_ else None
    )


def count_round(conn: Conn, session: Session, step: Step, round_: Round) -> tuple[dict[str, Any], str]:
    """Count a stopped round: the outcome and its hash (SHA-256 over the canonical JSON)."""
    activity = werkvorm(step.werkvorm)
    outcome = activity.outcome(context_of(conn, session, step, round_), ballots.final(conn, round_.id))
    body = json.dumps(outcome, sort_keys=True, separators=(",", ":"))
    return outcome, hashlib.sha256(body.encode()).hexdigest()


def outcome_to_show(conn: Conn, session: Session, step: Step, round_: Round) -> Mapping[str, Any]:
    """The outcome as it was copied at stopping; for a step of notes, as the released notes stand now."""
    if round_.outcome is None or not werkvorm(step.werkvorm).asks_ballot:
        return count_round(conn, session, step, round_)[0]
    return round_.outcome


def story_of(conn: Conn, session: Session, step: Step, round_: Round) -> Story:
    """A shown round told in the current language, with its turn-out ("22 van de 25").

    Raises:
        NotFound: the round is not shown yet. Blind is blind on every surface: the only other door is :class:`Evenings`.
    """
    if round_.state is not StepState.SHOWN:
        raise NotFound()
    return Telling.of(
        step, round_, context_of(conn, session, step, round_), outcome_to_show(conn, session, step, round_)
    ).story


@dataclass(frozen=True)
class Telling:
    """What a shown round is told from: data only, so that one read can be written in every language.

    ``expected``: of how many people the turn-out says something; None when it says nothing of them.
    """

    werkvorm: str
    context: StepContext
    outcome: Mapping[str, Any]
    expected: int | None = None
    is_later: bool = False
    _told: dict[str, Story] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, step: Step, round_: Round, context: StepContext, outcome: Mapping[str, Any]) -> Telling:
        """What this round of this step is told from."""
        expected = round_.expected if round_.outcome is not None else None
        return cls(step.werkvorm, context, outcome, expected, round_.is_later)

    @property
    def story(self) -> Story:
        """The round told in the current language, once in each."""
        language = current_language()
        if language not in self._told:
            told = werkvorm(self.werkvorm).story(self.context, self.outcome)
            self._told[language] = replace(told, turnout=self._turnout(told.turnout))
        return self._told[language]

    def _turnout(self, turnout: str) -> str:
        if not werkvorm(self.werkvorm).asks_ballot or self.expected is None:
            return turnout
        if self.is_later:
            return _("Na de avond geantwoord: {turnout}.").format(turnout=turnout)
        return _("{done} van de {expected} klaar; {turnout}.").format(
            done=self.outcome["complete"], expected=self.expected, turnout=turnout
        )


@dataclass(frozen=True)
class Evenings:
    """All evenings of a wijkplan with what was asked and made in them; one statement beside those of the thread.

    ``rounds`` by step, in their order. Who took part is asked apart: coming in raises no revision.
    """

    thread: Thread
    sessions: Sequence[Session]
    steps: Mapping[str, Sequence[Step]]
    rounds: Mapping[str, Sequence[Round]]

    def shown(self, step: Step) -> list[Round]:
        """The rounds of a step that may be told."""
        return [r for r in self.rounds.get(step.id, ()) if r.state is StepState.SHOWN]

    def telling(self, step: Step, round_: Round) -> Telling:
        """What a shown round is told from.

        Raises:
            NotFound: the round is not shown yet.
        """
        if round_.state is not StepState.SHOWN:
            raise NotFound()
        activity = werkvorm(step.werkvorm)
        context = StepContext(
            settings=step.settings,
            items=[self.thread.items[i] for i in round_.items if i in self.thread.items],
            notes=self._notes.get(step.id, ()),
            previous=self._previous(step, round_),
            is_secret=step.is_secret,
        )
        # Notes are counted as they are now: one that was hidden or taken back since counts in no outcome.
        outcome = round_.outcome if activity.asks_ballot else activity.outcome(context, ())
        assert outcome is not None  # stopping keeps it
        return Telling.of(step, round_, context, outcome)

    @cached_property
    def _notes(self) -> Mapping[str, list[Item]]:
        found: dict[str, list[Item]] = {}
        for item in self.thread.items.values():
            if item.step_id and item.state is ItemState.RELEASED:
                found.setdefault(item.step_id, []).append(item)
        return found

    def has_notes(self, step: Step) -> bool:
        """Whether released items of this step are there."""
        return step.id in self._notes

    @cached_property
    def _measured(self) -> Mapping[str, list[tuple[datetime, str, Mapping[str, Any]]]]:
        """By werkvorm what was told of real evenings, latest first: when, in which step, and the outcome."""
        found: dict[str, list[tuple[datetime, str, Mapping[str, Any]]]] = {}
        for session in self.sessions:
            for step in self.steps.get(session.id, ()) if is_measurement(session) else ():
                for r in self.shown(step):
                    if r.shown_at is not None and not r.is_later and r.outcome is not None and not is_closed(r.outcome):
                        found.setdefault(step.werkvorm, []).append((r.shown_at, step.id, r.outcome))
        return {key: sorted(told, key=lambda each: each[0], reverse=True) for key, told in found.items()}

    def _previous(self, step: Step, round_: Round) -> Mapping[str, Any] | None:
        """As :func:`previous_outcome`, from what was read."""
        if round_.is_later:
            return None
        for earlier in reversed(self.shown(step)):
            is_told = earlier.outcome is not None and not is_closed(earlier.outcome)
            if is_told and not earlier.is_later and earlier.number < round_.number:
                return earlier.outcome
        told = self._measured.get(step.werkvorm, ())
        return next((out for at, of, out in told if of != step.id and at < round_.opened_at), None)


def is_measurement(session: Session) -> bool:
    """Whether what this evening answered can be the measurement before another one: nobody tried it only."""
    return not session.is_practice


def read_evenings(conn: Conn, wijkplan_id: str) -> Evenings:
    """All evenings of a wijkplan, inside an open transaction, for who has been checked already; six statements."""
    sessions = rooms.sessions_of(conn, wijkplan_id)
    steps = evenings.steps_of_plan(conn, wijkplan_id)
    thread = thread_from(conn, wijkplan_id, sessions, steps)
    of_session: dict[str, list[Step]] = {}
    for step in steps:
        of_session.setdefault(step.session_id, []).append(step)
    return Evenings(
        thread=thread,
        sessions=sessions,
        steps=of_session,
        rounds=evenings.rounds_of_plan(conn, wijkplan_id),
    )
