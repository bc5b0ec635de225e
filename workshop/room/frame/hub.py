"""Who follows which room, and telling them: the wall and the console at once, phones only when the room moves.

Snapshots are pushed, never events: a socket that cannot keep up skips to the latest. One snapshot per session is
computed at a time; whatever changes meanwhile is in the next one.

While a round runs, the only thing that changes with every vote is how many there are, and in an open one the tally. The
writer has just counted both: they are pushed without asking the database again. When it could not count the tally (other
processes, too many different ballots), that alone is counted here, and then for a while other things are done.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from workshop.actions.evening.voting import News
from workshop.domain.errors import NotFound
from workshop.store import Change, Store

log = logging.getLogger(__name__)

SOCKETS_PER_DEVICE = 6
"""Open tabs of one phone that are followed; a seventh asks every few seconds instead."""

_TOLD_IN_ONE_GO = 50

_COUNTED_AGAIN = 1.0
"""Seconds in which phones that come and go are counted once for the screens."""

_ASKED_LATELY = 20.0
"""Seconds during which a phone that asks, because its stream does not get through, is within reach."""

_CAN_WAIT = {"people": 0.25, "ballots": 0.5}
"""Seconds by which the whole snapshot may lag behind when only people or blind ballots came in.

Ballots that another process took in show only in the snapshot, and all processes must agree within a second.
"""

_RESTS = 2.0
"""How much longer than it took to count a tally it is not counted again: a full hall gets at most a third of a core's
time for it, a small one sees every vote at once.
"""

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


@dataclass
class _Followed:
    """What the hub knows of one session. ``pulse`` is None until it was read; ``devices`` counts the sockets of each."""

    phones: set[Follower] = field(default_factory=set)
    devices: dict[str, int] = field(default_factory=dict)
    screens: set[Follower] = field(default_factory=set)
    pulse: Any = None
    screen_message: str = ""
    asked_at: dict[str, float] = field(default_factory=dict)
    is_counting: bool = False
    told_stage: int | None = None
    is_computing: bool = False
    is_dirty: bool = False
    is_due: bool = False
    is_tallying: bool = False
    is_tally_old: bool = False


class Hub:
    """The followers of all sessions in this process. Everything but ``changed`` runs on the event loop.

    ``see_pulse(store, session_id)`` reads the snapshot; ``see_tally(store, round_id)`` only the tally of a running open
    round, a mapping with at least ``n``, ``complete`` and ``paper``; ``draw_shared(session_id, language)`` makes the
    fragment all phones get when the room moves. They run on ``readers``.
    """

    def __init__(
        self,
        store: Store,
        readers: Executor,
        *,
        see_pulse: Callable[[Store, str], Any],
        see_tally: Callable[[Store, str], Mapping[str, Any]],
        draw_shared: Callable[[str, str], str],
    ) -> None:
        self._store, self._readers = store, readers
        self._see_pulse, self._see_tally, self._draw_shared = see_pulse, see_tally, draw_shared
        #: Phones of a session that other processes reach; None while that is not known.
        self.elsewhere: Callable[[str], int | None] = lambda _session_id: None
        self._loop = asyncio.get_running_loop()
        self._rooms: dict[str, _Followed] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    # -- being told -------------------------------------------------------

    def changed(self, change: Change) -> None:
        """Something was committed; may be called from any thread."""
        room = self._rooms.get(change.session_id)
        if room is None or (change.kind == "ballots" and room.is_due and not self._shows_tally(room)):
            return  # nobody follows, or the snapshot that is due will be read after this commit
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._refresh_for, change.session_id, change.kind)

    def everything_may_be_old(self) -> None:
        """Messages may have been missed (a reconnect): look at every followed session again. From any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._refresh_all)

    def hear(self, news: News) -> None:
        """A batch of votes is committed: tell the screens at once, without asking the database again.

        Batches are told in the order of their commits. Without a tally in the news that of an open step follows by
        itself, for then ``changed`` was told as well.
        """
        room = self._rooms.get(news.session_id)
        if room is None:
            return
        pulse, count = room.pulse, news.count
        if pulse is None:
            return self.refresh(news.session_id)
        if pulse.round_id != news.round_id or count.all < pulse.started or count.complete < pulse.done:
            # Of a step that is not on the wall, or counted before another process did, or somebody took an answer back.
            return self._look_soon(news.session_id, room, "ballots")
        if self._shows_tally(room) and news.tally is None:
            return
        # What is being counted now may be from before this commit.
        room.is_tally_old = room.is_tally_old or room.is_tallying
        room.pulse = _counted(pulse, news.tally, count.complete, count.all, count.paper)
        self._tell_screens(room)

    def _refresh_for(self, session_id: str, kind: str) -> None:
        room = self._rooms.get(session_id)
        if room is None:
            return
        if kind not in _CAN_WAIT or room.pulse is None:
            return self.refresh(session_id)
        if kind == "ballots" and self._shows_tally(room):
            self._tally_soon(room)
        self._look_soon(session_id, room, kind)

    def _look_soon(self, session_id: str, room: _Followed, kind: str) -> None:
        if not room.is_due:
            room.is_due = True
            self._loop.call_later(_CAN_WAIT[kind], self._refresh_due, session_id)

    @staticmethod
    def _shows_tally(room: _Followed) -> bool:
        return room.pulse is not None and room.pulse.tally is not None

    def _tally_soon(self, room: _Followed) -> None:
        room.is_tally_old = True
        if not room.is_tallying and not self._is_stopping:
            room.is_tallying = True
            self._begin(self._tally(room))

    def _refresh_due(self, session_id: str) -> None:
        room = self._rooms.get(session_id)
        if room is not None:
            room.is_due = False
            self.refresh(session_id)

    def refresh(self, session_id: str) -> None:
        """Compute a new snapshot of a followed session and push it."""
        room = self._rooms.get(session_id)
        if room is None:
            return
        room.is_dirty = True
        if not room.is_computing and not self._is_stopping:
            room.is_computing = True
            self._begin(self._compute(session_id, room))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _refresh_all(self) -> None:
        for session_id in list(self._rooms):
            self.refresh(session_id)

    # -- following --------------------------------------------------------

    def is_welcome(self, session_id: str, device: str) -> bool:
        """Whether this device may open one more socket on the session."""
        room = self._rooms.get(session_id)
        return room is None or room.devices.get(device, 0) < SOCKETS_PER_DEVICE

    def follow_phone(self, session_id: str, follower: Follower) -> None:
        """Follow as a participant; told the present stage at once, so that an older page looks again."""
        room = self._rooms.setdefault(session_id, _Followed())
        room.phones.add(follower)
        room.devices[follower.device] = room.devices.get(follower.device, 0) + 1
        self._count_soon(session_id, room)
        if room.pulse is None:
            self.refresh(session_id)
        else:
            follower.tell(_stage_message(room.pulse.stage_revision))

    def follow_screen(self, session_id: str, follower: Follower) -> None:
        """Follow as wall or console."""
        room = self._rooms.setdefault(session_id, _Followed())
        room.screens.add(follower)
        if room.screen_message:
            follower.tell(room.screen_message)
        else:
            self.refresh(session_id)

    def leave(self, session_id: str, follower: Follower) -> None:
        """Stop following."""
        follower.is_gone = True
        room = self._rooms.get(session_id)
        if room is None:
            return
        if follower in room.phones:
            room.phones.discard(follower)
            room.devices[follower.device] -= 1
            if not room.devices[follower.device]:
                del room.devices[follower.device]
            self._count_soon(session_id, room)
        room.screens.discard(follower)
        if not room.phones and not room.screens:
            # Nobody is told anymore, so what is kept here would grow old unseen.
            del self._rooms[session_id]

    def stage_of(self, session_id: str) -> int | None:
        """The stage revision, when somebody follows the session and it is known; else None."""
        room = self._rooms.get(session_id)
        return room.told_stage if room is not None else None

    def asked(self, session_id: str, device: str) -> None:
        """A phone without a stream asked how things stand: it is within reach as well."""
        room = self._rooms.get(session_id)
        if room is not None:
            room.asked_at[device] = self._loop.time()
            self._count_soon(session_id, room)

    def numbers(self) -> dict[str, int]:
        """How many phones each session has in this process. From any thread."""
        return {session_id: self._reached(room) for session_id, room in tuple(self._rooms.items())}

    def phones_of(self, session_id: str) -> int | None:
        """How many phones of a session are reached now by all processes; None while that is not known."""
        others = self.elsewhere(session_id)
        room = self._rooms.get(session_id)
        return None if others is None else others + (0 if room is None else self._reached(room))

    def count_changed_elsewhere(self, session_id: str) -> None:
        """Another process reaches more or fewer phones: the screens here are told soon. From any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._recount, session_id)

    def _recount(self, session_id: str) -> None:
        room = self._rooms.get(session_id)
        if room is not None:
            self._count_soon(session_id, room)

    def _reached(self, room: _Followed) -> int:
        # Asked for by other threads as well, and with every batch of votes: no walk over a thousand phones.
        lately = self._loop.time() - _ASKED_LATELY
        asking = sum(at > lately and device not in room.devices for device, at in tuple(room.asked_at.items()))
        return len(room.devices) + asking

    def _count_soon(self, session_id: str, room: _Followed) -> None:
        if room.screens and not room.is_counting:
            room.is_counting = True
            self._loop.call_later(_COUNTED_AGAIN, self._count_now, session_id)

    def _count_now(self, session_id: str) -> None:
        room = self._rooms.get(session_id)
        if room is not None:
            room.is_counting = False
            lately = self._loop.time() - _ASKED_LATELY
            room.asked_at = {device: at for device, at in room.asked_at.items() if at > lately}
            if room.asked_at and room.screens:
                # Silence makes no event: whoever asked must be looked for again.
                room.is_counting = True
                self._loop.call_later(_ASKED_LATELY / 4, self._count_now, session_id)
            if room.pulse is not None:
                self._tell_screens(room)

    def counts(self) -> dict[str, int]:
        """Sockets that follow, for the health page and the benchmark."""
        return {
            "phones": sum(len(room.phones) for room in self._rooms.values()),
            "screens": sum(len(room.screens) for room in self._rooms.values()),
        }

    async def stop(self) -> None:
        """Compute nothing new; let what runs finish."""
        self._is_stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)

    # -- pushing ----------------------------------------------------------

    async def _compute(self, session_id: str, room: _Followed) -> None:
        try:
            while room.is_dirty and not self._is_stopping:
                room.is_dirty = False
                before = room.pulse
                try:
                    pulse = await self._loop.run_in_executor(self._readers, self._see_pulse, self._store, session_id)
                except NotFound:
                    return
                known = room.pulse
                if (
                    known is not before
                    and (known.round_id, known.state) == (pulse.round_id, pulse.state)
                    and known.started >= pulse.started
                ):
                    # Votes were committed while this was being read, and told already. What else changed may have
                    # changed them too (a ballot on paper taken out), so then it is read once more.
                    if pulse.revision != known.revision:
                        self._look_soon(session_id, room, "ballots")
                    pulse = _counted(pulse, known.tally, known.done, known.started, known.paper)
                room.pulse = pulse
                # Screens first: the hall looks at the wall.
                self._tell_screens(room)
                if pulse.stage_revision != room.told_stage:
                    await self._move_phones(session_id, room, pulse.stage_revision)
        except Exception:
            log.exception("a snapshot could not be made; the next change tries again")
        finally:
            room.is_computing = False

    async def _tally(self, room: _Followed) -> None:
        try:
            while room.is_tally_old and self._shows_tally(room) and not self._is_stopping:
                room.is_tally_old = False
                round_id = room.pulse.round_id
                tally, cost = await self._loop.run_in_executor(self._readers, self._count, round_id)
                # Meanwhile the room may have moved on, or a whole snapshot may have seen more.
                if self._shows_tally(room) and room.pulse.round_id == round_id and room.pulse.started <= tally["n"]:
                    room.pulse = _counted(room.pulse, tally, tally["complete"], tally["n"], tally["paper"])
                    self._tell_screens(room)
                await asyncio.sleep(_RESTS * cost)
        except NotFound:
            pass  # the round is gone; the snapshot tells what is there now
        except Exception:
            log.exception("a tally could not be made; the next change tries again")
        finally:
            room.is_tallying = False

    def _count(self, round_id: str) -> tuple[Mapping[str, Any], float]:
        """On a reader's thread: the tally, and the seconds of CPU it took."""
        began = time.thread_time()
        return self._see_tally(self._store, round_id), time.thread_time() - began

    def _tell_screens(self, room: _Followed) -> None:
        message = screen_message(room.pulse, self.phones_of(room.pulse.session_id))
        if message != room.screen_message:
            room.screen_message = message
            for screen in tuple(room.screens):
                screen.tell(message)

    async def _move_phones(self, session_id: str, room: _Followed, stage: int) -> None:
        is_first = room.told_stage is None
        room.told_stage = stage
        drawn: dict[str, str] = {}
        for number, phone in enumerate(tuple(room.phones), start=1):
            if is_first:
                # They came with a page of their own; only a later move needs the fragment.
                phone.tell(_stage_message(stage))
            else:
                if phone.language not in drawn:
                    drawn[phone.language] = await self._loop.run_in_executor(
                        self._readers, self._draw, session_id, phone.language, stage
                    )
                phone.tell(drawn[phone.language])
            if number % _TOLD_IN_ONE_GO == 0:
                await asyncio.sleep(0)  # votes of others are not starved by a thousand pushes

    def _draw(self, session_id: str, language: str, stage: int) -> str:
        html = self._draw_shared(session_id, language)
        return orjson.dumps({"is": "deel", "stage": stage, "html": html}).decode()


def _counted(pulse: Any, tally: Mapping[str, Any] | None, done: int, started: int, paper: int) -> Any:
    """The same snapshot with other numbers; never fewer people than are done."""
    return replace(pulse, tally=tally, done=done, started=started, paper=paper, present=max(pulse.present, done))


def screen_message(pulse: Any, phones: int | None) -> str:
    """The snapshot as wall and console get it, with how many phones are within reach (None: not known)."""
    told = {"is": "stand", **vars(pulse), "phones": phones}
    return orjson.dumps(told, option=orjson.OPT_NON_STR_KEYS).decode()


def _stage_message(stage: int) -> str:
    return orjson.dumps({"is": "stand", "stage": stage}).decode()
