"""A wire between the program and its database that can be cut, made one-way, or mended: a small TCP relay."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import Literal

State = Literal["whole", "cut", "one way"]


class Wire:
    """Listens on a port of its own and passes on to ``target``.

    ``cut``: every connection breaks and none is made. ``one way``: what the program says arrives, answers are lost
    (and nothing tells the program so); the connections of that time are broken when the wire is mended.
    """

    def __init__(self, target: int) -> None:
        self._target = target
        self._state: State = "whole"
        self._lines: set[asyncio.StreamWriter] = set()
        self._dirty: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self.port = 0
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait(10)

    def set(self, state: State) -> None:
        asyncio.run_coroutine_threadsafe(self._set(state), self._loop).result(10)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._pass_on, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()

    async def _set(self, state: State) -> None:
        self._state = state
        for line in set(self._lines) if state == "cut" else set(self._dirty):
            line.transport.abort()
        self._dirty.clear()

    async def _pass_on(self, near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        if self._state == "cut":
            near_out.transport.abort()
            return
        try:
            far, far_out = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            near_out.transport.abort()
            return
        self._lines |= {near_out, far_out}
        there = asyncio.create_task(self._copy(near, far_out, is_answer=False))
        back = asyncio.create_task(self._copy(far, near_out, is_answer=True))
        await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        for line in (near_out, far_out):
            self._lines.discard(line)
            line.transport.abort()
        for task in (there, back):
            task.cancel()

    async def _copy(self, source: asyncio.StreamReader, to: asyncio.StreamWriter, *, is_answer: bool) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                if is_answer and self._state == "one way":
                    self._dirty.add(to)
                    continue
                to.write(data)
                await to.drain()
