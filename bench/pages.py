"""Streamlit pages for participants on laptops: ``python -m bench.pages [--write]``. How many at once before a click waits?

N pages ``meedoen`` are open, each over Streamlit's own socket; everybody presses *Vernieuw dit verhaal* once per ten
seconds at a moment of their own, which is a whole run of the page (in truth two: the button asks for another). The ballot on
that page is the room's own and goes the way of the phones, so a vote is no click in this sense.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench import rows
from bench.product import Stage
from bench.report import put, under_conditions
from bench.rows import percentile
from bench.servers import start_product
from workshop.cookies import PARTICIPANT

PORT = 9314
STEPS = (50, 100, 150, 200, 300, 400)
EVERY, FOR = 10.0, 30.0
"""Seconds between two clicks of one person, and seconds measured."""


class Laptop:
    """One open page."""

    def __init__(self, stage: Stage, token: str) -> None:
        self._stage, self._token = stage, token
        self._button = self._script = ""

    async def open(self) -> None:
        self._socket = await websockets.connect(
            f"ws://127.0.0.1:{PORT}/_stcore/stream",
            origin=websockets.Origin(f"http://127.0.0.1:{PORT}"),
            subprotocols=[websockets.Subprotocol("streamlit")],
            additional_headers={"Cookie": f"{PARTICIPANT}={self._token}"},
            max_size=None,
        )
        await self._run()
        if not self._button:
            raise RuntimeError("the page has no button: it did not let this participant in")

    async def click(self) -> float:
        """Press the button; returns the seconds until the page is drawn again."""
        began = time.perf_counter()
        await self._run(pressed=self._button)
        return time.perf_counter() - began

    async def close(self) -> None:
        await self._socket.close()

    async def _run(self, pressed: str = "") -> None:
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string = f"sessie={self._stage.session_id}"
        state.page_name, state.page_script_hash = "" if self._script else "meedoen", self._script
        state.context_info.url = f"http://127.0.0.1:{PORT}/meedoen?{state.query_string}"
        state.context_info.timezone, state.context_info.locale = "Europe/Amsterdam", "nl-NL"
        if pressed:
            widget = state.widget_states.widgets.add()
            widget.id, widget.trigger_value = pressed, True
        await self._socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(await self._socket.recv())
            kind = told.WhichOneof("type")
            if kind == "new_session":
                self._script = told.new_session.page_script_hash or self._script
            elif kind == "delta" and told.delta.new_element.HasField("button"):
                self._button = told.delta.new_element.button.id
            elif kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return


async def _clicks(laptops: list[Laptop]) -> list[float]:
    chance = random.Random(rows.SEED)
    took: list[float] = []
    until = time.monotonic() + FOR

    async def somebody(laptop: Laptop) -> None:
        await asyncio.sleep(chance.uniform(0, EVERY))
        while time.monotonic() < until:
            took.append(await laptop.click())
            await asyncio.sleep(max(0.0, EVERY - took[-1]))

    await asyncio.gather(*(somebody(laptop) for laptop in laptops))
    return took


async def measure() -> dict[str, str]:
    told: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        server, stage = await start_product(PORT, Path(folder), max(STEPS))
        try:
            await server.press("open", stage.secret_step)
            laptops: list[Laptop] = []
            for n in STEPS:
                for token in stage.tokens[len(laptops) : n]:
                    laptops.append(Laptop(stage, token))
                    await laptops[-1].open()
                cpu = server.cpu()
                took = await _clicks(laptops)
                worst = percentile(took, 0.95)
                told[f"{n} laptops, each a click per {EVERY:.0f} s"] = (
                    f"a click p50 {percentile(took, 0.5) * 1000:.0f} ms, p95 {worst * 1000:.0f} ms; "
                    f"{(server.cpu() - cpu) / len(took) * 1000:.0f} ms CPU each; memory {server.memory():.0f} MB"
                )
                if worst > 1:
                    break
            await asyncio.gather(*(laptop.close() for laptop in laptops))
        finally:
            await server.stop()
    return told


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    table = under_conditions(asyncio.run(measure()))
    print(table)
    if options.write:
        put("pages", table)


if __name__ == "__main__":
    main()
