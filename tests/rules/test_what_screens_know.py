"""What a screen knows after a change plus what it was told equals a fresh read: every action × wall, console and phone.

An action is tried in moments of an evening in which it can make a screen old. The screens follow the real hub; after the
action they hold what they drew, renewed only where they were told to. A store that has read nothing before says what should
stand there. An action without a call is red, and so is one that changes a screen without saying so.
"""

from __future__ import annotations

import importlib
import inspect
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.rules import live_screens
from tests.rules.live_rows import BY_CHANCE, CALLS, ELSEWHERE, FIRST, FORM_STAYS, QUIET, SHOWS, STANDS_UNDER
from tests.rules.live_scenes import (
    ANNOUNCED,
    FIGURES,
    LATER,
    OPEN,
    OUTCOME,
    SCENES,
    STOPPED,
    TASK,
    WRITING,
    Clock,
    prepare,
)
from tests.rules.live_screens import drawn, open_screens, tell_while, without_waiting
from tests.rules.sprint_rows import SPRINT_ROWS
from tests.rules.test_who_may_do_what import ROOT, TABLE
from tests.rules.world import ADMIN, OWNER, World
from workshop.actions.evening.votes.door import News
from workshop.room.frame import hub
from workshop.room.frame.hub import Hub
from workshop.store import Store, open_store
from workshop.store.writing import Write


def modules() -> list[ModuleType]:
    folder = ROOT / "workshop" / "actions"
    paths = sorted(folder.rglob("[a-z]*.py"))
    names = (".".join(path.relative_to(folder).with_suffix("").parts) for path in paths)
    return [importlib.import_module(f"workshop.actions.{name}") for name in names]


def actions_of(found: list[ModuleType]) -> set[str]:
    """ "capability.module.function" of every public function that takes a store, where it is defined."""
    return {
        f"{module.__name__.removeprefix('workshop.actions.')}.{name}"
        for module in found
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and "store" in inspect.signature(function).parameters
    }


def without_a_row(actions: set[str]) -> list[str]:
    return sorted(actions - set(TABLE) - set(CALLS) - STANDS_UNDER)


def test_every_action_is_tried() -> None:
    assert without_a_row(actions_of(modules())) == []


def test_an_action_that_nobody_tries_is_red() -> None:
    planted = ModuleType("workshop.actions.planted")
    exec("def rename_room(store, actor, title): ...\ndef _not_this(store): ...", planted.__dict__)  # noqa: S102
    planted.rename_room.__module__ = planted.__name__
    assert without_a_row(actions_of([*modules(), planted])) == ["planted.rename_room"]


def test_the_rows_name_no_action_that_is_gone() -> None:
    assert sorted({*CALLS, *SHOWS, *ELSEWHERE, *FIRST, *FORM_STAYS, *STANDS_UNDER} - actions_of(modules())) == []


# -- one try -----------------------------------------------------------------------------------------------------------


@dataclass
class Stage:
    """Two stores over one database that is put back for every try: one the hall uses, one that has read nothing."""

    path: Path
    clock: Clock
    hall: Store
    reader: Store
    scenes: dict[str, tuple[Path, World, Clock]]

    def scene(self, name: str) -> World:
        """The moment with this name, as if nothing was tried in it yet."""
        if name not in self.scenes:
            self.scenes[name] = self._make(name)
        kept, world, clock = self.scenes[name]
        self._put_back(kept)
        self.clock.now, self.clock.is_held = clock.now, True
        return replace(world, store=self.hall, extra=dict(world.extra))

    def _make(self, name: str) -> tuple[Path, World, Clock]:
        self._put_back(self.path.with_name("empty.db"))
        clock = Clock()
        self.hall.clock = clock
        world = prepare(self.hall)
        SCENES[name](world)
        self.hall.close()
        self.hall.clock = self.clock
        kept = self.path.with_name(f"scene-{len(self.scenes)}.db")
        shutil.copyfile(self.path, kept)
        return kept, world, clock

    def _put_back(self, kept: Path) -> None:
        for store in (self.hall, self.reader):
            store.close()
        for beside in ("-wal", "-shm"):
            self.path.with_name(self.path.name + beside).unlink(missing_ok=True)
        shutil.copyfile(kept, self.path)
        forget(self.hall, self.reader)


