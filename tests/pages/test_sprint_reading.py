"""The result of a sprint is read as it was written, with the origin of what a row is about."""

from __future__ import annotations

from tests.evening import Evening
from tests.pages.conftest import Open
from tests.pages.test_results_page import words
from tests.pages.test_sprints_page import path
from tests.sprint_world import fix, write
from workshop.actions.thread import herkomst
from workshop.domain.thread.herkomst import Authority
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written


def test_a_row_stands_under_its_first_words_with_the_origin_of_the_item(open_page: Open, evening: Evening) -> None:
    assert "Van deze sprint is nog niets opgeschreven." in words(path(open_page, evening, 7, "read"))
    action = herkomst.add_from_desk(
        evening.store,
        evening.facilitator,
        evening.wijkplan_id,
        kind=ItemKind.ACTION,
        written=Written("*Lampen* op het plein"),
        sprint=7,
        authority=Authority.COUNCIL,
        authority_note="motie 12",
    )
    write(evening, 7, "reply", "Dit deden we, en dat niet.")
    write(
        evening, 7, "embedding", [{"action": action, "owner": "Gemeente", "by": "2027-03-01", "indicator": "70 mensen"}]
    )
    told = words(path(open_page, evening, 7, "read")).replace("\\", "")
    assert "Dit deden we, en dat niet." in told
    assert "***Lampen* op het plein**" in told
    assert "Trekker: Gemeente  \nUiterlijk: 1-3-2027  \nWaaraan zien we het? 70 mensen" in told
    assert "Herkomst: actie ← amendement van de raad: motie 12" in told


def test_what_is_fixed_and_unchanged_asks_for_no_second_time(open_page: Open, evening: Evening) -> None:
    write(evening, 1, "main_question", "Waarom loopt iedereen om?")
    fix(evening, 1)
    told = path(open_page, evening, 1)
    assert "Vastgelegd. Sindsdien is er niets veranderd." in words(told)
    assert [b.label for b in told.button if b.label.startswith("Leg het resultaat")] == []
    write(evening, 1, "main_question", "Waarom loopt iedereen om het plein heen?")
    again = path(open_page, evening, 1)
    assert [b.label for b in again.button if b.label.startswith("Leg het resultaat")] == [
        "Leg het resultaat van sprint 1 vast"
    ]
