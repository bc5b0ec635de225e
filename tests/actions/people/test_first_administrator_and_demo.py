"""An installation started with the demo gives it to its first administrator."""

from __future__ import annotations

from workshop.actions.people import setting_up, signing_in
from workshop.actions.people.gate import staff_by_cookie
from workshop.actions.wijkplan import wijkplannen
from workshop.demo import load_demo
from workshop.domain.roles import Role
from workshop.store import Store


def test_the_first_administrator_owns_the_demo(demo_store: Store) -> None:
    demo = load_demo(demo_store)
    token = setting_up.set_up_link_token(demo_store)
    assert token is not None
    made = setting_up.make_first_administrator(demo_store, token, "anna", "Anna", "een lange zin met bomen")
    ticket = signing_in.hand_out_ticket(demo_store, made.account_id, "pre")
    anna = staff_by_cookie(demo_store, signing_in.redeem_ticket(demo_store, ticket, "pre"))
    listed = wijkplannen.see_wijkplannen(demo_store, anna)
    assert [(row.id, row.is_demo, row.roles) for row in listed] == [(demo, True, frozenset({Role.OWNER}))]
