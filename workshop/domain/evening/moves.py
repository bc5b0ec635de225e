"""The tables of allowed moves. Whatever is not in a table is refused; dead states stay readable for old data."""

from __future__ import annotations

from enum import StrEnum

from workshop.domain.errors import WorkshopError
from workshop.locale import _


class SessionState(StrEnum):
    """A session (bijeenkomst) is prepared, the room is open, or the evening is over."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class StepState(StrEnum):
    """A step (onderdeel) on the agenda. Rounds inside it follow the same words."""

    PREPARED = "prepared"
    OPEN = "open"
    STOPPED = "stopped"
    SHOWN = "shown"
    SKIPPED = "skipped"


class Move(StrEnum):
    """What a facilitator can do to a step."""

    OPEN = "open"
    STOP = "stop"
    SHOW = "show"
    AGAIN = "again"
    SKIP = "skip"
    RESTORE = "restore"


STEP_MOVES: dict[tuple[StepState, Move], StepState] = {
    (StepState.PREPARED, Move.OPEN): StepState.OPEN,
    (StepState.PREPARED, Move.SKIP): StepState.SKIPPED,
    (StepState.SKIPPED, Move.RESTORE): StepState.PREPARED,
    (StepState.OPEN, Move.STOP): StepState.STOPPED,
    (StepState.STOPPED, Move.SHOW): StepState.SHOWN,
    (StepState.STOPPED, Move.AGAIN): StepState.OPEN,
    (StepState.SHOWN, Move.AGAIN): StepState.OPEN,
}

SESSION_MOVES: dict[tuple[SessionState, str], SessionState] = {
    (SessionState.PLANNED, "open"): SessionState.OPEN,
    (SessionState.OPEN, "close"): SessionState.CLOSED,
    (SessionState.CLOSED, "open"): SessionState.OPEN,
}


def next_step_state(state: StepState, move: Move) -> StepState:
    """The state after ``move``.

    Raises:
        WorkshopError: the move is not allowed from ``state`` (somebody else was faster, or the screen was old).
    """
    try:
        return STEP_MOVES[state, move]
    except KeyError:
        raise WorkshopError(
            _("Dat kan nu niet: dit onderdeel is al verder. Kijk wat er nu op het scherm staat.")
        ) from None


def possible_moves(state: StepState) -> tuple[Move, ...]:
    """The moves that make sense from ``state``, in the order of the table."""
    return tuple(move for (at, move) in STEP_MOVES if at is state)
