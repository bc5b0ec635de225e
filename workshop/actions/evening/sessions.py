"""Preparing an evening: plan, copy, and the script of steps. Steps can still change while the room is open."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from workshop.actions.evening.steps import session_write, step_write
from workshop.actions.people.gate import require_role
from workshop.domain.errors import NotFound, Refused
from workshop.domain.evening.joincode import new_code
from workshop.domain.evening.moves import SESSION_MOVES, Move, SessionState, StepState, next_step_state
from workshop.domain.evening.stage import View
from workshop.domain.roles import Actor, Role
from workshop.domain.texts import clean_text
from workshop.domain.thread.items import ItemState
from workshop.locale import _
from workshop.screening.free_text import check_free_text
from workshop.store import Conn, Store, items, rooms
from workshop.store.writing import Write, writing
from workshop.werkvormen import werkvorm
from workshop.werkvormen.contract import clean_settings

#: Longest a single step may be planned, in minutes.
LONGEST_STEP = 240
#: Longest instruction of one's own at a step: it has to be read while a hall waits.
LONGEST_INSTRUCTION = 1_200


def _sprint(number: int) -> int:
    if not isinstance(number, int) or not 1 <= number <= 7:
        raise Refused(_("Kies een sprint van 1 tot en met 7."), field="sprint")
    return number


def _minutes(minutes: int) -> int:
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 1 <= minutes <= LONGEST_STEP:
        raise Refused(_("Kies een duur van 1 tot en met {most} minuten.").format(most=LONGEST_STEP), field="minutes")
    return minutes


def plan_session(
    store: Store,
    actor: Actor,
    wijkplan_id: str,
    *,
    title: str,
    sprint: int,
    held_on: date,
    place: str = "",
    is_practice: bool = False,
) -> str:
    """Make a session with an empty script; returns its id. The code for the room exists from now, the room opens later.

    With ``is_practice`` it is a proefavond: see :mod:`workshop.actions.evening.practice`.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    name = clean_text(title, limit=200, multiline=False)
    where = clean_text(place, limit=200, multiline=False) if place.strip() else ""
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        return add_session(write, wijkplan_id, name, _sprint(sprint), held_on, where, is_practice=is_practice)


def add_session(
    write: Write, wijkplan_id: str, title: str, sprint: int, held_on: date, place: str, *, is_practice: bool = False
) -> str:
    """Insert a planned session with its code inside an open write; returns its id."""
    session_id = rooms.new_id()
    rooms.add_session(
        write.conn,
        id=session_id,
        wijkplan_id=wijkplan_id,
        sprint=sprint,
        title=title,
        held_on=held_on,
        place=place,
        state=SessionState.PLANNED,
        code=new_code(secrets.choice),
        revision=0,
        stage_revision=0,
        is_practice=bool(is_practice),
        created_at=write.now,
    )
    write.journal("session.plan", session_id, details={"sprint": sprint, "held_on": held_on.isoformat()})
    return session_id


def change_session(
    store: Store,
    actor: Actor,
    session_id: str,
    *,
    title: str | None = None,
    sprint: int | None = None,
    held_on: date | None = None,
    place: str | None = None,
) -> None:
    """Change what is given; the sprint only before the room has opened."""
    values: dict[str, Any] = {}
    if title is not None:
        values["title"] = clean_text(title, limit=200, multiline=False)
    if place is not None:
        values["place"] = clean_text(place, limit=200, multiline=False) if place.strip() else ""
    if held_on is not None:
        values["held_on"] = held_on
    if sprint is not None:
        values["sprint"] = _sprint(sprint)
    with session_write(store, actor, session_id) as (write, session):
        if "sprint" in values and values["sprint"] != session.sprint and session.state is not SessionState.PLANNED:
            raise Refused(_("De zaal is al open geweest. De sprint kun je niet meer veranderen."), field="sprint")
        if values:
            rooms.change_session(write.conn, session_id, **values)
            write.changed(session_id, moves_stage=True)
            write.journal("session.change", session_id, details={"fields": sorted(values)})


def copy_session(store: Store, actor: Actor, session_id: str, *, held_on: date) -> str:
    """Make a new session with the same script; nothing of what the room did comes along. Returns its id."""
    with session_write(store, actor, session_id) as (write, session):
        title = clean_text(_("{title} (kopie)").format(title=session.title)[:200], limit=200, multiline=False)
        new = add_session(write, session.wijkplan_id, title, session.sprint, held_on, session.place)
        copy_script(write.conn, session_id, new)
        write.journal("session.copy", new, details={"from": session_id})
        return new


def copy_script(conn: Conn, from_session: str, to_session: str) -> None:
    """Put the same steps, prepared and with nothing of the room in them, on another session."""
    for step in rooms.steps_of(conn, from_session):
        rooms.add_step(
            conn,
            id=rooms.new_id(),
            session_id=to_session,
            position=step.position,
            werkvorm=step.werkvorm,
            title=step.title,
            minutes=step.minutes,
            settings=dict(step.settings),
            is_secret=step.is_secret,
            translations=dict(step.translations),
            instruction=step.instruction,
            state=StepState.PREPARED,
        )


