"""The room's tests run on a real server over both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.room.hall import Hall, hall
from workshop.store import Store


@pytest.fixture
def the_hall(store: Store) -> Iterator[Hall]:
    """An open room on each back end."""
    with hall(store) as opened:
        yield opened


@pytest.fixture
def sqlite_hall(sqlite_store: Store) -> Iterator[Hall]:
    """An open room on SQLite, for what does not depend on the database."""
    with hall(sqlite_store) as opened:
        yield opened
