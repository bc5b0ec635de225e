"""Under which address phones in the hall reach this program."""

from __future__ import annotations

import os
import socket
import subprocess
from functools import lru_cache
from urllib.parse import urlsplit


@lru_cache(maxsize=1)
def own_address() -> str | None:
    """The address under which other devices in the hall reach this machine, or None without a network. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket only asks which way it would go; 192.0.2.1 leads nowhere (RFC 5737).
            probe.connect(("192.0.2.1", 9))
            found = str(probe.getsockname()[0])
            if not found.startswith("127.") and found != "0.0.0.0":  # noqa: S104
                return found
        except OSError:
            pass
    return _first_of_hostname()


def _first_of_hostname() -> str | None:
    try:
        answer = subprocess.run(["hostname", "-I"], capture_output=True, text=True, timeout=2, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return next((word for word in answer.split() if "." in word and not word.startswith("127.")), None)


def public_origin(seen: str) -> str:
    """Scheme, host and port that phones can reach: ``KOPPELVLAK_ADDRESS`` when set, else the address of this page.

    A page opened as ``localhost`` leads no phone anywhere, so then this machine's own address in the network is used.
    """
    named = os.environ.get("KOPPELVLAK_ADDRESS", "").strip().rstrip("/")
    if named:
        return named
    parts = urlsplit(seen)
    try:
        host, port = parts.hostname or "localhost", f":{parts.port}" if parts.port else ""
    except ValueError:
        host, port = "localhost", ""  # a Host header nobody's browser sends
    if host in ("localhost", "127.0.0.1", "::1"):
        host = own_address() or host
    return f"{parts.scheme or 'http'}://{f'[{host}]' if ':' in host else host}{port}"


def without_scheme(origin: str) -> str:
    """The address as people type it."""
    return origin.removeprefix("https://").removeprefix("http://")
