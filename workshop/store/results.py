"""The joint task and the fixed results: numbered versions, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from workshop.store import schema as t


@dataclass(frozen=True)
class JointTask:
    """One version of the gezamenlijke opgave."""

    version: int
    text: str
    written_at: datetime
    written_by: str  # display name


@dataclass(frozen=True)
class FixedResult:
    """One version of a sprint's result: an immutable copy with its digest, who and when."""

    wijkplan_id: str
    sprint: int
    version: int
    record: dict[str, Any]
    digest: str
    is_stale: bool
    fixed_at: datetime
    fixed_by: str  # display name


def joint_tasks(conn: Connection, wijkplan_id: str) -> list[JointTask]:
    """All versions, oldest first."""
    rows = conn.execute(
        select(t.joint_task, t.account.c.display_name)
        .join(t.account, t.joint_task.c.written_by == t.account.c.id)
        .where(t.joint_task.c.wijkplan_id == wijkplan_id)
        .order_by(t.joint_task.c.version)
    )
    return [JointTask(r.version, r.text, r.written_at, r.display_name) for r in rows]


def joint_task(conn: Connection, wijkplan_id: str) -> str | None:
    """The text that holds now."""
    return conn.execute(
        select(t.joint_task.c.text)
        .where(t.joint_task.c.wijkplan_id == wijkplan_id)
        .order_by(t.joint_task.c.version.desc())
        .limit(1)
    ).scalar()


def add_joint_task(conn: Connection, **values: Any) -> None:
    conn.execute(insert(t.joint_task).values(**values))


def _results(wijkplan_id: str) -> Select[Any]:
    return (
        select(t.sprint_result, t.account.c.display_name)
        .join(t.account, t.sprint_result.c.fixed_by == t.account.c.id)
        .where(t.sprint_result.c.wijkplan_id == wijkplan_id)
        .order_by(t.sprint_result.c.sprint, t.sprint_result.c.version)
    )


def _result(r: Row[Any]) -> FixedResult:
    return FixedResult(
        r.wijkplan_id, r.sprint, r.version, r.record, r.digest, r.is_stale, r.fixed_at, r.display_name
    )  # fmt: skip


def results(conn: Connection, wijkplan_id: str) -> list[FixedResult]:
    """All fixed results by sprint and version."""
    return [_result(row) for row in conn.execute(_results(wijkplan_id))]


def result(conn: Connection, wijkplan_id: str, sprint: int, version: int) -> FixedResult:
    """One fixed result, which is there."""
    table = t.sprint_result
    asked = _results(wijkplan_id).where(table.c.sprint == sprint, table.c.version == version)
    return _result(conn.execute(asked).one())


def fixed_sprints(conn: Connection, wijkplan_id: str) -> set[int]:
    """The sprints that have a fixed result, without reading it."""
    asked = select(t.sprint_result.c.sprint).where(t.sprint_result.c.wijkplan_id == wijkplan_id).distinct()
    return set(conn.scalars(asked))


def add_result(conn: Connection, **values: Any) -> None:
    conn.execute(insert(t.sprint_result).values(**values))


def mark_stale(conn: Connection, wijkplan_id: str, sprints: Collection[int]) -> int:
    """Mark the results of these sprints *mogelijk verouderd*; returns how many rows that touched."""
    table = t.sprint_result
    return conn.execute(
        update(table)
        .where(table.c.wijkplan_id == wijkplan_id, table.c.sprint.in_(list(sprints)), table.c.is_stale.is_(False))
        .values(is_stale=True)
    ).rowcount
