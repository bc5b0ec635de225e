"""Moments of an evening in which a screen can grow old: the same wijkplan, each time with something else in sight.

Every scene is made once through the real actions, and copied for every action that is tried in it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from tests.rules.evening_rows import CARD, add_evening
from tests.rules.sprint_rows import add_sprints
from tests.rules.world import OWNER, World, make_world
from workshop.actions.evening import (
    joining,
    later,
    merging_groups,
    moderation,
    notes,
    on_paper,
    running,
    sessions,
    settling,
)
from workshop.actions.evening.votes.door import Cast, Receipt, cast_ballots
from workshop.actions.facts import figures
from workshop.actions.wijkplan import joint_task
from workshop.domain.evening.stage import View
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store, rooms

TOKENS = ("telefoon-een", "telefoon-twee")
DAY = date(2026, 12, 1)
FIGURE = {
    "indicator": "incidents", "label_nl": "Misdrijven", "area_code": "BU03080100", "value": 159.0, "value_text": "159",
    "unit": "misdrijven", "period": "2023", "source": "politie",
}  # fmt: skip


class Clock:
    """Goes on a second with every look, until it is held: two reads of one moment must not differ by the time."""

    def __init__(self) -> None:
        self.now, self.is_held = datetime(2026, 12, 1, 18, 30, tzinfo=UTC), False

    def __call__(self) -> datetime:
        if not self.is_held:
            self.now += timedelta(seconds=1)
        return self.now


def prepare(store: Store) -> World:
    """The wijkplan of the tables of rights with an open evening beside its sprints; ``extra["live"]`` is on the screens."""
    world = make_world(store)
    add_sprints(world)
    of_sprints = {f"sprint_{name}": value for name, value in world.extra.items()}
    add_evening(world)
    owner, live = world.actor(OWNER), world.extra["session"]
    with store.read() as conn:
        session = rooms.session(conn, live)
    assert session is not None and session.code is not None
    for token, group in zip(TOKENS, world.group_ids, strict=False):
        joining.join(store, session.code, group_id=group, token=token)
    world.extra |= of_sprints | {"live": live, "code": session.code}
    world.extra["risk"] = notes.add_item(
        store, owner, world.wijkplan_id, kind=ItemKind.RISK, written=Written("Donker pad")
    )
    return world


def _show_first(world: World) -> None:
    running.show_outcome(world.store, world.actor(OWNER), world.extra["stopped"])


def _put_items(world: World, step_id: str) -> None:
    for name in ("item", "other_item", "risk", "sprint_item"):
        sessions.put_item_on_step(world.store, world.actor(OWNER), step_id, world.extra[name])


def write(world: World, token: str, text: str) -> str:
    written = notes.write_note(
        world.store,
        notes.Note(
            token,
            world.extra["notes_step"],
            text,
            Written(text, form_key="finding", environments=("social",), tone="bad", moment="now"),
        ),
    )
    return written.item.id


def _write_notes(world: World) -> None:
    owner = world.actor(OWNER)
    _show_first(world)
    _put_items(world, world.extra["notes_step"])
    running.open_step(world.store, owner, world.extra["notes_step"])
    world.extra["waiting"] = write(world, TOKENS[0], "Een lamp is stuk")
    world.extra["released"] = write(world, TOKENS[1], "Het plein is leeg")
    world.extra["hidden"] = write(world, TOKENS[1], "Dit hoort hier niet")
    moderation.release(world.store, owner, [world.extra["released"]])
    moderation.hide(world.store, owner, [world.extra["hidden"]])


def _notes_on_the_wall(world: World) -> None:
    _write_notes(world)
    running.put_on_wall(
        world.store, world.actor(OWNER), world.extra["live"], View.NOTES, step_id=world.extra["notes_step"]
    )


def _announced(world: World) -> None:
    _show_first(world)
    _put_items(world, world.extra["notes_step"])
    running.put_on_wall(
        world.store, world.actor(OWNER), world.extra["live"], View.STEP, step_id=world.extra["notes_step"]
    )


def _voting(world: World, *, is_secret: bool) -> None:
    store, owner = world.store, world.actor(OWNER)
    _show_first(world)
    sessions.change_step(store, owner, world.extra["prepared"], is_secret=is_secret)
    _put_items(world, world.extra["prepared"])
    running.open_step(store, owner, world.extra["prepared"])
    with store.read() as conn:
        found = rooms.last_round(conn, world.extra["prepared"])
    assert found is not None
    world.extra["voting"] = found.id
    cast(world, TOKENS[0])


def ballot(world: World, token: str) -> Cast:
    """One dot for the risk."""
    return Cast(token, world.extra["voting"], {f"dots.{world.extra['risk']}": ["1"]}, token)


def cast(world: World, token: str) -> None:
    """Give it, as who is not the reception of a hall."""
    answers = cast_ballots(world.store, [ballot(world, token)])
    assert all(isinstance(answer, Receipt) for answer in answers), answers


def _outcome(world: World) -> None:
    _write_notes(world)
    running.stop_step(world.store, world.actor(OWNER), world.extra["notes_step"])
    running.show_outcome(world.store, world.actor(OWNER), world.extra["notes_step"])


def _figures(world: World) -> None:
    store, owner = world.store, world.actor(OWNER)
    _show_first(world)
    figures.keep_figures(store, owner, world.wijkplan_id, file_name="f.csv", checksum="2" * 64, rows=[FIGURE])
    running.put_on_wall(store, owner, world.extra["live"], View.FIGURES)


def _joint_task(world: World) -> None:
    _show_first(world)
    joint_task.write_joint_task(world.store, world.actor(OWNER), world.wijkplan_id, "Samen veilig")
    running.put_on_wall(world.store, world.actor(OWNER), world.extra["live"], View.JOINT_TASK)


def _settled(world: World) -> None:
    _outcome(world)
    made = [world.extra["released"]]
    settling.settle_step(
        world.store, world.actor(OWNER), world.extra["notes_step"], goes_on=made, rest_reason="Past nu niet"
    )


def _closed(world: World) -> None:
    _settled(world)
    running.close_room(world.store, world.actor(OWNER), world.extra["live"])


def _kept_open(world: World) -> None:
    _closed(world)
    later.keep_open(world.store, world.actor(OWNER), world.extra["stopped"], DAY)


def _merged(world: World) -> None:
    """A quiet room in which two groups and two notes were put together, a step was skipped and a card came on paper."""
    store, owner = world.store, world.actor(OWNER)
    on_paper.enter_paper_ballot(store, owner, world.extra["round"], group_id=None, form=CARD)
    merging_groups.merge_groups(store, owner, world.wijkplan_id, world.group_ids[1], world.group_ids[0])
    moderation.merge(store, owner, [world.extra["item"], world.extra["other_item"]], "Samen")
    sessions.skip_step(store, owner, world.extra["prepared"], "Geen tijd")


def _practice(world: World) -> None:
    """The practice is on the screens: its room is open and its first step runs."""
    store, owner, live = world.store, world.actor(OWNER), world.extra["practice"]
    running.open_room(store, owner, live)
    with store.read() as conn:
        steps = rooms.steps_of(conn, live)
    running.open_step(store, owner, steps[0].id)
    world.extra |= {"live": live, "session": live}


STOPPED, MERGED, WRITING = "a round was stopped", "something was put together", "the room writes"
NOTES, ANNOUNCED = "the notes are on the wall", "a step is announced"
SECRET, OPEN, OUTCOME = "a secret round runs", "an open round runs", "an outcome is shown"
FIGURES, TASK, SETTLED = "figures are shown", "the joint task is shown", "a step is settled"
CLOSED, LATER, PRACTICE = "the evening is over", "a step stays open after the evening", "a practice runs"

#: Each leads on from an open room in which one round was stopped.
SCENES: dict[str, Callable[[World], None]] = {
    STOPPED: lambda world: None,
    MERGED: _merged,
    WRITING: _write_notes,
    NOTES: _notes_on_the_wall,
    ANNOUNCED: _announced,
    SECRET: lambda world: _voting(world, is_secret=True),
    OPEN: lambda world: _voting(world, is_secret=False),
    OUTCOME: _outcome,
    FIGURES: _figures,
    TASK: _joint_task,
    SETTLED: _settled,
    CLOSED: _closed,
    LATER: _kept_open,
    PRACTICE: _practice,
}
