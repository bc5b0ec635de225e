"""Uploads: nobody without a right to, limited in size and number, and never of unknown length."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from tests.room.test_headers import HOST, client
from workshop.room.frame.guards import UploadGuard


def put(browser: TestClient, body: bytes = b"abc", **headers: str) -> int:
    return browser.put("/_stcore/upload_file/s/f", content=body, headers={"origin": HOST, **headers}).status_code


def test_nobody_uploads_unless_somebody_says_so() -> None:
    assert put(client()) == 403


def test_uploads_are_limited_in_size_and_number_per_visitor() -> None:
    now = [0.0]

    async def who(found: Any) -> str | None:
        return found.get("kv_in")

    guard = UploadGuard(who, file_bytes=20_000, files=3, window_bytes=40_000, clock=lambda: now[0])
    browser = client(uploads=guard)
    anna, bert = {"cookie": "kv_in=anna"}, {"cookie": "kv_in=bert"}
    assert put(browser) == 403
    assert put(browser, b"x" * 30_000, **anna) == 413
    assert [put(browser, **anna) for _again in range(4)] == [204, 204, 204, 429]
    assert [put(browser, b"x" * 20_000, **bert) for _again in range(3)] == [204, 204, 429]
    now[0] = 601
    assert put(browser, **anna) == 204
    assert guard.busy == 0


def test_an_upload_of_unknown_length_is_refused() -> None:
    def chunks() -> Any:
        yield b"abc"

    browser = client(may_upload=lambda found: "anna")
    answer = browser.put("/_stcore/upload_file/s/f", content=chunks(), headers={"origin": HOST})
    assert answer.status_code == 411
