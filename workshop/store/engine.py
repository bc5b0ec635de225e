"""Opening the database: safe SQLite, honest PostgreSQL, one writer lock, and telling others that something changed.

Source of the settings: assurance 0.19 (safe SQLite versions), A7 (pragmas), F08 (BEGIN IMMEDIATE), F15 (PostgreSQL).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event, make_url, text

from workshop.store import phones
from workshop.store.kept import Kept

log = logging.getLogger(__name__)

#: How long a write waits for the database before it gives up with a sentence, in seconds.
BUSY_SECONDS = 5

#: Pages that a connection keeps in memory, here in KiB.
_CACHE = "PRAGMA cache_size=-16384"

#: As much as SQLite's log holds before it begins again at its start: a thousand pages of 4 KiB.
_FILL_LOG = "INSERT INTO room_in_log VALUES (zeroblob(4096000))"


@dataclass(frozen=True)
class Change:
    """Something changed in a session. ``kind``: "session" (anything), "ballots", "notes", "people" or "stage"."""

    session_id: str
    kind: str


Listener = Callable[[Change], None]


@dataclass(frozen=True, slots=True)
class Hand:
    """The driver's own connection in an open transaction: what :mod:`workshop.store.by_hand` needs of a ``Connection``."""

    connection: Any
    dialect: Dialect


def _sqlite_module() -> ModuleType:
    """The newest SQLite at hand: the packaged one where there is a wheel, else Python's own."""
    try:
        # Not every platform has a wheel of it.
        import pysqlite3.dbapi2 as packaged  # type: ignore[import-untyped]  # noqa: PLC0415

        return packaged  # type: ignore[no-any-return]
    except ImportError:
        import sqlite3  # noqa: PLC0415 - only where the other is missing: two copies of SQLite in one process

        return sqlite3


