"""Votes while a Word report of a large plan is made: ``python -m bench.reports [--quick] [--write]``.

500 phones vote over a second, in turn undisturbed and while the job makes the report in its child, in one run on one
server. Ratios count; the target is 1.5 x. A job does not begin while a room votes, so the report is asked for first.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from uuid import uuid4

from sqlalchemy import insert

from bench import rows
from bench.lines import line, lines, request
from bench.product import Stage
from bench.report import put, under_conditions
from bench.rows import Measured, Projector, percentile
from bench.servers import Server, start_product
from workshop.actions.people.gate import token_hash
from workshop.domain.evening.moves import SessionState, StepState
from workshop.room.frame.cookies import SIGN_IN
from workshop.store import accounts, open_store
from workshop.store import schema as t
from workshop.werkvormen import Ballot, StepContext, werkvorm

PORT = 8942
PEOPLE = 500
EVENINGS, STEPS, ITEMS = 30, 100, 1000

_THEN = datetime(2026, 1, 15, tzinfo=UTC)


# fmt: off
def fill(url: str, stage: Stage) -> str:
    """A large wijkplan beside the hall, with the bench's account as its owner; returns its id."""
    store = open_store(url)
    plan = uuid4().hex
    found: dict[str, list[dict[str, object]]] = {"session": [], "stage": [], "step": [], "round": [], "item": []}
    for evening in range(EVENINGS):
        session = uuid4().hex
        sprint = evening % 7 + 1
        found["session"].append({
            "id": session, "wijkplan_id": plan, "sprint": sprint, "title": f"Avond {evening + 1}",
            "held_on": date(2026, 1, 15), "place": "Buurthuis", "state": SessionState.CLOSED, "code": None, "revision": 9,
            "stage_revision": 9, "created_at": _THEN,
        })
        found["stage"].append({"session_id": session, "view": "door", "is_blank": False, "history": []})
        for number in range(evening, STEPS, EVENINGS):
            _add_step(found, plan, session, sprint, number)
    with store.read() as conn:
        sign_in = accounts.sign_in(conn, token_hash(stage.staff_cookie))
    assert sign_in is not None
    with store.write() as conn:
        conn.execute(insert(t.wijkplan).values(
            id=plan, title="Groot plan", municipality_code="GM0308", municipality_name="Baarn", definition={},
            retention_months=6, is_demo=False, revision=0, created_at=_THEN,
        ))
        conn.execute(insert(t.membership).values(account_id=sign_in.account.id, wijkplan_id=plan, role="owner"))
        for name, values in found.items():
            conn.execute(insert(t.metadata.tables[name]), values)
    store.close()
    return plan


