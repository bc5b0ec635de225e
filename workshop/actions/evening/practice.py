"""A proefavond: the real evening with simulated participants, so that a facilitator can try everything beforehand.

Nothing of it reaches results, exports or later sessions (``Session.is_practice``). The simulated people go through the
same actions as real ones; their cookies follow from the session's id, which is why they may exist in a practice only.
"""

from __future__ import annotations

import hashlib
import random
from datetime import date

from workshop.actions.evening import joining, notes
from workshop.actions.evening.sessions import add_session, copy_script
from workshop.actions.evening.steps import session_for, session_write
from workshop.actions.evening.votes.door import Cast, Receipt, cast_ballots, questions_of
from workshop.domain.errors import NotFound, Refused, WorkshopError
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.questions import Choice, Dots, Field, NoteForm, PerItem, Question, Ranking, Scale
from workshop.domain.evening.sessions import Session
from workshop.domain.roles import Actor, Role
from workshop.domain.thread.items import Environment, Moment, Tone
from workshop.domain.thread.written import Written
from workshop.locale import _
from workshop.store import Store, rooms
from workshop.werkvormen import StepContext, werkvorm

#: Most simulated people in one practice.
MOST = 200


def practise(store: Store, actor: Actor, session_id: str, *, held_on: date) -> str:
    """Make a proefavond with the same script as a session; returns its id."""
    with session_write(store, actor, session_id) as (write, session):
        title = _("Proef: {title}").format(title=session.title)[:200]
        new = add_session(write, session.wijkplan_id, title, session.sprint, held_on, session.place, is_practice=True)
        copy_script(write.conn, session_id, new)
        write.journal("session.practise", new, details={"from": session_id})
        return new


def _token(session_id: str, number: int) -> str:
    return hashlib.sha256(f"practice:{session_id}:{number}".encode()).hexdigest()


def _practice(store: Store, actor: Actor, session_id: str) -> Session:
    with store.read() as conn:
        _staff, session = session_for(conn, actor, session_id, Role.FACILITATOR)
    if not session.is_practice:
        raise NotFound()
    return session


def send_people(store: Store, actor: Actor, session_id: str, number: int) -> int:
    """Let ``number`` simulated people come into the open room of a practice; returns how many are in."""
    session = _practice(store, actor, session_id)
    if not 1 <= number <= MOST:
        raise Refused(_("Kies een aantal van 1 tot en met {most}.").format(most=MOST), field="number")
    door = joining.find_room(store, session.code)
    groups = [group_id for group_id, _name in door.groups]
    wishes = [
        joining.Joining(
            door.code,
            groups[n % len(groups)] if groups else None,
            door.organisations[n % len(door.organisations)] if door.organisations else None,
            _token(session_id, n),
        )
        for n in range(number)
    ]
    answers = joining.join_many(store, wishes)
    return sum(isinstance(answer, joining.Joined) for answer in answers)


def let_them_answer(store: Store, actor: Actor, session_id: str, number: int) -> int:
    """Let the first ``number`` simulated people answer what is open now; returns how many answers were taken."""
    _practice(store, actor, session_id)
    with store.read() as conn:
        running = next((s for s in rooms.steps_of(conn, session_id) if s.state is StepState.OPEN), None)
        round_ = rooms.last_round(conn, running.id) if running else None
    if running is None or round_ is None:
        raise Refused(_("Er is nu niets open. Open eerst een onderdeel."))
    chance = random.Random(f"{round_.id}:{number}")  # noqa: S311 - play, not secrecy
    activity = werkvorm(running.werkvorm)
    people = [_token(session_id, n) for n in range(number)]
    taken = 0
    if activity.asks_ballot:
        questions = questions_of(store, round_.id)
        casts = [Cast(token, round_.id, chance_answers(questions, chance), "practice") for token in people]
        taken += sum(isinstance(answer, Receipt) for answer in cast_ballots(store, casts))
    for n, token in enumerate(people):
        for form in activity.note_forms(StepContext()):
            if n % 3:
                continue
            try:
                notes.write_note(
                    store,
                    notes.Note(token, running.id, f"practice-{form.key}", _by_chance(form, n + 1, chance)),
                )
                taken += 1
            except WorkshopError:
                continue  # somebody simulated who is not in the room, or a step that stopped meanwhile
    return taken


def _by_chance(form: NoteForm, number: int, chance: random.Random) -> Written:
    return Written(
        text=_("Proefkaartje {n}").format(n=number),
        form_key=form.key,
        environments=chance.sample(list(Environment), chance.choice((1, 1, 2))),
        tone=chance.choice(list(Tone)),
        moment=chance.choice(list(Moment)),
    )


def chance_answers(questions: tuple[Question, ...], chance: random.Random) -> dict[str, list[str]]:
    """A valid ballot, by chance."""
    form: dict[str, list[str]] = {}
    for question in questions:
        form |= _answer_by_chance(question, chance)
    return form


def _answer_by_chance(question: Question, chance: random.Random) -> dict[str, list[str]]:
    key = question.key
    match question:
        case Choice():
            return {key: [chance.choice(question.options).value]}
        case Scale():
            return {key: [str(chance.randint(1, len(question.words)))]}
        case Dots():
            return _dots_by_chance(question, chance)
        case Field():
            places = [(subject, axis) for subject in question.subjects for axis in (question.across, question.up)]
            return {f"{key}.{s.id}.{axis.key}": [str(chance.randint(1, len(axis.words)))] for s, axis in places}
        case PerItem():
            return {f"{key}.{subject.id}": [chance.choice(question.options).value] for subject in question.subjects}
        case Ranking():
            placed = chance.sample(question.subjects, question.highest)
            return {f"{key}.{subject.id}": [str(place)] for place, subject in enumerate(placed, start=1)}


def _dots_by_chance(question: Dots, chance: random.Random) -> dict[str, list[str]]:
    put: dict[str, int] = {}
    for _dot in range(question.budget):
        name = f"{question.key}.{chance.choice(question.subjects).id}"
        # What would be a dot too many on one subject is not put anywhere: not everybody uses all dots.
        put[name] = min(put.get(name, 0) + 1, question.cap)
    return {name: [str(n)] for name, n in put.items()}
