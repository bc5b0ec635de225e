"""The presentation clicker: PageDown does the next thing, PageUp steps back. What would stop a vote asks first.

A clicker is pressed by accident, in a pocket or by a child; a stopped round cannot be opened again. So the first press
only says on the screen what a second one within a few seconds will do.
"""

from __future__ import annotations

from workshop.actions.evening.running import PrimaryMove, press_next, step_back
from workshop.locale import _
from workshop.ui.frame.doing import do
from workshop.ui.frame.live import Press
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import Passing, tab

#: Seconds within which a second press counts as yes.
SURE_WITHIN = 10


def press(shell: Shell, session_id: str, what: Press) -> None:
    """One press of the clicker on the wall. The wall says nothing about what cannot be done now; the console does."""
    asked, tab().clicker_asks = tab().clicker_asks, None
    if what == "back":
        do(step_back, shell, session_id, at="wall")
        return
    sure_of = asked.key if asked is not None and asked.seconds_left() else None
    do(press_next, shell, session_id, sure_of=sure_of, at="wall", then=_ask)


def _ask(move: PrimaryMove) -> None:
    if move.asks:
        tab().clicker_asks = Passing.lasting(move.step_id or "", SURE_WITHIN, move.label)


def what_is_asked(step_id: str | None) -> tuple[str, int]:
    """What one more press does to this step, in words, and the seconds it may still come; ("", 0) when not asked."""
    asked = tab().clicker_asks
    left = 0 if asked is None or asked.key != step_id else round(asked.seconds_left())
    return (asking_words(asked.label), left) if asked is not None and left > 0 else ("", 0)


def asking_words(label: str) -> str:
    """What one more press does; ``label`` stands on the button that does the same."""
    return _("Druk nog een keer voor: {button}").format(button=label)
