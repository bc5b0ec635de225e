"""What one person waits for at a desk, and what hostile input may cost: ``python -m bench.chores [--write]``.

Each piece of work has a limit in seconds, generous on purpose: it shows a change of kind (work that grows with the square
of its input), not of machine. The best of three turns counts; over a limit the command ends with 1.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.report import put, under_conditions
from tests.exports.evenings import full_evening
from tests.room.hall import hall
from tests.room.test_phone_test import staff_browser
from tests.unit.test_screening import SEEDS
from workshop.domain.errors import WorkshopError
from workshop.domain.texts import clean_text
from workshop.exports.shelf import make_file
from workshop.room.frame.facade import Facade
from workshop.screening.free_text import screen
from workshop.sources.clustering import suggest_clusters
from workshop.sources.files import read_figures
from workshop.store import open_store

TURNS = 3


@dataclass(frozen=True)
class Chore:
    """``ready()`` prepares and gives the work itself; ``limit`` in seconds; ``per``: how many times the work does it."""

    name: str
    limit: float
    ready: Callable[[ExitStack], Callable[[], Any]]
    per: int = 1

    def seconds(self) -> float:
        """The best of the turns. What is loaded at first use is loaded before."""
        with ExitStack() as stack:
            work = self.ready(stack)
            return min(_timed(work) for _turn in range(TURNS + 1)) / self.per


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def five_hundred_cards(stack: ExitStack) -> Callable[[], Any]:
    room = stack.enter_context(_a_hall())
    step = room.open("commitment")
    browser = staff_browser(room)

    def print_them() -> None:
        assert browser.get(f"/kaarten/{step}?aantal=500").status_code == 200

    return print_them


@contextmanager
def _a_hall() -> Iterator[Any]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'koppelvlak.db'}")
        store.migrate()
        with hall(store) as room:
            yield room
        store.close()


def report_of_four_hundred_items(_stack: ExitStack) -> Callable[[], Any]:
    plan = full_evening()
    items = [replace(plan.items[2], id=f"{n:032d}", text=f"Kaartje {n} over de straat") for n in range(400)]
    many = replace(plan, items=tuple(items))
    return lambda: make_file("docx", many)


def clusters_of_five_hundred_notes(_stack: ExitStack) -> Callable[[], Any]:
    chance = random.Random(1)
    notes = [" ".join(chance.choices([f"woord{n}" for n in range(400)], k=40)) for _note in range(500)]
    return lambda: suggest_clusters(notes)


def a_file_of_ten_thousand_rows(_stack: ExitStack) -> Callable[[], Any]:
    rows = "".join(f"{year};x;{code};1,5;2\n" for year in range(1000, 6000) for code in ("BU03080000", "GM0308"))
    data = ("Perioden;Wijken en buurten;Code;A (%);B\n" + rows).encode()
    return lambda: read_figures(data)


def a_hostile_header(_stack: ExitStack) -> Callable[[], Any]:
    data = f"Code;a{' ' * 500_000}b(\nBU03080000;1\n".encode()
    return lambda: read_figures(data)


def hostile_texts_screened(_stack: ExitStack) -> Callable[[], Any]:
    return lambda: [screen((seed * 2_000)[:1_999] + "!") for seed in SEEDS]


def long_runs_cleaned(_stack: ExitStack) -> Callable[[], Any]:
    def clean() -> None:
        for raw in ("a" + "\u0301\u0323" * 59_000, "\u0301" * 100_000, " " * 100_000 + "a", "a \n" * 39_000):
            with suppress(WorkshopError):
                clean_text(raw)

    return clean


def the_facade_around_an_answer(_stack: ExitStack) -> Callable[[], Any]:
    async def inner(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": b"{}"})

    async def sink(_message: Any) -> None:
        return None

    outer = Facade(inner)
    scope = {
        "type": "http", "method": "POST", "path": "/kamer/stem", "scheme": "http", "query_string": b"",
        "headers": [(b"host", b"kv:8501"), (b"origin", b"http://kv:8501"), (b"cookie", b"kv_deel=abc")],
    }  # fmt: skip

    async def thousands() -> None:
        for _again in range(10_000):
            await outer(scope, None, sink)

    return lambda: asyncio.run(thousands())


CHORES = (
    Chore("500 cards to print, drawn", 2, five_hundred_cards),
    Chore("report (docx) of 400 items", 20, report_of_four_hundred_items),
    Chore("clusters proposed for 500 notes of 40 words", 2, clusters_of_five_hundred_notes),
    Chore("a file of 10,000 figures read", 5, a_file_of_ten_thousand_rows),
    Chore("a file with a hostile header read", 5, a_hostile_header),
    Chore(f"{len(SEEDS)} hostile texts of 2,000 characters screened", 20, hostile_texts_screened),
    Chore("four hostile texts of 100,000 characters cleaned", 20, long_runs_cleaned),
    Chore("one answer of the room through the facade", 0.000_025, the_facade_around_an_answer, per=10_000),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.chores", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    found = {chore: chore.seconds() for chore in CHORES}
    table = under_conditions(
        {chore.name: f"{_words(seconds)}; limit {_words(chore.limit)}" for chore, seconds in found.items()}
    )
    print(table)
    if options.write:
        put("chores", table)
    slow = [chore.name for chore, seconds in found.items() if seconds > chore.limit]
    sys.exit(f"over the limit: {', '.join(slow)}" if slow else 0)


def _words(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} µs" if seconds < 0.001 else f"{seconds:.3f} s" if seconds < 1 else f"{seconds:.1f} s"


if __name__ == "__main__":
    main()
