"""The library of werkvormen, its paper and proposed groups in a real browser: keys only, on a phone, printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.server import AppServer
from tests.e2e.test_console import BEFORE, signed_in
from tests.e2e.window import english, keep, violations
from tests.evening import Evening, plan_evening
from workshop.actions.evening import notes, running, sessions
from workshop.actions.evening.console_view import see_console
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.domain.thread.written import Written
from workshop.store import open_store

SAID = ["Het is donker bij de tunnel", "Zo donker bij de tunnel", "Te donker bij de tunnel", "Buren groeten elkaar"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[AppServer, Evening, str, str]]:
    """The real program with notes that wait and a board game on the script; a cookie; the step of the game."""
    folder = tmp_path_factory.mktemp("method")
    store = open_store(f"sqlite:///{folder / 'koppelvlak.db'}")
    store.migrate()
    made = plan_evening(store)
    step_id, game = made.step("environments"), made.step("board_game")
    sessions.change_step(store, made.facilitator, game, instruction="Bij ons: eerst koffie.")
    made.open_room()
    running.open_step(store, made.facilitator, step_id)
    [token] = made.people(1)
    for number, text in enumerate(SAID):
        notes.write_note(
            store,
            notes.Note(
                token,
                step_id,
                f"n{number}",
                Written(text, form_key="finding", environments=["physical"], tone="bad", moment="now"),
            ),
        )
    cookie = redeem_ticket(store, hand_out_ticket(store, made.facilitator.account_id, BEFORE), BEFORE)
    store.close()
    server = AppServer(folder)
    server.start()
    yield server, made, cookie, game
    server.stop()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_library_reads_on_every_screen_and_prints_nothing_but_paper(
    browser: Any, house: tuple[AppServer, Evening, str, str], width: int
) -> None:
    server, made, cookie, game = house
    window = signed_in(browser, server, cookie, viewport={"width": width, "height": 900})
    address = f"/werkvormen?plan={made.wijkplan_id}"
    page = window.go(address)
    page.get_by_text("Dit past", exact=True).wait_for()
    page.wait_for_timeout(1_000)
    assert (violations(page), english(page, ("English",))) == ([], [])
    page.get_by_text("Alle werkvormen").click()
    page.get_by_role("button", name="Bekijk Scenario’s in een bordspel").click()
    page.get_by_role("button", name="Maak de kaarten").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width

    page = window.go(f"{address}&sessie={made.session_id}&stap={game}&werkvorm=board_game&kaart=1")
    page.get_by_text("Bij ons: eerst koffie.").wait_for()
    page.wait_for_timeout(1_000)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print", exact=True).press("Enter")
    assert page.evaluate("window.printed") is True
    keep(page, f"card_{width}")

    page.emulate_media(media="print")
    assert page.get_by_text("Bij ons: eerst koffie.").is_visible()
    assert [
        page.get_by_role("button", name="Print", exact=True).is_visible(),
        page.get_by_text("Terug naar de werkvorm").is_visible(),
        page.locator("[data-testid=stSidebar]").is_visible(),
        page.locator("[data-testid=stHeader]").is_visible(),
    ] == [False, False, False, False]
    assert window.problems() == []
    window.close()


def test_groups_are_made_and_taken_back_without_a_mouse(
    browser: Any, house: tuple[AppServer, Evening, str, str]
) -> None:
    server, made, cookie, _game = house
    window = signed_in(browser, server, cookie, viewport={"width": 1280, "height": 900})
    page = window.go(f"/bediening?plan={made.wijkplan_id}&sessie={made.session_id}")

    def here() -> str:
        """What a screen reader would call the field or button that has the focus."""
        return str(
            page.evaluate("""() => {
                const e = document.activeElement;
                if (!e.matches("button, summary, input, textarea, a")) return "";
                return e.ariaLabel || e.innerText || e.closest("label")?.innerText || "";
            }""")
        )

    def tab_to(words: str, *, most: int = 120) -> None:
        for _step in range(most):
            if words in here():
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to {words!r}")

    page.get_by_text("Groepjes laten voorstellen").wait_for()
    page.wait_for_timeout(1_500)
    tab_to("Groepjes laten voorstellen")
    page.keyboard.press("Enter")
    tab_to("Stel groepjes voor")
    page.keyboard.press("Enter")
    page.get_by_text("1 voorstel, het grootste eerst").wait_for()
    tab_to("Zo komt het op het scherm")
    page.keyboard.press("Control+a")
    page.keyboard.type("De tunnel is te donker")
    page.keyboard.press("Tab")
    tab_to("Zo donker bij de tunnel")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Voeg 2 kaartjes samen").wait_for()
    tab_to("Voeg 2 kaartjes samen")
    page.keyboard.press("Enter")
    page.get_by_text("Samengevoegd.").wait_for()
    store = open_store(f"sqlite:///{server.folder / 'koppelvlak.db'}")
    seen = see_console(store, made.facilitator, made.session_id)
    assert [i.text for i in seen.notes_released] == ["De tunnel is te donker"]
    assert {i.text for i in seen.notes_waiting} == {SAID[1], SAID[3]}

    page.locator("h1").click()
    tab_to("Maak het samenvoegen ongedaan")
    page.keyboard.press("Enter")
    page.get_by_text("Samengevoegd.").wait_for(state="hidden")
    seen = see_console(store, made.facilitator, made.session_id)
    assert {i.text for i in seen.notes_waiting} == set(SAID)
    store.close()
    assert violations(page) == []
    assert window.problems() == []
    window.close()
