"""The wall in a real Chromium while 500 people vote: ``python -m bench.browser [--write]``.

Two rows: in an open step the time from a vote to a picture that has it, in a secret step to the number of people who are
done. The browser draws on the same cores as server and load, without a graphics card.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright

from bench import rows
from bench.lines import Line, lines
from bench.product import Stage
from bench.report import put, under_conditions
from bench.rows import percentile
from bench.servers import Server, start_product
from tools import chromium
from workshop.cookies import SIGN_IN

PORT = 9313
PEOPLE, SECONDS = 500, 20.0

_WATCH = """([selector, pattern]) => {
    window.seen = [];
    const roots = () => [document, ...[...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean)];
    let highest = 0, element = null;
    const look = () => {
        if (!element?.isConnected) for (const root of roots()) if ((element = root.querySelector(selector))) break;
        const found = element?.textContent.match(new RegExp(pattern));
        const now = found ? Number(found[1]) : 0;
        if (now > highest) { highest = now; window.seen.push([now, Date.now() / 1000]); }
        window.watching = requestAnimationFrame(look);
    };
    cancelAnimationFrame(window.watching); look();
}"""


async def _voted(
    server: Server, stage: Stage, page: Page, step: str, watched: tuple[str, str]
) -> tuple[list[float], int]:
    """Seconds from each vote to what the wall shows of it, and how many times what it shows changed."""
    round_id = await server.press("open", step)
    await asyncio.sleep(3)
    await page.evaluate(_WATCH, list(watched))
    chance = random.Random(rows.SEED)
    moments = sorted(chance.uniform(0, SECONDS) for _vote in range(PEOPLE))
    sent: list[float] = []
    began = time.time()

    async def one(at: float, line: Line, request: bytes) -> None:
        await asyncio.sleep(at - (time.time() - began))
        sent.append(time.time())
        status, _head, body = await line.ask(request)
        if status != 200:
            raise RuntimeError(f"answered {status}: {body[:200]!r}")

    requests = rows.product_votes(server.port, stage, round_id, PEOPLE)
    # Lines of their own shortly before: a server closes one that was silent for a while.
    for start in range(0, PEOPLE, 50):
        part = slice(start, start + 50)
        await asyncio.sleep(max(0.0, moments[start] - (time.time() - began) - 0.2))
        open_lines = await lines(server.port, 50)
        await asyncio.gather(*(one(*each) for each in zip(moments[part], open_lines, requests[part], strict=True)))
        rows.close(open_lines)
    await asyncio.sleep(3)
    seen: list[tuple[int, float]] = [(int(count), float(at)) for count, at in await page.evaluate("window.seen")]
    shown: list[float] = []
    for count, at in seen:
        shown += [at] * (min(count, PEOPLE) - len(shown))
    if len(shown) < PEOPLE:
        raise RuntimeError(f"the wall showed {len(shown)} of {PEOPLE}")
    for end in ("stop", "show"):
        await server.press(end, step)
    return [late - early for early, late in zip(sorted(sent), shown, strict=True)], len(seen)


async def measure() -> dict[str, str]:
    told: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        server, stage = await start_product(PORT, Path(folder), PEOPLE)
        try:
            phones = rows.Phones()
            await phones.open(server, stage, PEOPLE)
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=str(chromium.bring()), args=["--no-sandbox"])
                page = await _wall(browser, stage)
                for name, step, watched in (
                    (
                        "open step: vote → the projected picture has it",
                        stage.open_step,
                        (".js-plotly-plot", r"(\d+) mensen"),
                    ),
                    (
                        "secret step: vote → the projected number of people who are done",
                        stage.secret_step,
                        (".count", r"(\d+)"),
                    ),
                ):
                    took, changes = await _voted(server, stage, page, step, watched)
                    told[f"{PEOPLE} people vote within {SECONDS:.0f} s, {name}"] = (
                        f"p50 {percentile(took, 0.5) * 1000:.0f} ms, p95 {percentile(took, 0.95) * 1000:.0f} ms; "
                        f"changed {changes} times"
                    )
                await browser.close()
            rows.close([], *phones.streams)
        finally:
            await server.stop()
    return told


async def _wall(browser: Any, stage: Stage) -> Page:
    address = f"http://127.0.0.1:{PORT}"
    context = await browser.new_context(viewport={"width": 1920, "height": 1080})
    await context.add_cookies([{"name": SIGN_IN, "value": stage.staff_cookie, "url": address}])
    page: Page = await context.new_page()
    await page.goto(f"{address}/scherm?sessie={stage.session_id}")
    await page.wait_for_selector("[data-testid=stMain]")
    await asyncio.sleep(5)
    return page


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.browser", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    table = under_conditions(asyncio.run(measure()))
    print(table)
    if options.write:
        put("browser", table)


if __name__ == "__main__":
    main()
