"""A step opens with what the previous result handed over, and older ones are put on by hand."""

from __future__ import annotations

from tests.evening import Evening, plan_evening, session_in
from workshop.actions.evening import running, sessions
from workshop.actions.evening.session_plans import see_session
from workshop.actions.sprints import handing_over
from workshop.actions.thread import herkomst
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store


def sent_on(evening: Evening, sprint: int, kind: ItemKind, text: str, *origin: str) -> str:
    """Made at the desk of a sprint, and ticked there to go on."""
    who = (evening.store, evening.facilitator, evening.wijkplan_id)
    authority = None if origin else herkomst.Authority.COUNCIL
    made = herkomst.add_from_desk(
        *who, kind=kind, written=Written(text), sprint=sprint, origin=origin, authority=authority
    )
    rows = handing_over.see_desk_settling(*who, sprint).rows
    handing_over.settle_desk(*who, sprint, goes_on=[row.item.id for row in rows])
    return made


def on_step(evening: Evening) -> tuple[set[str], set[str]]:
    """(what stands on the only step, what can be put on by hand)"""
    (planned,) = see_session(evening.store, evening.facilitator, evening.session_id).steps
    return {c.item.text for c in planned.items}, {c.item.text for c in planned.others}


def test_a_consent_round_in_sprint_7_holds_the_actions_and_not_the_years_before(store: Store) -> None:
    first = plan_evening(store, sprint=1)
    sent_on(first, 1, ItemKind.PAIN, "Donker")
    wish = sent_on(first, 3, ItemKind.WISH, "Licht")
    card = sent_on(first, 5, ItemKind.INTERVENTION, "Lampen", wish)
    sent_on(first, 5, ItemKind.INTERVENTION, "Bankje", wish)
    sent_on(first, 7, ItemKind.ACTION, "Zes lampen", card)
    last = session_in(store, first.facilitator, first.wijkplan_id, title="Hier gaan we voor", sprint=7)
    step = last.step("consent")
    # The lamps stand for themselves as an action; the bench went on and nobody made an action of it yet.
    assert on_step(last) == ({"Zes lampen", "Bankje"}, {"Donker", "Licht", "Lampen"})
    sessions.put_item_on_step(store, last.facilitator, step, wish)
    assert on_step(last)[0] == {"Zes lampen", "Bankje", "Licht"}
    sessions.take_item_off_step(store, last.facilitator, step, wish)
    assert on_step(last)[0] == {"Zes lampen", "Bankje"}


def test_what_a_running_step_froze_stays_whatever_is_handed_over_meanwhile(store: Store) -> None:
    first = plan_evening(store, sprint=3)
    sent_on(first, 3, ItemKind.WISH, "Licht")
    ideas = session_in(store, first.facilitator, first.wijkplan_id, title="Ideeën", sprint=4)
    step = ideas.step("consent")
    ideas.open_room()
    running.open_step(store, ideas.facilitator, step)
    sent_on(first, 4, ItemKind.IDEA, "Lampen")
    assert on_step(ideas)[0] == {"Licht"}
    ideas.run(step)
    assert on_step(ideas)[0] == {"Licht"}
    # A next round opens with what is there then.
    running.again(store, ideas.facilitator, step)
    assert on_step(ideas)[0] == {"Licht", "Lampen"}
