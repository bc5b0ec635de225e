"""Who has no business here gets the same answer as for what does not exist."""

from __future__ import annotations

import re
from typing import Any

import httpx

from tests.e2e.scenes.streamlit_page import drawn
from tests.e2e.window import Window

NOWHERE = "0123456789abcdef" * 2

PAGES = ("overzicht", "wijkplan", "voorbereiden", "bediening", "scherm", "beleid", "beheer", "account")


def refused_over_http(url: str, plan_id: str, session_id: str) -> None:
    """Rooms and downloads: status, headers that could tell and body are those of an address that leads nowhere."""
    with httpx.Client(base_url=url, headers={"origin": url}, trust_env=False, timeout=30) as stranger:

        def answer(method: str, path: str, **more: Any) -> tuple[int, str, str]:
            got = stranger.request(method, path, **more)
            return got.status_code, got.headers.get("content-type", ""), got.text

        for rest in ("", "/deel", "/stand"):
            known, unknown = answer("GET", f"/zaal/{session_id}{rest}"), answer("GET", f"/zaal/{NOWHERE}{rest}")
            assert known == unknown and known[0] == 404, rest
        for rest in ("/stem", "/notitie"):
            sent = {"data": {"round": "x", "text": "x"}}
            known = answer("POST", f"/zaal/{session_id}{rest}", **sent)
            assert known == answer("POST", f"/zaal/{NOWHERE}{rest}", **sent) and known[0] == 404, rest
        for kind in ("docx", "xlsx", "csv", "json"):
            known = answer("GET", f"/download/{plan_id}/{kind}")
            assert known == answer("GET", f"/download/{NOWHERE}/{kind}") and known[0] == 404, kind


def pages_seen(window: Window, addresses: tuple[str, ...], plan_id: str, session_id: str) -> dict[str, str]:
    """What each page says to somebody, with these ids in the address."""
    return {address: _words_of(window, f"/{address}?plan={plan_id}&sessie={session_id}") for address in addresses}


def _words_of(window: Window, path: str) -> str:
    page = window.go(path)
    page.locator("[data-testid=stMain] h1, [data-testid=stMain] [data-testid=stAlert]").first.wait_for()
    drawn(page)
    said, again = "", _said(page)
    while said != again:  # a form that is still being put in says less
        page.wait_for_timeout(700)
        said, again = again, _said(page)
    return said


def _said(page: Any) -> str:
    return re.sub(r"\s+", " ", page.locator("[data-testid=stMain]").inner_text()).strip()
