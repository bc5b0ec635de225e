"""One socket that follows a room, and what is known of one that is followed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from workshop.actions.evening.pulse import Pulse

log = logging.getLogger(__name__)

Send = Callable[[str], Awaitable[None]]


class Follower:
    """One socket. Holds at most one message that still has to go out: the latest."""

    def __init__(self, send: Send, *, language: str = "nl", device: str = "") -> None:
        self._send = send
        self.language, self.device = language, device
        self._latest: str | None = None
        self._task: asyncio.Task[None] | None = None
        self.is_gone = False

    def tell(self, message: str) -> None:
        """Send now, or after what is on its way; an older message that did not leave yet is skipped."""
        self._latest = message
        if self._task is None and not self.is_gone:
            self._task = asyncio.get_running_loop().create_task(self._pump())

    @property
    def is_waiting(self) -> bool:
        """Whether a message is still on its way out."""
        return self._task is not None

    async def _pump(self) -> None:
        try:
            while self._latest is not None and not self.is_gone:
                message, self._latest = self._latest, None
                await self._send(message)
        except Exception as gone:  # noqa: BLE001 - whatever a dead socket raises, it is gone
            log.debug("a socket went away: %s", type(gone).__name__)
            self.is_gone = True
        finally:
            self._task = None


Timer = Literal["snapshot", "phones"]
"""What is looked at when its time has come: the whole snapshot, or how many phones are within reach."""


class Look(Enum):
    """How far a look at the database is. Too early: something was told of since it began, so it is done once more."""

    NONE = "none"
    ON_ITS_WAY = "on its way"
    TOO_EARLY = "too early"


@dataclass
class Followed:
    """What the hub knows of one session. ``pulse`` is None until it was read; ``devices`` counts the sockets of each."""

    phones: set[Follower] = field(default_factory=set)
    devices: dict[str, int] = field(default_factory=dict)
    screens: set[Follower] = field(default_factory=set)
    pulse: Pulse | None = None
    screen_message: str = ""
    asked_at: dict[str, float] = field(default_factory=dict)
    told_stage: int | None = None
    snapshot: Look = Look.NONE
    tally: Look = Look.NONE
    timers: set[Timer] = field(default_factory=set)

    @property
    def is_calm(self) -> bool:
        """Whether nothing of it is being read, or will be soon."""
        return self.snapshot is self.tally is Look.NONE and "snapshot" not in self.timers
