"""What everything that plays shares: the store, who plays, the clock, and the names the story gives to items."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from workshop.domain.roles import Staff
from workshop.store import Store


class Clock:
    """The store's clock while the demo plays: it stands on the day that is told."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def at(self, day: date, hour: int) -> None:
        self.now = datetime.combine(day, time(hour), UTC)

    def later(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@contextmanager
def told_time(store: Store) -> Iterator[Clock]:
    """Let the store read the time from the story, and from its own clock again afterwards."""
    real, clock = store.clock, Clock(store.now())
    store.clock = lambda: clock.now
    try:
        yield clock
    finally:
        store.clock = real


@dataclass
class Stage:
    """``items`` are ids by the name the story gives them; ``groups`` are ids by name."""

    store: Store
    trainer: Staff
    wijkplan_id: str
    clock: Clock
    chance: random.Random
    groups: dict[str, str]
    items: dict[str, str] = field(default_factory=dict)

    def name(self, key: str, item_id: str) -> None:
        """Remember an item under its name; a name is given once."""
        if key in self.items:
            raise ValueError(f"the story names {key!r} twice")
        self.items[key] = item_id

    def ids(self, keys: Iterable[str]) -> list[str]:
        """The ids behind names, in the same order."""
        return [self.items[key] for key in keys]
