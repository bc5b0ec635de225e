"""A proefavond works like a real one and leaves nothing behind in results."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.evening import plan_evening, session_in
from workshop.actions.evening import (
    console_view,
    moderation,
    practice,
    pulse,
    running,
    session_plans,
    settling,
    steps,
)  # fmt: skip
from workshop.actions.evening.votes.door import Cast, cast_ballots
from workshop.actions.evening.wall_view import see_wall
from workshop.actions.sprints.material import see_snapshot
from workshop.domain.errors import NotFound
from workshop.domain.evening.stage import View
from workshop.domain.evening.stories import GroupsPicture
from workshop.store import Store, rooms


def test_thirty_simulated_people_answer_and_nothing_of_it_reaches_the_results(store: Store) -> None:
    real = plan_evening(store)
    for werkvorm in ("commitment", "environments", "risk_dots"):
        real.step(werkvorm)
    rehearsal = practice.practise(store, real.facilitator, real.session_id, held_on=date(2026, 11, 23))
    running.open_room(store, real.facilitator, rehearsal)
    assert practice.send_people(store, real.facilitator, rehearsal, 30) == 30
    with store.read() as conn:
        first, second, third = rooms.steps_of(conn, rehearsal)
    running.open_step(store, real.facilitator, first.id)
    assert practice.let_them_answer(store, real.facilitator, rehearsal, 30) == 30 + 2 * 10
    assert pulse.see_pulse(store, rehearsal).done == 30
    running.stop_step(store, real.facilitator, first.id)
    running.show_outcome(store, real.facilitator, first.id)
    running.put_on_wall(store, real.facilitator, rehearsal, View.STEP, step_id=second.id)
    running.open_step(store, real.facilitator, second.id)
    assert practice.let_them_answer(store, real.facilitator, rehearsal, 30) == 10
    console = console_view.see_console(store, real.facilitator, rehearsal)
    made = [item.id for item in console.notes_waiting if item.step_id == second.id]
    moderation.release(store, real.facilitator, made)
    running.stop_step(store, real.facilitator, second.id)
    running.show_outcome(store, real.facilitator, second.id)
    settling.settle_step(store, real.facilitator, second.id, goes_on=made[:3], rest_reason="Proef.")
    running.open_step(store, real.facilitator, third.id)
    with store.read() as conn:
        assert set(rooms.last_round(conn, third.id).items) == set(made[:3])

    told = see_snapshot(store, real.facilitator, real.wijkplan_id)
    assert ([s.id for s in told.sessions], told.items) == ([real.session_id], ())
    later = session_in(store, real.facilitator, real.wijkplan_id, title="Echt", sprint=2)
    later.step("risk_dots")
    assert session_plans.see_session(store, real.facilitator, later.session_id).steps[0].items == ()


def test_simulated_people_cannot_be_sent_into_a_real_evening(sqlite_store: Store) -> None:
    real = plan_evening(sqlite_store)
    real.step("commitment")
    real.open_room()
    with pytest.raises(NotFound):
        practice.send_people(sqlite_store, real.facilitator, real.session_id, 3)


def before_of_the_real_evening(store: Store) -> list[tuple[int, ...] | None]:
    """A practice evening answers, then the real one: what the real outcome stands beside as the measurement before, in
    the results and on the wall.
    """
    real = plan_evening(store)
    step = real.step("commitment")
    rehearsal = practice.practise(store, real.facilitator, real.session_id, held_on=date(2026, 11, 23))
    running.open_room(store, real.facilitator, rehearsal)
    assert practice.send_people(store, real.facilitator, rehearsal, 30) == 30
    with store.read() as conn:
        (tried,) = rooms.steps_of(conn, rehearsal)
    running.open_step(store, real.facilitator, tried.id)
    practice.let_them_answer(store, real.facilitator, rehearsal, 30)
    running.stop_step(store, real.facilitator, tried.id)
    running.show_outcome(store, real.facilitator, tried.id)
    with store.read() as conn:
        (seen,) = rooms.rounds_of(conn, tried.id)
    assert seen.outcome is not None and sum(seen.outcome["stance"]) == 30, "there is something to take it for"

    real.open_room()
    people = real.people(6)
    running.open_step(store, real.facilitator, step)
    form = {"stance": ["4"], "experience": ["good"]}
    cast_ballots(store, [Cast(p, real.round_id(step), form, f"b{n}") for n, p in enumerate(people)])
    real.run(step)
    ((told,),) = (s.rounds for s in see_snapshot(store, real.facilitator, real.wijkplan_id).sessions[0].steps)
    before = []
    for story in (told.story, see_wall(store, real.facilitator, real.session_id).story):
        assert story is not None and isinstance(story.picture, GroupsPicture)
        everyone = story.picture.rows[0]
        assert everyone.counts == (0, 0, 0, 6, 0)
        before.append(everyone.before)
    return before


def test_a_practice_evening_is_never_the_measurement_before_the_real_one(store: Store) -> None:
    assert before_of_the_real_evening(store) == [None, None]


def test_twin_a_measurement_that_does_not_ask_whether_it_was_practice_shows_thirty_who_do_not_exist(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_any_evening(conn: Any, wijkplan_id: str, werkvorm: str, *, before_step: str, before: Any) -> Any:
        others = (s for held in rooms.sessions_of(conn, wijkplan_id) for s in rooms.steps_of(conn, held.id))
        shown = (rooms.rounds_of(conn, s.id) for s in others if s.werkvorm == werkvorm and s.id != before_step)
        return next((rounds[-1].outcome for rounds in shown if rounds), None)

    monkeypatch.setattr(rooms, "last_shown_outcome", of_any_evening)
    monkeypatch.setattr(steps, "is_measurement", lambda _session: True)
    before = before_of_the_real_evening(store)
    assert [sum(each or ()) for each in before] == [30, 30]
