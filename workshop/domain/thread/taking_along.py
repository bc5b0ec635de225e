"""What a step takes along: the items that the previous result handed over.

Every result is the next one's input (the chain rule of the CCV, domain paper 1.1). How much of it stands on one step is
our reading of that rule, marked [ours] below; a facilitator can always put on what is older, and take off what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from workshop.domain.thread.items import Item, ItemKind

#: The kinds that stand for what they came from, in the order of the ladder (domain paper 5: action ← … ← wish).
_LADDER = (ItemKind.WISH, ItemKind.IDEA, ItemKind.INTERVENTION, ItemKind.ACTION)


def handed_over(decided: Iterable[tuple[int, str, bool]], sprint: int, order: Sequence[int]) -> set[str]:
    """Ids of what goes on to a step of ``sprint``. [ours]

    That is what goes on within the sprint itself, and what was handed over by the last sprint before it that handed over
    anything. The latest decision in this sprint or an earlier one holds; what a later sprint decided does not count.

    Args:
        decided: (sprint, item id, goes on) of the items that fit the step, oldest first.
        order: the sprints in the order in which they are done.
    """
    until_now = order[: order.index(sprint) + 1]
    sent_on: dict[int, set[str]] = {}
    goes_on: dict[str, bool] = {}
    for of_sprint, item_id, is_on in decided:
        if of_sprint in until_now:
            goes_on[item_id] = is_on
            if is_on:
                sent_on.setdefault(of_sprint, set()).add(item_id)
    before = next((n for n in reversed(until_now[:-1]) if n in sent_on), 0)
    return {i for i in sent_on.get(sprint, set()) | sent_on.get(before, set()) if goes_on[i]}


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
