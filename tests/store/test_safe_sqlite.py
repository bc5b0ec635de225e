"""Which SQLite is trusted with a write-ahead log, what every connection is set to, and which PostgreSQL is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from tests.actions.evening.test_an_evening import vote
from tests.evening import plan_evening
from tools.postgres import PostgresServer
from workshop.actions.evening import running
from workshop.store import Store, engine, open_store
from workshop.store.engine import is_safe_for_wal
from workshop.store.schema import metadata

#: The table of T41 in assurance: which versions have the WAL-reset fix.
VERSIONS = [
    ((3, 40, 1), False),
    ((3, 44, 5), False),
    ((3, 44, 6), True),
    ((3, 45, 0), False),
    ((3, 50, 6), False),
    ((3, 50, 7), True),
    ((3, 51, 0), False),
    ((3, 51, 2), False),
    ((3, 51, 3), True),
    ((3, 53, 4), True),
    ((4, 0, 0), True),
]


@pytest.mark.parametrize(("version", "is_safe"), VERSIONS)
def test_only_versions_with_the_fix_get_a_write_ahead_log(
    version: tuple[int, int, int], is_safe: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_safe_for_wal(version) is is_safe
    real = engine._sqlite_module()
    said = {**vars(real), "sqlite_version_info": version, "sqlite_version": ".".join(map(str, version))}
    monkeypatch.setattr(engine, "_sqlite_module", lambda: SimpleNamespace(**said))
    store = open_store(f"sqlite:///{tmp_path / 'v.db'}")
    with store.read() as conn:
        chosen = conn.scalar(text("PRAGMA journal_mode")), conn.scalar(text("PRAGMA synchronous"))
    store.close()
    # synchronous: 2 = FULL (enough with a WAL), 3 = EXTRA (also syncs the folder after the journal is unlinked).
    assert chosen == (("wal", 2) if is_safe else ("delete", 3))


def test_every_connection_is_set_for_safety(sqlite_store: Store) -> None:
    told: list[dict[str, object]] = []
    for opened in (sqlite_store.read, sqlite_store.write):
        with opened() as conn, opened() if opened is sqlite_store.read else sqlite_store.read() as other:
            for c in (conn, other):
                names = (
                    "journal_mode",
                    "synchronous",
                    "secure_delete",
                    "foreign_keys",
                    "trusted_schema",
                    "busy_timeout",
                )
                told.append({name: c.scalar(text(f"PRAGMA {name}")) for name in names})
    right = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": 5000,
    }
    assert told == [right] * 4


def test_the_sqlite_in_use_has_the_fix() -> None:
    assert is_safe_for_wal(tuple(engine._sqlite_module().sqlite_version_info))


def test_a_postgres_that_may_lose_an_acknowledged_vote_is_refused(
    postgres_server: PostgresServer, new_postgres_url: Callable[[], str]
) -> None:
    url = new_postgres_url()
    name = url.rsplit("/", 1)[1]
    postgres_server.run_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with pytest.raises(RuntimeError, match="synchronous_commit = off"):
        open_store(url)
    postgres_server.run_sql(f"ALTER DATABASE {name} SET synchronous_commit = on")
    open_store(url).close()


def test_room_in_the_log_is_there_before_the_next_vote_and_changes_nothing(sqlite_store: Store) -> None:
    path = Path(str(sqlite_store.engine.url.database))
    evening = plan_evening(sqlite_store)
    step = evening.step("commitment")
    evening.open_room()
    (token,) = evening.people(1)
    running.open_step(sqlite_store, evening.facilitator, step)
    vote(evening, step, token, stance=4, experience="good")
    running.stop_step(sqlite_store, evening.facilitator, step)
    assert path.with_name(f"{path.name}-wal").stat().st_size > 4_000_000
    before = path.read_bytes()
    sqlite_store.make_room_in_log()
    with sqlite_store.read() as conn:
        tables = set(conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
        assert conn.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    assert (path.read_bytes(), tables) == (before, {*metadata.tables, "alembic_version"})
