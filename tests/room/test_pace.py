"""Garbage is looked for between the votes, not in the middle of them."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Iterator

import pytest

from workshop.room.frame import pace


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pace, "LOOK_SECONDS", 0.001)
    yield
    gc.enable()


class Ring:
    """Holds on to itself, so only a look finds that nobody else does."""

    def __init__(self) -> None:
        self.itself = self


def rings(n: int) -> weakref.ref[Ring]:
    """So many rings that nobody holds; returns a way to see whether the last was found."""
    made = [Ring() for _ in range(n)]
    return weakref.ref(made[-1])


async def is_found(n: int, calm_seconds: float) -> bool:
    times, looked = 0, asyncio.Event()

    def calm() -> float:
        nonlocal times
        times += 1
        if times == 3:
            looked.set()
        return calm_seconds

    cleaning = asyncio.create_task(pace.clean_when_calm(calm))
    await asyncio.sleep(0)
    gc.collect()
    last = rings(n)
    # At the third question what came of the first two is over.
    await looked.wait()
    was_found, is_left_to_python = last() is None, gc.isenabled()
    cleaning.cancel()
    await asyncio.gather(cleaning, return_exceptions=True)
    assert not is_left_to_python
    return was_found


@pytest.mark.parametrize(
    ("new", "calm_seconds", "found"),
    [
        (pace.ENOUGH, pace.CALM_SECONDS, True),
        (pace.ENOUGH, 0.0, False),
        (100, pace.CALM_SECONDS, False),
        (pace.TOO_MANY, 0.0, True),
    ],
)
def test_there_is_a_look_when_it_is_calm_or_when_it_cannot_wait(new: int, calm_seconds: float, found: bool) -> None:
    assert asyncio.run(is_found(new, calm_seconds)) is found
    assert gc.isenabled(), "and afterwards python looks by itself again"
