"""Sprints in another order: which may come early, with the reason kept, and never a dead end."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.evening import Evening, plan_evening
from tests.sprint_world import fix, fixed_brief, write
from workshop.actions.sprints import approving, fixing
from workshop.actions.sprints import path as sprinting
from workshop.actions.sprints.missing import Missing, Place
from workshop.actions.sprints.path import SprintPath, SprintState
from workshop.domain.errors import Refused, WorkshopError
from workshop.domain.sprints.approvals import Approval
from workshop.domain.wijkplan.order import MAY_COME_EARLY, Early, EarlyChoice, OrderChange, before_it, order_of
from workshop.store import Store, journal

#: One part of each later sprint that can be filled with a text.
TEXT = {4: "choice", 7: "decision_making"}


@dataclass(frozen=True)
class Desk:
    evening: Evening

    @property
    def path(self) -> SprintPath:
        return sprinting.see_sprints(self.evening.store, self.evening.facilitator, self.evening.wijkplan_id)

    def early(self, sprint: int, how: Early = Early.PREPARE, reason: str = "Het buurtfeest is in mei.") -> None:
        sprinting.take_up_early(
            self.evening.store, self.evening.facilitator, self.evening.wijkplan_id, sprint, reason, how=how
        )

    def back(self, sprint: int) -> None:
        sprinting.keep_order(self.evening.store, self.evening.facilitator, self.evening.wijkplan_id, sprint)

    def skip(self, sprint: int) -> None:
        sprinting.skip_sprint(
            self.evening.store, self.evening.facilitator, self.evening.wijkplan_id, sprint, "Was er al."
        )

    def agreed(self, sprint: int) -> None:
        write(self.evening, sprint, "agreements", [{"what": f"Afspraak {sprint}", "who": "Gemeente"}])


def with_approved_brief(store: Store) -> Desk:
    evening = fixed_brief(store)
    asked = approving.ask_approval(
        store, evening.facilitator, evening.wijkplan_id, organisation="Politie", is_important=True, by_link=False
    )
    approving.record_answer(
        store, evening.facilitator, asked.id, decision=Approval.AGREED, person="A. Wit", role="Chef"
    )
    return Desk(evening)


def test_only_testing_and_working_out_may_change_places() -> None:
    swaps = {n for n, rule in MAY_COME_EARLY.items() if Early.CHANGE_PLACES in rule.ways}
    early = {n for n, rule in MAY_COME_EARLY.items() if Early.PREPARE in rule.ways}
    assert (swaps, early) == ({6}, {2, 3, 4, 5, 6, 7})
    assert order_of({}) == (1, 2, 3, 4, 5, 6, 7)
    assert order_of({6: EarlyChoice(Early.PREPARE, "x")}) == (1, 2, 3, 4, 5, 6, 7)
    assert order_of({6: EarlyChoice(Early.CHANGE_PLACES, "x")}) == (1, 2, 3, 4, 6, 5, 7)


@pytest.mark.parametrize(
    ("sprint", "skipped", "before"),
    [(1, set(), 0), (6, set(), 4), (5, set(), 6), (7, set(), 5), (7, {5, 6}, 4), (5, {6}, 4), (2, {1}, 0)],
)
def test_what_a_sprint_builds_on_follows_the_order(sprint: int, skipped: set[int], before: int) -> None:
    assert before_it(sprint, (1, 2, 3, 4, 6, 5, 7), skipped) == before


def test_a_sprint_is_prepared_before_its_turn_and_fixed_in_it(store: Store) -> None:
    desk = Desk(plan_evening(store))
    desk.early(5)
    assert desk.path.now == 5
    view = desk.path.sprint(5)
    assert (view.early, view.state) == (EarlyChoice(Early.PREPARE, "Het buurtfeest is in mei."), SprintState.WAITING)
    desk.agreed(5)
    assert desk.path.sprint(5).state is SprintState.RUNNING
    assert desk.path.sprint(5).missing == (Missing("Leg eerst het resultaat van sprint 4 vast.", Place.SPRINT, "4"),)
    with pytest.raises(Refused, match="Leg eerst het resultaat van sprint 4 vast"):
        fix(desk.evening, 5)


def test_the_reason_is_kept_in_the_results_and_in_the_history(store: Store) -> None:
    desk = with_approved_brief(store)
    desk.early(6, Early.CHANGE_PLACES)
    desk.early(7)
    desk.agreed(4)
    assert fix(desk.evening, 4) == 1
    desk.agreed(6)
    assert fix(desk.evening, 6) == 1
    kept = {r.sprint: r.record for r in fixing.see_results(store, desk.evening.facilitator, desk.evening.wijkplan_id)}
    assert "taken_up_early" not in kept[4]
    assert kept[6]["taken_up_early"] == {"6": {"how": "change_places", "reason": "Het buurtfeest is in mei."}}
    told = [(c.sprint, c.how, c.reason, c.chosen_by) for c in desk.path.choices]
    assert told == [
        (1, None, "Gedaan in het plan van vorig jaar.", "Opgave"),
        (2, None, "Gedaan in het plan van vorig jaar.", "Opgave"),
        (6, Early.CHANGE_PLACES, "Het buurtfeest is in mei.", "Opgave"),
        (7, Early.PREPARE, "Het buurtfeest is in mei.", "Opgave"),
    ]
    with store.read() as conn:
        assert journal.first_broken_line(conn, desk.evening.wijkplan_id) is None


def test_testing_is_fixed_before_working_out_and_the_plan_waits_for_both(store: Store) -> None:
    desk = with_approved_brief(store)
    desk.agreed(4)
    fix(desk.evening, 4)
    desk.early(6, Early.CHANGE_PLACES)
    for sprint in (5, 6, 7):
        desk.agreed(sprint)
    assert desk.path.sprint(5).missing == (Missing("Leg eerst het resultaat van sprint 6 vast.", Place.SPRINT, "6"),)
    assert desk.path.sprint(7).missing == (Missing("Leg eerst het resultaat van sprint 5 vast.", Place.SPRINT, "5"),)
    assert [fix(desk.evening, sprint) for sprint in (6, 5, 7)] == [1, 1, 1]
    # A new version of what came first marks what builds on it, and nothing else.
    write(desk.evening, 6, "agreements", [{"what": "Anders", "who": "Gemeente"}])
    assert fix(desk.evening, 6) == 2
    stale = [view.number for view in desk.path.sprints if view.state is SprintState.STALE]
    assert stale == [5, 7]


def test_going_back_to_the_order_is_one_press_and_leaves_nothing_stuck(store: Store) -> None:
    desk = with_approved_brief(store)
    desk.agreed(4)
    fix(desk.evening, 4)
    desk.early(6, Early.CHANGE_PLACES)
    desk.back(6)
    assert (desk.path.snapshot.order, desk.path.sprint(6).early) == ((1, 2, 3, 4, 5, 6, 7), None)
    assert [(c.sprint, c.reason) for c in desk.path.choices][-2:] == [(6, "Het buurtfeest is in mei."), (6, "")]
    desk.early(6, Early.CHANGE_PLACES)
    desk.agreed(6)
    fix(desk.evening, 6)
    with pytest.raises(Refused, match="Sprint 6 is al vastgelegd in deze volgorde"):
        desk.back(6)
    desk.skip(5)
    desk.back(6)
    assert desk.path.snapshot.order == (1, 2, 3, 4, 5, 6, 7)


@pytest.mark.parametrize(
    ("sprint", "how", "why"),
    [
        (1, Early.PREPARE, "Zo kan het niet"),
        (4, Early.CHANGE_PLACES, "Zo kan het niet"),
        (7, Early.CHANGE_PLACES, "Zo kan het niet"),
        (9, Early.PREPARE, "Zo kan het niet"),
        (4, Early.PREPARE, "Deze sprint is nu aan de beurt"),
        (3, Early.PREPARE, "Deze sprint is al vastgelegd"),
    ],
)
def test_what_the_order_does_not_allow_is_refused_in_words(store: Store, sprint: int, how: Early, why: str) -> None:
    desk = with_approved_brief(store)
    with pytest.raises(Refused, match=why):
        desk.early(sprint, how)
    with pytest.raises(Refused, match="staat al op de gewone plek"):
        desk.back(5)
    assert desk.path.snapshot.early == {}


def test_a_choice_has_versions_and_the_same_again_makes_none(store: Store) -> None:
    desk = Desk(plan_evening(store))
    desk.early(6, Early.PREPARE)
    desk.early(6, Early.PREPARE)
    desk.early(6, Early.CHANGE_PLACES)
    desk.skip(2)
    desk.skip(2)
    told = [(c.sprint, c.what, c.how, c.version) for c in desk.path.snapshot.choices]
    assert told == [
        (2, OrderChange.SKIPPED, None, 1),
        (6, OrderChange.EARLY, Early.PREPARE, 1),
        (6, OrderChange.EARLY, Early.CHANGE_PLACES, 2),
    ]
    assert desk.path.snapshot.early == {6: EarlyChoice(Early.CHANGE_PLACES, "Het buurtfeest is in mei.")}


def test_what_was_chosen_about_the_order_is_no_part_of_a_record(store: Store) -> None:
    desk = Desk(plan_evening(store))
    desk.early(6)
    desk.skip(2)
    snapshot = desk.path.snapshot
    assert (snapshot.parts, [view.contents for view in desk.path.sprints]) == ((), [{}] * 7)
    assert (desk.path.sprint(6).state, desk.path.sprint(2).state) == (SprintState.WAITING, SprintState.SKIPPED)


def test_without_a_reason_nothing_is_reordered(store: Store) -> None:
    desk = Desk(plan_evening(store))
    with pytest.raises(WorkshopError):
        desk.early(5, reason="  ")
    assert desk.path.choices == ()


def test_leaving_out_the_ideas_does_not_walk_around_the_approval_of_the_brief(store: Store) -> None:
    desk = Desk(fixed_brief(store))
    desk.skip(4)
    desk.agreed(5)
    with pytest.raises(Refused, match="Vraag akkoord op de ontwerpbrief"):
        fix(desk.evening, 5)
    asked = approving.ask_approval(
        store, desk.evening.facilitator, desk.evening.wijkplan_id, organisation="Politie", is_important=True,
        by_link=False,
    )  # fmt: skip
    approving.record_answer(
        store, desk.evening.facilitator, asked.id, decision=Approval.AGREED, person="A. Wit", role="Chef"
    )
    assert fix(desk.evening, 5) == 1
    (result,) = [r for r in fixing.see_results(store, desk.evening.facilitator, desk.evening.wijkplan_id)
                 if r.sprint == 5]  # fmt: skip
    assert [a["organisation"] for a in result.record["approvals"]] == ["Politie"]
