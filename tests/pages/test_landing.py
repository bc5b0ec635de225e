"""After signing in somebody is where their next step is."""

from __future__ import annotations

from tests.evening import BAARN, Evening, staff, with_role
from workshop.actions.evening import running
from workshop.actions.wijkplan.wijkplannen import NewWijkplan, make_wijkplan
from workshop.domain.roles import Role
from workshop.store import Store
from workshop.ui.frame.landing import where_next


def test_the_evening_that_runs_then_the_only_wijkplan_then_the_list(house: Store, evening: Evening) -> None:
    who, plan = evening.facilitator, {"plan": evening.wijkplan_id}
    assert where_next(house, staff(house, "nieuw")) == ("overzicht", {})
    assert where_next(house, who) == ("wijkplan", plan)
    evening.step("commitment")
    evening.open_room()
    assert where_next(house, who) == ("bediening", {**plan, "sessie": evening.session_id})
    reader = with_role(staff(house, "lezer"), evening.wijkplan_id, Role.POLICY)
    assert where_next(house, reader) == ("wijkplan", plan), "who does not run the evening is not sent to its console"
    running.close_room(house, who, evening.session_id)
    assert where_next(house, who) == ("wijkplan", plan)


def test_with_two_wijkplannen_somebody_chooses(house: Store, evening: Evening) -> None:
    new = NewWijkplan(title="Nog een", municipality_code="GM0308", municipality_name="Baarn", areas=(BAARN,))
    other = make_wijkplan(house, evening.facilitator, new)
    both = with_role(evening.facilitator, other, Role.OWNER)
    assert where_next(house, both) == ("overzicht", {})
