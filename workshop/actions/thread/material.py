"""All that was made in a wijkplan, from one read of five statements: what the chain, its labels and every list stand on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from workshop.actions.thread.provenance import Meeting, Part, provenance
from workshop.domain.thread.herkomst import Node
from workshop.domain.thread.items import Item, ItemState, Provenance
from workshop.store import Conn, evenings, items, rooms
from workshop.store.items import Decided
from workshop.store.marked import keep

#: What nobody else can read stands in a chain without its text.
READABLE = (ItemState.RELEASED, ItemState.MERGED)


@dataclass(frozen=True)
class Thread:
    """Every item of a wijkplan in whatever state, where it arose, and every decision that counts; nothing in words.

    ``items`` stand oldest first; ``steps`` per session in the order of the script; ``decided`` oldest first.
    """

    within: str | None
    sessions: Mapping[str, Meeting]
    steps: Mapping[str, Part]
    items: Mapping[str, Item]
    decided: tuple[Decided, ...]

    def is_only_practice(self, item: Item) -> bool:
        """Whether people only tried it, on another evening than the one that is asked about."""
        session = self.sessions.get(item.session_id or "")
        return session is not None and session.is_practice and session.id != self.within

    @cached_property
    def latest(self) -> Mapping[str, Decided]:
        """What holds for every item that was ever decided about."""
        return {each.item_id: each for each in self.decided}

    @cached_property
    def graph(self) -> dict[str, Node]:
        """Every item with its origins and last decision. A practice evening counts only within itself."""
        return {item.id: self._node(item) for item in self.items.values() if not self.is_only_practice(item)}

    def _node(self, item: Item) -> Node:
        session = self.sessions.get(item.session_id or "")
        step = self.steps.get(item.step_id or "")
        decision = self.latest.get(item.id)
        return Node(
            id=item.id,
            kind=item.kind,
            text=item.text if item.state in READABLE else "",
            state=item.state,
            origin=item.origin,
            source=item.source,
            sprint=item.sprint,
            held_on=session.held_on if session else None,
            where=step.title if step else "",
            score=decision.score if decision else "",
            goes_on=decision.goes_on if decision else None,
            reason=decision.reason if decision else "",
            authority=item.details.authority,
            authority_note=item.details.authority_note,
            rests_on=item.details.basis,
            environments=item.environments,
        )

    def provenance(self, item: Item) -> Provenance:
        """Where an item arose: step, sprint and date, with the score of the decision that sent it on."""
        return provenance(item, self.sessions, self.steps, self.latest)


def read_thread(conn: Conn, wijkplan_id: str, *, within: str | None = None) -> Thread:
    """The thread of a wijkplan, inside an open transaction, for who has been checked already.

    What a practice evening made and decided counts only ``within`` that session itself.
    """
    sessions, steps = rooms.sessions_of(conn, wijkplan_id), evenings.steps_of_plan(conn, wijkplan_id)
    return thread_from(conn, wijkplan_id, sessions, steps, within=within)


def kept_thread(conn: Conn, wijkplan_id: str, *, within: str | None = None) -> Thread:
    """The same in a transaction that reads, kept until something of the wijkplan changes."""
    return keep(conn, "thread", wijkplan_id, within or "", lambda: read_thread(conn, wijkplan_id, within=within))


def thread_from(
    conn: Conn, wijkplan_id: str, sessions: Iterable[Meeting], steps: Iterable[Part], *, within: str | None = None
) -> Thread:
    """The same for who has read the sessions and the steps already; three statements."""
    return Thread(
        within=within,
        sessions={session.id: session for session in sessions},
        steps={step.id: step for step in steps},
        items={item.id: item for item in items.items_of(conn, wijkplan_id=wijkplan_id)},
        decided=tuple(items.all_decisions(conn, wijkplan_id, within=within)),
    )
