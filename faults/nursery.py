"""The program under test of the store tier: takes ballots over a socket and acknowledges after the commit.

``python -m faults.nursery`` reads one JSON line per life wanted (``{"socket": path, "url": database}``) and forks it:
the imports are paid once, the process that is killed is a real one with its own database connections. ``without``
names the protection to take away, for the twins.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

from workshop.actions.evening.votes.door import Cast, Receipt, cast_ballots
from workshop.domain.errors import WorkshopError
from workshop.locale import _
from workshop.store import Store, open_store
from workshop.werkvormen import werkvorm


def main() -> None:
    """Fork a life for every line, tell its process id, never wait for any."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for late in ("psycopg", "sqlalchemy.dialects.postgresql.psycopg", "pysqlite3"):
        with suppress(ImportError):
            import_module(late)
    # What a process reads at its first vote, so that lives of a tenth of a second are spent on voting.
    werkvorm("commitment")
    _("Stem")
    print(os.getpid(), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                live(order)
            finally:
                os._exit(1)
        print(child, flush=True)


def live(order: dict[str, Any]) -> None:
    """Open the database, then serve every connection from a thread of its own until killed."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    store = open_store(order["url"])
    without(store, order.get("without", ""))
    server = socket.socket(socket.AF_UNIX)
    server.bind(order["socket"])
    server.listen(16)
    acknowledge_early = order.get("without") == "the commit before the answer"
    while True:
        line, _address = server.accept()
        threading.Thread(target=serve, args=(store, line, acknowledge_early), daemon=True).start()


def serve(store: Store, line: socket.socket, acknowledge_early: bool = False) -> None:
    """One request per line: a list of ``[token, round, change, form]``; one answer per line, in the same order."""
    with line, line.makefile("rwb") as stream:
        for request in stream:
            casts = [
                Cast(token, round_id, form, f"{token[:8]}-{change}", change)
                for token, round_id, change, form in json.loads(request)
            ]
            if acknowledge_early:
                told = [["ok", c.change, value_of({k: v[0] for k, v in c.form.items()})] for c in casts]
                stream.write(json.dumps(told).encode() + b"\n")
                stream.flush()
                cast_ballots(store, casts)
                continue
            try:
                answers: list[list[Any]] = []
                for answer in cast_ballots(store, casts):
                    if isinstance(answer, Receipt):
                        answers.append(["ok", answer.change, value_of(answer.values)])
                    else:
                        assert isinstance(answer, WorkshopError)
                        answers.append(["fail", 0, answer.kind])
            except Exception as unknown:  # noqa: BLE001 - the outcome is not known: neither ok nor refused
                answers = [["info", 0, type(unknown).__name__]] * len(casts)
            stream.write(json.dumps(answers).encode() + b"\n")
            stream.flush()


def value_of(values: dict[str, str]) -> str:
    """A ballot of the commitment baseline as one word, so that it can be compared."""
    return f"{values.get('stance', '-')}|{values.get('experience', '-')}"


def without(store: Store, protection: str) -> None:
    """Take a protection away, for the twin that must then lose something."""
    takes: dict[str, Callable[[Store], None]] = {
        "": lambda s: None,
        "the commit before the answer": lambda s: None,
        "synchronous": _lazy_sync,
        "synchronous_commit": _lazy_sync,
    }
    takes[protection](store)


def _lazy_sync(store: Store) -> None:
    from sqlalchemy import event

    statement = "PRAGMA synchronous=NORMAL" if store.is_sqlite else "SET synchronous_commit = off"

    @event.listens_for(store.engine, "connect")
    def _off(connection: Any, _record: Any) -> None:
        connection.cursor().execute(statement)
        if not store.is_sqlite:
            connection.commit()

    store.engine.dispose()


if __name__ == "__main__":
    main()
