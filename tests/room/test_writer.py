"""The writer: one commit for many, an answer only after it, and nobody's mistake is another's loss."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from workshop.domain.errors import WorkshopError
from workshop.room.frame import writer as module
from workshop.room.frame.writer import NotNow, Writer

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


PATIENCE_OF_A_TEST = 60.0
"""Seconds after which something hangs; no test gets near it, however busy the machine is."""


@dataclass(frozen=True)
class Load:
    """A piece of work: a number, or a word that goes wrong."""

    what: Any


class Book:
    """A stand-in for a database: what is committed, and in which batches. Shut, it commits when it is opened."""

    def __init__(self, *, is_shut: bool = False) -> None:
        self.committed: list[Any] = []
        self.batches: list[int] = []
        self.is_down = False
        self.is_asked, self.is_open = threading.Event(), threading.Event()
        if not is_shut:
            self.is_open.set()

    async def asked(self) -> None:
        """Until the writer's thread stands before it."""
        assert await asyncio.to_thread(self.is_asked.wait, PATIENCE_OF_A_TEST)

    def write(self, pieces: Sequence[Load]) -> tuple[list[Any], list[int]]:
        loads = [piece.what for piece in pieces]
        self.is_asked.set()
        assert self.is_open.wait(PATIENCE_OF_A_TEST)
        if self.is_down:
            raise OSError("the database is locked")
        if "poison" in loads:
            raise ValueError("poison")
        self.committed += [load for load in loads if load != "refused"]
        self.batches.append(len(loads))
        answers = [WorkshopError("nee") if load == "refused" else f"kept {load}" for load in loads]
        return answers, [len(loads)]


async def test_a_full_room_shares_its_commits() -> None:
    book = Book(is_shut=True)
    writer = Writer(book.write)
    first = asyncio.create_task(writer.put(Load(0)))
    await book.asked()
    # Who comes in while a commit is made shares the next one.
    others = [asyncio.create_task(writer.put(Load(n))) for n in range(1, 300)]
    await asyncio.sleep(0)
    book.is_open.set()
    assert await asyncio.gather(first, *others) == [f"kept {n}" for n in range(300)]
    assert book.committed == list(range(300)) and book.batches == [1, 299]
    await writer.stop()


async def test_an_empty_room_does_not_wait() -> None:
    """No clock has to run for a vote: it goes to the thread in the next turn of the loop."""
    book = Book(is_shut=True)
    loop = asyncio.get_running_loop()
    writer = Writer(book.write)
    waiting = asyncio.create_task(writer.put(Load(1)))
    await asyncio.sleep(0)
    assert not writer._is_busy, "what else comes in with this turn can join"
    await asyncio.sleep(0)
    assert writer._is_busy and writer._patience is not None
    assert writer._patience.when() > loop.time(), "the only clock is the one of who would wait too long"
    book.is_open.set()
    assert await waiting == "kept 1"
    await writer.stop()


async def test_the_answer_comes_after_the_commit() -> None:
    book = Book(is_shut=True)
    writer = Writer(book.write)
    waiting = asyncio.create_task(writer.put(Load(1)))
    await book.asked()
    assert not waiting.done() and book.committed == []
    book.is_open.set()
    assert await waiting == "kept 1" and book.committed == [1]
    await writer.stop()


async def test_a_refusal_is_for_the_one_who_sent_it() -> None:
    book = Book()
    writer = Writer(book.write)
    answers = await asyncio.gather(*(writer.put(Load(v)) for v in (1, "refused", 2)), return_exceptions=True)
    assert [answers[0], answers[2]] == ["kept 1", "kept 2"] and isinstance(answers[1], WorkshopError)
    await writer.stop()


async def test_a_poisoned_ballot_does_not_take_the_others_along() -> None:
    book = Book()
    writer = Writer(book.write)
    answers = await asyncio.gather(*(writer.put(Load(v)) for v in (1, "poison", 2)), return_exceptions=True)
    assert [answers[0], answers[2]] == ["kept 1", "kept 2"]
    assert isinstance(answers[1], NotNow) and answers[1].reason == "database"
    assert book.committed == [1, 2]
    await writer.stop()


async def test_a_database_out_of_reach_is_told_and_works_again_later() -> None:
    book = Book()
    writer = Writer(book.write)
    book.is_down = True
    with pytest.raises(NotNow):
        await writer.put(Load(1))
    book.is_down = False
    assert await writer.put(Load(2)) == "kept 2"
    await writer.stop()


async def test_more_than_can_wait_are_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 10)
    writer = Writer(Book().write)
    # All in one turn of the loop, so that nothing is taken away in between.
    answers = await asyncio.gather(*(writer.put(Load(n)) for n in range(30)), return_exceptions=True)
    refused = [a for a in answers if isinstance(a, NotNow)]
    assert len(refused) == 20 and {r.reason for r in refused} == {"busy"}
    await writer.stop()


async def test_stopping_finishes_what_was_taken_in_and_refuses_the_rest() -> None:
    book = Book(is_shut=True)
    writer = Writer(book.write)
    taken = [asyncio.create_task(writer.put(Load(n))) for n in range(5)]
    await asyncio.sleep(0)
    stopping = asyncio.create_task(writer.stop())
    await asyncio.sleep(0)
    with pytest.raises(NotNow) as refused:
        await writer.put(Load(99))
    assert refused.value.reason == "stopping"
    assert not stopping.done() and not any(task.done() for task in taken)
    book.is_open.set()
    await stopping
    assert await asyncio.gather(*taken) == [f"kept {n}" for n in range(5)]


async def test_a_phone_that_hangs_up_does_not_take_its_vote_back() -> None:
    book = Book(is_shut=True)
    writer = Writer(book.write)
    gone = asyncio.create_task(writer.put(Load("gone")))
    stays = asyncio.create_task(writer.put(Load("stays")))
    await book.asked()
    gone.cancel()
    book.is_open.set()
    assert await stays == "kept stays"
    assert book.committed == ["gone", "stays"]
    await writer.stop()


async def test_batches_never_overlap_and_the_twin_without_the_one_thread_does() -> None:
    """The defence is the single thread; two writers side by side show what it prevents."""
    inside, most = 0, 0
    lock = threading.Lock()

    def work(loads: Sequence[Load]) -> tuple[list[Any], list[int]]:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.005)
        with lock:
            inside -= 1
        return list(loads), []

    one = Writer(work)
    for _ in range(5):
        await asyncio.gather(*(one.put(Load(n)) for n in range(20)))
    assert most == 1
    two = Writer(work)
    await asyncio.gather(*(w.put(Load(n)) for n in range(20) for w in (one, two)))
    assert most == 2
    await one.stop()
    await two.stop()


async def test_nobody_waits_longer_than_patience_for_work_that_hangs_or_behind_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Everybody hears while the work still hangs: in it, behind it, and who comes when others were answered already."""
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.3)
    book = Book(is_shut=True)
    writer = Writer(book.write)

    async def one(load: int) -> str:
        try:
            return str(await writer.put(Load(load)))
        except NotNow as later:
            return later.reason

    inside = asyncio.create_task(one(1))
    await book.asked()
    behind = asyncio.create_task(one(2))
    async with asyncio.timeout(PATIENCE_OF_A_TEST / 2):
        assert [await inside, await behind, await one(3)] == ["database"] * 3
    assert book.committed == []
    book.is_open.set()
    assert await one(4) == "kept 4"
    await writer.stop()
