"""The real program over its real door: killed, stopped, locked out of its database, run over."""

from __future__ import annotations

import asyncio
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from faults.burst import stored
from faults.hall import hall
from faults.history import Op
from faults.phones import Phone, Reply, quantile
from faults.server import Server
from workshop.room.evening.live import COME_BACK
from workshop.store import open_store
from workshop.store.engine import _sqlite_module

SENT = "<h2>Verstuurd ✓</h2>"
"""What the page shows above one's own answers; the bare word stands on every page, for the script."""

SENTENCES = ("Het lukt nu niet.", "We zijn zo terug.", "Het is even heel druk.")


def told_in_dutch(reply: Reply) -> bool:
    return any(s in reply.body for s in SENTENCES)


def run(coroutine: object) -> None:
    asyncio.run(coroutine)  # type: ignore[arg-type]


@pytest.mark.parametrize("repetition", range(2))
def test_f01_the_program_is_killed_in_a_burst_and_everybody_is_back_by_themselves(
    database_url: str, tmp_path: Path, repetition: int
) -> None:
    server = Server(database_url, tmp_path)

    async def evening() -> None:
        async with hall(database_url, tmp_path, [server.port], 100, seed=repetition) as h:
            h.go()
            longest = starting = 0.0
            for _kill in range(3):
                await asyncio.sleep(random.Random(repetition).uniform(1, 3))
                server.kill()
                before = h.acknowledged
                starting = max(starting, await asyncio.to_thread(server.start))
                began = time.monotonic()
                while h.acknowledged == before:
                    await asyncio.sleep(0.05)
                longest = max(longest, time.monotonic() - began)
                await asyncio.sleep(1)
            await h.quiet()
            assert await h.last_word() == []
            assert h.judge() == []
            page = await h.phones[0].ask("GET", f"/zaal/{h.evening.session_id}")
            assert page.status == 200
            print(
                f"F01: {h.acknowledged} acknowledged, 3 kills, start {starting:.1f} s, first vote {longest:.2f} s later"
            )
            assert longest < 10

    with server:
        run(evening())


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_f05_a_stop_refuses_new_work_with_a_sentence_and_finishes_what_it_took_in(
    database_url: str, tmp_path: Path, how: signal.Signals
) -> None:
    server = Server(database_url, tmp_path)

    async def evening() -> None:
        async with hall(database_url, tmp_path, [server.port], 100) as h:
            h.go(pause=0.02)
            closing = asyncio.gather(*(close_code(phone, server.address) for phone in h.phones[:20]))
            await asyncio.sleep(1.5)
            status, seconds = await asyncio.to_thread(server.stop, how)
            await asyncio.sleep(0.2)
            told = [r for p in h.phones for r in p.refusals]
            assert all(told_in_dutch(r) for r in told), [r.body[:200] for r in told if not told_in_dutch(r)][:2]
            assert await closing == [COME_BACK] * 20
            assert server.traces == 0
            await asyncio.to_thread(server.start)
            await h.quiet()
            assert await h.last_word() == []
            assert h.judge() == []
            print(
                f"F05 {how.name}: exit {status} after {seconds:.1f} s, {len(told)} refused in words, "
                f"{h.acknowledged} acknowledged"
            )
            assert status == 0 and seconds < 8

    with server:
        run(evening())


@pytest.mark.parametrize("end", [Server.kill, Server.stop])
def test_f01_f05_twin_answering_before_the_commit_loses_votes_at_a_kill_and_at_a_stop(
    new_sqlite_url: Callable[[], str], tmp_path: Path, end: Callable[[Server], object]
) -> None:
    url = new_sqlite_url()

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 60) as h:
            h.go(pause=0.02)
            await asyncio.sleep(1)
            await asyncio.to_thread(end, server)
            await h.quiet()
            wrong = h.judge()
            print(f"F01/F05 twin, {end.__name__}: {h.acknowledged} acknowledged, {len(wrong)} wrong")
            assert any(line.startswith(("lost", "changed")) for line in wrong)

    with Server(url, tmp_path, without="the commit before the answer") as server:
        run(evening())


