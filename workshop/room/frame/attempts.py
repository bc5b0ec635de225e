"""Guessing codes made slow, without ever keeping out somebody who has the right one (T10, T11).

A whole hall shares one address, so nothing is counted per address. Failed tries are counted for the whole installation;
above the budget every further wrong answer waits longer, and only so many can wait at once. A right code is looked up
first and never waits.
"""

from __future__ import annotations

import logging
import time
from asyncio import sleep
from collections import deque
from collections.abc import Callable

log = logging.getLogger(__name__)

FAILURES_PER_MINUTE = 120
"""Wrong codes a minute before answers slow down; a full hall that mistypes stays below it."""

LONGEST_DELAY = 8.0
MOST_DELAYED = 200


class Attempts:
    """The failed tries of the last minute."""

    def __init__(
        self,
        *,
        budget: int = FAILURES_PER_MINUTE,
        longest: float = LONGEST_DELAY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._budget, self._longest, self._clock = budget, longest, clock
        self._failed: deque[float] = deque(maxlen=100_000)
        self._delayed = 0
        self._warned = 0.0

    def failed(self) -> float:
        """Count one failure; returns the seconds its answer has to wait."""
        now = self._clock()
        self._failed.append(now)
        while self._failed and now - self._failed[0] > 60:
            self._failed.popleft()
        over = len(self._failed) - self._budget
        if over <= 0:
            return 0.0
        if now - self._warned > 60:
            self._warned = now
            log.warning("more than %d wrong codes in a minute: somebody may be guessing", self._budget)
        return min(self._longest, 0.25 * 2 ** (over / self._budget))

    async def wait(self) -> bool:
        """Count one failure and wait as long as it costs. False when too many wait already: refuse at once."""
        delay = self.failed()
        if not delay:
            return True
        if self._delayed >= MOST_DELAYED:
            return False
        self._delayed += 1
        try:
            await sleep(delay)
        finally:
            self._delayed -= 1
        return True
