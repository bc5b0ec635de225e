"""Participants with a browser: one with fingers, one with nothing but a keyboard."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.e2e.window import Window

_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return "";
  const label = e.labels?.length ? e.labels[0].textContent : "";
  return (e.getAttribute("aria-label") || label || e.textContent || "").replace(/\\s+/g, " ").trim();
}"""


def _one_more(subject: str) -> re.Pattern[str]:
    """The name of the button that gives a subject one more dot; its number stands before the subject."""
    return re.compile(rf"Een stip erbij\b.*{re.escape(subject)}$")


class Phone:
    """A participant's page, used with fingers or a mouse."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.page: Any = window.page

    def join(self, code: str, group: str) -> None:
        """As after scanning the QR code: the page on which one chooses a group."""
        page = self.window.go(f"/m/{code}")
        page.get_by_text(group, exact=True).click()
        page.get_by_role("button", name="Doe mee").click()
        page.wait_for_url("**/zaal/*")

    @property
    def identity(self) -> str:
        """The cookie that makes this device the same participant all evening."""
        return next(c["value"] for c in self.window.context.cookies() if c["name"] == "kv_deel")

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible(timeout=20_000)

    def choose(self, *words: str) -> None:
        """Pick these answers by their words."""
        for each in words:
            self.page.locator("label").filter(has_text=each).first.click()

    def give_dot(self, subject: str, times: int = 1) -> None:
        for _time in range(times):
            self.page.get_by_role("button", name=_one_more(subject)).click()

    def write(self, form_key: str, text: str) -> None:
        """Type in the form with this key, without sending."""
        self.page.locator(f"#n-{form_key}-text").fill(text)

    def typed(self, form_key: str) -> str:
        return str(self.page.locator(f"#n-{form_key}-text").input_value())

    def send_note(self, form_key: str) -> None:
        self.page.locator(f"#n-{form_key}").get_by_role("button", name="Verstuur").click()
        self.sees("Verstuurd ✓")
        expect(self.page.locator(f"#n-{form_key}-text")).to_have_value("")

    def send(self) -> None:
        """Send the ballot and wait until the page says that it arrived."""
        self.page.locator("#stem").get_by_role("button", name="Verstuur").click()
        self.sees("Verstuurd ✓")

    def sent(self) -> dict[str, str]:
        """What the page reads back: question to answer."""
        return {
            term.inner_text(): term.locator("xpath=following-sibling::dd[1]").inner_text()
            for term in self.page.locator(".gestuurd dt").all()
        }

    def table(self, caption: str) -> list[list[str]]:
        """The rows of a table of the outcome, without its header."""
        table = self.page.locator("table").filter(has_text=caption)
        expect(table).to_be_visible()
        return [[cell.inner_text() for cell in row.locator("td").all()] for row in table.locator("tbody tr").all()]


class KeyboardPhone(Phone):
    """The same without a mouse: only keys are pressed in this class."""

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def focused(self) -> str:
        """The name of what has the focus."""
        return str(self.page.evaluate(_FOCUSED))

    def tab_to(self, name: str | re.Pattern[str]) -> None:
        """Press Tab until something whose name begins with this has the focus."""
        wanted = name if isinstance(name, re.Pattern) else re.compile(re.escape(name))
        for _step in range(120):
            self.press("Tab")
            if wanted.match(self.focused()):
                return
        raise AssertionError(f"Tab never reaches {name!r}; the focus is on {self.focused()!r}")

    def join(self, code: str, group: str) -> None:
        """At the door, by typing the code."""
        self.window.go("/")
        self.tab_to("Code")
        self.page.keyboard.type(code.lower().replace("-", " "))
        self.press("Enter")
        self.page.wait_for_url("**/mee")
        self.choose(group)
        self.tab_to("Doe mee")
        self.press("Enter")
        self.page.wait_for_url("**/zaal/*")

    def choose(self, *words: str) -> None:
        """Tab to a group of choices, and go down it with the arrow until the words are there."""
        for each in words:
            self._choose(each)

    def _choose(self, words: str) -> None:
        for _step in range(120):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.type") != "radio":
                continue
            seen = self.focused()
            self.press("Space")
            for _option in range(12):
                if words in self.focused():
                    return
                self.press("ArrowDown")
                if self.focused() == seen:
                    break
        raise AssertionError(f"no choice {words!r} with the keyboard")

    def give_dot(self, subject: str, times: int = 1) -> None:
        self.tab_to(_one_more(subject))
        for _time in range(times):
            self.press("Space")

    def write(self, form_key: str, text: str) -> None:
        for _step in range(120):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.id") == f"n-{form_key}-text":
                self.page.keyboard.type(text)
                return
        raise AssertionError("Tab never reaches the note")

    def tick(self, words: str) -> None:
        self.tab_to(words)
        self.press("Space")

    def send_note(self, form_key: str) -> None:
        self.tab_to("Verstuur")
        self.press("Enter")
        self.sees("Verstuurd ✓")

    def send(self) -> None:
        self.tab_to("Verstuur")
        self.press("Enter")
        self.sees("Verstuurd ✓")
