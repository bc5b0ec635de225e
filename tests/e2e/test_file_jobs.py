"""A report in a real browser: asked for with a button, followed by the page itself, fetched; and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.looking import looks_right
from tests.e2e.scenes.streamlit_page import drawn, open_tab
from tests.e2e.server import AppServer
from tests.e2e.test_console import BEFORE, signed_in
from tests.evening import Evening, plan_evening
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.store import open_store

LINK = re.compile(r"^Haal op: Rapport")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[AppServer, Evening, str]]:
    """The real program with a wijkplan, and the cookie of its owner."""
    folder = tmp_path_factory.mktemp("reports")
    store = open_store(f"sqlite:///{folder / 'koppelvlak.db'}")
    store.migrate()
    made = plan_evening(store)
    cookie = redeem_ticket(store, hand_out_ticket(store, made.facilitator.account_id, BEFORE), BEFORE)
    store.close()
    server = AppServer(folder)
    server.start()
    yield server, made, cookie
    server.stop()


def test_the_page_follows_a_report_by_itself_until_its_link_is_there(
    browser: Any, house: tuple[AppServer, Evening, str], tmp_path: Path
) -> None:
    server, evening, cookie = house
    desk = signed_in(browser, server, cookie)
    page = desk.go(f"/beleid?plan={evening.wijkplan_id}")
    drawn(page)
    open_tab(page, "Downloads")
    looks_right(page, "bestand-vragen")

    page.get_by_role("button", name="Maak: Rapport (Word)").click()

    # Nothing is pressed in between.
    expect(page.get_by_role("link", name=LINK)).to_be_visible(timeout=180_000)
    looks_right(page, "bestand-klaar")
    with page.expect_download() as started:
        page.get_by_role("link", name=LINK).click()
    started.value.save_as(tmp_path / "rapport.docx")
    assert started.value.suggested_filename.endswith(".docx")
    assert (tmp_path / "rapport.docx").read_bytes().startswith(b"PK")
    assert desk.problems() == []
    desk.close()


@pytest.mark.parametrize("has_script", [False, True])
def test_the_address_itself_leads_to_a_page_that_ends_with_the_link(
    browser: Any, house: tuple[AppServer, Evening, str], has_script: bool
) -> None:
    server, evening, cookie = house
    opened = signed_in(browser, server, cookie, java_script_enabled=has_script)

    page = opened.go(f"/download/{evening.wijkplan_id}/docx")

    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_role("status").get_by_role("link", name=LINK)).to_be_visible(timeout=180_000)
    if has_script:
        looks_right(page, "bestand-pagina")
    with page.expect_download() as started:
        page.get_by_role("link", name=LINK).click()
    assert started.value.suggested_filename.endswith(".docx")
    assert opened.problems() == []
    opened.close()
