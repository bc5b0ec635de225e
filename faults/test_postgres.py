"""F15 to F17: PostgreSQL is killed, stopped for a minute, and cut off from the program."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from faults.burst import Burst, Nursery, Voter, close_and_judge, connect, stored
from faults.hall import Hall, hall, plan_open_evening
from faults.history import History, acknowledged, read, verdict
from faults.server import Server
from faults.test_program import run, told_in_dutch
from faults.wire import Wire
from tools import postgres
from workshop.store import open_store


@pytest.fixture
def own_postgres() -> Iterator[postgres.PostgresServer]:
    """A PostgreSQL that this test may kill."""
    with postgres.PostgresServer(postgres.bring()) as server:
        server.run_sql("CREATE DATABASE hall")
        store = open_store(server.url("hall"))
        store.migrate()
        store.close()
        yield server


async def through(
    h: Hall, server: Server, *, fault: Callable[[], object], seconds: float, cure: Callable[[], object]
) -> float:
    """Vote, break, wait, mend; returns how long after mending the first vote got in. Judges the whole history."""
    h.go(pause=0.3)
    await asyncio.sleep(1)
    await asyncio.to_thread(fault)
    await asyncio.sleep(seconds)
    await asyncio.to_thread(cure)
    loop = asyncio.get_running_loop()
    began, before = loop.time(), h.acknowledged
    while h.acknowledged == before:
        await asyncio.sleep(0.05)
        assert loop.time() - began < 30
    back = loop.time() - began
    await asyncio.sleep(1.5)
    await h.quiet()
    assert await h.last_word() == []
    refused = [r for p in h.phones for r in p.refusals]
    assert all(told_in_dutch(r) for r in refused), {r.status: r.body[:200] for r in refused if not told_in_dutch(r)}
    assert server.is_running
    assert h.judge() == []
    return back


def story(name: str, h: Hall, back: float) -> None:
    told = sum(len(p.refusals) for p in h.phones)
    print(
        f"{name}: {h.acknowledged} acknowledged, {told} refused, slowest {max(h.times):.1f} s, back after {back:.1f} s"
    )


def test_f15_postgres_and_one_of_its_backends_are_killed(own_postgres: postgres.PostgresServer, tmp_path: Path) -> None:
    url = own_postgres.url("hall")

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 60) as h:
            back = await through(h, server, fault=own_postgres.kill, seconds=2, cure=own_postgres.revive)
            story("F15 kill -9", h, back)
            assert back < 5

    with Server(url, tmp_path) as server:
        run(evening())


def test_f15_a_backend_of_postgres_is_killed(own_postgres: postgres.PostgresServer, tmp_path: Path) -> None:
    url = own_postgres.url("hall")

    def kill_one() -> None:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as conn:
            rows = conn.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = 'hall' AND pid <> pg_backend_pid() LIMIT 1"
            ).fetchall()
        os.kill(rows[0][0], signal.SIGKILL)

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 60) as h:
            back = await through(h, server, fault=kill_one, seconds=1, cure=lambda: None)
            story("F15 a backend", h, back)
            assert back < 5

    with Server(url, tmp_path) as server:
        run(evening())


@pytest.mark.parametrize("without", ["", "synchronous_commit"])
def test_f15_votes_acknowledged_a_moment_before_postgres_is_killed(
    own_postgres: postgres.PostgresServer, tmp_path: Path, without: str
) -> None:
    """And the twin: with synchronous_commit off an acknowledged vote is only in memory."""
    # The log writer would otherwise be in time for most of them.
    own_postgres.run_sql("ALTER SYSTEM SET wal_writer_delay = '10s'")
    own_postgres.run_sql("SELECT pg_reload_conf()")
    url = own_postgres.url("hall")
    evening, step_id = plan_open_evening(url)
    evening.people(60)
    history = History(tmp_path / "history.jsonl")
    nursery = Nursery()
    burst = Burst(evening, step_id, history, [Voter(t) for t in evening.tokens], random.Random(15))
    wrong: list[str] = []
    for _kill in range(5):
        process_id, path = nursery.start(url, without=without)
        connect(path).close()
        timer = threading.Timer(0.8, own_postgres.kill)
        timer.start()
        burst.run(path, votes=600)
        timer.join()
        os.kill(process_id, signal.SIGKILL)
        own_postgres.revive()
        evening.store.engine.dispose()
        rows = stored(evening.store, burst.round_id, evening.tokens)
        wrong += verdict(read(history.path), {burst.round_id: rows})
        if wrong:
            break
    print(f"F15 without {without or 'nothing'}: {acknowledged(read(history.path))} acknowledged, {len(wrong)} wrong")
    assert bool(wrong) == bool(without)
    if not without:
        assert close_and_judge(evening, step_id, history) == []
    history.close()
    nursery.close()
    evening.store.close()


def stop_fast(database: postgres.PostgresServer) -> None:
    assert database._process
    database._process.send_signal(signal.SIGINT)
    database._process.wait(30)


def test_f16_postgres_is_stopped_for_a_minute(own_postgres: postgres.PostgresServer, tmp_path: Path) -> None:
    url = own_postgres.url("hall")

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 60) as h:
            back = await through(h, server, fault=lambda: stop_fast(own_postgres), seconds=60, cure=own_postgres.revive)
            story("F16 60 s", h, back)
            assert back < 5 and max(h.times) <= 6.5
            page = await h.phones[0].ask("GET", f"/zaal/{h.evening.session_id}", json_wanted=False)
            assert page.status == 200

    with Server(url, tmp_path) as server:
        run(evening())


@pytest.mark.parametrize("state", ["cut", "one way"])
def test_f17_the_wire_to_the_database_breaks_for_half_a_minute(
    own_postgres: postgres.PostgresServer, tmp_path: Path, state: str
) -> None:
    url = own_postgres.url("hall")
    wire = Wire(own_postgres._port)

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 60) as h:
            back = await through(
                h,
                server,
                fault=lambda: wire.set(state),
                seconds=30,
                cure=lambda: wire.set("whole"),  # type: ignore[arg-type]
            )
            story(f"F17 {state}", h, back)
            assert back < 10 and max(h.times) <= 7.5
            assert sum(len(p.refusals) for p in h.phones) > 0

    with Server(url.replace(f":{own_postgres._port}/", f":{wire.port}/"), tmp_path) as server:
        run(evening())
    wire.close()


def test_f15_f16_f17_twin_a_database_out_of_reach_that_nobody_catches_shows_people_an_error_of_the_server(
    own_postgres: postgres.PostgresServer, tmp_path: Path
) -> None:
    url = own_postgres.url("hall")

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 20) as h:
            h.go(pause=0.1)
            await asyncio.sleep(0.5)
            await asyncio.to_thread(stop_fast, own_postgres)
            await asyncio.sleep(3)
            await asyncio.to_thread(own_postgres.revive)
            h.over.set()
            await asyncio.gather(*h.tasks)
            refused = [r for p in h.phones for r in p.refusals]
            print(f"F16 twin: {len(refused)} refused, {sum(map(told_in_dutch, refused))} of them in our words")
            assert refused and not all(map(told_in_dutch, refused))

    with Server(url, tmp_path, without="words") as server:
        run(evening())


def test_f17_twin_without_patience_nobody_is_told_anything_while_the_line_swallows_the_answers(
    own_postgres: postgres.PostgresServer, tmp_path: Path
) -> None:
    url = own_postgres.url("hall")
    wire = Wire(own_postgres._port)

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 20) as h:
            h.go(pause=0.1)
            await asyncio.sleep(0.5)
            await asyncio.to_thread(wire.set, "one way")
            await asyncio.sleep(9)
            told = [t for t in h.times if t > 1]
            h.over.set()
            await asyncio.to_thread(wire.set, "whole")
            await asyncio.gather(*h.tasks)
            print(f"F17 twin: {len(told)} answers in 9 s, slowest {max(h.times):.1f} s")
            assert told == [] and max(h.times) > 7.5

    with Server(url.replace(f":{own_postgres._port}/", f":{wire.port}/"), tmp_path, without="patience") as server:
        run(evening())
    wire.close()
