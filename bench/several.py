"""Two processes on PostgreSQL behind nginx: ``python -m bench.several [--write]``. 1000 people, https, nothing lost.

The shipped ``deploy/nginx/nginx.conf`` before two processes as an installation starts them; a third process, this one, plays
the facilitator. A projector looks at each of the two, so that every vote has to cross from one process to the other.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench import rows
from bench.lines import Line, lines, stream
from bench.product import Stage, prepare, press
from bench.report import put, under_conditions
from bench.rows import Projector, percentile
from tests.deploy.proxy import Nginx, two_behind_one
from tools import postgres
from tools.programs import NGINX
from workshop.cookies import SIGN_IN

PEOPLE = 1000


@dataclass
class Turn:
    """One round: seconds until a vote was answered, until each projector had all, and how many votes stand at the end."""

    answered: list[float]
    all_shown: list[float]
    stored: int


async def _turn(nginx: Nginx, stage: Stage, step: str, verb: str, screens: list[Projector], over: float) -> Turn:
    round_id = (await asyncio.to_thread(press, f"{verb} {step}"))["round"]
    requests = rows.product_votes(nginx.port, stage, round_id, PEOPLE, origin=nginx.base)
    open_lines = await lines(nginx.port, PEOPLE, nginx.trust())
    chance = random.Random(rows.SEED)
    moments = [chance.uniform(0, over) for _request in requests]
    for screen in screens:
        screen.expect(PEOPLE)
    answered: list[float] = []
    began = time.perf_counter()

    async def one(at: float, line: Line, request: bytes) -> None:
        await asyncio.sleep(max(0.0, at - (time.perf_counter() - began)))
        sent = time.perf_counter()
        status, _head, body = await line.ask(request)
        if status != 200:
            raise RuntimeError(f"answered {status}: {body[:200]!r}")
        answered.append(time.perf_counter() - sent)

    await asyncio.gather(*(one(*each) for each in zip(moments, open_lines, requests, strict=True)))
    await asyncio.wait_for(asyncio.gather(*(screen.reached.wait() for screen in screens)), 30)
    rows.close(open_lines)
    all_shown = [screen.seen[-1][1] - began for screen in screens]
    for end in ("stop", "show"):
        await asyncio.to_thread(press, f"{end} {step}")
    return Turn(answered, all_shown, await asyncio.to_thread(_stored, stage, step))


def _stored(stage: Stage, step: str) -> int:
    from workshop.opening import the_store
    from workshop.store import rooms

    with the_store().read() as conn:
        found = rooms.last_round(conn, step)
    return int((found.outcome or {})["n"]) if found else 0


async def measure(nginx: Nginx, ports: list[int], stage: Stage) -> dict[str, str]:
    told: dict[str, str] = {}
    screens, streams = [], []
    for port in ports:
        screen = Projector()
        streams.append(await stream(port, f"/live/{stage.session_id}", screen.hear, f"{SIGN_IN}={stage.staff_cookie}"))
        screens.append(screen)
    await asyncio.sleep(1)
    await _turn(nginx, stage, stage.secret_step, "open", screens, 2.0)
    for name, step, verb, over in (
        ("votes over 1 s, secret step", stage.secret_step, "again", 1.0),
        ("votes over 1 s, open step", stage.open_step, "open", 1.0),
        ("votes at one instant, secret step", stage.secret_step, "again", 0.0),
    ):
        turn = await _turn(nginx, stage, step, verb, screens, over)
        told[f"{PEOPLE} {name}"] = (
            f"answered p50 {percentile(turn.answered, 0.5) * 1000:.0f} ms, p95 {percentile(turn.answered, 0.95) * 1000:.0f} ms; "
            f"all on the one projector after {min(turn.all_shown):.2f} s, on the other after {max(turn.all_shown):.2f} s; "
            f"lost {PEOPLE - turn.stored}"
        )
    rows.close([], *streams)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.several", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    program = str(NGINX.bring())
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, postgres.PostgresServer(postgres.bring()) as server:
        server.run_sql("CREATE DATABASE bench")
        url = server.url("bench")
        Path(folder).chmod(0o755)
        stage = prepare(url, PEOPLE)
        os.environ |= {"DATABASE_URL": url, "KOPPELVLAK_VAR": f"{folder}/var", "BENCH_STAFF": stage.staff_cookie}
        with two_behind_one(program, url, Path(folder)) as (nginx, processes):
            told = asyncio.run(measure(nginx, [process.port for process in processes], stage))
    table = under_conditions(told)
    print(table)
    if options.write:
        put("several", table)


if __name__ == "__main__":
    main()
