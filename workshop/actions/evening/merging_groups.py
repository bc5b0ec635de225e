"""Putting two small groups together before a secret step, so that they can be shown; and taking that back.

The group itself is archived, so that nobody chooses it at the door any more. Who was in it is remembered on the seats.
Source: issue "an evening with real people", point 5; house ruling 4 (k = 5).
"""

from __future__ import annotations

from collections.abc import Sequence

from workshop.actions.people.gate import require_role
from workshop.domain.errors import NotFound, Refused
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.evening.sessions import Session
from workshop.domain.roles import Actor, Role
from workshop.locale import _
from workshop.store import Conn, Store, rooms
from workshop.store import wijkplannen as plans
from workshop.store.wijkplannen import NamedRow
from workshop.store.writing import writing


def merge_groups(store: Store, actor: Actor, wijkplan_id: str, from_id: str, into_id: str) -> int:
    """Move everybody of ``from_id`` in the open rooms to ``into_id``; nobody can choose ``from_id`` at the door again.

    Returns how many people moved. Undo: :func:`unmerge_groups`.

    Raises:
        NotFound: no facilitator of this wijkplan, or no such group in it.
        Refused: the same group twice, a step is open now, or nobody of the group is in an open room.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR, Role.OWNER)
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        known = {row.id: row for row in plans.groups(write.conn, wijkplan_id) if not row.is_archived}
        if from_id not in known or into_id not in known:
            raise NotFound()
        if from_id == into_id:
            raise Refused(_("Kies twee verschillende groepen."), field="into")
        open_rooms = _quiet_rooms(write.conn, wijkplan_id)
        seats = rooms.seats_in_group(write.conn, [s.id for s in open_rooms], from_id)
        if not seats:
            raise Refused(
                _("Van “{group}” is nu niemand in de zaal. Samenvoegen is niet nodig.").format(
                    group=known[from_id].name
                )
            )
        for seat in seats:
            merges = [*seat.merges, [from_id, into_id]]
            rooms.change_participant(write.conn, seat.id, group_id=into_id, merges=merges)
        plans.change_group(write.conn, from_id, {"archived_at": write.now})
        write.journal("group.merge", from_id, details={"into": into_id, "people": len(seats)})
        return len(seats)


def unmerge_groups(store: Store, actor: Actor, wijkplan_id: str, from_id: str) -> int:
    """Bring a merged group back, with the people who came from it and did not choose another since. Returns how many.

    Raises:
        NotFound: no facilitator of this wijkplan, or no such group in it.
        Refused: a step is open now, or the group is not archived.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR, Role.OWNER)
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        found = next((row for row in plans.groups(write.conn, wijkplan_id) if row.id == from_id), None)
        if found is None:
            raise NotFound()
        if not found.is_archived:
            raise Refused(_("Deze groep staat al in de lijst."))
        _quiet_rooms(write.conn, wijkplan_id)
        # Also in rooms that closed meanwhile: what was merged there is told per group for ever.
        everywhere = [s.id for s in rooms.sessions_of(write.conn, wijkplan_id)]
        moved = 0
        for seat in rooms.merged_seats(write.conn, everywhere):
            *earlier, (came_from, went_to) = seat.merges
            if came_from == from_id and seat.group_id == went_to:
                rooms.change_participant(write.conn, seat.id, group_id=from_id, merges=earlier)
                moved += 1
        plans.change_group(write.conn, from_id, {"archived_at": None})
        write.journal("group.unmerge", from_id, details={"people": moved})
        return moved


def merged_here(conn: Conn, session: Session, groups: Sequence[NamedRow]) -> tuple[tuple[str, str, str], ...]:
    """What was merged in this room and can be taken back: (id of the group, its name, name of the group it went to)."""
    names = {row.id: row.name for row in groups}
    archived = {row.id for row in groups if row.is_archived}
    found = {}
    for seat in rooms.merged_seats(conn, [session.id]):
        came_from, went_to = seat.merges[-1]
        if came_from in archived and seat.group_id == went_to and went_to in names:
            found[came_from] = (came_from, names[came_from], names[went_to])
    return tuple(sorted(found.values(), key=lambda line: line[1]))


def _quiet_rooms(conn: Conn, wijkplan_id: str) -> list[Session]:
    """The open rooms of a wijkplan.

    Raises:
        Refused: a step is open in one of them: its ballots stand under the groups of its opening.
    """
    found = [s for s in rooms.sessions_of(conn, wijkplan_id) if s.state is SessionState.OPEN]
    for session in found:
        running = next((s for s in rooms.steps_of(conn, session.id) if s.state is StepState.OPEN), None)
        if running is not None:
            sentence = _("“{title}” is nu open. Stop dat eerst. Daarna kun je groepen samenvoegen.")
            raise Refused(sentence.format(title=running.title))
    return found
