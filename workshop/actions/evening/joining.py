"""Coming into the room: a code and a group, no name. The cookie's token is all that ties a person to anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workshop.actions.evening.votes.door import come_back, go_away, hold_for_return
from workshop.actions.people.gate import new_token, token_hash
from workshop.domain.errors import NotFound, Refused, WorkshopError
from workshop.domain.evening.joincode import read_code
from workshop.domain.evening.moves import SessionState
from workshop.domain.evening.sessions import Session
from workshop.domain.roles import Actor, Participant
from workshop.locale import _, format_date
from workshop.store import Conn, Store, rooms, seats
from workshop.store.engine import Change
from workshop.store.writing import Write


@dataclass(frozen=True)
class Door:
    """What somebody sees who has the right code: where it leads and what there is to choose."""

    session_id: str
    wijkplan_id: str
    code: str
    title: str
    place: str
    held_on: date
    groups: tuple[tuple[str, str], ...]
    is_open_table: bool
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class Joining:
    """One wish to come in. ``token`` is the cookie the device already has, if any."""

    raw_code: str
    group_id: str | None = None
    organisation: str | None = None
    token: str | None = None


@dataclass(frozen=True)
class Joined:
    """Who came in. ``token`` goes into the HttpOnly cookie and nowhere else."""

    token: str
    session_id: str
    participant_id: str


def _open_session(conn: Conn, raw_code: object, now: datetime) -> Session:
    code = read_code(raw_code)
    session = rooms.session_by_code(conn, code)
    if session is None:
        raise NotFound(_("Deze code kennen we niet. Kijk nog eens op het scherm in de zaal."), field="code")
    if session.state is SessionState.PLANNED:
        raise Refused(
            _("De zaal is nog niet open. De bijeenkomst is op {date}. Probeer het dan opnieuw.").format(
                date=format_date(session.held_on)
            ),
            field="code",
        )
    if session.state is SessionState.CLOSED and not rooms.later_step(conn, session.id, now):
        raise Refused(_("Deze bijeenkomst is afgelopen. Meedoen kan niet meer."), field="code")
    return session


def _door(conn: Conn, session: Session) -> Door:
    steps = rooms.steps_of(conn, session.id)
    is_open_table = any(not s.is_secret for s in steps)
    return Door(
        session_id=session.id,
        wijkplan_id=session.wijkplan_id,
        code=session.code or "",
        title=session.title,
        place=session.place,
        held_on=session.held_on,
        groups=tuple(rooms.groups_of(conn, session.wijkplan_id)),
        is_open_table=is_open_table,
        organisations=tuple(rooms.partners_of(conn, session.wijkplan_id)) if is_open_table else (),
    )


def find_room(store: Store, raw_code: object) -> Door:
    """The room behind a code.

    Raises:
        WorkshopError: unreadable, unknown, not open yet, or over; each with its own sentence, none repeats the code.
    """
    with store.read() as conn:
        return _door(conn, _open_session(conn, raw_code, store.now()))


def join_many(store: Store, wishes: Sequence[Joining]) -> list[Joined | WorkshopError]:
    """Let people in, many in one transaction; answers in the order of the wishes, an error where one is refused.

    A device that is already in stays the same participant; choosing another group changes the group.
    """
    answers: list[Joined | WorkshopError] = []
    touched: set[str] = set()
    with store.write() as conn:
        doors: dict[str, Door | WorkshopError] = {}
        tokens = {token_hash(w.token): w.token for w in wishes if w.token}
        hold_for_return(conn, tokens, ())
        known = seats.seats(conn, tokens)
        fresh: list[dict[str, Any]] = []
        for wish in wishes:
            try:
                if wish.raw_code not in doors:
                    try:
                        doors[wish.raw_code] = _door(conn, _open_session(conn, wish.raw_code, store.now()))
                    except WorkshopError as problem:
                        doors[wish.raw_code] = problem
                door = doors[wish.raw_code]
                if isinstance(door, WorkshopError):
                    raise door
                group_id, organisation = _chosen(door, wish)
                token = wish.token or new_token()
                hashed = token_hash(token)
                seat = known.get((door.session_id, hashed))
                if seat is not None:
                    if seat.is_removed:
                        raise NotFound()
                    if seat.is_away:
                        come_back(conn, seat, token)
                    rooms.change_participant(conn, seat.id, group_id=group_id, organisation=organisation)
                    participant_id = seat.id
                else:
                    participant_id = rooms.new_id()
                    row = {
                        "id": participant_id,
                        "session_id": door.session_id,
                        "token_hash": hashed,
                        "group_id": group_id,
                        "organisation": organisation,
                        "joined_at": store.now(),
                    }
                    fresh.append(row)
                    known[door.session_id, hashed] = seats.Seat(
                        participant_id, door.session_id, group_id, organisation, is_away=False, is_removed=False
                    )
                touched.add(door.session_id)
                answers.append(Joined(token, door.session_id, participant_id))
            except WorkshopError as problem:
                answers.append(problem)
        rooms.add_participants(conn, fresh)
        _people_changed(store, conn, touched)
    for session_id in touched:
        store.tell(Change(session_id, "people"))
    return answers


def _people_changed(store: Store, conn: Conn, session_ids: set[str]) -> None:
    """Tell other processes; heads in the room raise no revision, just as ballots do not."""
    write = Write(conn, store.now(), "room", changes=[Change(s, "people") for s in session_ids])
    write.notify(store)


def _chosen(door: Door, wish: Joining) -> tuple[str | None, str | None]:
    group_ids = {group_id for group_id, _name in door.groups}
    if wish.organisation and wish.organisation not in door.organisations:
        raise Refused(_("Kies een organisatie uit de lijst."), field="organisation")
    if wish.group_id:
        if wish.group_id not in group_ids:
            raise Refused(_("Kies een groep uit de lijst."), field="group")
    elif group_ids:
        raise Refused(_("Kies eerst bij welke groep je hoort."), field="group")
    return wish.group_id or None, wish.organisation or None


def join(
    store: Store, raw_code: str, *, group_id: str | None, organisation: str | None = None, token: str | None = None
) -> Joined:
    """Let one person in. See :func:`join_many`."""
    answer = join_many(store, [Joining(raw_code, group_id, organisation, token)])[0]
    if isinstance(answer, WorkshopError):
        raise answer
    return answer


def leave(store: Store, actor: Actor) -> None:
    """*Ik ga weg*: no longer counted among the people in the room; what was given stays. Coming back is joining again.

    Who voted in the round that is open stays in its count (:func:`go_away`). Leaving twice is leaving once.

    Raises:
        NotFound: not a participant of this session.
    """
    if not isinstance(actor, Participant):
        raise NotFound()
    with store.write() as conn:
        if not rooms.has_seat(conn, actor.participant_id):
            raise NotFound()
        go_away(conn, actor, store.now())
        _people_changed(store, conn, {actor.session_id})
    store.tell(Change(actor.session_id, "people"))
