"""What was made at the desk goes on or stays with a reason; what was parked is found again and taken along."""

from __future__ import annotations

import pytest

from tests.evening import Evening, plan_evening, session_in
from tests.sprint_world import write
from workshop.actions.evening import notes, running, settling
from workshop.actions.evening.pulse import see_pulse
from workshop.actions.evening.session_plans import see_session
from workshop.actions.sprints import handing_over
from workshop.actions.sprints import path as sprinting
from workshop.actions.thread import herkomst
from workshop.domain.errors import NotFound, Refused
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store
from workshop.store.writing import Write


def at_the_desk(evening: Evening, *texts: str, sprint: int = 1, kind: ItemKind = ItemKind.PAIN) -> dict[str, str]:
    return {
        text: herkomst.add_from_desk(
            evening.store,
            evening.facilitator,
            evening.wijkplan_id,
            kind=kind,
            written=Written(text),
            sprint=sprint,
            authority=herkomst.Authority.COUNCIL,
        )
        for text in texts
    }


def settle(evening: Evening, sprint: int, *goes_on: str, rest: str = "Later", **reasons: str) -> None:
    handing_over.settle_desk(
        evening.store, evening.facilitator, evening.wijkplan_id, sprint, goes_on=goes_on,
        reasons=dict(reasons), rest_reason=rest,
    )  # fmt: skip


def overview(evening: Evening, sprint: int) -> tuple[set[str], dict[str, str]]:
    """(taken over, parked with the reason) on the page of a sprint."""
    view = sprinting.see_sprints(evening.store, evening.facilitator, evening.wijkplan_id).sprint(sprint)
    return {i.text for i in view.taken_over}, {i.text: i.reason for i in view.parked}


def along(evening: Evening, sprint: int, item_id: str) -> None:
    handing_over.take_along_again(evening.store, evening.facilitator, evening.wijkplan_id, sprint, item_id)


def test_what_the_desk_made_goes_on_like_what_the_room_made(store: Store) -> None:
    evening = plan_evening(store, sprint=1)
    made = at_the_desk(evening, "Eenzaam", "Donker", "Lawaai")
    seen = handing_over.see_desk_settling(store, evening.facilitator, evening.wijkplan_id, 1)
    assert ({row.item.text for row in seen.rows}, seen.undecided) == ({"Eenzaam", "Donker", "Lawaai"}, 3)
    settle(evening, 1, made["Eenzaam"], **{made["Donker"]: "Staat al in het lichtplan."})
    assert overview(evening, 2) == ({"Eenzaam"}, {"Donker": "Staat al in het lichtplan.", "Lawaai": "Later"})
    following = session_in(store, evening.facilitator, evening.wijkplan_id, title="Twee", sprint=2)
    following.step("consent")
    # Changed one's mind: the same list again, and the latest choice counts.
    settle(evening, 1, made["Donker"])
    assert overview(evening, 2) == ({"Donker"}, {"Eenzaam": "Later", "Lawaai": "Later"})
    assert handing_over.see_desk_settling(store, evening.facilitator, evening.wijkplan_id, 1).undecided == 0


def test_room_and_desk_together_are_what_the_next_sprint_opens_with(store: Store) -> None:
    evening = plan_evening(store, sprint=1)
    made = at_the_desk(evening, "Van het bureau")
    step = evening.step("environments")
    evening.open_room()
    running.open_step(store, evening.facilitator, step)
    note = notes.add_item(
        store,
        evening.facilitator,
        evening.wijkplan_id,
        kind=ItemKind.FINDING,
        written=Written("Uit de zaal"),
        step_id=step,
    )
    evening.run(step)
    settling.settle_step(store, evening.facilitator, step, goes_on=[note])
    settle(evening, 1, made["Van het bureau"])
    assert overview(evening, 2) == ({"Uit de zaal", "Van het bureau"}, {})


def test_something_that_stays_needs_a_reason_and_a_stranger_on_the_list_is_refused(store: Store) -> None:
    evening = plan_evening(store, sprint=1)
    made = at_the_desk(evening, "Eenzaam", "Donker")
    with pytest.raises(Refused, match="Schrijf waarom iets blijft staan"):
        settle(evening, 1, made["Eenzaam"], rest="")
    other = at_the_desk(evening, "Van later", sprint=2)
    with pytest.raises(NotFound):
        settle(evening, 1, other["Van later"])
    assert overview(evening, 2) == (set(), {})


