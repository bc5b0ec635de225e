"""Phones over the real door: HTTP with a cookie each, history kept, answers judged. Asyncio, no library in between."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlencode
from weakref import WeakSet

from faults.burst import any_value
from faults.history import Heard, History, Op
from tests.evening import Evening
from workshop.room.frame.cookies import PARTICIPANT


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: str
    seconds: float


class Line:
    """One connection that is kept and opened again when it broke."""

    everywhere: ClassVar[WeakSet[Line]] = WeakSet()

    def __init__(self, port: int) -> None:
        self.port = port
        self.everywhere.add(self)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, *, form: dict[str, str] | None = None, cookie: str = "", seconds: float = 15,
        json_wanted: bool = True,
    ) -> Reply:  # fmt: skip
        """One request. Raises OSError or TimeoutError when no whole answer came."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                if self._streams is None:
                    self._streams = await asyncio.open_connection("127.0.0.1", self.port)
                reader, writer = self._streams
                body = urlencode(form).encode() if form is not None else b""
                head = [
                    f"{method} {path} HTTP/1.1",
                    f"Host: 127.0.0.1:{self.port}",
                    f"Origin: http://127.0.0.1:{self.port}",
                ]
                if cookie:
                    head.append(f"Cookie: {cookie}")
                if json_wanted:
                    head.append("Accept: application/json")
                if form is not None:
                    head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
                writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
                await writer.drain()
                status, headers, answer = await read_reply(reader)
                if headers.get("connection") == "close":
                    self.hang_up()
                return Reply(status, headers, answer.decode("utf-8", "replace"), time.monotonic() - began)
        except (OSError, EOFError, TimeoutError, ValueError) as broken:
            self.hang_up()
            raise OSError(f"no answer: {type(broken).__name__}") from broken

    def hang_up(self) -> None:
        if self._streams is not None:
            with contextlib.suppress(Exception):
                self._streams[1].close()
            self._streams = None


def hang_up_everywhere() -> None:
    """At the end of an evening: also what was opened for a moment, and what somebody forgot."""
    for line in list(Line.everywhere):
        line.hang_up()


async def read_reply(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (lower case; cookies joined) and body of one answer."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in head[1:]:
        name, colon, value = line.partition(":")
        if colon:
            key = name.lower()
            headers[key] = f"{headers[key]}\n{value.strip()}" if key in headers else value.strip()
    if "content-length" in headers:
        body = await reader.readexactly(int(headers["content-length"]))
    elif headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int((await reader.readline()).strip() or b"0", 16):
            body += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readline()
    else:
        body = b""
    return int(head[0].split()[1]), headers, body


@dataclass
class Phone:
    """A participant's phone: a cookie that it keeps whatever happens, and a ballot it sends until it is answered."""

    evening: Evening
    history: History
    chance: random.Random
    ports: list[int]
    token: str = ""
    change: int = 0
    pending: Op | None = None
    times: list[float] = field(default_factory=list)
    refusals: list[Reply] = field(default_factory=list)
    line: Line | None = None

    @property
    def cookie(self) -> str:
        return f"{PARTICIPANT}={self.token}" if self.token else ""

    async def ask(self, method: str, path: str, **more: object) -> Reply:
        """Ask the machine it talks to; after a failure it talks to the next one."""
        if self.line is None:
            self.line = Line(self.chance.choice(self.ports))
        try:
            return await self.line.ask(method, path, cookie=self.cookie, **more)  # type: ignore[arg-type]
        except OSError:
            self.line = None
            raise

    async def join(self, group: str = "Bewoners") -> Reply:
        """Code and group; keeps the cookie."""
        form = {"code": self.evening.code, "group": self.evening.groups[group]}
        reply = await self.ask("POST", "/mee/groep", form=form, json_wanted=False)
        found = re.search(rf"{PARTICIPANT}=([^;\n]+)", reply.headers.get("set-cookie", ""))
        if reply.status == 303 and found:
            self.token = found[1]
        return reply

    def next_op(self, round_id: str) -> Op:
        """The ballot that was never answered, once more; or a new one."""
        if self.pending is None or self.pending.round != round_id:
            self.change = self.change + 1 if self.pending is None else 1
            self.pending = Op(self.token, round_id, self.change, any_value(self.chance))
        return self.pending

    async def send(self, op: Op, *, ballot_id: str = "") -> tuple[Heard, Reply | None]:
        """Send one ballot and read what came back, without a word to the history."""
        stance, experience = op.value.split("|")
        form = {
            "round": op.round, "ballot_id": ballot_id or f"{op.voter[:8]}-{op.change}", "change": str(op.change),
            "stance": stance, "experience": experience,
        }  # fmt: skip
        try:
            reply = await self.ask("POST", f"/zaal/{self.evening.session_id}/stem", form=form)
        except OSError:
            return Heard("info"), None
        if reply.status == 200:
            told = json.loads(reply.body)
            return Heard("ok", told["change"], f"{told['values']['stance']}|{told['values']['experience']}"), reply
        # 503 says that nothing was done as far as the server knows: with the database out of reach it cannot know.
        return Heard("info" if reply.status >= 500 else "fail", 0, str(reply.status)), reply

    async def vote(self, round_id: str) -> Heard:
        """One ballot, written down before it leaves and when it is answered."""
        op = self.next_op(round_id)
        numbers = self.history.invoke([op])
        heard, reply = await self.send(op)
        self.history.hear(numbers, [heard])
        if reply is not None:
            self.times.append(reply.seconds)
            if reply.status != 200:
                self.refusals.append(reply)
        if heard.answer != "info":
            self.pending = None
        return heard

    async def keep_voting(self, round_id: str, until: asyncio.Event, *, pause: float = 0.1) -> None:
        """Vote, wait a moment, vote again; after a failure wait a little longer, as the page does."""
        while not until.is_set():
            heard = await self.vote(round_id)
            if heard.value in ("404", "409"):
                return
            await asyncio.sleep(self.chance.uniform(0, 2 * pause) if heard.answer == "ok" else 0.3)


async def enter(phones: Sequence[Phone]) -> None:
    """All join, twenty at a time."""
    gate = asyncio.Semaphore(20)

    async def one(phone: Phone) -> None:
        async with gate:
            reply = await phone.join()
            assert reply.status == 303, (reply.status, reply.body[:300])
            phone.evening.tokens.append(phone.token)

    await asyncio.gather(*map(one, phones))


def quantile(times: Sequence[float], part: float) -> float:
    """The time below which this part of them lies; 0 for none."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0
