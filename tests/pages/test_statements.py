"""What is read costs the same number of statements, however much there is: every page, read model, wall, phone and file.

The sizes are those at which pretalx and others catch a read in a loop: one, three and ten of everything (ADR 0017).
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.counting import counted
from tests.evening import staff
from tests.grown import Grown, grow
from workshop.actions.documents import asking
from workshop.actions.evening import (
    closing,
    console_view,
    paper,
    pointing_back,
    pulse,
    reach,
    room_view,
    session_plans,
    settling,
    tables,
    wall_view,
)  # fmt: skip
from workshop.actions.facts import figures
from workshop.actions.people import accounts, giving_roles
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.actions.sprints import agreements, fixing, handing_over, material
from workshop.actions.sprints import path as sprinting
from workshop.actions.thread import herkomst
from workshop.actions.wijkplan import wijkplannen
from workshop.cookies import PARTICIPANT, SIGN_IN
from workshop.domain.errors import NotFound
from workshop.domain.jobs import JobKind
from workshop.domain.roles import Staff
from workshop.exports.shelf import downloads, make_file
from workshop.opening import keep_store
from workshop.store import Conn, Store, evenings, open_store, rooms
from workshop.ui.frame import visitor
from workshop.ui.frame.places import PLACES

ACTIONS = Path(__file__).resolve().parents[2] / "workshop" / "actions"
MAIN = str(Path(__file__).resolve().parents[2] / "workshop" / "ui" / "main.py")

SIZES = (1, 3, 10)
#: The most an office page may ask, and the most the console may when it draws itself again.
MOST_PER_PAGE, MOST_PER_CONSOLE = 40, 20

Read = Callable[[Grown], object]


def of_plan(see: Callable[..., object], *more: object) -> Read:
    return lambda w: see(w.store, w.evening.facilitator, w.evening.wijkplan_id, *more)


def of_session(see: Callable[..., object]) -> Read:
    return lambda w: see(w.store, w.evening.facilitator, w.session_id)


def of_step(see: Callable[..., object]) -> Read:
    return lambda w: see(w.store, w.evening.facilitator, w.notes_step)


def of_person(see: Callable[..., object]) -> Read:
    return lambda w: see(w.store, w.evening.facilitator)


def refused(see: Callable[..., object], *more: object) -> Read:
    """A read that finds nothing here: what it asks before it says so."""

    def read(w: Grown) -> None:
        with pytest.raises(NotFound):
            see(w.store, w.evening.facilitator, w.evening.wijkplan_id, *more)

    return read


#: Every read model there is. A ``see_…`` without a row makes this red.
READS: Mapping[str, Read] = {
    "documents.asking.see_job": refused(asking.see_job, "0" * 32),
    "documents.asking.see_latest_job": of_plan(asking.see_latest_job, JobKind.REPORT),
    "evening.closing.see_closing": lambda w: closing.see_closing(w.store, w.session_id),
    "evening.console_view.see_console": of_session(console_view.see_console),
    "evening.paper.see_card": of_step(paper.see_card),
    "evening.pointing_back.see_about": of_step(pointing_back.see_about),
    "evening.pulse.see_pulse": lambda w: pulse.see_pulse(w.store, w.session_id),
    "evening.pulse.see_tally": lambda w: _no_tally(w),
    "evening.reach.see_reach": of_session(reach.see_reach),
    "evening.room_view.see_room": lambda w: room_view.see_room(w.store, w.evening.tokens[0], w.session_id),
    "evening.room_view.see_room_shared": lambda w: room_view.see_room_shared(w.store, w.session_id),
    "evening.session_plans.see_session": of_session(session_plans.see_session),
    "evening.session_plans.see_sessions": of_plan(session_plans.see_sessions),
    "evening.settling.see_settling": of_step(settling.see_settling),
    "evening.tables.see_table": of_session(tables.see_table),
    "evening.tables.see_table_links": of_session(tables.see_table_links),
    "evening.wall_view.see_wall": of_session(wall_view.see_wall),
    "facts.figures.see_loaded_figures": of_plan(figures.see_loaded_figures),
    "facts.figures.see_loaded_files": of_plan(figures.see_loaded_files),
    "people.accounts.see_accounts": lambda w: accounts.see_accounts(w.store, Staff("x", "X", is_admin=True)),
    "people.accounts.see_own_account": of_person(accounts.see_own_account),
    "people.giving_roles.see_assignable": of_plan(giving_roles.see_assignable),
    "people.giving_roles.see_titles": lambda w: giving_roles.see_titles(w.store, Staff("x", "X", is_admin=True)),
    "sprints.agreements.see_agenda": of_session(agreements.see_agenda),
    "sprints.fixing.see_results": of_plan(fixing.see_results),
    "sprints.handing_over.see_desk_settling": of_plan(handing_over.see_desk_settling, 2),
    "sprints.material.see_snapshot": of_plan(material.see_snapshot),
    "sprints.path.see_differences": refused(sprinting.see_differences, 1, 1, 2),
    "sprints.path.see_sprints": of_plan(sprinting.see_sprints),
    "thread.herkomst.see_graph": of_plan(herkomst.see_graph),
    "thread.herkomst.see_herkomst": lambda w: of_plan(herkomst.see_herkomst, w.items[0])(w),
    "wijkplan.wijkplannen.see_wijkplan": of_plan(wijkplannen.see_wijkplan),
    "wijkplan.wijkplannen.see_wijkplannen": of_person(wijkplannen.see_wijkplannen),
}

#: What is not one read model: the files, and the wall in its other views.
MORE: Mapping[str, Read] = {
    f"file {each.kind}": lambda w, kind=each.kind: make_file(  # type: ignore[misc]
        kind, material.see_snapshot(w.store, w.evening.facilitator, w.evening.wijkplan_id)
    )
    for each in downloads()
}


def _no_tally(w: Grown) -> None:
    with pytest.raises(NotFound):  # the step that runs is secret
        pulse.see_tally(w.store, w.evening.round_id(w.open_step))


@dataclass(frozen=True)
class Worlds:
    """The same wijkplan in every size; the databases are made once for the whole file."""

    of: Mapping[int, Grown]

    def count(self, read: Read) -> dict[int, int]:
        """By size, the statements of a read that nobody did before."""
        return {size: statements(world, read) for size, world in self.of.items()}


def statements(world: Grown, read: Read) -> int:
    with counted(world.store) as told:
        read(world)
    return len(told)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Worlds]:
    made = {}
    for size in SIZES:
        path = tmp_path_factory.mktemp("grown") / f"{size}.db"
        path.write_bytes(migrated_sqlite.read_bytes())
        made[size] = grow(open_store(f"sqlite:///{path}"), size)
    yield Worlds(made)
    for world in made.values():
        world.store.close()


@lru_cache
def read_models() -> frozenset[str]:
    """Every ``see_…`` of the actions."""
    found = set()
    for path in ACTIONS.rglob("*.py"):
        name = ".".join(path.relative_to(ACTIONS).with_suffix("").parts)
        module = importlib.import_module(f"workshop.actions.{name}")
        found |= {
            f"{name}.{key}"
            for key, value in vars(module).items()
            if key.startswith("see_") and inspect.isfunction(value) and value.__module__ == module.__name__
        }
    return frozenset(found)


def test_every_read_model_has_a_row() -> None:
    assert read_models() == READS.keys()


@pytest.mark.parametrize("name", [*READS, *MORE])
def test_a_read_asks_the_same_number_of_statements_at_every_size(worlds: Worlds, name: str) -> None:
    counts = worlds.count({**READS, **MORE}[name])
    assert len(set(counts.values())) == 1, counts
    assert max(counts.values()) <= (MOST_PER_CONSOLE if name.endswith("see_console") else MOST_PER_PAGE), counts


def test_twin_a_read_in_a_loop_is_found(worlds: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    def one_by_one(conn: Conn, session_id: str) -> dict[str, object]:
        return {step.id: rooms.rounds_of(conn, step.id) for step in rooms.steps_of(conn, session_id)}

    monkeypatch.setattr(evenings, "rounds_of_session", one_by_one)
    counts = worlds.count(READS["evening.console_view.see_console"])
    assert counts[1] < counts[3] < counts[10]


# -- pages -------------------------------------------------------------------------------------------------------------

#: What a page is opened with, by address. A page without a row makes this red.
PAGES: Mapping[str, tuple[str, ...]] = {
    "overzicht": (),
    "wijkplan": ("plan",),
    "voorbereiden": ("plan", "sessie"),
    "werkvormen": ("plan",),
    "bediening": ("plan", "sessie"),
    "sprints": ("plan",),
    "herkomst": ("plan",),
    "beleid": ("plan",),
    "beheer": (),
    "account": (),
    "scherm": ("plan", "sessie"),
    "meedoen": ("sessie",),
}


def test_every_page_has_a_row() -> None:
    assert {each.address for each in PLACES} == PAGES.keys()


def open_page(world: Grown, address: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Open a page as its visitor does, and draw it once more; returns the statements of the second time."""
    store = world.store
    cookies = {SIGN_IN: _signed_in(store, _visitor(world, address)), PARTICIPANT: world.evening.tokens[0]}
    monkeypatch.setattr(visitor, "cookie", cookies.get)
    script = next(str(each.script) for each in PLACES if each.address == address)
    query = {"plan": world.evening.wijkplan_id, "sessie": world.session_id}
    keep_store(store)
    try:
        page = AppTest.from_file(MAIN, default_timeout=300).run()
        page.switch_page(script)
        for name in PAGES[address]:
            page.query_params[name] = query[name]
        page.run()
        with counted(store) as told:
            page.run()
    finally:
        keep_store(None)
    assert not page.exception
    assert page.main.children, "the page holds nothing"
    return len(told)


def _visitor(world: Grown, address: str) -> str:
    return staff(world.store, "beheerder", is_admin=True).account_id if address == "beheer" else _facilitator(world)


def _facilitator(world: Grown) -> str:
    return world.evening.facilitator.account_id


def _signed_in(store: Store, account_id: str) -> str:
    return redeem_ticket(store, hand_out_ticket(store, account_id, "x" * 43), "x" * 43)


@pytest.mark.parametrize("address", list(PAGES))
def test_a_page_asks_the_same_number_of_statements_at_every_size(
    worlds: Worlds, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = {size: open_page(world, address, monkeypatch) for size, world in worlds.of.items()}
    assert len(set(counts.values())) == 1, counts
    assert max(counts.values()) <= MOST_PER_PAGE, counts
