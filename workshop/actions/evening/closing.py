"""The end of an evening: what we heard, what happens with it, when people hear more, and who was there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from workshop.domain.errors import NotFound
from workshop.domain.evening.groups import OTHERS, fold
from workshop.domain.evening.moves import SessionState
from workshop.domain.evening.sessions import Session
from workshop.domain.thread.items import Item, ItemState
from workshop.store import Conn, Store, evenings, items, rooms, wijkplannen

#: Things that go on, named at the end of the evening; a wall and a page in the hand hold no more.
MOST_HEARD = 8


@dataclass(frozen=True)
class Presence:
    """Who was there. ``groups`` by the folding rule (empty when only the total may be told), ``total`` exact.

    ``on_paper``: cards of people without a phone, the most there were in one round; they are not in ``total``.

    ``area_codes`` are the CBS codes of the wijkplan, to lay the neighbourhood's population beside it.
    """

    total: int
    groups: Mapping[str, int]
    area_codes: tuple[str, ...]
    on_paper: int = 0


@dataclass(frozen=True)
class Closing:
    """What a closing page may say; nothing in it is blind. ``more_later`` is the facilitator's own text, or empty."""

    session_id: str
    session_title: str
    wijkplan_title: str
    place: str
    held_on: date
    is_practice: bool
    heard: tuple[Item, ...]
    n_heard: int
    n_items: int
    more_later: str
    presence: Presence


def closing_path(session_id: str) -> str:
    """Where the closing page of a session stands, as a path of the room."""
    return f"/zaal/{session_id}/afsluiting"


def see_closing(store: Store, session_id: str) -> Closing:
    """The closing of a session whose room has been open. For everybody with the address: the QR on the wall gives it.

    Raises:
        NotFound: no such session, or its room never opened.
    """
    with store.read() as conn:
        session = rooms.session(conn, session_id)
        if session is None or session.state is SessionState.PLANNED:
            raise NotFound()
        return read_closing(conn, session)


def read_closing(conn: Conn, session: Session) -> Closing:
    """The same inside an open read; eleven statements."""
    plan = wijkplannen.plan(conn, session.wijkplan_id)
    assert plan is not None
    steps = [step.id for step in rooms.steps_of(conn, session.id)]
    return closing_of(conn, session, plan.title, steps, read_presence(conn, session))


def closing_of(conn: Conn, session: Session, plan_title: str, steps: Collection[str], presence: Presence) -> Closing:
    """The same for who knows the title of the wijkplan, the ids of the steps and who was there; five statements."""
    going_on = [
        decision.item_id
        for decision in items.latest_decisions(conn, session.wijkplan_id, within=session.id).values()
        if decision.goes_on and decision.step_id in steps
    ]
    heard = [item for item in items.items_by_id(conn, going_on) if item.state is ItemState.RELEASED]
    counted = items.count_by_state(conn, steps)
    return Closing(
        session_id=session.id,
        session_title=session.title,
        wijkplan_title=plan_title,
        place=session.place,
        held_on=session.held_on,
        is_practice=session.is_practice,
        heard=tuple(heard[:MOST_HEARD]),
        n_heard=len(heard),
        n_items=counted.get(ItemState.RELEASED, 0) + counted.get(ItemState.MERGED, 0),
        more_later=rooms.closing_text(conn, session.id),
        presence=presence,
    )


def read_presence(conn: Conn, session: Session) -> Presence:
    """Everybody who took part, also who left early; three statements."""
    areas = wijkplannen.areas(conn, [session.wijkplan_id]).get(session.wijkplan_id, [])
    return presence_of(
        {name: ever for name, (_here, ever) in evenings.heads_of(conn, session.id).items()},
        tuple(area.code for area in areas),
        evenings.ballots_of(conn, session.id),
    )


def presence_of(
    joined: Mapping[str | None, int], area_codes: tuple[str, ...], counted: Mapping[str, tuple[int, int, int]]
) -> Presence:
    """The same from what was read before: people per group name, codes, and (complete, all, on paper) by round."""
    named = {name or OTHERS: n for name, n in joined.items()}
    folding = fold(named)
    return Presence(
        total=sum(named.values()),
        groups={} if folding.total_only else dict(folding.counts),
        area_codes=area_codes,
        on_paper=max((paper for _complete, _all, paper in counted.values()), default=0),
    )