def add_step(
    store: Store,
    actor: Actor,
    session_id: str,
    werkvorm_key: str,
    *,
    title: str | None = None,
    minutes: int | None = None,
    settings: Mapping[str, Any] | None = None,
    is_secret: bool = True,
    position: int | None = None,
) -> str:
    """Put a step on the script (at the end, or at ``position`` counting from 1); returns its id."""
    activity = werkvorm(werkvorm_key)
    with session_write(store, actor, session_id) as (write, session):
        if session.state is SessionState.CLOSED:
            raise Refused(_("Deze bijeenkomst is afgelopen. Open de zaal opnieuw om er iets aan toe te voegen."))
        order = [s.id for s in rooms.steps_of(write.conn, session_id)]
        step_id = rooms.new_id()
        rooms.add_step(
            write.conn,
            id=step_id,
            session_id=session_id,
            position=len(order) + 1,
            werkvorm=activity.key,
            title=clean_text(title, limit=200, multiline=False) if title else activity.title(),
            minutes=_minutes(minutes if minutes is not None else activity.default_minutes),
            settings=clean_settings(activity, settings or {}),
            is_secret=bool(is_secret),
            state=StepState.PREPARED,
        )
        if position is not None:
            order.insert(max(0, position - 1), step_id)
            rooms.order_steps(write.conn, order)
        write.changed(session_id)
        write.journal("step.add", step_id, details={"werkvorm": activity.key, "is_secret": bool(is_secret)})
        return step_id


def change_step(
    store: Store,
    actor: Actor,
    step_id: str,
    *,
    title: str | None = None,
    minutes: int | None = None,
    settings: Mapping[str, Any] | None = None,
    is_secret: bool | None = None,
    instruction: str | None = None,
    confirmed: bool = False,
) -> None:
    """Change what is given. Title, minutes and instruction always; settings and secrecy only before the first round.

    Whether a step is secret was told to people before they answered, so it can never change once it opened. An empty
    instruction takes it away.

    Raises:
        PersonalData: the instruction seems to hold data about a person (a BSN is refused, the rest can be confirmed).
    """
    values: dict[str, Any] = {}
    if title is not None:
        values["title"] = clean_text(title, limit=200, multiline=False)
    if minutes is not None:
        values["minutes"] = _minutes(minutes)
    if instruction is not None:
        values["instruction"] = (
            check_free_text(instruction, confirmed=confirmed, limit=LONGEST_INSTRUCTION) if instruction.strip() else ""
        )
    with step_write(store, actor, step_id) as (write, session, step):
        if settings is not None:
            values["settings"] = clean_settings(werkvorm(step.werkvorm), {**step.settings, **settings})
        if is_secret is not None:
            values["is_secret"] = bool(is_secret)
        fixed = {n for n in ("settings", "is_secret") if n in values and values[n] != getattr(step, n)}
        if fixed and rooms.last_round(write.conn, step_id) is not None:
            raise Refused(
                _("Dit onderdeel is al open geweest. Dit kun je niet meer veranderen. Voeg een nieuw onderdeel toe.")
            )
        if values:
            rooms.change_step(write.conn, step_id, **values)
            write.changed(session.id, moves_stage=title is not None)
            write.journal("step.change", step_id, details={"fields": sorted(values)})


def move_step(store: Store, actor: Actor, step_id: str, position: int) -> None:
    """Put a step at ``position`` (from 1) of the script."""
    with step_write(store, actor, step_id) as (write, session, _now):
        order = [s.id for s in rooms.steps_of(write.conn, session.id) if s.id != step_id]
        order.insert(max(0, position - 1), step_id)
        rooms.order_steps(write.conn, order)
        write.changed(session.id)
        write.journal("step.move", step_id, details={"position": position})


def remove_step(store: Store, actor: Actor, step_id: str) -> None:
    """Take a step off the script that never opened and made nothing; otherwise it can only be skipped."""
    with step_write(store, actor, step_id) as (write, session, step):
        used = rooms.last_round(write.conn, step_id) is not None or items.items_of(write.conn, step_id=step_id)
        if used or rooms.stage(write.conn, session.id).step_id == step_id:
            raise Refused(_("Dit onderdeel is al gebruikt. Je kunt het overslaan, niet weghalen."))
        rooms.remove_step(write.conn, step_id)
        rooms.order_steps(write.conn, [s.id for s in rooms.steps_of(write.conn, session.id)])
        write.changed(session.id)
        write.journal("step.remove", step_id, details={"werkvorm": step.werkvorm})


def skip_step(store: Store, actor: Actor, step_id: str, reason: str = "") -> None:
    """Skip a prepared step; the reason stays with it. Undo: :func:`restore_step`."""
    why = clean_text(reason, limit=300, multiline=False) if reason.strip() else None
    with step_write(store, actor, step_id) as (write, session, step):
        rooms.change_step(write.conn, step_id, state=next_step_state(step.state, Move.SKIP), skip_reason=why)
        write.changed(session.id)
        write.journal("step.skip", step_id)


