"""What phones, wall, console and stream show: plain read models, each from one consistent read, nothing blind."""

from workshop.actions.evening.console_view import ConsoleStep, ConsoleView, see_console
from workshop.actions.evening.pulse import Pulse, see_pulse, see_tally
from workshop.actions.evening.room_view import (
    CarriedItem,
    Mode,
    OwnBallot,
    RoomStep,
    RoomView,
    see_room,
    see_room_shared,
)
from workshop.actions.evening.session_plans import PlannedStep, SessionPlan, SessionRow, see_session, see_sessions
from workshop.actions.evening.wall_view import WallView, see_wall
from workshop.actions.sprints.material import Snapshot, see_snapshot

__all__ = [
    "CarriedItem", "ConsoleStep", "ConsoleView", "Mode", "OwnBallot", "PlannedStep", "Pulse", "RoomStep", "RoomView",
    "SessionPlan", "SessionRow", "Snapshot", "WallView", "see_console", "see_pulse", "see_room", "see_room_shared",
    "see_session", "see_sessions", "see_snapshot", "see_tally", "see_wall",
]  # fmt: skip
