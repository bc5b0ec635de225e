"""The shipped nginx on loopback with a certificate of its own, and real processes of the program behind it."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "deploy" / "nginx"
COOKIE_SECRET = "een geheim dat alle processen delen"
SERVED_BY = "x-served-by"
"""Only in tests: nginx tells which process answered."""


NGINX_FORGIVES_SECONDS = 6
"""Just over the ``fail_timeout`` of the shipped list of processes."""


class Process:
    """One process of the program, started as an installation starts it."""

    def __init__(self, port: int, database_url: str, folder: Path) -> None:
        self.port, self.address = port, f"127.0.0.1:{port}"
        self._url, self._folder = database_url, folder
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self._folder / f"{self.port}.log"

    @property
    def is_running(self) -> bool:
        return self._running is not None and self._running.poll() is None

    def start(self) -> None:
        environment = {
            **os.environ,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DATABASE_URL": self._url,
            "KOPPELVLAK_VAR": str(self._folder / f"var-{self.port}"),
            "KOPPELVLAK_TRUSTED_PROXY": "127.0.0.1",
            # uvicorn would otherwise believe a neighbour on loopback by itself, and the setting above prove nothing.
            "FORWARDED_ALLOW_IPS": "",
            "STREAMLIT_SERVER_COOKIE_SECRET": COOKIE_SECRET,
            "STREAMLIT_SERVER_ALLOWED_HOSTS": "localhost",
        }
        with self.log.open("ab") as log:
            self._running = subprocess.Popen(
                [sys.executable, "-m", "workshop.start"],
                env=environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_up(self, seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self._running is not None and self._running.poll() is None, self.log.read_text()
            try:
                if httpx.get(f"http://{self.address}/_stcore/health", timeout=5).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        raise AssertionError(f"not up after {seconds} s:\n{self.log.read_text()}")

    def kill(self) -> None:
        """As when the machine loses it: no goodbye to anybody."""
        if self._running is not None and self._running.poll() is None:
            os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()


class Nginx:
    """The shipped configuration; only ports, the list of processes and a telltale header are ours.

    ``change`` replaces one piece of it by another: what a twin switches off.
    """

    def __init__(
        self, program: str, folder: Path, processes: list[Process], change: tuple[str, str] | None = None
    ) -> None:
        self._program, self.folder = program, folder
        self.port, self.plain_port = free_port(), free_port()
        self.base = f"https://localhost:{self.port}"
        for name in ("body", "proxy", "fastcgi", "uwsgi", "scgi", "logs"):
            (folder / name).mkdir(parents=True)
        # Started as root, its workers are somebody else.
        folder.chmod(0o755)
        text = (SHIPPED / "nginx.conf").read_text()
        if change is not None:
            assert change[0] in text
            text = text.replace(*change)
        text = text.replace("listen 80 ", f"listen 127.0.0.1:{self.plain_port} ")
        text = text.replace("listen 443 ", f"listen 127.0.0.1:{self.port} ")
        temporary = "".join(f"{name}_temp_path {folder / where};\n" for name, where in _TEMPORARY.items())
        text = text.replace("http {\n", f"http {{\n{temporary}", 1)
        text, count = re.subn(r"(proxy_pass http://\w+;)", r"\1\nadd_header X-Served-By $upstream_addr always;", text)
        assert count > 5
        (folder / "nginx.conf").write_text(text)
        (folder / "mime.types").write_text("types { text/html html; }\n")
        shipped = (SHIPPED / "koppelvlak-processes.conf").read_text()
        lines = iter(processes)
        ours = re.sub(r"127\.0\.0\.1:\d+", lambda _found: next(lines).address, shipped)
        (folder / "koppelvlak-processes.conf").write_text(ours)
        make_certificate(folder)
        self._running: subprocess.Popen[bytes] | None = None

    def check(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self._command(), "-t", "-g", f"pid {self.folder / 'nginx.pid'};"], capture_output=True, text=True
        )

    def start(self) -> None:
        with (self.folder / "started.log").open("ab") as log:
            self._running = subprocess.Popen(
                [*self._command(), "-g", f"daemon off; pid {self.folder / 'nginx.pid'};"], stdout=log, stderr=log
            )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            assert self._running.poll() is None, (self.folder / "started.log").read_text()
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError((self.folder / "started.log").read_text())

    def stop(self) -> None:
        if self._running is not None and self._running.poll() is None:
            self._running.terminate()
            try:
                self._running.wait(10)
            except subprocess.TimeoutExpired:
                self._running.kill()
                self._running.wait()

    def trust(self) -> ssl.SSLContext:
        """What a browser needs to believe this certificate, and no other."""
        return ssl.create_default_context(cafile=str(self.folder / "koppelvlak.crt"))

    def written(self) -> str:
        """Everything nginx wrote down."""
        return "".join(path.read_text(errors="replace") for path in self.folder.rglob("*.log"))

    def _command(self) -> list[str]:
        return [
            self._program,
            "-p",
            str(self.folder),
            "-c",
            "nginx.conf",
            "-e",
            str(self.folder / "logs" / "error.log"),
        ]


_TEMPORARY = {"client_body": "body", "proxy": "proxy", "fastcgi": "fastcgi", "uwsgi": "uwsgi", "scgi": "scgi"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_certificate(folder: Path) -> None:
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    words += ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    words += ["-keyout", str(folder / "koppelvlak.key"), "-out", str(folder / "koppelvlak.crt")]
    subprocess.run(words, check=True, capture_output=True)


@contextmanager
def two_behind_one(program: str, database_url: str, folder: Path) -> Iterator[tuple[Nginx, list[Process]]]:
    """Two processes started at the same moment on one database, and nginx before them."""
    processes = [Process(free_port(), database_url, folder) for _ in range(2)]
    nginx = Nginx(program, folder / "nginx", processes)
    try:
        for process in processes:
            process.start()
        for process in processes:
            process.wait_until_up()
        nginx.start()
        yield nginx, processes
    finally:
        nginx.stop()
        for process in processes:
            process.kill()
