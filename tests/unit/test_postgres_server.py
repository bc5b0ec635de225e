"""The server the tests start for themselves is a real one: unprivileged, durable, gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tools.postgres import PostgresServer, bring


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with PostgresServer(bring()) as running:
        yield running


def asked(server: PostgresServer, question: str) -> str:
    with psycopg.connect(server.url("postgres").replace("+psycopg", "")) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row
    return str(row[0])


def test_it_writes_to_the_disk_before_it_answers(server: PostgresServer) -> None:
    assert [asked(server, f"SHOW {name}") for name in ("fsync", "synchronous_commit")] == ["on", "on"]


def test_a_wrong_password_does_not_get_in(server: PostgresServer) -> None:
    address = server.url("postgres").replace("+psycopg", "")
    secret = address.split(":")[2].split("@")[0]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address.replace(secret, "guess"))


def test_what_was_acknowledged_survives_a_killed_server(server: PostgresServer) -> None:
    server.run_sql("CREATE TABLE kept (n int)")
    server.run_sql("INSERT INTO kept VALUES (7)")
    server.kill()
    with pytest.raises(psycopg.OperationalError):
        asked(server, "SELECT n FROM kept")
    server.revive()
    assert asked(server, "SELECT n FROM kept") == "7"
