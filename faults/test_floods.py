"""Floods of bad input: memory stays bounded, voters keep being answered, nobody legitimate is locked out."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import random
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import cycle
from pathlib import Path

import pytest

from faults.burst import stored
from faults.hall import Hall, hall
from faults.history import Op
from faults.phones import Line, Phone, quantile, read_reply
from faults.server import Server
from faults.test_program import run
from tests.raw_streamlit import RawTab
from workshop.actions.evening.pulse import see_pulse
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.room.frame.cookies import SIGN_IN

MB = 2**20


@asynccontextmanager
async def voters_under(server: Server, folder: Path, people: int = 60) -> AsyncIterator[Hall]:
    """Everybody votes while the body of this runs; afterwards they were answered in time and all of it is right.

    A server that lacks a protection is not judged here: the test itself says what must have gone wrong.
    """
    async with hall(server.url, folder, [server.port], people) as h:
        h.go(pause=0.5)
        await asyncio.sleep(1)
        yield h
        if server.without:
            return
        await h.quiet()
        assert await h.last_word() == []
        refused = [r for p in h.phones for r in p.refusals]
        assert refused == []
        assert quantile(h.times, 0.95) < 1, quantile(h.times, 0.95)
        assert h.judge() == []


@pytest.fixture
def server(new_sqlite_url: Callable[[], str], tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The program, perhaps without a protection: every flood has a twin that shows what the protection is for."""
    with Server(new_sqlite_url(), tmp_path, without=getattr(request, "param", "")) as started:
        yield started


