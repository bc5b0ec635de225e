"""``python -m workshop.serving run app.py …``: Streamlit's own start command, with a stop that ends well.

At SIGTERM or Ctrl+C nothing new is taken in, every open stream is told to come back (WebSocket code 1012), what was
being done is answered, the writer commits what it took in, and the process ends with status 0. Source: assurance F05.

uvicorn does these things in this order, but sends itself the signal again when all is done, so that the process dies of
it and nothing that belongs to its end happens; and Streamlit lets it wait without end for a line that does not read.
"""

from __future__ import annotations

import functools
import logging
import os
import runpy
import signal
import sys
import threading
from types import FrameType

import uvicorn

log = logging.getLogger(__name__)

LINES_SECONDS = 5
"""How long open lines may take to get their answer. Source: assurance F05; longer than a busy database is waited for."""

END_SECONDS = 12.0
"""After this the process ends whatever still hangs. Lines, writer (``STOP_SECONDS``) and a bit; systemd is told 15."""

HUNG = 1
"""The exit status of a stop that had to be cut short. What was acknowledged is stored in that case too."""


class _Server(uvicorn.Server):
    """uvicorn's server, with an end to its stopping."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if not self.should_exit:
            end = threading.Timer(END_SECONDS, _cut_short)
            end.daemon = True
            end.start()
        super().handle_exit(sig, frame)


def _cut_short() -> None:
    log.error("the stop did not end within %g seconds: cut short", END_SECONDS)
    os._exit(HUNG)


def main() -> None:
    """Serve until stopped; the arguments are those of ``streamlit``."""
    is_serving = False

    def asked_to_stop(_signal: int, _frame: FrameType | None) -> None:
        # uvicorn has its own handlers while it serves, and sends the signal here when it is done.
        if not is_serving:
            sys.exit(0)

    def server(config: uvicorn.Config) -> _Server:
        nonlocal is_serving
        is_serving = True
        return _Server(config)

    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, asked_to_stop)
    # Streamlit makes both from the names in uvicorn, and has no setting of its own for either.
    uvicorn.Config = functools.partial(uvicorn.Config, timeout_graceful_shutdown=LINES_SECONDS)  # type: ignore[misc,assignment]
    uvicorn.Server = server  # type: ignore[misc,assignment]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
