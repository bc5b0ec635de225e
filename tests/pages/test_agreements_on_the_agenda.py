"""The facilitator meets the agreements of last time in the evening, not only on a page of policy."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.evening import Evening
from tests.pages.conftest import Open
from tests.pages.test_console import CONSOLE, PREPARE, console, words
from tests.sprint_world import write
from workshop.actions.sprints.agreements import see_agenda
from workshop.domain.sprints.choices import Kept
from workshop.store import Store


@pytest.fixture
def agreed(evening: Evening) -> Evening:
    evening.step("commitment")
    write(evening, 1, "agreements", [{"what": "Bellen met *de school*", "who": "Jongerenwerk", "is_kept": "no"}])
    return evening


def press(page: AppTest, label: str) -> AppTest:
    pressed = next(button for button in page.button if button.label == label).click().run()
    assert not pressed.exception, pressed.exception
    return pressed


def test_they_are_the_first_point_of_the_evening_and_one_press_settles_one(
    open_page: Open, agreed: Evening, house: Store
) -> None:
    agreed.open_room()
    page = console(open_page, agreed)
    told = words(page)
    assert "Afspraken van vorige keer" in told and "0 van de 1 besproken" in told
    assert "Begin met de afspraken van vorige keer." in told
    assert "Bellen met \\*de school\\*" in told and "**Niet nagekomen**" in told
    next(field for field in page.text_input if field.label == "Toelichting (mag leeg)").set_value("Gebeld.")
    page = press(page, "Nagekomen")
    told = words(page)
    assert "1 van de 1 besproken" in told and "vanavond besproken" in told
    assert "Begin met de afspraken van vorige keer." not in told
    (point,) = see_agenda(house, agreed.facilitator, agreed.session_id)
    assert (point.agreement.is_kept, point.agreement.note) == (Kept.YES, "Gebeld.")


def test_they_stand_on_the_script_while_it_is_prepared(open_page: Open, agreed: Evening) -> None:
    page = console(open_page, agreed, PREPARE)
    assert [e.label for e in page.expander if e.label.startswith("Afspraken")] == [
        "Afspraken van vorige keer · 0 van de 1 besproken"
    ]
    page = press(page, "Loopt door")
    assert [e.label for e in page.expander if e.label.startswith("Afspraken")] == [
        "Afspraken van vorige keer · 1 van de 1 besproken"
    ]


def test_without_agreements_nothing_is_asked(open_page: Open, evening: Evening) -> None:
    for script in (CONSOLE, PREPARE):
        assert "Afspraken van vorige keer" not in words(console(open_page, evening, script))
