"""A session (bijeenkomst), its steps (onderdelen) and the rounds inside a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workshop.domain.evening.moves import SessionState, StepState


@dataclass(frozen=True)
class Session:
    """One evening. ``revision`` rises with every change, ``stage_revision`` when the room is moved.

    ``is_practice``: a proefavond; nothing of it appears in results, exports or later sessions.
    """

    id: str
    wijkplan_id: str
    sprint: int
    title: str
    held_on: date
    place: str
    state: SessionState
    code: str | None
    revision: int
    stage_revision: int
    opened_at: datetime | None
    closed_at: datetime | None
    is_practice: bool = False


@dataclass(frozen=True)
class Step:
    """One werkvorm with its settings on the agenda of a session.

    ``translations`` holds the question in other languages, by language code. ``open_until``: see actions/evening/later.py.
    ``instruction`` is how this group does the werkvorm, in the facilitator's words, beside the general way. ``about``:
    ids of the items that its notes point back to; None: the one item that stands on it, if there is exactly one.
    """

    id: str
    session_id: str
    position: int
    werkvorm: str
    title: str
    minutes: int
    settings: Mapping[str, int]
    is_secret: bool
    state: StepState
    skip_reason: str | None
    started_at: datetime | None
    ended_at: datetime | None
    settled_at: datetime | None
    translations: Mapping[str, str] = field(default_factory=dict)
    open_until: datetime | None = None
    instruction: str = ""
    about: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Round:
    """One asking of a step. ``folding`` maps group ids to the label that may stand on a ballot, as it was at opening.

    ``is_later``: after the evening, of people who were not there; counted apart.
    ``outcome`` is what :meth:`workshop.werkvormen.Werkvorm.outcome` gave at stopping; it may be told only once the
    state is ``SHOWN``. ``left_after_voting``: how many are away and had a complete ballot in it; they stay in the count.
    """

    id: str
    step_id: str
    number: int
    state: StepState
    items: tuple[str, ...]
    folding: Mapping[str, str]
    expected: int | None
    outcome: Mapping[str, Any] | None
    tally_hash: str | None
    opened_at: datetime
    stopped_at: datetime | None
    shown_at: datetime | None
    is_later: bool = False
    left_after_voting: int = 0


def minutes_ahead(steps: list[Step], now: datetime) -> int:
    """How many minutes the evening is ahead of its script; negative is behind.

    Compares when the running step began with the minutes planned before it, and adds what it runs over.
    """
    begun = sorted((s for s in steps if s.started_at is not None), key=lambda s: s.position)
    if not begun:
        return 0
    first, last = begun[0], begun[-1]
    assert first.started_at is not None and last.started_at is not None
    planned = sum(s.minutes for s in begun[:-1])
    taken = (last.started_at - first.started_at).total_seconds() / 60
    used = max(0.0, ((last.ended_at or now) - last.started_at).total_seconds() / 60)
    return round(planned - taken - max(0.0, used - last.minutes))
