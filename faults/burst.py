"""A burst of votes on the store tier: threads of voters, a process that is killed and started again, judged."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from faults.history import Heard, History, Op, acknowledged, read, same_tally, tally, verdict
from tests.evening import Evening, plan_evening
from workshop.actions.evening import pulse, room_view, running, wall_view
from workshop.actions.evening.votes.door import ballot_key
from workshop.actions.sprints.material import see_snapshot
from workshop.store import Store, ballots, journal, open_store, rooms, schema

STANCES, EXPERIENCES = "12345", ("disappointed", "neutral", "good")


def form_of(value: str) -> dict[str, list[str]]:
    stance, experience = value.split("|")
    return {"stance": [stance], "experience": [experience]}


def any_value(chance: random.Random) -> str:
    return f"{chance.choice(STANCES)}|{chance.choice(EXPERIENCES)}"


class Nursery:
    """Starts lives of the program under test; see :mod:`faults.nursery`."""

    def __init__(self, *, env: Mapping[str, str] | None = None) -> None:
        self._lives = 0
        # Paths of sockets may be no longer than about a hundred characters.
        self._sockets = Path(tempfile.mkdtemp(prefix="kv-"))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "faults.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **(env or {})},
        )
        self._process_id = int(self._answer())

    def start(self, url: str, *, without: str = "") -> tuple[int, str]:
        """A new life on this database; returns its process id and the path of its socket."""
        self._lives += 1
        path = str(self._sockets / str(self._lives))
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"socket": path, "url": url, "without": without}) + "\n")
        self._process.stdin.flush()
        return int(self._answer()), path

    def _answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the nursery died")
        return line

    def close(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
        shutil.rmtree(self._sockets, ignore_errors=True)


def connect(path: str, *, seconds: float = 10) -> socket.socket:
    """Connect as soon as the life listens."""
    deadline = time.monotonic() + seconds
    while True:
        line = socket.socket(socket.AF_UNIX)
        try:
            line.connect(path)
            return line
        except OSError:
            line.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.005)


@dataclass
class Voter:
    """A cookie, and how often it changed its ballot. ``pending``: sent, nothing heard; sent again first."""

    token: str
    change: int = 0
    pending: Op | None = None


@dataclass
class Burst:
    """Voters who keep changing their ballot in one open round, and what they heard."""

    evening: Evening
    step_id: str
    history: History
    voters: list[Voter]
    chance: random.Random
    batch: int = 40
    round_id: str = ""
    first_ok: float | None = None
    kinds: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.round_id = self.round_id or self.evening.round_id(self.step_id)

    def run(
        self, path: str, *, threads: int = 3, stop: threading.Event | None = None, votes: int | None = None
    ) -> None:
        """Vote until the life dies, ``stop`` is set or ``votes`` per thread were sent. Each voter has one thread."""
        self.first_ok = None
        groups = [self.voters[n::threads] for n in range(threads)]
        workers = [
            threading.Thread(target=self._vote, args=(path, group, random.Random(self.chance.random()), stop, votes))
            for group in groups
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    def _vote(
        self, path: str, group: list[Voter], chance: random.Random, stop: threading.Event | None, votes: int | None
    ) -> None:
        sent = 0
        # A life that was killed breaks the line while connecting, sending, reading or closing.
        with suppress(OSError), connect(path) as line, line.makefile("rwb") as stream:
            while not (stop and stop.is_set()) and (votes is None or sent < votes):
                chosen = chance.sample(group, min(len(group), chance.randint(1, self.batch)))
                sent += len(chosen)
                ops = [self._next(voter, chance) for voter in chosen]
                numbers = self.history.invoke(ops)
                request = [[v.token, op.round, op.change, form_of(op.value)] for v, op in zip(chosen, ops, strict=True)]
                stream.write(json.dumps(request).encode() + b"\n")
                stream.flush()
                answer = stream.readline()
                if not answer.endswith(b"\n"):
                    return
                heard = [Heard(a, c, v) for a, c, v in json.loads(answer)]
                self.history.hear(numbers, heard)
                for voter, told in zip(chosen, heard, strict=True):
                    if told.answer != "info":
                        voter.pending = None
                    kind = told.value if told.answer != "ok" else "ok"
                    self.kinds[kind] = self.kinds.get(kind, 0) + 1
                if self.first_ok is None and any(h.answer == "ok" for h in heard):
                    self.first_ok = time.monotonic()

    def _next(self, voter: Voter, chance: random.Random) -> Op:
        """The ballot of which nothing was heard, once more as it was; or a new change."""
        if voter.pending is None:
            voter.change += 1
            voter.pending = Op(voter.token, self.round_id, voter.change, any_value(chance))
        return voter.pending


def stored(store: Store, round_id: str, tokens: list[str]) -> list[tuple[str, str]]:
    """The rows of a running round as (voter, value); a row of nobody we know is called unknown."""
    known = {ballot_key(token, round_id): token for token in tokens}
    with store.read() as conn:
        table = schema.cast_ballot
        rows = conn.execute(table.select().where(table.c.round_id == round_id)).all()
    return [(known.get(bytes(row.key), "unknown"), value_of_answers(row.answers)) for row in rows]


def value_of_answers(answers: str) -> str:
    given = json.loads(answers)
    return f"{given.get('stance', '-')}|{given.get('experience', '-')}"


def expected_outcome(values: list[str]) -> dict[str, Any]:
    """What the commitment baseline must tell about these ballots."""
    return {
        "n": len(values),
        "stance": [sum(v.startswith(s) for v in values) for s in STANCES],
        "experience": {e: sum(v.endswith(f"|{e}") for v in values) for e in EXPERIENCES},
    }


def close_and_judge(evening: Evening, step_id: str, history: History) -> list[str]:
    """Judge a quiet open round: the rows against the history, stop, show, every surface against the rows, the chain."""
    store = evening.store
    round_id = evening.round_id(step_id)
    rows = stored(store, round_id, evening.tokens)
    wrong = verdict(read(history.path), {round_id: rows})
    values = [value for _voter, value in rows]
    while_open = pulse.see_pulse(store, evening.session_id).started
    running.stop_step(store, evening.facilitator, step_id)
    history.closed(round_id)
    running.show_outcome(store, evening.facilitator, step_id)
    return (
        wrong
        + same_surfaces(evening, step_id, values)
        + ([] if while_open == len(values) else [f"differs: the stream told {while_open}, stored are {len(values)}"])
    )


def same_surfaces(evening: Evening, step_id: str, values: list[str]) -> list[str]:
    """What wall, phone, snapshot, round and rows tell of a shown round, against these ballots; and the chain."""
    store = evening.store
    with store.read() as conn:
        shown = rooms.last_round(conn, step_id)
        assert shown is not None and shown.outcome is not None
        rows = [b.answers for b in ballots.final(conn, shown.id)]
        left = conn.scalar(
            schema.cast_ballot.select().where(schema.cast_ballot.c.round_id == shown.id).exists().select()
        )
        broken = journal.first_broken_line(conn, evening.wijkplan_id)
    expected = expected_outcome(values)
    snapshot = see_snapshot(store, evening.facilitator, evening.wijkplan_id)
    exported = [
        r.outcome for s in snapshot.sessions for p in s.steps if p.id == step_id for r in p.rounds if r.id == shown.id
    ]
    cut = lambda outcome: {key: outcome[key] for key in expected}  # noqa: E731
    wall = wall_view.see_wall(store, evening.facilitator, evening.session_id).story
    phone = room_view.see_room(store, evening.tokens[0], evening.session_id).story
    assert wall is not None and phone is not None
    totals = [expected["stance"]] * 2
    wrong = same_tally(
        {
            "the ballots acknowledged": tally(values),
            "the rows": tally(f"{a.get('stance', '-')}|{a.get('experience', '-')}" for a in rows),
        }
    )
    wrong += same_tally(
        {
            "expected": expected,
            "the round": cut(shown.outcome),
            **{f"export {n}": cut(o) for n, o in enumerate(exported)},
        }
    )
    wrong += same_tally({"expected": totals, "wall and phone": [list(s.tables[0].rows[0][1:6]) for s in (wall, phone)]})
    if left:
        wrong.append("a stopped round still has ballots with a key")
    if broken is not None:
        wrong.append(f"the journal is broken at line {broken}")
    return wrong + whole(store)


def whole(store: Store) -> list[str]:
    """What the database says about itself."""
    if not store.is_sqlite:
        return []
    with store.read() as conn:
        said = [row[0] for row in conn.execute(text("PRAGMA integrity_check"))]
        loose = conn.execute(text("PRAGMA foreign_key_check")).all()
    return [] if said == ["ok"] and not loose else [f"integrity: {said} {loose}"]


@dataclass
class Killed:
    """What a series of kills showed."""

    kills: int
    acknowledged: int
    unanswered: int
    wrong: list[str]
    longest_back: float
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.acknowledged} acknowledged, {self.unanswered} unanswered, "
            f"{len(self.wrong)} wrong, back within {self.longest_back:.2f} s, {self.seconds:.0f} s in all"
        )


def kill_often(
    url: str,
    folder: Path,
    *,
    kills: int,
    votes: int,
    voters: int = 300,
    seed: int = 1,
    kills_per_round: int = 20,
    without: str = "",
) -> Killed:
    """Vote, ``kill -9``, start again, until there were so many kills and acknowledged votes; judge at every closing."""
    began = time.monotonic()
    chance = random.Random(seed)
    store = open_store(url)
    evening = plan_evening(store)
    step_id = evening.step("commitment")
    evening.open_room()
    evening.people(voters)
    running.open_step(store, evening.facilitator, step_id)
    nursery = Nursery()
    history = History(folder / "history.jsonl")
    wrong: list[str] = []
    killed, ok, longest, unanswered = 0, 0, 0.0, 0
    try:
        while killed < kills or ok < votes:
            burst = Burst(evening, step_id, history, [Voter(t) for t in evening.tokens], chance)
            for _life in range(kills_per_round):
                started = time.monotonic()
                process_id, path = nursery.start(url, without=without)
                connect(path).close()
                # A short life while there are kills left; the votes still wanted are spread over them.
                wanted = max(0.02, chance.uniform(0.05, 0.35))
                timer = threading.Timer(wanted, os.kill, (process_id, signal.SIGKILL))
                timer.start()
                burst.run(path)
                timer.join()
                killed += 1
                if burst.first_ok is not None:
                    longest = max(longest, burst.first_ok - started)
                if killed >= kills and ok + burst.kinds.get("ok", 0) >= votes:
                    break
            ok += burst.kinds.get("ok", 0)
            wrong += close_and_judge(evening, step_id, history)
            running.again(store, evening.facilitator, step_id)
    finally:
        history.close()
        nursery.close()
        calls = read(history.path)
        unanswered = sum(c.heard.answer == "info" for c in calls)
        store.close()
    return Killed(killed, acknowledged(calls), unanswered, wrong, longest, time.monotonic() - began)
