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
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

import orjson

from workshop.actions.evening.pulse import Pulse
from workshop.actions.evening.votes.door import News, Tally
from workshop.domain.errors import NotFound
from workshop.room.frame.follower import Followed, Follower, Look
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
        see_pulse: Callable[[Store, str], Pulse],
        see_tally: Callable[[Store, str], Tally],
        draw_shared: Callable[[str, str], str],
    ) -> None:
        self._store, self._readers = store, readers
        self._see_pulse, self._see_tally, self._draw_shared = see_pulse, see_tally, draw_shared
        #: Phones of a session that other processes reach; None while that is not known.
        self.elsewhere: Callable[[str], int | None] = lambda _session_id: None
        self._loop = asyncio.get_running_loop()
        self._rooms: dict[str, Followed] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    # -- being told -------------------------------------------------------

    def changed(self, change: Change) -> None:
        """Something was committed; may be called from any thread."""
        room = self._rooms.get(change.session_id)
        if room is None or (change.kind == "ballots" and "snapshot" in room.timers and self._tally_shown(room) is None):
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
        if self._tally_shown(room) is not None and news.tally is None:
            return
        # What is being counted now may be from before this commit.
        if room.tally is not Look.NONE:
            room.tally = Look.TOO_EARLY
        room.pulse = _counted(pulse, news.tally, count.complete, count.all, count.paper)
        self._tell_screens(room, room.pulse)

    def _refresh_for(self, session_id: str, kind: str) -> None:
        room = self._rooms.get(session_id)
        if room is None:
            return
        if kind not in _CAN_WAIT or room.pulse is None:
            return self.refresh(session_id)
        if kind == "ballots" and self._tally_shown(room) is not None:
            self._tally_soon(room)
        self._look_soon(session_id, room, kind)

    def _look_soon(self, session_id: str, room: Followed, kind: str) -> None:
        if "snapshot" not in room.timers:
            room.timers.add("snapshot")
            self._loop.call_later(_CAN_WAIT[kind], self._refresh_due, session_id)

    @staticmethod
    def _tally_shown(room: Followed) -> Pulse | None:
        """The snapshot, when the screens follow a tally."""
        return room.pulse if room.pulse is not None and room.pulse.tally is not None else None

    def _tally_soon(self, room: Followed) -> None:
        if room.tally is not Look.NONE:
            room.tally = Look.TOO_EARLY
        elif not self._is_stopping:
            room.tally = Look.ON_ITS_WAY
            self._begin(self._tally(room))

    def _refresh_due(self, session_id: str) -> None:
        room = self._rooms.get(session_id)
        if room is not None:
            room.timers.discard("snapshot")
            self.refresh(session_id)

    def refresh(self, session_id: str) -> None:
        """Compute a new snapshot of a followed session and push it."""
        room = self._rooms.get(session_id)
        if room is None:
            return
        if room.snapshot is not Look.NONE:
            room.snapshot = Look.TOO_EARLY
        elif not self._is_stopping:
            room.snapshot = Look.ON_ITS_WAY
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
        room = self._rooms.setdefault(session_id, Followed())
        room.phones.add(follower)
        room.devices[follower.device] = room.devices.get(follower.device, 0) + 1
        self._count_soon(session_id, room)
        if room.pulse is None:
            self.refresh(session_id)
        else:
            follower.tell(_stage_message(room.pulse.stage_revision))

    def follow_screen(self, session_id: str, follower: Follower) -> None:
        """Follow as wall or console."""
        room = self._rooms.setdefault(session_id, Followed())
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

    def _reached(self, room: Followed) -> int:
        # Asked for by other threads as well, and with every batch of votes: no walk over a thousand phones.
        lately = self._loop.time() - _ASKED_LATELY
        asking = sum(at > lately and device not in room.devices for device, at in tuple(room.asked_at.items()))
        return len(room.devices) + asking

    def _count_soon(self, session_id: str, room: Followed) -> None:
        if room.screens and "phones" not in room.timers:
            room.timers.add("phones")
            self._loop.call_later(_COUNTED_AGAIN, self._count_now, session_id)

    def _count_now(self, session_id: str) -> None:
        room = self._rooms.get(session_id)
        if room is not None:
            room.timers.discard("phones")
            lately = self._loop.time() - _ASKED_LATELY
            room.asked_at = {device: at for device, at in room.asked_at.items() if at > lately}
            if room.asked_at and room.screens:
                # Silence makes no event: whoever asked must be looked for again.
                room.timers.add("phones")
                self._loop.call_later(_ASKED_LATELY / 4, self._count_now, session_id)
            if room.pulse is not None:
                self._tell_screens(room, room.pulse)

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

    async def _compute(self, session_id: str, room: Followed) -> None:
        try:
            while room.snapshot is not Look.NONE and not self._is_stopping:
                room.snapshot = Look.ON_ITS_WAY
                before = room.pulse
                try:
                    pulse = await self._loop.run_in_executor(self._readers, self._see_pulse, self._store, session_id)
                except NotFound:
                    return
                room.pulse = pulse = self._with_votes_told(session_id, room, before, pulse)
                # Screens first: the hall looks at the wall.
                self._tell_screens(room, pulse)
                if pulse.stage_revision != room.told_stage:
                    await self._move_phones(session_id, room, pulse.stage_revision)
                if room.snapshot is Look.ON_ITS_WAY:
                    return
        except Exception:
            log.exception("a snapshot could not be made; the next change tries again")
        finally:
            room.snapshot = Look.NONE

    def _with_votes_told(self, session_id: str, room: Followed, before: Pulse | None, read: Pulse) -> Pulse:
        """What was read, unless votes were committed meanwhile and told already: then with these. What else changed may
        have changed them too (a ballot on paper taken out), so then it is read once more.
        """
        known = room.pulse
        if (
            known is None
            or known is before
            or (known.round_id, known.state) != (read.round_id, read.state)
            or known.started < read.started
        ):
            return read
        if read.revision != known.revision:
            self._look_soon(session_id, room, "ballots")
        return _counted(read, known.tally, known.done, known.started, known.paper)

    async def _tally(self, room: Followed) -> None:
        try:
            while (shown := self._tally_shown(room)) is not None and not self._is_stopping:
                room.tally = Look.ON_ITS_WAY
                assert shown.round_id is not None
                tally, cost = await self._loop.run_in_executor(self._readers, self._count, shown.round_id)
                # Meanwhile the room may have moved on, or a whole snapshot may have seen more.
                now = self._tally_shown(room)
                if now is not None and now.round_id == shown.round_id and now.started <= tally["n"]:
                    room.pulse = _counted(now, tally, tally["complete"], tally["n"], tally["paper"])
                    self._tell_screens(room, room.pulse)
                await asyncio.sleep(_RESTS * cost)
                if room.tally is Look.ON_ITS_WAY:
                    return
        except NotFound:
            pass  # the round is gone; the snapshot tells what is there now
        except Exception:
            log.exception("a tally could not be made; the next change tries again")
        finally:
            room.tally = Look.NONE

    def _count(self, round_id: str) -> tuple[Tally, float]:
        """On a reader's thread: the tally, and the seconds of CPU it took."""
        began = time.thread_time()
        return self._see_tally(self._store, round_id), time.thread_time() - began

    def _tell_screens(self, room: Followed, pulse: Pulse) -> None:
        message = screen_message(pulse, self.phones_of(pulse.session_id))
        if message != room.screen_message:
            room.screen_message = message
            for screen in tuple(room.screens):
                screen.tell(message)

    async def _move_phones(self, session_id: str, room: Followed, stage: int) -> None:
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


def _counted(pulse: Pulse, tally: Tally | None, done: int, started: int, paper: int) -> Pulse:
    """The same snapshot with other numbers; never fewer people than are done."""
    return replace(pulse, tally=tally, done=done, started=started, paper=paper, present=max(pulse.present, done))


def screen_message(pulse: Pulse, phones: int | None) -> str:
    """The snapshot as wall and console get it, with how many phones are within reach (None: not known)."""
    told = {"is": "stand", **vars(pulse), "phones": phones}
    return orjson.dumps(told, option=orjson.OPT_NON_STR_KEYS).decode()


def _stage_message(stage: int) -> str:
    return orjson.dumps({"is": "stand", "stage": stage}).decode()
