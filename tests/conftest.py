"""What every test can ask for: a store on both back ends, the real servers behind it, a browser, the real input."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.shared_input import shared  # noqa: F401 - pytest finds hooks and fixtures in this namespace
from tests.skipping import (  # noqa: F401 - as above
    pytest_addoption,
    pytest_make_collect_report,
    pytest_runtest_makereport,
)
from tools import chromium, postgres
from workshop.store import Store, open_store

pytest_plugins = ["tests.proofs"]

BACK_ENDS = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.PostgresServer]:
    """A real PostgreSQL server for the whole run. When it cannot start that is an error, never a skip."""
    with postgres.PostgresServer(postgres.bring()) as server:
        yield server


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of the Chromium to hand to Playwright as `executable_path`."""
    return str(chromium.bring())


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database at the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "koppelvlak.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: postgres.PostgresServer) -> str:
    """Name of an empty PostgreSQL database at the newest schema, to be used as a template."""
    postgres_server.run_sql("CREATE DATABASE migrated")
    _migrate(postgres_server.url("migrated"))
    return "migrated"


@pytest.fixture
def new_sqlite_url(tmp_path: Path, migrated_sqlite: Path) -> Callable[[], str]:
    """Makes the address of one more migrated SQLite database."""
    numbers = count(1)

    def make() -> str:
        path = tmp_path / f"koppelvlak-{next(numbers)}.db"
        shutil.copyfile(migrated_sqlite, path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture
def new_postgres_url(request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """Makes the address of one more migrated PostgreSQL database, dropped after the test."""
    made: list[str] = []
    server: postgres.PostgresServer = request.getfixturevalue("postgres_server")

    def make() -> str:
        template = request.getfixturevalue("migrated_postgres")
        name = _next_database_name()
        server.run_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        made.append(name)
        return server.url(name)

    yield make
    for name in made:
        server.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=BACK_ENDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """A database of the test's own at the newest schema, once on SQLite and once on PostgreSQL."""
    make: Callable[[], str] = request.getfixturevalue(f"new_{request.param}_url")
    return make()


@pytest.fixture(params=BACK_ENDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, once on SQLite and once on PostgreSQL: for the migrations themselves."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: postgres.PostgresServer = request.getfixturevalue("postgres_server")
    name = _next_database_name()
    server.run_sql(f"CREATE DATABASE {name}")
    yield server.url(name)
    server.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An opened, migrated store on each back end."""
    yield from _opened(database_url)


@pytest.fixture
def sqlite_store(new_sqlite_url: Callable[[], str]) -> Iterator[Store]:
    """An opened, migrated store on SQLite only, for tests whose subject is not the database."""
    yield from _opened(new_sqlite_url())


_numbers = count(1)


def _next_database_name() -> str:
    return f"test_{next(_numbers)}"


def _migrate(url: str) -> None:
    for _store in _opened(url):
        pass


def _opened(url: str) -> Iterator[Store]:
    store = open_store(url)
    try:
        store.migrate()
        yield store
    finally:
        store.close()
