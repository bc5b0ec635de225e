"""Two wijkplannen in one house: nothing of the one is among what the other is shown; the twin forgets to ask which one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests import full_note
from tests.evening import BAARN, Evening, plan_evening, session_in, staff, with_role
from tests.full_note import READABLE
from workshop.actions.evening import (
    console_view,
    notes,
    pointing_back,
    room_view,
    running,
    session_plans,
    settling,
    wall_view,
)
from workshop.actions.sprints import handing_over
from workshop.actions.sprints import path as sprinting
from workshop.actions.sprints.material import see_snapshot
from workshop.actions.thread import herkomst
from workshop.actions.wijkplan import joint_task
from workshop.actions.wijkplan.wijkplannen import NewWijkplan, make_wijkplan, see_wijkplan
from workshop.domain.evening.stage import View
from workshop.domain.roles import Role
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store, items

#: What the neighbours wrote at the desk, of a kind that fits on every script, and their joint task.
AT_THE_DESK, OPGAVE = "buurbureaumerk", "buuropgavemerk"


def neighbours(store: Store) -> None:
    """Another wijkplan with a full note that goes on, an item of its desk and a joint task."""
    owner = staff(store, "buren")
    plan = make_wijkplan(
        store,
        owner,
        NewWijkplan(
            title="Veilig bij de buren", municipality_code="GM0308", municipality_name="Baarn", areas=(BAARN,),
            partners=("Politie",), groups=("Bewoners",),
        ),
    )  # fmt: skip
    who = with_role(owner, plan, Role.OWNER)
    told = full_note.tell(session_in(store, who, plan, title="Bij de buren", sprint=2))
    told.evening.run(told.step)
    for kind in ItemKind:
        notes.add_item(store, who, plan, kind=kind, written=Written(AT_THE_DESK))
    settling.settle_step(store, who, told.step, goes_on=told.ids)
    joint_task.write_joint_task(store, who, plan, OPGAVE)


def everything_seen(evening: Evening) -> dict[str, str]:
    """What the other wijkplan is shown in each of its reads, as text."""
    store, who, plan, session = evening.store, evening.facilitator, evening.wijkplan_id, evening.session_id
    step = evening.step("consent")
    evening.step("earlier_policy")
    evening.open_room()
    (token, *_others) = evening.people(5)
    reads: dict[str, Callable[[], Any]] = {
        "script": lambda: session_plans.see_session(store, who, session),
        "sessions": lambda: session_plans.see_sessions(store, who, plan),
        "points back": lambda: pointing_back.see_about(store, who, step),
        "desk": lambda: [handing_over.see_desk_settling(store, who, plan, n) for n in range(1, 8)],
        "sprints": lambda: sprinting.see_sprints(store, who, plan),
        "graph": lambda: herkomst.see_graph(store, who, plan),
        "snapshot": lambda: see_snapshot(store, who, plan),
        "wijkplan": lambda: see_wijkplan(store, who, plan),
        "console": lambda: console_view.see_console(store, who, session),
        "wall": lambda: wall_view.see_wall(store, who, session),
        "phone": lambda: room_view.see_room(store, token, session),
        "settling": lambda: settling.see_settling(store, who, step),
    }
    running.put_on_wall(store, who, session, View.JOINT_TASK)
    return {name: repr(read()) for name, read in reads.items()}


def seen_of_the_neighbours(store: Store) -> dict[str, set[str]]:
    words = (*READABLE, AT_THE_DESK, OPGAVE)
    evening = plan_evening(store)
    neighbours(store)
    found = {name: {word for word in words if word in text} for name, text in everything_seen(evening).items()}
    return {name: these for name, these in found.items() if these}


def test_nothing_of_another_wijkplan_is_among_what_is_shown(store: Store) -> None:
    assert seen_of_the_neighbours(store) == {}


def test_twin_items_that_are_not_asked_of_one_wijkplan_show_those_of_the_neighbours(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    items_of = items.items_of
    monkeypatch.setattr(items, "items_of", lambda conn, **asked: items_of(conn, **{**asked, "wijkplan_id": None}))
    assert {"script", "points back", "graph", "snapshot"} <= set(seen_of_the_neighbours(store))