def with_twins(*without: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("server", ["", *without], indirect=True)


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


@with_twins("the budget of wrong codes", "looking codes up first")
def test_ten_thousand_wrong_codes_in_a_minute_keep_nobody_out(server: Server, tmp_path: Path) -> None:
    """And the twins: without the budget every guess is looked up; counted before they are looked up, right codes wait."""
    answers: dict[int, int] = {}
    # More at once than may wait, so that who is counted first is refused as well.
    lines, tries = (300, 4) if server.without else (1_000, 10)

    async def guess() -> None:
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
            flood = asyncio.create_task(measured(server, guess()))
            times, refused = [], 0
            for n in range(3 if server.without else 20):
                await asyncio.sleep(0.3)
                # From the same address as whoever guesses, as a whole hall behind one Wi-Fi is.
                newcomer = Phone(h.evening, h.history, random.Random(n), [server.port])
                reply = await newcomer.join()
                times.append(reply.seconds)
                refused += reply.status != 303
            rose = await flood
            print(
                f"wrong codes{_without(server)}: {answers}, memory +{rose:.0f} MB, voters p95 {p95(h)}, "
                f"right codes in at most {max(times):.2f} s, {refused} of {len(times)} refused"
            )
            assert 200 not in answers and 303 not in answers
            if server.without == "the budget of wrong codes":
                assert answers == {404: lines * tries}
            elif server.without:
                assert refused or max(times) > 5
            else:
                assert sum(answers.values()) == lines * tries and answers[404] < 3_500
                assert refused == 0 and max(times) < 5 and rose < 60

    run(evening())


def p95(h: Hall) -> str:
    return f"{quantile(h.times, 0.95) * 1000:.0f} ms"


def _without(server: Server) -> str:
    return f" without {server.without}" if server.without else ""


@contextmanager
def console_of(server: Server, h: Hall) -> Iterator[Callable[[], None]]:
    """The facilitator's own page, in the process that serves: pressing there tells every phone at once."""
    ticket = hand_out_ticket(h.evening.store, h.evening.facilitator.account_id, "pre")
    cookie = f"{SIGN_IN}={redeem_ticket(h.evening.store, ticket, 'pre')}"
    query = f"plan={h.evening.wijkplan_id}&sessie={h.evening.session_id}"
    turns = cycle(("De code om mee te doen", "De vraag van nu"))
    with RawTab(server.address, cookie=cookie) as tab:
        tab.open("bediening", query)
        yield lambda: str(tab.open("bediening", query, press=tab.buttons[next(turns)])) and None


@with_twins("only the latest message")
def test_five_hundred_sockets_that_never_read_cost_little(server: Server, tmp_path: Path) -> None:
    """And the twin: who keeps every message for every socket fills the memory."""

    async def never_read(port: int, path: str, cookie: str) -> asyncio.StreamWriter:
        line = socket.socket()
        line.setblocking(False)
        # A small window and small packets: the server itself has to keep what is not read, not the network between.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
        await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", port))
        _reader, writer = await asyncio.open_connection(sock=line, limit=1024)
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

    held: list[float] = []

    async def flood(h: Hall, press: Callable[[], None]) -> None:
        path = f"/zaal/{h.evening.session_id}/live"
        sockets = []
        for n in range(500):
            sockets.append(await never_read(server.port, path, h.phones[n % len(h.phones)].cookie))
        for _half in range(2):
            for _turn in range(60):
                await asyncio.to_thread(press)
            held.append(server.memory / MB)
        for writer in sockets:
            writer.transport.abort()

    async def evening() -> None:
        async with voters_under(server, tmp_path, 100) as h:
            with console_of(server, h) as press:
                await asyncio.to_thread(press)
                moved = see_pulse(h.evening.store, h.evening.session_id).stage_revision
                rose = await measured(server, flood(h, press))
            assert see_pulse(h.evening.store, h.evening.session_id).stage_revision == moved + 120
            more = held[1] - held[0]
            print(
                f"sockets that never read{_without(server)}: memory +{rose:.0f} MB, of which {more:.0f} in the second "
                f"half, voters p95 {p95(h)}"
            )
            # A line keeps 64 kB and the latest message, so it is full after half of the moves.
            assert more > 20 if server.without else more < 10 and rose < 80

    run(evening())


@with_twins("the guard of uploads")
def test_twenty_uploads_of_fifty_megabytes_without_a_cookie_are_refused(server: Server, tmp_path: Path) -> None:
    """And the twin. The sender has what any passer-by can get: a Streamlit session and the token against forgery."""
    statuses: list[int] = []

    async def put(session_id: str, token: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        edge = "b0undary"
        start = (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="f.png"\r\n'
            "Content-Type: image/png\r\n\r\n"
        ).encode()
        end = f"\r\n--{edge}--\r\n".encode()
        head = (
            f"PUT /_stcore/upload_file/{session_id}/{os.urandom(8).hex()} HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{server.port}\r\nOrigin: http://127.0.0.1:{server.port}\r\n"
            f"Cookie: _streamlit_xsrf={token}\r\nX-Xsrftoken: {token}\r\n"
            f"Content-Type: multipart/form-data; boundary={edge}\r\n"
            f"Content-Length: {50 * MB + len(start) + len(end)}\r\n\r\n"
        )

        async def pour() -> None:
            with contextlib.suppress(OSError):
                writer.write(start)
                for _part in range(50):
                    writer.write(b"x" * MB)
                    await writer.drain()
                writer.write(end)

        writer.write(head.encode())
        await writer.drain()
        # A moment, so that a refusal is heard before the line is cut; then it is poured in all the same.
        await asyncio.sleep(0.3)
        pouring = asyncio.create_task(pour())
        with contextlib.suppress(OSError, EOFError):
            statuses.append((await read_reply(reader))[0])
        await pouring
        writer.transport.abort()

    async def evening() -> None:
        async with voters_under(server, tmp_path) as h:
            health = await Line(server.port).ask("GET", "/_stcore/health")
            token = health.headers["set-cookie"].partition("_streamlit_xsrf=")[2].partition(";")[0]
            tab = await asyncio.to_thread(RawTab, server.address)
            await asyncio.to_thread(tab.open)
            many = 5 if server.without else 20
            rose = await measured(server, asyncio.gather(*(put(tab.session_id, token) for _n in range(many))))
            tab.close()
            print(f"uploads{_without(server)}: {statuses}, memory +{rose:.0f} MB, voters p95 {p95(h)}")
            if server.without:
                assert statuses == [204] * many and rose > 150
            else:
                assert statuses == [403] * many and rose < 60

    run(evening())


@with_twins("one key per person")
def test_fifty_identical_ballots_over_five_lines_are_one_ballot(server: Server, tmp_path: Path) -> None:
    """And the twin: one for every batch they came in with."""

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
            rows = len(stored(h.evening.store, h.round_id, h.evening.tokens))
            print(f"identical ballots{_without(server)}: 50 sent, {rows} stored")
            # Those that came in with one batch share a key even then.
            assert rows > 1 if server.without else rows == 1
            assert bool(h.judge()) == bool(server.without)

    run(evening())


@with_twins("the limits of bodies")
def test_bodies_that_are_too_large_or_too_slow_are_cut_off(server: Server, tmp_path: Path) -> None:
    """And the twin: everything is read, kept, and waited for."""
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
            async with asyncio.timeout(13 if server.without else 20):
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
            many = 3 if server.without else 25
            flood = asyncio.gather(
                *(send(kind, path, h.phones[n].cookie) for kind in statuses for path in paths for n in range(many))
            )
            rose = await measured(server, flood)
            print(f"bodies{_without(server)}: {statuses}, memory +{rose:.0f} MB, voters p95 {p95(h)}")
            if server.without:
                assert 413 not in {**statuses["large"], **statuses["endless"]} and 408 not in statuses["slow"]
                assert rose > 100
                return
            assert rose < 100
            # A line that was cut while it poured may never read its answer; whoever reads one reads this one.
            assert set(statuses["large"]) <= {413} and set(statuses["endless"]) <= {413}
            assert statuses["slow"] == {408: 100}

    run(evening())
