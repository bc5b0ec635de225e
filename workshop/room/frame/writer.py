"""One writer per process with group commit: what waits goes into one transaction, and answers leave after the commit.

While a batch is being committed the next one gathers. A quiet room answers at once; in a full one a batch is larger by
itself, and the hall shares its fsync. The writer knows nothing about ballots: it is given a function that does a whole
batch of one kind of work, in one language, and answers one result per piece and what there is to tell of the batch.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

from workshop.domain.errors import WorkshopError
from workshop.locale import current_language, in_language

log = logging.getLogger(__name__)

MOST_WAITING = 5_000
"""Pieces of work that may wait; beyond that people are asked to try again (429)."""

LARGEST_BATCH = 500
"""Pieces of work in one transaction, so that nobody waits for a whole hall."""

STOP_SECONDS = 5.0
"""How long a stopping server finishes what it took in. Source: assurance F05."""

_QUICK_FAILURE_SECONDS = 1.0

PATIENCE_SECONDS = 6.0
"""After this a person is told that it does not work now, whatever the database does: a line to it that swallows answers
gives no error for as long as the network pleases. What was sent may still be stored; the same ballot id tells. Source:
assurance F08, F16 and F17.
"""

Load = TypeVar("Load")
News = TypeVar("News")

Done = tuple[Sequence[Any], Sequence[News]]
"""A result per piece, in order, where a result may be a ``WorkshopError``; and what there is to tell."""


class NotNow(Exception):
    """The work was not done and may be sent again: too busy, database out of reach, or going down."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Piece(Generic[Load]):
    language: str
    load: Load
    answer: asyncio.Future[Any]
    since: float


