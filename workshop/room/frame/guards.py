"""What may come in: origin, proxies, closed doors, uploads, sockets, and no log of who came.

Each guard is a small object or function that ``headers.Facade`` asks; none of
them knows what the product does.
"""

from __future__ import annotations

import inspect
import ipaddress
import logging
import os
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from contextlib import contextmanager
from typing import Any

from starlette.types import Scope

Cookies = Mapping[str, str]
Question = Callable[[Cookies], Any | Awaitable[Any]]

SOCKETS_PER_PROCESS = 2_500
SOCKETS_UNKNOWN = 200
UPLOAD_BYTES = 10 * 1024 * 1024
UPLOADS_AT_ONCE = 4
UPLOAD_WINDOW_SECONDS = 600
UPLOADS_PER_WINDOW = 3
UPLOAD_BYTES_PER_WINDOW = 20 * 1024 * 1024
# Multipart borders and the part's own headers come on top of the file.
UPLOAD_ENVELOPE = 8 * 1024

_DEFAULT_PORT = {"http": ":80", "https": ":443"}
_CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent")


async def ask(question: Question, cookies: Cookies) -> Any:
    """Call a question that may be a plain or an async function."""
    answer = question(cookies)
    return await answer if inspect.isawaitable(answer) else answer


def is_closed(path: str) -> bool:
    """Doors of Streamlit nobody needs: figures about the server, the agent API, script health (T05, 0.13)."""
    where = path.find("/_stcore/")
    if where < 0:
        return False
    inner = path[where:]
    return any(inner == door or inner.startswith(door + "/") for door in _CLOSED)


def origin_fits(origin: str, host: str, *, https: bool) -> bool:
    """Whether a request's ``Origin`` is this very host.

    ``null`` (sandboxed frames, local files) never fits. On an https page an
    http origin does not fit either.
    """
    scheme, sign, name = origin.lower().partition("://")
    if not sign or scheme not in _DEFAULT_PORT or (https and scheme != "https") or not host:
        return False
    default = _DEFAULT_PORT[scheme]
    return name.removesuffix(default) == host.lower().removesuffix(default)


class TrustedProxies:
    """Whose ``X-Forwarded-*`` is believed: addresses or networks in ``KOPPELVLAK_TRUSTED_PROXY``.

    Several are separated by commas or spaces. Raises ``ValueError`` at the
    start when one is not an address.
    """

    def __init__(self, setting: str | None = None) -> None:
        if setting is None:
            setting = os.environ.get("KOPPELVLAK_TRUSTED_PROXY", "")
        self.networks = tuple(ipaddress.ip_network(item, strict=False) for item in setting.replace(",", " ").split())

    def __bool__(self) -> bool:
        return bool(self.networks)

    def trusts(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self.networks)

    def rewrite(self, scope: Scope) -> Scope:
        """The scope as the browser meant it, when the sender is a trusted proxy; otherwise unchanged."""
        client = scope.get("client")
        if not client or not self.trusts(client[0]):
            return scope
        asked = dict(scope["headers"])
        changed = dict(scope)
        proto = asked.get(b"x-forwarded-proto", b"").decode("latin-1").split(",")[-1].strip().lower()
        if proto in ("http", "https"):
            socket = scope["type"] == "websocket"
            changed["scheme"] = {"http": "ws", "https": "wss"}[proto] if socket else proto
        chain = [part.strip() for part in asked.get(b"x-forwarded-for", b"").decode("latin-1").split(",")]
        for address in reversed(chain):
            if address and not self.trusts(address):
                changed["client"] = (address, 0)
                break
        return changed


class SocketCount:
    """Open WebSockets of this process, and how many of them came without a known cookie (ruling 7)."""

    def __init__(self, total: int = SOCKETS_PER_PROCESS, unknown: int = SOCKETS_UNKNOWN) -> None:
        self.total_limit, self.unknown_limit = total, unknown
        self.total = self.unknown = 0

    def may_enter(self, known: bool) -> bool:
        return self.total < self.total_limit and (known or self.unknown < self.unknown_limit)

    @contextmanager
    def inside(self, known: bool) -> Any:
        self.total += 1
        self.unknown += not known
        try:
            yield
        finally:
            self.total -= 1
            self.unknown -= not known


