"""The program with one protection taken away, for the twins: ``python -m faults.unprotected <what> <port>``.

The product has no switch for any of this. Functions of it are replaced here, in the process under test, before it starts
to serve; what is replaced and by what is the whole of each function below.
"""

from __future__ import annotations

import contextlib
import queue
import runpy
import secrets
import sys
import threading
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

_FOREVER = 3600.0


def the_commit_before_the_answer() -> None:
    """A ballot is acknowledged as it comes in, and stored a little later."""
    from workshop.actions.evening.votes import door

    later: queue.SimpleQueue[tuple[Any, Sequence[door.Cast]]] = queue.SimpleQueue()

    def store_them() -> None:
        while True:
            store, casts = later.get()
            time.sleep(0.05)
            with contextlib.suppress(Exception):
                door.cast_ballots(store, casts)

    def answer_first(store: Any, casts: Sequence[door.Cast]) -> tuple[list[door.Receipt], list[door.News]]:
        later.put((store, casts))
        receipts = [
            door.Receipt(
                cast.round_id,
                {name: values[0] for name, values in cast.form.items()},
                is_complete=True,
                change=cast.change,
            )
            for cast in casts
        ]
        return receipts, []

    threading.Thread(target=store_them, daemon=True).start()
    import_module("workshop.room.frame.reception").cast = answer_first  # type: ignore[attr-defined]


def an_orderly_stop() -> None:
    """Streamlit's own start command serves."""
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def one_key_per_person() -> None:
    """Every ballot that comes in has a key of its own, so that nobody has one already."""
    from workshop.actions.evening.votes import casts

    casts.ballot_key = lambda token, round_id: secrets.token_bytes(16)  # type: ignore[assignment]


def waiting_for_the_lock() -> None:
    """SQLite gives up at once when another process writes."""
    from workshop.store import engine

    engine.BUSY_SECONDS = 0


def syncing() -> None:
    """SQLite does not ask the disk whether a commit is kept."""
    from sqlalchemy import Engine, event

    from workshop.store import engine

    opened = engine._open_sqlite

    def without_sync(url: Any) -> Engine:
        made = opened(url)
        event.listen(made, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF"))
        return made

    engine._open_sqlite = without_sync  # type: ignore[assignment]


def patience() -> None:
    """Nobody is told anything before the database has answered, however long that takes."""
    from workshop.store import engine

    engine.BUSY_SECONDS = 60
    for name in ("writer", "reception"):
        import_module(f"workshop.room.frame.{name}").PATIENCE_SECONDS = _FOREVER  # type: ignore[attr-defined]


def words() -> None:
    """What goes wrong with the database is not caught where people are answered."""
    from workshop.room.frame.endpoint import Endpoint

    async def act(self: Endpoint, scope: Any, receive: Any, send: Any) -> None:
        await self._act(scope, receive, send)

    Endpoint.__call__ = act  # type: ignore[method-assign]


def the_news_of_others() -> None:
    """Nothing is heard of what other processes commit (LISTEN)."""
    from workshop.store import listening

    listening.listen_to_others = lambda store, listener, *, missed: lambda: None  # type: ignore[assignment]


def batches() -> None:
    """Every vote is a transaction of its own, with an fsync of its own."""
    from workshop.room.frame import writer

    writer.LARGEST_BATCH = 1


def the_limits_of_bodies() -> None:
    """Bodies are read to their end, whatever their size, and waited for however slow they are."""
    from workshop.room.frame import forms

    forms.LARGEST_BODY, forms.BODY_SECONDS = 10**12, _FOREVER


def the_budget_of_wrong_codes() -> None:
    """Every code that is tried is looked up and answered at once."""
    from workshop.room.frame.attempts import Attempts

    Attempts.failed = lambda self: 0.0  # type: ignore[method-assign]


def looking_codes_up_first() -> None:
    """Who types a code waits and is refused as long as wrong codes are many, also with the right one."""
    from workshop.room.frame.answers import answer
    from workshop.room.frame.endpoint import Endpoint
    from workshop.room.frame.reception import here

    act = Endpoint.__call__

    async def count_first(self: Endpoint, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"].startswith("/mee") and not await here().attempts.wait():
            return await answer(scope, send, 429, "")
        await act(self, scope, receive, send)

    Endpoint.__call__ = count_first  # type: ignore[method-assign]


def the_guard_of_uploads() -> None:
    """Whoever has a Streamlit session may send files of Streamlit's own largest size, as many as they like."""
    from workshop.room.frame.guards import UploadGuard

    async def go_on(self: UploadGuard, method: str, headers: Any, cookies: Any) -> int:
        return 200

    UploadGuard.verdict = go_on  # type: ignore[method-assign]
    sys.argv.append("--server.maxUploadSize=200")


def only_the_latest_message() -> None:
    """Every message to a socket is kept until it left, as events would be."""
    import asyncio

    from workshop.room.frame.follower import Follower

    waiting: set[asyncio.Task[None]] = set()

    def tell(self: Follower, message: str) -> None:
        task = asyncio.get_running_loop().create_task(self._send(message))
        waiting.add(task)
        task.add_done_callback(waiting.discard)

    Follower.tell = tell  # type: ignore[method-assign]


def the_look_at_the_cookie() -> None:
    """Who looks is asked once, and kept with the session."""
    import streamlit as st

    from workshop.ui.frame import visitor

    asked = visitor.cookie
    visitor.cookie = lambda name: st.session_state.setdefault(f"cookie {name}", asked(name))  # type: ignore[assignment]


TAKEN_AWAY: dict[str, Callable[[], None]] = {
    make.__name__.replace("_", " "): make
    for make in (
        the_commit_before_the_answer, an_orderly_stop, one_key_per_person, waiting_for_the_lock, syncing, patience, words,
        the_news_of_others, batches, the_limits_of_bodies, the_budget_of_wrong_codes, looking_codes_up_first,
        the_guard_of_uploads,
        only_the_latest_message, the_look_at_the_cookie,
    )
}  # fmt: skip


def main() -> None:
    """Serve as ``workshop.start`` does after its checks: the database is there and migrated."""
    what, port = sys.argv[1:]
    sys.argv[1:] = ["run", "app.py", "--server.address=127.0.0.1", f"--server.port={port}"]
    TAKEN_AWAY[what]()
    from workshop import serving

    serving.main()


if __name__ == "__main__":
    main()
