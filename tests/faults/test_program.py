"""The faults over the real door in short: one program, killed, stopped, and locked out of its database."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable
from pathlib import Path

from faults.hall import hall
from faults.phones import Phone
from faults.server import Server
from faults.test_program import SENT, close_code, hold_lock, told_in_dutch
from workshop.room.evening.live import COME_BACK


def test_a_program_that_is_killed_locked_out_and_stopped_keeps_every_acknowledged_vote(
    new_sqlite_url: Callable[[], str], tmp_path: Path
) -> None:
    url = new_sqlite_url()
    server = Server(url, tmp_path)

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 40) as h:
            h.go(pause=0.2)
            await asyncio.sleep(1)
            server.kill()
            await asyncio.to_thread(server.start)
            lock = threading.Thread(target=hold_lock, args=(url.removeprefix("sqlite:///"), 3))
            lock.start()
            await asyncio.sleep(4)
            lock.join()
            for how in (signal.SIGTERM, signal.SIGINT):
                closing = asyncio.create_task(close_code(h.phones[0], server.address))
                await asyncio.sleep(0.5)
                status, _seconds = await asyncio.to_thread(server.stop, how)
                assert (status, await closing) == (0, COME_BACK)
                assert server.traces == 0
                await asyncio.to_thread(server.start)
            while h.acknowledged <= 100:
                await asyncio.sleep(0.1)
            await h.quiet()
            assert await h.last_word() == []
            assert all(told_in_dutch(r) for p in h.phones for r in p.refusals)
            tab = Phone(h.evening, h.history, h.phones[0].chance, [server.port], token=h.phones[0].token)
            page = await tab.ask("GET", f"/zaal/{h.evening.session_id}", json_wanted=False)
            assert page.status == 200 and SENT in page.body
            assert h.judge() == []

    with server:
        asyncio.run(evening())
