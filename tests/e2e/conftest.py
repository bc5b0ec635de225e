"""The real program on an address of this machine that is not loopback, and a real Chromium to look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.e2e.server import AppServer
from tests.e2e.window import keep

# Not how fast it is, only that it comes: Playwright's own five seconds are short on a busy machine.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="module")
def app_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """The program as `make run` starts it, over an empty database of its own."""
    server = AppServer(tmp_path_factory.mktemp("koppelvlak"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Any]:
    """Chromium. Per module, because two at once do not go together in Playwright's synchronous form."""
    # --no-sandbox: tests may run as root. The other two keep the browser from talking to anybody but us.
    flags = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium_path, args=flags)
        yield found
        # What is still open after a failure is worth a look; a test that ends well closes its windows.
        for number, page in enumerate(page for context in found.contexts for page in context.pages):
            keep(page, f"open-gebleven-{number}")
        found.close()


@pytest.fixture(scope="session")
def downloads_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a person's downloads land on disk."""
    return tmp_path_factory.mktemp("downloads")
