"""Wall, console and phone as they live: what each has drawn, and what it draws again when it is told.

The real hub tells them. What makes a screen look again is read from its own script, so that the test cannot believe in a
field that the browser ignores.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from workshop.actions.evening.console_view import see_console
from workshop.actions.evening.pulse import see_pulse, see_tally
from workshop.actions.evening.wall_view import see_wall
from workshop.actions.sprints.agreements import AgendaPoint, see_agenda
from workshop.domain.roles import Actor
from workshop.room.frame import hub as hub_module
from workshop.room.frame.hub import Follower, Hub
from workshop.room.frame.reception import draw_shared
from workshop.store import Store

ROOT = Path(__file__).resolve().parents[2]
LIVE = (ROOT / "workshop" / "ui" / "frame" / "live.js").read_text("utf-8")
ROOM = (ROOT / "workshop" / "room" / "assets" / "room.js").read_text("utf-8")


def looked_at(draws: str) -> tuple[str, ...]:
    """The fields of a pulse that make a screen look again, as its script compares them; ``here`` is for the console."""
    compares = {name: re.search(rf"const {name} = .*?;\n", LIVE, re.S) for name in ("seen", "here")}
    fields = {name: re.findall(r"\bp\.(\w+)", found[0]) if found else [] for name, found in compares.items()}
    is_for_console = 'draws === "console" && here(' in LIVE
    return (*fields["seen"], *(fields["here"] if draws == "console" and is_for_console else ()))


class Screen(Protocol):
    """Something that was drawn once and hears messages of the hub."""

    def hear(self, message: str) -> None:
        """One message of the stream."""
        ...

    def knows(self) -> object:
        """What stands on it now."""
        ...

    def fresh(self, store: Store) -> object:
        """What would stand on it when it were opened now; ``store`` has read nothing before."""
        ...


class Projected:
    """Wall or console: it draws its view again when a field of :func:`looked_at` is another than it was drawn with."""

    def __init__(self, store: Store, session_id: str, draws: str, see: Callable[[Store], Any]) -> None:
        self._store, self._session_id, self._see = store, session_id, see
        self._looks_at = looked_at(draws)
        self._draw()

    def _draw(self) -> None:
        self._drawn_from = _plain(see_pulse(self._store, self._session_id))
        self._view = self._see(self._store)
        self._pulse = self._drawn_from

    def hear(self, message: str) -> None:
        told = json.loads(message)
        told.pop("is"), told.pop("phones")
        self._pulse = told
        if any(told[name] != self._drawn_from[name] for name in self._looks_at):
            self._draw()

    def knows(self) -> object:
        return _without_counts(self._view), self._pulse

    def fresh(self, store: Store) -> object:
        return _without_counts(self._see(store)), _plain(see_pulse(store, self._session_id))


def _plain(pulse: Any) -> dict[str, Any]:
    """A pulse as it comes out of the stream."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(pulse)))
    return plain


def _without_counts(view: Any) -> Any:
    """Without the numbers that the browser draws or compares in the pulse: they are compared there."""
    if isinstance(view, tuple):
        return tuple(_without_counts(each) for each in view)
    if isinstance(view, AgendaPoint):
        return view
    if hasattr(view, "wall"):
        steps = tuple(_quiet(step) for step in view.steps)
        now, following = (step and _quiet(step) for step in (view.now, view.next))
        session = replace(view.session, revision=0, stage_revision=0)
        return replace(
            view, session=session, wall=_without_counts(view.wall), steps=steps, now=now, next=following, present=0
        )
    return replace(view, done=0, present=0, revision=0)


def _quiet(step: Any) -> Any:
    return replace(step, done=0, started=0, paper=0) if step.state == "open" else step


@dataclass
class Fragment:
    """What a phone shows: of which step it is, what stands around the forms, and the rest (the forms)."""

    of: tuple[str, str, str]
    stand: str
    around: dict[str, str]
    rest: str

    @classmethod
    def read(cls, html: str) -> Fragment:
        """The fragment as the phone's script takes it apart."""
        around = {}
        for name in re.findall(r'<div data-rond="(\w+)"', html):
            start = html.index(f'<div data-rond="{name}"')
            end = _end_of_div(html, start)
            around[name], html = html[start:end], html[:start] + html[end:]
        stand = _data(html, "stand")
        of = (_data(html, "stap"), _data(html, "ronde"), _data(html, "mode"))
        return cls(of, stand, around, html.replace(f'data-stand="{stand}"', "", 1))


def _data(html: str, name: str) -> str:
    found = re.search(rf'data-{name}="([^"]*)"', html)
    assert found is not None
    return found[1]


