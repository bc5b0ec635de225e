"""One rule says what is handed over: no ballot holds what the page of its sprint does not list.

Checked on generated wijkplannen: decisions of the room and of the desk in any order, changed later, sprints that changed
places or were left out, items of many kinds that stand for each other or were merged, lists changed by hand, rounds that
froze a list. The same through the database: ``tests/actions/thread/test_hand_over.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from workshop.domain.thread.items import Item, ItemKind, ItemState
from workshop.domain.thread.taking_along import (
    Handed,
    StepList,
    handed_over,
    sends_to,
    sent_after_all,
    stands_on_step,
    taken_over,
)  # fmt: skip
from workshop.domain.wijkplan.order import Early, EarlyChoice, order_of

ORDER = (1, 2, 3, 4, 5, 6, 7)
KINDS = (ItemKind.PAIN, ItemKind.WISH, ItemKind.IDEA)
#: More goes on than stays, or nothing comes far.
MOSTLY = (True, True, False)
#: The same cases every time, no clock, nothing kept between runs.
CASES = settings(
    max_examples=200, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@dataclass(frozen=True)
class Said:
    """A decision, with the step that took it; the desk has none."""

    sprint: int
    item_id: str
    kind: ItemKind
    goes_on: bool
    step_id: str | None = None


@dataclass(frozen=True)
class Listing:
    """A step, what was changed by hand on it, and after how many decisions it opened a round (None: never)."""

    id: str
    sprint: int
    takes: frozenset[ItemKind]
    exceptions: Mapping[str, bool] = field(default_factory=dict)
    opened_after: int | None = None


@dataclass(frozen=True)
class Plan:
    order: tuple[int, ...]
    items: Mapping[str, Item]
    said: tuple[Said, ...]
    steps: tuple[Listing, ...]

    def list_of(self, step: Listing, said: Sequence[Said]) -> set[str]:
        """What would stand on the step now, by the rule of the evening."""
        others = [each for each in said if each.step_id != step.id]
        handed = handed_over(others, step.sprint, self.order, step.takes)
        return {item.id for item in stands_on_step(handed, self.items, step.exceptions, step.id)}

    def frozen(self, step: Listing) -> set[str]:
        return set() if step.opened_after is None else self.list_of(step, self.said[: step.opened_after])

    def kept(self, step: Listing) -> frozenset[str]:
        return frozenset(self.frozen(step) | {i for i, is_on in step.exceptions.items() if is_on})


#: What the page of a sprint says was taken over: ids by the sprint that sent them.
Page = Callable[[Plan, int], Mapping[str, int]]


def page(plan: Plan, sprint: int) -> Mapping[str, int]:
    lists = [StepList(step.takes, plan.kept(step)) for step in plan.steps if step.sprint == sprint]
    return taken_over(plan.said, sprint, plan.order, lists)


def page_by_the_old_rule(plan: Plan, sprint: int) -> Mapping[str, int]:
    """The rule the page had of its own: what the last sprint in which anything was decided sent on."""
    per_sprint: dict[int, dict[str, bool]] = {}
    for each in plan.said:
        per_sprint.setdefault(each.sprint, {})[each.item_id] = each.goes_on
    before = next((n for n in reversed(plan.order[: plan.order.index(sprint)]) if n in per_sprint), 0)
    return {i: before for i, goes_on in per_sprint.get(before, {}).items() if goes_on}


def page_without_its_steps(plan: Plan, sprint: int) -> Mapping[str, int]:
    """The page with the one rule, that does not ask what kinds its steps take."""
    by_hand = frozenset(i for step in plan.steps if step.sprint == sprint for i in plan.kept(step))
    return taken_over(plan.said, sprint, plan.order, [StepList(frozenset(), by_hand)])


def page_without_what_was_kept(plan: Plan, sprint: int) -> Mapping[str, int]:
    """The page that forgets what was put on a list by hand and what a round froze."""
    return taken_over(plan.said, sprint, plan.order, [StepList(s.takes) for s in plan.steps if s.sprint == sprint])


def unlisted(plan: Plan, of_sprint: Page) -> set[str]:
    """What stands on a ballot, now or in a round, that the page of that sprint neither took over nor made."""
    return {
        i
        for step in plan.steps
        for i in plan.list_of(step, plan.said) | plan.frozen(step)
        if plan.items[i].sprint != step.sprint and i not in of_sprint(plan, step.sprint)
    }


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    swapped = {6: EarlyChoice(Early.CHANGE_PLACES, "Het feest")} if draw(st.booleans()) else {}
    # Few sprints are used and the others left out, so that the ones that are used meet often.
    sprints = st.sampled_from(draw(st.lists(st.sampled_from(ORDER), min_size=3, max_size=4, unique=True)))
    steps = [f"step{n}" for n in range(draw(st.integers(1, 3)))]
    of_step = {step: draw(sprints) for step in steps}
    items: dict[str, Item] = {}
    for n in range(draw(st.sampled_from([3, 4, 5]))):
        made_on = draw(st.sampled_from([None, None, *steps]))
        items[f"item{n}"] = Item(
            id=f"item{n}", wijkplan_id="w", kind=draw(st.sampled_from(KINDS)), text=f"{n}",
            state=draw(st.sampled_from([ItemState.RELEASED] * 4 + [ItemState.MERGED, ItemState.HIDDEN])),
            sprint=of_step[made_on] if made_on else draw(sprints), step_id=made_on,
            origin=tuple(draw(st.sets(st.sampled_from(list(items)), max_size=1))) if items else (),
        )  # fmt: skip
    ids = st.sampled_from(list(items))
    said = []
    for by, at_desk, item_id, goes_on in draw(
        st.lists(
            st.tuples(st.sampled_from([None, None, *steps]), sprints, ids, st.sampled_from(MOSTLY)),
            min_size=4,
            max_size=10,
        )
    ):
        said.append(Said(of_step[by] if by else at_desk, item_id, items[item_id].kind, goes_on, by))
    listings = [
        Listing(
            step, of_step[step], draw(st.frozensets(st.sampled_from(KINDS), min_size=1)),
            draw(st.dictionaries(ids, st.booleans(), max_size=2)),
            draw(st.sampled_from([None, *range(len(said))])) if draw(st.booleans()) else None,
        )
        for step in steps
    ]  # fmt: skip
    return Plan(order_of(swapped), items, tuple(said), tuple(listings))


@CASES
@given(plans())
def test_no_ballot_holds_what_the_page_does_not_list(plan: Plan) -> None:
    assert unlisted(plan, page) == set()


@pytest.mark.parametrize("twin", [page_by_the_old_rule, page_without_its_steps, page_without_what_was_kept])
def test_a_page_with_a_rule_of_its_own_is_found_out(twin: Page) -> None:
    search = settings(CASES, max_examples=2_000, phases=[Phase.generate])
    found = find(plans(), lambda plan: bool(unlisted(plan, twin)), settings=search)
    assert unlisted(found, page) == set()


@CASES
@given(plans())
def test_the_page_lists_nothing_that_nobody_sent_and_names_the_sprint_that_did(plan: Plan) -> None:
    for sprint in ORDER:
        until_now = plan.order[: plan.order.index(sprint) + 1]
        by_hand = {i for step in plan.steps if step.sprint == sprint for i in plan.kept(step)}
        for item_id, sender in page(plan, sprint).items():
            sent = {each.sprint for each in plan.said if each.item_id == item_id and each.goes_on}
            assert (sender in sent and sender in until_now) or (sender == 0 and item_id in by_hand)


def said(*lines: tuple[int, str, bool]) -> list[Said]:
    return [Said(sprint, item_id, ItemKind(item_id.split("-")[0]), goes_on) for sprint, item_id, goes_on in lines]


def test_a_sprint_that_parked_everything_hands_over_what_came_before_it() -> None:
    decided = said((2, "risk-dark", True), (3, "wish-bench", False))
    assert handed_over(decided, 4, ORDER) == {"risk-dark": Handed(2, goes_on=True)}
    assert taken_over(decided, 4, ORDER, []) == {"risk-dark": 2}


def test_ticks_that_were_taken_back_sent_nothing() -> None:
    decided = said((2, "risk-dark", True), (3, "wish-bench", True), (3, "wish-bench", False))
    assert handed_over(decided, 4, ORDER) == {"risk-dark": Handed(2, goes_on=True)}


def test_the_page_keeps_naming_what_its_own_sprint_parked_and_the_next_one_does_not() -> None:
    decided = said((3, "wish-bench", True), (4, "wish-bench", False))
    assert handed_over(decided, 4, ORDER) == {"wish-bench": Handed(3, goes_on=False)}
    assert (taken_over(decided, 4, ORDER, []), taken_over(decided, 5, ORDER, [])) == ({"wish-bench": 3}, {})


def test_a_step_that_takes_other_kinds_gets_them_from_the_sprint_that_sent_those_and_the_page_says_so() -> None:
    decided = said((5, "assumption-light", True), (6, "intervention-lamps", True))
    assumptions = StepList(frozenset({ItemKind.ASSUMPTION}))
    assert set(handed_over(decided, 7, ORDER)) == {"intervention-lamps"}
    assert set(handed_over(decided, 7, ORDER, assumptions.takes)) == {"assumption-light"}
    assert taken_over(decided, 7, ORDER, [assumptions]) == {"intervention-lamps": 6, "assumption-light": 5}


def test_what_was_put_on_a_list_by_hand_was_sent_by_nobody() -> None:
    assert taken_over([], 4, ORDER, [StepList(frozenset(), frozenset({"wish-old"}))]) == {"wish-old": 0}


def test_something_parked_is_sent_after_all_by_the_sprint_that_hands_over() -> None:
    decided = said((2, "risk-dark", True), (3, "wish-bench", False))
    assert (sends_to(decided, 4, ORDER), sent_after_all(decided, 4, ORDER)) == (2, 2)
    only_parked = said((3, "wish-bench", False))
    assert (sends_to(only_parked, 4, ORDER), sent_after_all(only_parked, 4, ORDER)) == (0, 3)
    assert sent_after_all(only_parked, 3, ORDER) == 0
    both = taken_over([*decided, *said((2, "wish-bench", True))], 4, ORDER, [])
    assert both == {"risk-dark": 2, "wish-bench": 2}