async def close_code(phone: Phone, address: str) -> int:
    """Follow the room as this phone until the server ends it; how it said so (1006: it did not)."""
    import websockets

    told = {"Cookie": phone.cookie, "Origin": f"http://{address}"}
    async with websockets.connect(
        f"ws://{address}/zaal/{phone.evening.session_id}/live", additional_headers=told
    ) as line:
        await line.wait_closed()
    return line.close_code or 0


@pytest.mark.parametrize("without", ["", "an orderly stop"])
def test_f05_a_line_that_never_reads_does_not_hold_up_the_stop(
    new_sqlite_url: Callable[[], str], tmp_path: Path, without: str
) -> None:
    """And the twin, Streamlit's own start command: it waits for that line without end, and dies of the signal."""
    from streamlit import file_util

    bundle = max(Path(file_util.get_static_dir(), "static", "js").glob("*.js"), key=lambda file: file.stat().st_size)
    with Server(new_sqlite_url(), tmp_path, without=without) as server, socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", server.port))
        for _request in range(4):
            line.send(f"GET /static/js/{bundle.name} HTTP/1.1\r\nHost: {server.address}\r\n\r\n".encode())
        time.sleep(1)
        if not without:
            status, seconds = server.stop()
            print(f"F05 with an unread line: exit {status} after {seconds:.1f} s")
            assert status == 0 and seconds < 8
            return
        with pytest.raises(subprocess.TimeoutExpired):
            server.stop(seconds=8)
        line.close()
        assert server.process and server.process.wait(10) == -signal.SIGTERM


def test_f06_whoever_hangs_up_or_sends_twice_has_one_ballot(database_url: str, tmp_path: Path) -> None:
    async def evening() -> None:
        async with hall(database_url, tmp_path, [server.port], 50) as h:
            chance = random.Random(6)

            async def impatient(phone: Phone) -> None:
                for _turn in range(10):
                    op = phone.next_op(h.round_id)
                    numbers = h.history.invoke([op])
                    first = asyncio.create_task(phone.send(op))
                    await asyncio.sleep(chance.uniform(0, 0.05))
                    first.cancel()
                    await asyncio.gather(first, return_exceptions=True)
                    phone.line = None
                    double = await asyncio.gather(phone.send(op), phone.send(op))
                    h.history.hear(numbers, [double[0][0]])
                    assert [d[0].answer for d in double] == ["ok", "ok"]
                    phone.pending = None

            await asyncio.gather(*map(impatient, h.phones))
            assert h.judge() == []

    with Server(database_url, tmp_path) as server:
        run(evening())


def test_f07_two_tabs_of_one_phone_are_one_ballot_and_show_the_same(database_url: str, tmp_path: Path) -> None:
    async def evening() -> None:
        async with hall(database_url, tmp_path, [server.port], 1) as h:
            (phone,) = h.phones
            tabs = [Phone(h.evening, h.history, random.Random(n), [server.port], token=phone.token) for n in (1, 2)]
            for change in range(1, 101):
                ops = [Op(phone.token, h.round_id, change, value) for value in ("2|good", "4|neutral")]
                numbers = h.history.invoke(ops)
                heard = [a[0] for a in await asyncio.gather(*(t.send(o) for t, o in zip(tabs, ops, strict=True)))]
                h.history.hear(numbers, heard)
                assert [a.answer for a in heard] == ["ok", "ok"]
            pages = [(await t.ask("GET", f"/zaal/{h.evening.session_id}/deel", json_wanted=False)).body for t in tabs]
            strip = lambda page: [line for line in page.splitlines() if "ballot_id" not in line]  # noqa: E731
            assert strip(pages[0]) == strip(pages[1]) and SENT in pages[0]
            assert h.judge() == []

    with Server(database_url, tmp_path) as server:
        run(evening())


