"""Every action that takes an actor, tried by every kind of actor. An action without a row makes this red.

A row says who is let through; everybody else must get the one answer of a page that does not exist. Somebody who is let
through may still be refused for another reason (an empty text, say): that is for the tests of that action.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.rules.evening_rows import EVENING_ROWS, add_evening
from tests.rules.sprint_rows import SPRINT_ROWS, add_sprints
from tests.rules.world import (
    ACTORS,
    ADMIN,
    ALL_STAFF,
    ANY_ROLE,
    BAARN,
    FACILITATOR,
    NOBODY,
    ONLY_ADMIN,
    ONLY_OWNER,
    OWNER,
    World,
    make_world,
)
from workshop.actions.people import accounts, giving_roles
from workshop.actions.wijkplan import partners, wijkplannen
from workshop.domain.errors import NotFound, WorkshopError
from workshop.domain.roles import Actor, Role
from workshop.store import Store, open_store

ROOT = Path(__file__).resolve().parents[2]

#: Modules about the gate itself and what stands before every step: they judge actors and do nothing for them.
NOT_FOR_ACTORS = {"people.gate", "evening.steps"}


@dataclass(frozen=True)
class Row:
    """Who may, and how to try it: ``call(world, actor)``."""

    allowed: frozenset[str]
    call: Callable[[World, Actor], object]


NEW = wijkplannen.NewWijkplan("Nieuw plan", "GM0308", "Baarn", areas=BAARN)
GOOD_PASSWORD = "een lange zin met bomen"

TABLE: dict[str, Row] = {
    # -- accounts
    "people.accounts.make_account": Row(
        ONLY_ADMIN,
        lambda w, a: accounts.make_account(
            w.store, a, username="nieuw@voorbeeld.nl", display_name="Nieuw", password=GOOD_PASSWORD
        ),
    ),
    "people.accounts.change_password": Row(
        ONLY_ADMIN | {FACILITATOR},
        lambda w, a: accounts.change_password(w.store, a, w.account_ids[FACILITATOR], new=GOOD_PASSWORD),
    ),
    "people.accounts.deactivate_account": Row(
        ONLY_ADMIN, lambda w, a: accounts.deactivate_account(w.store, a, w.account_ids[FACILITATOR])
    ),
    "people.accounts.reactivate_account": Row(
        ONLY_ADMIN, lambda w, a: accounts.reactivate_account(w.store, a, w.account_ids[FACILITATOR])
    ),
    "people.accounts.make_administrator": Row(
        ONLY_ADMIN, lambda w, a: accounts.make_administrator(w.store, a, w.account_ids[FACILITATOR], True)
    ),
    "people.accounts.sign_out_everywhere": Row(
        ONLY_ADMIN | {FACILITATOR}, lambda w, a: accounts.sign_out_everywhere(w.store, a, w.account_ids[FACILITATOR])
    ),
    "people.accounts.see_accounts": Row(ONLY_ADMIN, lambda w, a: accounts.see_accounts(w.store, a)),
    "people.accounts.see_own_account": Row(ALL_STAFF, lambda w, a: accounts.see_own_account(w.store, a)),
    "people.accounts.change_own_account": Row(
        ALL_STAFF, lambda w, a: accounts.change_own_account(w.store, a, display_name="Ander", language="en")
    ),
    # -- wijkplannen
    "wijkplan.wijkplannen.make_wijkplan": Row(ALL_STAFF, lambda w, a: wijkplannen.make_wijkplan(w.store, a, NEW)),
    "wijkplan.wijkplannen.change_wijkplan": Row(
        ONLY_OWNER, lambda w, a: wijkplannen.change_wijkplan(w.store, a, w.wijkplan_id, title="Anders")
    ),
    "wijkplan.wijkplannen.archive_wijkplan": Row(
        ONLY_OWNER, lambda w, a: wijkplannen.archive_wijkplan(w.store, a, w.wijkplan_id)
    ),
    "wijkplan.wijkplannen.restore_wijkplan": Row(
        ONLY_OWNER, lambda w, a: wijkplannen.restore_wijkplan(w.store, a, w.wijkplan_id)
    ),
    "wijkplan.wijkplannen.see_wijkplannen": Row(ALL_STAFF, lambda w, a: wijkplannen.see_wijkplannen(w.store, a)),
    "wijkplan.wijkplannen.see_wijkplan": Row(
        ANY_ROLE, lambda w, a: wijkplannen.see_wijkplan(w.store, a, w.wijkplan_id)
    ),
    # -- partners and groups
    "wijkplan.partners.add_partner": Row(
        ONLY_OWNER, lambda w, a: partners.add_partner(w.store, a, w.wijkplan_id, "GGD")
    ),
    "wijkplan.partners.rename_partner": Row(
        ONLY_OWNER, lambda w, a: partners.rename_partner(w.store, a, w.wijkplan_id, w.partner_ids[0], "De gemeente")
    ),
    "wijkplan.partners.archive_partner": Row(
        ONLY_OWNER, lambda w, a: partners.archive_partner(w.store, a, w.wijkplan_id, w.partner_ids[0])
    ),
    "wijkplan.partners.restore_partner": Row(
        ONLY_OWNER, lambda w, a: partners.restore_partner(w.store, a, w.wijkplan_id, w.partner_ids[0])
    ),
    "wijkplan.partners.set_lead": Row(
        ONLY_OWNER, lambda w, a: partners.set_lead(w.store, a, w.wijkplan_id, w.partner_ids[0])
    ),
    "wijkplan.partners.add_group": Row(
        ONLY_OWNER, lambda w, a: partners.add_group(w.store, a, w.wijkplan_id, "School")
    ),
    "wijkplan.partners.rename_group": Row(
        ONLY_OWNER, lambda w, a: partners.rename_group(w.store, a, w.wijkplan_id, w.group_ids[0], "Buren")
    ),
    "wijkplan.partners.archive_group": Row(
        ONLY_OWNER, lambda w, a: partners.archive_group(w.store, a, w.wijkplan_id, w.group_ids[0])
    ),
    "wijkplan.partners.restore_group": Row(
        ONLY_OWNER, lambda w, a: partners.restore_group(w.store, a, w.wijkplan_id, w.group_ids[0])
    ),
    "wijkplan.partners.move_group": Row(
        ONLY_OWNER, lambda w, a: partners.move_group(w.store, a, w.wijkplan_id, w.group_ids[0], 1)
    ),
    # -- roles
    "people.giving_roles.give_role": Row(
        frozenset({OWNER, ADMIN}),
        lambda w, a: giving_roles.give_role(w.store, a, w.wijkplan_id, w.account_ids[NOBODY], Role.POLICY),
    ),
    "people.giving_roles.take_role": Row(
        frozenset({OWNER, ADMIN}),
        lambda w, a: giving_roles.take_role(w.store, a, w.wijkplan_id, w.account_ids[FACILITATOR], Role.FACILITATOR),
    ),
    "people.giving_roles.see_assignable": Row(
        frozenset({OWNER, ADMIN}), lambda w, a: giving_roles.see_assignable(w.store, a, w.wijkplan_id)
    ),
    "people.giving_roles.see_titles": Row(ONLY_ADMIN, lambda w, a: giving_roles.see_titles(w.store, a)),
} | {name: Row(allowed, call) for name, (allowed, call) in (EVENING_ROWS | SPRINT_ROWS).items()}


def actions_for_actors() -> set[str]:
    """ "capability.module.function" of every public function of an action that takes an actor, where it is defined."""
    found = set()
    for path in sorted((ROOT / "workshop" / "actions").rglob("[a-z]*.py")):
        name = ".".join(path.relative_to(ROOT / "workshop" / "actions").with_suffix("").parts)
        module = importlib.import_module(f"workshop.actions.{name}")
        for verb, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and not verb.startswith("_")
            if is_own and name not in NOT_FOR_ACTORS and "actor" in inspect.signature(function).parameters:
                found.add(f"{name}.{verb}")
    return found


def test_every_action_stands_in_the_table() -> None:
    assert sorted(actions_for_actors() - set(TABLE)) == []


def test_the_table_names_no_action_that_is_gone() -> None:
    assert sorted(set(TABLE) - actions_for_actors()) == []


def _try(world: World, action: str, who: str) -> WorkshopError | None:
    try:
        TABLE[action].call(world, world.actor(who))
    except WorkshopError as error:
        return error
    return None


@pytest.mark.parametrize("action", sorted(TABLE))
def test_only_those_in_the_row_are_let_through(action: str, new_sqlite_url: Callable[[], str]) -> None:
    """The refused share one world, which they must leave as it is; everybody let through gets a fresh one."""
    row = TABLE[action]
    with _fresh_world(new_sqlite_url(), action) as world:
        for who in ACTORS:
            if who not in row.allowed:
                refusal = _try(world, action, who)
                assert (who, type(refusal), str(refusal)) == (who, NotFound, str(NotFound()))
    for who in ACTORS:
        if who in row.allowed:
            with _fresh_world(new_sqlite_url(), action) as world:
                assert not isinstance(_try(world, action, who), NotFound), who


def _furnish(world: World, action: str) -> bool:
    """Put in the world what the rows of this action need; tells whether it was anything."""
    if action in EVENING_ROWS:
        add_evening(world)
    elif action in SPRINT_ROWS:
        add_sprints(world)
    else:
        return False
    return True


@contextmanager
def _fresh_world(url: str, action: str) -> Iterator[World]:
    store = open_store(url)
    try:
        world = make_world(store)
        _furnish(world, action)
        yield world
    finally:
        store.close()


@pytest.fixture
def world(sqlite_store: Store) -> World:
    return make_world(sqlite_store)


@pytest.mark.parametrize("action", sorted(name for name, row in TABLE.items() if ADMIN not in row.allowed))
def test_another_wijkplan_answers_like_one_that_does_not_exist(world: World, action: str) -> None:
    if _furnish(world, action):
        world.make_foreign()
    answers = []
    for wijkplan_id in (world.other_wijkplan_id, "0" * 32):
        world.wijkplan_id = wijkplan_id
        actor = world.actor(OWNER)
        world.use("foreign" if wijkplan_id == world.other_wijkplan_id else "unknown")
        with pytest.raises(NotFound) as caught:
            TABLE[action].call(world, actor)
        answers.append(caught.value.message)
    assert answers[0] == answers[1]
