"""Afspraken van vorige keer: which stand on whose agenda, and what one press does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.evening import Evening, plan_evening, session_in
from tests.sprint_world import write
from workshop.actions.evening import practice
from workshop.actions.sprints import agreements
from workshop.actions.sprints import path as sprinting
from workshop.actions.sprints.agreements import AgendaPoint, mark_agreement, see_agenda
from workshop.domain.errors import PersonalData, Refused
from workshop.domain.sprints.choices import Kept
from workshop.domain.sprints.records import Agreement
from workshop.store import Store, journal

BELLEN = {"what": "Bellen met de school", "who": "Jongerenwerk", "is_kept": "no"}
TELLEN = {"what": "Lantaarns tellen", "who": "Gemeente", "by": "2026-11-30"}
GROETEN = {"what": "Buren groeten", "who": "Iedereen", "is_kept": "yes"}


def agreed(store: Store) -> tuple[Evening, Evening]:
    """An evening of sprint 1 in which three things were agreed, and the next one of sprint 2, still to come."""
    first = plan_evening(store, sprint=1)
    write(first, 1, "agreements", [BELLEN, TELLEN, GROETEN])
    return first, session_in(store, first.facilitator, first.wijkplan_id, title="Volgende", sprint=2)


def agenda(evening: Evening) -> tuple[AgendaPoint, ...]:
    return see_agenda(evening.store, evening.facilitator, evening.session_id)


def told(evening: Evening) -> list[tuple[str, str, bool]]:
    return [(p.agreement.what, p.agreement.is_kept.value, p.is_discussed) for p in agenda(evening)]


def test_what_is_not_kept_or_goes_on_stands_on_the_next_agenda(store: Store) -> None:
    _first, following = agreed(store)
    assert agenda(following) == (
        AgendaPoint(1, 0, Agreement("Bellen met de school", "Jongerenwerk", None, Kept.NO), False),
        AgendaPoint(1, 1, Agreement("Lantaarns tellen", "Gemeente", date(2026, 11, 30), Kept.RUNNING), False),
    )


def test_one_press_says_how_it_stands_with_note_and_new_day(store: Store) -> None:
    _first, following = agreed(store)
    following.step("environments")
    following.open_room()
    calling, counting = agenda(following)
    mark_agreement(store, following.facilitator, following.session_id, calling, Kept.YES, note="Gebeld op maandag.")
    mark_agreement(store, following.facilitator, following.session_id, counting, Kept.RUNNING, by=date(2026, 12, 24))
    today = store.now().date()
    assert [p.agreement for p in agenda(following)] == [
        Agreement("Bellen met de school", "Jongerenwerk", None, Kept.YES, "Gebeld op maandag.", today),
        Agreement("Lantaarns tellen", "Gemeente", date(2026, 12, 24), Kept.RUNNING, "", today),
    ]
    # Pressed wrong: another press puts it right, and every version is kept.
    mark_agreement(store, following.facilitator, following.session_id, agenda(following)[0], Kept.NO)
    assert told(following)[0] == ("Bellen met de school", "no", True)
    versions = sprinting.part_versions(store, following.facilitator, following.wijkplan_id, 1, "agreements")
    assert [v.content["rows"][0]["is_kept"] for v in versions] == ["no", "yes", "yes", "no"]
    with store.read() as conn:
        assert journal.first_broken_line(conn, following.wijkplan_id) is None


def test_what_was_kept_is_gone_the_time_after_and_the_rest_comes_back(store: Store) -> None:
    _first, following = agreed(store)
    following.step("environments")
    following.open_room()
    for point, kept in zip(agenda(following), (Kept.YES, Kept.NO), strict=True):
        mark_agreement(store, following.facilitator, following.session_id, point, kept)
    real = store.clock
    store.clock = lambda: real() + timedelta(days=14)
    try:
        third = session_in(store, following.facilitator, following.wijkplan_id, title="Derde", sprint=3)
        assert told(third) == [("Lantaarns tellen", "no", False)]
        # What was on the agenda that evening can still be read there.
        assert told(following) == [("Bellen met de school", "yes", True), ("Lantaarns tellen", "no", True)]
    finally:
        store.clock = real


def test_what_is_agreed_during_the_evening_is_for_the_next_one(store: Store) -> None:
    _first, following = agreed(store)
    following.step("environments")
    following.open_room()
    write(following, 2, "agreements", [{"what": "Taart mee", "who": "Bewoners"}])
    assert [p.agreement.what for p in agenda(following)] == ["Bellen met de school", "Lantaarns tellen"]
    third = session_in(store, following.facilitator, following.wijkplan_id, title="Derde", sprint=3)
    assert [p.agreement.what for p in agenda(third)] == ["Bellen met de school", "Lantaarns tellen", "Taart mee"]


def test_an_agreement_that_changed_meanwhile_is_not_written_over(store: Store) -> None:
    first, following = agreed(store)
    old, _counting = agenda(following)
    write(first, 1, "agreements", [TELLEN, BELLEN])
    with pytest.raises(Refused, match="Deze afspraak is intussen veranderd"):
        mark_agreement(store, following.facilitator, following.session_id, old, Kept.YES)
    gone = replace(old, place=9)
    with pytest.raises(Refused, match="Deze afspraak is intussen veranderd"):
        mark_agreement(store, following.facilitator, following.session_id, gone, Kept.YES)


def test_a_note_about_a_person_is_stopped_until_somebody_looked(store: Store) -> None:
    _first, following = agreed(store)
    point = agenda(following)[0]
    with pytest.raises(PersonalData):
        mark_agreement(store, following.facilitator, following.session_id, point, Kept.NO, note="Bel 06-12345678")
    mark_agreement(
        store, following.facilitator, following.session_id, point, Kept.NO, note="Bel 06-12345678", confirmed=True
    )
    assert agenda(following)[0].agreement.note == "Bel 06-12345678"


def test_a_practice_evening_has_no_agreements_and_changes_none(store: Store) -> None:
    _first, following = agreed(store)
    following.step("environments")
    point = agenda(following)[0]
    rehearsal = practice.practise(store, following.facilitator, following.session_id, held_on=date(2026, 11, 24))
    assert see_agenda(store, following.facilitator, rehearsal) == ()
    with pytest.raises(Refused):
        mark_agreement(store, following.facilitator, rehearsal, point, Kept.YES)
    assert agreements.PART == "agreements"
