"""How the interpreter runs in a process that serves a full hall: when it looks for garbage, and how threads take turns."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable

_TURN_SECONDS = 0.001
"""How long a thread goes on while another waits (Python: 0.005). The writer gives way at every statement, so with long
turns the votes of a full hall wait for requests that come after them.
"""

LOOK_SECONDS = 0.25
"""How often it is asked whether this is a moment to look for garbage."""

CALM_SECONDS = 0.3
"""So long nobody voted: a look now keeps nobody waiting."""

ENOUGH = 5_000
"""New objects for which a look is worth it."""

TOO_MANY = 100_000
"""New objects after which there is a look even in the middle of a vote: about 50 ms, in which nobody gets an answer."""

_EVERYTHING = 10
"""After so many times ``TOO_MANY`` everything that ever stayed is looked through, too."""


def keep_pace() -> None:
    """Called once, when everything is imported: what is there now stays, so it is never looked through again.

    Measured: a look through all of Streamlit's modules takes 0.1 s, in which nobody gets an answer.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(_TURN_SECONDS)


async def clean_when_calm(calm_seconds: Callable[[], float]) -> None:
    """Look for garbage between the votes instead of when so many objects were made, until cancelled.

    A hall that comes in or votes makes objects that all stay until its answers have left, so Python's own moment is in
    the middle of it: 5 to 12 ms, twice a second. Nearly all garbage goes by itself; only what holds on to itself waits for
    this. ``calm_seconds()``: for how long nobody has voted.
    """
    gc.disable()
    seen = 0
    try:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            new, is_calm = gc.get_count()[0], calm_seconds() >= CALM_SECONDS
            if (is_calm and new > ENOUGH) or new > TOO_MANY:
                seen += new
                is_all = seen > TOO_MANY * (1 if is_calm else _EVERYTHING)
                gc.collect(2 if is_all else 0)
                seen = 0 if is_all else seen
    finally:
        gc.enable()
