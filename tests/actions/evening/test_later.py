"""A step that stays open after the evening takes answers of others until its day is over, and counts them apart."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.evening import Evening, plan_evening
from workshop.actions.evening import joining, later, room_view, running, settling
from workshop.actions.evening.votes.door import Cast, Receipt, cast_ballots
from workshop.actions.sprints.material import see_snapshot
from workshop.domain.errors import Refused, WorkshopError
from workshop.store import Store, rooms


def evening_that_is_over(store: Store) -> tuple[Evening, str]:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    people = evening.people(6)
    running.open_step(store, evening.facilitator, step)
    vote(evening, step, people, 4)
    evening.run(step)
    with pytest.raises(Refused):
        later.keep_open(store, evening.facilitator, step, date(2026, 12, 8))
    running.close_room(store, evening.facilitator, evening.session_id)
    return evening, step


def vote(evening: Evening, step: str, tokens: list[str], stance: int) -> list[Receipt | WorkshopError]:
    form = {"stance": [str(stance)], "experience": ["neutral"]}
    round_id = evening.round_id(step)
    return cast_ballots(evening.store, [Cast(token, round_id, form, "b") for token in tokens])


def test_people_who_were_not_there_answer_later_and_are_counted_apart(store: Store) -> None:
    moment = [datetime(2026, 11, 24, 20, tzinfo=UTC)]
    store.clock = lambda: moment[0]
    evening, step = evening_that_is_over(store)
    with pytest.raises(Refused):
        joining.join(store, evening.code, group_id=evening.groups["Jongeren"])

    later.keep_open(store, evening.facilitator, step, date(2026, 12, 8))
    with pytest.raises(Refused):
        later.keep_open(store, evening.facilitator, step, date(2026, 12, 9))
    moment[0] = datetime(2026, 12, 8, 22, tzinfo=UTC)  # eleven in the evening in the neighbourhood
    young = evening.people(5, "Jongeren")
    assert room_view.see_room(store, young[0], evening.session_id).mode == "ballot"
    assert all(isinstance(answer, Receipt) for answer in vote(evening, step, young, 1))

    moment[0] = datetime(2026, 12, 8, 23, 30, tzinfo=UTC)
    (late,) = vote(evening, step, young[:1], 5)
    assert isinstance(late, WorkshopError) and late.kind == "closed"
    with pytest.raises(Refused):
        joining.join(store, evening.code, group_id=evening.groups["Jongeren"])
    assert later.close_what_is_over(store) == 1
    assert later.close_what_is_over(store) == 0

    rounds = see_snapshot(store, evening.facilitator, evening.wijkplan_id).sessions[0].steps[0].rounds
    assert [(r.outcome["stance"], r.story.turnout) for r in rounds] == [
        ([0, 0, 0, 6, 0], "6 van de 6 klaar; 6 stemmen."),
        ([5, 0, 0, 0, 0], "Na de avond geantwoord: 5 stemmen."),
    ]
    assert rounds[1].story.picture.rows[0].before is None  # other people: no movement
    with store.read() as conn:
        assert rooms.evening_round(conn, step).number == 1
    assert settling.see_settling(store, evening.facilitator, step).rows == ()


def test_a_day_that_is_past_or_too_far_is_refused(sqlite_store: Store) -> None:
    sqlite_store.clock = lambda: datetime(2026, 11, 24, 20, tzinfo=UTC)
    evening, step = evening_that_is_over(sqlite_store)
    for day in (date(2026, 11, 23), date(2027, 11, 24)):
        with pytest.raises(Refused):
            later.keep_open(sqlite_store, evening.facilitator, step, day)


def test_it_can_be_closed_by_hand_before_its_day(sqlite_store: Store) -> None:
    sqlite_store.clock = lambda: datetime(2026, 11, 24, 20, tzinfo=UTC)
    evening, step = evening_that_is_over(sqlite_store)
    later.keep_open(sqlite_store, evening.facilitator, step, date(2026, 12, 8))
    later.close_later(sqlite_store, evening.facilitator, step)
    with sqlite_store.read() as conn:
        kept = rooms.step(conn, step)
    assert (kept.state.value, kept.open_until) == ("shown", None)
