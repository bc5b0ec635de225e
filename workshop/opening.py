"""The one open database of this process, shared by the room's routes, the pages and the start command.

Settings: ``DATABASE_URL`` (empty: SQLite in the data folder) and ``KOPPELVLAK_VAR`` (the data folder; empty: ``var``
in the project).
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from workshop.store import Store, open_store

ROOT = Path(__file__).resolve().parents[1]
_DIALECTS = ("sqlite", "postgresql", "postgresql+psycopg", "postgres")


class CannotStart(RuntimeError):
    """The installation is not in order. The message is one Dutch line that names the setting and the cure."""


_lock = threading.Lock()
_store: Store | None = None
_held: IO[str] | None = None


def data_folder() -> Path:
    """Where the database, keys and copies of this installation live; not made by asking."""
    return Path(os.environ.get("KOPPELVLAK_VAR") or ROOT / "var").expanduser().resolve()


def database_url() -> str:
    """The address of the database.

    Raises:
        CannotStart: ``DATABASE_URL`` is no address this program knows.
    """
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        return f"sqlite:///{data_folder() / 'koppelvlak.db'}"
    if urlsplit(url).scheme not in _DIALECTS or "://" not in url:
        raise CannotStart(
            "DATABASE_URL begint niet met sqlite:/// of postgresql+psycopg://. Verbeter deze instelling, "
            "of laat haar weg: dan wordt SQLite in de map var gebruikt."
        )
    return url


def the_store() -> Store:
    """The open store of this process; opened, locked and migrated at the first call.

    Raises:
        CannotStart: wrong setting, unwritable folder, unreachable database, or a second program on the same file.
    """
    global _store
    with _lock:
        if _store is None:
            _store = _open(database_url())
        return _store


def keep_store(store: Store | None) -> None:
    """Use this open store from here on (None: open one from the settings at the next call).

    For programs that hold more than one database in their life; the earlier one is not closed.
    """
    global _store
    with _lock:
        _store = store


def leave() -> None:
    """Close the database and give the lock back. Calling it twice does no harm."""
    global _store, _held
    with _lock:
        if _store is not None:
            _store.close()
            _store = None
        if _held is not None:
            _held.close()
            _held = None


atexit.register(leave)


def _open(url: str) -> Store:
    global _held
    if url.startswith("sqlite"):
        path = url.partition(":///")[2].partition("?")[0]
        if path and path != ":memory:":
            _held = _hold(Path(path))
    store: Store | None = None
    try:
        store = open_store(url)
        store.migrate()
        return store
    except Exception as error:
        if store is not None:
            store.close()
        if _held is not None:
            _held.close()
            _held = None
        if isinstance(error, RuntimeError):
            raise CannotStart(str(error)) from error
        raise CannotStart(_cure(url)) from error


def _cure(url: str) -> str:
    if url.startswith("sqlite"):
        return (
            "De database kan niet worden geopend. Kijk of er ruimte is op de schijf en of je in de map mag schrijven, "
            "of kies met KOPPELVLAK_VAR een andere map."
        )
    return (
        "PostgreSQL is niet te bereiken met DATABASE_URL. Kijk of de server aan staat en of naam, wachtwoord en "
        "database kloppen."
    )


def _hold(database: Path) -> IO[str]:
    """Take the lock file beside a SQLite database (F30): live counts are pushed from within one process."""
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        held = database.with_name(database.name + ".lock").open("a+", encoding="ascii")
    except OSError as error:
        raise CannotStart(
            f"In de map {database.parent} kan niet worden geschreven. Geef er schrijfrechten, "
            "of kies met KOPPELVLAK_VAR een andere map."
        ) from error
    try:
        _lock_file(held)
    except OSError as error:
        held.close()
        raise CannotStart(
            "Er draait al een Koppelvlak op deze database. Gebruik dat, of stop het eerst. "
            "Een tweede naast het eerste kan met een eigen KOPPELVLAK_VAR en PORT."
        ) from error
    held.seek(0)
    held.truncate()
    held.write(f"{os.getpid()}\n")
    held.flush()
    return held


if sys.platform == "win32":  # pragma: no cover

    def _lock_file(held: IO[str]) -> None:
        import msvcrt  # noqa: PLC0415 - exists on Windows only

        # A byte far behind the text, so that the number of the process can still be read.
        held.seek(1024)
        msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)

else:

    def _lock_file(held: IO[str]) -> None:
        import fcntl  # noqa: PLC0415 - does not exist on Windows

        # The operating system lets go when the process dies, however it dies: no stale lock after a crash.
        fcntl.flock(held.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
