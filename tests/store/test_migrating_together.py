"""Programs of two versions that start at the same moment on one PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable

import psycopg
import pytest
from sqlalchemy import text

from workshop.store import open_store
from workshop.store.migrate import _LOCK, to_head


def waits_for_the_lock(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    asked = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    return connection.execute(asked).fetchone() == (1,)


@pytest.mark.parametrize("is_newer", [True, False])
def test_who_waited_for_another_looks_again_at_what_that_one_made(
    new_postgres_url: Callable[[], str], is_newer: bool
) -> None:
    url = new_postgres_url()
    store = open_store(url)
    said: list[str] = []

    def start() -> None:
        try:
            to_head(store)
            said.append("started")
        except RuntimeError as refused:
            said.append(str(refused))

    program = threading.Thread(target=start)
    with psycopg.connect(url.replace("+psycopg", "")) as other:
        other.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")
        program.start()
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as watching:
            while not waits_for_the_lock(watching):
                program.join(0.05)
                assert program.is_alive()
        if is_newer:
            other.execute("UPDATE alembic_version SET version_num = '9999'")
    program.join(120)
    with store.read() as conn:
        version = conn.scalar(text("SELECT version_num FROM alembic_version"))
    store.close()
    refusal = (
        "Deze database is gemaakt door een nieuwere versie van het programma. "
        "Er is niets veranderd. Installeer de nieuwere versie, of zet een reservekopie terug."
    )
    assert said == [refusal if is_newer else "started"]
    assert (version == "9999") is is_newer
