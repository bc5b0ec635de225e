"""A year of evenings on the results page: one is chosen, the newest stands there first."""

from __future__ import annotations

from datetime import date

from tests.evening import Evening
from tests.pages.conftest import Open
from tests.pages.test_results_page import words
from workshop.actions.evening import running, sessions
from workshop.ui.documents.results import MOST_OPEN


def test_of_many_evenings_one_is_shown_at_a_time_the_newest_first(open_page: Open, evening: Evening) -> None:
    for month in range(1, MOST_OPEN + 2):
        session_id = sessions.plan_session(
            evening.store, evening.facilitator, evening.wijkplan_id, title=f"Avond {month}", sprint=2,
            held_on=date(2026, month, 3),
        )  # fmt: skip
        sessions.add_step(evening.store, evening.facilitator, session_id, "slide")
        running.open_room(evening.store, evening.facilitator, session_id)
        running.close_room(evening.store, evening.facilitator, session_id)
    page = open_page("beleid/beleid.py", evening.facilitator.account_id, plan=evening.wijkplan_id)
    chosen = next(box for box in page.selectbox if box.label == "Welke bijeenkomst?")
    assert len(chosen.options) == MOST_OPEN + 1
    assert chosen.value == 0 and "Sprint 2: Avond 5" in words(page) and "Sprint 2: Avond 4" not in words(page)
    chosen.set_value(1).run()
    assert not page.exception
    assert "Sprint 2: Avond 4" in words(page) and "Sprint 2: Avond 5" not in words(page)
