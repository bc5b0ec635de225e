"""The health route tells whether the database answers, which version and schema run, and nothing else."""

from __future__ import annotations

from pathlib import Path

from tests.room.hall import Hall
from workshop.version import VERSION

ROOT = Path(__file__).resolve().parents[2]


def test_it_says_ok_and_when_the_database_is_gone_it_says_so(sqlite_hall: Hall) -> None:
    well = sqlite_hall.server.get("/gezond")
    newest = max(path.name[:4] for path in (ROOT / "workshop/store/migrations/versions").glob("[0-9]*.py"))
    assert (well.status_code, well.text) == (200, f"ok\nversie {VERSION}\nschema {newest}")

    store = sqlite_hall.evening.store
    folder = Path(store.engine.url.database or "").parent
    store.engine.dispose()
    folder.rename(folder.with_name("gone"))
    try:
        ill = sqlite_hall.server.get("/gezond")
    finally:
        folder.with_name("gone").rename(folder)
    assert (ill.status_code, ill.text) == (503, f"fout\nversie {VERSION}")


def test_the_schema_it_tells_is_that_of_the_database_and_not_of_the_code(sqlite_hall: Hall) -> None:
    with sqlite_hall.evening.store.write() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
    assert sqlite_hall.server.get("/gezond").text.splitlines()[-1] == "schema 0003"
