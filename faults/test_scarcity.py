"""F12 and F14: no file descriptors left, and a processor that somebody else uses."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from faults.hall import hall
from faults.phones import Phone, quantile
from faults.server import Server
from faults.test_program import run, told_in_dutch


def test_f12_without_file_descriptors_who_is_inside_goes_on_and_newcomers_come_in_when_there_are_some(
    new_sqlite_url: Callable[[], str], tmp_path: Path
) -> None:
    url = new_sqlite_url()
    server = Server(url, tmp_path, before=["prlimit", "--nofile=160"])

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 20) as h:
            h.go(pause=0.2)
            await asyncio.sleep(1)
            lines = [await asyncio.open_connection("127.0.0.1", server.port) for _n in range(300)]
            await asyncio.sleep(1)
            assert server.process
            used = len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))
            before = h.acknowledged
            await asyncio.sleep(2)
            during = h.acknowledged - before
            for _reader, writer in lines:
                writer.transport.abort()
            freed = time.monotonic()
            newcomer = Phone(h.evening, h.history, random.Random(12), [server.port])
            while not newcomer.token and time.monotonic() - freed < 10:
                with contextlib.suppress(OSError):
                    await newcomer.join()
                await asyncio.sleep(0.1)
            back = time.monotonic() - freed
            await h.quiet()
            assert await h.last_word() == []
            refused = [r for p in h.phones for r in p.refusals]
            print(
                f"F12: {used} descriptors in use, {during} votes in 2 s meanwhile, {len(refused)} refused in words, "
                f"a newcomer inside {back:.1f} s after there were some"
            )
            assert used >= 155 and during > 20
            assert newcomer.token and back < 10
            assert all(map(told_in_dutch, refused))
            assert h.judge() == []

    with server:
        run(evening())


def test_f14_on_half_a_processor_everybody_is_answered(new_sqlite_url: Callable[[], str], tmp_path: Path) -> None:
    url = new_sqlite_url()
    core = str(min(os.sched_getaffinity(0)))

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 150) as h:
            hog = subprocess.Popen(["taskset", "-c", core, sys.executable, "-c", "while True: pass"])
            try:
                h.go(pause=1)
                await asyncio.sleep(8)
                await h.quiet()
            finally:
                hog.kill()
                hog.wait()
            unanswered = sum(p.pending is not None for p in h.phones)
            print(f"F14: {h.acknowledged} acknowledged, {unanswered} unanswered, p95 {quantile(h.times, 0.95):.2f} s")
            assert unanswered == 0 and [r for p in h.phones for r in p.refusals] == []
            assert quantile(h.times, 0.95) <= 3
            assert h.judge() == []

    with Server(url, tmp_path, before=["taskset", "-c", core]) as server:
        run(evening())
