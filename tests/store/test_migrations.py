"""Migrations make what the models describe, step down and up, and never touch a newer database."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from tests.actions.evening.test_an_evening import vote
from tests.evening import plan_evening
from workshop.actions.evening import running
from workshop.actions.sprints import path as sprinting
from workshop.domain.wijkplan.order import Early
from workshop.store import Store, open_store, sprints
from workshop.store.migrate import config
from workshop.store.schema import metadata


def revisions() -> list[str]:
    """Base first, head last."""
    return [r.revision for r in ScriptDirectory.from_config(config()).walk_revisions()][::-1]


def differences(conn: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(conn, opts={"compare_type": True}), metadata))


def contents(conn: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in an order of its own so that it can be compared."""
    return {
        table.name: sorted((tuple(row) for row in conn.execute(table.select())), key=repr)
        for table in metadata.sorted_tables
    }


def a_lived_in_database(store: Store) -> None:
    evening = plan_evening(store)
    stopped, running_step = evening.step("commitment"), evening.step("commitment")
    evening.open_room()
    people = evening.people(6)
    for step in (stopped, running_step):
        running.open_step(store, evening.facilitator, step)
        for token in people:
            vote(evening, step, token, stance=4, experience="good")
        if step == stopped:
            evening.run(step)


def test_there_is_one_head_and_one_base() -> None:
    scripts = ScriptDirectory.from_config(config())
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1


def test_the_migrations_make_exactly_what_the_models_describe(empty_database_url: str) -> None:
    store = open_store(empty_database_url)
    store.migrate()
    with store.read() as conn:
        assert differences(conn) == []
    store.close()


def test_a_column_that_no_migration_makes_is_found(empty_database_url: str) -> None:
    store = open_store(empty_database_url)
    store.migrate()
    with store.write() as conn:
        conn.execute(text("ALTER TABLE ballot ADD COLUMN created_at TIMESTAMP"))
    with store.read() as conn:
        assert len(differences(conn)) == 1
    store.close()


def test_every_step_goes_down_and_up_again_and_keeps_the_rows_it_can_keep(database_url: str) -> None:
    store = open_store(database_url)
    a_lived_in_database(store)
    with store.read() as conn:
        before = contents(conn)
    assert len(before["ballot"]) == len(before["cast_ballot"]) == 6
    known = revisions()
    for at in range(len(known) - 1, -1, -1):
        lower = known[at - 1] if at else "base"
        with store.write() as conn:
            command.downgrade(config(conn), lower)
        if lower == "base":
            with store.read() as conn:
                assert set(inspect(conn).get_table_names()) <= {"alembic_version"}
        store.migrate()
        with store.read() as conn:
            assert differences(conn) == []
            # Going below the first step takes the tables away: there is nothing under it to keep rows in.
            assert contents(conn) == ({name: [] for name in before} if lower == "base" else before)
    store.close()


def test_what_was_chosen_about_the_order_moves_to_its_table_and_back_and_no_other_part_moves(database_url: str) -> None:
    store = open_store(database_url)
    evening = plan_evening(store)
    at_the_desk = store, evening.facilitator, evening.wijkplan_id
    sprinting.write_part(*at_the_desk, 1, "main_question", "Waarom is het plein leeg?")
    sprinting.skip_sprint(*at_the_desk, 2, "Gedaan in 2025.")
    sprinting.take_up_early(*at_the_desk, 6, "Het buurtfeest.", how=Early.CHANGE_PLACES)
    sprinting.take_up_early(*at_the_desk, 7, "Het college.")
    sprinting.resume_sprint(*at_the_desk, 2)
    sprinting.keep_order(*at_the_desk, 6)
    with store.read() as conn:
        before, chosen = contents(conn), sprints.order_choices(conn, evening.wijkplan_id)
    assert [row[2] for row in before["sprint_part"]] == ["main_question"]
    with store.write() as conn:
        command.downgrade(config(conn), "0010")
    with store.read() as conn:
        as_parts = {(p.sprint, p.part, p.version): p for p in sprints.parts(conn, evening.wijkplan_id)}
    assert {key: p.content for key, p in as_parts.items()} == {
        (1, "main_question", 1): {"text": "Waarom is het plein leeg?"},
        (2, "skipped", 1): {"text": "Gedaan in 2025."},
        (2, "skipped", 2): {"text": ""},
        (6, "early", 1): {"text": "Het buurtfeest.", "how": "change_places"},
        (6, "early", 2): {"text": "", "how": "change_places"},
        (7, "early", 1): {"text": "Het college.", "how": "prepare"},
    }
    assert [as_parts[c.sprint, c.what, c.version].written_at for c in chosen] == [c.chosen_at for c in chosen]
    store.migrate()
    with store.read() as conn:
        assert contents(conn) == before
    store.close()


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    store = open_store(database_url)
    a_lived_in_database(store)
    with store.read() as conn:
        before = contents(conn)
    store.migrate()
    with store.read() as conn:
        assert contents(conn) == before
    store.close()


def test_a_database_of_a_newer_program_is_refused_and_not_one_byte_of_it_changes(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    path = tmp_path / "newer.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    with sqlite3.connect(path) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    newer.close()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    store = open_store(f"sqlite:///{path}")
    with pytest.raises(RuntimeError, match="nieuwere versie van het programma"):
        store.migrate()
    store.close()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_a_newer_postgres_database_is_refused_with_the_same_sentence(new_postgres_url: object) -> None:
    url = new_postgres_url()  # type: ignore[operator]
    store = open_store(url)
    with store.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RuntimeError, match="nieuwere versie van het programma"):
        store.migrate()
    with store.read() as conn:
        assert conn.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    store.close()


def test_programs_that_start_at_once_on_an_empty_database_all_get_the_newest_schema(empty_database_url: str) -> None:
    program = (
        "from workshop.store import open_store; import sys; sys.stdin.read(1); s = open_store(sys.argv[1]); s.migrate()"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, empty_database_url], stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _n in range(3)
    ]
    said = []
    for process in started:
        assert process.stdin is not None
        process.stdin.write(b"!")
        process.stdin.flush()
    for process in started:
        said.append(process.communicate(timeout=60)[1].decode())
    assert [p.returncode for p in started] == [0, 0, 0], "\n".join(said)
    store = open_store(empty_database_url)
    with store.read() as conn:
        assert differences(conn) == []
    store.close()


def test_a_migration_that_fails_halfway_leaves_the_database_as_it_was(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, made = Operations.create_table, [0]

    def create(self: Operations, *args: object, **kwargs: object) -> object:
        made[0] += 1
        if made[0] == 9:
            raise OSError("no space left on device")
        return real(self, *args, **kwargs)

    store = open_store(empty_database_url)
    monkeypatch.setattr(Operations, "create_table", create)
    with pytest.raises(OSError, match="no space"):
        store.migrate()
    with store.read() as conn:
        assert inspect(conn).get_table_names() == []
    monkeypatch.undo()
    store.migrate()
    with store.read() as conn:
        assert differences(conn) == []
    store.close()
