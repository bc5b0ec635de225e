"""What a facilitator does: plan a session, run it from the console, and see the wall follow."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.e2e.scenes.streamlit_page import begins_with, drawn, open_tab, pick, press, shows, still
from tests.e2e.window import Window


def plan_session(window: Window, plan_id: str, title: str, place: str) -> str:
    """A new session in the wijkplan; returns its id."""
    page = window.go(f"/voorbereiden?plan={plan_id}")
    page.get_by_role("textbox", name="Naam", exact=True).fill(title)
    page.get_by_role("textbox", name="Plaats").fill(place)
    press(page, "Plan deze bijeenkomst")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    found = re.search(r"sessie=([0-9a-f]{32})", page.url)
    assert found, page.url
    return found[1]


def add_to_script(window: Window, werkvorm: str) -> None:
    page = window.page
    pick(page, "Werkvorm", werkvorm)
    press(page, "Voeg toe aan het programma")
    expect(page.locator("summary").filter(has_text=werkvorm)).to_have_count(1)


class Console:
    """The facilitator's console in a window of its own."""

    def __init__(self, window: Window, plan_id: str, session_id: str) -> None:
        self.window = window
        self.page: Any = window.go(f"/bediening?plan={plan_id}&sessie={session_id}")
        drawn(self.page)
        expect(self.page.get_by_role("heading", name="Draaiboek", exact=True).first).to_be_visible()

    def next(self, label: str) -> None:
        """The one obvious next thing, which must be this."""
        still(self.page)
        self._button(label).click()
        still(self.page)
        expect(self._button(label)).to_have_count(0)

    def offers(self, label: str) -> None:
        """Wait until this is the next thing."""
        expect(self._button(label)).to_be_visible()

    def again(self) -> None:
        press(self.page, "Nog een ronde")
        press(self.page, "Ja, nog een ronde")

    def clicker(self, key: str) -> None:
        """PageDown or PageUp of a presentation clicker."""
        # Out of any field first: while somebody types, a clicker does nothing.
        self.page.get_by_role("heading", name="Draaiboek", exact=True).first.click()
        self.page.keyboard.press(key)

    def put_on_wall(self, label: str) -> None:
        press(self.page, "Zet iets anders op het scherm")
        self._button(label).click()
        self.page.keyboard.press("Escape")
        drawn(self.page)

    def press(self, label: str) -> None:
        press(self.page, label)

    def counts(self, text: str) -> None:
        """Wait until the console counts this, such as “9 van 12 klaar”."""
        shows(self.page, text)

    # -- the worksheet -----------------------------------------------------------------------------------------------

    def desk(self, name: str) -> None:
        still(self.page)
        open_tab(self.page, name)
        still(self.page)

    def release(self, *texts: str) -> None:
        """Show these notes, one by one, from what asks attention."""
        for text in texts:
            card = self.page.locator("[data-testid=stVerticalBlock]").filter(has_text=text)
            card.last.locator("xpath=.").get_by_role("button", name="Laat zien", exact=True).first.click()
            expect(self.page.get_by_role("button", name="Laat zien", exact=True).first).to_be_visible()
            drawn(self.page)

    def release_all(self, n: int) -> None:
        """Show everything that waits and needs no care."""
        press(self.page, f"Laat alle {n} zien")
        expect(self._button(f"Laat alle {n} zien")).to_have_count(0)

    def blacken(self, note: str, word: str) -> None:
        self.desk("Kaartjes")
        self.page.locator("summary").filter(has_text="Woorden zwart maken").click()
        pick(self.page, "Kaartje", note)
        pill = self.page.get_by_role("button", name=word, exact=True)
        pill.or_(self.page.get_by_role("checkbox", name=word, exact=True)).first.click()
        drawn(self.page)
        press(self.page, "Maak zwart")

    def write_conclusion(self, text: str) -> None:
        self.desk("Kaartjes")
        self.page.locator("summary").filter(has_text="Zelf iets opschrijven").click()
        self.page.get_by_role("textbox", name="Tekst").fill(text)
        press(self.page, "Zet op het scherm bij de kaartjes")
        expect(self.page.get_by_test_id("stText").filter(has_text=text).first).to_be_visible()

    def enter_paper(self, group: str, *choices: str) -> None:
        """Type over one card: the group, and the words chosen on it."""
        self.desk("Op papier")
        pick(self.page, "Groep", group)
        for choice in choices:
            self.page.get_by_text(choice, exact=True).last.click()
        press(self.page, "Voeg deze kaart toe")
        shows(self.page, "1 kaart ingevoerd")

    def settle(self, step: str, going: list[str], rest: str) -> None:
        """Of this step: tick what goes on, one reason for the remainder."""
        self.desk("Afronden")
        pick(self.page, "Onderdeel", step)
        still(self.page)
        for text in going:
            self.page.get_by_test_id("stCheckbox").filter(has_text=text).locator("label").first.click()
        self.page.get_by_role("textbox", name="Eén reden voor alles wat blijft staan").fill(rest)
        press(self.page, "Bewaar deze keuze")
        shows(self.page, "Bewaard: ")

    def write_joint_task(self, text: str) -> None:
        self.desk("Gezamenlijke opgave")
        self.page.get_by_role("textbox", name="Onze gezamenlijke opgave").fill(text)
        press(self.page, "Schrijf op en laat zien")

    def close(self) -> None:
        press(self.page, "Sluit de bijeenkomst")
        press(self.page, "Ja, sluit de bijeenkomst")
        shows(self.page, "De bijeenkomst is afgelopen")

    def _button(self, label: str) -> Any:
        return self.page.get_by_role("button", name=begins_with(label))


class Wall:
    """The projector: a window of 1920 by 1080 without buttons."""

    def __init__(self, window: Window, plan_id: str, session_id: str) -> None:
        self.window = window
        self.page: Any = window.go(f"/scherm?plan={plan_id}&sessie={session_id}")
        drawn(self.page)

    def says(self, *texts: str | re.Pattern[str]) -> None:
        """Wait until all of this stands on the wall."""
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible(timeout=20_000)

    def does_not_say(self, text: str) -> None:
        expect(self.page.get_by_text(text)).to_have_count(0)

    def code(self) -> str:
        """The code as it stands large on the wall."""
        found = self.page.locator(".kv-wall .code")
        expect(found).to_be_visible()
        return str(found.inner_text())

    def notes(self) -> list[str]:
        """The notes on the wall, sorted."""
        shown = self.page.locator(".kv-wall .note").all()
        return sorted(note.inner_text().split("\n", 1)[0].strip() for note in shown)

    def is_dark(self) -> None:
        expect(self.page.locator(".kv-wall h1")).to_have_text("Het scherm is even donker")

    def clicker(self, key: str) -> None:
        self.page.keyboard.press(key)

    def changes_tone_while_open(self) -> None:
        """From light to dark and back: the picture goes along, in the colours of the environments."""
        for tone, social in (
            ("light", "rgb(11, 46, 102)"),
            ("dark", "rgb(68, 186, 250)"),
            ("light", "rgb(11, 46, 102)"),
        ):
            self.page.emulate_media(color_scheme=tone)
            line = self.page.locator(".scatterlayer path.js-line").first
            expect(line).to_have_css("stroke", social, timeout=20_000)

    def has_no_buttons(self) -> None:
        assert self.page.get_by_role("button").all() == []
