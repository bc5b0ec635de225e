"""Console and projector in a real browser: they follow the room, a clicker drives them, nobody's typing is wiped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.phone import HttpPhone
from tests.e2e.server import AppServer
from tests.e2e.window import Window, violations
from tests.evening import Evening, plan_evening
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.store import open_store

BEFORE = "x" * 43
#: Seconds until a vote stands on the wall: 500 ms (streamlit paper, section 3), with room for a busy machine.


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[AppServer, Evening, str]]:
    """The real program over a wijkplan with one step on the script, and the cookie of its facilitator."""
    folder = tmp_path_factory.mktemp("console")
    store = open_store(f"sqlite:///{folder / 'koppelvlak.db'}")
    store.migrate()
    made = plan_evening(store)
    made.step("commitment", minutes=20)
    cookie = redeem_ticket(store, hand_out_ticket(store, made.facilitator.account_id, BEFORE), BEFORE)
    store.close()
    server = AppServer(folder)
    server.start()
    yield server, made, cookie
    server.stop()


def signed_in(browser: Any, server: AppServer, cookie: str, **context: Any) -> Window:
    window = Window(browser, server.url, **context)
    window.context.add_cookies([{"name": "kv_in", "value": cookie, "url": server.url}])
    return window


def test_the_evening_is_followed_and_driven(browser: Any, evening: tuple[AppServer, Evening, str]) -> None:
    server, made, cookie = evening
    address = f"?plan={made.wijkplan_id}&sessie={made.session_id}"
    console = signed_in(browser, server, cookie, viewport={"width": 390, "height": 844})
    wall = signed_in(browser, server, cookie, viewport={"width": 1920, "height": 1080})
    desk, screen = console.go(f"/bediening{address}"), wall.go(f"/scherm{address}")
    heading = screen.locator(".kv-wall h1")

    desk.get_by_role("button", name="Open de zaal").click()
    heading.get_by_text("Doe mee met je telefoon").wait_for()
    assert screen.locator(".kv-wall .code").inner_text() == f"{made.code[:4]}-{made.code[4:]}"

    # Somebody types while the room changes: what stands there stays, and so does the place of the cursor.
    desk.get_by_text("Bericht", exact=True).click()
    field = desk.get_by_label("Zin voor op het scherm")
    field.click()
    field.press_sequentially("Pauze tot ac")
    screen.keyboard.press("PageDown")
    heading.get_by_text("Waar sta jij nu?").wait_for()
    desk.get_by_role("button", name="Open de stemming").wait_for()
    desk.keyboard.press("PageDown")
    field.press_sequentially("ht")
    assert field.input_value() == "Pauze tot acht"
    assert desk.get_by_role("button", name="Open de stemming").count() == 1, "a key in a field presses nothing"

    screen.wait_for_timeout(800)  # two presses within 0.7 s count as one: worn clickers send a key twice
    screen.keyboard.press("PageDown")
    desk.get_by_role("button", name="Stop de stemming").wait_for()
    screen.get_by_text("van 0 klaar").first.wait_for()

    # One press never stops a vote: the wall says first what a second one does.
    screen.wait_for_timeout(800)
    screen.keyboard.press("PageDown")
    screen.get_by_text("Druk nog een keer voor: Stop de stemming").wait_for()
    assert desk.get_by_role("button", name="Stop de stemming").count() == 1

    # The clicker at the console does the same, and stepping back loses nothing.
    desk.locator("h1").click()
    desk.keyboard.press("PageDown")
    desk.get_by_text("Druk nog een keer voor: Stop de stemming").wait_for()
    desk.keyboard.press("PageDown")
    desk.get_by_role("button", name="Laat de uitslag zien").wait_for()
    desk.keyboard.press("PageDown")
    screen.locator("[data-testid=stPlotlyChart], .kv-wall h1").first.wait_for()
    desk.get_by_role("button", name="Sluit de bijeenkomst").wait_for()
    screen.wait_for_timeout(800)
    screen.keyboard.press("PageUp")
    heading.get_by_text("Waar sta jij nu?").wait_for()

    size = screen.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert size == [1920, 1080]
    assert screen.get_by_role("button").count() == 0
    assert desk.evaluate("document.documentElement.scrollWidth") == 390
    assert (violations(desk), violations(screen)) == ([], [])
    assert (console.problems(), wall.problems()) == ([], [])
    console.close()
    wall.close()


def test_a_vote_stands_on_the_wall_at_once_and_the_wall_comes_back_after_a_restart(
    browser: Any, evening: tuple[AppServer, Evening, str]
) -> None:
    server, made, cookie = evening
    address = f"?plan={made.wijkplan_id}&sessie={made.session_id}"
    wall = signed_in(browser, server, cookie, viewport={"width": 1280, "height": 720})
    console = signed_in(browser, server, cookie)
    desk, screen = console.go(f"/bediening{address}"), wall.go(f"/scherm{address}")
    desk.get_by_role("button", name="Nog een ronde").click()
    desk.get_by_role("button", name="Ja, nog een ronde").click()
    desk.get_by_role("button", name="Stop de stemming").wait_for()
    phones = [HttpPhone(server.url).join(made.code, "Bewoners") for _ in range(2)]
    screen.get_by_text("0 van 2 klaar").wait_for()
    phones[0].vote({"stance": "4 Ik doe mee", "experience": "Goed"})
    screen.get_by_text("1 van 2 klaar").wait_for()

    server.kill()
    screen.get_by_text("Geen verbinding. Laatst bijgewerkt").wait_for()
    server.restart()
    phones[1].vote({"stance": "4 Ik doe mee", "experience": "Goed"})
    screen.get_by_text("2 van 2 klaar").wait_for(timeout=30_000)
    screen.reload()
    screen.get_by_text("2 van 2 klaar").wait_for(timeout=30_000)
    for phone in phones:
        phone.close()
    console.close()
    wall.close()
