"""The rows of the table: what is done, by how many, and how long until the projector's stream tells of it."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bench.lines import Line, Stream, lines, request, stream
from bench.product import Stage
from bench.servers import Server
from workshop.cookies import HOST_PREFIX
from workshop.room.frame.cookies import PARTICIPANT, SIGN_IN

SEED = 2026


@dataclass
class Measured:
    """Latencies in seconds; ``cpu`` seconds of the server's CPU; ``lost`` votes that never showed."""

    shown: list[float] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)
    took: float = 0.0
    cpu: float = 0.0
    lost: int = 0
    messages: int = 0


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))] if ordered else 0.0


class Projector:
    """A screen that follows: the moments at which each count was first seen."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, float]] = []
        self.messages = 0
        self.wanted = 0
        self.reached = asyncio.Event()

    def expect(self, n: int) -> None:
        self.seen, self.messages, self.wanted = [], 0, n
        self.reached.clear()

    def hear(self, text: bytes, moment: float) -> None:
        self.messages += 1
        told = json.loads(text)
        done = told.get("done", 0)
        tally = told.get("tally")
        if tally is not None:
            done = tally["n"]
        if done:
            self.seen.append((done, moment))
            if done >= self.wanted:
                self.reached.set()

    def moments(self, n: int) -> list[float]:
        """For each rank 1..n the moment at which a state with at least so many was first heard."""
        found: list[float] = []
        for done, moment in self.seen:
            while len(found) < min(done, n):
                found.append(moment)
        return found


async def vote(
    server: Server, projector: Projector, open_lines: list[Line], requests: list[bytes], *, over: float
) -> Measured:
    """Send all requests, spread at random over ``over`` seconds (0: at one instant), each over its own line."""
    chance = random.Random(SEED)
    moments = sorted(chance.uniform(0, over) for _ in requests)
    projector.expect(len(requests))
    measured = Measured()
    sent: list[float] = []
    await asyncio.sleep(0.3)
    cpu = server.cpu()
    began = time.perf_counter()

    async def one(at: float, connection: Line, asked: bytes) -> None:
        if at:
            await asyncio.sleep(at - (time.perf_counter() - began))
        started = time.perf_counter()
        sent.append(started)
        status, _head, body = await connection.ask(asked)
        measured.acknowledged.append(time.perf_counter() - started)
        if status != 200:
            raise RuntimeError(f"{server.name} answered {status}: {body[:200]!r}")

    await asyncio.gather(*(one(*each) for each in zip(moments, open_lines, requests, strict=True)))
    with suppress(TimeoutError):
        await asyncio.wait_for(projector.reached.wait(), 5)
    shown = projector.moments(len(requests))
    measured.lost = len(requests) - len(shown)
    # Lines are answered in the order of arrival, so the k-th vote sent is in the first state with k or more.
    measured.shown = [late - early for early, late in zip(sorted(sent), shown, strict=False)]
    measured.took = (shown[-1] if shown else time.perf_counter()) - began
    await asyncio.sleep(0.3)
    measured.cpu = server.cpu() - cpu
    measured.messages = projector.messages
    return measured


def floor_votes(port: int, round_id: str, n: int) -> list[bytes]:
    body = "round={round}&voter=v{k}&stance={stance}&experience=good&ballot_id=b{k}&change=1"
    return [request(port, "POST", "/vote", body.format(round=round_id, k=k, stance=k % 5 + 1)) for k in range(n)]


def product_votes(port: int, stage: Stage, round_id: str, n: int, *, change: int = 1, origin: str = "") -> list[bytes]:
    cookie = f"{HOST_PREFIX if origin.startswith('https') else ''}{PARTICIPANT}"
    return [
        request(
            *(port, "POST", f"/zaal/{stage.session_id}/stem"),
            f"round={round_id}&stance={(k + change) % 5 + 1}&experience=good&ballot_id=b{k}.{change}&change={change}",
            cookie=f"{cookie}={token}",
            accept="application/json",
            origin=origin,
        )
        for k, token in enumerate(stage.tokens[:n])
    ]


async def projector_of(server: Server, path: str, cookie: str = "") -> tuple[Projector, Stream]:
    projector = Projector()
    return projector, await stream(server.port, path, projector.hear, cookie)


async def product_projector(server: Server, stage: Stage) -> tuple[Projector, Stream]:
    return await projector_of(server, f"/live/{stage.session_id}", f"{SIGN_IN}={stage.staff_cookie}")


class Phones:
    """Followers of the room that only count what they get."""

    def __init__(self) -> None:
        self.heard: list[float] = []
        self.streams: list[Stream] = []
        self.bytes = 0

    def hear(self, text: bytes, moment: float) -> None:
        if text.startswith(b'{"is":"deel"'):
            self.heard.append(moment)
            self.bytes += len(text)

    async def open(self, server: Server, stage: Stage, n: int) -> None:
        path = f"/zaal/{stage.session_id}/live"
        for start in range(0, n, 100):
            self.streams += await asyncio.gather(
                *(
                    stream(server.port, path, self.hear, f"{PARTICIPANT}={token}")
                    for token in stage.tokens[start : min(start + 100, n)]
                )
            )


async def move_room(server: Server, stage: Stage, phones: Phones, verb: str, step_id: str) -> tuple[float, list[float]]:
    """Press a button; returns when it was pressed and how long until each phone had the new fragment."""
    phones.heard, phones.bytes = [], 0
    began = time.perf_counter()
    await server.press(verb, step_id)
    for _wait in range(500):
        if len(phones.heard) >= len(phones.streams):
            break
        await asyncio.sleep(0.01)
    return began, [moment - began for moment in phones.heard]


async def join(server: Server, stage: Stage, n: int, *, at_once: int = 250) -> Measured:
    """New people: the code, the group, the cookie, the page. ``at_once`` lines carry them all."""
    open_lines = await lines(server.port, min(n, at_once))
    todo = list(range(n))
    measured = Measured()
    port, cpu = server.port, server.cpu()
    began = time.perf_counter()

    async def walk(connection: Line) -> None:
        while todo:
            todo.pop()
            started = time.perf_counter()
            status, _head, _body = await connection.ask(request(port, "POST", "/mee", f"code={stage.code}"))
            assert status == 200, status
            status, head, _body = await connection.ask(
                request(port, "POST", "/mee/groep", f"code={stage.code}&group={stage.group_id}")
            )
            assert status == 303, status
            cookies = "; ".join(found.decode() for found in re.findall(rb"(?i)set-cookie: ([^;]+)", head))
            status, _head, body = await connection.ask(
                request(port, "GET", f"/zaal/{stage.session_id}", cookie=cookies)
            )
            assert status == 200 and body, status
            measured.acknowledged.append(time.perf_counter() - started)

    await asyncio.gather(*(walk(connection) for connection in open_lines))
    measured.took = time.perf_counter() - began
    measured.cpu = server.cpu() - cpu
    for connection in open_lines:
        connection.transport.close()
    return measured


def close(open_lines: list[Line], *streams: Any) -> None:
    for each in (*open_lines, *streams):
        each.transport.close()
