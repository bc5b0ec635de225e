"""The result of one sprint as plain JSON: what is numbered and kept for good when it is fixed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from workshop.actions.sprints.material import Snapshot, SnapshotItem
from workshop.domain.sprints.keyfactors import strip
from workshop.domain.thread.basis import BASIS
from workshop.domain.wijkplan.order import before_it


def _digest(item: SnapshotItem) -> str:
    told: list[Any] = [item.text, item.lesson]
    # Only what is there, so that what was fixed before keeps its digest.
    told += [dict(each) for each in (item.fields, item.basis) if each]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def sprint_record(snapshot: Snapshot, sprint: int) -> dict[str, Any]:
    """The result of one sprint as plain JSON: what was asked and counted, which items go on, which stay and why.

    What a later sprint decides about the same items is in that sprint's record, not in this one.
    """
    held = [s for s in snapshot.sessions if s.sprint == sprint]
    step_ids = {step.id for s in held for step in s.steps}
    # A topic that was put on a ballot belongs to the result too, wherever it was made.
    voted = {item_id for s in held for step in s.steps for item_id in step.on_ballot}
    order = snapshot.order
    early = {
        str(n): {"how": choice.how.value, "reason": choice.reason}
        for n, choice in snapshot.early.items()
        if n in order[: order.index(sprint) + 1]
    }
    chosen = [
        i.in_sprint(sprint) for i in snapshot.items if i.step_id in step_ids or i.sprint == sprint or i.id in voted
    ]
    return {
        "sprint": sprint,
        "joint_task": snapshot.joint_task,
        "sessions": [
            {
                "id": s.id,
                "title": s.title,
                "held_on": s.held_on.isoformat(),
                "total": s.total,
                "participants": dict(s.participants),
                "steps": [
                    {
                        "id": step.id,
                        "title": step.title,
                        "werkvorm": step.werkvorm,
                        "is_secret": step.is_secret,
                        "rounds": [
                            {"number": r.number, "expected": r.expected, "outcome": r.outcome} for r in step.rounds
                        ],
                    }
                    for step in s.steps
                    if step.rounds
                ],
            }
            for s in held
        ],
        "items": [
            {
                "id": i.id,
                "kind": i.kind,
                "text": i.text,
                "details": {
                    **({"lesson": i.lesson} if i.lesson else {}),
                    **({"fields": dict(i.fields)} if i.fields else {}),
                    **({BASIS: dict(i.basis)} if i.basis else {}),
                },
                "digest": _digest(i),
                "environments": list(i.environments),
                "goes_on": i.goes_on,
                "reason": i.reason,
                "score": i.score,
                "origin": list(i.origin),
            }
            for i in chosen
        ],
        "parts": [
            {
                "part": p.part,
                "version": p.version,
                "content": p.content,
                "digest": hashlib.sha256(json.dumps(p.content, sort_keys=True).encode()).hexdigest(),
            }
            for p in snapshot.parts
            if p.sprint == sprint
        ],
        "key_factors": [
            {"factor": n, "status": look.status.value, "note": look.note, "owner": look.owner}
            for n, look in strip(snapshot.looks, sprint).items()
            if look is not None
        ],
        "left_out_before": {str(n): snapshot.skipped[n] for n in order[: order.index(sprint)] if n in snapshot.skipped},
        # Only where it says something, so that a record without it stays the same record.
        **({"taken_up_early": early} if early else {}),
        "approvals": [
            {
                "version": a.version,
                "organisation": a.organisation,
                "is_important": a.is_important,
                "decision": a.decision.value if a.decision else None,
                "role": a.role,
                "remark": a.remark,
                "decided_on": a.decided_at.date().isoformat() if a.decided_at else None,
            }
            for a in snapshot.approvals
            if a.sprint == before_it(sprint, order, snapshot.skipped)
        ],
    }
