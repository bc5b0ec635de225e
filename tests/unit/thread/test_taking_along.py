"""What stands on a step is what the previous result handed over, and nothing twice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workshop.domain.thread.items import Item, ItemKind, ItemState
from workshop.domain.thread.taking_along import handed_over, stands_for

ORDER = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True)
class Said:
    sprint: int
    item_id: str
    goes_on: bool
    kind: ItemKind = ItemKind.WISH


def goes_on_to(sprint: int, lines: list[tuple[int, str, bool]], order: tuple[int, ...] = ORDER) -> set[str]:
    handed = handed_over([Said(*line) for line in lines], sprint, order)
    return {i for i, each in handed.items() if each.goes_on}


def item(item_id: str, kind: ItemKind, *origin: str) -> Item:
    return replace(Item(id=item_id, wijkplan_id="w", kind=kind, text=item_id, state=ItemState.RELEASED), origin=origin)


def test_a_step_gets_its_own_sprint_and_the_last_one_before_it_that_sent_anything_on() -> None:
    decided = [(1, "old", True), (3, "wish", True), (3, "parked", False), (5, "card", True)]
    assert goes_on_to(5, decided) == {"card", "wish"}
    assert goes_on_to(4, decided) == {"wish"}
    assert goes_on_to(2, decided) == {"old"}
    assert goes_on_to(1, decided) == {"old"}


def test_what_was_parked_since_does_not_open_the_door_to_older_ones() -> None:
    decided = [(1, "old", True), (3, "wish", True), (4, "wish", False)]
    assert goes_on_to(4, decided) == set()


def test_what_a_later_sprint_decided_does_not_count_in_an_earlier_one() -> None:
    decided = [(3, "wish", True), (5, "wish", False), (5, "card", True)]
    assert goes_on_to(4, decided) == {"wish"}


def test_sprints_that_changed_places_hand_over_in_their_new_order() -> None:
    decided = [(4, "idea", True), (6, "tried", True)]
    assert goes_on_to(5, decided, (1, 2, 3, 4, 6, 5, 7)) == {"tried"}
    assert goes_on_to(5, decided) == {"idea"}


def test_an_idea_stands_for_the_wishes_it_came_from_but_an_assumption_does_not_stand_for_its_intervention() -> None:
    need, wish, idea = (
        item("need", ItemKind.NEED), item("wish", ItemKind.WISH, "need"), item("idea", ItemKind.IDEA, "wish"),
    )  # fmt: skip
    lonely, card = item("lonely", ItemKind.WISH), item("card", ItemKind.INTERVENTION)
    sure = item("sure", ItemKind.ASSUMPTION, "card")
    known = {i.id: i for i in (need, wish, idea, lonely, card, sure)}
    assert stands_for([need, wish, idea, lonely, card, sure], known) == [idea, lonely, card, sure]
    # Also when what lies between is not on the step itself, and only while the newer one is.
    assert stands_for([need, idea], known) == [idea]
    assert stands_for([need, wish], known) == [wish]
    assert stands_for([need], known) == [need]


def test_items_that_point_at_each_other_do_not_make_each_other_vanish_with_what_is_below() -> None:
    one, other = item("one", ItemKind.PAIN, "other"), item("other", ItemKind.PAIN, "one")
    assert stands_for([one, other], {"one": one, "other": other}) == [one, other]
