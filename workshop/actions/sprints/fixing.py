"""Fixing (vastleggen) the result of a sprint: a numbered, immutable record with its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workshop.actions.evening.settling import REASON_LIMIT
from workshop.actions.people.gate import require_role
from workshop.actions.sprints.fixed_record import sprint_record
from workshop.actions.sprints.material import Snapshot, read_snapshot
from workshop.actions.sprints.missing import missing_of
from workshop.actions.wijkplan.as_seen import write_as_seen
from workshop.domain.errors import Refused
from workshop.domain.roles import Actor, Role
from workshop.domain.sprints.keyfactors import unseen
from workshop.locale import _, n_
from workshop.screening.free_text import check_free_text
from workshop.store import Store, results
from workshop.store.results import FixedResult
from workshop.store.writing import Write, writing

#: Where a fixed record keeps which key factors nobody looked at, and why it was fixed all the same.
UNSEEN = "unseen_key_factors"


def missing_for_fixing(snapshot: Snapshot, sprint: int) -> list[str]:
    """What must still happen before the result of a sprint can be fixed, as sentences; empty when nothing."""
    return [each.sentence for each in missing_of(snapshot, sprint)]


def fix_result(store: Store, actor: Actor, wijkplan_id: str, sprint: int, *, unseen_reason: str = "") -> FixedResult:
    """Fix (*vastleggen*) the result of a sprint: a numbered, immutable copy with digest, who and when.

    The digest covers a digest per item and per part, so that erasing a text later leaves a tombstone and a whole chain
    (ruling 9). Results of later sprints are marked *mogelijk verouderd*.

    Args:
        unseen_reason: why it is fixed although a key factor was not looked at; it is kept in the record.

    Raises:
        Refused: something is still missing; the message says what comes first. With ``kind="warning"`` and
            ``field="unseen_reason"``: a key factor was not looked at and no reason is given.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    by = staff.account_id
    return write_as_seen(
        store,
        lambda: writing(store, by, wijkplan_id=wijkplan_id),
        wijkplan_id,
        lambda conn: _to_fix(read_snapshot(conn, wijkplan_id, store.now()), sprint, unseen_reason),
        lambda write, found: _fix(write, wijkplan_id, sprint, found),
    )


@dataclass(frozen=True)
class _ToFix:
    """What is fixed: the record, and the number it gets; ``later``: the sprints whose results become old by it."""

    record: Mapping[str, Any]
    version: int
    later: tuple[int, ...]
    unseen: tuple[int, ...]


def _to_fix(snapshot: Snapshot, sprint: int, unseen_reason: str) -> _ToFix:
    missing = missing_for_fixing(snapshot, sprint)
    if missing:
        raise Refused(missing[0])
    before = [r for r in snapshot.results if r.sprint == sprint]
    record = sprint_record(snapshot, sprint)
    if is_as_fixed(snapshot, sprint):
        raise Refused(_("Er is niets veranderd sinds versie {n}.").format(n=before[-1].version))
    not_looked_at = tuple(unseen(snapshot.looks, sprint))
    if not_looked_at:
        record[UNSEEN] = {"factors": list(not_looked_at), "reason": _why_unseen(len(not_looked_at), unseen_reason)}
    later = snapshot.order[snapshot.order.index(sprint) + 1 :]
    return _ToFix(record, len(before) + 1, later, not_looked_at)


def _fix(write: Write, wijkplan_id: str, sprint: int, found: _ToFix) -> FixedResult:
    digest = record_digest(found.record)
    results.add_result(
        write.conn,
        wijkplan_id=wijkplan_id,
        sprint=sprint,
        version=found.version,
        record=found.record,
        digest=digest,
        is_stale=False,
        fixed_at=write.now,
        fixed_by=write.actor,
    )
    details = {
        "sprint": sprint,
        "version": found.version,
        "digest": digest,
        "stale": results.mark_stale(write.conn, wijkplan_id, found.later),
        "unseen_factors": list(found.unseen),
    }
    write.journal("result.fix", wijkplan_id, details=details)
    return results.result(write.conn, wijkplan_id, sprint, found.version)


def is_as_fixed(snapshot: Snapshot, sprint: int) -> bool:
    """Whether the result is fixed and nothing of it changed since: then there is nothing to fix."""
    before = [r for r in snapshot.results if r.sprint == sprint]
    if not before:
        return False
    return record_digest(_without_reason(before[-1].record)) == record_digest(sprint_record(snapshot, sprint))


def _why_unseen(n: int, reason: str) -> str:
    if reason.strip():
        return check_free_text(reason, confirmed=True, limit=REASON_LIMIT, field="unseen_reason")
    refused = Refused(
        n_(
            "{n} sleutelfactor is in deze sprint nog niet bekeken. Bekijk hem, of schrijf waarom je toch vastlegt.",
            "{n} sleutelfactoren zijn in deze sprint nog niet bekeken. Bekijk ze, of schrijf waarom je toch vastlegt.",
            n,
        ).format(n=n),
        field="unseen_reason",
    )
    refused.kind = "warning"
    raise refused


def _without_reason(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != UNSEEN}


def record_digest(record: Mapping[str, Any]) -> str:
    """SHA-256 over the record with every text of an item or a part replaced by its own digest."""
    told = dict(record)
    for name in ("items", "parts"):
        if name in record:
            told[name] = [
                {k: v for k, v in each.items() if k not in ("text", "details", "content")} for each in record[name]
            ]
    body = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def see_results(store: Store, actor: Actor, wijkplan_id: str) -> list[FixedResult]:
    """All fixed results by sprint and version; for anybody with a role in the wijkplan."""
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        return results.results(conn, wijkplan_id)