def forget(*stores: Store) -> None:
    """Everything a process keeps of what it read."""
    for store in stores:
        store.kept.close()
    for name, module in list(sys.modules.items()):
        if name.startswith("workshop."):
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Stage]:
    path = tmp_path_factory.mktemp("screens") / "koppelvlak.db"
    for name in (path, path.with_name("empty.db")):
        shutil.copyfile(migrated_sqlite, name)
    clock, url = Clock(), f"sqlite:///{path}"
    stage = Stage(path, clock, open_store(url, clock=clock), open_store(url, clock=clock), {})
    yield stage
    stage.hall.close()
    stage.reader.close()


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "_CAN_WAIT", without_waiting())


def scenes_of(action: str) -> tuple[str, ...]:
    return SHOWS[action][1] if action in SHOWS else ELSEWHERE.get(action, QUIET)


@dataclass
class Tried:
    """After an action in one moment: the screens that look different, and those that do not know it."""

    changed: set[str]
    old: dict[str, tuple[object, object]]


def try_action(world: World, action: str, reader: Store) -> Tried:
    if action in SPRINT_ROWS:
        world.extra |= {name[7:]: value for name, value in world.extra.items() if name.startswith("sprint_")}
    call = CALLS[action] if action in CALLS else TABLE[action].call
    is_of_admin = action in TABLE and ADMIN in TABLE[action].allowed
    actor, live = world.actor(ADMIN if is_of_admin else OWNER), world.extra["live"]
    if action in FIRST:
        FIRST[action](world)
    screens = open_screens(world.store, live, world.actor(OWNER))
    before = {name: screen.fresh(reader) for name, screen in screens.items()}

    def act(told: Hub) -> None:
        done = call(world, actor)
        for news in _news(done):
            told.hear(news)

    tell_while(world.store, live, screens, act)
    known = {name: screen.knows() for name, screen in screens.items()}
    forget(world.store, reader)
    fresh = {name: screen.fresh(reader) for name, screen in screens.items()}
    return Tried(
        {name for name in screens if drawn(before[name]) != drawn(fresh[name])},
        {name: (known[name], fresh[name]) for name in screens if not _is_same(action, name, known[name], fresh[name])},
    )


def _news(done: object) -> list[News]:
    """What the writer of a hall tells its hub of."""
    parts = done if isinstance(done, tuple) else ()
    return [each for part in parts if isinstance(part, list) for each in part if isinstance(each, News)]


def _is_same(action: str, screen: str, known: Any, fresh: Any) -> bool:
    if screen == "phone" and action in FORM_STAYS and known.of == fresh.of:
        return bool(replace(known, rest="") == replace(fresh, rest=""))
    return bool(known == fresh)


@pytest.mark.parametrize("action", sorted({*TABLE, *CALLS}))
def test_what_is_known_and_told_is_what_is_there(action: str, stage: Stage) -> None:
    changed: set[str] = set()
    for scene in scenes_of(action):
        tried = try_action(stage.scene(scene), action, stage.reader)
        assert tried.old == {}, scene
        changed |= tried.changed
    told = set(SHOWS.get(action, ((), ()))[0])
    assert action in BY_CHANCE or changed - {"new phone"} == told, (
        "say in SHOWS which screens look different after this action"
    )


#: One of each kind, one after another in one room: a plan, a phone's page, a note, the wall, a round, people and a vote.
ON_POSTGRES = (
    "wijkplan.wijkplannen.change_wijkplan", "evening.moderation.blacken", "evening.notes.withdraw_note",
    "evening.running.stop_step", "wijkplan.partners.rename_group", "evening.joining.join_many",
    "wijkplan.joint_task.write_joint_task", "evening.running.blank_wall", "evening.sessions.close_room",
)  # fmt: skip


def test_the_same_on_the_other_back_end(new_postgres_url: Callable[[], str]) -> None:
    url, clock = new_postgres_url(), Clock()
    hall, reader = open_store(url, clock=clock), open_store(url, clock=clock)
    try:
        world = prepare(hall)
        SCENES[WRITING](world)
        clock.is_held = True
        found = {action: try_action(world, action, reader) for action in ON_POSTGRES}
    finally:
        hall.close()
        reader.close()
    assert {action: set(tried.old) for action, tried in found.items() if tried.old} == {}
    assert all("console" in tried.changed for tried in found.values())


