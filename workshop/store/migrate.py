"""Bringing a database to the newest schema with Alembic, and refusing one that is newer than this program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

if TYPE_CHECKING:
    from workshop.store.engine import Store

#: The number under which processes on PostgreSQL queue for migrating; any number of our own.
_LOCK = 0x6B6F7070


def config(connection: Connection | None = None) -> Config:
    """The Alembic configuration, in code: there is no ini file to keep in step."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    made.attributes["connection"] = connection
    return made


def to_head(store: Store) -> None:
    """Migrate to the newest schema.

    Raises:
        RuntimeError: the database was made by a newer version of the program; it is left untouched.
    """
    with store.read() as conn:
        _refuse_newer(conn)
    with store.write() as conn:
        if not store.is_sqlite:
            # Several processes start at once: one migrates, the others wait and find it done. A migration may take
            # longer than a vote may.
            conn.exec_driver_sql("SET LOCAL statement_timeout = 0")
            conn.exec_driver_sql("SET LOCAL lock_timeout = 0")
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            # Who we waited for may have been a newer program.
            _refuse_newer(conn)
        command.upgrade(config(conn), "head")


def _refuse_newer(conn: Connection) -> None:
    current = MigrationContext.configure(conn).get_current_revision()
    known = {revision.revision for revision in ScriptDirectory.from_config(config()).walk_revisions()}
    if current is not None and current not in known:
        raise RuntimeError(
            "Deze database is gemaakt door een nieuwere versie van het programma. "
            "Er is niets veranderd. Installeer de nieuwere versie, of zet een reservekopie terug."
        )
