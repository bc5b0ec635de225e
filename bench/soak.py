"""A long evening: ``python -m bench.soak [--minutes 10] [--write]``. Does memory stay flat while people go on voting?

200 phones on the stream, 2 projectors and a console; 20 votes a second; every half minute the facilitator stops, shows
and asks again.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from statistics import linear_regression

from bench import rows
from bench.lines import lines
from bench.product import Stage
from bench.report import put, under_conditions
from bench.rows import percentile
from bench.servers import start_product

PORT = 9312
PEOPLE, VOTES_PER_SECOND, ROUND_SECONDS = 200, 20, 30


async def measure(minutes: float) -> dict[str, str]:
    """What one soak of ``minutes`` found."""
    memory: list[tuple[float, float]] = []
    answered: list[float] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        server, stage = await start_product(PORT, Path(folder), PEOPLE)
        try:
            phones = rows.Phones()
            await phones.open(server, stage, PEOPLE)
            screens = [await rows.product_projector(server, stage) for _screen in range(3)]
            began, cpu, verb = time.monotonic(), server.cpu(), "open"
            while time.monotonic() - began < minutes * 60:
                round_id = await server.press(verb, stage.secret_step)
                verb = "again"
                answered += await _vote_for_a_while(server.port, stage, round_id)
                for end in ("stop", "show"):
                    await server.press(end, stage.secret_step)
                memory.append(((time.monotonic() - began) / 3600, server.memory()))
            spent = server.cpu() - cpu
            lost = sum(phone.is_closed for phone in phones.streams)
            rows.close([], *phones.streams, *(live for _screen, live in screens))
        finally:
            await server.stop()
    # The first minutes fill caches; what matters is whether it goes on.
    settled = memory[len(memory) // 3 :]
    slope = linear_regression([at for at, _size in settled], [size for _at, size in settled]).slope
    return {
        "minutes of voting": f"{minutes:.0f}, {len(answered)} votes in {len(memory)} rounds by {PEOPLE} people",
        "memory at the beginning, after a third, at the end": (
            f"{memory[0][1]:.0f}, {settled[0][1]:.0f} and {settled[-1][1]:.0f} MB"
        ),
        "growth over the last two thirds": f"{slope:.1f} MB an hour",
        "votes answered within, p50 and p95": (
            f"{percentile(answered, 0.5) * 1000:.1f} and {percentile(answered, 0.95) * 1000:.1f} ms"
        ),
        "CPU for everything, per vote": f"{spent / len(answered) * 1000:.2f} ms",
        "phones that lost their stream": str(lost),
    }


async def _vote_for_a_while(port: int, stage: Stage, round_id: str) -> list[float]:
    answered = []
    until, change = time.monotonic() + ROUND_SECONDS, 0
    open_lines = await lines(port, VOTES_PER_SECOND)
    while time.monotonic() < until:
        change += 1
        requests = rows.product_votes(port, stage, round_id, PEOPLE, change=change)
        for start in range(0, PEOPLE, VOTES_PER_SECOND):
            for line, request in zip(open_lines, requests[start : start + VOTES_PER_SECOND], strict=True):
                began = time.perf_counter()
                status, _head, body = await line.ask(request)
                if status != 200:
                    raise RuntimeError(f"answered {status}: {body[:200]!r}")
                answered.append(time.perf_counter() - began)
                await asyncio.sleep(1 / VOTES_PER_SECOND)
    rows.close(open_lines)
    return answered


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    table = under_conditions(asyncio.run(measure(options.minutes)))
    print(table)
    if options.write:
        put("soak", table)


if __name__ == "__main__":
    main()