def _end_of_div(html: str, start: int) -> int:
    depth = 0
    for tag in re.finditer(r"<(/?)div\b[^>]*>", html[start:]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return start + tag.end()
    raise AssertionError("a div that never ends")


class Phone:
    """A participant's phone: the fragment, and what its script does with the next one."""

    def __init__(self, store: Store, session_id: str) -> None:
        self._store, self._session_id = store, session_id
        self._shown = Fragment.read(draw_shared(store, session_id, "nl"))
        self._renews_around = "renewAround(old, fresh);" in ROOM

    def hear(self, message: str) -> None:
        told = json.loads(message)
        if int(told.get("stage", -1)) > int(self._shown.stand):
            is_whole = told["is"] == "deel"
            self._swap(Fragment.read(told["html"] if is_whole else draw_shared(self._store, self._session_id, "nl")))

    def _swap(self, fresh: Fragment) -> None:
        if fresh.of != self._shown.of:
            self._shown = fresh
        else:
            # The forms of a step that goes on stay as they are: somebody may be filling them in.
            around = fresh.around if self._renews_around else self._shown.around
            self._shown = replace(self._shown, stand=fresh.stand, around=around)

    def knows(self) -> object:
        return replace(self._shown)

    def fresh(self, store: Store) -> object:
        return Fragment.read(draw_shared(store, self._session_id, "nl"))


class NewPhone:
    """A phone that comes in after the change, in the process that kept what it had read before."""

    def __init__(self, store: Store, session_id: str) -> None:
        self._store, self._session_id = store, session_id
        draw_shared(store, session_id, "nl")

    def hear(self, message: str) -> None:
        """It follows nothing."""

    def knows(self) -> object:
        return Fragment.read(draw_shared(self._store, self._session_id, "nl"))

    def fresh(self, store: Store) -> object:
        return Fragment.read(draw_shared(store, self._session_id, "nl"))


def drawn(known: Any) -> object:
    """What of it somebody sees: without the numbers that only tell that something was written."""
    if isinstance(known, Fragment):
        return replace(known, stand="")
    view, told = known
    unseen = {"revision", "stage_revision"} | (set() if hasattr(view, "wall") else {"groups"})
    return view, {name: value for name, value in told.items() if name not in unseen}


def open_screens(store: Store, session_id: str, facilitator: Actor) -> dict[str, Screen]:
    """One of each, drawn now."""
    return {
        "wall": Projected(store, session_id, "wall", lambda s: see_wall(s, facilitator, session_id)),
        # The page asks for the agreements an evening begins with at every drawing of the console.
        "console": Projected(
            store,
            session_id,
            "console",
            lambda s: (see_console(s, facilitator, session_id), see_agenda(s, facilitator, session_id)),
        ),
        "phone": Phone(store, session_id),
        "new phone": NewPhone(store, session_id),
    }


@contextmanager
def _hub(store: Store) -> Iterator[Hub]:
    readers = ThreadPoolExecutor(1)
    hub = Hub(
        store,
        readers,
        see_pulse=see_pulse,
        see_tally=see_tally,
        draw_shared=lambda session_id, language: draw_shared(store, session_id, language),
    )
    stop_listening = store.listen(hub.changed, missed=hub.everything_may_be_old)
    try:
        yield hub
    finally:
        stop_listening()
        readers.shutdown()


def tell_while(store: Store, session_id: str, screens: dict[str, Screen], act: Callable[[Hub], object]) -> None:
    """Let the screens follow the hub, act, and let them hear all there is to hear."""

    async def follow() -> None:
        with _hub(store) as hub:
            for name, screen in screens.items():
                follower = Follower(_hearing(screen))
                (hub.follow_phone if name == "phone" else hub.follow_screen)(session_id, follower)
            await _quiet_hub(hub, session_id)
            act(hub)
            await _quiet_hub(hub, session_id)
            await hub.stop()

    asyncio.run(follow())


def _hearing(screen: Screen) -> Callable[[str], Any]:
    async def hear(message: str) -> None:
        screen.hear(message)

    return hear


async def _quiet_hub(hub: Hub, session_id: str) -> None:
    """Until nothing is under way: nothing handed over from another thread, due, being read or on its way out."""
    for _ in range(3):
        await asyncio.sleep(0)
        room = hub._rooms[session_id]
        while not room.is_calm or any(follower.is_waiting for follower in (*room.phones, *room.screens)):
            await asyncio.sleep(0.001)


def without_waiting() -> dict[str, float]:
    """The hub's patience, as none."""
    return dict.fromkeys(hub_module._CAN_WAIT, 0.0)
