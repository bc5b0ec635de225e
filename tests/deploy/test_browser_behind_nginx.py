"""A real browser on https: signing in passes from process to process, and the page goes on when its process dies."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright

from tests.deploy.proxy import SERVED_BY, Nginx, Process
from workshop.actions.people.setting_up import set_up_link_token
from workshop.store import open_store

pytestmark = pytest.mark.slow

PASSWORD = "een lange zin met bomen"


@pytest.fixture
def browser(chromium_path: str) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium_path, args=["--no-sandbox", "--disable-quic", "--disable-background-networking"]
        )
        yield opened.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL", ignore_https_errors=True)
        opened.close()


def test_an_administrator_signs_in_over_https_and_outlives_a_process(
    behind_nginx: tuple[Nginx, list[Process]], an_empty_postgres: str, browser: BrowserContext
) -> None:
    nginx, processes = behind_nginx
    store = open_store(an_empty_postgres)
    link = set_up_link_token(store)
    store.close()
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    homes: set[str] = set()

    def heard(answer: object) -> None:
        if "/_stcore/" in answer.url:  # type: ignore[attr-defined]
            homes.add(answer.headers[SERVED_BY])  # type: ignore[attr-defined]

    page.on("response", heard)

    page.goto(f"{nginx.base}/begin/{link}")
    page.fill("#display_name", "Anna de Wit")
    page.fill("#username", "anna@voorbeeld.nl")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("button[type=submit]")
    expect(page.get_by_text("Het account is gemaakt. Log nu in.")).to_be_visible(timeout=60_000)
    page.get_by_role("textbox", name="Gebruikersnaam").fill("anna@voorbeeld.nl")
    page.get_by_role("textbox", name="Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", name="Wijkplannen")).to_be_visible(timeout=30_000)

    kept = {cookie["name"]: (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) for cookie in browser.cookies()}
    # Streamlit's own cookie against forged forms is read by its script, so it cannot be HttpOnly.
    assert kept.pop("_streamlit_xsrf")[1:] == (False, "Lax")
    assert kept == {"__Host-kv_in": (True, True, "Lax"), "kv_route": (True, True, "Lax")}
    assert len(homes) == 1

    # Its process dies; the page finds the other by itself, still signed in, and its buttons work.
    lost = next(process for process in processes if process.address in homes)
    lost.kill()
    page.get_by_role("button", name="Maak een wijkplan").click(timeout=30_000)
    expect(page.get_by_role("textbox", name="Titel")).to_be_visible(timeout=30_000)
    assert [line for line in said if re.search("Content Security Policy|Mixed Content", line)] == []
