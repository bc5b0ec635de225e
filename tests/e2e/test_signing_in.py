"""From an empty machine to a wijkplan: the set-up link, the first administrator, signing in, Baarn, signing out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from workshop.version import VERSION

ROOT = Path(__file__).resolve().parents[2]
PORT = os.environ.get("KOPPELVLAK_TEST_PORT", "8952")
PASSWORD = "een lange zin met bomen"
SHOTS = ROOT / "var" / "evening" / "signing_in"


class House:
    """The program as ``make run`` starts it, on the address that phones would use."""

    def __init__(self, folder: Path) -> None:
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        environment |= {"PORT": PORT, "KOPPELVLAK_VAR": str(folder / "var"), "HOST": ""}
        self.log = folder / "console.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "workshop.start"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        self.link = self._said(r"/begin/\S+")
        lan = re.search(r"Voor telefoons:\s+(\S+)", self.log.read_text())
        self.url = lan.group(1) if lan else f"http://localhost:{PORT}"
        for _try in range(100):
            try:
                urllib.request.urlopen(f"{self.url}/privacy", timeout=5).close()
                return
            except OSError:
                time.sleep(0.3)
        raise AssertionError(self.log.read_text())

    def _said(self, pattern: str) -> str:
        for _try in range(200):
            found = re.search(pattern, self.log.read_text())
            if found:
                return found.group(0)
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("signing_in"))
    yield house
    house.stop()


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path,
            args=["--no-sandbox", "--disable-quic", "--disable-background-networking"],
        )
        yield browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
        browser.close()


def look(page: Page, name: str) -> None:
    """Keep a picture, and let axe find nothing wrong."""
    page.wait_for_timeout(600)
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []


def sign_in(page: Page, password: str) -> None:
    page.get_by_role("textbox", name="Gebruikersnaam").fill("anna@voorbeeld.nl")
    page.get_by_role("textbox", name="Wachtwoord").fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()


def test_from_an_empty_machine_to_a_wijkplan_and_out_again(house: House, browser: BrowserContext) -> None:
    page = browser.new_page()

    # The first administrator, with a mistake on the way: what was typed stays.
    page.goto(house.url + house.link)
    page.fill("#display_name", "Anna de Wit")
    page.fill("#username", "anna@voorbeeld.nl")
    page.fill("#password", "te kort")
    page.fill("#again", "te kort")
    page.click("button[type=submit]")
    expect(page.locator("#password-fout")).to_contain_text("minstens 12 tekens")
    expect(page.locator("#username")).to_have_value("anna@voorbeeld.nl")
    look(page, "1-begin")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("button[type=submit]")
    expect(page.get_by_text("Het account is gemaakt. Log nu in.")).to_be_visible(timeout=30_000)
    look(page, "2-inloggen")

    # A wrong password, then the right one: our own HttpOnly cookie and none of the package.
    sign_in(page, "fout")
    expect(page.get_by_text("Je gebruikersnaam of je wachtwoord klopt niet.")).to_be_visible(timeout=15_000)
    sign_in(page, PASSWORD)
    expect(page.get_by_role("heading", name="Wijkplannen")).to_be_visible(timeout=15_000)
    kept = {cookie["name"]: (cookie["httpOnly"], cookie["sameSite"]) for cookie in browser.cookies()}
    assert kept == {"kv_in": (True, "Lax"), "_streamlit_xsrf": (False, "Lax")}
    assert page.evaluate("document.cookie").find("kv_in") == -1
    look(page, "3-leeg")

    # A wijkplan for two buurten of Baarn.
    page.get_by_role("button", name="Maak een wijkplan").click()
    page.get_by_role("textbox", name="Titel").fill("Samen voor *Baarn*")
    page.get_by_role("textbox", name="Gemeente (naam of code)").fill("baarn")
    page.keyboard.press("Enter")
    for typed, shown in (("Zandvoort", "Zandvoort (BU03080003)"), ("BU03080000", "Centrum (BU03080000)")):
        field = page.get_by_role("combobox", name=re.compile("Wijken en buurten"))
        field.click()
        field.press_sequentially(typed)
        page.get_by_role("option", name=shown).click()
        expect(page.get_by_text(shown).first).to_be_visible()
        page.keyboard.press("Escape")
    look(page, "4-nieuw")
    page.get_by_role("button", name="Maak het wijkplan").click()
    expect(page.get_by_role("heading", name="Samen voor *Baarn*")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("Baarn – Centrum, Zandvoort")).to_be_visible()
    expect(page).to_have_title("Het wijkplan – Baarn")
    look(page, "5-wijkplan")
    address = page.url

    page.get_by_role("button", name="Pas de afspraken aan").click()
    page.get_by_role("textbox", name="Ambitie").fill("Een wijk waar je **graag** thuiskomt")
    page.get_by_role("button", name="Bewaar de afspraken").click()
    expect(page.get_by_text("Een wijk waar je **graag** thuiskomt")).to_be_visible(timeout=15_000)
    look(page, "6-afspraken")

    # On a phone, and the administrator's pages.
    page.set_viewport_size({"width": 390, "height": 844})
    for number, place in enumerate(("overzicht", "beheer", "account"), 7):
        page.goto(f"{house.url}/{place}")
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=15_000)
        look(page, f"{number}-{place}-390")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})

    # Out: in this tab and in another that is still open, and the old cookie is worth nothing.
    other = browser.new_page()
    other.goto(address)
    expect(other.get_by_role("heading", name="Samen voor *Baarn*")).to_be_visible(timeout=15_000)
    old = next(cookie for cookie in browser.cookies() if cookie["name"] == "kv_in")
    page.goto(f"{house.url}/overzicht")
    expect(page.get_by_text(f"Versie {VERSION}", exact=True)).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Log uit").click()
    expect(page.get_by_role("textbox", name="Gebruikersnaam")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("link", name="Privacy")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("Versie ")).to_have_count(0)
    other.get_by_text("Partners", exact=True).click()
    expect(other.get_by_role("textbox", name="Gebruikersnaam")).to_be_visible(timeout=15_000)
    browser.add_cookies([old])
    page.goto(address)
    expect(page.get_by_role("textbox", name="Gebruikersnaam")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("Samen voor")).to_have_count(0)

    # With that dead cookie still there, signing in works all the same, and goes on where this page was.
    sign_in(page, PASSWORD)
    expect(page.get_by_role("heading", name="Samen voor *Baarn*")).to_be_visible(timeout=15_000)
    assert page.url == address


def test_the_set_up_link_is_dead_once_there_is_an_administrator(house: House, browser: BrowserContext) -> None:
    page = browser.new_page()
    answer = page.goto(house.url + house.link)
    assert answer is not None and answer.status == 404
    expect(page.get_by_text("Deze link werkt niet meer.")).to_be_visible()


def test_a_second_program_on_the_same_database_says_what_to_do(house: House, tmp_path: Path) -> None:
    environment = {**os.environ, "PORT": str(int(PORT) + 1), "KOPPELVLAK_VAR": str(house.log.parent / "var")}
    environment.pop("DATABASE_URL", None)
    second = subprocess.run(
        [sys.executable, "-m", "workshop.start"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr.startswith("Koppelvlak start niet: Er draait al een Koppelvlak op deze database.")
