"""Every werkvorm from a phone without JavaScript: asked on the page, sent, shown back, told and settled."""

from __future__ import annotations

from html import unescape

import pytest

from tests.room.hall import Hall, fields_of, seen
from tests.unit.werkvormen.room import TEXTS, example
from workshop.actions.evening import moderation, notes, running
from workshop.actions.evening.sessions import put_item_on_step
from workshop.actions.evening.settling import see_settling, settle_step
from workshop.actions.evening.votes.door import questions_of
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import items
from workshop.werkvormen import StepContext, Werkvorm, all_werkvormen


def _prepared(hall: Hall, activity: Werkvorm) -> str:
    """A step with three items on its ballot, open."""
    evening = hall.evening
    step_id = evening.step(activity.key)
    if activity.takes:
        kind = ItemKind(min(activity.takes))
        for text in TEXTS:
            made = notes.add_item(
                evening.store, evening.facilitator, evening.wijkplan_id, kind=kind, written=Written(text)
            )
            put_item_on_step(evening.store, evening.facilitator, step_id, made)
    running.open_step(evening.store, evening.facilitator, step_id)
    return step_id


@pytest.mark.parametrize("activity", all_werkvormen(), ids=lambda activity: activity.key)
def test_it_runs_from_phone_to_decision(sqlite_hall: Hall, activity: Werkvorm) -> None:
    evening, store, actor = sqlite_hall.evening, sqlite_hall.evening.store, sqlite_hall.evening.facilitator
    phone = sqlite_hall.inside()
    step_id = _prepared(sqlite_hall, activity)
    page = phone.page()
    assert activity.prompt() in seen(page)
    if activity.asks_ballot:
        questions = questions_of(store, evening.round_id(step_id))
        sent = {name: values[0] for question in questions for name, values in example(question).items()}
        for question in questions:
            assert question.prompt in seen(page)
            assert [name for name in question.fields if f'name="{name}"' not in unescape(page)] == []
        answer = phone.http.post(f"{phone.base}/stem", data={**fields_of(page, "stem"), **sent})
        assert answer.status_code == 303, answer.text
        back = phone.page()
        assert "Verstuurd ✓" in seen(back) and "nog niet compleet" not in seen(back)
        assert back.count("<dt") >= len(sent) / 2
        again = unescape(phone.page("?wijzig=1"))
        for name, value in sent.items():
            assert f'name="{name}" value="{value}" checked' in again or (
                f'name="{name}"' in again and f'value="{value}"' in again
            )
    for form in activity.note_forms(StepContext()):
        assert form.prompt in seen(page)
        written = phone.note(step_id, f"Kaartje over {form.key}", form=form.key, second="Erbij")
        assert written.status_code == 200, written.text
    with store.read() as conn:
        waiting = [item.id for item in items.items_of(conn, step_id=step_id)]
    moderation.release(store, actor, waiting)
    evening.run(step_id)
    told = seen(phone.page())
    assert activity.title() in told
    settling = see_settling(store, actor, step_id)
    if settling.rows:
        settle_step(store, actor, step_id, goes_on=[settling.rows[0].item.id], rest_reason="Komt later terug")
        assert see_settling(store, actor, step_id).is_settled
