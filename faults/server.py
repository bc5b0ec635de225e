"""The real program as a process of its own: started, killed, stopped, limited; and an evening in its database."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from workshop.opening import ROOT


def free_port() -> int:
    """A port of ours that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """``python -m workshop.start`` on a database, with its own data folder and log."""

    def __init__(
        self, url: str, folder: Path, *, port: int | None = None, env: Mapping[str, str] | None = None,
        before: Sequence[str] = (), without: str = "",
    ) -> None:  # fmt: skip
        """``before``: a program that runs ours, such as prlimit. ``without``: see :mod:`faults.unprotected`."""
        self.url, self.folder, self.port = url, folder, port or free_port()
        self._env = {
            **os.environ, "DATABASE_URL": url, "HOST": "127.0.0.1", "PORT": str(self.port),
            "KOPPELVLAK_VAR": str(folder / "var"), **(env or {}),
        }  # fmt: skip
        self.without = without
        ours = ["-m", "faults.unprotected", without, str(self.port)] if without else ["-m", "workshop.start"]
        self._command = [*before, sys.executable, *ours]
        self.log = folder / f"server-{self.port}.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self, *, seconds: float = 40) -> float:
        """Start and wait until the door answers; returns the seconds that took."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, env=self._env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - began > seconds:
                raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)
        return time.monotonic() - began

    def answers(self) -> bool:
        """Whether the door for phones opens."""
        line = http.client.HTTPConnection(self.address, timeout=2)
        try:
            line.request("GET", "/")
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()

    @property
    def memory(self) -> int:
        """Resident memory in bytes."""
        assert self.process
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        return 0

    @property
    def bytes_written(self) -> int:
        """Bytes for the disk so far, as the kernel counts them."""
        assert self.process
        found = dict(line.split(": ") for line in Path(f"/proc/{self.process.pid}/io").read_text().splitlines())
        return int(found["write_bytes"])

    @property
    def cpu(self) -> float:
        """Seconds of CPU used so far."""
        assert self.process
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """kill -9."""
        assert self.process
        self.process.kill()
        self.process.wait(10)

    def stop(self, how: signal.Signals = signal.SIGTERM, *, seconds: float = 30) -> tuple[int, float]:
        """Ask it to stop; returns the exit status and the seconds it took.

        Raises:
            subprocess.TimeoutExpired: it still runs after ``seconds``.
        """
        assert self.process
        began = time.monotonic()
        self.process.send_signal(how)
        status = self.process.wait(seconds)
        return status, time.monotonic() - began

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_what: object) -> None:
        if self.is_running:
            self.kill()

    @property
    def traces(self) -> int:
        """How many Python traces stand in the log."""
        return self.log.read_text(errors="replace").count("Traceback (most recent call last)")