def _add_step(found: dict[str, list[dict[str, object]]], plan: str, session: str, sprint: int, number: int) -> None:
    step, round_ = uuid4().hex, uuid4().hex
    found["step"].append({
        "id": step, "session_id": session, "position": number, "werkvorm": "commitment", "title": f"Nulmeting {number}",
        "minutes": 20, "settings": {}, "is_secret": False, "state": StepState.SHOWN, "started_at": _THEN, "ended_at": _THEN,
    })
    found["round"].append({
        "id": round_, "step_id": step, "number": 1, "state": StepState.SHOWN, "items": [], "folding": {}, "expected": 40,
        "outcome": _outcome(), "opened_at": _THEN, "stopped_at": _THEN, "shown_at": _THEN,
    })
    found["item"] += [
        {
            "id": uuid4().hex, "wijkplan_id": plan, "kind": "finding", "state": "released", "version": 1,
            "text": f"Het is donker bij speeltuin {number}-{item}.", "environments": ["physical"], "details": {},
            "needs_care": False, "source": "room", "sprint": sprint, "session_id": session, "step_id": step,
            "round_id": round_, "created_at": _THEN,
        }
        for item in range(ITEMS // STEPS)
    ]
# fmt: on


def _outcome() -> dict[str, object]:
    ballots = [Ballot({"stance": n % 5 + 1, "experience": "good"}, group="Bewoners") for n in range(40)]
    return dict(werkvorm("commitment").outcome(StepContext(), ballots))


async def measure(*, quick: bool) -> dict[str, str]:
    """Every row of the table."""
    turns = 3 if quick else 7
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        plans: list[str] = []
        server, stage = await start_product(PORT, Path(folder), PEOPLE, fill=lambda url, s: plans.append(fill(url, s)))
        try:
            screen, stream = await rows.product_projector(server, stage)
            phones = rows.Phones()
            await phones.open(server, stage, PEOPLE)
            await _vote(server, stage, screen, "open")
            undisturbed, busy, reports = await _in_turn(server, stage, screen, plans[0], turns)
            told = _told(undisturbed, busy)
            told["reports made meanwhile"] = str(reports)
            told["memory of the server"] = f"{server.memory():.0f} MB"
            told["load of the machine, one minute"] = f"{os.getloadavg()[0]:.1f}"
            rows.close([], stream, *phones.streams)
        finally:
            await server.stop()
    return told


async def _in_turn(
    server: Server, stage: Stage, screen: Projector, plan: str, turns: int
) -> tuple[list[Measured], list[Measured], int]:
    """Votes undisturbed and votes while a child is at work, in turn; and how many reports that took.

    For the undisturbed turn the child is halted. A turn in which it came to its end is done again.
    """
    undisturbed: list[Measured] = []
    busy: list[Measured] = []
    reports, job = 0, ""
    while len(busy) < turns:
        if not job:
            job, reports = await _ask(server, stage, plan), reports + 1
            await _until(server, stage, job, "making")
        child = _child_of(server)
        os.kill(child, signal.SIGSTOP)
        try:
            without = await _vote(server, stage, screen, "again")
        finally:
            os.kill(child, signal.SIGCONT)
        turn = await _vote(server, stage, screen, "again")
        if (await _state(server, stage, job))["progress"] == "making":
            undisturbed.append(without)
            busy.append(turn)
        else:
            await _until(server, stage, job, "done")
            job = ""
    return undisturbed, busy, reports


def _child_of(server: Server) -> int:
    """The process that makes the report."""
    tasks = Path(f"/proc/{server.process.pid}/task").glob("*/children")
    children = [int(child) for task in tasks for child in task.read_text().split()]
    return next(c for c in children if b"workshop.jobs.child" in Path(f"/proc/{c}/cmdline").read_bytes())


def _told(undisturbed: list[Measured], busy: list[Measured]) -> dict[str, str]:
    ratio = _p95(busy) / _p95(undisturbed)
    lost = sum(turn.lost for turn in (*undisturbed, *busy))
    return {
        f"votes of {PEOPLE} phones over 1 s, undisturbed": _words(undisturbed),
        f"the same while a Word report of {EVENINGS} evenings, {STEPS} steps and {ITEMS} items is made": _words(busy),
        "ratio of p95; target 1.5": f"{ratio:.2f}",
        "votes lost": str(lost),
    }


def _p95(turns: list[Measured]) -> float:
    return median(percentile(turn.acknowledged, 0.95) for turn in turns) * 1000


def _words(turns: list[Measured]) -> str:
    middle = median(percentile(turn.acknowledged, 0.5) for turn in turns) * 1000
    each = ", ".join(f"{percentile(turn.acknowledged, 0.95) * 1000:.1f}" for turn in turns)
    return f"acknowledged p50 {middle:.1f} ms, p95 {_p95(turns):.1f} ms (turns: {each})"


async def _vote(server: Server, stage: Stage, screen: Projector, verb: str) -> Measured:
    """One turn of votes over fresh lines, from opening the round to showing it."""
    round_id = await server.press(verb, stage.secret_step)
    open_lines = await lines(server.port, PEOPLE)
    try:
        votes = rows.product_votes(server.port, stage, round_id, PEOPLE)
        return await rows.vote(server, screen, open_lines, votes, over=1.0)
    finally:
        rows.close(open_lines)
        await server.press("stop", stage.secret_step)
        await server.press("show", stage.secret_step)


async def _ask(server: Server, stage: Stage, plan: str) -> str:
    status, head, _body = await _get(server, stage, f"/download/{plan}/docx")
    if status != 303:
        raise RuntimeError(f"asking for the report was answered {status}")
    found = next(each for each in head.split(b"\r\n") if each.lower().startswith(b"location:"))
    return found.split(b":", 1)[1].strip().decode()


async def _until(server: Server, stage: Stage, job: str, wanted: str) -> None:
    while True:
        state = await _state(server, stage, job)
        if state["state"] == "failed":
            raise RuntimeError(state["told"])
        if wanted in (state["state"], state["progress"]) or state["state"] == "done":
            return
        await asyncio.sleep(0.2)


async def _state(server: Server, stage: Stage, job: str) -> dict[str, str]:
    _status, _head, body = await _get(server, stage, job)
    told: dict[str, str] = json.loads(body)
    return told


async def _get(server: Server, stage: Stage, path: str) -> tuple[int, bytes, bytes]:
    connection = await line(server.port)
    try:
        cookie = f"{SIGN_IN}={stage.staff_cookie}"
        return await connection.ask(request(server.port, "GET", path, cookie=cookie, accept="application/json"))
    finally:
        connection.transport.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.reports", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three turns instead of seven")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    table = under_conditions(asyncio.run(measure(quick=options.quick)))
    print(table)
    if options.write:
        put("reports", table)


if __name__ == "__main__":
    main()
