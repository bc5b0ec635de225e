"""What a real browser finds on pages behind our middleware: no violation, no stranger, no English, no dead end."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python import sync_playwright as axe
from playwright import sync_api

ROOT = Path(__file__).resolve().parents[2]
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}

# Words that give English away; none of them is Dutch.
ENGLISH = re.compile(
    r"\b(the|and|your|to|of|is not|with|click|press|enter to|upload|show|hide|search for|close|clear|select(ed)?|"
    r"choose|loading|running|connecting|connection|error|help for|files?|browse|drag|drop|options|results|"
    r"available|column|row|next|previous|month|day|year|saturday|sunday|stars|skip|settings|rerun|password|copy|dismiss|"
    r"progress)\b",
    re.I,
)
ALL_WORDS = """() => {
  const found = new Set(), names = ["aria-label", "aria-valuetext", "title", "placeholder", "alt", "aria-description"];
  const skip = "script,style,noscript,[data-testid=stText],[data-testid=stIconMaterial],[aria-hidden=true]";
  const walker = document.createTreeWalker(document.body, 5);
  for (let node = document.body; node; node = walker.nextNode()) {
    if (node.nodeType === 3) { if (node.data.trim() && !node.parentElement.closest(skip)) found.add(node.data.trim()); }
    else for (const name of names) if (node.getAttribute(name)) found.add(node.getAttribute(name));
  }
  return [...found];
}"""


class Kitchen:
    """The kitchen server, started and stopped by the tests."""

    def __init__(self, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url, self.log = f"http://127.0.0.1:{self.port}", log

    def start(self) -> None:
        command = f"-m uvicorn tests.e2e.kitchen_app:app --port {self.port} --no-proxy-headers --ws websockets-sansio"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command.split()], cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
            )
        for _attempt in range(300):
            try:
                urllib.request.urlopen(self.url + "/_stcore/health", timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kitchen]:
    server = Kitchen(tmp_path_factory.mktemp("kitchen") / "log")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
    flags = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
    with sync_api.sync_playwright() as play:
        found = play.chromium.launch(executable_path=chromium, args=flags)
        yield found
        found.close()


class Visit:
    """One page, and everything the browser had to say about it."""

    def __init__(self, browser: Any, url: str, path: str = "/", **context: Any) -> None:
        usual = {"locale": "nl-NL", "viewport": {"width": 1280, "height": 4000}}
        self.context = browser.new_context(**{**usual, **context})
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.hosts: set[str] = set()
        self.frames: list[Any] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        self.page.on("websocket", lambda ws: ws.on("framesent", lambda frame: self.frames.append(frame)))
        self.page.goto(url + path)
        if path == "/":
            self.page.get_by_text("Naar de uitleg").wait_for(timeout=60_000)
            self.page.locator(".js-plotly-plot .bars").first.wait_for(timeout=30_000)
            self.page.wait_for_timeout(1_500)

    def problems(self) -> list[str]:
        return [text for text in self.said if re.search("Content Security|Refused|violat|Uncaught", text)]

    def axe(self) -> list[tuple[str, list[str]]]:
        found = axe.Axe().run(self.page, options=WCAG).response["violations"]
        return [(finding["id"], [node["html"] for node in finding["nodes"]]) for finding in found]

    def english(self) -> list[str]:
        return sorted(text for text in self.page.evaluate(ALL_WORDS) if ENGLISH.search(text))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_element_works_under_the_policy_and_is_accessible(kitchen: Kitchen, browser: Any, scheme: str) -> None:
    visit = Visit(browser, kitchen.url, color_scheme=scheme)
    page = visit.page
    page.get_by_role("button", name="Zeg hallo").click()
    page.get_by_text("gehoord").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download de tabel").click()
    assert Path(download.value.path()).read_text().startswith("Groep,Stemmen")
    page.locator("input[type=file]").set_input_files({"name": "x.csv", "mimeType": "text/csv", "buffer": b"a,b"})
    page.get_by_label("x.csv weghalen").wait_for()
    page.wait_for_timeout(500)
    assert visit.problems() == []
    assert visit.axe() == []
    assert visit.hosts == {f"127.0.0.1:{kitchen.port}"}
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert page.evaluate("document.fonts.check('700 16px \"Public Sans\"')")
    visit.context.close()


def test_a_deep_link_gets_the_same_page(kitchen: Kitchen, browser: Any) -> None:
    visit = Visit(browser, kitchen.url, "/keuken?x=1")
    visit.page.wait_for_function("document.title !== ''")
    assert visit.page.evaluate("document.documentElement.lang") == "nl"
    assert visit.page.locator("script[src*='nl.js']").count() == 1
    assert visit.problems() == []
    visit.context.close()


def test_no_letter_outside_a_field_does_anything(kitchen: Kitchen, browser: Any) -> None:
    visit = Visit(browser, kitchen.url)
    visit.page.mouse.click(1200, 20)
    before = len(visit.frames)
    for letter in "abcdefghijklmnopqrstuvwxyzRC":
        visit.page.keyboard.press(letter)
    visit.page.wait_for_timeout(600)
    assert len(visit.frames) == before
    field = visit.page.get_by_role("textbox", name="Naam van de wijk")
    field.press_sequentially("crc")
    assert field.input_value() == "crc"
    visit.context.close()


def test_no_english_is_left_in_any_state_we_can_reach(kitchen: Kitchen, browser: Any) -> None:
    visit = Visit(browser, kitchen.url, locale="en-US")
    page = visit.page
    left: dict[str, list[str]] = {}

    def look(state: str) -> None:
        page.wait_for_timeout(600)
        left[state] = visit.english()

    look("first")
    page.get_by_role("textbox", name="Naam van de wijk").fill("abc")
    look("form")
    page.get_by_role("textbox", name="Uitleg").fill("abc")
    look("area")
    page.get_by_role("combobox", name="Gemeente").fill("zzz")
    look("nothing found")
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Groepen").click()
    look("list open")
    page.keyboard.press("Enter")
    look("list chosen")
    page.keyboard.press("Escape")
    page.locator("[data-testid=stDateInput] button").first.click()
    look("calendar")
    page.keyboard.press("Escape")
    for name, kind, size in (("x.exe", "x/y", 3), ("groot.csv", "text/csv", 11_000_000)):
        page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": b"a" * size})
        look(name)
    page.locator("[data-testid=stDataFrame]").first.hover()
    page.get_by_label("Kolommen: Stemmen per groep").click()
    look("columns")
    page.keyboard.press("Escape")
    page.get_by_label("Zoeken: Stemmen per groep").click()
    look("search")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Dialoog").click()
    page.get_by_text("Dit kun je niet ongedaan maken.").wait_for()
    look("dialog")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Traag").click()
    page.wait_for_timeout(1_500)
    look("running")
    page.get_by_role("button", name="Maak stuk").click()
    page.get_by_text("Geef dan dit nummer door").wait_for()
    look("fault")
    kitchen.stop()
    try:
        page.get_by_text("Geen verbinding").first.wait_for()
        look("offline")
    finally:
        kitchen.start()
    assert {state: words for state, words in left.items() if words} == {}
    visit.context.close()


def test_a_fault_shows_a_number_and_neither_page_nor_log_repeats_its_words(kitchen: Kitchen, browser: Any) -> None:
    visit = Visit(browser, kitchen.url)
    visit.page.get_by_role("button", name="Maak stuk").click()
    sentence = visit.page.get_by_text("Geef dan dit nummer door").inner_text()
    number = re.search(r"nummer door: ([2-9A-Z]{6})\.", sentence)
    assert number
    assert "RuntimeError" not in visit.page.content() and "111222333" not in visit.page.content()
    written = kitchen.log.read_text()
    assert f"fault {number[1]}: RuntimeError" in written and "kitchen_sink.py" in written
    assert "RuntimeError: geheim" not in written
    assert not re.search(r'"(GET|POST|PUT) |WebSocket /|127\.0\.0\.1:\d+ - ', written)
    visit.context.close()


def test_a_field_says_that_it_is_wrong_and_why_until_it_is_right(kitchen: Kitchen, browser: Any) -> None:
    visit = Visit(browser, kitchen.url)
    field = visit.page.get_by_role("textbox", name="Wachtwoord", exact=True)
    sync_api.expect(field).to_have_accessible_description("Kies een wachtwoord.")
    sync_api.expect(field).to_have_attribute("aria-invalid", "true")
    visit.page.get_by_text("Wachtwoord gekozen").click()
    sync_api.expect(field).not_to_have_attribute("aria-invalid", "true")
    sync_api.expect(field).to_have_accessible_description("")
    visit.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_rooms_own_page_fits_a_small_phone(kitchen: Kitchen, browser: Any, scheme: str) -> None:
    visit = Visit(browser, kitchen.url, "/kamer", color_scheme=scheme, viewport={"width": 320, "height": 640})
    assert visit.axe() == []
    assert visit.problems() == []
    assert visit.hosts == {f"127.0.0.1:{kitchen.port}"}
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 320
    small = visit.page.evaluate(
        """() => [...document.querySelectorAll("button,.choice,.scale label,input:not([type=radio],[type=checkbox])")]
        .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, box]) => box.height < 44 || box.width < 44).map(([text]) => text)"""
    )
    assert small == []
    visit.context.close()


def test_a_plain_form_without_javascript_keeps_its_origin(kitchen: Kitchen, browser: Any) -> None:
    visit = Visit(browser, kitchen.url, "/kamer", java_script_enabled=False)
    visit.page.get_by_role("button", name="Verstuur").click()
    visit.page.get_by_text(f"ontvangen van {kitchen.url}").wait_for()
    visit.context.close()


@pytest.mark.parametrize("path", ["/", "/kamer"])
def test_focus_is_visible_in_forced_colours(kitchen: Kitchen, browser: Any, path: str) -> None:
    visit = Visit(browser, kitchen.url, path, forced_colors="active")
    for _stop in range(4):
        visit.page.keyboard.press("Tab")
    style = visit.page.evaluate(
        "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]; })()"
    )
    assert style == ["solid", "3px"]
    visit.context.close()