class UploadGuard:
    """Who may put how much in this server's memory (T31).

    ``may_upload(cookies)`` answers falsy to refuse, or a stable key of the
    visitor (an account or participant id) under which files are counted.
    Plain ``True`` counts everybody under one key.
    """

    def __init__(
        self,
        may_upload: Question,
        *,
        file_bytes: int = UPLOAD_BYTES,
        at_once: int = UPLOADS_AT_ONCE,
        files: int = UPLOADS_PER_WINDOW,
        window_bytes: int = UPLOAD_BYTES_PER_WINDOW,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.may_upload, self.clock = may_upload, clock
        self.file_bytes, self.at_once = file_bytes, at_once
        self.files, self.window_bytes = files, window_bytes
        self.busy = 0
        self._seen: dict[Any, deque[tuple[float, int]]] = {}

    async def verdict(self, method: str, headers: Mapping[bytes, bytes], cookies: Cookies) -> int:
        """HTTP status: 200 to go on, else 403, 411, 413 or 429. A go-ahead is counted at once."""
        key = await ask(self.may_upload, cookies)
        if not key:
            return 403
        if method != "PUT":
            return 200
        length = headers.get(b"content-length", b"")
        # Without a length (chunked) the size is only known when it is too late.
        if not length.isdigit():
            return 411
        size = int(length)
        if size > self.file_bytes + UPLOAD_ENVELOPE:
            return 413
        now = self.clock()
        for stale in [k for k, past in self._seen.items() if now - past[-1][0] > UPLOAD_WINDOW_SECONDS]:
            del self._seen[stale]
        past = self._seen.get(key, deque())
        while past and now - past[0][0] > UPLOAD_WINDOW_SECONDS:
            past.popleft()
        if (
            self.busy >= self.at_once
            or len(past) >= self.files
            or sum(known for _, known in past) + size > self.window_bytes
        ):
            return 429
        past.append((now, size))
        self._seen[key] = past
        return 200

    @contextmanager
    def receiving(self) -> Any:
        self.busy += 1
        try:
            yield
        finally:
            self.busy -= 1


class _NoVisitors(logging.Filter):
    """Drops the lines in which uvicorn tells who asked for what, and when."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "uvicorn.access":
            return False
        words = record.msg if isinstance(record.msg, str) else ""
        return '"WebSocket %s"' not in words and '"%s %s HTTP' not in words


class _NoWords(logging.Filter):
    """Streamlit logs an uncaught error with its own words, and a database error quotes what people typed.

    ``ui.faults.show_fault`` logs the same error without them; here only its kind stays.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0] is not None:
            record.msg, record.args = f"{record.getMessage()}: {record.exc_info[0].__qualname__}", ()
            record.exc_info = record.exc_text = None
        return True


_no_visitors = _NoVisitors()
_no_words = _NoWords()


def silence_request_logs() -> None:
    """No access log, whatever starts the server (ruling 2), and no words of people in an error's line (T02).

    Importing Streamlit hangs a console handler on ``uvicorn.access`` even when
    the access log was switched off, and uvicorn tells of every socket through
    ``uvicorn.error``. A filter survives what both do to handlers and levels
    afterwards. May be called again; changes nothing then.
    """
    for name in ("uvicorn.access", "uvicorn.error", "uvicorn.asgi"):
        logger = logging.getLogger(name)
        if _no_visitors not in logger.filters:
            logger.addFilter(_no_visitors)
    script_errors = logging.getLogger("streamlit.error_util")
    if _no_words not in script_errors.filters:
        script_errors.addFilter(_no_words)
    access = logging.getLogger("uvicorn.access")
    access.propagate = False
    # uvicorn does not even build the line when nobody listens.
    for handler in list(access.handlers):
        access.removeHandler(handler)
