"""How the interpreter runs in a process that serves a full hall: when it looks for garbage, and how threads take turns."""

from __future__ import annotations

import gc
import sys

_YOUNG = 20_000
"""Objects made before the youngest are looked through (Python: 700). A thousand votes at one instant make fifty thousand
that all live until their answer has left, and each look finds them alive.
"""

_TURN_SECONDS = 0.001
"""How long a thread goes on while another waits (Python: 0.005). The writer gives way at every statement, so with long
turns the votes of a full hall wait for requests that come after them.
"""


def keep_pace() -> None:
    """Called once, when everything is imported: what is there now stays, so it is never looked through again.

    Measured: a look through all of Streamlit's modules takes 0.1 s, in which nobody gets an answer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 20)
    sys.setswitchinterval(_TURN_SECONDS)
