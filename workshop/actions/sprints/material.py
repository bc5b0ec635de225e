"""Everything an export or the policy desk may hold, from one read: consistent, nothing blind, groups folded.

Only shown rounds and released items are in here. Whoever writes an export writes what stands here and nothing else, so
that all of them hold the same numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

from workshop.actions.evening.steps import Evenings, Telling, read_evenings
from workshop.actions.people.gate import require_role
from workshop.actions.thread.material import Thread
from workshop.actions.thread.provenance import provenance_line
from workshop.actions.wijkplan.path import early_choices, skipped_sprints
from workshop.actions.wijkplan.wijkplannen import Wijkplan, read_wijkplan
from workshop.domain.evening.groups import OTHERS, fold
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.evening.sessions import Round, Session, Step
from workshop.domain.evening.stories import Story
from workshop.domain.roles import Actor
from workshop.domain.sprints.approvals import Asked
from workshop.domain.sprints.keyfactors import FactorLook
from workshop.domain.thread.basis import as_details
from workshop.domain.thread.herkomst import chain_line
from workshop.domain.thread.items import Item, ItemState
from workshop.domain.wijkplan.order import EarlyChoice, OrderChoice, order_of
from workshop.locale import format_date
from workshop.store import Conn, Store, approvals, evenings, figures, results
from workshop.store import sprints as sprint_rows
from workshop.store.items import Decided
from workshop.store.marked import keep
from workshop.store.results import FixedResult, JointTask
from workshop.store.sprints import SprintPart
from workshop.werkvormen import werkvorm


@dataclass(frozen=True)
class SnapshotRound:
    """A shown round: its outcome as counted, and what it is told from. ``groups``: the turn-out by the folding rule."""

    id: str
    number: int
    shown_on: date
    expected: int | None
    complete: int
    ballots: int
    paper: int
    groups: Mapping[str, int]
    outcome: Mapping[str, Any]
    telling: Telling

    @property
    def story(self) -> Story:
        """The round told in the current language."""
        return self.telling.story


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


class Herkomst(Protocol):
    """Where an item came from, as data; the words are told when they are asked for."""

    def line(self) -> str:
        """The line for lists and exports in the current language."""


@dataclass(frozen=True)
class ChainOf:
    """Where one item of the thread came from: the whole chain, or for a single voice its own label."""

    item: Item
    thread: Thread = field(repr=False, compare=False)

    def line(self) -> str:
        """ "actie ← idee ← 3 kaartjes", or "uit: Nulmeting, sprint 1, 3 februari 2026"."""
        node = self.thread.graph.get(self.item.id)
        if node is not None and (node.origin or node.authority or node.rests_on):
            return chain_line(self.thread.graph, self.item.id, format_date)
        return provenance_line(self.thread.provenance(self.item))


@dataclass(frozen=True)
class SnapshotItem:
    """A released item with its herkomst and what was decided about it last. Dates are no finer than a day."""

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
    herkomst: Herkomst
    goes_on: bool | None
    reason: str
    score: str
    fields: Mapping[str, Any] = field(default_factory=dict)  # what was filled in beside the text
    basis: Mapping[str, Any] | None = None  # the figure or report it rests on; see workshop.domain.thread.basis
    decided: Mapping[int, SprintDecision] = field(default_factory=dict)  # by sprint

    @property
    def origin_line(self) -> str:
        """Where it came from, in one line of the current language."""
        return self.herkomst.line()

    def in_sprint(self, sprint: int) -> SnapshotItem:
        """The same item with the decision of that sprint, whatever a later one decided; without one nothing is decided."""
        found = self.decided.get(sprint)
        goes_on, reason, score = (found.goes_on, found.reason, found.score) if found else (None, "", "")
        if (goes_on, reason, score) == (self.goes_on, self.reason, self.score):
            return self
        return replace(self, goes_on=goes_on, reason=reason, score=score)


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
    choices: tuple[OrderChoice, ...] = ()  # about the order of the sprints: every version, the oldest of each first
    looks: tuple[FactorLook, ...] = ()  # every look at a key factor, oldest first
    approvals: tuple[Asked, ...] = ()
    decided: tuple[Decided, ...] = ()  # every decision that counts, oldest first

    def contents(self, sprint: int) -> dict[str, dict[str, Any]]:
        """What was written of a sprint's record, by part."""
        return {p.part: p.content for p in self.parts if p.sprint == sprint}

    @property
    def skipped(self) -> dict[int, str]:
        """The sprints that were left out, with the reason."""
        return skipped_sprints(self.choices)

    @property
    def early(self) -> dict[int, EarlyChoice]:
        """The sprints that were taken up before their turn, in the order in which that was chosen."""
        return early_choices(self.choices)

    @property
    def order(self) -> tuple[int, ...]:
        """The seven sprints in the order in which their results build on each other."""
        return order_of(self.early)


def see_snapshot(store: Store, actor: Actor, wijkplan_id: str) -> Snapshot:
    """The snapshot, for anybody with a role in the wijkplan."""
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        return read_snapshot(conn, wijkplan_id, store.now())