# -- twins: what must be noticed when it is forgotten --------------------------------------------------------------------


def _tells_no_room(write: Write) -> None:
    """What :meth:`Write.tell_every_room` did not do before."""


def _never_moves(write: Write, session_id: str, kind: str = "session", *, moves_stage: bool = False) -> None:
    _changed(write, session_id, kind)


def _says_nothing(write: Write, session_id: str, kind: str = "session", *, moves_stage: bool = False) -> None:
    """An action that forgot."""


_changed = Write.changed
SILENT: dict[str, Any] = {"changed": _says_nothing, "tell_every_room": _tells_no_room}

#: action -> (moment, what is taken away, the screens that must be found old)
FORGOTTEN: list[tuple[str, str, dict[str, Any], set[str]]] = [
    ("wijkplan.partners.rename_group", STOPPED, {"tell_every_room": _tells_no_room}, {"console"}),
    ("wijkplan.wijkplannen.change_wijkplan", STOPPED, {"tell_every_room": _tells_no_room}, {"wall", "console"}),
    ("facts.figures.remove_figures", FIGURES, {"tell_every_room": _tells_no_room}, {"wall", "console"}),
    ("sprints.path.write_part", STOPPED, {"tell_every_room": _tells_no_room}, {"console"}),
    ("wijkplan.joint_task.write_joint_task", LATER, {"changed": _never_moves}, {"phone"}),
    ("evening.running.blank_wall", ANNOUNCED, {"changed": _never_moves}, {"phone"}),
    ("evening.running.put_on_wall", TASK, {"changed": _never_moves}, {"phone"}),
    ("evening.moderation.rewrite", WRITING, {"changed": _never_moves}, {"phone"}),
    ("evening.moderation.hide", OUTCOME, {"changed": _never_moves}, {"phone"}),
    ("evening.sessions.change_session", TASK, SILENT, {"wall", "console", "phone", "new phone"}),
    ("evening.running.open_step", TASK, SILENT, {"wall", "console", "phone", "new phone"}),
    ("evening.moderation.blacken", WRITING, SILENT, {"console", "phone", "new phone"}),
]


@pytest.mark.parametrize(("action", "scene", "instead", "old"), FORGOTTEN, ids=[f"{t[0]}-{t[1]}" for t in FORGOTTEN])
def test_an_action_that_tells_nobody_is_found_out(
    action: str, scene: str, instead: dict[str, Any], old: set[str], stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = stage.scene(scene)
    for name, forgetful in instead.items():
        monkeypatch.setattr(Write, name, forgetful)
    assert old <= set(try_action(world, action, stage.reader).old)


@pytest.mark.parametrize(("action", "scene"), [("evening.joining.join", STOPPED), ("evening.votes.door.cast", OPEN)])
def test_people_and_votes_that_nobody_hears_of_are_found_out(
    action: str, scene: str, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = stage.scene(scene)
    monkeypatch.setattr(Hub, "changed", lambda self, change: None)
    monkeypatch.setattr(Hub, "hear", lambda self, news: None)
    assert set(try_action(world, action, stage.reader).old) == {"wall", "console"}


@pytest.mark.parametrize(
    ("of_script", "mended", "action", "scene", "old"),
    [
        ("ROOM", "renewAround(old, fresh);", "evening.running.put_on_wall", TASK, "phone"),
        ("LIVE", 'draws === "console" && here(', "evening.joining.join_many", STOPPED, "console"),
        ("LIVE", "p.notes_waiting, ", "evening.notes.write_note", WRITING, "console"),
    ],
)
def test_a_script_that_does_not_look_is_found_out(
    of_script: str, mended: str, action: str, scene: str, old: str, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, script = stage.scene(scene), getattr(live_screens, of_script)
    assert mended in script
    monkeypatch.setattr(live_screens, of_script, script.replace(mended, ""))
    assert old in try_action(world, action, stage.reader).old
