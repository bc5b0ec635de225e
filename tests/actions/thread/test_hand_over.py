"""One hand-over rule through the database: no ballot holds what the page of its sprint does not list.

The rule itself is tried on thousands of generated plans in ``tests/unit/thread/test_hand_over.py``; here whole wijkplannen are
played through the real actions: the desk settles and changes its mind, takes parked things along, evenings run, lists are
changed by hand, notes are merged, sprints change places or are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.actions.sprints.test_handing_over import along, at_the_desk, overview, settle
from tests.evening import BAARN, Evening, plan_evening, session_in, staff, with_role
from workshop.actions.evening import moderation, notes, running, sessions, settling
from workshop.actions.evening.session_plans import see_session
from workshop.actions.evening.steps import carried_items
from workshop.actions.sprints import handing_over
from workshop.actions.sprints import path as sprinting
from workshop.actions.wijkplan.wijkplannen import NewWijkplan, make_wijkplan
from workshop.domain.errors import NotFound, WorkshopError
from workshop.domain.roles import Role, Staff
from workshop.domain.thread.items import ItemKind, ItemState
from workshop.domain.thread.taking_along import Decision, StepList
from workshop.domain.thread.written import Written
from workshop.domain.wijkplan.order import Early
from workshop.store import Store, items, rooms

KINDS = (ItemKind.RISK, ItemKind.WISH, ItemKind.IDEA, ItemKind.ASSUMPTION)
#: One that takes nearly everything, two that take little and ask a ballot, one that makes notes beside what it takes.
WERKVORMEN = ("consent", "assumptions", "risk_dots", "brainstorm")


def unlisted(store: Store, actor: Staff, wijkplan_id: str) -> set[str]:
    """Texts that stand on a list, now or in a round, and that the page of that sprint neither took over nor made."""
    path = sprinting.see_sprints(store, actor, wijkplan_id)
    listed = {v.number: {i.id for i in (*v.taken_over, *v.made)} for v in path.sprints}
    found = set()
    with store.read() as conn:
        for session in [s for s in rooms.sessions_of(conn, wijkplan_id) if not s.is_practice]:
            for step in rooms.steps_of(conn, session.id):
                frozen = [i for round_ in rooms.rounds_of(conn, step.id) for i in round_.items]
                on = [*carried_items(conn, wijkplan_id, step), *items.items_by_id(conn, frozen)]
                found |= {i.text for i in on if i.state is ItemState.RELEASED and i.id not in listed[session.sprint]}
    return found


def by_the_old_rule(
    decided: Sequence[Decision], sprint: int, order: Sequence[int], _steps: Sequence[StepList]
) -> Mapping[str, int]:
    """What the page asked before: what the last sprint in which anything was decided sent on."""
    per_sprint: dict[int, dict[str, bool]] = {}
    for each in decided:
        per_sprint.setdefault(each.sprint, {})[each.item_id] = each.goes_on
    before = next((n for n in reversed(order[: order.index(sprint)]) if n in per_sprint), 0)
    return {i: before for i, goes_on in per_sprint.get(before, {}).items() if goes_on}


# -- what was found ------------------------------------------------------------------------------------------------------


def sent_in_2_and_all_parked_in_3(store: Store) -> Evening:
    evening = plan_evening(store, sprint=2)
    risk = at_the_desk(evening, "Donker plein", sprint=2, kind=ItemKind.RISK)
    settle(evening, 2, risk["Donker plein"])
    at_the_desk(evening, "Een zwembad", sprint=3, kind=ItemKind.WISH)
    settle(evening, 3, rest="Te duur.")
    ideas = session_in(store, evening.facilitator, evening.wijkplan_id, title="Ideeën", sprint=4)
    ideas.step("consent")
    return evening


def test_a_sprint_in_which_everything_was_parked_hands_over_what_came_before_it(store: Store) -> None:
    evening = sent_in_2_and_all_parked_in_3(store)
    assert overview(evening, 4) == ({"Donker plein"}, {"Een zwembad": "Te duur."})
    assert unlisted(store, evening.facilitator, evening.wijkplan_id) == set()


def test_the_page_with_the_rule_of_its_own_said_that_nothing_was_taken_over(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = sent_in_2_and_all_parked_in_3(sqlite_store)
    monkeypatch.setattr(sprinting, "taken_over", by_the_old_rule)
    assert overview(evening, 4)[0] == set()
    assert unlisted(sqlite_store, evening.facilitator, evening.wijkplan_id) == {"Donker plein"}


def test_taking_something_along_again_does_not_send_away_what_was_handed_over(store: Store) -> None:
    evening = sent_in_2_and_all_parked_in_3(store)
    with store.read() as conn:
        pool = next(i for i in items.items_of(conn, wijkplan_id=evening.wijkplan_id) if i.text == "Een zwembad")
    along(evening, 4, pool.id)
    assert overview(evening, 4) == ({"Donker plein", "Een zwembad"}, {})


def test_the_page_names_what_a_step_of_other_kinds_has_and_what_was_put_on_by_hand_and_what_was_frozen(
    store: Store,
) -> None:
    evening = plan_evening(store, sprint=5)
    sure = at_the_desk(evening, "Licht helpt", sprint=5, kind=ItemKind.ASSUMPTION)
    old = at_the_desk(evening, "Oude wens", sprint=3, kind=ItemKind.WISH)
    settle(evening, 5, sure["Licht helpt"])
    lamps = at_the_desk(evening, "Lampen", sprint=6, kind=ItemKind.INTERVENTION)
    settle(evening, 6, lamps["Lampen"])
    assert overview(evening, 7)[0] == {"Lampen"}
    last = session_in(store, evening.facilitator, evening.wijkplan_id, title="Slot", sprint=7)
    step = last.step("assumptions")
    assert overview(evening, 7)[0] == {"Lampen", "Licht helpt"}
    sessions.put_item_on_step(store, last.facilitator, last.step("consent"), old["Oude wens"])
    assert overview(evening, 7)[0] == {"Lampen", "Licht helpt", "Oude wens"}
    last.open_room()
    running.open_step(store, last.facilitator, step)
    # Parked while the room votes on it: what the room had is still named, with what holds about it now.
    settle(evening, 5, rest="Toch niet.")
    assert overview(evening, 7) == ({"Lampen", "Licht helpt", "Oude wens"}, {"Licht helpt": "Toch niet."})


def test_a_practice_evening_hands_nothing_over_and_the_page_does_not_name_what_it_had(store: Store) -> None:
    evening = plan_evening(store, sprint=4)
    with store.write() as conn:
        rooms.change_session(conn, evening.session_id, is_practice=True)
    wish = at_the_desk(evening, "Oude wens", sprint=1, kind=ItemKind.WISH)
    sessions.put_item_on_step(store, evening.facilitator, evening.step("consent"), wish["Oude wens"])
    assert overview(evening, 4)[0] == set()


def test_what_a_practice_evening_made_cannot_be_put_on_a_real_list(store: Store) -> None:
    evening = plan_evening(store, sprint=4)
    step = evening.step("how_would_they")
    with store.write() as conn:
        rooms.change_session(conn, evening.session_id, is_practice=True)
    evening.open_room()
    running.open_step(store, evening.facilitator, step)
    tried = notes.add_item(
        store, evening.facilitator, evening.wijkplan_id, kind=ItemKind.IDEA, written=Written("Een proef"), step_id=step
    )
    here = evening.step("consent")
    real = session_in(store, evening.facilitator, evening.wijkplan_id, title="Echt", sprint=4)
    there = real.step("consent")
    offered = [
        {c.item.text for step in see_session(store, e.facilitator, e.session_id).steps[-1:] for c in step.others}
        for e in (evening, real)
    ]
    assert offered == [{"Een proef"}, set()]
    sessions.put_item_on_step(store, evening.facilitator, here, tried)
    with pytest.raises(NotFound):
        sessions.put_item_on_step(store, evening.facilitator, there, tried)
    assert unlisted(store, evening.facilitator, evening.wijkplan_id) == set()


# -- whole wijkplannen -----------------------------------------------------------------------------------------------------


@dataclass
class Played:
    """A wijkplan that is played by moves; what an action refuses is no move."""

    store: Store
    actor: Staff
    wijkplan_id: str
    made: list[str] = field(default_factory=list)
    evenings: list[tuple[Evening, str]] = field(default_factory=list)

    def move(self, verb: str, a: int, b: int, mask: int) -> None:
        with suppress(WorkshopError):
            getattr(self, verb)(a, b, mask)

    def make(self, sprint: int, b: int, mask: int) -> None:
        evening = Evening(self.store, self.actor, self.wijkplan_id, "", {}, "")
        text = f"Onderwerp {len(self.made)}"
        self.made += at_the_desk(evening, text, sprint=sprint, kind=KINDS[b % len(KINDS)]).values()
        self.settle(sprint, b, mask)

    def settle(self, sprint: int, _b: int, mask: int) -> None:
        rows = handing_over.see_desk_settling(self.store, self.actor, self.wijkplan_id, sprint).rows
        going = [row.item.id for n, row in enumerate(rows) if mask >> n & 1]
        handing_over.settle_desk(self.store, self.actor, self.wijkplan_id, sprint, goes_on=going, rest_reason="Later")

    def along(self, sprint: int, b: int, _mask: int) -> None:
        item_id = self.made[b % len(self.made)] if self.made else ""
        handing_over.take_along_again(self.store, self.actor, self.wijkplan_id, sprint, item_id)

    def plan(self, sprint: int, b: int, _mask: int) -> None:
        evening = session_in(self.store, self.actor, self.wijkplan_id, title="Avond", sprint=sprint)
        self.evenings.append((evening, evening.step(WERKVORMEN[b % len(WERKVORMEN)])))

    def by_hand(self, a: int, b: int, mask: int) -> None:
        if self.evenings and self.made:
            act = sessions.put_item_on_step if mask & 1 else sessions.take_item_off_step
            act(self.store, self.actor, self.evenings[a % len(self.evenings)][1], self.made[b % len(self.made)])

    def run(self, a: int, _b: int, mask: int) -> None:
        if not self.evenings:
            return
        evening, step = self.evenings[a % len(self.evenings)]
        with self.store.read() as conn:
            session, has_run = rooms.session(conn, evening.session_id), bool(rooms.rounds_of(conn, step))
        assert session is not None
        if session.opened_at is None:
            evening.open_room()
        (running.again if has_run else running.open_step)(self.store, self.actor, step)
        evening.run(step)
        rows = settling.see_settling(self.store, self.actor, step).rows
        going = [row.item.id for n, row in enumerate(rows) if mask >> n & 1]
        settling.settle_step(self.store, self.actor, step, goes_on=going, rest_reason="Later")

    def merge(self, a: int, b: int, _mask: int) -> None:
        if len(self.made) > 1:
            both = [self.made[a % len(self.made)], self.made[b % len(self.made)]]
            self.made.append(moderation.merge(self.store, self.actor, both, f"Samen {len(self.made)}"))

    def hide(self, a: int, _b: int, _mask: int) -> None:
        if self.made:
            moderation.hide(self.store, self.actor, [self.made[a % len(self.made)]])

    def order(self, sprint: int, b: int, _mask: int) -> None:
        if b % 3 == 0:
            sprinting.skip_sprint(self.store, self.actor, self.wijkplan_id, sprint, "Was er al.")
        else:
            how = Early.CHANGE_PLACES if b % 3 == 1 else Early.PREPARE
            sprinting.take_up_early(self.store, self.actor, self.wijkplan_id, 6, "Het feest", how=how)


VERBS = ("make", "make", "settle", "along", "plan", "plan", "by_hand", "run", "run", "merge", "hide", "order")
MOVES = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(1, 7), st.integers(0, 11), st.integers(0, 7)), min_size=8, max_size=20
)


def played(store: Store, owner: Staff, moves: Sequence[tuple[str, int, int, int]]) -> Played:
    wijkplan_id = make_wijkplan(
        store, owner,
        NewWijkplan(
            title="Veilig in Baarn", municipality_code="GM0308", municipality_name="Baarn", areas=(BAARN,),
            partners=("Politie",), groups=("Bewoners",),
        ),
    )  # fmt: skip
    plan = Played(store, with_role(owner, wijkplan_id, Role.OWNER), wijkplan_id)
    for move in moves:
        plan.move(*move)
    return plan


def play_many(store: Store, *phases: Phase) -> dict[str, int]:
    """Play generated wijkplannen and look at each; returns what was seen. The same ones every time."""
    owner = staff(store, "eigenaar")
    seen = {"wijkplannen": 0, "taken over": 0, "rounds": 0}

    @settings(
        max_examples=40, derandomize=True, deadline=None, database=None, phases=phases,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(MOVES)
    def play(moves: list[tuple[str, int, int, int]]) -> None:
        plan = played(store, owner, moves)
        assert unlisted(store, plan.actor, plan.wijkplan_id) == set()
        path = sprinting.see_sprints(store, plan.actor, plan.wijkplan_id)
        seen["wijkplannen"] += 1
        seen["taken over"] += sum(len(view.taken_over) for view in path.sprints)
        seen["rounds"] += sum(len(step.rounds) for session in path.snapshot.sessions for step in session.steps)

    play()
    return seen


@pytest.mark.slow
def test_no_ballot_holds_what_the_page_does_not_list(sqlite_store: Store) -> None:
    seen = play_many(sqlite_store, Phase.generate, Phase.shrink)
    # Not empty halls: there was something to hand over, and evenings had it.
    assert seen["taken over"] > seen["wijkplannen"] and seen["rounds"] >= 10


@pytest.mark.slow
def test_with_the_rule_the_page_had_of_its_own_the_same_wijkplannen_find_the_fault(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sprinting, "taken_over", by_the_old_rule)
    with pytest.raises(AssertionError, match="Onderwerp"):
        play_many(sqlite_store, Phase.generate)
