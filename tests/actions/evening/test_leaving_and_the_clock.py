"""Who leaves and comes back is counted right, and the minutes follow the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.evening import plan_evening
from workshop.actions.evening import (
    console_view,
    joining,
    running,
)
from workshop.actions.evening.pulse import see_pulse
from workshop.actions.people.gate import participant_by_cookie
from workshop.store import Store


def test_leaving_takes_somebody_out_of_the_count_and_joining_again_brings_the_same_person_back(store: Store) -> None:
    evening = plan_evening(store)
    evening.step("commitment")
    evening.open_room()
    tokens = evening.people(3)
    person = participant_by_cookie(store, tokens[0], evening.session_id)
    joining.leave(store, person)
    assert see_pulse(store, evening.session_id).present == 2
    back = joining.join(store, evening.code, group_id=evening.groups["Bewoners"], token=tokens[0])
    assert back.participant_id == person.participant_id
    assert see_pulse(store, evening.session_id).present == 3


def test_minutes_ahead_and_left_follow_the_clock(store: Store) -> None:
    moment = [datetime(2026, 11, 24, 19, 30, tzinfo=UTC)]
    store.clock = lambda: moment[0]
    evening = plan_evening(store)
    one, two = evening.step("commitment", minutes=20), evening.step("environments", minutes=30)
    evening.open_room()
    running.open_step(store, evening.facilitator, one)
    moment[0] += timedelta(minutes=15)
    assert console_view.see_console(store, evening.facilitator, evening.session_id).minutes_left == 5
    evening.run(one)
    running.open_step(store, evening.facilitator, two)
    assert console_view.see_console(store, evening.facilitator, evening.session_id).minutes_ahead == 5
    moment[0] += timedelta(minutes=42)
    view = console_view.see_console(store, evening.facilitator, evening.session_id)
    assert (view.minutes_left, view.minutes_ahead) == (-12, -7)
