"""A real PostgreSQL server of our own for the tests, on a free loopback port, thrown away afterwards.

`python -m tools.postgres` prints the folder with its programs, after installing them when there are none.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg

from tools.system import Missing, apt_install, as_root, is_debian_family

HOW_TO = (
    "No PostgreSQL server found and none could be installed. On Debian or Ubuntu: apt-get install postgresql. "
    "Or name the folder of its programs: POSTGRES_BIN=/path/to/bin make test"
)
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/koppelvlak-tests.conf")


def find() -> Path | None:
    """Folder that holds initdb and postgres, newest version first, or None. `POSTGRES_BIN` goes first."""
    named = os.environ.get("POSTGRES_BIN")
    if named:
        folders = [Path(named)]
    else:
        folders = sorted(
            Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True
        )
        on_path = shutil.which("initdb")
        folders += [Path(on_path).resolve().parent] if on_path else []
    return next((path for path in folders if (path / "initdb").exists() and (path / "postgres").exists()), None)


def bring() -> Path:
    """`find()`, after installing when needed. Raises Missing with what to do by hand."""
    found = find()
    if found:
        return found
    if not is_debian_family():
        raise Missing(HOW_TO)
    apt_install("postgresql-common")
    # Installing the server would otherwise also create and start a database of the machine's own; the tests need only
    # the programs, and a container has no service manager to start it with.
    subprocess.run(as_root(["mkdir", "-p", str(NO_CLUSTER.parent)]), check=True)
    subprocess.run(
        as_root(["tee", str(NO_CLUSTER)]), input=b"create_main_cluster = false\n", stdout=subprocess.DEVNULL, check=True
    )
    try:
        apt_install("postgresql")
    finally:
        subprocess.run(as_root(["rm", "-f", str(NO_CLUSTER)]), check=False)
    found = find()
    if not found:
        raise Missing(HOW_TO)
    return found


class PostgresServer:
    """One running server with fsync on. Use as a context manager; `url(name)` is the address of a database in it."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._account = _unprivileged_account()
        # As root the default temporary folder may lie in a home the unprivileged account cannot enter.
        self._folder = Path(tempfile.mkdtemp(prefix="koppelvlak-pg-", dir="/tmp" if self._account else None))
        self._password = secrets.token_hex(16)
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://koppelvlak:{self._password}@127.0.0.1:{self._port}/{database}"

    def run_sql(self, statement: str) -> None:
        """One statement outside a transaction, as CREATE DATABASE wants it."""
        address = self.url("postgres").replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def __enter__(self) -> PostgresServer:
        password_file = self._folder / "password"
        password_file.write_text(self._password)
        if self._account:
            for path in (self._folder, password_file):
                os.chown(path, self._account.pw_uid, self._account.pw_gid)
        initdb: list[str | Path] = [
            self._programs / "initdb",
            "-D",
            self._data,
            "-U",
            "koppelvlak",
            "-A",
            "scram-sha-256",
        ]
        initdb += ["--pwfile", password_file, "-E", "UTF8", "--locale", "C", "--no-instructions"]
        made = subprocess.run(initdb, capture_output=True, text=True, stdin=subprocess.DEVNULL, **self._identity())
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
        for _attempt in range(3):
            if self._start():
                return self
        raise RuntimeError(f"PostgreSQL did not start:\n{self._log.read_text()}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def kill(self) -> None:
        """As if the machine lost its server process this instant (kill -9); `revive()` starts it on the same data."""
        assert self._process
        self._process.kill()
        self._process.wait()

    def revive(self) -> None:
        """Start again on the same data and the same port, so that addresses handed out stay true."""
        deadline = time.monotonic() + 20
        # The children of a killed server notice a moment later, and until then hold its shared memory.
        while not self._start(self._port):
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not come back:\n{self._log.read_text()}")
            time.sleep(0.2)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def _log(self) -> Path:
        return self._folder / "log"

    def _identity(self) -> dict[str, Any]:
        if not self._account:
            return {"cwd": self._folder}
        account = self._account
        return {"cwd": self._folder, "user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def _start(self, port: int = 0) -> bool:
        self._port = port or _free_port()
        command: list[str | Path] = [self._programs / "postgres", "-D", self._data, "-p", str(self._port)]
        for setting in ("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "fsync=on"):
            command += ["-c", setting]
        with self._log.open("ab") as log:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent,
                **self._identity(),
            )
        self._process = process
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            try:
                self.run_sql("SELECT 1")
                return True
            except Exception:  # noqa: BLE001 - not up yet; the log is shown when it never comes up
                time.sleep(0.1)
        return False


def _unprivileged_account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root, so as root borrow an account that owns nothing."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> None:
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


if __name__ == "__main__":
    print(bring())
