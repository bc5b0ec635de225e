"""Everything a download or the policy desk may hold, read at one moment: plain values, nothing that is still blind.

``seeing.see_snapshot`` fills it from one read transaction. Nothing in here points at a person: texts carry a day and
never a time, groups are folded, and a round is only here once its outcome was shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workshop.domain.items import Environment, ItemKind, Moment, Tone
from workshop.domain.stories import Story


@dataclass(frozen=True)
class SnapshotArea:
    """A chosen area: CBS code, name and level (``gemeente``, ``wijk`` or ``buurt``)."""

    code: str
    name: str
    level: str


@dataclass(frozen=True)
class SnapshotTask:
    """One version of the joint task (gezamenlijke opgave)."""

    version: int
    text: str
    written_on: date


@dataclass(frozen=True)
class SnapshotRound:
    """A round whose outcome was shown.

    ``n`` ballots, ``paper`` of them on paper, of ``expected`` people (None when not known). ``turnout`` holds how many
    per group, as folded: it may be empty when only the total can be shown. ``outcome`` is what the werkvorm counted.
    """

    id: str
    number: int
    shown_on: date | None
    n: int
    paper: int
    expected: int | None
    turnout: Mapping[str, int]
    outcome: Mapping[str, Any]
    story: Story


@dataclass(frozen=True)
class SnapshotStep:
    """A step of a session's script with the rounds that were shown, oldest first."""

    id: str
    position: int
    werkvorm: str
    werkvorm_title: str
    title: str
    minutes: int
    state: str
    is_secret: bool
    skip_reason: str
    rounds: tuple[SnapshotRound, ...] = ()


@dataclass(frozen=True)
class SnapshotSession:
    """An evening. ``participants`` is how many people took part."""

    id: str
    sprint: int
    title: str
    held_on: date
    place: str
    state: str
    participants: int
    steps: tuple[SnapshotStep, ...] = ()


@dataclass(frozen=True)
class SnapshotItem:
    """A released item. ``came_from`` says in words where it came from, one line per origin.

    ``goes_on`` is the last decision: True, False (then with a ``reason``), or None when nothing was decided yet.
    """

    id: str
    kind: ItemKind
    text: str
    environments: frozenset[Environment]
    tone: Tone | None
    moment: Moment | None
    details: Mapping[str, Any]
    group: str | None
    source: str
    sprint: int | None
    session_id: str | None
    step_id: str | None
    made_on: date
    origin: tuple[str, ...]
    came_from: tuple[str, ...]
    goes_on: bool | None
    reason: str
    score: str


@dataclass(frozen=True)
class SnapshotResult:
    """A recorded sprint result (vastgelegd). ``digest`` is the SHA-256 of ``record``."""

    sprint: int
    version: int
    digest: str
    is_stale: bool
    fixed_at: datetime
    fixed_by: str
    record: Mapping[str, Any]


@dataclass(frozen=True)
class Snapshot:
    """One wijkplan at ``as_of``. Joint tasks and results run from old to new, sessions by date, items by kind."""

    as_of: datetime
    wijkplan_id: str
    title: str
    municipality_code: str
    municipality_name: str
    theme: str | None
    definition: Mapping[str, Any]
    is_demo: bool
    areas: tuple[SnapshotArea, ...] = ()
    partners: tuple[str, ...] = ()
    joint_tasks: tuple[SnapshotTask, ...] = ()
    sessions: tuple[SnapshotSession, ...] = ()
    items: tuple[SnapshotItem, ...] = ()
    results: tuple[SnapshotResult, ...] = ()

    @property
    def joint_task(self) -> str | None:
        """The joint task as it stands now, or None when the group has not written one yet."""
        return self.joint_tasks[-1].text if self.joint_tasks else None