class Writer(Generic[Load, News]):
    """Takes pieces of work on the event loop and does them in batches on one thread.

    ``work`` does a batch of loads of one type. ``tell`` is called on the loop for each of the news when it is committed,
    before the answers leave.
    """

    def __init__(
        self, work: Callable[[Sequence[Load]], Done[News]], *, tell: Callable[[News], None] | None = None
    ) -> None:
        self._work = work
        self._tell = tell or (lambda _news: None)
        self._waiting: list[_Piece[Load]] = []
        self._is_busy = False
        self._is_scheduled = False
        self._is_stopping = False
        self._began = 0.0
        self._patience: asyncio.TimerHandle | None = None
        self._batches: SimpleQueue[list[_Piece[Load]] | None] = SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._thread = Thread(target=self._write, name="writer", daemon=True)
        self._thread.start()
        self._idle = asyncio.Event()
        self._idle.set()

    async def put(self, load: Load) -> Any:
        """Do one piece of work; returns its result after the commit.

        Raises:
            WorkshopError: this piece was refused.
            NotNow: nothing was done; "busy" (too many waiting), "database" or "stopping".
        """
        if self._is_stopping:
            raise NotNow("stopping")
        if len(self._waiting) >= MOST_WAITING:
            raise NotNow("busy")
        loop = asyncio.get_running_loop()
        piece = _Piece(current_language(), load, loop.create_future(), loop.time())
        self._waiting.append(piece)
        if not self._is_busy and not self._is_scheduled:
            self._idle.clear()
            self._is_scheduled = True
            # Never at once: what else came in with this turn of the loop can join the same commit.
            loop.call_soon(self._start)
        # Shielded by being a plain future: a phone that hangs up does not take its vote out of the batch.
        result = await piece.answer
        if isinstance(result, BaseException):
            raise result
        return result

    def calm_seconds(self) -> float:
        """For how long nothing came in."""
        return 0.0 if self._is_busy else time.monotonic() - self._began

    async def stop(self) -> None:
        """Refuse new work and finish what waits, at most ``STOP_SECONDS``."""
        self._is_stopping = True
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._idle.wait()
        except TimeoutError:
            log.error("%d pieces of work were not finished before the stop", len(self._waiting))
        for piece in self._waiting:
            _settle(piece, NotNow("stopping"))
        self._waiting.clear()
        self._batches.put(None)

    def _start(self) -> None:
        self._is_scheduled = False
        batch, self._waiting = self._waiting[:LARGEST_BATCH], self._waiting[LARGEST_BATCH:]
        if not batch:
            self._is_busy = False
            self._idle.set()
            return
        self._is_busy = True
        self._began = time.monotonic()
        loop = asyncio.get_running_loop()
        self._patience = loop.call_at(batch[0].since + PATIENCE_SECONDS, self._lose_patience, batch)
        self._batches.put(batch)

    def _lose_patience(self, batch: list[_Piece[Load]]) -> None:
        """Answer who waits too long for a batch that does not come back, or behind it."""
        loop = asyncio.get_running_loop()
        for piece in [*batch, *self._waiting]:
            if loop.time() - piece.since >= PATIENCE_SECONDS - 0.1:
                _settle(piece, NotNow("database"))
        self._waiting = [piece for piece in self._waiting if not piece.answer.done()]
        self._patience = loop.call_later(0.5, self._lose_patience, batch)

    def _write(self) -> None:
        """The writer's thread. Its own and not an executor's: handing over a single vote cost a tenth of storing it."""
        while (batch := self._batches.get()) is not None:
            try:
                results, news = self._do(batch)
            except BaseException:
                log.exception("a batch of %d failed", len(batch))
                results, news = [NotNow("database")] * len(batch), []
            try:
                self._loop.call_soon_threadsafe(self._finish, batch, results, news)
            except RuntimeError:
                return  # the server is gone, and nobody waits for an answer anymore

    def _finish(self, batch: list[_Piece[Load]], results: list[Any], news: list[News]) -> None:
        if self._patience is not None:
            self._patience.cancel()
        if time.monotonic() - self._began > _QUICK_FAILURE_SECONDS and any(_is_out_of_reach(r) for r in results):
            # Who came while the database was waited for has waited as well; a second wait would outlast their patience.
            late, self._waiting = self._waiting, []
            batch, results = [*batch, *late], [*results, *[NotNow("database") for _piece in late]]
        self._is_busy = False
        if self._waiting:
            # The next batch goes to its thread before this one's answers are written.
            self._start()
        else:
            self._idle.set()
        for each in news:
            self._tell(each)
        for piece, result in zip(batch, results, strict=True):
            _settle(piece, result)

    def _do(self, batch: list[_Piece[Load]]) -> tuple[list[Any], list[News]]:
        """On the writer's thread: the batch per type and language, results in the order of the batch."""
        results: list[Any] = [None] * len(batch)
        news: list[News] = []
        # What one kind of work waited for in vain, another need not wait for once more.
        began, gone = time.monotonic(), False
        parts: dict[tuple[type, str], list[int]] = {}
        for place, piece in enumerate(batch):
            parts.setdefault((type(piece.load), piece.language), []).append(place)
        for (_kind, language), places in parts.items():
            with in_language(language) if language != current_language() else nullcontext():
                if gone:
                    done: list[Any] = [NotNow("database") for _place in places]
                else:
                    done = self._together([batch[p].load for p in places], news)
                    gone = time.monotonic() - began > _QUICK_FAILURE_SECONDS and any(map(_is_out_of_reach, done))
                for place, result in zip(places, done, strict=True):
                    results[place] = result
        return results, news

    def _together(self, loads: list[Load], news: list[News]) -> list[Any]:
        began = time.monotonic()
        try:
            results, told = self._work(loads)
            news.extend(told)
            return list(results)
        except WorkshopError as refused:
            if len(loads) == 1:
                return [refused]
        except Exception:
            log.exception("a batch of %d was rolled back", len(loads))
            # A database that is busy or gone stays so for each of them; a poisoned piece must not take others along.
            if len(loads) == 1 or time.monotonic() - began > _QUICK_FAILURE_SECONDS:
                return [NotNow("database") for _load in loads]
        return [result for load in loads for result in self._together([load], news)]


def _is_out_of_reach(result: Any) -> bool:
    return isinstance(result, NotNow) and result.reason == "database"


def _settle(piece: _Piece[Any], result: Any) -> None:
    if not piece.answer.done():
        piece.answer.set_result(result)
