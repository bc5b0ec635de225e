"""Requests for approval and the answers. An answer is written once; a token is known by its hash only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from workshop.domain.sprints.approvals import Approval, Asked
from workshop.store import schema as t


def _query() -> Select[Any]:
    return select(t.approval, t.account.c.display_name).outerjoin(t.account, t.approval.c.recorded_by == t.account.c.id)


def _asked(row: Row[Any]) -> Asked:
    return Asked(
        id=row.id,
        sprint=row.sprint,
        version=row.version,
        organisation=row.organisation,
        is_important=row.is_important,
        has_link=row.token_hash is not None,
        expires_at=row.expires_at,
        decision=Approval(row.decision) if row.decision else None,
        person=row.person or "",
        role=row.role or "",
        remark=row.remark or "",
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        recorded_by=row.display_name,
    )


def approvals(conn: Connection, wijkplan_id: str) -> list[Asked]:
    """Every request of a wijkplan, oldest first."""
    rows = conn.execute(
        _query().where(t.approval.c.wijkplan_id == wijkplan_id).order_by(t.approval.c.asked_at, t.approval.c.id)
    )
    return [_asked(row) for row in rows]


def by_id(conn: Connection, approval_id: str) -> tuple[str, Asked] | None:
    """The wijkplan's id and the request."""
    row = conn.execute(_query().where(t.approval.c.id == approval_id)).first()
    return (row.wijkplan_id, _asked(row)) if row else None


def by_token(conn: Connection, token_hash: str) -> tuple[str, Asked] | None:
    """The same by the hash of the link's token."""
    row = conn.execute(_query().where(t.approval.c.token_hash == token_hash)).first()
    return (row.wijkplan_id, _asked(row)) if row else None


def add_approval(conn: Connection, **values: Any) -> None:
    conn.execute(insert(t.approval).values(**values))


def decide(
    conn: Connection,
    approval_id: str,
    *,
    decision: Approval,
    decided_at: datetime,
    person: str,
    role: str,
    remark: str,
    recorded_by: str | None,
) -> bool:
    """Write the answer when there is none yet; False when somebody was first."""
    table = t.approval
    return (
        conn.execute(
            update(table)
            .where(table.c.id == approval_id, table.c.decision.is_(None))
            .values(
                decision=decision.value, decided_at=decided_at, person=person, role=role, remark=remark,
                recorded_by=recorded_by,
            )
        ).rowcount
        == 1
    )  # fmt: skip


def change_request(conn: Connection, approval_id: str, **values: Any) -> None:
    conn.execute(update(t.approval).where(t.approval.c.id == approval_id).values(**values))


def remove_unanswered(conn: Connection, approval_id: str) -> bool:
    """Take a request back that nobody answered; an answer is never removed."""
    table = t.approval
    return conn.execute(delete(table).where(table.c.id == approval_id, table.c.decision.is_(None))).rowcount == 1
