"""What a sprint takes along: the one rule for lists of steps, the desk and the page (ADR 0015).

Every result is the next one's input (the chain rule of the CCV, domain paper 1.1). What hands over is the decision that
something goes on; how much of it stands on one step is our reading of that rule, marked [ours] below. A facilitator can
always put on what is older, and take off what is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from workshop.domain.thread.items import Item, ItemKind, ItemState

#: The kinds that stand for what they came from, in the order of the ladder (domain paper 5: action ← … ← wish).
_LADDER = (ItemKind.WISH, ItemKind.IDEA, ItemKind.INTERVENTION, ItemKind.ACTION)


class Decision(Protocol):
    """What one sprint decided about one item, in the room or at its desk."""

    @property
    def sprint(self) -> int: ...
    @property
    def item_id(self) -> str: ...
    @property
    def kind(self) -> ItemKind: ...
    @property
    def goes_on(self) -> bool: ...


@dataclass(frozen=True)
class Handed:
    """How an item came to a sprint: the sprint that sent it, and whether it still goes on (else it was parked since)."""

    sprint: int
    goes_on: bool


@dataclass(frozen=True)
class StepList:
    """What one step lists: the kinds it takes, and the ids that stand there anyway, by hand or frozen by a round."""

    takes: frozenset[ItemKind]
    kept: frozenset[str] = frozenset()


def sends_to(
    decided: Iterable[Decision], sprint: int, order: Sequence[int], kinds: Collection[ItemKind] | None = None
) -> int:
    """The last sprint before ``sprint`` that sent anything of these kinds (None: of any) on; 0 for none. [ours]

    A sprint that parked all it decided about, or took its ticks back, sent nothing: the one before it still holds.
    """
    last: dict[tuple[int, str], bool] = {}
    for each in decided:
        if kinds is None or each.kind in kinds:
            last[each.sprint, each.item_id] = each.goes_on
    senders = {n for (n, _item), is_on in last.items() if is_on}
    return next((n for n in reversed(_before_in(order, sprint)) if n in senders), 0)


def handed_over(
    decided: Sequence[Decision], sprint: int, order: Sequence[int], kinds: Collection[ItemKind] | None = None
) -> dict[str, Handed]:
    """What a sprint has to work with, by item id: the one rule for lists of steps, the desk and the page. [ours]

    That is what the last sprint before it that sent anything on sent, without what a sprint between parked since; and
    what this sprint itself sent on. What a later sprint decided does not count.

    Args:
        decided: every decision that counts for the asker, oldest first.
        order: the sprints in the order in which they are done.
        kinds: what a step takes; None at the desk, where nothing is filtered.
    """
    fitting = [each for each in decided if kinds is None or each.kind in kinds]
    earlier = _before_in(order, sprint)
    sender = sends_to(fitting, sprint, order)
    before = {each.item_id: each.goes_on for each in fitting if each.sprint in earlier}
    by_sender = {each.item_id: each.goes_on for each in fitting if each.sprint == sender}
    until_now = {each.item_id: each.goes_on for each in fitting if each.sprint == sprint or each.sprint in earlier}
    here = {each.item_id for each in fitting if each.sprint == sprint and each.goes_on}
    sent = dict.fromkeys(here, sprint) | {i: sender for i, is_on in by_sender.items() if is_on and before[i]}
    return {i: Handed(n, until_now[i]) for i, n in sent.items()}


def stands_on_step(
    handed: Mapping[str, Handed], known: Mapping[str, Item], exceptions: Mapping[str, bool], step_id: str
) -> list[Item]:
    """The released items on a step that has not opened: what still goes on, hand-made exceptions, nothing twice. [ours]

    Its own items never come back to itself.

    Args:
        handed: what is handed over to the sprint of the kinds this step takes, see :func:`handed_over`.
        known: by id, in the order of the list: all of ``handed`` and ``exceptions``.
        exceptions: put on (True) or taken off (False) by hand.
    """
    released = [item for item in known.values() if item.state is ItemState.RELEASED]
    on = [i for i in released if i.id in handed and handed[i.id].goes_on and i.step_id != step_id]
    carried = {item.id for item in stands_for(on, known)}
    return [item for item in released if exceptions.get(item.id, item.id in carried)]


def taken_over(
    decided: Sequence[Decision], sprint: int, order: Sequence[int], steps: Iterable[StepList]
) -> dict[str, int]:
    """All that the page of a sprint lists, by item id: the sprint that sent it, or 0 for what was put on a list by hand.

    Next to what is handed over to the sprint as a whole stands what its steps have on their lists, so that no ballot
    holds what the page does not name. What the sprint parked itself stays named: it was taken over.

    Args:
        steps: what the steps of this sprint list.
    """
    steps = tuple(steps)
    found = dict.fromkeys((i for step in steps for i in step.kept), 0)
    for kinds in (None, *dict.fromkeys(step.takes for step in steps)):
        for item_id, handed in handed_over(decided, sprint, order, kinds).items():
            if found.get(item_id, 0) in (0, sprint):
                found[item_id] = handed.sprint
    return found


def sent_after_all(decided: Sequence[Decision], sprint: int, order: Sequence[int]) -> int:
    """The sprint in which something parked is sent on, so that ``sprint`` opens with it too; 0: nothing was decided yet.

    The one that hands over to ``sprint``, so that nothing makes way; without one the last in which was decided.
    """
    reached = {each.sprint for each in decided}
    return sends_to(decided, sprint, order) or next((n for n in reversed(_before_in(order, sprint)) if n in reached), 0)


def _before_in(order: Sequence[int], sprint: int) -> Sequence[int]:
    return order[: order.index(sprint)]


def stands_for(found: Sequence[Item], known: Mapping[str, Item]) -> list[Item]:
    """The same items without those that another of them stands for. [ours]

    A wish, idea, intervention or action stands for everything below it on the ladder, and of its own kind, that it came
    from: whoever votes on interventions does not vote on the ideas they were made of once more.

    Args:
        known: items by id, among which origins are followed.
    """
    covered: set[str] = set()
    for item in found:
        if item.kind in _LADDER:
            covered |= {i for i in _before(item, known) if _rung(known[i].kind) <= _rung(item.kind)}
    return [item for item in found if item.id not in covered]


def _rung(kind: ItemKind) -> int:
    return _LADDER.index(kind) + 1 if kind in _LADDER else 0


def _before(item: Item, known: Mapping[str, Item]) -> set[str]:
    found: set[str] = set()
    todo = list(item.origin)
    while todo:
        origin = todo.pop()
        if origin in known and origin not in found and origin != item.id:
            found.add(origin)
            todo += known[origin].origin
    return found
