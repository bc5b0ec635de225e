"""A small phone without JavaScript does the whole evening: forms, a page in answer, and a button to look again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.actions.evening.test_an_evening import dots as give_dots
from tests.actions.evening.test_an_evening import vote
from tests.e2e.scenes.phones import Phone
from tests.e2e.window import Window, keep, violations
from tests.evening import Evening, plan_evening
from tests.replay.serving import served
from workshop.actions.evening import notes, running, sessions
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store


@pytest.fixture
def phone(browser: Any, sqlite_store: Store) -> Iterator[tuple[Phone, Evening]]:
    """320 px wide, JavaScript off, and an evening it can join."""
    evening = plan_evening(sqlite_store)
    with served(sqlite_store) as origin:
        window = Window(browser, origin, java_script_enabled=False, viewport={"width": 320, "height": 640})
        yield Phone(window), evening
        window.close()


def fits(page: Any, name: str) -> None:
    """Nothing sticks out sideways, and the screen is accessible."""
    assert page.evaluate("document.documentElement.scrollWidth") == 320, name
    keep(page, f"zonder-javascript-{name}", whole=True)


def look_again(page: Any) -> None:
    page.get_by_role("link", name="Vernieuw").click()


def test_a_small_phone_without_javascript_does_the_evening(phone: tuple[Phone, Evening]) -> None:
    device, evening = phone
    page, store, facilitator = device.page, evening.store, evening.facilitator
    baseline, mapping, dots = (evening.step(key) for key in ("commitment", "environments", "risk_dots"))
    risk = notes.add_item(store, facilitator, evening.wijkplan_id, kind=ItemKind.RISK, written=Written("Hard rijden"))
    sessions.put_item_on_step(store, facilitator, dots, risk)
    evening.open_room()
    others = evening.people(5)  # with them there are enough to tell an outcome

    device.window.go("/")
    page.get_by_label("Code", exact=True).fill(evening.code)
    page.get_by_role("button", name="Ga naar binnen").click()
    fits(page, "groep")
    page.get_by_text("Bewoners", exact=True).click()
    page.get_by_role("button", name="Doe mee").click()

    running.open_step(store, facilitator, baseline)
    look_again(page)
    fits(page, "nulmeting")
    device.choose("Ik doe mee", "Goed")
    device.send()
    assert device.sent() == {
        "Doe jij mee met een plan voor deze wijk?": "4. Ik doe mee",
        "Wat is je ervaring met eerdere beloftes in de wijk?": "Goed",
    }
    page.get_by_role("link", name="Wijzig").click()
    device.choose("Ik help trekken")
    device.send()
    for token in others:
        vote(evening, baseline, token, stance=4, experience="good")
    evening.run(baseline)
    look_again(page)
    assert device.table("Waar staan we nu") == [
        [who, "0", "0", "0", "5", "1", "6"] for who in ("Iedereen samen", "Bewoners")
    ]
    fits(page, "uitslag")

    running.open_step(store, facilitator, mapping)
    look_again(page)
    device.write("finding", "Bel mij op 06-12345678")
    device.choose("straat en gebouwen", "gaat niet goed")
    page.locator("#n-finding").get_by_role("button", name="Verstuur", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert device.typed("finding") == "Bel mij op 06-12345678"
    fits(page, "waarschuwing")
    device.write("finding", "Donker bij het speelveld")
    page.locator("#n-finding").get_by_role("button", name="Verstuur", exact=True).click()
    device.sees("Donker bij het speelveld")
    evening.run(mapping)

    running.open_step(store, facilitator, dots)
    look_again(page)
    page.get_by_role("spinbutton").first.fill("9")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("alert")).to_contain_text("Je mag hoogstens 3 stippen op één onderwerp zetten.")
    fits(page, "te-veel-stippen")
    page.get_by_role("spinbutton").first.fill("3")
    device.send()
    for token in others:
        give_dots(evening, dots, token, {risk: 3})
    evening.run(dots)
    look_again(page)
    assert device.table("Stippen per onderwerp") == [["1", "Hard rijden", "18", "6"]]
    assert violations_with_script(device) == []


def violations_with_script(device: Phone) -> list[tuple[str, list[str]]]:
    """The same page in a browser that can run the checker."""
    twin = Window(device.window.browser, device.window.url, viewport={"width": 320, "height": 640})
    twin.context.add_cookies(device.window.context.cookies())
    twin.page.goto(device.page.url)
    found = violations(twin.page)
    twin.close()
    return found
