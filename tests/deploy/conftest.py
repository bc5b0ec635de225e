"""Two real processes behind the real nginx, started once for all tests of this folder: starting them takes a while."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.proxy import NGINX_FORGIVES_SECONDS, Nginx, Process, two_behind_one
from tools.postgres import PostgresServer
from tools.programs import NGINX, OPENSSL


@pytest.fixture(scope="session")
def nginx_program() -> str:
    """The real nginx, and the openssl that makes its certificate. Not there and not to be brought is an error, no skip."""
    OPENSSL.bring()
    return str(NGINX.bring())


@pytest.fixture(scope="module")
def an_empty_postgres(postgres_server: PostgresServer) -> Iterator[str]:
    """A database without any table: the two processes make them, both at once."""
    postgres_server.run_sql("CREATE DATABASE two_processes")
    yield postgres_server.url("two_processes")
    postgres_server.run_sql("DROP DATABASE two_processes WITH (FORCE)")


@pytest.fixture(scope="module")
def started(
    nginx_program: str, an_empty_postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Nginx, list[Process]]]:
    folder: Path = tmp_path_factory.mktemp("deploy")
    # Workers of an nginx started as root must be able to walk down to their folder.
    for parent in (folder, *folder.parents):
        if parent.name.startswith("pytest-"):
            parent.chmod(0o755)
    with two_behind_one(nginx_program, an_empty_postgres, folder) as running:
        yield running


@pytest.fixture
def behind_nginx(started: tuple[Nginx, list[Process]]) -> tuple[Nginx, list[Process]]:
    """Both processes up, also after a test that killed one."""
    lost = [process for process in started[1] if not process.is_running]
    for process in lost:
        process.start()
    for process in lost:
        process.wait_until_up()
    if lost:
        time.sleep(NGINX_FORGIVES_SECONDS)
    return started
