"""What the projector shows. The wall is data: one row per session, never the memory of a browser."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class View(StrEnum):
    """One thing the wall can show."""

    DOOR = "door"  # code and QR, large
    STEP = "step"  # the question that is open or about to open, with N of M
    NOTES = "notes"  # the released notes of a step
    OUTCOME = "outcome"  # the shown outcome of a step
    FIGURES = "figures"  # the neighbourhood in figures
    JOINT_TASK = "joint_task"  # the gezamenlijke opgave
    MESSAGE = "message"  # one sentence of the facilitator
    CLOSING = "closing"  # what we heard, what happens with it


@dataclass(frozen=True)
class Stage:
    """The row. ``is_blank`` darkens the wall and loses nothing; ``can_step_back`` tells whether there is an earlier view.

    ``is_large``: bigger letters and less at once, for people who sit far away.
    """

    view: View = View.DOOR
    step_id: str | None = None
    text: str | None = None
    is_blank: bool = False
    can_step_back: bool = False
    is_large: bool = False
