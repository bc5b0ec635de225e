"""How a hand works on one of the staff pages: waits until the page has drawn, presses, types, looks."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

DRAWN = "[data-testid=stApp][data-test-script-state=notRunning]"

# Pictures come a moment after the page and push down what stands below them: a hand waits for that too.
_STILL = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  if (!main || document.querySelector("[data-testid=stSkeleton]")) return false;
  const box = main.firstElementChild.getBoundingClientRect(), now = Date.now();
  const size = `${main.scrollHeight} ${box.width} ${box.height}`;
  if (window.kvSize !== size) { window.kvSize = size; window.kvSince = now; }
  return now - window.kvSince > 400;
}"""


def drawn(page: Any) -> None:
    """Wait until the script behind the page has run to its end."""
    page.locator(DRAWN).wait_for(state="attached", timeout=30_000)


def still(page: Any) -> None:
    """Wait until the page has drawn and nothing on it moves any more."""
    drawn(page)
    page.wait_for_function(_STILL)


def press(page: Any, label: str) -> None:
    """Press the button that begins with these words; its shortcut may stand behind them."""
    still(page)
    page.get_by_role("button", name=begins_with(label)).first.click()
    drawn(page)


def type_in(page: Any, label: str, text: str) -> None:
    """Fill in a field outside a form and confirm it."""
    field = page.get_by_role("textbox", name=label).first
    field.fill(text)
    field.press("Enter")
    drawn(page)


def pick(page: Any, label: str, *choices: str) -> None:
    """Choose in a list that one types in; several for a list that takes several."""
    box = page.get_by_role("combobox", name=re.compile(re.escape(label))).first
    for choice in choices:
        drawn(page)
        box.click()
        box.fill(choice)
        option = page.get_by_role("option", name=re.compile(re.escape(choice))).first
        expect(option).to_be_visible()
        if box.get_attribute("aria-activedescendant") != option.get_attribute("id"):
            box.press("ArrowDown")
        box.press("Enter")
        drawn(page)
    if len(choices) > 1:
        page.keyboard.press("Escape")
    else:
        expect(box).to_have_value(re.compile(re.escape(choices[0])))


def open_tab(page: Any, label: str) -> None:
    """One of the parts of a page, chosen in the bar above it."""
    page.get_by_role("radio", name=label).or_(page.get_by_role("button", name=label, exact=True)).first.click()
    drawn(page)


def begins_with(words: str) -> re.Pattern[str]:
    return re.compile("^" + re.escape(words))


def shows(page: Any, text: str | re.Pattern[str]) -> None:
    """Wait until these words can be seen."""
    expect(page.get_by_text(text).first).to_be_visible(timeout=20_000)
