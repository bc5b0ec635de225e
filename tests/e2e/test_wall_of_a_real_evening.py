"""A projector laptop with the wrong clock, and one that slept: the server's clock decides and the wall reads again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.server import AppServer
from tests.e2e.test_console import BEFORE, signed_in
from tests.e2e.window import Window
from tests.evening import Evening, plan_evening
from workshop.actions.evening import running
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.store import open_store


@pytest.fixture(scope="module")
def open_step(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[AppServer, Evening, str]]:
    """The real program over an evening in which a step of twenty minutes has just opened."""
    folder = tmp_path_factory.mktemp("wall")
    store = open_store(f"sqlite:///{folder / 'koppelvlak.db'}")
    store.migrate()
    made = plan_evening(store)
    step = made.step("commitment", minutes=20)
    made.open_room()
    running.open_step(store, made.facilitator, step)
    cookie = redeem_ticket(store, hand_out_ticket(store, made.facilitator.account_id, BEFORE), BEFORE)
    store.close()
    server = AppServer(folder)
    server.start()
    yield server, made, cookie
    server.stop()


#: A clock that can be set wrong: only what the page thinks the time is, not how fast it goes.
WRONG_CLOCK = """(() => {
  const Real = Date; window.ahead = AHEAD;
  const now = () => Real.now() + window.ahead;
  window.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(now()); }
    static now() { return now(); }
  };
})()"""
HOUR = 3_600_000


def wall_with(browser: Any, server: AppServer, cookie: str, *, ahead: int) -> Window:
    wall = signed_in(browser, server, cookie, viewport={"width": 1920, "height": 1080})
    wall.page.add_init_script(WRONG_CLOCK.replace("AHEAD", str(ahead)))
    return wall


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_laptop_whose_clock_is_an_hour_wrong_shows_the_right_minutes(
    browser: Any, open_step: tuple[AppServer, Evening, str], hours: int
) -> None:
    server, made, cookie = open_step
    wall = wall_with(browser, server, cookie, ahead=hours * HOUR)
    screen = wall.go(f"/scherm?plan={made.wijkplan_id}&sessie={made.session_id}")
    screen.get_by_text("Waar sta jij nu?").first.wait_for()
    assert screen.locator(".clock").inner_text() in [f"Nog {n} minuten" for n in (17, 18, 19, 20)]
    wall.close()


def test_a_laptop_that_slept_reads_again_when_it_wakes(browser: Any, open_step: tuple[AppServer, Evening, str]) -> None:
    server, made, cookie = open_step
    address = f"?plan={made.wijkplan_id}&sessie={made.session_id}"
    wall = wall_with(browser, server, cookie, ahead=0)
    lines: list[str] = []
    wall.page.on("websocket", lambda socket: lines.append(socket.url) if "/live/" in socket.url else None)
    screen = wall.go(f"/scherm{address}")
    screen.get_by_text("Waar sta jij nu?").first.wait_for()
    for _look in range(60):  # the line opens a moment after the first drawing
        if lines:
            break
        screen.wait_for_timeout(250)
    assert len(lines) == 1
    # The lid was closed for three hours: no timer ran, and the line still looks open.
    screen.evaluate(f"window.ahead = {3 * HOUR}")
    for _look in range(60):
        if len(lines) > 1:
            break
        screen.wait_for_timeout(250)
    assert len(lines) == 2, "it opened its line again by itself, once"
    screen.get_by_text("Geen verbinding").wait_for(state="hidden")
    assert screen.locator(".clock").inner_text().startswith("Nog ")
    console = signed_in(browser, server, cookie)
    desk = console.go(f"/bediening{address}")
    desk.get_by_role("button", name="Scherm donker").click()
    screen.get_by_text("Het scherm is even donker").wait_for(state="attached")
    wall.close()
    console.close()
