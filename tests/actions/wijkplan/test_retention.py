"""Raw contributions go when their time is up, and only then."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.evening import plan_evening
from workshop.actions.evening import moderation, notes, room_view, running, settling
from workshop.actions.wijkplan.retention import apply_retention, last_day
from workshop.domain.errors import NotFound
from workshop.domain.thread.written import Written
from workshop.store import Store, items


@pytest.mark.parametrize(
    ("held_on", "months", "day"),
    [
        (date(2026, 11, 24), 6, date(2027, 5, 24)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_the_last_day_is_the_same_day_so_many_months_later(held_on: date, months: int, day: date) -> None:
    assert last_day(held_on, months) == day


def test_raw_notes_go_after_six_months_and_what_went_on_stays(store: Store) -> None:
    moment = [datetime(2026, 11, 24, 20, tzinfo=UTC)]
    store.clock = lambda: moment[0]
    evening = plan_evening(store)
    step = evening.step("environments")
    evening.open_room()
    (token,) = evening.people(1)
    running.open_step(store, evening.facilitator, step)
    stays, goes = (
        notes.write_note(
            store,
            notes.Note(
                token, step, text, Written(text, form_key="finding", environments=["social"], tone="bad", moment="now")
            ),
        ).item.id
        for text in ("Gaat mee", "Blijft staan")
    )
    moderation.release(store, evening.facilitator, [stays, goes])
    evening.run(step)
    settling.settle_step(store, evening.facilitator, step, goes_on=[stays], rest_reason="Later.")

    moment[0] = datetime(2027, 5, 24, 9, tzinfo=UTC)
    assert apply_retention(store) == 0
    moment[0] = datetime(2027, 5, 25, 9, tzinfo=UTC)
    assert apply_retention(store) == 1
    assert apply_retention(store) == 0
    with store.read() as conn:
        assert [i.text for i in items.items_by_id(conn, [stays, goes])] == ["Gaat mee", ""]
        assert items.form_before(conn, goes) is None
    with pytest.raises(NotFound):
        room_view.see_room(store, token, evening.session_id)
