"""What the room's routes share in one process: store, writer, hub, readers, and the count of wrong codes.

Opened by the lifespan and found with ``here()``. Nothing of it survives a restart, for nothing that matters is in it.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, assert_never, overload

from workshop.actions.evening.joining import Joined, Joining, join_many
from workshop.actions.evening.later import close_what_is_over
from workshop.actions.evening.notes import Note, OwnNote, write_note
from workshop.actions.evening.pulse import see_pulse, see_tally
from workshop.actions.evening.reach import count_phones_with
from workshop.actions.evening.room_view import see_room_shared
from workshop.actions.evening.votes.door import Cast, News, Receipt, cast
from workshop.actions.wijkplan.retention import apply_retention
from workshop.domain.errors import WorkshopError
from workshop.jobs.worker import Worker
from workshop.locale import in_language
from workshop.room.frame.answers import Page
from workshop.room.frame.attempts import Attempts
from workshop.room.frame.hub import Hub
from workshop.room.frame.render import draw
from workshop.room.frame.writer import PATIENCE_SECONDS, Done, NotNow, Writer
from workshop.store import Store

log = logging.getLogger(__name__)

READERS = 4
_A_DAY = 24 * 3600


Work = Cast | Joining | Note
"""What people send into a room: all of it goes to the one writer."""


@dataclass
class Reception:
    """The room of one process. ``group_pages`` keeps pages behind right codes for a second: (until, session, page)."""

    store: Store
    readers: ThreadPoolExecutor
    writer: Writer[Work, News]
    hub: Hub
    jobs: Worker
    attempts: Attempts = field(default_factory=Attempts)
    group_pages: dict[tuple[str, str, bool], tuple[float, str, Page]] = field(default_factory=dict)

    @overload
    async def put(self, work: Cast) -> Receipt: ...
    @overload
    async def put(self, work: Joining) -> Joined: ...
    @overload
    async def put(self, work: Note) -> OwnNote: ...

    async def put(self, work: Work) -> Receipt | Joined | OwnNote:
        """Do what somebody sent, in the language of this request; answers after the commit. See :meth:`Writer.put`."""
        done: Receipt | Joined | OwnNote = await self.writer.put(work)
        return done

    async def read(self, see: Callable[..., Any], *args: Any) -> Any:
        """Call a reading function with the store, on a reader's thread, in the language of this request.

        Raises:
            NotNow: the database did not answer in time.
        """
        context = contextvars.copy_context()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await asyncio.get_running_loop().run_in_executor(
                    self.readers, lambda: context.run(see, self.store, *args)
                )
        except TimeoutError:
            raise NotNow("database") from None


_open: Reception | None = None


def here() -> Reception:
    """The reception of this process.

    Raises:
        NotNow: the server is starting or stopping.
    """
    if _open is None:
        raise NotNow("stopping")
    return _open


@asynccontextmanager
async def reception(store: Store) -> AsyncIterator[Reception]:
    """Open the room over a store; at the end take nothing new, finish what was taken in, and close."""
    global _open
    readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
    hub = Hub(
        store,
        readers,
        see_pulse=see_pulse,
        see_tally=see_tally,
        draw_shared=lambda session, lang: draw_shared(store, session, lang),
    )
    writer = Writer[Work, News](lambda loads: _do(store, loads), tell=hub.hear)
    stop_listening = store.listen(hub.changed, missed=hub.everything_may_be_old)
    phones = store.share_phones(hub.numbers, hub.count_changed_elsewhere)
    hub.elsewhere = phones.elsewhere
    jobs = Worker(store)
    _open = Reception(store, readers, writer, hub, jobs)
    keeping = asyncio.create_task(_keep_house(_open))
    count_phones_with(hub.phones_of)
    jobs.start()
    try:
        yield _open
    finally:
        keeping.cancel()
        # New work is refused from here on; whoever is still waiting gets an answer first.
        await asyncio.gather(writer.stop(), asyncio.to_thread(jobs.stop))
        _open = None
        count_phones_with(None)
        phones.stop()
        stop_listening()
        await hub.stop()
        readers.shutdown(wait=False, cancel_futures=True)
        store.kept.close()


async def _keep_house(room: Reception) -> None:
    """Now and once a day: close what was open until yesterday, take away raw contributions whose time is up."""
    while True:
        try:
            await room.read(close_what_is_over)
            await room.read(apply_retention)
        except Exception:
            log.exception("keeping house did not finish; tried again tomorrow")
        await asyncio.sleep(_A_DAY)


def draw_shared(store: Store, session_id: str, language: str) -> str:
    """The fragment every phone gets when the room moves: without anything of anybody's own."""
    with in_language(language):
        return draw("deel.html", view=see_room_shared(store, session_id), **without_own())


def without_own() -> dict[str, Any]:
    """What the fragment's template needs besides the view, when nothing was typed, sent or wrong."""
    return {
        "is_shared": True,
        "error": None,
        "typed": {},
        "typed_all": {},
        "typed_form": "",
        "wants_change": False,
        "ballot_id": "",
        "change": 0,
        "sent": [],
        "words": "",
    }


def _do(store: Store, loads: Sequence[Work]) -> Done[News]:
    """A batch of one kind, as the writer gives them."""
    first = loads[0]
    match first:
        case Cast():
            return cast(store, [load for load in loads if isinstance(load, Cast)])
        case Joining():
            return join_many(store, [load for load in loads if isinstance(load, Joining)]), ()
        case Note():
            return [_write(store, load) for load in loads if isinstance(load, Note)], ()
        case _:
            assert_never(first)


def _write(store: Store, note: Note) -> OwnNote | WorkshopError:
    """Each note is its own transaction: they are few, and each asks for its own check."""
    try:
        return write_note(store, note)
    except WorkshopError as refused:
        return refused
