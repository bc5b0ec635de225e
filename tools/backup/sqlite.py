"""The SQLite side of ``tools.backup``: SQLite's own backup interface, and no other database's log beside a file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from tools.backup import BackupFault, Contents, contents_of, flush
from workshop.opening import _hold  # the same lock file as the program takes
from workshop.store.engine import _sqlite_module

#: What SQLite may keep beside a database; each belongs to the file it was written for and to no other.
BESIDE = ("-wal", "-shm", "-journal")


def path_in(url: str) -> Path:
    """The file of a SQLite address.

    Raises:
        BackupFault: a database in memory.
    """
    name = make_url(url).database
    if not name or name == ":memory:":
        raise BackupFault("Een database in het geheugen kan niet worden bewaard.")
    return Path(name)


def beside(database: Path) -> list[Path]:
    """Logs that lie beside a database file now."""
    found = (database.with_name(database.name + suffix) for suffix in BESIDE)
    return [path for path in found if path.exists()]


def copy(url: str, target: Path) -> Contents:
    """Write a copy to ``target`` from one moment in time, while others may write; then read all of it.

    Raises:
        BackupFault: no database there, no room on the disk, or the copy is not whole.
    """
    source = path_in(url)
    if not source.is_file():
        raise BackupFault(f"Er is geen database op {source}. Kijk naar DATABASE_URL en KOPPELVLAK_VAR.")
    module = _sqlite_module()
    try:
        with (
            closing(module.connect(_uri(source, "rw"), uri=True, timeout=30)) as origin,
            closing(module.connect(str(target))) as made,
        ):
            # All pages in one step: one read transaction, so one moment. Writers go on in the WAL.
            origin.backup(made, pages=-1)
            # The copy must be one file that needs nothing beside it.
            made.execute("PRAGMA journal_mode=DELETE").fetchall()
    except module.Error as error:
        raise BackupFault(f"De kopie kon niet worden gemaakt ({error}). Kijk of er ruimte is op de schijf.") from error
    if beside(target):
        raise BackupFault("De kopie is niet één bestand geworden. Probeer het opnieuw.")
    return check(target)


def check(copy: Path) -> Contents:
    """Read a copy from its first to its last page, without writing beside it.

    Raises:
        BackupFault: damaged, or a log lies beside it (a file copied by hand while the program ran).
    """
    if beside(copy):
        names = ", ".join(path.name for path in beside(copy))
        raise BackupFault(
            f"Naast {copy.name} ligt {names}. Dit is een met de hand gekopieerd bestand, waarin de laatste wijzigingen "
            "kunnen ontbreken. Gebruik een kopie van `make backup`."
        )
    module = _sqlite_module()
    engine = create_engine(
        "sqlite://",
        module=module,
        creator=lambda: module.connect(_uri(copy, "ro&immutable=1"), uri=True, check_same_thread=False),
        poolclass=NullPool,
    )
    try:
        with engine.connect() as conn:
            wrong: list[Any] = [row[0] for row in conn.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
            wrong += conn.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if wrong:
                raise BackupFault(f"{copy.name} is beschadigd ({wrong[0]}). Gebruik een andere reservekopie.")
            return contents_of(conn)
    except DatabaseError as error:
        raise BackupFault(f"{copy.name} is geen hele database. Gebruik een andere reservekopie.") from error
    finally:
        engine.dispose()


def restore(copy: Path, url: str) -> tuple[Contents, list[Path]]:
    """Put ``copy`` in the place of the database; what stood there is set aside with its logs, never deleted.

    A ``-wal`` left beside the target would be replayed into the restored file by the next program that opens it, so
    there must be none, also when the database itself is gone.

    Raises:
        BackupFault: the program runs, or what is there now is not what was copied.
    """
    target = path_in(url)
    with closing(_hold(target)):
        _empty_log(target)
        fresh = target.with_name(target.name + ".nieuw")
        shutil.copyfile(copy, fresh)
        fresh.chmod(0o600)
        flush(fresh)
        moment = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
        aside = []
        for path in [target, *beside(target)]:
            if path.exists():
                # koppelvlak.db-wal goes with koppelvlak.db under one new name, so that the pair can still be opened.
                suffix = path.name.removeprefix(target.name)
                kept = target.with_name(f"{target.name}.voor-herstel-{moment}{suffix}")
                path.rename(kept)
                aside.append(kept)
        if beside(target):
            raise BackupFault(f"Naast {target} liggen nog logbestanden. Is het programma echt gestopt?")
        fresh.rename(target)
        flush(target.parent)
        return check(target), aside


@contextmanager
def elsewhere() -> Iterator[str]:
    """The address of a database that does not exist yet, in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="koppelvlak-oefening-") as folder:
        yield f"sqlite:///{Path(folder) / 'koppelvlak.db'}"


def _empty_log(target: Path) -> None:
    """Bring the log of the present database into it, so that what is set aside is as whole as it can be."""
    if not target.exists():
        return
    module = _sqlite_module()
    try:
        with closing(module.connect(_uri(target, "rw"), uri=True)) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except module.Error:
        # Damaged: the reason to restore. It is set aside as it is.
        return


def _uri(path: Path, mode: str) -> str:
    return f"{path.resolve().as_uri()}?mode={mode}"
