"""The checker (SET): what clients sent and heard, kept on disk by them, judged against what is stored.

Source: assurance, section 3. ``ok ⊆ final ⊆ ok ∪ info``, at most one ballot per voter and round, its value is the
voter's last acknowledged one (or a later one of which nothing was heard), and nothing
sent after the close was taken in.
"""

from __future__ import annotations

import json
import os
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Answer = Literal["ok", "fail", "info"]


@dataclass(frozen=True)
class Op:
    """One ballot as a client sends it. ``change`` counts the changes of this voter in this round from 1."""

    voter: str
    round: str
    change: int
    value: str


@dataclass(frozen=True)
class Heard:
    """What a client heard: ``ok`` with what is stored now, ``fail`` (refused, not stored), ``info`` (nothing)."""

    answer: Answer
    change: int = 0
    value: str = ""


@dataclass
class Call:
    """One op in the history with its answer; ``info`` until one came."""

    op: Op
    sent_after_close: bool = False
    heard: Heard = field(default_factory=lambda: Heard("info"))


class History:
    """Append only; every line is on disk (fsync) before the op leaves, and before its answer counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("ab", buffering=0)
        self._lock = threading.Lock()
        self._next = 0

    def invoke(self, ops: Sequence[Op]) -> list[int]:
        """Write down that these leave now; returns their numbers."""
        with self._lock:
            numbers = list(range(self._next, self._next + len(ops)))
            self._next += len(ops)
            self._write(
                {"is": "invoke", "n": n, "voter": o.voter, "round": o.round, "change": o.change, "value": o.value}
                for n, o in zip(numbers, ops, strict=True)
            )
        return numbers

    def hear(self, numbers: Sequence[int], answers: Sequence[Heard]) -> None:
        """Write down what came back."""
        with self._lock:
            self._write(
                {"is": a.answer, "n": n, "change": a.change, "value": a.value}
                for n, a in zip(numbers, answers, strict=True)
            )

    def closed(self, round_id: str) -> None:
        """Write down that the facilitator heard that this round is closed."""
        with self._lock:
            self._write([{"is": "closed", "round": round_id}])

    def close(self) -> None:
        self._file.close()

    def _write(self, lines: Iterable[Mapping[str, Any]]) -> None:
        self._file.write("".join(json.dumps(line) + "\n" for line in lines).encode())
        os.fsync(self._file.fileno())


def read(path: Path) -> list[Call]:
    """The calls of a history file, in the order in which they left."""
    calls: dict[int, Call] = {}
    closed: set[str] = set()
    for line in path.read_text().splitlines():
        event = json.loads(line)
        match event["is"]:
            case "invoke":
                op = Op(event["voter"], event["round"], event["change"], event["value"])
                calls[event["n"]] = Call(op, op.round in closed)
            case "closed":
                closed.add(event["round"])
            case kind:
                calls[event["n"]].heard = Heard(kind, event["change"], event["value"])
    return list(calls.values())


def acknowledged(calls: Iterable[Call]) -> int:
    """How many ops were answered with ok."""
    return sum(call.heard.answer == "ok" for call in calls)


def verdict(calls: Iterable[Call], final: Mapping[str, Sequence[tuple[str, str]]]) -> list[str]:
    """What is wrong, as sentences; empty when the store kept every promise.

    Args:
        calls: the history.
        final: per round the ballots that are stored: (voter, value), one entry per stored row.
    """
    wrong: list[str] = []
    by_ballot: dict[tuple[str, str], list[Call]] = {}
    for call in calls:
        by_ballot.setdefault((call.op.round, call.op.voter), []).append(call)
        if call.sent_after_close and call.heard.answer == "ok":
            wrong.append(f"late: {call.op} was sent after the close and acknowledged")
    for round_id, rows in final.items():
        here = {voter: found for (of, voter), found in by_ballot.items() if of == round_id}
        wrong += _wrong_in(round_id, rows, here)
    return wrong


def _wrong_in(round_id: str, rows: Sequence[tuple[str, str]], here: Mapping[str, Sequence[Call]]) -> list[str]:
    wrong: list[str] = []
    stored: dict[str, list[str]] = {}
    for voter, value in rows:
        stored.setdefault(voter, []).append(value)
    for voter, values in stored.items():
        if len(values) > 1:
            wrong.append(f"twice: {voter} has {len(values)} ballots in {round_id}")
        allowed = _allowed(here.get(voter, []))
        if not allowed:
            wrong.append(f"ghost: {voter} has a ballot in {round_id} that nobody sent or that was refused")
        elif set(values) - allowed:
            wrong.append(f"changed: {voter} in {round_id} holds {values}, allowed is {sorted(allowed)}")
    for voter, found in here.items():
        if voter not in stored and any(c.heard.answer == "ok" for c in found):
            wrong.append(f"lost: {voter} in {round_id} was acknowledged and is not stored")
    return wrong


def _allowed(calls: Sequence[Call]) -> set[str]:
    """The values a stored ballot may have: the newest acknowledged, or what left later and was never answered."""
    newest = max((c.heard.change for c in calls if c.heard.answer == "ok"), default=0)
    values = {c.heard.value for c in calls if c.heard.answer == "ok" and c.heard.change == newest}
    return values | {
        c.op.value for c in calls if c.heard.answer == "info" and c.op.change >= newest and not c.sent_after_close
    }


def same_tally(surfaces: Mapping[str, Any]) -> list[str]:
    """Surfaces that do not tell the same as the first one."""
    (first, told), *others = surfaces.items()
    return [f"differs: {name} tells {seen}, {first} tells {told}" for name, seen in others if seen != told]


def tally(values: Iterable[str]) -> dict[str, int]:
    """Count values, in the order of the values."""
    return dict(sorted(Counter(values).items()))