def is_safe_for_wal(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the WAL-reset fix: 3.51.3 and later, or the back-ports 3.50.7 and 3.44.6."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


@dataclass(eq=False)
class Store:
    """The open database. Made once per process by :func:`open_store`; safe to share between threads."""

    engine: Engine
    url: str
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    process: str = field(default_factory=lambda: token_hex(4))  # tells our own notifications from those of others
    kept: Kept = field(default_factory=Kept)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _listeners: list[Listener] = field(default_factory=list)
    _hand: Any = None  # the connection of write_by_hand on SQLite

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def now(self) -> datetime:
        """The present moment, UTC, without what is finer than a microsecond."""
        return self.clock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent snapshot to read from."""
        with self.engine.connect() as conn:
            if not self.is_sqlite:
                conn.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with conn.begin():
                yield conn

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that writes; commits at the end, rolls back on any error.

        On SQLite the writers of this process queue on a lock instead of polling the file (a polling writer can starve).
        """
        if not self.is_sqlite:
            with self.engine.begin() as conn:
                yield conn
            return
        with self._lock, self.engine.connect() as conn:
            conn.info["writes"] = True
            try:
                with conn.begin():
                    yield conn
            finally:
                conn.info.pop("writes", None)

    @contextmanager
    def write_by_hand(self) -> Iterator[Hand | Connection]:
        """Like :meth:`write`, for statements of :mod:`workshop.store.by_hand` only.

        On SQLite they get one connection that stays open and none of the layers around it: a batch is often a single
        vote, and fetching, wrapping and returning a connection costs as much as storing it (docs/performance.md).
        """
        if not self.is_sqlite:
            with self.engine.begin() as conn:
                yield conn
            return
        with self._lock:
            if self._hand is None:
                self._hand = self.engine.raw_connection()
            driver = self._hand.driver_connection
            driver.execute("BEGIN IMMEDIATE").close()
            try:
                yield Hand(driver, self.engine.dialect)
                driver.commit()
            except BaseException:
                driver.rollback()
                raise

    def outside_transaction(self, *statements: str) -> list[Any]:
        """Run statements such as VACUUM that may stand in no transaction, with the writer lock held.

        Returns:
            the first row that each gave on SQLite (None when it gave none); nothing on PostgreSQL.
        """
        with self._lock:
            if self.is_sqlite:
                raw = self.engine.raw_connection()
                try:
                    return [raw.cursor().execute(statement).fetchone() for statement in statements]
                finally:
                    raw.close()
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
                for statement in statements:
                    conn.exec_driver_sql(statement)
                return []

    def make_room_in_log(self) -> None:
        """Let SQLite's log be as long as it becomes in a vote, before the vote: a commit that makes a file longer costs
        twice one that does not (docs/performance.md). What is written is rolled back, so nothing changes.
        """
        if not self.is_sqlite:
            return
        try:
            self.outside_transaction(
                "PRAGMA cache_size=16",  # pages; so that it is written and not kept in memory
                "BEGIN IMMEDIATE",
                "CREATE TABLE room_in_log (fill BLOB)",
                _FILL_LOG,
                "ROLLBACK",
                _CACHE,
            )
        except Exception:
            log.exception("no room could be made in the log; votes are stored all the same")

    def schema_now(self) -> str | None:
        """The number of the schema the database has, such as ``0008``; None when it does not answer a read now.

        The reason why not goes to the log. One row of a table of one row: cheap enough for a monitor.
        """
        try:
            with self.read() as conn:
                return str(conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
        except Exception:
            log.exception("the database does not answer")
            return None

    def listen(self, listener: Listener, *, missed: Callable[[], None] | None = None) -> Callable[[], None]:
        """Call ``listener`` after every commit that changed a session, from whatever thread wrote it.

        With ``missed`` also after commits of other processes (PostgreSQL); ``missed`` is called when messages of theirs
        may have been lost: after a reconnect.

        Returns:
            a function that stops the listening.
        """
        self._listeners.append(listener)
        stop_hearing = None
        if missed is not None and not self.is_sqlite:
            from workshop.store.listening import listen_to_others  # noqa: PLC0415 - it imports this module

            stop_hearing = listen_to_others(self, listener, missed=missed)

        def stop() -> None:
            self._listeners.remove(listener)
            if stop_hearing is not None:
                stop_hearing()

        return stop

    def share_phones(
        self, numbers_here: Callable[[], Mapping[str, int]], changed: Callable[[str], None]
    ) -> phones.PhonesElsewhere | phones.OnlyHere:
        """Tell the other processes how many phones each session has here, and hear how many they have.

        ``numbers_here`` and ``changed`` are called from a thread of its own; see :mod:`workshop.store.phones`.
        """
        if self.is_sqlite:
            return phones.OnlyHere()
        return phones.PhonesElsewhere(self.url, self.process, numbers_here, changed, beat=phones.BEAT)

    def tell(self, change: Change) -> None:
        """Tell everybody who listens; called after the commit."""
        for listener in list(self._listeners):
            try:
                listener(change)
            except Exception:
                log.exception("a listener failed; the data is committed")

    def migrate(self) -> None:
        """Bring the database to the newest schema. See :mod:`workshop.store.migrate`."""
        from workshop.store.migrate import to_head  # noqa: PLC0415 - it imports this module

        to_head(self)

    def close(self) -> None:
        self.kept.close()
        with self._lock:
            if self._hand is not None:
                self._hand.close()
                self._hand = None
        self.engine.dispose()


def open_store(url: str, *, clock: Callable[[], datetime] | None = None) -> Store:
    """Open the database at ``url`` (SQLAlchemy form; ``postgresql://`` is read as psycopg 3).

    Raises:
        RuntimeError: PostgreSQL runs with ``fsync`` or ``synchronous_commit`` off: an acknowledged vote could be lost.
    """
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = _open_sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _open_postgres(parsed)
    store = Store(engine, parsed.render_as_string(hide_password=False))
    if clock is not None:
        store.clock = clock
    return store


def _open_sqlite(url: Any) -> Engine:
    module = _sqlite_module()
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        module=module,
        pool_size=20,
        max_overflow=40,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    uses_wal = is_safe_for_wal(tuple(module.sqlite_version_info))
    if not uses_wal:
        log.warning("SQLite %s has the WAL-reset bug; using the rollback journal instead", module.sqlite_version)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we begin ourselves, see below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        cursor.execute(f"PRAGMA journal_mode={'WAL' if uses_wal else 'DELETE'}")
        cursor.execute(f"PRAGMA synchronous={'FULL' if uses_wal else 'EXTRA'}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("PRAGMA trusted_schema=OFF")
        cursor.execute(_CACHE)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        # A deferred BEGIN that later writes fails at once with "database is locked"; IMMEDIATE waits its turn.
        # By the driver's own hand: it is said before every read and every batch of votes.
        conn.connection.cursor().execute("BEGIN IMMEDIATE" if conn.info.get("writes") else "BEGIN").close()

    return engine


def _open_postgres(url: Any) -> Engine:
    engine = create_engine(
        url,
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=True,
        pool_timeout=BUSY_SECONDS,
        connect_args={
            "connect_timeout": BUSY_SECONDS,
            # A line that swallows everything frees its thread: the kernel gives up on what is not acknowledged.
            "tcp_user_timeout": BUSY_SECONDS * 1000,
            "keepalives_idle": BUSY_SECONDS,
            "keepalives_interval": 1,
            "keepalives_count": BUSY_SECONDS,
            "options": f"-c statement_timeout={BUSY_SECONDS * 1000} -c lock_timeout={BUSY_SECONDS * 1000}",
        },
    )
    with engine.connect() as conn:
        off = [name for name in ("fsync", "synchronous_commit") if conn.scalar(text(f"SHOW {name}")) == "off"]
    if off:
        engine.dispose()
        raise RuntimeError(
            f"PostgreSQL staat onveilig ingesteld ({', '.join(off)} = off): een bevestigde stem kan dan verloren gaan. "
            "Zet deze instelling op 'on' en start opnieuw."
        )
    return engine
