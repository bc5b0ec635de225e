"""Everything an export or the policy desk may hold, from one read: consistent, nothing blind, groups folded.

Only shown rounds and released items are in here. Whoever writes an export writes what stands here and nothing else, so
that all of them hold the same numbers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from workshop.actions.evening.steps import outcome_to_show, story_of
from workshop.actions.thread.herkomst import origin_lines, read_graph
from workshop.actions.wijkplan.path import early_choices
from workshop.actions.wijkplan.wijkplannen import Wijkplan, read_wijkplan
from workshop.domain.errors import NotFound
from workshop.domain.evening.groups import OTHERS, fold
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.evening.stories import Story
from workshop.domain.roles import Actor, Role, Staff
from workshop.domain.sprints.approvals import Asked
from workshop.domain.sprints.keyfactors import FactorLook, strip
from workshop.domain.thread.basis import BASIS
from workshop.domain.thread.items import ItemState
from workshop.domain.wijkplan.order import EarlyChoice, before_it, order_of
from workshop.store import Conn, Store, approvals, figures, items, results, rooms
from workshop.store import sprints as sprint_rows
from workshop.store.items import Decided
from workshop.store.results import FixedResult, JointTask
from workshop.store.sprints import ABOUT_ORDER, SKIPPED, SprintPart
from workshop.werkvormen import werkvorm


@dataclass(frozen=True)
class SnapshotRound:
    """A shown round: its outcome as counted and as told. ``groups`` is the turn-out per group by the folding rule."""

    id: str
    number: int
    shown_on: date
    expected: int | None
    complete: int
    ballots: int
    paper: int
    groups: Mapping[str, int]
    outcome: Mapping[str, Any]
    story: Story


@dataclass(frozen=True)
class SnapshotStep:
    id: str
    position: int
    title: str
    werkvorm: str
    minutes: int
    is_secret: bool
    state: StepState
    skip_reason: str
    is_settled: bool
    has_items: bool
    rounds: tuple[SnapshotRound, ...]
    on_ballot: frozenset[str] = frozenset()  # ids of what was voted on in its shown rounds


@dataclass(frozen=True)
class SnapshotSession:
    """An evening; ``participants`` per group by the folding rule, ``total`` exact."""

    id: str
    sprint: int
    title: str
    held_on: date
    place: str
    state: SessionState
    total: int
    participants: Mapping[str, int]
    steps: tuple[SnapshotStep, ...]


@dataclass(frozen=True)
class SprintDecision:
    """What one sprint decided last about an item, in the room or at its desk."""

    goes_on: bool
    reason: str
    score: str


@dataclass(frozen=True)
class SnapshotItem:
    """A released item with its label of origin and what was decided about it last. Dates are no finer than a day."""

    id: str
    kind: str
    text: str
    environments: tuple[str, ...]
    tone: str | None
    moment: str | None
    lesson: str
    group: str | None
    source: str
    sprint: int | None
    session_id: str | None
    step_id: str | None
    made_on: date | None
    origin: tuple[str, ...]
    origin_line: str
    goes_on: bool | None
    reason: str
    score: str
    fields: Mapping[str, Any] = field(default_factory=dict)  # what was filled in beside the text
    basis: Mapping[str, Any] | None = None  # the figure or report it rests on; see workshop.domain.thread.basis
    decided: Mapping[int, SprintDecision] = field(default_factory=dict)  # by sprint

    def in_sprint(self, sprint: int) -> SnapshotItem:
        """The same item with the decision of that sprint, whatever a later one decided; without one nothing is decided."""
        found = self.decided.get(sprint)
        if found is None:
            return replace(self, goes_on=None, reason="", score="")
        return replace(self, goes_on=found.goes_on, reason=found.reason, score=found.score)


@dataclass(frozen=True)
class Snapshot:
    """One wijkplan as of one moment (UTC)."""

    as_of: datetime
    wijkplan: Wijkplan
    joint_task: str | None
    joint_tasks: tuple[JointTask, ...]
    sessions: tuple[SnapshotSession, ...]
    items: tuple[SnapshotItem, ...]
    results: tuple[FixedResult, ...]
    figures: tuple[Mapping[str, Any], ...] = ()  # loaded from files; rows of workshop.sources.figure
    parts: tuple[SprintPart, ...] = ()  # what was written at the desk per sprint, as it stands now
    looks: tuple[FactorLook, ...] = ()  # every look at a key factor, oldest first
    approvals: tuple[Asked, ...] = ()

    def contents(self, sprint: int) -> dict[str, dict[str, Any]]:
        """What was written of a sprint's record, by part."""
        return {p.part: p.content for p in self.parts if p.sprint == sprint and p.part not in ABOUT_ORDER}

    @property
    def skipped(self) -> dict[int, str]:
        """The sprints that were left out, with the reason."""
        return {p.sprint: p.content["text"] for p in self.parts if p.part == SKIPPED and p.content.get("text")}

    @property
    def early(self) -> dict[int, EarlyChoice]:
        """The sprints that were taken up before their turn, in the order in which that was chosen."""
        return early_choices(self.parts)

    @property
    def order(self) -> tuple[int, ...]:
        """The seven sprints in the order in which their results build on each other."""
        return order_of(self.early)


