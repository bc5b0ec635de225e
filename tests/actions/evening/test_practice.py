"""A proefavond works like a real one and leaves nothing behind in results."""

from __future__ import annotations

from datetime import date

import pytest

from tests.evening import plan_evening, session_in
from workshop.actions.evening import console_view, moderation, practice, pulse, running, session_plans, settling
from workshop.actions.sprints.material import see_snapshot
from workshop.domain.errors import NotFound
from workshop.domain.evening.stage import View
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
