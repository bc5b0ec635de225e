"""Floods of bad input: memory stays bounded, voters keep being answered, nobody legitimate is locked out."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from faults.hall import Hall, hall
from faults.history import Op
from faults.phones import Line, Phone, quantile, read_reply
from faults.server import Server
from faults.test_program import run
from workshop.actions import running
from workshop.domain.stage import View

MB = 2**20


@asynccontextmanager
async def voters_under(server: Server, folder: Path, people: int = 60) -> AsyncIterator[Hall]:
    """Everybody votes while the body of this runs; afterwards they were answered in time and all of it is right."""
    async with hall(server.url, folder, [server.port], people) as h:
        h.go(pause=0.5)
        await asyncio.sleep(1)
        yield h
        await h.quiet()
        assert await h.last_word() == []
        refused = [r for p in h.phones for r in p.refusals]
        assert refused == []
        assert quantile(h.times, 0.95) < 1, quantile(h.times, 0.95)
        assert h.judge() == []


@pytest.fixture
def server(new_sqlite_url: Callable[[], str], tmp_path: Path) -> object:
    with Server(new_sqlite_url(), tmp_path) as started:
        yield started


async def highest_memory(server: Server, until: asyncio.Event) -> int:
    highest = 0
    while not until.is_set():
        highest = max(highest, server.memory)
        await asyncio.sleep(0.05)
    return highest


async def measured(server: Server, flood: Awaitable[object]) -> float:
    """Run a flood; how many MB the server's memory rose at most."""
    before, over = server.memory, asyncio.Event()
    watching = asyncio.create_task(highest_memory(server, over))
    await flood
    over.set()
    return (await watching - before) / MB


def test_ten_thousand_wrong_codes_in_a_minute_keep_nobody_out(server: Server, tmp_path: Path) -> None:
    answers: dict[int, int] = {}

    async def guess(lines: int, tries: int) -> None:
        chance = random.Random(31)

        async def one() -> None:
            line = Line(server.port)
            for _try in range(tries):
                code = "".join(chance.choice("ABCDEFGHJKMNPQRSTUVWXYZ23456789") for _n in range(8))
                with contextlib.suppress(OSError):
                    reply = await line.ask("POST", "/mee", form={"code": code}, json_wanted=False, seconds=30)
                    answers[reply.status] = answers.get(reply.status, 0) + 1

        await asyncio.gather(*(one() for _n in range(lines)))

    async def evening() -> None:
        async with voters_under(server, tmp_path) as h:
            flood = asyncio.create_task(measured(server, guess(1_000, 10)))
            times = []
            for n in range(20):
                await asyncio.sleep(0.3)
                newcomer = Phone(h.evening, h.history, random.Random(n), [server.port])
                reply = await newcomer.join()
                assert reply.status == 303
                times.append(reply.seconds)
            rose = await flood
            assert 200 not in answers and 303 not in answers
            print(
                f"wrong codes: {answers}, memory +{rose:.0f} MB, voters p95 {quantile(h.times, 0.95) * 1000:.0f} ms, "
                f"right codes in at most {max(times):.2f} s"
            )
            assert max(times) < 5 and rose < 60
            assert sum(answers.values()) == 10_000

    run(evening())


def test_five_hundred_sockets_that_never_read_cost_little(server: Server, tmp_path: Path) -> None:
    async def never_read(port: int, path: str, cookie: str) -> asyncio.StreamWriter:
        _reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        key = base64.b64encode(os.urandom(16)).decode()
        writer.write(
            (
                f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
                f"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                f"Sec-WebSocket-Key: {key}\r\nCookie: {cookie}\r\n\r\n"
            ).encode()
        )
        await writer.drain()
        return writer

    async def flood(h: Hall) -> None:
        path = f"/zaal/{h.evening.session_id}/live"
        sockets = []
        for n in range(500):
            sockets.append(await never_read(server.port, path, h.phones[n % len(h.phones)].cookie))
        for turn in range(60):
            view = View.DOOR if turn % 2 else View.STEP
            step = None if view is View.DOOR else h.step_id
            await asyncio.to_thread(
                running.put_on_wall, h.evening.store, h.evening.facilitator, h.evening.session_id, view, step_id=step
            )
            await asyncio.sleep(0.1)
        for socket in sockets:
            socket.transport.abort()

    async def evening() -> None:
        async with voters_under(server, tmp_path, 100) as h:
            rose = await measured(server, flood(h))
            print(f"sockets that never read: memory +{rose:.0f} MB, voters p95 {quantile(h.times, 0.95) * 1000:.0f} ms")
            assert rose < 60

    run(evening())