def see_snapshot(store: Store, actor: Actor, wijkplan_id: str) -> Snapshot:
    """The snapshot, for anybody with a role in the wijkplan."""
    if not isinstance(actor, Staff) or not actor.has(wijkplan_id, *Role):
        raise NotFound()
    with store.read() as conn:
        return read_snapshot(conn, wijkplan_id, store.now())


def read_snapshot(conn: Conn, wijkplan_id: str, as_of: datetime) -> Snapshot:
    """The same inside an open transaction."""
    plan = read_wijkplan(conn, wijkplan_id)
    tasks = results.joint_tasks(conn, wijkplan_id)
    return Snapshot(
        as_of=as_of,
        wijkplan=plan,
        joint_task=tasks[-1].text if tasks else None,
        joint_tasks=tuple(tasks),
        sessions=tuple(_session(conn, s) for s in rooms.sessions_of(conn, wijkplan_id) if not s.is_practice),
        items=_items(conn, wijkplan_id),
        results=tuple(results.results(conn, wijkplan_id)),
        figures=tuple(figures.rows_of(conn, wijkplan_id)),
        parts=sprint_rows.latest(sprint_rows.parts(conn, wijkplan_id)),
        looks=tuple(sprint_rows.factor_looks(conn, wijkplan_id)),
        approvals=tuple(approvals.approvals(conn, wijkplan_id)),
    )


def _session(conn: Conn, session: Any) -> SnapshotSession:
    joined = {name or OTHERS: n for name, n in rooms.ever_joined_by_group(conn, session.id).items()}
    folding = fold(joined)
    return SnapshotSession(
        id=session.id,
        sprint=session.sprint,
        title=session.title,
        held_on=session.held_on,
        place=session.place,
        state=session.state,
        total=sum(joined.values()),
        participants={} if folding.total_only else folding.counts,
        steps=tuple(_step(conn, session, step) for step in rooms.steps_of(conn, session.id)),
    )


def _step(conn: Conn, session: Any, step: Any) -> SnapshotStep:
    shown = [r for r in rooms.rounds_of(conn, step.id) if r.state is StepState.SHOWN]
    rounds = []
    for round_ in shown:
        outcome = outcome_to_show(conn, session, step, round_)
        rounds.append(
            SnapshotRound(
                id=round_.id,
                number=round_.number,
                shown_on=(round_.shown_at or round_.opened_at).date(),
                expected=round_.expected,
                complete=outcome.get("complete", 0),
                ballots=outcome.get("n", 0) if werkvorm(step.werkvorm).asks_ballot else 0,
                paper=outcome.get("paper", 0),
                groups=outcome.get("groups", {}),
                outcome=outcome,
                story=story_of(conn, session, step, round_),
            )
        )
    has_items = bool(items.items_of(conn, step_id=step.id, states=[ItemState.RELEASED])) or any(r.items for r in shown)
    return SnapshotStep(
        id=step.id,
        position=step.position,
        title=step.title,
        werkvorm=step.werkvorm,
        minutes=step.minutes,
        is_secret=step.is_secret,
        state=step.state,
        skip_reason=step.skip_reason or "",
        is_settled=step.settled_at is not None,
        has_items=has_items,
        rounds=tuple(rounds),
        on_ballot=frozenset(item_id for r in shown for item_id in r.items),
    )


def _items(conn: Conn, wijkplan_id: str) -> tuple[SnapshotItem, ...]:
    """Released items in the order of a hash of their text: the order of writing leaves with nobody (T21)."""
    practice = {s.id for s in rooms.sessions_of(conn, wijkplan_id) if s.is_practice}
    released = items.items_of(conn, wijkplan_id=wijkplan_id, states=[ItemState.RELEASED])
    found = [item for item in released if item.session_id not in practice]
    labels = origin_lines(conn, read_graph(conn, wijkplan_id), found)
    decided: dict[str, dict[int, Decided]] = {}
    for each in items.all_decisions(conn, wijkplan_id):
        of_item = decided.setdefault(each.item_id, {})
        of_item.pop(each.sprint, None)  # the latest stands last
        of_item[each.sprint] = each
    told = []
    for item in found:
        per_sprint = decided.get(item.id, {})
        decision = list(per_sprint.values())[-1] if per_sprint else None
        told.append(
            SnapshotItem(
                id=item.id,
                kind=item.kind.value,
                text=item.text,
                environments=tuple(sorted(e.value for e in item.environments)),
                tone=item.tone.value if item.tone else None,
                moment=item.moment.value if item.moment else None,
                lesson=str(item.details.get("lesson", "")),
                group=item.group,
                source=item.source,
                sprint=item.sprint,
                session_id=item.session_id,
                step_id=item.step_id,
                made_on=item.created_at.date() if item.created_at else None,
                origin=item.origin,
                origin_line=labels[item.id],
                goes_on=decision.goes_on if decision else None,
                reason=decision.reason if decision else "",
                score=decision.score if decision else "",
                fields=item.details.get("fields", {}),
                basis=item.details.get(BASIS),
                decided={n: SprintDecision(d.goes_on, d.reason, d.score) for n, d in sorted(per_sprint.items())},
            )
        )
    return tuple(
        sorted(told, key=lambda i: (i.kind, hashlib.sha256(i.text.encode("utf-8", "replace")).hexdigest(), i.id))
    )


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
            if p.sprint == sprint and p.part not in ABOUT_ORDER
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
