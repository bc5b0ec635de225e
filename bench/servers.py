"""Starting the two servers, and reading what they cost from ``/proc``."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.product import ROOT, Stage

SERVE = (sys.executable, "-m", "bench.product", "serve")


@dataclass
class Server:
    """A running server process."""

    name: str
    port: int
    process: asyncio.subprocess.Process

    def cpu(self) -> float:
        """Seconds of CPU of the whole process so far, user and system, all threads."""
        # The clock of another process has this number (clock_getcpuclockid); /proc counts in hundredths of a second.
        return time.clock_gettime(~self.process.pid << 3 | 2)

    def memory(self) -> float:
        """Resident memory in MB."""
        for entry in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if entry.startswith("VmRSS:"):
                return int(entry.split()[1]) / 1024
        return 0.0

    async def press(self, verb: str, step_id: str) -> str:
        """Press a button of the console; returns the id of the round the step is in."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{verb} {step_id}\n".encode())
        while True:
            told = (await asyncio.wait_for(self.process.stdout.readline(), 30)).decode()
            if told.startswith("BENCH "):
                content: dict[str, Any] = json.loads(told[6:])
                if "error" in content:
                    raise RuntimeError(f"{verb}: {content['error']}")
                return str(content["round"])
            if not told:
                raise RuntimeError("the server stopped")

    async def stop(self) -> None:
        if self.process.returncode is None:
            self.process.terminate()
            try:
                await asyncio.wait_for(self.process.wait(), 10)
            except TimeoutError:
                self.process.kill()


async def _answers(port: int) -> None:
    for _attempt in range(300):
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise RuntimeError(f"nothing answers on port {port}")


async def start_floor(port: int, folder: Path, *, alone: bool = False) -> Server:
    words = [str(port), str(folder / "floor.db"), *(["alone"] if alone else [])]
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.floor", *words, cwd=ROOT)
    await _answers(port)
    return Server("floor", port, process)


async def start_product(
    port: int, folder: Path, people: int, *, fill: Callable[[str, Stage], None] | None = None
) -> tuple[Server, Stage]:
    """The product over an evening of ``people``; ``fill(url, stage)`` may put more in the database before it starts."""
    url = f"sqlite:///{folder / 'koppelvlak.db'}"
    made = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.product", "prepare", url, str(people)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    told, _nothing = await made.communicate()
    stage = Stage(**json.loads(told))
    if fill is not None:
        await asyncio.to_thread(fill, url, stage)
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "KOPPELVLAK_VAR": str(folder),
        "BENCH_PORT": str(port),
        "BENCH_STAFF": stage.staff_cookie,
    }
    process = await asyncio.create_subprocess_exec(
        *SERVE,
        cwd=ROOT,
        env=environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    await _answers(port)
    return Server("koppelvlak", port, process), stage
