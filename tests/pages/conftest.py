"""Pages run with the real store and gate; only the cookie of the connection is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.evening import Evening, plan_evening
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.cookies import SIGN_IN
from workshop.opening import keep_store
from workshop.store import Store
from workshop.ui.frame import doing, visitor

PAGES = Path(__file__).resolve().parents[2] / "pages"
Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def _as_slow_as_a_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test presses again sooner than anybody could; ``test_acting`` sets the clock, and has this back."""
    monkeypatch.setattr(doing, "ONE_PRESS", timedelta(0))


@pytest.fixture
def house(sqlite_store: Store) -> Iterator[Store]:
    """The store of this test as the store of the process."""
    keep_store(sqlite_store)
    yield sqlite_store
    keep_store(None)


@pytest.fixture
def evening(house: Store) -> Evening:
    return plan_evening(house)


@pytest.fixture
def open_page(house: Store, monkeypatch: pytest.MonkeyPatch) -> Open:
    """``open_page("begeleider/bediening.py", account_id, plan=…, sessie=…)``: the page as this account sees it."""

    def open_it(script: str, account_id: str | None, **query: str) -> AppTest:
        token = None
        if account_id is not None:
            before = "x" * 43
            token = redeem_ticket(house, hand_out_ticket(house, account_id, before), before)
        monkeypatch.setattr(visitor, "cookie", lambda name: token if name == SIGN_IN else None)
        page = AppTest.from_file(str(PAGES / script), default_timeout=120)
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return open_it
