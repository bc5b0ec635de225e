"""Reading and writing sessions, steps, rounds, the stage and the people in the room."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from workshop.domain.evening.ballots import is_closed
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.evening.sessions import Round, Session, Step
from workshop.domain.evening.stage import Stage, View
from workshop.store import schema as t

Record = TypeVar("Record", Session, Step, Round)


def record(cls: type[Record], row: Row[Any]) -> Record:
    """The session, step or round that a row of its table holds."""
    values = {f.name: getattr(row, f.name) for f in fields(cls)}
    values["state"] = (SessionState if cls is Session else StepState)(values["state"]) if "state" in values else None
    if cls is Round:
        values["items"] = tuple(values["items"])
    if cls is Step and values["about"] is not None:
        values["about"] = tuple(values["about"])
    return cls(**values)


def new_id() -> str:
    """A random identifier that tells nothing about order."""
    return uuid4().hex


# -- sessions ------------------------------------------------------------------------------------------------------


def session(conn: Connection, session_id: str) -> Session | None:
    row = conn.execute(select(t.session).where(t.session.c.id == session_id)).first()
    return record(Session, row) if row else None


def session_by_code(conn: Connection, code: str) -> Session | None:
    row = conn.execute(select(t.session).where(t.session.c.code == code)).first()
    return record(Session, row) if row else None


def sessions_of(conn: Connection, wijkplan_id: str) -> list[Session]:
    """Sessions of a wijkplan by date, the earliest first."""
    rows = conn.execute(
        select(t.session)
        .where(t.session.c.wijkplan_id == wijkplan_id)
        .order_by(t.session.c.held_on, t.session.c.created_at)
    )
    return [record(Session, row) for row in rows]


def add_session(conn: Connection, **values: Any) -> None:
    conn.execute(insert(t.session).values(**values))
    conn.execute(insert(t.stage).values(session_id=values["id"], view=View.DOOR, is_blank=False, history=[]))


def change_session(conn: Connection, session_id: str, **values: Any) -> None:
    conn.execute(update(t.session).where(t.session.c.id == session_id).values(**values))


# -- steps ---------------------------------------------------------------------------------------------------------


def step(conn: Connection, step_id: str) -> Step | None:
    row = conn.execute(select(t.step).where(t.step.c.id == step_id)).first()
    return record(Step, row) if row else None


def steps_of(conn: Connection, session_id: str) -> list[Step]:
    """Steps in the order of the script."""
    rows = conn.execute(select(t.step).where(t.step.c.session_id == session_id).order_by(t.step.c.position))
    return [record(Step, row) for row in rows]


def add_step(conn: Connection, **values: Any) -> None:
    conn.execute(insert(t.step).values(**values))


def change_step(conn: Connection, step_id: str, **values: Any) -> None:
    conn.execute(update(t.step).where(t.step.c.id == step_id).values(**values))


def order_steps(conn: Connection, step_ids: list[str]) -> None:
    """Number the steps of a script in the given order."""
    for position, step_id in enumerate(step_ids, start=1):
        change_step(conn, step_id, position=position)


def remove_step(conn: Connection, step_id: str) -> None:
    """Take a step that never opened off the script."""
    conn.execute(delete(t.step_item).where(t.step_item.c.step_id == step_id))
    conn.execute(delete(t.step).where(t.step.c.id == step_id))


def step_exceptions(conn: Connection, step_id: str) -> dict[str, bool]:
    """Items put on (True) or taken off (False) by hand."""
    rows = conn.execute(select(t.step_item.c.item_id, t.step_item.c.is_on).where(t.step_item.c.step_id == step_id))
    return {row.item_id: row.is_on for row in rows}


@dataclass(frozen=True)
class ListedStep:
    """A step of a real evening with the ids that stand on its list whatever is decided: by hand, or in a round."""

    sprint: int
    werkvorm: str
    kept: frozenset[str]


def listed_steps(conn: Connection, wijkplan_id: str) -> list[ListedStep]:
    """What every step of a wijkplan keeps on its list, practice evenings apart; three statements."""
    kept: dict[str, set[str]] = {}
    steps = (
        select(t.step.c.id, t.step.c.werkvorm, t.session.c.sprint)
        .join(t.session, t.step.c.session_id == t.session.c.id)
        .where(t.session.c.wijkplan_id == wijkplan_id, t.session.c.is_practice.is_(False))
    )
    here = steps.with_only_columns(t.step.c.id)
    by_hand = select(t.step_item).where(t.step_item.c.step_id.in_(here), t.step_item.c.is_on.is_(True))
    frozen = select(t.round.c.step_id, t.round.c["items"].label("ids")).where(t.round.c.step_id.in_(here))
    for row in conn.execute(by_hand):
        kept.setdefault(row.step_id, set()).add(row.item_id)
    for row in conn.execute(frozen):
        kept.setdefault(row.step_id, set()).update(row.ids)
    return [ListedStep(r.sprint, r.werkvorm, frozenset(kept.get(r.id, ()))) for r in conn.execute(steps)]


def set_exception(conn: Connection, step_id: str, item_id: str, *, is_on: bool) -> None:
    table = t.step_item
    here = and_(table.c.step_id == step_id, table.c.item_id == item_id)
    if conn.execute(update(table).where(here).values(is_on=is_on)).rowcount == 0:
        conn.execute(insert(table).values(step_id=step_id, item_id=item_id, is_on=is_on))


def later_step(conn: Connection, session_id: str, now: datetime) -> Step | None:
    """The step of a session that still takes answers of people who were not there, if there is one."""
    for found in steps_of(conn, session_id):
        if found.state is StepState.OPEN and found.open_until is not None and found.open_until > now:
            return found
    return None


def steps_over(conn: Connection, now: datetime) -> list[tuple[str, str]]:
    """Steps that were kept open after an evening and whose time has passed: (step, wijkplan)."""
    rows = conn.execute(
        select(t.step.c.id, t.session.c.wijkplan_id)
        .join(t.session, t.step.c.session_id == t.session.c.id)
        .where(t.step.c.state == StepState.OPEN, t.step.c.open_until <= now)
    )
    return [(row.id, row.wijkplan_id) for row in rows]


# -- rounds --------------------------------------------------------------------------------------------------------


def round_(conn: Connection, round_id: str, *, lock: bool = False) -> Round | None:
    """One round; with ``lock`` nobody can vote in it or stop it until this transaction ends."""
    query = select(t.round).where(t.round.c.id == round_id)
    row = conn.execute(query.with_for_update() if lock else query).first()
    return record(Round, row) if row else None


def rounds_of(conn: Connection, step_id: str) -> list[Round]:
    rows = conn.execute(select(t.round).where(t.round.c.step_id == step_id).order_by(t.round.c.number))
    return [record(Round, row) for row in rows]


def last_round(conn: Connection, step_id: str, *, lock: bool = False) -> Round | None:
    query = select(t.round).where(t.round.c.step_id == step_id).order_by(t.round.c.number.desc()).limit(1)
    row = conn.execute(query.with_for_update() if lock else query).first()
    return record(Round, row) if row else None


def evening_round(conn: Connection, step_id: str) -> Round | None:
    """The latest round of the evening itself, whatever was asked later of people who were not there."""
    return next((r for r in reversed(rounds_of(conn, step_id)) if not r.is_later), None)


def add_round(conn: Connection, **values: Any) -> None:
    conn.execute(insert(t.round).values(**values))


def change_round(conn: Connection, round_id: str, **values: Any) -> None:
    conn.execute(update(t.round).where(t.round.c.id == round_id).values(**values))


def last_shown_outcome(
    conn: Connection, wijkplan_id: str, werkvorm: str, *, before_step: str, before: datetime | None
) -> Mapping[str, Any] | None:
    """The latest outcome that was told of the same werkvorm in another step of this wijkplan, if any.

    With ``before`` only rounds that were shown earlier than that moment count.
    """
    query = (
        select(t.round.c.outcome)
        .join(t.step, t.round.c.step_id == t.step.c.id)
        .join(t.session, t.step.c.session_id == t.session.c.id)
        .where(
            t.session.c.wijkplan_id == wijkplan_id,
            t.step.c.werkvorm == werkvorm,
            t.step.c.id != before_step,
            t.round.c.state == StepState.SHOWN,
            t.round.c.is_later.is_(False),
            t.session.c.is_practice.is_(False),
        )
        .order_by(t.round.c.shown_at.desc())
    )
    if before is not None:
        query = query.where(t.round.c.shown_at < before)
    told = (row.outcome for row in conn.execute(query))
    return next((outcome for outcome in told if not is_closed(outcome)), None)


# -- the stage -----------------------------------------------------------------------------------------------------


def stage(conn: Connection, session_id: str) -> Stage:
    row = conn.execute(select(t.stage).where(t.stage.c.session_id == session_id)).one()
    return Stage(View(row.view), row.step_id, row.text, row.is_blank, bool(row.history), row.is_large)


#: How many earlier views the stage remembers.
_REMEMBERED = 50


def set_stage(conn: Connection, session_id: str, view: View, step_id: str | None, text: str | None) -> None:
    """Show something else; what was shown is remembered for the step back. Showing the same again is no step."""
    row = conn.execute(select(t.stage).where(t.stage.c.session_id == session_id)).one()
    now, wanted = [row.view, row.step_id, row.text], [view.value, step_id, text]
    history = row.history if now == wanted else [*row.history, now][-_REMEMBERED:]
    conn.execute(
        update(t.stage)
        .where(t.stage.c.session_id == session_id)
        .values(view=view, step_id=step_id, text=text, is_blank=False, history=history)
    )


def blank_stage(conn: Connection, session_id: str, *, is_blank: bool) -> None:
    conn.execute(update(t.stage).where(t.stage.c.session_id == session_id).values(is_blank=is_blank))


def enlarge_stage(conn: Connection, session_id: str, *, is_large: bool) -> None:
    conn.execute(update(t.stage).where(t.stage.c.session_id == session_id).values(is_large=is_large))


def closing_text(conn: Connection, session_id: str) -> str:
    """What the facilitator last wrote for the end of the evening, whatever the wall shows now; empty when nothing."""
    row = conn.execute(select(t.stage).where(t.stage.c.session_id == session_id)).one()
    shown = [[row.view, row.step_id, row.text], *row.history[::-1]]
    return next((text for view, _step, text in shown if view == View.CLOSING and text), "")


def step_stage_back(conn: Connection, session_id: str) -> bool:
    """Show the earlier view again. False when there is none."""
    row = conn.execute(select(t.stage).where(t.stage.c.session_id == session_id)).one()
    if not row.history:
        return False
    *earlier, (view, step_id, text) = row.history
    conn.execute(
        update(t.stage)
        .where(t.stage.c.session_id == session_id)
        .values(view=view, step_id=step_id, text=text, is_blank=False, history=earlier)
    )
    return True


# -- people in the room --------------------------------------------------------------------------------------------


_BY_TOKEN = select(
    t.participant.c.id,
    t.participant.c.session_id,
    t.participant.c.token_hash,
    t.participant.c.group_id,
    t.participant.c.organisation,
    t.participant.c.left_at,
    t.participant.c.removed_at,
    t.stakeholder_group.c.name.label("group_name"),
).outerjoin(t.stakeholder_group, t.participant.c.group_id == t.stakeholder_group.c.id)


def participant(conn: Connection, session_id: str, token_hash: str) -> Any:
    """One participant of a session as a row, with ``group_name``; None when the token never came in."""
    return conn.execute(
        _BY_TOKEN.where(t.participant.c.session_id == session_id, t.participant.c.token_hash == token_hash)
    ).first()


def add_participants(conn: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        conn.execute(insert(t.participant), rows)


def change_participant(conn: Connection, participant_id: str, **values: Any) -> bool:
    """Change a seat; False when there is none with this id."""
    changed = conn.execute(update(t.participant).where(t.participant.c.id == participant_id).values(**values))
    return changed.rowcount == 1


def go_away(conn: Connection, participant_id: str, at: datetime) -> bool:
    """Take somebody out of the count; False when they were not in it."""
    table = t.participant
    here = and_(table.c.id == participant_id, table.c.left_at.is_(None))
    return conn.execute(update(table).where(here).values(left_at=at)).rowcount == 1


def has_seat(conn: Connection, participant_id: str) -> bool:
    """Whether there is a participant with this id, here or away."""
    return conn.execute(select(t.participant.c.id).where(t.participant.c.id == participant_id)).first() is not None


def present_by_group(conn: Connection, session_id: str) -> dict[str | None, int]:
    """How many people are in the room now, per group name (None: no group chosen)."""
    rows = conn.execute(
        select(t.stakeholder_group.c.name, func.count())
        .select_from(t.participant.outerjoin(t.stakeholder_group, t.participant.c.group_id == t.stakeholder_group.c.id))
        .where(
            t.participant.c.session_id == session_id,
            t.participant.c.left_at.is_(None),
            t.participant.c.removed_at.is_(None),
        )
        .group_by(t.stakeholder_group.c.name)
    )
    return {name: n for name, n in rows}


def seats_in_group(conn: Connection, session_ids: Collection[str], group_id: str) -> list[Row[Any]]:
    """Seats of these sessions in a group, also of people who left: whoever comes back must not stand alone."""
    table = t.participant
    rows: list[Row[Any]] = []
    rows += conn.execute(
        select(table.c.id, table.c.session_id, table.c.merges).where(
            table.c.session_id.in_(session_ids), table.c.group_id == group_id, table.c.removed_at.is_(None)
        )
    )
    return rows


def merged_seats(conn: Connection, session_ids: Collection[str]) -> list[Row[Any]]:
    """Seats of these sessions that were moved by a merge of groups: id, session, group now, and the merges."""
    table = t.participant
    rows: list[Row[Any]] = []
    rows += conn.execute(
        select(table.c.id, table.c.session_id, table.c.group_id, table.c.merges).where(
            table.c.session_id.in_(session_ids), table.c.removed_at.is_(None)
        )
    )
    return [row for row in rows if row.merges]


def ever_joined_by_group(conn: Connection, session_id: str) -> dict[str | None, int]:
    """How many people took part, whether or not they left early, per group name."""
    rows = conn.execute(
        select(t.stakeholder_group.c.name, func.count())
        .select_from(t.participant.outerjoin(t.stakeholder_group, t.participant.c.group_id == t.stakeholder_group.c.id))
        .where(t.participant.c.session_id == session_id, t.participant.c.removed_at.is_(None))
        .group_by(t.stakeholder_group.c.name)
    )
    return {name: n for name, n in rows}


def groups_of(conn: Connection, wijkplan_id: str) -> list[tuple[str, str]]:
    """The groups people can choose from: (id, name) in their order."""
    table = t.stakeholder_group
    rows = conn.execute(
        select(table.c.id, table.c.name)
        .where(table.c.wijkplan_id == wijkplan_id, table.c.archived_at.is_(None))
        .order_by(table.c.position)
    )
    return [(row.id, row.name) for row in rows]


def partners_of(conn: Connection, wijkplan_id: str) -> list[str]:
    """Names of partner organisations, the lead first."""
    table = t.partner
    rows = conn.execute(
        select(table.c.name)
        .where(table.c.wijkplan_id == wijkplan_id, table.c.archived_at.is_(None))
        .order_by(table.c.is_lead.desc(), table.c.position)
    )
    return [row.name for row in rows]
