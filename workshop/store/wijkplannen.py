"""Reads and writes about wijkplannen: definition, areas, partners, groups and who does what in them.

Every function takes an open connection; what may happen is decided in ``workshop.actions``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, false, func, insert, literal, select, union_all, update

from workshop.domain.roles import Role
from workshop.store import schema


@dataclass(frozen=True)
class PlanRow:
    """One wijkplan as stored, without what belongs to it."""

    id: str
    title: str
    municipality_code: str
    municipality_name: str
    theme: str | None
    definition: Mapping[str, Any]
    retention_months: int
    is_demo: bool
    created_at: datetime
    archived_at: datetime | None
    joint_task: str | None = None  # as it holds now; only where one wijkplan is asked for


@dataclass(frozen=True)
class AreaRow:
    code: str
    name: str
    level: str


@dataclass(frozen=True)
class NamedRow:
    """A partner or a group. ``is_lead`` is always false for a group."""

    id: str
    name: str
    position: int
    is_archived: bool
    is_lead: bool = False


@dataclass(frozen=True)
class MemberRow:
    account_id: str
    display_name: str
    role: Role
    is_active: bool


_PLAN = [schema.wijkplan.c[name] for name in PlanRow.__dataclass_fields__ if name != "joint_task"]
_JOINT_TASK = (
    select(schema.joint_task.c.text)
    .where(schema.joint_task.c.wijkplan_id == schema.wijkplan.c.id)
    .order_by(schema.joint_task.c.version.desc())
    .limit(1)
    .scalar_subquery()
    .label("joint_task")
)


def _plan_row(row: Any) -> PlanRow:
    return PlanRow(**row._mapping)


def plan(conn: Connection, wijkplan_id: str) -> PlanRow | None:
    row = conn.execute(select(*_PLAN, _JOINT_TASK).where(schema.wijkplan.c.id == wijkplan_id)).first()
    return _plan_row(row) if row else None


def plans(conn: Connection, only: Collection[str] | None = None) -> list[PlanRow]:
    """Wijkplannen, newest first; with ``only`` those among these ids."""
    table = schema.wijkplan
    asked = select(*_PLAN).order_by(table.c.created_at.desc(), table.c.id)
    if only is not None:
        asked = asked.where(table.c.id.in_(list(only)))
    return [_plan_row(row) for row in conn.execute(asked)]


def revisions(conn: Connection, wijkplan_id: str) -> tuple[int, int]:
    """The revision of a wijkplan and the sum of those of its sessions; (0, 0) when there is none."""
    plan, session = schema.wijkplan, schema.session
    of_sessions = select(func.coalesce(func.sum(session.c.revision), 0)).where(session.c.wijkplan_id == plan.c.id)
    row = conn.execute(select(plan.c.revision, of_sessions.scalar_subquery()).where(plan.c.id == wijkplan_id)).first()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def add_plan(conn: Connection, values: Mapping[str, Any]) -> None:
    conn.execute(insert(schema.wijkplan).values(**values))


def change_plan(conn: Connection, wijkplan_id: str, values: Mapping[str, Any]) -> None:
    if values:
        conn.execute(update(schema.wijkplan).where(schema.wijkplan.c.id == wijkplan_id).values(**values))


# -- areas -------------------------------------------------------------------------------------------------------


def areas(conn: Connection, wijkplan_ids: Collection[str]) -> dict[str, list[AreaRow]]:
    """Per wijkplan its areas, by name."""
    table = schema.wijkplan_area
    found: dict[str, list[AreaRow]] = {}
    asked = select(table).where(table.c.wijkplan_id.in_(list(wijkplan_ids))).order_by(table.c.name, table.c.code)
    for row in conn.execute(asked):
        found.setdefault(row.wijkplan_id, []).append(AreaRow(row.code, row.name, row.level))
    return found


def put_areas(conn: Connection, wijkplan_id: str, chosen: Iterable[AreaRow]) -> None:
    """Replace the areas of a wijkplan."""
    table = schema.wijkplan_area
    conn.execute(delete(table).where(table.c.wijkplan_id == wijkplan_id))
    values = [
        {"wijkplan_id": wijkplan_id, "code": area.code, "name": area.name, "level": area.level} for area in chosen
    ]
    if values:
        conn.execute(insert(table), values)


# -- partners and groups: the same kind of list, in two tables ------------------------------------------------------


def _named(conn: Connection, table: Table, wijkplan_id: str) -> list[NamedRow]:
    asked = select(table).where(table.c.wijkplan_id == wijkplan_id).order_by(table.c.position, table.c.name)
    return [
        NamedRow(row.id, row.name, row.position, row.archived_at is not None, bool(getattr(row, "is_lead", False)))
        for row in conn.execute(asked)
    ]


def partners(conn: Connection, wijkplan_id: str) -> list[NamedRow]:
    return _named(conn, schema.partner, wijkplan_id)


def groups(conn: Connection, wijkplan_id: str) -> list[NamedRow]:
    return _named(conn, schema.stakeholder_group, wijkplan_id)


def partners_and_groups(conn: Connection, wijkplan_id: str) -> tuple[list[NamedRow], list[NamedRow]]:
    """Both lists from one statement."""
    asked = []
    for table, is_lead in ((schema.partner, schema.partner.c.is_lead), (schema.stakeholder_group, false())):
        columns = (table.c.id, table.c.name, table.c.position, table.c.archived_at.is_not(None).label("gone"))
        asked.append(
            select(literal(table.name).label("of"), *columns, is_lead.label("is_lead")).where(
                table.c.wijkplan_id == wijkplan_id
            )
        )
    both = union_all(*asked).subquery()
    found: dict[str, list[NamedRow]] = {schema.partner.name: [], schema.stakeholder_group.name: []}
    for row in conn.execute(select(both).order_by(both.c.position, both.c.name)):
        found[row.of].append(NamedRow(row.id, row.name, row.position, bool(row.gone), bool(row.is_lead)))
    return found[schema.partner.name], found[schema.stakeholder_group.name]


def names_lead_first(partners: Iterable[NamedRow]) -> tuple[str, ...]:
    """The names of the partners that take part, the lead first."""
    here = [row for row in partners if not row.is_archived]
    return tuple(row.name for row in sorted(here, key=lambda row: not row.is_lead))


def add_partner(conn: Connection, wijkplan_id: str, partner_id: str, name: str, position: int) -> None:
    conn.execute(
        insert(schema.partner).values(
            id=partner_id, wijkplan_id=wijkplan_id, name=name, position=position, is_lead=False
        )
    )


def add_group(conn: Connection, wijkplan_id: str, group_id: str, name: str, position: int) -> None:
    conn.execute(
        insert(schema.stakeholder_group).values(id=group_id, wijkplan_id=wijkplan_id, name=name, position=position)
    )


def change_partner(conn: Connection, partner_id: str, values: Mapping[str, Any]) -> None:
    conn.execute(update(schema.partner).where(schema.partner.c.id == partner_id).values(**values))


def change_group(conn: Connection, group_id: str, values: Mapping[str, Any]) -> None:
    table = schema.stakeholder_group
    conn.execute(update(table).where(table.c.id == group_id).values(**values))


def put_lead(conn: Connection, wijkplan_id: str, partner_id: str | None) -> None:
    table = schema.partner
    conn.execute(update(table).where(table.c.wijkplan_id == wijkplan_id).values(is_lead=False))
    if partner_id is not None:
        conn.execute(update(table).where(table.c.id == partner_id).values(is_lead=True))


def put_group_order(conn: Connection, group_ids: Sequence[str]) -> None:
    table = schema.stakeholder_group
    for position, group_id in enumerate(group_ids):
        conn.execute(update(table).where(table.c.id == group_id).values(position=position))


# -- roles -------------------------------------------------------------------------------------------------------


def members(conn: Connection, wijkplan_id: str) -> list[MemberRow]:
    """Who holds which role, by name."""
    table, account = schema.membership, schema.account
    asked = (
        select(table.c.account_id, account.c.display_name, table.c.role, account.c.is_active)
        .join(account, account.c.id == table.c.account_id)
        .where(table.c.wijkplan_id == wijkplan_id)
        .order_by(account.c.display_name, account.c.id, table.c.role)
    )
    return [MemberRow(row.account_id, row.display_name, Role(row.role), row.is_active) for row in conn.execute(asked)]


def memberships(conn: Connection) -> dict[str, list[tuple[str, str, Role]]]:
    """Per account: (wijkplan id, title, role)."""
    table, wijkplan = schema.membership, schema.wijkplan
    asked = (
        select(table.c.account_id, table.c.role, wijkplan.c.id, wijkplan.c.title)
        .join(wijkplan, wijkplan.c.id == table.c.wijkplan_id)
        .order_by(wijkplan.c.title, wijkplan.c.id, table.c.role)
    )
    held: dict[str, list[tuple[str, str, Role]]] = {}
    for row in conn.execute(asked):
        held.setdefault(row.account_id, []).append((row.id, row.title, Role(row.role)))
    return held


def add_member(conn: Connection, wijkplan_id: str, account_id: str, role: Role) -> bool:
    """Give a role; false when it was held already. The caller holds the wijkplan's lock."""
    table = schema.membership
    same = table.c.wijkplan_id == wijkplan_id, table.c.account_id == account_id, table.c.role == role.value
    if conn.execute(select(table.c.role).where(*same)).first() is not None:
        return False
    conn.execute(insert(table).values(wijkplan_id=wijkplan_id, account_id=account_id, role=role.value))
    return True


def remove_member(conn: Connection, wijkplan_id: str, account_id: str, role: Role) -> bool:
    """Take a role; false when it was not held."""
    table = schema.membership
    gone = conn.execute(
        delete(table).where(
            table.c.wijkplan_id == wijkplan_id, table.c.account_id == account_id, table.c.role == role.value
        )
    )
    return gone.rowcount == 1


def count_sessions(conn: Connection, wijkplan_ids: Collection[str]) -> dict[str, int]:
    table = schema.session
    asked = (
        select(table.c.wijkplan_id, func.count())
        .where(table.c.wijkplan_id.in_(list(wijkplan_ids)))
        .group_by(table.c.wijkplan_id)
    )
    return {row[0]: int(row[1]) for row in conn.execute(asked)}
