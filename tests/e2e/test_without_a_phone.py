"""Test page, table, cards, tablet and closing in a real browser: at 320 pixels, dark, with axe, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.server import AppServer
from tests.e2e.test_offline_phone import Hall, fill_in
from tests.e2e.window import Window, english, violations
from tests.evening import plan_evening
from workshop.actions.evening.sessions import translate_step
from workshop.actions.evening.tables import make_table_link
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.store import open_store

NARROW = {"width": 320, "height": 640}
BEFORE = "x" * 43
_VOICE = """
window.spoken = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "nl-NL" }, { lang: "tr-TR" }],
  cancel: () => {},
  speak: (said) => window.spoken.push([said.lang, said.text]),
} });
"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("zaal")
    store = open_store(f"sqlite:///{folder / 'koppelvlak.db'}")
    store.migrate()
    evening = plan_evening(store)
    evening.step("commitment", title="Begin")
    evening.open_room()
    server = AppServer(folder)
    server.start()
    yield Hall(server, evening)
    server.stop()
    store.close()


def is_in_order(window: Window, *, names: tuple[str, ...] = ()) -> None:
    page = window.page
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert violations(page) == []
    assert english(page, names) == []
    assert window.problems() == []


def table(browser: Any, hall: Hall, **context: Any) -> Window:
    secret = make_table_link(hall.store, hall.evening.facilitator, hall.evening.session_id, "Tafel 1")
    window = Window(browser, hall.server.url, **{"viewport": NARROW, **context})
    window.go(f"/tafel/{secret}")
    return window


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_sees_its_lines_turn_green_and_staff_see_the_phone(browser: Any, hall: Hall, scheme: str) -> None:
    phone = Window(browser, hall.server.url, viewport=NARROW, color_scheme=scheme)
    page = phone.go("/test")
    page.get_by_text("Nieuwe onderdelen komen vanzelf op de telefoon.").first.wait_for()
    assert page.locator(".status.ok").count() == 3 and page.locator("[data-lijn=klok]").is_hidden()
    is_in_order(phone)
    desk = Window(browser, hall.server.url, viewport=NARROW, color_scheme=scheme)
    cookie = redeem_ticket(hall.store, hand_out_ticket(hall.store, hall.evening.facilitator.account_id, BEFORE), BEFORE)
    desk.context.add_cookies([{"name": "kv_in", "value": cookie, "url": hall.server.url}])
    desk.go("/test").get_by_role("cell", name="✓ werkt").first.wait_for()
    is_in_order(desk)
    phone.close()
    desk.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_table_follows_the_room_and_enters_a_card_by_keyboard(browser: Any, hall: Hall, scheme: str) -> None:
    step = hall.open("commitment")
    helper = table(browser, hall, color_scheme=scheme)
    page = helper.page
    page.get_by_text("0 van de").wait_for()
    is_in_order(helper)
    page.get_by_role("link", name="Voer een kaart in").click()
    is_in_order(helper)
    fill_in(page)
    page.get_by_role("button", name="Voer deze kaart in").press("Enter")
    page.get_by_text("De kaart is ingevoerd.").wait_for()
    is_in_order(helper)
    page.get_by_role("link", name="Terug naar de tafel").click()
    page.get_by_text("1 van de").wait_for()
    hall.stop(step)
    helper.close()


def test_notes_come_to_the_table_by_themselves(browser: Any, hall: Hall) -> None:
    step = hall.open("environments")
    helper, phone = table(browser, hall), hall.phone(browser)
    page = phone.page
    page.locator("#n-finding textarea").fill("Donker bij de tunnel")
    page.locator("#n-finding input[name=environments]").first.check()
    page.locator("#n-finding input[name=tone]").last.check()
    page.locator("#n-finding button[type=submit]").last.click()
    helper.page.get_by_role("button", name="Donker bij de tunnel").first.click()
    page.locator("#eigen").wait_for()
    helper.page.get_by_text("Op het scherm (1)").wait_for()
    is_in_order(helper)
    hall.stop(step)
    helper.close()
    phone.close()


