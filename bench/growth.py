"""Growth: the same work in an empty database and in one with 200 wijkplannen, 2,000 sessions and a million contributions.

``python -m bench.growth`` fills both (half a minute), does the work in turn, prints the ratios and, with ``--write``, puts
the table into docs/performance.md. Ratios count; the target is 1.3.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_bytes, token_hex
from uuid import uuid4

from sqlalchemy import insert

from bench.report import put
from tests.evening import Evening, plan_evening
from workshop.actions.evening import room_view, running
from workshop.actions.evening.votes.door import Cast, cast_ballots
from workshop.actions.sprints.material import see_snapshot
from workshop.demo import load_demo
from workshop.domain.roles import Role, Staff
from workshop.exports.shelf import make_file
from workshop.store import Store, open_store
from workshop.store import schema as t

PLANS, SESSIONS_PER_PLAN, STEPS_PER_SESSION = 200, 10, 4
BALLOTS_PER_STEP, ITEMS_PER_STEP, PEOPLE_PER_SESSION = 100, 25, 60  # 800,000 ballots and 200,000 notes
TURNS = 15

_THEN = datetime(2026, 1, 15, tzinfo=UTC)


# fmt: off
def fill(store: Store) -> None:
    """Two thousand sessions of 200 other wijkplannen, written in bulk. Their content matters less than their number."""
    answers = json.dumps({"stance": 3, "experience": "good"}, separators=(",", ":"))
    outcome = {"n": BALLOTS_PER_STEP, "complete": BALLOTS_PER_STEP, "paper": 0, "groups": {}}
    for number in range(PLANS):
        plan, group = uuid4().hex, uuid4().hex
        rows: dict[str, list[dict[str, object]]] = {
            name: [] for name in ("session", "stage", "participant", "step", "round", "ballot", "item")
        }
        for _session in range(SESSIONS_PER_PLAN):
            session = uuid4().hex
            rows["session"].append(
                {
                    "id": session, "wijkplan_id": plan, "sprint": 2, "title": "Avond", "held_on": date(2026, 1, 15),
                    "place": "", "state": "closed", "code": token_hex(4).upper(), "revision": 9, "stage_revision": 9,
                    "created_at": _THEN,
                }
            )
            rows["stage"].append({"session_id": session, "view": "door", "is_blank": False, "history": []})
            rows["participant"] += [
                {"id": uuid4().hex, "session_id": session, "token_hash": token_hex(32), "group_id": group, "joined_at": _THEN}
                for _person in range(PEOPLE_PER_SESSION)
            ]
            for position in range(STEPS_PER_SESSION):
                step, round_ = uuid4().hex, uuid4().hex
                rows["step"].append(
                    {
                        "id": step, "session_id": session, "position": position, "werkvorm": "commitment",
                        "title": "Nulmeting", "minutes": 20, "settings": {}, "is_secret": True, "state": "shown",
                        "started_at": _THEN, "ended_at": _THEN,
                    }
                )
                rows["round"].append(
                    {
                        "id": round_, "step_id": step, "number": 1, "state": "shown", "items": [], "folding": {},
                        "expected": BALLOTS_PER_STEP, "outcome": outcome, "opened_at": _THEN, "stopped_at": _THEN,
                        "shown_at": _THEN,
                    }
                )
                rows["ballot"] += [
                    {
                        "round_id": round_, "id": key, "group_label": "overig", "answers": answers, "is_complete": True,
                        "source": "phone",
                    }
                    for key in sorted(token_bytes(16) for _ballot in range(BALLOTS_PER_STEP))
                ]
                rows["item"] += [
                    {
                        "id": uuid4().hex, "wijkplan_id": plan, "kind": "finding", "state": "released", "version": 1,
                        "text": "Het is donker bij de speeltuin.", "environments": ["physical"], "details": {},
                        "needs_care": False, "source": "room", "sprint": 2, "session_id": session, "step_id": step,
                        "round_id": round_, "created_at": _THEN,
                    }
                    for _item in range(ITEMS_PER_STEP)
                ]
        with store.write() as conn:
            conn.execute(
                insert(t.wijkplan).values(
                    id=plan, title=f"Plan {number}", municipality_code="GM0000", municipality_name="Elders",
                    definition={}, retention_months=6, is_demo=False, revision=0, created_at=_THEN,
                )
            )
            conn.execute(
                insert(t.stakeholder_group).values(id=group, wijkplan_id=plan, name="Bewoners", position=1)
            )
            for name, values in rows.items():
                conn.execute(insert(t.metadata.tables[name]), values)


# fmt: on
@dataclass
class House:
    """One database with the demo and a running evening in it."""

    store: Store
    demo_id: str
    reader: Staff
    evening: Evening
    step: str

    @classmethod
    def built(cls, path: Path, *, is_full: bool) -> House:
        store = open_store(f"sqlite:///{path}")
        store.migrate()
        if is_full:
            fill(store)
        demo_id = load_demo(store)
        evening = plan_evening(store)
        step = evening.step("commitment")
        evening.open_room()
        evening.people(200)
        running.open_step(store, evening.facilitator, step)
        reader = Staff("bench", "Bench", roles={demo_id: frozenset({Role.POLICY})})
        return cls(store, demo_id, reader, evening, step)

    def join(self) -> None:
        self.evening.people(20)

    def vote(self) -> None:
        form, round_id = {"stance": ["4"], "experience": ["good"]}, self.evening.round_id(self.step)
        for token in self.evening.tokens[:40]:
            cast_ballots(self.store, [Cast(token, round_id, form, token_hex(4), time.time_ns() % 2**31 or 1)])

    def room(self) -> None:
        for token in self.evening.tokens[:20]:
            room_view.see_room(self.store, token, self.evening.session_id)

    def show(self) -> None:
        running.stop_step(self.store, self.evening.facilitator, self.step)
        running.show_outcome(self.store, self.evening.facilitator, self.step)
        running.again(self.store, self.evening.facilitator, self.step)

    def results(self) -> None:
        see_snapshot(self.store, self.reader, self.demo_id)

    def export(self) -> None:
        make_file("xlsx", see_snapshot(self.store, self.reader, self.demo_id))


WORK: tuple[tuple[str, Callable[[House], None]], ...] = (
    ("20 people join", House.join),
    ("40 single votes", House.vote),
    ("20 phones ask their page", House.room),
    ("stop, show, again", House.show),
    ("results of one wijkplan", House.results),
    ("export of one wijkplan (XLSX)", House.export),
)


def measure() -> list[tuple[str, float, float]]:
    """(work, median ms when empty, median ms when full), the two in turn."""
    with tempfile.TemporaryDirectory() as folder:
        houses = [House.built(Path(folder) / f"{name}.db", is_full=name == "full") for name in ("empty", "full")]
        size = (Path(folder) / "full.db").stat().st_size / 1e6
        print(f"the full database is {size:,.0f} MB", file=sys.stderr)
        told = []
        for name, work in WORK:
            times: tuple[list[float], list[float]] = ([], [])
            for turn in range(TURNS):
                for which in (0, 1) if turn % 2 else (1, 0):
                    began = time.perf_counter()
                    work(houses[which])
                    times[which].append((time.perf_counter() - began) * 1000)
            told.append((name, statistics.median(times[0]), statistics.median(times[1])))
        for house in houses:
            house.store.close()
    return told


def main() -> None:
    rows = [f"| {name} | {empty:.1f} | {full:.1f} | {full / empty:.2f} |" for name, empty, full in measure()]
    table = "\n".join(["| work | empty, ms | full, ms | ratio |", "|---|---|---|---|", *rows])
    print(table)
    if "--write" in sys.argv:
        put("growth", table)


if __name__ == "__main__":
    main()
