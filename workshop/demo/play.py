"""Playing the story once: the wijkplan, then day after day."""

from __future__ import annotations

import random
from collections.abc import Callable

from workshop.actions.sprints.path import write_part
from workshop.actions.wijkplan.definitions import Definition
from workshop.actions.wijkplan.wijkplannen import NewWijkplan, make_wijkplan
from workshop.demo.desk import work_at_the_desk
from workshop.demo.evening import play_evening
from workshop.demo.source import Story, Told, read_story
from workshop.demo.stage import Clock, Stage, told_time
from workshop.domain.roles import Role, Staff
from workshop.store import Store, accounts, rooms, wijkplannen

#: Hears the sprint that is being played, 1 to 7.
Tell = Callable[[int], None]

USERNAME, NAME = "demo", "Begeleider (demo)"


def load_demo(store: Store, tell: Tell | None = None) -> str:
    """Play the demo, unless it is there already; returns the id of its wijkplan.

    The account that runs it is switched off and has no usable password. The first administrator of an installation
    with a demo in it becomes owner of the demo (see :mod:`workshop.actions.people.setting_up`). What was begun and broken off
    belongs to that account alone and is seen by nobody; the next time begins anew.

    Args:
        tell: is told which sprint is being played.
    """
    with store.read() as conn:
        there = [plan.id for plan in wijkplannen.plans(conn) if plan.is_demo]
    if there:
        return there[0]
    story = read_story(store.now().date())
    with told_time(store) as clock:
        stage = _begin(store, story.plan, clock)
        _play(stage, story, tell or (lambda _sprint: None))
    with store.write() as conn:
        wijkplannen.change_plan(conn, stage.wijkplan_id, {"is_demo": True})
    return stage.wijkplan_id


def _begin(store: Store, plan: Told, clock: Clock) -> Stage:
    clock.at(plan["on"], 9)
    account_id = _account(store)
    wijkplan_id = _wijkplan(store, Staff(account_id, NAME), plan)
    trainer = Staff(account_id, NAME, roles={wijkplan_id: frozenset({Role.OWNER})})
    with store.read() as conn:
        groups = {name: group_id for group_id, name in rooms.groups_of(conn, wijkplan_id)}
    for part, text in plan["start_check"].items():
        write_part(store, trainer, wijkplan_id, 0, part, text)
    return Stage(store, trainer, wijkplan_id, clock, random.Random(2026), groups)  # noqa: S311 - play, not secrecy


def _play(stage: Stage, story: Story, tell: Tell) -> None:
    last = 0
    for sprint, day in story.days:
        if sprint > last:
            tell(sprint)
            last = sprint
        if "evening" in day:
            stage.clock.at(day["on"], day["evening"].get("hour", 18))
            play_evening(stage, sprint, day["on"], day["evening"])
        if "evening" not in day:
            stage.clock.at(day["on"], 13)
        work_at_the_desk(stage, day.get("sprint", sprint), day)


def _account(store: Store) -> str:
    with store.write() as conn:
        known = accounts.account_by_name(conn, USERNAME)
        if known is not None:
            return str(known.id)
        account_id = rooms.new_id()
        accounts.add_account(
            conn,
            {
                "id": account_id,
                "username": USERNAME,
                "display_name": NAME,
                "password_hash": "!",
                "is_admin": False,
                "is_active": False,
                "language": "nl",
                "created_at": store.now(),
            },
        )
    return account_id


def _wijkplan(store: Store, trainer: Staff, plan: Told) -> str:
    return make_wijkplan(
        store,
        trainer,
        NewWijkplan(
            title=plan["title"],
            municipality_code="GM0000",
            municipality_name=plan["municipality"],
            theme=plan["theme"],
            definition=Definition(**plan["definition"]),
            partners=tuple(plan["partners"]),
            lead=plan["lead"],
            groups=tuple(plan["groups"]),
            retention_months=plan["retention_months"],
        ),
        confirmed=True,
    )
