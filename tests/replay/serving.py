"""The room's own routes and middleware on a real socket, over a store the test holds as well."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from tests.room.hall import application
from workshop.store import Store


@contextmanager
def served(store: Store) -> Iterator[str]:
    """A running server in this process; gives scheme, host and port."""
    config = uvicorn.Config(application(store), host="127.0.0.1", port=0, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="replay-server")
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            thread.join(0.01)
        host, port = server.servers[0].sockets[0].getsockname()[:2]
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join(20)
