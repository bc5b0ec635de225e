"""The demo, made once for every test that looks at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workshop.demo import load_demo
from workshop.store import Store, open_store

#: A Sunday; the story of the demo was written for this day.
TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """A database with the demo in it, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "koppelvlak.db"
    shutil.copy(migrated_sqlite, path)
    store = open_store(f"sqlite:///{path}", clock=lambda: TODAY)
    load_demo(store)
    store.close()
    return path


@pytest.fixture
def demo_store(tmp_path: Path, demo_file: Path) -> Iterator[Store]:
    """A store with the demo in it, of which today is the day the story was written for."""
    path = tmp_path / "demo.db"
    shutil.copy(demo_file, path)
    store = open_store(f"sqlite:///{path}", clock=lambda: TODAY)
    yield store
    store.close()
