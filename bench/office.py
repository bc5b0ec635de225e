"""What the office costs and what it costs a hall that votes: ``python -m bench.office [--write]``.

A plan of 30 evenings, 100 steps, 1,000 items and 60 actions. First every office page drawn again: statements and CPU, beside
an empty page in the same frame. Then 500 phones vote: undisturbed, while two people open an office page every two seconds
and a sprint is fixed, and while both click without pause. Undisturbed and disturbed alternate in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import websockets
from sqlalchemy import insert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest

from bench import rows
from bench.lines import lines
from bench.product import Stage, prepare
from bench.report import put, under_conditions
from bench.rows import percentile
from bench.servers import Server, start_product
from tests.counting import counted
from workshop.actions.evening.console_view import see_console
from workshop.actions.people.gate import staff_by_cookie
from workshop.actions.sprints.path import skip_sprint, write_part
from workshop.cookies import SIGN_IN
from workshop.domain.evening.ballots import Ballot
from workshop.domain.roles import Staff
from workshop.domain.sprints.rules import BRIEF_PARTS
from workshop.opening import keep_store
from workshop.store import Store, open_store, rooms
from workshop.store import schema as t
from workshop.ui.frame import visitor
from workshop.ui.frame.places import place
from workshop.werkvormen import StepContext, werkvorm

EVENINGS, STEPS, ITEMS, ACTIONS = 30, 100, 1_000, 60
PHONES, OVER, TURNS = 500, 4.0, 3
"""People who vote, seconds over which they do, and how often each way in turn."""

PORT = 9318
#: The pages of the office, as they are opened with the wijkplan (and the evening) in their address.
PAGES = ("overzicht", "wijkplan", "voorbereiden", "werkvormen", "bediening", "sprints", "herkomst", "beleid", "account")

_THEN = datetime(2026, 1, 15, 19, tzinfo=UTC)


def fill(store: Store, staff: Staff, wijkplan_id: str) -> None:
    """The evenings with what was voted and written in them, in bulk; sprints 1 and 2 left out, the brief of 3 written."""
    who = (store, staff, wijkplan_id)
    for sprint in (1, 2):
        skip_sprint(*who, sprint, "Gedaan in het plan van vorig jaar.")
    for part in BRIEF_PARTS:
        write_part(*who, 3, part, f"Dit staat bij {part}.")
    table: dict[str, list[dict[str, Any]]] = {name: [] for name in ("session", "stage", "step", "round", "item")}
    more: dict[str, list[dict[str, Any]]] = {name: [] for name in ("item_origin", "decision")}
    evenings = [_evening(table, wijkplan_id, n) for n in range(EVENINGS)]
    steps = [_step(table, evenings[n % EVENINGS], n) for n in range(STEPS)]
    notes = [each for each in steps if each["werkvorm"] == "environments"]
    for n in range(ITEMS):
        _note(table, more, wijkplan_id, notes[n % len(notes)], n, staff.account_id)
    for n in range(ACTIONS):
        _action(table, more, wijkplan_id, n, staff.account_id)
    with store.write() as conn:
        for name, values in (table | more).items():
            conn.execute(insert(t.metadata.tables[name]), [_public(each) for each in values])


def _public(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not name.startswith("_")}


# fmt: off
def _evening(table: dict[str, list[dict[str, Any]]], wijkplan_id: str, n: int) -> dict[str, Any]:
    made = {
        "id": uuid4().hex, "wijkplan_id": wijkplan_id, "sprint": 3 + n // 6, "title": f"Avond {n}", "place": "Buurthuis",
        "held_on": date(2026, 1, 15) + timedelta(days=7 * n), "state": "closed", "code": f"B{n:05d}", "revision": 9,
        "stage_revision": 9, "created_at": _THEN + timedelta(days=n),
    }
    table["session"].append(made)
    table["stage"].append({"session_id": made["id"], "view": "closing", "is_blank": False, "history": []})
    return made


def _step(table: dict[str, list[dict[str, Any]]], evening: dict[str, Any], n: int) -> dict[str, Any]:
    activity = werkvorm("environments" if n // EVENINGS == 1 else "commitment")
    at = evening["created_at"] + timedelta(minutes=n)
    made = {
        "id": uuid4().hex, "session_id": evening["id"], "position": 1 + n // EVENINGS, "werkvorm": activity.key,
        "title": f"Onderdeel {n}", "minutes": 20, "settings": {}, "is_secret": True, "state": "shown", "started_at": at,
        "ended_at": at, "settled_at": at, "_evening": evening, "_at": at,
    }
    ballots = [Ballot({"stance": 1 + v % 5, "experience": "good"}, group="Bewoners") for v in range(30)]
    outcome = activity.outcome(StepContext(), ballots if activity.asks_ballot else ())
    table["step"].append(made)
    table["round"].append({
        "id": uuid4().hex, "step_id": made["id"], "number": 1, "state": "shown", "items": [], "folding": {},
        "expected": 30, "outcome": outcome, "opened_at": at, "stopped_at": at, "shown_at": at,
    })
    return made


def _note(
    table: dict[str, list[dict[str, Any]]], more: dict[str, list[dict[str, Any]]], wijkplan_id: str, step: dict[str, Any],
    n: int, by: str,
) -> None:
    evening, environments = step["_evening"], (["social"], ["physical", "criminal"], ["institutional"])[n % 3]
    made = {
        "id": f"{n:032d}", "wijkplan_id": wijkplan_id, "kind": "finding", "state": "released", "version": 1,
        "text": f"Het is donker bij de speeltuin aan de {n}e straat.", "environments": environments, "tone": "bad",
        "moment": "now", "details": {"form": "finding"}, "needs_care": False, "source": "room", "created_at": step["_at"],
        "sprint": evening["sprint"], "session_id": evening["id"], "step_id": step["id"],
    }
    table["item"].append(made)
    more["decision"].append({
        "id": uuid4().hex, "item_id": made["id"], "step_id": step["id"], "sprint": None, "goes_on": n % 3 == 0,
        "reason": "" if n % 3 == 0 else "Loopt al.", "score": "", "number": 1, "decided_at": step["_at"], "decided_by": by,
    })


def _action(
    table: dict[str, list[dict[str, Any]]], more: dict[str, list[dict[str, Any]]], wijkplan_id: str, n: int, by: str
) -> None:
    made = {
        "id": f"a{n:031d}", "wijkplan_id": wijkplan_id, "kind": "action", "state": "released", "version": 1,
        "text": f"Actie {n}: licht bij de speeltuin.", "environments": ["physical"], "tone": None, "moment": None,
        "details": {}, "needs_care": False, "source": "desk", "created_at": _THEN + timedelta(days=200),
        "sprint": 7, "session_id": None, "step_id": None,
    }
    table["item"].append(made)
    more["item_origin"] += [{"item_id": made["id"], "origin_id": f"{3 * n + at:032d}"} for at in range(5)]
    more["decision"].append({
        "id": uuid4().hex, "item_id": made["id"], "step_id": None, "sprint": 7, "goes_on": True, "reason": "", "score": "",
        "number": 1, "decided_at": _THEN + timedelta(days=201), "decided_by": by,
    })
# fmt: on


# -- every page, drawn again -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Office:
    """A filled wijkplan in this process, and somebody who may see it."""

    store: Store
    staff: Staff
    stage: Stage
    wijkplan_id: str
    evening_id: str

    def page(self, address: str) -> AppTest:
        """A page that was drawn once."""
        page = AppTest.from_file(str(place("overzicht").script.parents[2] / "workshop" / "ui" / "main.py"))
        page.default_timeout = 300
        page.run()
        page.switch_page(str(place(address).script))
        page.query_params["plan"] = self.wijkplan_id
        if address in ("voorbereiden", "bediening"):
            page.query_params["sessie"] = self.stage.session_id if address == "bediening" else self.evening_id
        return page.run()


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    """The filled wijkplan as the store of this process."""
    url = f"sqlite:///{folder / 'office.db'}"
    stage = prepare(url, 30)
    store = open_store(url)
    staff = staff_by_cookie(store, stage.staff_cookie)
    assert isinstance(staff, Staff)
    (wijkplan_id,) = staff.roles
    fill(store, staff, wijkplan_id)
    with store.read() as conn:
        evening = rooms.sessions_of(conn, wijkplan_id)[5]
    keep_store(store)
    was, cookies = visitor.cookie, {SIGN_IN: stage.staff_cookie}
    visitor.cookie = cookies.get  # type: ignore[assignment]
    try:
        yield Office(store, staff, stage, wijkplan_id, evening.id)
    finally:
        visitor.cookie = was
        keep_store(None)
        store.close()


def _cost(store: Store, work: Callable[[], Any]) -> tuple[int, float]:
    """(statements, ms of CPU of this process) of work that was done before: the median of five times."""
    with counted(store) as told:
        work()
    spent = []
    for _again in range(5):
        began = time.process_time()
        work()
        spent.append((time.process_time() - began) * 1000)
    return len(told), median(spent)


def _an_empty_page() -> None:
    import streamlit as st

    st.title("Leeg")


def pages() -> dict[str, str]:
    """By page its statements and CPU, beside an empty page."""
    told = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, office(Path(folder)) as here:
        empty = AppTest.from_function(_an_empty_page, default_timeout=60).run()
        _none, floor = _cost(here.store, empty.run)
        told["an empty page drawn again"] = f"{floor:.0f} ms CPU"
        for address in PAGES:
            page = here.page(address)
            statements, cpu = _cost(here.store, page.run)
            assert not page.exception, address
            told[f"page {address} drawn again"] = (
                f"{statements} statements, {cpu:.0f} ms CPU, {cpu - floor:.0f} above empty"
            )
        statements, cpu = _cost(here.store, lambda: see_console(here.store, here.staff, here.stage.session_id))
        told["all the console draws, read"] = f"{statements} statements, {cpu:.1f} ms CPU"
    return told


# -- a hall that votes meanwhile ---------------------------------------------------------------------------------------


class Reader:
    """Somebody at a desk with one office page open, over Streamlit's own socket."""

    def __init__(self, stage: Stage, wijkplan_id: str, address: str) -> None:
        self._stage, self._plan, self._address = stage, wijkplan_id, address
        self._script = ""
        self.clicks = 0

    async def open(self) -> None:
        self._socket = await websockets.connect(
            f"ws://127.0.0.1:{PORT}/_stcore/stream",
            origin=websockets.Origin(f"http://127.0.0.1:{PORT}"),
            subprotocols=[websockets.Subprotocol("streamlit")],
            additional_headers={"Cookie": f"{SIGN_IN}={self._stage.staff_cookie}"},
            max_size=None,
        )
        await self.look()

    async def look(self) -> None:
        """Have the page drawn, and wait until it is."""
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string = f"plan={self._plan}"
        state.page_name, state.page_script_hash = "" if self._script else self._address, self._script
        state.context_info.url = f"http://127.0.0.1:{PORT}/{self._address}?{state.query_string}"
        state.context_info.timezone, state.context_info.locale = "Europe/Amsterdam", "nl-NL"
        await self._socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(await self._socket.recv())
            kind = told.WhichOneof("type")
            if kind == "new_session":
                self._script = told.new_session.page_script_hash or self._script
            elif kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                self.clicks += 1
                return

    async def keep_looking(self, pause: float) -> None:
        while True:
            await self.look()
            await asyncio.sleep(pause)