def test_what_was_parked_is_offered_again_in_every_later_sprint_and_on_the_script(store: Store) -> None:
    evening = plan_evening(store, sprint=3)
    made = at_the_desk(evening, "Meer bankjes", "Speeltuin", sprint=3, kind=ItemKind.WISH)
    settle(evening, 3, made["Meer bankjes"], rest="Te duur.")
    assert [overview(evening, sprint)[1] for sprint in (3, 4, 7)] == [
        {},
        {"Speeltuin": "Te duur."},
        {"Speeltuin": "Te duur."},
    ]
    ideas = session_in(store, evening.facilitator, evening.wijkplan_id, title="Ideeën", sprint=4)
    ideas.step("idea_dots")
    (planned,) = see_session(store, evening.facilitator, ideas.session_id).steps
    assert ([c.item.text for c in planned.items], [c.item.text for c in planned.others]) == (
        ["Meer bankjes"], ["Speeltuin"],
    )  # fmt: skip


def test_one_press_takes_something_parked_along_and_it_can_be_parked_again(store: Store) -> None:
    evening = plan_evening(store, sprint=3)
    made = at_the_desk(evening, "Meer bankjes", "Speeltuin", sprint=3, kind=ItemKind.WISH)
    settle(evening, 3, made["Meer bankjes"], rest="Te duur.")
    write(evening, 5, "agreements", [{"what": "Bellen", "who": "Gemeente"}])
    # Two sprints on, although nothing was decided in the one between.
    along(evening, 5, made["Speeltuin"])
    assert overview(evening, 5) == ({"Meer bankjes", "Speeltuin"}, {})
    with pytest.raises(Refused, match="was niet geparkeerd"):
        along(evening, 5, made["Speeltuin"])
    settle(evening, 3, made["Meer bankjes"], rest="Toch te duur.")
    assert overview(evening, 5) == ({"Meer bankjes"}, {"Speeltuin": "Toch te duur."})


def test_an_item_whose_origin_was_parked_keeps_its_whole_chain(store: Store) -> None:
    evening = plan_evening(store, sprint=3)
    made = at_the_desk(evening, "Speeltuin", sprint=3, kind=ItemKind.WISH)
    settle(evening, 3, rest="Te duur.")
    idea = herkomst.add_from_desk(
        store,
        evening.facilitator,
        evening.wijkplan_id,
        kind=ItemKind.IDEA,
        written=Written("Een zandbak"),
        sprint=4,
        origin=[made["Speeltuin"]],
    )
    found = herkomst.see_herkomst(store, evening.facilitator, evening.wijkplan_id, idea)
    assert found.line == "idee ← wens ← amendement van de raad"
    assert (found.before[0][0].goes_on, found.before[0][0].reason) == (False, "Te duur.")


def told_after_deciding(store: Store) -> list[tuple[int, bool]]:
    """What an open evening got of two decisions at the desk: (how far its revision rose, whether its screens were told)."""
    evening = plan_evening(store, sprint=3)
    made = at_the_desk(evening, "Meer bankjes", "Speeltuin", sprint=3, kind=ItemKind.WISH)
    ideas = session_in(store, evening.facilitator, evening.wijkplan_id, title="Ideeën", sprint=4)
    ideas.step("idea_dots")
    ideas.open_room()
    heard: list[str] = []
    stop = store.listen(lambda change: heard.append(change.session_id))
    told = []
    for decide, expected in (
        (lambda: settle(evening, 3, made["Meer bankjes"], rest="Te duur."), ["Meer bankjes"]),
        (lambda: along(evening, 4, made["Speeltuin"]), ["Meer bankjes", "Speeltuin"]),
    ):
        heard.clear()
        before = see_pulse(store, ideas.session_id).revision
        decide()
        told.append((see_pulse(store, ideas.session_id).revision - before, ideas.session_id in heard))
        (planned,) = see_session(store, evening.facilitator, ideas.session_id).steps
        assert sorted(c.item.text for c in planned.items) == expected, "who reads again sees it"
    stop()
    return told


def test_what_the_desk_decides_reaches_the_list_of_an_evening_that_is_open(store: Store) -> None:
    assert told_after_deciding(store) == [(1, True), (1, True)]


def test_twin_a_decision_that_raises_no_revision_leaves_the_old_list_on_the_screens(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Write, "tell_every_room", lambda _write: None)
    assert told_after_deciding(store) == [(0, False), (0, False)]