def test_f06_f07_f19_twin_without_a_key_of_their_own_people_have_several_ballots_and_do_not_find_them_back(
    new_sqlite_url: Callable[[], str], tmp_path: Path
) -> None:
    url = new_sqlite_url()

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 1) as h:
            (phone,) = h.phones
            op = Op(phone.token, h.round_id, 1, "4|good")
            numbers = h.history.invoke([op])
            for _again in range(3):  # hung up, sent twice, another tab, back after sleep: the same ballot comes again
                heard, _reply = await phone.send(op)
                assert heard.answer == "ok"
                h.history.hear(numbers, [heard])
            page = await phone.ask("GET", f"/zaal/{h.evening.session_id}", json_wanted=False)
            rows = stored(h.evening.store, h.round_id, h.evening.tokens)
            print(f"F06, F07, F19 twin: 3 times the same ballot, {len(rows)} stored")
            assert len(rows) == 3 and SENT not in page.body
            assert {line.split(":")[0] for line in h.judge()} >= {"lost", "twice"}

    with Server(url, tmp_path, without="one key per person") as server:
        run(evening())


@pytest.mark.parametrize(("held", "slowest"), [(3, 5.0), (20, 6.5)])
def test_f08_a_locked_database_makes_votes_wait_and_then_says_so(
    new_sqlite_url: Callable[[], str], tmp_path: Path, held: int, slowest: float
) -> None:
    url = new_sqlite_url()
    path = url.removeprefix("sqlite:///")

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 60) as h:
            h.go(pause=0.3)
            await asyncio.sleep(0.5)
            lock = threading.Thread(target=hold_lock, args=(path, held))
            lock.start()
            await asyncio.sleep(held + 1)
            lock.join()
            await asyncio.sleep(1)
            await h.quiet()
            assert await h.last_word() == []
            refused = [r for p in h.phones for r in p.refusals]
            assert all(r.status == 503 and told_in_dutch(r) for r in refused)
            assert bool(refused) == (held > 5)
            assert h.judge() == []
            print(
                f"F08 {held} s: {h.acknowledged} acknowledged, {len(refused)} told to try again, "
                f"p99 {quantile(h.times, 0.99):.1f} s, slowest {max(h.times):.1f} s"
            )
            assert max(h.times) <= slowest

    with Server(url, tmp_path) as server:
        run(evening())


@pytest.mark.parametrize("without", ["waiting for the lock", "patience"])
def test_f08_twin_without_waiting_all_are_refused_and_without_an_end_to_it_nobody_is_told(
    new_sqlite_url: Callable[[], str], tmp_path: Path, without: str
) -> None:
    url = new_sqlite_url()
    held = 2 if without == "waiting for the lock" else 9

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 20) as h:
            h.go(pause=0.3)
            await asyncio.sleep(0.5)
            await asyncio.to_thread(hold_lock, url.removeprefix("sqlite:///"), held)
            await asyncio.sleep(0.5)
            await h.quiet()
            refused = [r for p in h.phones for r in p.refusals]
            print(f"F08 twin, {held} s without {without}: {len(refused)} refused, slowest {max(h.times):.1f} s")
            assert refused if held == 2 else max(h.times) > 6.5

    with Server(url, tmp_path, without=without) as server:
        run(evening())