def test_twenty_uploads_of_fifty_megabytes_without_a_cookie_are_refused(server: Server, tmp_path: Path) -> None:
    statuses: list[int] = []

    async def put() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        head = (
            f"PUT /_stcore/upload_file/{os.urandom(8).hex()}/{os.urandom(8).hex()} HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{server.port}\r\nOrigin: http://127.0.0.1:{server.port}\r\n"
            f"Content-Type: application/octet-stream\r\nContent-Length: {50 * MB}\r\n\r\n"
        )

        async def pour() -> None:
            with contextlib.suppress(OSError):
                for _part in range(50):
                    writer.write(b"x" * MB)
                    await writer.drain()

        writer.write(head.encode())
        pouring = asyncio.create_task(pour())
        with contextlib.suppress(OSError, EOFError):
            statuses.append((await read_reply(reader))[0])
        await pouring
        writer.transport.abort()

    async def evening() -> None:
        async with voters_under(server, tmp_path) as h:
            rose = await measured(server, asyncio.gather(*(put() for _n in range(20))))
            print(f"uploads: {statuses}, memory +{rose:.0f} MB, voters p95 {quantile(h.times, 0.95) * 1000:.0f} ms")
            assert statuses and set(statuses) == {403}
            assert rose < 60

    run(evening())


def test_fifty_identical_ballots_over_five_lines_are_one_ballot(server: Server, tmp_path: Path) -> None:
    async def evening() -> None:
        async with hall(server.url, tmp_path, [server.port], 1) as h:
            (phone,) = h.phones
            op = Op(phone.token, h.round_id, 1, "4|good")
            numbers = h.history.invoke([op])
            tabs = [Phone(h.evening, h.history, random.Random(n), [server.port], token=phone.token) for n in range(5)]

            async def ten(tab: Phone) -> list[object]:
                return [(await tab.send(op))[0] for _n in range(10)]

            heard = [a for line in await asyncio.gather(*map(ten, tabs)) for a in line]
            h.history.hear(numbers, heard[:1])  # type: ignore[arg-type]
            assert heard == [heard[0]] * 50
            assert h.judge() == []

    run(evening())


def test_bodies_that_are_too_large_or_too_slow_are_cut_off(server: Server, tmp_path: Path) -> None:
    statuses: dict[str, dict[int, int]] = {"large": {}, "endless": {}, "slow": {}}

    async def send(kind: str, path: str, cookie: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        length = {
            "large": f"Content-Length: {20 * MB}",
            "endless": "Transfer-Encoding: chunked",
            "slow": "Content-Length: 400",
        }
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: http://127.0.0.1:{server.port}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nCookie: {cookie}\r\n{length[kind]}\r\n\r\n"
        )

        async def pour() -> None:
            with contextlib.suppress(OSError):
                writer.write(head.encode())
                for _part in range(20 if kind != "slow" else 400):
                    if kind == "slow":
                        writer.write(b"a")
                        await writer.drain()
                        await asyncio.sleep(1)
                    else:
                        writer.write((b"100000\r\n" if kind == "endless" else b"") + b"a" * MB)
                        writer.write(b"\r\n" if kind == "endless" else b"")
                        await writer.drain()

        pouring = asyncio.create_task(pour())
        with contextlib.suppress(OSError, EOFError, TimeoutError, ValueError):
            async with asyncio.timeout(20):
                status = (await read_reply(reader))[0]
                statuses[kind][status] = statuses[kind].get(status, 0) + 1
        pouring.cancel()
        writer.transport.abort()

    async def evening() -> None:
        async with voters_under(server, tmp_path) as h:
            paths = [
                f"/zaal/{h.evening.session_id}/stem",
                f"/zaal/{h.evening.session_id}/notitie",
                "/mee",
                "/mee/groep",
            ]
            flood = asyncio.gather(
                *(send(kind, path, h.phones[n].cookie) for kind in statuses for path in paths for n in range(25))
            )
            rose = await measured(server, flood)
            print(f"bodies: {statuses}, memory +{rose:.0f} MB, voters p95 {quantile(h.times, 0.95) * 1000:.0f} ms")
            assert rose < 100
            # A line that was cut while it poured may never read its answer; whoever reads one reads this one.
            assert set(statuses["large"]) <= {413} and set(statuses["endless"]) <= {413}
            assert statuses["slow"] == {408: 100}

    run(evening())
