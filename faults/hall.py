"""An evening over the real door: a server (or two), an open round, phones that keep voting, and the judgement."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from faults.burst import close_and_judge
from faults.history import History, acknowledged, read
from faults.phones import Phone, enter, hang_up_everywhere
from tests.evening import Evening, plan_evening
from workshop.actions.evening import running
from workshop.store import open_store


def plan_open_evening(url: str) -> tuple[Evening, str]:
    """A wijkplan with an open room and an open secret step, made before the server starts. The store stays open."""
    store = open_store(url)
    evening = plan_evening(store)
    step_id = evening.step("commitment")
    evening.open_room()
    running.open_step(store, evening.facilitator, step_id)
    return evening, step_id


@dataclass
class Hall:
    """Phones in one open round, and what they heard."""

    evening: Evening
    step_id: str
    history: History
    phones: list[Phone]
    round_id: str
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def go(self, *, pause: float = 0.1) -> None:
        """Everybody starts voting."""
        self.tasks = [asyncio.create_task(p.keep_voting(self.round_id, self.over, pause=pause)) for p in self.phones]

    async def quiet(self) -> None:
        """Everybody finishes the ballot in hand."""
        self.over.set()
        await asyncio.gather(*self.tasks)

    async def last_word(self) -> list[str]:
        """Everybody sends what was never answered once more; whoever does not get it in is named."""
        answers = await asyncio.gather(*(p.vote(self.round_id) for p in self.phones if p.pending))
        return [f"not back: {a}" for a in answers if a.answer != "ok"]

    def judge(self) -> list[str]:
        """SET over the whole history, after which the round is closed."""
        return close_and_judge(self.evening, self.step_id, self.history)

    @property
    def acknowledged(self) -> int:
        return acknowledged(read(self.history.path))

    @property
    def times(self) -> list[float]:
        return [t for p in self.phones for t in p.times]


@asynccontextmanager
async def hall(url: str, folder: Path, ports: Sequence[int], people: int, *, seed: int = 1) -> AsyncIterator[Hall]:
    """People who came in through the door of a running server."""
    evening, step_id = plan_open_evening(url)
    history = History(folder / "history.jsonl")
    chance = random.Random(seed)
    phones = [Phone(evening, history, random.Random(chance.random()), list(ports)) for _n in range(people)]
    opened = Hall(evening, step_id, history, phones, evening.round_id(step_id))
    try:
        await enter(phones)
        yield opened
    finally:
        opened.over.set()
        for task in opened.tasks:
            task.cancel()
        await asyncio.gather(*opened.tasks, return_exceptions=True)
        hang_up_everywhere()
        history.close()
        evening.store.close()