def hold_lock(path: str, seconds: float) -> None:
    other = _sqlite_module().connect(path, timeout=5, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    time.sleep(seconds)
    other.execute("ROLLBACK")
    other.close()


def test_f19_a_phone_that_was_away_comes_back_with_its_cookie_and_finds_its_own_vote(
    database_url: str, tmp_path: Path
) -> None:
    server = Server(database_url, tmp_path)

    async def evening() -> None:
        async with hall(database_url, tmp_path, [server.port], 5) as h:
            phone = h.phones[0]
            numbers = h.history.invoke([op := Op(phone.token, h.round_id, 1, "4|good")])
            # The answer never arrives: the phone went to sleep just after sending.
            asking = asyncio.create_task(phone.send(op))
            await asyncio.sleep(0.3)
            asking.cancel()
            phone.line = None
            await asyncio.to_thread(server.stop)
            await asyncio.to_thread(server.start)
            page = await phone.ask("GET", f"/zaal/{h.evening.session_id}", json_wanted=False)
            assert page.status == 200 and SENT in page.body
            heard, _reply = await phone.send(op)  # the same ballot id again
            h.history.hear(numbers, [heard])
            assert (heard.answer, heard.change) == ("ok", 1)
            stand = await phone.ask("GET", f"/zaal/{h.evening.session_id}/stand")
            assert stand.status == 200
            assert h.judge() == []

    with server:
        run(evening())


def test_f38_everyone_presses_at_once(database_url: str, tmp_path: Path) -> None:
    async def evening() -> None:
        async with hall(database_url, tmp_path, [server.port], 150) as h:
            for turn in range(20):
                ops = [p.next_op(h.round_id) for p in h.phones]
                numbers = h.history.invoke(ops)

                async def later(phone: Phone, op: Op, turn: int = turn) -> tuple[object, Reply | None]:
                    await asyncio.sleep(phone.chance.uniform(0, 0.9 if turn % 2 else 0.0))
                    return await phone.send(op)

                answers = await asyncio.gather(*map(later, h.phones, ops))
                h.history.hear(numbers, [a[0] for a in answers])  # type: ignore[misc]
                for phone, (_heard, reply) in zip(h.phones, answers, strict=True):
                    assert reply is not None and reply.status == 200
                    phone.times.append(reply.seconds)
                    phone.pending = None
            assert h.judge() == []
            print(
                f"F38: 20 x 150 at once, p50 {quantile(h.times, 0.5) * 1000:.0f} ms, "
                f"p95 {quantile(h.times, 0.95) * 1000:.0f} ms, p99 {quantile(h.times, 0.99) * 1000:.0f} ms"
            )
            assert quantile(h.times, 0.95) <= 1 and quantile(h.times, 0.99) <= 2

    with Server(database_url, tmp_path) as server:
        run(evening())


def test_f38_twin_without_batches_a_hall_costs_the_disk_several_times_as_much(
    new_sqlite_url: Callable[[], str], tmp_path: Path
) -> None:
    """Told by what is written and not by the time it takes: a disk that is quick in syncing hides it from the clock."""
    took: dict[str, float] = {}
    written: dict[str, int] = {}

    async def evening(server: Server) -> None:
        async with hall(server.url, server.folder, [server.port], 150) as h:
            before = server.bytes_written
            for _turn in range(5):
                ops = [p.next_op(h.round_id) for p in h.phones]
                answers = await asyncio.gather(*(p.send(op) for p, op in zip(h.phones, ops, strict=True)))
                for phone, (_heard, reply) in zip(h.phones, answers, strict=True):
                    assert reply is not None and reply.status == 200
                    phone.times.append(reply.seconds)
                    phone.pending = None
            took[server.without] = quantile(h.times, 0.95)
            written[server.without] = server.bytes_written - before

    for without in ("", "batches"):
        folder = tmp_path / f"without-{without}"
        folder.mkdir()
        with Server(new_sqlite_url(), folder, without=without) as server:
            run(evening(server))
    print(
        f"F38 twin: 5 x 150 at once wrote {written[''] / 1e6:.2f} MB, p95 {took[''] * 1000:.0f} ms; "
        f"without batches {written['batches'] / 1e6:.2f} MB, p95 {took['batches'] * 1000:.0f} ms"
    )
    assert written["batches"] > 3 * written[""]


def test_f38_three_hundred_people_come_in_within_moments(database_url: str, tmp_path: Path) -> None:
    async def evening() -> None:
        async with hall(database_url, tmp_path, [server.port], 0) as h:
            phones = [Phone(h.evening, h.history, random.Random(n), [server.port]) for n in range(300)]
            replies = await asyncio.gather(*(p.join() for p in phones))
            assert [r.status for r in replies] == [303] * 300
            assert len({p.token for p in phones}) == 300
            store = open_store(database_url)
            from workshop.actions.evening.pulse import see_pulse

            assert see_pulse(store, h.evening.session_id).present == 300
            store.close()
            print(f"F38: 300 joins at one instant, p95 {quantile([r.seconds for r in replies], 0.95):.2f} s")

    with Server(database_url, tmp_path) as server:
        run(evening())
