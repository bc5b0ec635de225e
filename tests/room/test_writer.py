"""The writer: one commit for many, an answer only after it, and nobody's mistake is another's loss."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence
from typing import Any

import pytest

from workshop.domain.errors import WorkshopError
from workshop.room import writer as module
from workshop.room.writer import NotNow, Writer

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Book:
    """A stand-in for a database: what is committed, and in which batches."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.committed: list[Any] = []
        self.batches: list[int] = []
        self.seconds = seconds
        self.is_down = False

    def write(self, loads: Sequence[Any]) -> list[Any]:
        time.sleep(self.seconds)
        if self.is_down:
            raise OSError("the database is locked")
        if "poison" in loads:
            raise ValueError("poison")
        self.committed += [load for load in loads if load != "refused"]
        self.batches.append(len(loads))
        return [WorkshopError("nee") if load == "refused" else f"kept {load}" for load in loads]


async def test_a_full_room_shares_its_commits() -> None:
    book = Book(seconds=0.02)
    writer = Writer({"vote": book.write})
    answers = await asyncio.gather(*(writer.put("vote", n) for n in range(300)))
    assert answers == [f"kept {n}" for n in range(300)]
    assert book.committed == list(range(300)) and len(book.batches) <= 3
    await writer.stop()


async def test_an_empty_room_does_not_wait() -> None:
    writer = Writer({"vote": Book().write})
    began = time.perf_counter()
    await writer.put("vote", 1)
    assert time.perf_counter() - began < 0.1
    await writer.stop()


async def test_the_answer_comes_after_the_commit() -> None:
    book = Book(seconds=0.05)
    writer = Writer({"vote": book.write})
    waiting = asyncio.create_task(writer.put("vote", 1))
    await asyncio.sleep(0.02)
    assert not waiting.done() and book.committed == []
    assert await waiting == "kept 1" and book.committed == [1]
    await writer.stop()


async def test_a_refusal_is_for_the_one_who_sent_it() -> None:
    book = Book()
    writer = Writer({"vote": book.write})
    answers = await asyncio.gather(*(writer.put("vote", v) for v in (1, "refused", 2)), return_exceptions=True)
    assert [answers[0], answers[2]] == ["kept 1", "kept 2"] and isinstance(answers[1], WorkshopError)
    await writer.stop()


async def test_a_poisoned_ballot_does_not_take_the_others_along() -> None:
    book = Book()
    writer = Writer({"vote": book.write})
    answers = await asyncio.gather(*(writer.put("vote", v) for v in (1, "poison", 2)), return_exceptions=True)
    assert [answers[0], answers[2]] == ["kept 1", "kept 2"]
    assert isinstance(answers[1], NotNow) and answers[1].reason == "database"
    assert book.committed == [1, 2]
    await writer.stop()


async def test_a_database_out_of_reach_is_told_and_works_again_later() -> None:
    book = Book()
    writer = Writer({"vote": book.write})
    book.is_down = True
    with pytest.raises(NotNow):
        await writer.put("vote", 1)
    book.is_down = False
    assert await writer.put("vote", 2) == "kept 2"
    await writer.stop()


async def test_more_than_can_wait_are_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 10)
    writer = Writer({"vote": Book(seconds=0.05).write})
    answers = await asyncio.gather(*(writer.put("vote", n) for n in range(30)), return_exceptions=True)
    refused = [a for a in answers if isinstance(a, NotNow)]
    assert len(refused) == 20 and {r.reason for r in refused} == {"busy"}
    await writer.stop()


async def test_stopping_finishes_what_was_taken_in_and_refuses_the_rest() -> None:
    book = Book(seconds=0.05)
    writer = Writer({"vote": book.write})
    taken = [asyncio.create_task(writer.put("vote", n)) for n in range(5)]
    await asyncio.sleep(0)
    stopping = asyncio.create_task(writer.stop())
    await asyncio.sleep(0)
    with pytest.raises(NotNow) as refused:
        await writer.put("vote", 99)
    assert refused.value.reason == "stopping"
    await stopping
    assert await asyncio.gather(*taken) == [f"kept {n}" for n in range(5)]


async def test_a_phone_that_hangs_up_does_not_take_its_vote_back() -> None:
    book = Book(seconds=0.03)
    writer = Writer({"vote": book.write})
    gone = asyncio.create_task(writer.put("vote", "gone"))
    stays = asyncio.create_task(writer.put("vote", "stays"))
    await asyncio.sleep(0.01)
    gone.cancel()
    assert await stays == "kept stays"
    assert book.committed == ["gone", "stays"]
    await writer.stop()


async def test_batches_never_overlap_and_the_twin_without_the_one_thread_does() -> None:
    """The defence is the single thread; two writers side by side show what it prevents."""
    inside, most = 0, 0
    lock = threading.Lock()

    def work(loads: Sequence[Any]) -> list[Any]:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.005)
        with lock:
            inside -= 1
        return list(loads)

    one = Writer({"vote": work})
    for _ in range(5):
        await asyncio.gather(*(one.put("vote", n) for n in range(20)))
    assert most == 1
    two = Writer({"vote": work})
    await asyncio.gather(*(w.put("vote", n) for n in range(20) for w in (one, two)))
    assert most == 2
    await one.stop()
    await two.stop()


def test_nobody_waits_longer_than_patience_for_work_that_hangs_or_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.3)
    let_go = threading.Event()

    def hang(loads: Sequence[Any]) -> list[Any]:
        let_go.wait(10)
        return list(loads)

    async def evening() -> list[tuple[str, float]]:
        loop = asyncio.get_running_loop()
        writer = Writer({"ballot": hang})

        async def one(pause: float) -> tuple[str, float]:
            await asyncio.sleep(pause)
            began = loop.time()
            try:
                return str(await writer.put("ballot", pause)), loop.time() - began
            except NotNow as later:
                return later.reason, loop.time() - began

        told = await asyncio.gather(one(0), one(0.1), one(1.2))
        let_go.set()
        told.append(await one(0))
        await writer.stop()
        return told

    told = asyncio.run(evening())
    assert [what for what, _seconds in told] == ["database"] * 3 + ["0"]
    assert all(seconds < 1.2 for _what, seconds in told)