async def _vote(server: Server, stage: Stage, verb: str) -> rows.Measured:
    screen, live = await rows.product_projector(server, stage)
    round_id = await server.press(verb, stage.secret_step)
    open_lines = await lines(server.port, PHONES)
    try:
        asked = rows.product_votes(server.port, stage, round_id, PHONES)
        return await rows.vote(server, screen, open_lines, asked, over=OVER)
    finally:
        rows.close(open_lines, live)
        await server.press("stop", stage.secret_step)
        await server.press("show", stage.secret_step)


async def hall() -> dict[str, str]:
    """500 phones in turn: undisturbed, with two people who look every two seconds and a fix, and without pause."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        server, stage = await start_product(PORT, Path(folder), PHONES)
        try:
            store = open_store(f"sqlite:///{Path(folder) / 'koppelvlak.db'}")
            staff = staff_by_cookie(store, stage.staff_cookie)
            assert isinstance(staff, Staff)
            (wijkplan_id,) = staff.roles
            fill(store, staff, wijkplan_id)
            store.close()
            readers = [Reader(stage, wijkplan_id, address) for address in ("sprints", "beleid")]
            for reader in readers:
                await reader.open()
            found: dict[str, list[rows.Measured]] = {"nobody": [], "every two seconds": [], "without pause": []}
            clicks = dict.fromkeys(found, 0)
            await _vote(server, stage, "open")
            for turn in range(TURNS):
                for way, pause in (("nobody", None), ("every two seconds", 2.0), ("without pause", 0.0)):
                    before = sum(reader.clicks for reader in readers)
                    looking = [asyncio.create_task(r.keep_looking(pause)) for r in readers if pause is not None]
                    fixing = asyncio.create_task(_fix(server, turn)) if pause == 2.0 else None
                    found[way].append(await _vote(server, stage, "again"))
                    for task in looking:
                        task.cancel()
                        with suppress(asyncio.CancelledError):
                            await task
                    if fixing is not None:
                        await fixing
                    for reader in readers if looking else ():
                        await reader._socket.close()
                        await reader.open()
                    clicks[way] += sum(reader.clicks for reader in readers) - before
        finally:
            await server.stop()
    return {
        f"votes of {PHONES} phones over {OVER:.0f} s, {way} at the desks": _words(found[way], clicks[way])
        for way in found
    }


async def _fix(server: Server, turn: int) -> None:
    await asyncio.sleep(OVER / 2)
    await server.press("fix", str(turn))


def _words(runs: list[rows.Measured], clicks: int) -> str:
    answered = median(percentile(run.acknowledged, 0.95) for run in runs) * 1000
    shown = median(percentile(run.shown, 0.95) for run in runs) * 1000
    lost = sum(run.lost for run in runs)
    return f"answered p95 {answered:.1f} ms, shown p95 {shown:.1f} ms, {lost} lost, {clicks} pages drawn"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.office", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    parser.add_argument("--pages", action="store_true", help="the pages only")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    told = pages()
    if not options.pages:
        told |= asyncio.run(hall())
    told["load of the machine at the start and at the end"] = (
        f"{load:.1f} and {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    table = under_conditions(told)
    print(table)
    if options.write:
        put("office", table)


if __name__ == "__main__":
    main()
