"""The script of an evening: a step comes where it is put, one that is skipped keeps its reason until it is taken back."""

from __future__ import annotations

from datetime import date

import pytest

from tests.evening import plan_evening
from workshop.actions.evening import sessions
from workshop.actions.evening.session_plans import see_sessions
from workshop.actions.sprints.material import see_snapshot
from workshop.domain.evening.moves import SessionState, StepState
from workshop.store import Store, rooms


@pytest.mark.parametrize(
    ("position", "order"),
    [
        (1, ["nieuw", "een", "twee"]),
        (2, ["een", "nieuw", "twee"]),
        (3, ["een", "twee", "nieuw"]),
        (0, ["nieuw", "een", "twee"]),
        (99, ["een", "twee", "nieuw"]),
        (None, ["een", "twee", "nieuw"]),
    ],
)
def test_a_step_comes_where_it_is_put(sqlite_store: Store, position: int | None, order: list[str]) -> None:
    evening = plan_evening(sqlite_store)
    for title in ("een", "twee"):
        evening.step("commitment", title=title)
    evening.step("commitment", title="nieuw", position=position)
    with sqlite_store.read() as conn:
        found = rooms.steps_of(conn, evening.session_id)
    assert [step.title for step in found] == order
    assert [step.position for step in found] == [1, 2, 3]


def test_a_skipped_step_keeps_its_reason_until_it_is_taken_back(sqlite_store: Store) -> None:
    evening = plan_evening(sqlite_store)
    step = evening.step("commitment")

    def told() -> tuple[StepState, str]:
        ((found,),) = (s.steps for s in see_snapshot(sqlite_store, evening.facilitator, evening.wijkplan_id).sessions)
        return found.state, found.skip_reason

    sessions.skip_step(sqlite_store, evening.facilitator, step, "De tijd was om.")
    assert told() == (StepState.SKIPPED, "De tijd was om.")
    sessions.restore_step(sqlite_store, evening.facilitator, step)
    assert told() == (StepState.PREPARED, "")


def test_a_planned_evening_says_when_and_where_it_is(sqlite_store: Store) -> None:
    evening = plan_evening(sqlite_store, title="Wat speelt er?", sprint=3)
    (row,) = see_sessions(sqlite_store, evening.facilitator, evening.wijkplan_id)
    told = row.session
    assert (told.title, told.sprint, told.held_on, told.place) == ("Wat speelt er?", 3, date(2026, 11, 24), "Buurthuis")
    assert (told.state, told.is_practice) == (SessionState.PLANNED, False)