def test_the_next_person_at_the_tablet_finds_nothing_of_the_one_before(browser: Any, hall: Hall) -> None:
    step = hall.open("commitment")
    window = table(browser, hall)
    page = window.page
    page.get_by_text("Eén tablet voor meer mensen").click()
    page.get_by_role("button", name="Maak hier een gedeelde tablet van").click()
    for number in range(2):
        page.get_by_role("heading", name="Jouw beurt").wait_for()
        is_in_order(window)
        page.get_by_label("Bewoners").check()
        page.get_by_role("button", name="Begin", exact=True).click()
        page.locator("#stem").wait_for()
        assert page.locator("#stem input:checked").count() == 0
        page.get_by_role("button", name="Grootste letters").click()
        page.locator("form[data-notitie] textarea").first.fill("Geheim van de vorige")
        fill_in(page)
        page.locator("#stem button[type=submit]").click()
        page.get_by_role("heading", name="Verstuurd").wait_for()
        page.get_by_role("button", name="Volgende persoon").click()
        page.get_by_role("heading", name="Jouw beurt").wait_for()
        assert page.evaluate("localStorage.length") == 0
        for _press in range(3):
            page.go_back()
            page.wait_for_timeout(700)
            for left in ("Verstuurd", "Ik doe mee", "Geheim van de vorige"):
                assert left not in page.locator("body").inner_text()
            if "/tablet" not in page.url:
                break
        page.goto(f"{hall.server.url}/zaal/{hall.evening.session_id}/tablet")
        assert hall.done() == number + 1
    hall.stop(step)
    window.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cards_and_the_closing_page_are_in_order(browser: Any, hall: Hall, scheme: str) -> None:
    step = hall.open("commitment")
    translate_step(hall.store, hall.evening.facilitator, step, "ar", "أين نحن الآن؟")
    helper = table(browser, hall, color_scheme=scheme, viewport={"width": 1024, "height": 768})
    helper.go(f"/kaarten/{step}?aantal=4")
    is_in_order(helper)
    page = helper.page
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    helper.close()
    anybody = Window(browser, hall.server.url, viewport=NARROW, color_scheme=scheme)
    anybody.go(f"/zaal/{hall.evening.session_id}/afsluiting")
    is_in_order(anybody)
    anybody.close()
    hall.stop(step)


def test_letters_grow_and_the_question_is_read_aloud(browser: Any, hall: Hall) -> None:
    step = hall.open("commitment")
    for language, text in (("tr", "Neredeyiz?"), ("ar", "أين نحن الآن؟")):
        translate_step(hall.store, hall.evening.facilitator, step, language, text)
    phone = hall.phone(browser)
    page = phone.page
    page.add_init_script(_VOICE)
    page.reload()
    page.get_by_role("button", name="Lees voor").click()
    spoken = page.evaluate("spoken")
    assert spoken[:2] == [
        ["nl", page.locator("#deel h1").inner_text()],
        ["nl", page.locator("#deel .lead").first.inner_text()],
    ]
    assert ["tr", "Neredeyiz?"] in spoken and not [said for said in spoken if said[0] == "ar"]
    assert any("Ik doe mee" in text for _language, text in spoken)
    page.get_by_role("button", name="Stop met voorlezen").click()
    page.get_by_role("button", name="Lees voor").wait_for()
    size = "parseFloat(getComputedStyle(document.querySelector('#deel h1')).fontSize)"
    usual = page.evaluate(size)
    page.get_by_role("button", name="Grootste letters").click()
    assert page.evaluate(size) == pytest.approx(1.6 * usual)
    page.reload()
    assert page.evaluate(size) == pytest.approx(1.6 * usual)
    is_in_order(phone)
    hall.stop(step)
    phone.close()
