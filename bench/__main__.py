"""``python -m bench [--quick] [--write]``: the table of docs/performance.md, floor and product in one run."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path
from statistics import median

from bench import rows
from bench.lines import lines
from bench.product import Stage
from bench.report import Row, write_report
from bench.rows import Measured, percentile
from bench.servers import Server, start_floor, start_product

FLOOR_PORT, PRODUCT_PORT = 8940, 8941


async def _pair(
    floor: Server, product: Server, stage: Stage, n: int, *, over: float, step: str, name: str, times: int
) -> Row:
    """One row: floor and product in turn, ``times`` times; medians over the turns."""
    floor_runs: list[Measured] = []
    product_runs: list[Measured] = []
    floor_screen, floor_stream = await rows.projector_of(floor, "/live")
    screen, product_stream = await rows.product_projector(product, stage)
    for turn in range(times):
        requests = rows.floor_votes(floor.port, f"{name}{turn}", n)
        floor_runs.append(await _voted(floor, floor_screen, requests, over))
        round_id = await product.press("open" if step not in _opened else "again", step)
        _opened.add(step)
        requests = rows.product_votes(product.port, stage, round_id, n)
        product_runs.append(await _voted(product, screen, requests, over))
        await product.press("stop", step)
        await product.press("show", step)
    rows.close([], floor_stream, product_stream)
    return Row(name, n, _middle(floor_runs, n), _middle(product_runs, n), sum(r.lost for r in product_runs))


async def _voted(server: Server, projector: rows.Projector, requests: list[bytes], over: float) -> Measured:
    """One turn over fresh lines: a server closes a line that was silent for five seconds."""
    open_lines = await lines(server.port, len(requests))
    try:
        return await rows.vote(server, projector, open_lines, requests, over=over)
    finally:
        rows.close(open_lines)


async def _idle(product: Server, seconds: float = 10) -> str:
    await asyncio.sleep(2)
    cpu = product.cpu()
    await asyncio.sleep(seconds)
    return f"{(product.cpu() - cpu) / seconds * 1000:.0f} ms per second"


async def _next_question(product: Server, stage: Stage, phones: rows.Phones) -> str:
    """The facilitator goes on in a full hall; next door they are in the middle of a vote."""
    other = stage.other_hall
    screen, live = await rows.product_projector(product, other)
    alone, together = [], []
    moved: list[float] = []
    for turn, verb in enumerate(("open", "again", "again", "again", "again", "again")):
        if turn:
            await product.press("stop", other.secret_step)
            await product.press("show", other.secret_step)
        round_id = await product.press(verb, other.secret_step)
        voting = asyncio.create_task(
            _voted(product, screen, rows.product_votes(product.port, other, round_id, len(other.tokens)), 1.0)
        )
        if turn % 2:
            # Half a second into the vote: lines are open and people are sending.
            await asyncio.sleep(0.9)
            _began, moved = await rows.move_room(product, stage, phones, "again", stage.secret_step)
            await product.press("stop", stage.secret_step)
            await product.press("show", stage.secret_step)
            together += (await voting).acknowledged
        else:
            alone += (await voting).acknowledged
    rows.close([], live)
    return (
        f"first of {len(phones.streams)} phones {min(moved) * 1000:.0f} ms, last {max(moved) * 1000:.0f} ms, "
        f"{phones.bytes / len(moved):.0f} bytes each; their votes answered p95 {percentile(together, 0.95) * 1000:.0f} ms, "
        f"without the move {percentile(alone, 0.95) * 1000:.0f} ms"
        if len(moved) == len(phones.streams)
        else f"only {len(moved)} of {len(phones.streams)} phones had it"
    )


_opened: set[str] = set()


def _middle(runs: list[Measured], n: int) -> dict[str, float]:
    return {
        "p50": median(percentile(r.shown, 0.5) for r in runs) * 1000,
        "p95": median(percentile(r.shown, 0.95) for r in runs) * 1000,
        "ack95": median(percentile(r.acknowledged, 0.95) for r in runs) * 1000,
        "took": median(r.took for r in runs) * 1000,
        "cpu": median(r.cpu for r in runs) / n * 1000,
        "messages": median(r.messages for r in runs),
    }


async def measure(*, quick: bool, alone: bool) -> tuple[list[Row], dict[str, str]]:
    """All rows."""
    most = 200 if quick else 1000
    times = 2 if quick else 3
    told: dict[str, str] = {}
    found: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        floor = await start_floor(FLOOR_PORT, Path(folder), alone=alone)
        product, stage = await start_product(PRODUCT_PORT, Path(folder), most)
        try:
            told["memory at the start"] = f"{product.memory():.0f} MB"
            joined = await rows.join(product, stage, most)
            told[f"{most} people join (code, group, cookie, first page)"] = (
                f"{joined.took:.2f} s; one person p95 {percentile(joined.acknowledged, 0.95) * 1000:.0f} ms; "
                f"{joined.cpu / most * 1000:.2f} ms CPU each"
            )
            phones = rows.Phones()
            await phones.open(product, stage, most)
            told[f"CPU while {most} phones listen and nobody does anything"] = await _idle(product)
            await _pair(floor, product, stage, min(50, most), over=1.0, step=stage.secret_step, name="warm", times=1)
            for n in (50, 200, 500, 1000):
                if n <= most:
                    for name, step in (("secret", stage.secret_step), ("open", stage.open_step)):
                        found.append(await _pair(floor, product, stage, n, over=1.0, step=step, name=name, times=times))
            found.append(
                await _pair(
                    *(floor, product, stage, most), over=0.0, step=stage.secret_step, name="at one instant", times=times
                )
            )
            told["next question, while 200 people in another hall vote within that second"] = await _next_question(
                product, stage, phones
            )
            more = [await rows.product_projector(product, stage) for _screen in range(2)]
            await asyncio.sleep(1)
            told[f"memory with {most} participants on the stream, 2 projectors, 1 console"] = (
                f"{product.memory():.0f} MB"
            )
            rows.close([], *(live for _screen, live in more))
            lost_phones = sum(s.is_closed for s in phones.streams)
            told["phones that lost their stream during the run"] = str(lost_phones)
            rows.close([], *phones.streams)
        finally:
            await product.stop()
            await floor.stop()
    return found, told


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="200 people and two turns: a minute instead of five")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    parser.add_argument("--alone", action="store_true", help="beside a floor that commits every vote by itself")
    options = parser.parse_args()
    found, told = asyncio.run(measure(quick=options.quick, alone=options.alone))
    print(write_report(found, told, into_docs=options.write))


if __name__ == "__main__":
    main()
