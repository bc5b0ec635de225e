"""The health route tells whether the database answers, and nothing else."""

from __future__ import annotations

from pathlib import Path

from tests.room.hall import Hall


def test_it_says_ok_and_when_the_database_is_gone_it_says_so(sqlite_hall: Hall) -> None:
    well = sqlite_hall.server.get("/gezond")
    assert (well.status_code, well.text) == (200, "ok")

    store = sqlite_hall.evening.store
    folder = Path(store.engine.url.database or "").parent
    store.engine.dispose()
    folder.rename(folder.with_name("gone"))
    try:
        ill = sqlite_hall.server.get("/gezond")
    finally:
        folder.with_name("gone").rename(folder)
    assert (ill.status_code, ill.text) == (503, "fout")
