"""How many phones other processes reach: each says its numbers over PostgreSQL (NOTIFY); nothing is stored.

A number that is not repeated is forgotten, so a process that was killed stops counting by itself. Who the phones are is
in no message, only how many there are per session. Nothing of this stands in the way of a vote: a thread and a
connection of its own, a message per session with phones every few seconds.
Source: issue "an evening with real people", point 7.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

import psycopg
from sqlalchemy import make_url

log = logging.getLogger(__name__)

#: The PostgreSQL channel of the numbers; apart from the one of changes, which every process acts on at once.
CHANNEL = "koppelvlak_phones"

BEAT = 5.0
"""Seconds after which a number is said again though it did not change."""

_LOOKS = 1.0
"""Seconds between two looks at the own numbers; a number that changed is said at once."""

_RETRY = 2.0


class PhonesElsewhere:
    """The numbers of the other processes. ``numbers_here()`` gives those of this one, by session id; any thread asks.

    ``changed(session_id)`` is called from this thread when a number of another process became another.
    ``beat`` is in seconds; a number is forgotten after three of them.
    """

    def __init__(
        self,
        url: str,
        process: str,
        numbers_here: Callable[[], Mapping[str, int]],
        changed: Callable[[str], None],
        *,
        beat: float,
    ) -> None:
        self._address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._process, self._numbers_here, self._changed, self._beat = process, numbers_here, changed, beat
        self._looks = min(_LOOKS, beat / 2)
        self._lock = threading.Lock()
        self._heard: dict[str, dict[str, tuple[int, float]]] = {}
        self._listens_since: float | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="phones-elsewhere", daemon=True)
        self._thread.start()

    def elsewhere(self, session_id: str) -> int | None:
        """Phones of a session that other processes reach now; None until every other one had the time to say it."""
        now = time.monotonic()
        with self._lock:
            if self._listens_since is None or now - self._listens_since < self._beat + self._looks:
                return None
            return sum(n for n, at in self._heard.get(session_id, {}).values() if now - at < 3 * self._beat)

    def stop(self) -> None:
        """Say that nobody is reached here anymore, and end."""
        self._stop.set()
        self._thread.join(timeout=5)

    # -- on the thread ---------------------------------------------------------------------------------------------

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                with psycopg.connect(self._address, autocommit=True, connect_timeout=5) as connection:
                    self._exchange(connection)
            except psycopg.Error as gone:
                log.warning("the phones of other processes are not known (%s); trying again", type(gone).__name__)
                with self._lock:
                    self._listens_since = None
                    self._heard.clear()
                self._stop.wait(_RETRY)

    def _exchange(self, connection: psycopg.Connection) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        with self._lock:
            self._listens_since = time.monotonic()
        said: dict[str, tuple[int, float]] = {}
        told_known = False
        while not self._stop.is_set():
            self._say(connection, said)
            for notice in connection.notifies(timeout=self._looks):
                self._hear(notice.payload)
            self._forget()
            if not told_known and self.elsewhere("") is not None:
                told_known = True
                for session_id in self._numbers_here():
                    self._changed(session_id)
        for session_id in said:
            _notify(connection, f"{self._process}:{session_id}:0")

    def _say(self, connection: psycopg.Connection, said: dict[str, tuple[int, float]]) -> None:
        now, numbers = time.monotonic(), dict(self._numbers_here())
        for session_id in [*numbers, *(known for known in said if known not in numbers)]:
            n = numbers.get(session_id, 0)
            last, at = said.get(session_id, (0, 0.0))
            if n != last or (n and now - at >= self._beat):
                _notify(connection, f"{self._process}:{session_id}:{n}")
                said[session_id] = (n, now)
            if not n:
                said.pop(session_id, None)

    def _hear(self, payload: str) -> None:
        process, _colon, rest = payload.partition(":")
        session_id, _colon, number = rest.partition(":")
        if process == self._process or not number.isascii() or not number.isdigit():
            return
        with self._lock:
            of_session = self._heard.setdefault(session_id, {})
            before = of_session.get(process, (0, 0.0))[0]
            of_session[process] = (int(number), time.monotonic())
        if before != int(number):
            self._changed(session_id)

    def _forget(self) -> None:
        since = time.monotonic() - 3 * self._beat
        with self._lock:
            gone = [(s, p) for s, of_session in self._heard.items() for p, (_n, at) in of_session.items() if at < since]
            for session_id, process in gone:
                del self._heard[session_id][process]
                if not self._heard[session_id]:
                    del self._heard[session_id]
        for session_id in {session_id for session_id, _process in gone}:
            self._changed(session_id)


class OnlyHere:
    """Where one process is all there is (SQLite): nobody is elsewhere."""

    def elsewhere(self, session_id: str) -> int | None:  # noqa: ARG002 - asked as the other is
        """Nobody."""
        return 0

    def stop(self) -> None:
        """Nothing runs."""


def _notify(connection: psycopg.Connection, payload: str) -> None:
    connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))
