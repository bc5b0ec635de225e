"""The load client: HTTP/1.1 over kept-alive lines and WebSockets, as little Python per message as possible."""

from __future__ import annotations

import asyncio
import base64
import secrets
import ssl
import time
from collections.abc import Callable
from typing import Any


class Line(asyncio.Protocol):
    """One kept-alive HTTP/1.1 connection; one request at a time."""

    def __init__(self) -> None:
        self.buffer = b""
        self.is_closed = False
        self.answer: asyncio.Future[tuple[int, bytes, bytes]] | None = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0 or self.answer is None:
            return
        head = self.buffer[:end]
        at = head.lower().find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self.buffer) < end + 4 + length:
            return
        body, self.buffer = self.buffer[end + 4 : end + 4 + length], self.buffer[end + 4 + length :]
        answer, self.answer = self.answer, None
        answer.set_result((int(head[9:12]), head, body))

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_closed = True
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(exc or ConnectionError("the server closed the line"))

    def ask(self, request: bytes) -> asyncio.Future[tuple[int, bytes, bytes]]:
        """Send one request; the future gives status, head and body.

        Raises:
            ConnectionError: the server has closed the line.
        """
        if self.is_closed:
            raise ConnectionError("the server closed the line")
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self.answer


class Stream(asyncio.Protocol):
    """One WebSocket that only listens: ``hear(text, moment)`` per message."""

    def __init__(self, request: bytes, hear: Callable[[bytes, float], None]) -> None:
        self.request, self.hear = request, hear
        self.buffer = b""
        self.is_open = False
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.is_closed = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self.buffer += data
        if not self.is_open:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            if not self.buffer.startswith(b"HTTP/1.1 101"):
                self.opened.set_exception(ConnectionError(self.buffer[:80].decode("latin-1")))
                return
            self.buffer, self.is_open = self.buffer[end + 4 :], True
            self.opened.set_result(None)
        while len(self.buffer) >= 2:
            kind, size, at = self.buffer[0] & 15, self.buffer[1] & 127, 2
            if size == 126:
                size, at = int.from_bytes(self.buffer[2:4]), 4
            elif size == 127:
                size, at = int.from_bytes(self.buffer[2:10]), 10
            if len(self.buffer) < at + size:
                return
            load, self.buffer = self.buffer[at : at + size], self.buffer[at + size :]
            if kind == 1:
                self.hear(load, now)
            elif kind == 9:  # answer a ping, masked with zeros
                self.transport.write(bytes([0x8A, 0x80 | len(load), 0, 0, 0, 0]) + load)

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_closed = True
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("closed during the handshake"))


async def line(port: int, tls: ssl.SSLContext | None = None) -> Line:
    """Open a line to a server on this machine."""
    name = "localhost" if tls else None
    _transport, made = await asyncio.get_running_loop().create_connection(
        Line, "127.0.0.1", port, ssl=tls, server_hostname=name
    )
    return made


async def lines(port: int, n: int, tls: ssl.SSLContext | None = None) -> list[Line]:
    """Open ``n`` lines, a hundred at a time so that the queue of new connections does not overflow."""
    made: list[Line] = []
    for start in range(0, n, 100):
        made += await asyncio.gather(*(line(port, tls) for _ in range(min(100, n - start))))
    return made


async def stream(port: int, path: str, hear: Callable[[bytes, float], None], cookie: str = "") -> Stream:
    """Open a WebSocket and wait until it is accepted."""
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nCookie: {cookie}\r\n\r\n"
    ).encode()
    _transport, made = await asyncio.get_running_loop().create_connection(
        lambda: Stream(request, hear), "127.0.0.1", port
    )
    await made.opened
    return made


def request(
    port: int, method: str, path: str, body: str = "", cookie: str = "", accept: str = "*/*", origin: str = ""
) -> bytes:
    """The bytes of one request as a browser would send them; ``origin`` by default http on the loopback address."""
    raw = body.encode()
    origin = origin or f"http://127.0.0.1:{port}"
    head = [
        f"{method} {path} HTTP/1.1",
        f"Host: {origin.partition('://')[2]}",
        f"Accept: {accept}",
        "Accept-Encoding: gzip",
        "User-Agent: Mozilla/5.0 (Linux; Android 10) bench",
    ]
    if cookie:
        head.append(f"Cookie: {cookie}")
    if method == "POST":
        head += [
            f"Origin: {origin}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(raw)}",
        ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + raw
