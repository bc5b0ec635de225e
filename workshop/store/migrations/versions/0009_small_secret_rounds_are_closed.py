"""Of a secret round with fewer than five ballots nothing is kept but how many there were"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SMALLEST = 5

step = sa.table("step", sa.column("id"), sa.column("is_secret"))
round_ = sa.table(
    "round",
    sa.column("id"),
    sa.column("step_id"),
    sa.column("number"),
    sa.column("is_later"),
    sa.column("outcome", sa.JSON),
)
decision = sa.table("decision", sa.column("item_id"), sa.column("step_id"), sa.column("score"))
result = sa.table(
    "sprint_result", sa.column("wijkplan_id"), sa.column("sprint"), sa.column("version"), sa.column("record", sa.JSON)
)


def upgrade() -> None:
    """Outcomes, the scores that were taken from them, and both in the records that were fixed.

    A fixed record keeps its digest: what is closed is gone from it, as an erased text is.
    """
    conn = op.get_bind()
    small_steps = _close_rounds(conn)
    rows = conn.execute(sa.select(decision).where(decision.c.step_id.in_(small_steps), decision.c.score != "")).all()
    scored = {(row.item_id, row.score) for row in rows}
    conn.execute(sa.update(decision).where(decision.c.step_id.in_(small_steps)).values(score=""))
    for row in conn.execute(sa.select(result)).all():
        record = _closed_record(row.record, scored)
        if record != row.record:
            here = sa.and_(
                result.c.wijkplan_id == row.wijkplan_id, result.c.sprint == row.sprint, result.c.version == row.version
            )
            conn.execute(sa.update(result).where(here).values(record=record))


def downgrade() -> None:
    """What is gone does not come back."""


def _close_rounds(conn: sa.Connection) -> list[str]:
    """Close the small rounds; the ids of the steps whose scores came from one."""
    rows = conn.execute(
        sa.select(round_).join(step, round_.c.step_id == step.c.id).where(step.c.is_secret).order_by(round_.c.number)
    ).all()
    last: dict[str, bool] = {}
    for row in rows:
        is_small = row.outcome is not None and _is_small(row.outcome)
        if is_small:
            conn.execute(sa.update(round_).where(round_.c.id == row.id).values(outcome=_closed(row.outcome)))
        if not row.is_later:
            last[row.step_id] = is_small
    return [step_id for step_id, is_small in last.items() if is_small]


def _is_small(outcome: Mapping[str, Any]) -> bool:
    """Only a round with a ballot counts how many were complete."""
    return "complete" in outcome and outcome["n"] < SMALLEST


def _closed(outcome: Mapping[str, Any]) -> dict[str, Any]:
    counts = {name: outcome.get(name, 0) for name in ("n", "complete", "paper")}
    return {**counts, "groups": {}, "is_closed": True}


def _closed_record(record: Mapping[str, Any], scored: set[tuple[str, str]]) -> dict[str, Any]:
    def closed_step(told: Mapping[str, Any]) -> dict[str, Any]:
        rounds = [
            {**r, "outcome": _closed(r["outcome"])} if told["is_secret"] and _is_small(r["outcome"]) else r
            for r in told["rounds"]
        ]
        return {**told, "rounds": rounds}

    return {
        **record,
        "sessions": [{**s, "steps": [closed_step(each) for each in s["steps"]]} for s in record["sessions"]],
        "items": [{**i, "score": "" if (i["id"], i["score"]) in scored else i["score"]} for i in record["items"]],
    }