def restore_step(store: Store, actor: Actor, step_id: str) -> None:
    """Take a skipped step back onto the script."""
    with step_write(store, actor, step_id) as (write, session, step):
        rooms.change_step(write.conn, step_id, state=next_step_state(step.state, Move.RESTORE), skip_reason=None)
        write.changed(session.id)
        write.journal("step.restore", step_id)


def put_item_on_step(store: Store, actor: Actor, step_id: str, item_id: str) -> None:
    """Put a released item of this wijkplan on a step that is not open (also a parked one)."""
    _set_exception(store, actor, step_id, item_id, is_on=True)


def take_item_off_step(store: Store, actor: Actor, step_id: str, item_id: str) -> None:
    """Leave an item off this step; it keeps its place in the wijkplan."""
    _set_exception(store, actor, step_id, item_id, is_on=False)


def _set_exception(store: Store, actor: Actor, step_id: str, item_id: str, *, is_on: bool) -> None:
    with step_write(store, actor, step_id) as (write, session, step):
        if step.state is StepState.OPEN:
            raise Refused(
                _("Dit onderdeel is nu open. Stop het eerst; zet dan het onderwerp erop voor een nieuwe ronde.")
            )
        item = items.item(write.conn, item_id)
        if item is None or item.wijkplan_id != session.wijkplan_id or item.state is not ItemState.RELEASED:
            raise NotFound()
        made_in = rooms.session(write.conn, item.session_id) if item.session_id else None
        if made_in is not None and made_in.is_practice and made_in.id != session.id:
            raise NotFound()  # what people only tried comes on no other list
        rooms.set_exception(write.conn, step_id, item_id, is_on=is_on)
        write.changed(session.id)
        write.journal("step.item", step_id, details={"item": item_id, "is_on": is_on})


def _move_session(store: Store, actor: Actor, session_id: str, move: str) -> None:
    with session_write(store, actor, session_id) as (write, session):
        state = SESSION_MOVES.get((session.state, move))
        if state is None:
            raise Refused(
                _("De zaal is al open.")
                if move == "open"
                else _("De bijeenkomst is al afgelopen of nog niet begonnen.")
            )
        steps = rooms.steps_of(write.conn, session_id)
        if move == "open" and not steps:
            raise Refused(_("Er staat nog niets op het programma. Voeg eerst een onderdeel toe."))
        if move == "close" and any(s.state is StepState.OPEN for s in steps):
            raise Refused(_("Er is nog een onderdeel open. Stop dat eerst. Sluit daarna de bijeenkomst."))
        values: dict[str, Any] = {"state": state}
        if move == "open":
            values["opened_at"] = session.opened_at or write.now
            values["closed_at"] = None
        else:
            values["closed_at"] = write.now
        rooms.change_session(write.conn, session_id, **values)
        view = View.DOOR if move == "open" else View.CLOSING
        # What was said about when people hear more stays on the wall when the evening ends.
        text = None if move == "open" else rooms.closing_text(write.conn, session_id) or None
        rooms.set_stage(write.conn, session_id, view, None, text)
        write.changed(session_id, moves_stage=True)
        write.journal(f"session.{move}", session_id)


def open_room(store: Store, actor: Actor, session_id: str) -> None:
    """Open the room: people can come in with the code, and the wall shows the door."""
    _move_session(store, actor, session_id, "open")


def close_room(store: Store, actor: Actor, session_id: str) -> None:
    """End the evening: nobody can come in or answer, what was made stays. Undo: :func:`reopen_room`."""
    _move_session(store, actor, session_id, "close")


def reopen_room(store: Store, actor: Actor, session_id: str) -> None:
    """Open a closed room again with the same code and the same people."""
    _move_session(store, actor, session_id, "open")


#: Languages a facilitator can add the question in: code -> its own name. The screens themselves exist in nl and en.
QUESTION_LANGUAGES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "pl": "Polski",
    "so": "Soomaali",
    "ti": "ትግርኛ",
    "tr": "Türkçe",
    "uk": "Українська",
}


def translate_step(store: Store, actor: Actor, step_id: str, language: str, text: str) -> None:
    """Put the question of a step beside the Dutch one in another language; an empty text takes it away."""
    if language not in QUESTION_LANGUAGES:
        raise Refused(_("Kies een taal uit de lijst."), field="language")
    kept = clean_text(text, limit=500) if text.strip() else ""
    with step_write(store, actor, step_id) as (write, session, step):
        translations = {code: told for code, told in step.translations.items() if code != language}
        if kept:
            translations[language] = kept
        rooms.change_step(write.conn, step_id, translations=translations)
        write.changed(session.id, moves_stage=True)
        write.journal("step.translate", step_id, details={"language": language})
