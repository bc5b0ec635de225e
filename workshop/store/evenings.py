"""Reading many steps, rounds and counts at once: one statement for a whole evening or a whole wijkplan, however large.

What asks for one step after the other stands in :mod:`workshop.store.rooms`; a page that lists several asks here (ADR 0017).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, func, select, union_all

from workshop.domain.evening.sessions import Round, Session, Step
from workshop.store import schema as t
from workshop.store.rooms import record


def sessions_by_id(conn: Connection, session_ids: Collection[str]) -> dict[str, Session]:
    """Sessions by id; ids that do not exist are left out."""
    if not session_ids:
        return {}
    rows = conn.execute(select(t.session).where(t.session.c.id.in_(list(session_ids))))
    return {row.id: record(Session, row) for row in rows}


def steps_by_id(conn: Connection, step_ids: Collection[str]) -> dict[str, Step]:
    """Steps by id; ids that do not exist are left out."""
    if not step_ids:
        return {}
    rows = conn.execute(select(t.step).where(t.step.c.id.in_(list(step_ids))))
    return {row.id: record(Step, row) for row in rows}


def steps_of_plan(conn: Connection, wijkplan_id: str) -> list[Step]:
    """The steps of every session of a wijkplan, per session in the order of the script."""
    rows = conn.execute(
        select(t.step)
        .join(t.session, t.step.c.session_id == t.session.c.id)
        .where(t.session.c.wijkplan_id == wijkplan_id)
        .order_by(t.step.c.session_id, t.step.c.position)
    )
    return [record(Step, row) for row in rows]


def rounds_of_plan(conn: Connection, wijkplan_id: str) -> dict[str, list[Round]]:
    """The rounds of every session of a wijkplan by step, in their order."""
    asked = (
        select(t.round)
        .join(t.step, t.round.c.step_id == t.step.c.id)
        .join(t.session, t.step.c.session_id == t.session.c.id)
        .where(t.session.c.wijkplan_id == wijkplan_id)
    )
    return _rounds(conn, asked)


def rounds_of_session(conn: Connection, session_id: str) -> dict[str, list[Round]]:
    """The rounds of one session by step, in their order."""
    return _rounds(
        conn, select(t.round).join(t.step, t.round.c.step_id == t.step.c.id).where(t.step.c.session_id == session_id)
    )


def _rounds(conn: Connection, asked: Select[Any]) -> dict[str, list[Round]]:
    found: dict[str, list[Round]] = {}
    for row in conn.execute(asked.order_by(t.round.c.step_id, t.round.c.number)):
        found.setdefault(row.step_id, []).append(record(Round, row))
    return found


def exceptions_of(conn: Connection, session_id: str) -> dict[str, dict[str, bool]]:
    """By step of one session the items put on (True) or taken off (False) by hand."""
    rows = conn.execute(
        select(t.step_item)
        .join(t.step, t.step_item.c.step_id == t.step.c.id)
        .where(t.step.c.session_id == session_id)
        .order_by(t.step_item.c.step_id, t.step_item.c.item_id)
    )
    found: dict[str, dict[str, bool]] = {}
    for row in rows:
        found.setdefault(row.step_id, {})[row.item_id] = row.is_on
    return found


def ballots_of(conn: Connection, session_id: str) -> dict[str, tuple[int, int, int]]:
    """(complete, all, on paper) ballots by round of one session; a round without any is left out."""
    counted = [
        select(
            table.c.round_id,
            func.count().filter(table.c.is_complete.is_(True)),
            func.count(),
            func.count().filter(table.c.source == "paper"),
        )
        .where(table.c.round_id.in_(select(t.round.c.id).join(t.step).where(t.step.c.session_id == session_id)))
        .group_by(table.c.round_id)
        for table in (t.cast_ballot, t.ballot)
    ]
    found: dict[str, tuple[int, int, int]] = {}
    for round_id, complete, every, paper in conn.execute(union_all(*counted)):
        before = found.get(round_id, (0, 0, 0))
        found[round_id] = (before[0] + complete, before[1] + every, before[2] + paper)
    return found


def heads_of(conn: Connection, session_id: str) -> dict[str | None, tuple[int, int]]:
    """Per group name (here now, ever taken part) of one session."""
    here, ever = t.participant.c.left_at.is_(None), t.participant.c.removed_at.is_(None)
    rows = conn.execute(
        select(t.stakeholder_group.c.name, func.count().filter(here), func.count())
        .select_from(t.participant.outerjoin(t.stakeholder_group, t.participant.c.group_id == t.stakeholder_group.c.id))
        .where(t.participant.c.session_id == session_id, ever)
        .group_by(t.stakeholder_group.c.name)
        .order_by(t.stakeholder_group.c.name)
    )
    return {name: (now, taken_part) for name, now, taken_part in rows}


def joined_of_plan(conn: Connection, wijkplan_id: str) -> dict[str, dict[str | None, int]]:
    """By session of a wijkplan how many people took part, whether or not they left early, per group name."""
    rows = conn.execute(
        select(t.participant.c.session_id, t.stakeholder_group.c.name, func.count())
        .select_from(
            t.participant.join(t.session, t.participant.c.session_id == t.session.c.id).outerjoin(
                t.stakeholder_group, t.participant.c.group_id == t.stakeholder_group.c.id
            )
        )
        .where(t.session.c.wijkplan_id == wijkplan_id, t.participant.c.removed_at.is_(None))
        .group_by(t.participant.c.session_id, t.stakeholder_group.c.name)
        .order_by(t.participant.c.session_id, t.stakeholder_group.c.name)
    )
    found: dict[str, dict[str | None, int]] = {}
    for session_id, name, n in rows:
        found.setdefault(session_id, {})[name] = n
    return found
