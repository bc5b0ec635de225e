"""Afspraken van vorige keer: what was agreed in earlier sprints and is not kept yet stands first on every agenda.

Key factor 3 (domain paper 1.3): dare to hold each other to agreements, and what was not kept comes back on the next
agenda. An agreement is a row of a sprint's record; saying how it stands makes the next version of that part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workshop.actions.evening.steps import session_for, session_write
from workshop.actions.sprints.record_parts import part_now, put_version
from workshop.domain.errors import Refused
from workshop.domain.evening.sessions import Session
from workshop.domain.roles import Actor, Role
from workshop.domain.sprints.choices import Kept
from workshop.domain.sprints.records import Agreement
from workshop.domain.sprints.rules import read_record
from workshop.locale import _
from workshop.screening.free_text import check_free_text
from workshop.store import Conn, Store, sprints

#: The part of every sprint's record that holds them.
PART = "agreements"
#: Longest word of explanation at an agreement, in characters.
NOTE_LIMIT = 500


@dataclass(frozen=True)
class AgendaPoint:
    """One agreement on an agenda. ``place`` counts its row from 0; ``is_discussed``: on this agenda, not before."""

    sprint: int
    place: int
    agreement: Agreement
    is_discussed: bool


def see_agenda(store: Store, actor: Actor, session_id: str) -> tuple[AgendaPoint, ...]:
    """The agreements a session begins with (:func:`read_agenda`), for a facilitator of the wijkplan."""
    with store.read() as conn:
        _staff, session = session_for(conn, actor, session_id, Role.FACILITATOR)
        return read_agenda(conn, session, store.now().date())


def read_agenda(conn: Conn, session: Session, today: date) -> tuple[AgendaPoint, ...]:
    """The agreements this session begins with, the earliest sprint first.

    Those that were not kept when the room opened (or are not kept now, while it did not open yet) and those that were
    discussed since; what is agreed during the evening itself is for the next one. A practice evening has none.
    """
    if session.is_practice:
        return ()
    since = session.opened_at.date() if session.opened_at else today
    versions = sprints.parts(conn, session.wijkplan_id, part=PART)
    known_at_opening = {
        (p.sprint, row["what"], row["who"])
        for p in sprints.latest([v for v in versions if not session.opened_at or v.written_at <= session.opened_at])
        for row in p.content["rows"]
    }
    points = []
    for part in sprints.latest(versions):
        for place, agreement in enumerate(_agreements(part.sprint, part.content)):
            is_discussed = agreement.discussed_on is not None and agreement.discussed_on >= since
            if (part.sprint, agreement.what, agreement.who) not in known_at_opening:
                continue
            if agreement.is_kept is not Kept.YES or is_discussed:
                points.append(AgendaPoint(part.sprint, place, agreement, is_discussed))
    return tuple(sorted(points, key=lambda p: (p.sprint, p.place)))


def _agreements(sprint: int, content: Mapping[str, Any]) -> tuple[Agreement, ...]:
    found: tuple[Agreement, ...] = getattr(read_record(sprint, {PART: content}), PART, ())
    return found


def mark_agreement(
    store: Store,
    actor: Actor,
    session_id: str,
    point: AgendaPoint,
    is_kept: Kept,
    *,
    note: str = "",
    by: date | None = None,
    confirmed: bool = False,
) -> None:
    """Say in a session how an agreement stands: kept, not kept, or it goes on; with a note and a new day if there is one.

    Args:
        point: as :func:`read_agenda` gave it.
        by: the new last day; without one the day that stands there stays.

    Raises:
        Refused: somebody else changed this agreement meanwhile.
        PersonalData: the note seems to hold data about a person.
    """
    told = check_free_text(note, confirmed=confirmed, limit=NOTE_LIMIT, field="note") if note.strip() else ""
    with session_write(store, actor, session_id) as (write, session):
        now = part_now(write, session.wijkplan_id, point.sprint, PART)
        rows: list[dict[str, Any]] = [dict(row) for row in now.content["rows"]] if now else []
        row = rows[point.place] if point.place < len(rows) else {}
        asked = point.agreement
        if session.is_practice or (row.get("what"), row.get("who")) != (asked.what, asked.who):
            raise Refused(_("Deze afspraak is intussen veranderd. Kijk opnieuw naar de lijst."))
        row["is_kept"] = is_kept.value
        row["discussed_on"] = write.now.date().isoformat()
        row["note"] = told
        if by is not None:
            row["by"] = by.isoformat()
        put_version(write, session.wijkplan_id, point.sprint, PART, {"rows": rows}, now.version + 1 if now else 1)
        write.changed(session_id)
