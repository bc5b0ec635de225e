"""A copy is a backup only when it was read through, and putting one back never mixes two databases."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.evening import Evening, plan_evening
from tools import backup
from tools.backup import BackupFault
from workshop.actions.evening import running
from workshop.store import Store, open_store, schema
from workshop.store.engine import _sqlite_module

ROOT = Path(__file__).resolve().parents[2]


def an_evening(store: Store, people: int = 6) -> Evening:
    evening = plan_evening(store)
    evening.step("commitment")
    evening.open_room()
    evening.people(people)
    return evening


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    store = open_store(url)
    try:
        with store.read() as conn:
            return {
                table.name: sorted((tuple(row) for row in conn.execute(table.select())), key=repr)
                for table in schema.metadata.sorted_tables
            }
    finally:
        store.close()


@pytest.fixture
def another_place(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Callable[[], str]:
    """Addresses of databases that do not exist yet (SQLite) or are empty (PostgreSQL), of the kind of ``store``."""
    if store.is_sqlite:
        return lambda: f"sqlite:///{tmp_path / 'elders' / 'koppelvlak.db'}"

    def make() -> str:
        name = f"elders_{os.urandom(4).hex()}"
        server = request.getfixturevalue("postgres_server")
        server.run_sql(f"CREATE DATABASE {name}")
        request.addfinalizer(lambda: server.run_sql(f"DROP DATABASE {name} WITH (FORCE)"))
        return str(server.url(name))

    return make


def test_what_comes_back_is_what_was_there(store: Store, another_place: Callable[[], str], tmp_path: Path) -> None:
    an_evening(store)
    before = everything(store.url)
    copy = backup.make(store.url, tmp_path / "kopie")
    assert sorted(path.name for path in copy.parent.iterdir()) == [copy.name, f"{copy.name}.json"]
    assert [path.stat().st_mode & 0o777 for path in sorted(copy.parent.iterdir())] == [0o600, 0o600]

    elsewhere = another_place()
    found, aside = backup.restore(copy, elsewhere)

    assert everything(elsewhere) == before
    manifest = backup.read_manifest(copy)
    assert manifest is not None
    assert found == manifest.contents
    assert found.rows["participant"] == 6
    assert aside == []


def test_a_copy_made_while_people_come_in_is_of_one_moment(store: Store, tmp_path: Path) -> None:
    evening = an_evening(store)
    stop = threading.Event()
    failed: list[BaseException] = []

    def come_in() -> None:
        try:
            while not stop.is_set():
                evening.people(5)
        except BaseException as error:  # noqa: BLE001 - told by the test
            failed.append(error)

    crowd = threading.Thread(target=come_in)
    crowd.start()
    try:
        copies = [
            backup.make(store.url, tmp_path / "kopie", now=datetime(2026, 11, 21, 20, 0, second, tzinfo=UTC))
            for second in range(3)
        ]
    finally:
        stop.set()
        crowd.join()
    assert failed == []
    counts = [manifest.contents.rows["participant"] for copy in copies if (manifest := backup.check(copy))]
    assert counts == sorted(counts)
    # Five come in per transaction; a copy of half a transaction would show another remainder.
    assert {count % 5 for count in counts} == {6 % 5}


def test_the_drill_passes_and_leaves_only_the_copy(store: Store, tmp_path: Path) -> None:
    an_evening(store)
    before = everything(store.url)
    found = backup.drill(store.url, tmp_path / "kopie")
    assert found.rows["participant"] == 6
    assert everything(store.url) == before
    if not store.is_sqlite:
        with store.read() as conn:
            left = conn.scalars(text("SELECT datname FROM pg_database WHERE datname LIKE '%oefening%'")).all()
        assert left == []


@pytest.mark.parametrize("place", ["begin", "middle", "end"])
def test_a_damaged_copy_is_not_put_back(
    store: Store, another_place: Callable[[], str], tmp_path: Path, place: str
) -> None:
    an_evening(store)
    copy = backup.make(store.url, tmp_path / "kopie")
    whole = copy.read_bytes()
    at = {"begin": 3, "middle": len(whole) // 2, "end": len(whole) - 40}[place]
    copy.write_bytes(whole[:at] + bytes(byte ^ 0xFF for byte in whole[at : at + 16]) + whole[at + 16 :])
    elsewhere = another_place()
    with pytest.raises(BackupFault, match="is veranderd sinds hij gemaakt is"):
        backup.restore(copy, elsewhere)
    if store.is_sqlite:
        assert not (tmp_path / "elders").exists()


def test_a_torn_copy_without_its_paper_is_seen_too(store: Store, tmp_path: Path) -> None:
    an_evening(store)
    copy = backup.make(store.url, tmp_path / "kopie")
    backup.manifest_path(copy).unlink()
    assert backup.check(copy) is None
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(BackupFault):
        backup.check(copy)


def test_a_journal_line_that_was_changed_is_no_backup(store: Store, tmp_path: Path) -> None:
    an_evening(store)
    with store.write() as conn:
        conn.execute(text("UPDATE journal SET actor = 'iemand anders' WHERE number = 2"))
    with pytest.raises(BackupFault, match="Het logboek is niet heel: regel 2"):
        backup.make(store.url, tmp_path / "kopie")
    assert list((tmp_path / "kopie").iterdir()) == []


def test_a_copy_of_a_newer_program_is_refused(store: Store, tmp_path: Path) -> None:
    with store.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(BackupFault, match="van een nieuwere versie"):
        backup.make(store.url, tmp_path / "kopie")


def test_an_open_round_is_told(store: Store, tmp_path: Path) -> None:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    running.open_step(store, evening.facilitator, step)
    manifest = backup.read_manifest(backup.make(store.url, tmp_path / "kopie"))
    assert manifest is not None
    assert manifest.contents.open_rounds == 1


def test_old_copies_go_and_the_newest_always_stays(sqlite_store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "kopie"
    made = [backup.make(sqlite_store.url, folder, now=datetime(2026, 9, day, tzinfo=UTC)) for day in (1, 2, 20)]
    (folder / "koppelvlak-van-piet.db").write_bytes(b"not ours")
    assert backup.throw_old_away(folder, 7, now=datetime(2026, 12, 1, tzinfo=UTC)) == made[:2]
    (folder / "koppelvlak-van-piet.db").unlink()
    assert sorted(path.name for path in folder.iterdir()) == [made[2].name, f"{made[2].name}.json"]


# -- SQLite: the log that belongs to another database ----------------------------------------------------------------


def in_the_wal(url: str) -> tuple[Path, Path]:
    """Let a process die with committed work in its log; returns the database and its ``-wal``."""
    script = (
        "import os, sys; from tests.evening import plan_evening; from workshop.store import open_store\n"
        "store = open_store(sys.argv[1]); plan_evening(store, title='Uit het logboek'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, url], check=True, cwd=ROOT)
    database = Path(url.removeprefix("sqlite:///"))
    wal = database.with_name(database.name + "-wal")
    assert wal.stat().st_size > 0
    return database, wal


def test_a_log_left_beside_the_target_is_set_aside_with_its_database(
    sqlite_store: Store, new_sqlite_url: Callable[[], str], tmp_path: Path
) -> None:
    an_evening(sqlite_store)
    copy = backup.make(sqlite_store.url, tmp_path / "kopie")
    url = new_sqlite_url()
    in_the_wal(url)

    _found, aside = backup.restore(copy, url)

    assert everything(url) == everything(sqlite_store.url)
    # What was only in the log of the old database is still there, in what was set aside.
    titles = [row[2:] for row in everything(f"sqlite:///{aside[0]}")["session"]]
    assert any("Uit het logboek" in row for row in titles)


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_a_log_without_a_database_does_not_reach_the_restored_one(
    sqlite_store: Store, new_sqlite_url: Callable[[], str], tmp_path: Path, suffix: str
) -> None:
    an_evening(sqlite_store)
    copy = backup.make(sqlite_store.url, tmp_path / "kopie")
    url = new_sqlite_url()
    database, wal = in_the_wal(url)
    left = database.with_name(database.name + suffix)
    if suffix == "-journal":
        left.write_bytes(wal.read_bytes())
    database.unlink()
    for other in ("-wal", "-shm", "-journal"):
        if other != suffix:
            database.with_name(database.name + other).unlink(missing_ok=True)
    kept = left.read_bytes()

    _found, aside = backup.restore(copy, url)

    assert [path.read_bytes() for path in aside] == [kept]
    assert aside[0].name.startswith(f"{database.name}.voor-herstel-")
    assert aside[0].name.endswith(suffix)
    assert everything(url) == everything(sqlite_store.url)


def test_without_setting_the_log_aside_the_restored_database_would_be_spoiled(
    sqlite_store: Store, new_sqlite_url: Callable[[], str], tmp_path: Path
) -> None:
    """The twin: a plain `cp` over the database, as a hurried person would do it."""
    an_evening(sqlite_store)
    copy = backup.make(sqlite_store.url, tmp_path / "kopie")
    url = new_sqlite_url()
    database, _wal = in_the_wal(url)
    database.write_bytes(copy.read_bytes())
    try:
        spoiled = everything(url) != everything(sqlite_store.url)
    except DatabaseError:
        spoiled = True
    assert spoiled


def test_a_copy_by_hand_with_its_log_beside_it_is_refused(new_sqlite_url: Callable[[], str], tmp_path: Path) -> None:
    url = new_sqlite_url()
    database, _wal = in_the_wal(url)
    with pytest.raises(BackupFault, match=r"Naast koppelvlak-1\.db ligt koppelvlak-1\.db-wal"):
        backup.check(database)


def test_nothing_is_put_back_under_a_running_program(
    sqlite_store: Store, new_sqlite_url: Callable[[], str], tmp_path: Path
) -> None:
    copy = backup.make(sqlite_store.url, tmp_path / "kopie")
    url = new_sqlite_url()
    holding = (
        "import sys; from workshop.opening import the_store\nthe_store(); print('open', flush=True); sys.stdin.read()"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", holding],
        env={**os.environ, "DATABASE_URL": url},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "open\n"
    before = Path(url.removeprefix("sqlite:///")).read_bytes()
    try:
        told = command("restore", str(copy), url=url)
        assert (told.returncode, told.stdout) == (2, "")
        assert told.stderr.startswith("Niet gelukt: Er draait al een Koppelvlak op deze database.")
        assert Path(url.removeprefix("sqlite:///")).read_bytes() == before
        # Copying from it is fine.
        assert command("make", "--to", str(tmp_path / "nog-een"), url=url).returncode == 0
    finally:
        program.communicate("")


def test_a_file_sqlite_itself_finds_damaged_is_refused(sqlite_store: Store, tmp_path: Path) -> None:
    an_evening(sqlite_store, people=200)
    copy = backup.make(sqlite_store.url, tmp_path / "kopie")
    backup.manifest_path(copy).unlink()
    page = int(sqlite3.connect(copy).execute("PRAGMA page_size").fetchone()[0])
    with copy.open("r+b") as file:
        for number in range(10, 20):
            file.seek(number * page)
            file.write(os.urandom(64))
    with pytest.raises(BackupFault, match=r"beschadigd|geen hele database"):
        backup.check(copy)


def test_a_foreign_key_that_leads_nowhere_is_refused(sqlite_store: Store, tmp_path: Path) -> None:
    raw = _sqlite_module().connect(sqlite_store.url.removeprefix("sqlite:///"))
    table = schema.wijkplan_area
    an_evening(sqlite_store)
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute(f"UPDATE {table.name} SET wijkplan_id = 'niemand'")
    raw.commit()
    raw.close()
    with pytest.raises(BackupFault, match="beschadigd"):
        backup.make(sqlite_store.url, tmp_path / "kopie")


# -- PostgreSQL ------------------------------------------------------------------------------------------------------


def test_a_postgres_database_with_something_in_it_is_left_alone(
    new_postgres_url: Callable[[], str], tmp_path: Path
) -> None:
    url = new_postgres_url()
    copy = backup.make(url, tmp_path / "kopie")
    before = everything(url)
    with pytest.raises(BackupFault, match="is niet leeg"):
        backup.restore(copy, url)
    assert everything(url) == before


def test_a_copy_does_not_go_into_the_other_kind_of_database(
    sqlite_store: Store, new_postgres_url: Callable[[], str], tmp_path: Path
) -> None:
    copy = backup.make(sqlite_store.url, tmp_path / "kopie")
    with pytest.raises(BackupFault, match="Dit is een reservekopie van SQLite"):
        backup.restore(copy, new_postgres_url())


def test_a_row_more_or_less_than_promised_is_seen(sqlite_store: Store, tmp_path: Path) -> None:
    an_evening(sqlite_store)
    copy = backup.make(sqlite_store.url, tmp_path / "kopie")
    raw = sqlite3.connect(copy)
    raw.execute("DELETE FROM participant WHERE rowid = (SELECT min(rowid) FROM participant)")
    raw.commit()
    raw.close()
    paper = backup.manifest_path(copy)
    told = json.loads(paper.read_text())
    paper.write_text(json.dumps({**told, "sha256": backup.sha256_of(copy), "size": copy.stat().st_size}))
    with pytest.raises(BackupFault, match="participant 5 in plaats van 6"):
        backup.check(copy)


def command(*words: str, url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.backup", *words],
        env={**os.environ, "DATABASE_URL": url},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
