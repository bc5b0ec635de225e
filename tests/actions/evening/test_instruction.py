"""How this group does a werkvorm: the facilitator's own words at a step, on each back end."""

from __future__ import annotations

from datetime import date

import pytest

from tests.evening import Evening, plan_evening
from workshop.actions.evening import sessions
from workshop.actions.evening.console_view import see_console
from workshop.actions.evening.session_plans import see_session
from workshop.domain.errors import PersonalData, WorkshopError
from workshop.store import Store

OWN = "Bij ons: eerst koffie.\nDaarna leest Groep 1 voor."


@pytest.fixture
def evening(store: Store) -> Evening:
    return plan_evening(store)


def instruction(evening: Evening, session_id: str | None = None) -> str:
    plan = see_session(evening.store, evening.facilitator, session_id or evening.session_id)
    return plan.steps[0].step.instruction


def test_an_instruction_is_kept_with_its_line_breaks_and_seen_on_the_console(evening: Evening, store: Store) -> None:
    step_id = evening.step("commitment")
    assert instruction(evening) == ""
    sessions.change_step(store, evening.facilitator, step_id, instruction=f"  {OWN} ")
    assert instruction(evening) == OWN
    [step] = see_console(store, evening.facilitator, evening.session_id).steps
    assert step.instruction == OWN


def test_changing_something_else_leaves_the_instruction_and_an_empty_one_takes_it_away(
    evening: Evening, store: Store
) -> None:
    step_id = evening.step("commitment")
    sessions.change_step(store, evening.facilitator, step_id, instruction=OWN)
    sessions.change_step(store, evening.facilitator, step_id, minutes=7)
    assert instruction(evening) == OWN
    sessions.change_step(store, evening.facilitator, step_id, instruction="  ")
    assert instruction(evening) == ""


def test_a_copy_of_the_evening_takes_the_instruction_and_the_translated_question_along(
    evening: Evening, store: Store
) -> None:
    step_id = evening.step("commitment")
    sessions.change_step(store, evening.facilitator, step_id, instruction=OWN)
    sessions.translate_step(store, evening.facilitator, step_id, "en", "Are you in?")
    copy = sessions.copy_session(store, evening.facilitator, evening.session_id, held_on=date(2026, 12, 1))
    assert instruction(evening, copy) == OWN
    assert see_session(store, evening.facilitator, copy).steps[0].step.translations == {"en": "Are you in?"}


def test_a_person_in_an_instruction_is_asked_about_a_bsn_is_refused_and_nothing_is_kept(
    evening: Evening, store: Store
) -> None:
    step_id = evening.step("commitment")
    before = see_session(store, evening.facilitator, evening.session_id).steps[0].step.minutes
    with pytest.raises(PersonalData) as asked:
        sessions.change_step(store, evening.facilitator, step_id, instruction="Bel 06-12345678", minutes=9)
    assert not asked.value.final
    with pytest.raises(PersonalData) as refused:
        sessions.change_step(store, evening.facilitator, step_id, instruction="BSN 111222333", confirmed=True)
    assert refused.value.final
    plan = see_session(store, evening.facilitator, evening.session_id)
    assert (plan.steps[0].step.instruction, plan.steps[0].step.minutes) == ("", before)
    sessions.change_step(store, evening.facilitator, step_id, instruction="Bel 06-12345678", confirmed=True)
    assert instruction(evening) == "Bel 06-12345678"


def test_a_book_is_not_an_instruction(evening: Evening, store: Store) -> None:
    step_id = evening.step("commitment")
    with pytest.raises(WorkshopError):
        sessions.change_step(store, evening.facilitator, step_id, instruction="x" * (sessions.LONGEST_INSTRUCTION + 1))
    assert instruction(evening) == ""