def read_snapshot(conn: Conn, wijkplan_id: str, as_of: datetime) -> Snapshot:
    """The same inside an open transaction that reads; nineteen statements, however much there is.

    What the room made and decided is kept until something of the wijkplan changes; then twelve are asked.
    """
    plan = read_wijkplan(conn, wijkplan_id)
    tasks = results.joint_tasks(conn, wijkplan_id)
    made = keep(conn, "made", wijkplan_id, "", lambda: _made(read_evenings(conn, wijkplan_id)))
    joined = evenings.joined_of_plan(conn, wijkplan_id)
    return Snapshot(
        as_of=as_of,
        wijkplan=plan,
        joint_task=tasks[-1].text if tasks else None,
        joint_tasks=tuple(tasks),
        sessions=tuple(_session(session, steps, joined.get(session.id, {})) for session, steps in made.sessions),
        items=made.items,
        results=tuple(results.results(conn, wijkplan_id)),
        figures=tuple(figures.rows_of(conn, wijkplan_id)),
        parts=sprint_rows.latest(sprint_rows.parts(conn, wijkplan_id)),
        choices=sprint_rows.order_choices(conn, wijkplan_id),
        looks=tuple(sprint_rows.factor_looks(conn, wijkplan_id)),
        approvals=tuple(approvals.approvals(conn, wijkplan_id)),
        decided=made.decided,
    )


@dataclass(frozen=True)
class _Made:
    """What the room made and decided, as it stands under one mark: nothing in it changes without raising that."""

    sessions: tuple[tuple[Session, tuple[SnapshotStep, ...]], ...]
    items: tuple[SnapshotItem, ...]
    decided: tuple[Decided, ...]


def _made(held: Evenings) -> _Made:
    return _Made(
        sessions=tuple(
            (session, tuple(_step(held, step) for step in held.steps.get(session.id, ())))
            for session in held.sessions
            if not session.is_practice
        ),
        items=_items(held.thread),
        decided=held.thread.decided,
    )


def _session(
    session: Session, steps: tuple[SnapshotStep, ...], joined_by_name: Mapping[str | None, int]
) -> SnapshotSession:
    joined = {name or OTHERS: n for name, n in joined_by_name.items()}
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
        steps=steps,
    )


def _step(held: Evenings, step: Step) -> SnapshotStep:
    shown = held.shown(step)
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
        has_items=held.has_notes(step) or any(r.items for r in shown),
        rounds=tuple(_round(step, round_, held.telling(step, round_)) for round_ in shown),
        on_ballot=frozenset(item_id for r in shown for item_id in r.items),
    )


def _round(step: Step, round_: Round, telling: Telling) -> SnapshotRound:
    outcome = telling.outcome
    return SnapshotRound(
        id=round_.id,
        number=round_.number,
        shown_on=(round_.shown_at or round_.opened_at).date(),
        expected=round_.expected,
        complete=outcome.get("complete", 0),
        ballots=outcome.get("n", 0) if werkvorm(step.werkvorm).asks_ballot else 0,
        paper=outcome.get("paper", 0),
        groups=outcome.get("groups", {}),
        outcome=outcome,
        telling=telling,
    )


def _items(thread: Thread) -> tuple[SnapshotItem, ...]:
    """Released items in the order of a hash of their text: the order of writing leaves with nobody (T21)."""
    decided: dict[str, dict[int, Decided]] = {}
    for each in thread.decided:
        of_item = decided.setdefault(each.item_id, {})
        of_item.pop(each.sprint, None)  # the latest stands last
        of_item[each.sprint] = each
    told = [
        _item(thread, item, decided.get(item.id, {})) for item in thread.items.values() if may_be_told(thread, item)
    ]
    return tuple(
        sorted(told, key=lambda i: (i.kind, hashlib.sha256(i.text.encode("utf-8", "replace")).hexdigest(), i.id))
    )


def may_be_told(thread: Thread, item: Item) -> bool:
    """Whether a file or a page of the desk may hold an item: it was released, and people did not only try it."""
    return item.state is ItemState.RELEASED and not thread.is_only_practice(item)


def _item(thread: Thread, item: Item, per_sprint: Mapping[int, Decided]) -> SnapshotItem:
    decision = list(per_sprint.values())[-1] if per_sprint else None
    return SnapshotItem(
        id=item.id,
        kind=item.kind.value,
        text=item.text,
        environments=tuple(sorted(e.value for e in item.environments)),
        tone=item.tone.value if item.tone else None,
        moment=item.moment.value if item.moment else None,
        lesson=item.details.lesson,
        group=item.group,
        source=item.source,
        sprint=item.sprint,
        session_id=item.session_id,
        step_id=item.step_id,
        made_on=item.created_at.date() if item.created_at else None,
        origin=item.origin,
        herkomst=ChainOf(item, thread),
        goes_on=decision.goes_on if decision else None,
        reason=decision.reason if decision else "",
        score=decision.score if decision else "",
        fields=item.details.fields,
        basis=as_details(item.details.basis) if item.details.basis else None,
        decided={n: SprintDecision(d.goes_on, d.reason, d.score) for n, d in sorted(per_sprint.items())},
    )
