"""F04: the power goes off at every single sync of what must happen as a whole: a migration, and the stop of a round."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from faults.burst import same_surfaces, whole
from faults.power import _replace, shim
from tests.evening import plan_evening
from workshop.actions.evening import running
from workshop.actions.evening.votes.door import Cast, cast_ballots
from workshop.domain.evening.moves import StepState
from workshop.opening import ROOT
from workshop.store import Store, open_store, rooms
from workshop.store.migrate import config

MIGRATE = "from workshop.store import open_store; open_store({url!r}).migrate()"
MIGRATE_IN_PIECES = """
from contextlib import contextmanager
from workshop.store import Store, open_store

@contextmanager
def write(self):
    with self.engine.connect() as conn:
        conn = conn.execution_options(isolation_level="AUTOCOMMIT")
        yield conn

Store.write = write
open_store({url!r}).migrate()
"""
STOP = """
from tests.evening import Staff
from workshop.actions import running
from workshop.domain.roles import Role
from workshop.store import open_store
staff = Staff({account!r}, "Opgave", roles={{{wijkplan!r}: frozenset({{Role.OWNER}})}})
running.stop_step(open_store({url!r}), staff, {step!r})
"""


def cut_at_every_sync(folder: Path, before: Path, program: str, judge: Callable[[Store], None]) -> int:
    """Run a program on a copy of ``before``, again and again, each time one sync further; how many cuts there were."""
    disk, shadow = folder / "disk", folder / "shadow"
    for place in (disk, shadow):
        place.mkdir()
    preload = {"LD_PRELOAD": str(shim(folder)), "SHADOW_SRC": str(disk.resolve()), "SHADOW_DST": str(shadow.resolve())}
    for cut in range(1, 300):
        for place in (disk, shadow):
            _replace(place, disk if place is shadow else _only(before, folder / "start"))
        ended = subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, **preload, "SHADOW_CUT_AT": str(cut)}, cwd=ROOT,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if ended.returncode != -signal.SIGKILL:
            assert ended.returncode == 0, ended.stderr[-2000:]
            return cut - 1
        _replace(disk, shadow)
        store = open_store(f"sqlite:///{disk / 'koppelvlak.db'}")
        try:
            assert whole(store) == []
            judge(store)
        finally:
            store.close()
    raise AssertionError("no end to it")


def _only(file: Path, folder: Path) -> Path:
    """A folder that holds nothing but this database."""
    folder.mkdir(exist_ok=True)
    shutil.copyfile(file, folder / "koppelvlak.db")
    return folder


def schema_of(store: Store) -> tuple[str | None, list[str]]:
    """The revision the database says it has, and what it really holds; Alembic puts constraints in any order."""
    with store.read() as conn:
        found = conn.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")).scalars()
        lines = [sorted(line.strip(" \t,") for line in made.splitlines()) for made in found]
        return MigrationContext.configure(conn).get_current_revision(), sorted(map("\n".join, lines))


def migrated(path: Path, revision: str) -> tuple[str | None, list[str]]:
    """Make a database of this revision; returns what is in it."""
    store = open_store(f"sqlite:///{path}")
    with store.write() as conn:
        command.upgrade(config(conn), revision)
    made = schema_of(store)
    store.close()
    return made


@pytest.mark.parametrize("program", [MIGRATE, MIGRATE_IN_PIECES], ids=["", "in pieces"])
def test_f04_a_migration_cut_off_anywhere_is_done_or_not_begun(tmp_path: Path, program: str) -> None:
    """And the twin, a migration that is no transaction: it leaves something half done that no start can finish."""
    first = min(revision.revision for revision in ScriptDirectory.from_config(config()).walk_revisions())
    old = migrated(tmp_path / "old.db", first)
    shutil.copyfile(tmp_path / "old.db", tmp_path / "new.db")
    new = migrated(tmp_path / "new.db", "head")
    assert old != new

    def judge(store: Store) -> None:
        assert schema_of(store) in (old, new), "half a migration"
        store.migrate()
        assert schema_of(store) == new

    url = f"sqlite:///{tmp_path / 'disk' / 'koppelvlak.db'}"
    run = lambda: cut_at_every_sync(tmp_path, tmp_path / "old.db", program.format(url=url), judge)  # noqa: E731
    if program is MIGRATE_IN_PIECES:
        with pytest.raises(AssertionError, match="half a migration"):
            run()
        return
    cuts = run()
    print(
        f"F04 migration: {cuts} cuts, one after every sync; each time the old or the new schema, and a start finishes it"
    )
    assert cuts > 0


def test_f04_the_stop_of_a_round_cut_off_anywhere_keeps_every_ballot(migrated_sqlite: Path, tmp_path: Path) -> None:
    path = tmp_path / "before.db"
    shutil.copyfile(migrated_sqlite, path)
    evening = plan_evening(open_store(f"sqlite:///{path}"))
    step_id = evening.step("commitment")
    evening.open_room()
    evening.people(30)
    running.open_step(evening.store, evening.facilitator, step_id)
    round_id = evening.round_id(step_id)
    forms = [{"stance": [str(n % 5 + 1)], "experience": ["good"]} for n in range(30)]
    cast_ballots(evening.store, [Cast(t, round_id, f, t[:8]) for t, f in zip(evening.tokens, forms, strict=True)])
    evening.store.close()
    states = []

    def judge(store: Store) -> None:
        evening.store = store
        with store.read() as conn:
            step = rooms.step(conn, step_id)
        assert step is not None
        states.append(step.state)
        if step.state is StepState.OPEN:
            running.stop_step(store, evening.facilitator, step_id)
        running.show_outcome(store, evening.facilitator, step_id)
        assert same_surfaces(evening, step_id, [f"{f['stance'][0]}|good" for f in forms]) == []

    url = f"sqlite:///{tmp_path / 'disk' / 'koppelvlak.db'}"
    program = STOP.format(url=url, account=evening.facilitator.account_id, wijkplan=evening.wijkplan_id, step=step_id)
    cuts = cut_at_every_sync(tmp_path, path, program, judge)
    print(f"F04 stop: {cuts} cuts, {states.count(StepState.OPEN)} times still open, 30 ballots every time")
    assert cuts > 0 and set(states) <= {StepState.OPEN, StepState.STOPPED}
