"""The JSON file for other systems, as types: one definition for writing, for reading and for the published schema.

A contract of its own, apart from how the product keeps or shows things. Within version 1 keys keep their meaning; a key
that is added has a default, so that files of before are read. Kinds of items and activities are open lists: a reader
must expect one it does not know. Moments are UTC, days ISO 8601.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.sprints.approvals import Approval
from workshop.domain.sprints.keyfactors import FactorStatus
from workshop.domain.wijkplan.order import Early

#: Version 1. A key that changes its meaning makes a next version, with a type of its own beside this one.
SCHEMA: Final = "koppelvlak-wijkplan/1"

Number = int | float
Id = Annotated[str, Meta(pattern="^[0-9a-f]{32}$", description="32 hexadecimal characters, the same in every download")]
PerGroup = Annotated[
    dict[str, int], Meta(description="per group; groups of fewer than five people stand together or not at all")
]
Free = dict[str, Any]


class Municipality(Struct, frozen=True):
    code: str
    name: str


class Definition(Struct, frozen=True):
    """The agreed project definition; an empty text is not written yet."""

    ambition: str
    goal: str
    results: str
    outside: str
    influence: str
    commissioner: str
    agreed_on: date | None


class Area(Struct, frozen=True):
    """An area of CBS."""

    code: str
    name: str
    level: str


class Plan(Struct, frozen=True):
    """The wijkplan itself."""

    id: Id
    title: str
    municipality: Municipality
    theme: str | None
    is_demo: bool
    definition: Definition
    areas: tuple[Area, ...]
    partners: tuple[str, ...]
    joint_task: str | None


class JointTask(Struct, frozen=True):
    """One version of the joint task (gezamenlijke opgave)."""

    version: int
    text: str
    written_on: date


class StoryTable(Struct, frozen=True):
    """A table as it was shown."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | Number | None, ...], ...]


class Round(Struct, frozen=True):
    """A round whose outcome was shown."""

    id: Id
    number: int
    shown_on: date
    ballots: int
    complete: int
    on_paper: int
    present: int | None
    turnout: PerGroup
    outcome: Annotated[
        Free,
        Meta(
            description="as the activity counted it; with is_closed a secret round of fewer than five ballots, of which "
            "only the numbers of ballots are told"
        ),
    ]
    told: Annotated[tuple[str, ...], Meta(description="the outcome in sentences, in the language of the download")]
    tables: tuple[StoryTable, ...]


class Step(Struct, frozen=True):
    """One activity on the agenda of an evening."""

    id: Id
    position: int
    werkvorm: Annotated[str, Meta(description="key of the activity")]
    title: str
    minutes: int
    state: StepState
    is_secret: bool
    skip_reason: str
    rounds: tuple[Round, ...]


class Session(Struct, frozen=True):
    """An evening."""

    id: Id
    sprint: int
    title: str
    held_on: date
    place: str
    state: SessionState
    participants: int
    participants_per_group: PerGroup
    steps: tuple[Step, ...]


class Decided(Struct, frozen=True):
    """What one sprint decided last about an item."""

    sprint: int
    goes_on: bool
    reason: str
    score: str


class Item(Struct, frozen=True):
    """Something the room or the desk brought in; goes_on, reason and score are what was decided last."""

    id: Id
    kind: str
    text: str
    environments: tuple[str, ...]
    tone: str | None
    moment: str | None
    lesson: str
    group: str | None
    source: Annotated[str, Meta(description="room, paper or desk")]
    sprint: int | None
    session_id: Id | None
    step_id: Id | None
    made_on: date | None
    origin: Annotated[tuple[str, ...], Meta(description="ids of the items it came from")]
    came_from: Annotated[str, Meta(description="the same in words")]
    fields: Annotated[Free, Meta(description="what was filled in beside the text")]
    basis: Annotated[Free | None, Meta(description="the figure (sort figure) or report (sort report) it rests on")]
    goes_on: bool | None
    reason: str
    score: str
    decided: tuple[Decided, ...]


class SprintPart(Struct, frozen=True):
    """A part of what was written at the desk, as it stands now; sprint 0 is the check before the start."""

    sprint: int
    part: str
    version: int
    content: Annotated[Free, Meta(description="text, or rows of cells")]
    written_on: date


class LeftOut(Struct, frozen=True):
    """A sprint that was left out, and why."""

    sprint: int
    reason: str


class TakenUpEarly(Struct, frozen=True):
    """A sprint that was worked on, or done, before its turn, and why."""

    sprint: int
    how: Early
    reason: str


class KeyFactor(Struct, frozen=True):
    """One look at a key factor (1 to 6)."""

    sprint: int
    factor: int
    status: FactorStatus
    note: str
    owner: str
    looked_on: date


class ApprovalAsked(Struct, frozen=True):
    """A request for approval of a version of the brief, with the answer when there is one; no names."""

    sprint: int
    version: int
    organisation: str
    is_important: bool
    decision: Approval | None
    role: str
    remark: str
    decided_on: date | None


class Result(Struct, frozen=True):
    """A recorded version of a sprint's result."""

    sprint: int
    version: int
    digest: Annotated[str, Meta(description="SHA-256")]
    is_stale: bool
    fixed_on: date
    fixed_by: str
    record: Free


class Reference(Struct, frozen=True):
    """The same figure for a larger area."""

    level: str
    name: str
    value: Number | None


class PublishedFigure(Struct, frozen=True):
    """A published figure; value is null when it is unknown or withheld."""

    indicator: str
    label: str
    environment: str | None
    area_code: str
    area_name: str
    level: str
    period: str
    value: Number | None
    unit: str
    is_small_count: bool
    reference: tuple[Reference, ...]
    source: str
    table: str
    licence: str
    note: str


class WijkplanFile(Struct, frozen=True):
    """Everything about one wijkplan as of one moment: what was shown, decided, written and recorded."""

    schema: Literal["koppelvlak-wijkplan/1"]
    as_of: Annotated[datetime, Meta(tz=True)]
    wijkplan: Plan
    joint_tasks: tuple[JointTask, ...]
    sessions: tuple[Session, ...]
    items: tuple[Item, ...]
    sprint_parts: tuple[SprintPart, ...]
    sprints_left_out: tuple[LeftOut, ...]
    sprints_taken_up_early: tuple[TakenUpEarly, ...]
    key_factors: tuple[KeyFactor, ...]
    approvals: tuple[ApprovalAsked, ...]
    results: tuple[Result, ...]
    figures: tuple[PublishedFigure, ...]
    attributions: Annotated[tuple[str, ...], Meta(description="whose figures these are")]
