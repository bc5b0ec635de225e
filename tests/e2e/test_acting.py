"""Acting in a real browser: type and press at once, press twice, and keep one's place with the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.server import AppServer
from tests.e2e.test_console import BEFORE, signed_in
from tests.e2e.window import Window
from tests.evening import Evening, plan_evening
from workshop.actions.evening.session_plans import see_session
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.store import Store, open_store


@pytest.fixture(scope="module")
def desk(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Window, Evening, Store]]:
    """A signed-in facilitator before an evening with one step."""
    folder = tmp_path_factory.mktemp("acting")
    store = open_store(f"sqlite:///{folder / 'koppelvlak.db'}")
    store.migrate()
    made = plan_evening(store)
    made.step("commitment", minutes=20)
    made.open_room()
    cookie = redeem_ticket(store, hand_out_ticket(store, made.facilitator.account_id, BEFORE), BEFORE)
    server = AppServer(folder)
    server.start()
    yield signed_in(browser, server, cookie), made, store
    server.stop()
    store.close()


def test_a_sentence_that_is_typed_and_put_on_the_wall_at_once(desk: tuple[Window, Evening, Store]) -> None:
    window, made, _store = desk
    page = window.go(f"/bediening?plan={made.wijkplan_id}&sessie={made.session_id}")
    page.get_by_text("Bericht", exact=True).click()
    field = page.get_by_label("Zin voor op het scherm")
    field.click()
    for sentence in ("Pauze tot acht", "We gaan verder"):
        field.fill(sentence)
        # No waiting for the page, and twice: what was typed counts, and the second press says nothing.
        page.get_by_role("button", name="Zet op het scherm", exact=True).dblclick()
        page.get_by_text(f"Op het scherm: {sentence}").wait_for()
        assert field.input_value() == ""
        assert page.get_by_text("Vul iets in.").count() == 0
        page.wait_for_timeout(800)  # presses within 0.7 s count as one, also when nobody could have typed so fast
    # Who works with the keyboard is still at the button.
    assert page.evaluate("document.activeElement.innerText") == "Zet op het scherm"
    assert window.problems() == []


def test_a_step_that_is_added_with_a_double_press_stands_there_once(desk: tuple[Window, Evening, Store]) -> None:
    window, made, store = desk
    page = window.go(f"/voorbereiden?plan={made.wijkplan_id}&sessie={made.session_id}")
    page.get_by_role("button", name="Voeg toe aan het programma").dblclick()
    page.get_by_text("2. ").first.wait_for()
    page.get_by_role("button", name="Voeg toe aan het programma").wait_for()
    page.wait_for_timeout(1_000)  # a second step would have come by now
    assert len(see_session(store, made.facilitator, made.session_id).steps) == 2
    assert window.problems() == []
