"""Hearing what other processes committed, through PostgreSQL itself (LISTEN); no bus of our own.

``store/writing.py`` sends ``process:session:kind`` inside the writing transaction, so a message arrives exactly when
its commit is visible, and never for one that was rolled back.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import psycopg
from sqlalchemy import make_url

from workshop.store.engine import Change, Store
from workshop.store.writing import CHANNEL

log = logging.getLogger(__name__)

_WAIT_SECONDS = 0.5
"""How long one wait for messages lasts; bounds how long stopping takes, not how fast a message is heard."""

_FIRST_RETRY, _LONGEST_RETRY = 0.5, 10.0


def listen_to_others(
    store: Store, listener: Callable[[Change], None], *, missed: Callable[[], None]
) -> Callable[[], None]:
    """Call ``listener`` for every change another process committed, from a thread of its own.

    ``missed`` is called when messages may have been lost: after every reconnect.

    Returns:
        a function that ends the listening and waits for its thread.
    """
    stop = threading.Event()
    thread = threading.Thread(target=_listen, args=(store, listener, missed, stop), name="listening", daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join(timeout=5)

    return end


def _listen(
    store: Store, listener: Callable[[Change], None], missed: Callable[[], None], stop: threading.Event
) -> None:
    address = make_url(store.url).set(drivername="postgresql").render_as_string(hide_password=False)
    pause, is_first = _FIRST_RETRY, True
    while not stop.is_set():
        try:
            with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                if not is_first:
                    missed()
                is_first, pause = False, _FIRST_RETRY
                while not stop.is_set():
                    for notice in connection.notifies(timeout=_WAIT_SECONDS):
                        _pass_on(notice.payload, store.process, listener)
        except psycopg.Error as gone:
            is_first = False
            log.warning("listening to other processes failed (%s); trying again", type(gone).__name__)
            stop.wait(pause)
            pause = min(pause * 2, _LONGEST_RETRY)


def _pass_on(payload: str, own: str, listener: Callable[[Change], None]) -> None:
    process, _colon, rest = payload.partition(":")
    session_id, colon, kind = rest.partition(":")
    if colon and process != own:
        listener(Change(session_id, kind))
