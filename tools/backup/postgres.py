"""The PostgreSQL side of ``tools.backup``: pg_dump and pg_restore, and rows counted in the snapshot of the dump."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from tools.backup import BackupFault, Contents, contents_of


def copy(url: str, target: Path) -> Contents:
    """Dump the database to ``target`` from one moment in time, while others may write.

    Raises:
        BackupFault: out of reach, pg_dump missing or refusing, or the dump is not whole.
    """
    with _connection(url) as conn:
        snapshot = conn.scalar(text("SELECT pg_export_snapshot()"))
        contents = contents_of(conn)
        _run(
            "pg_dump",
            url,
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={target}",
        )
    check(target)
    return contents


def check(copy: Path) -> None:
    """Unpack a dump from its first to its last byte, into nothing.

    Raises:
        BackupFault: damaged or no dump.
    """
    _run("pg_restore", None, f"--file={os.devnull}", str(copy))


def restore(copy: Path, url: str) -> Contents:
    """Put a dump into an empty database, all or nothing, and read it back.

    A database with tables in it is refused: the old one is the way back when the restored one is not what was hoped.

    Raises:
        BackupFault: out of reach, not empty, or pg_restore refuses.
    """
    with _connection(url) as conn:
        if inspect(conn).get_table_names():
            raise BackupFault(
                "De database in DATABASE_URL is niet leeg. Maak een nieuwe lege database (createdb), zet DATABASE_URL "
                "daarop en probeer het opnieuw; de oude blijft dan bewaard."
            )
    _run("pg_restore", url, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(copy))
    with _connection(url) as conn:
        return contents_of(conn)


@contextmanager
def elsewhere(url: str) -> Iterator[str]:
    """The address of a new empty database on the same server, dropped afterwards.

    Raises:
        BackupFault: this user may not make databases.
    """
    name = f"koppelvlak_oefening_{secrets.token_hex(4)}"
    engine = create_engine(_address(url), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as conn:
            try:
                conn.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
            except SQLAlchemyError as error:
                raise BackupFault(
                    "Deze databasegebruiker mag geen database maken, dus er is niets om in te oefenen. Oefen met een "
                    "andere gebruiker, of zet de kopie terug in een lege database die je zelf maakt."
                ) from error
            try:
                yield _address(url).set(database=name).render_as_string(hide_password=False)
            finally:
                conn.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    finally:
        engine.dispose()


def _address(url: str) -> URL:
    return make_url(url).set(drivername="postgresql+psycopg")


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    """One snapshot to read from, for as long as it takes."""
    engine = create_engine(
        _address(url), poolclass=NullPool, isolation_level="REPEATABLE READ", connect_args={"connect_timeout": 10}
    )
    try:
        with engine.connect() as conn:
            yield conn
    except SQLAlchemyError as error:
        raise BackupFault(
            "PostgreSQL is niet te bereiken met DATABASE_URL, of geeft geen antwoord. Kijk of de server aan staat."
        ) from error
    finally:
        engine.dispose()


def _program(name: str) -> str:
    """The newest client on this machine: an older one refuses a newer server, a newer one serves both."""
    folders = (
        [Path(os.environ["POSTGRES_BIN"])]
        if os.environ.get("POSTGRES_BIN")
        else sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    )
    found = next((str(folder / name) for folder in folders if (folder / name).exists()), None) or shutil.which(name)
    if not found:
        raise BackupFault(f"{name} ontbreekt op deze machine. Installeer de client van PostgreSQL (postgresql-client).")
    return found


def _run(name: str, url: str | None, *arguments: str) -> None:
    environment = dict(os.environ)
    command = [_program(name), *arguments]
    if url is not None:
        address = make_url(url).set(drivername="postgresql")
        # Never on the command line, where everybody on the machine can read it.
        environment["PGPASSWORD"] = str(address.password or "")
        command.append(f"--dbname={address._replace(password=None).render_as_string(hide_password=False)}")
    ended = subprocess.run(
        command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    if ended.returncode:
        said = (ended.stderr.strip().splitlines() or ["zonder uitleg"])[0]
        raise BackupFault(f"{name} is niet gelukt: {said}")
