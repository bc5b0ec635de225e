"""What is written at the desk per sprint: its parts and its place in the order in versions, key factors, origins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from workshop.domain.sprints.keyfactors import FactorLook, FactorStatus
from workshop.domain.wijkplan.order import Early, OrderChoice
from workshop.store import schema as t
from workshop.store.rooms import new_id


@dataclass(frozen=True)
class SprintPart:
    """One version of one part. ``written_by`` is a display name."""

    sprint: int
    part: str
    version: int
    content: dict[str, Any]
    written_at: datetime
    written_by: str


def _parts(wijkplan_id: str) -> Select[Any]:
    return (
        select(t.sprint_part, t.account.c.display_name)
        .join(t.account, t.sprint_part.c.written_by == t.account.c.id)
        .where(t.sprint_part.c.wijkplan_id == wijkplan_id)
        .order_by(t.sprint_part.c.sprint, t.sprint_part.c.part, t.sprint_part.c.version)
    )


def _part(r: Row[Any]) -> SprintPart:
    return SprintPart(r.sprint, r.part, r.version, r.content, r.written_at, r.display_name)


def parts(conn: Connection, wijkplan_id: str, *, part: str | None = None) -> list[SprintPart]:
    """Every version of every part (or of one part of every sprint), oldest first."""
    query = _parts(wijkplan_id)
    rows = conn.execute(query if part is None else query.where(t.sprint_part.c.part == part))
    return [_part(row) for row in rows]


def part_now(conn: Connection, wijkplan_id: str, sprint: int, part: str) -> SprintPart | None:
    """The version of one part that holds now; None when nobody wrote it."""
    table = t.sprint_part
    asked = _parts(wijkplan_id).where(table.c.sprint == sprint, table.c.part == part)
    row = conn.execute(asked.order_by(None).order_by(table.c.version.desc()).limit(1)).first()
    return _part(row) if row else None


def latest(found: list[SprintPart]) -> tuple[SprintPart, ...]:
    """The versions that hold now."""
    return tuple({(part.sprint, part.part): part for part in found}.values())


def add_part(conn: Connection, **values: Any) -> None:
    conn.execute(insert(t.sprint_part).values(**values))


def order_choices(conn: Connection, wijkplan_id: str) -> tuple[OrderChoice, ...]:
    """Every choice about the order of the sprints, by sprint, what was chosen and version."""
    table = t.sprint_choice
    rows = conn.execute(
        select(table, t.account.c.display_name)
        .join(t.account, table.c.chosen_by == t.account.c.id)
        .where(table.c.wijkplan_id == wijkplan_id)
        .order_by(table.c.sprint, table.c.what, table.c.version)
    )
    return tuple(
        OrderChoice(r.sprint, None if r.how is None else Early(r.how), r.reason, r.version, r.chosen_at, r.display_name)
        for r in rows
    )


def add_order_choice(conn: Connection, wijkplan_id: str, choice: OrderChoice) -> None:
    """Keep one more version; ``chosen_by`` is here the id of an account."""
    conn.execute(
        insert(t.sprint_choice).values(
            wijkplan_id=wijkplan_id,
            sprint=choice.sprint,
            what=choice.what.value,
            version=choice.version,
            how=choice.how and choice.how.value,
            reason=choice.reason,
            chosen_at=choice.chosen_at,
            chosen_by=choice.chosen_by,
        )
    )


def factor_looks(conn: Connection, wijkplan_id: str) -> list[FactorLook]:
    """Every look at a key factor, oldest first."""
    rows = conn.execute(
        select(t.key_factor, t.account.c.display_name)
        .join(t.account, t.key_factor.c.looked_by == t.account.c.id)
        .where(t.key_factor.c.wijkplan_id == wijkplan_id)
        .order_by(t.key_factor.c.looked_at, t.key_factor.c.id)
    )
    return [
        FactorLook(r.sprint, r.factor, FactorStatus(r.status), r.note, r.owner, r.looked_at, r.display_name)
        for r in rows
    ]


def add_look(conn: Connection, **values: Any) -> None:
    conn.execute(insert(t.key_factor).values(id=new_id(), **values))


def clear_stale(conn: Connection, wijkplan_id: str, sprint: int) -> int:
    """Take the mark *mogelijk verouderd* off the results of a sprint; returns how many rows that touched."""
    table = t.sprint_result
    return conn.execute(
        update(table)
        .where(table.c.wijkplan_id == wijkplan_id, table.c.sprint == sprint, table.c.is_stale.is_(True))
        .values(is_stale=False)
    ).rowcount


def replace_origins(conn: Connection, item_id: str, origins: list[str]) -> None:
    """Let an item come from exactly these."""
    conn.execute(delete(t.item_origin).where(t.item_origin.c.item_id == item_id))
    if origins:
        conn.execute(insert(t.item_origin), [{"item_id": item_id, "origin_id": origin} for origin in origins])
