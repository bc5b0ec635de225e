"""Starting, killing and restarting the real program for the tests."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import warnings
from pathlib import Path

from workshop import address

ROOT = Path(__file__).resolve().parents[2]
_OWN_SETTINGS = ("HOST", "PORT", "DATABASE_URL", "KOPPELVLAK_VAR", "KOPPELVLAK_ADDRESS")


def own_address() -> str:
    """An address of this machine that is not loopback, so that cookies and origins are those of a hall."""
    found = address.own_address()
    if found is None:
        warnings.warn("this machine has no network: the run is over loopback", stacklevel=2)
        return "127.0.0.1"
    return found


class AppServer:
    """`python -m workshop.start` in a process of its own; ``folder`` holds the database and the log.

    ``url`` is scheme, host and port as phones in the hall use them. The port and the database outlive a restart.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "log.txt"
        with socket.socket() as free:
            free.bind(("", 0))
            self.port = int(free.getsockname()[1])
        self.host = own_address()
        self.url = f"http://{self.host}:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        environment = {name: value for name, value in os.environ.items() if name not in _OWN_SETTINGS}
        environment |= {"PORT": str(self.port), "KOPPELVLAK_VAR": str(self.folder), "PYTHONUNBUFFERED": "1"}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "workshop.start"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for _attempt in range(600):
            try:
                opener.open(f"{self.url}/_stcore/health", timeout=1).close()
                return
            except OSError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.1)
        raise AssertionError(f"the program did not start:\n{self.said()}")

    def said(self) -> str:
        """Everything the program printed so far."""
        return self.log.read_text(errors="replace")

    def set_up_link(self) -> str:
        """The link of the console that makes the first administrator, on the address of the hall."""
        found = re.findall(r"http://\S+(/begin/\S+)", self.said())
        assert found, self.said()
        return self.url + str(found[-1])

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the process and wait until it is gone; by default without a warning, as a power cut would."""
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait(30)
        self._process = None

    def restart(self) -> None:
        """Start again on the same port and database."""
        self.start()

    def stop(self) -> None:
        """End it politely, if it still runs."""
        if self._process is not None:
            self.kill(signal.SIGTERM)
