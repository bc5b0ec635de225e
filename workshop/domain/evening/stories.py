"""How an outcome is told: one sentence, a picture, and a table that says the same. Data only; drawing is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.domain.thread.items import Environment, Koppelvlak


@dataclass(frozen=True)
class Table:
    """A table with a caption; every row as long as ``header``. Cells are text or numbers, never markup."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]


@dataclass(frozen=True)
class Bar:
    label: str
    value: float
    note: str = ""
    item_id: str | None = None


@dataclass(frozen=True)
class BarsPicture:
    """What weighs most: horizontal bars, already in order, number at the end."""

    bars: tuple[Bar, ...]
    unit: str


@dataclass(frozen=True)
class GroupRow:
    """How one group stands on a scale: how many people on each step, now and the time before."""

    label: str
    counts: tuple[int, ...]
    before: tuple[int, ...] | None = None


@dataclass(frozen=True)
class GroupsPicture:
    """Where does each group stand: a dot per group on the scale with n; the time before as the start of an arrow."""

    rows: tuple[GroupRow, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class OverlapPicture:
    """What touches what: four fields and six overlaps with counts."""

    per_environment: Mapping[Environment, int]
    per_koppelvlak: Mapping[Koppelvlak, int]


@dataclass(frozen=True)
class FieldPoint:
    """One subject on the 5×5 field. ``votes[i][j]`` is how many people said across ``i+1`` and up ``j+1``."""

    item_id: str
    number: int
    label: str
    votes: tuple[tuple[int, ...], ...]
    median: tuple[float, float] | None
    spread: tuple[float, float] | None
    n: int
    before: tuple[float, float] | None = None


@dataclass(frozen=True)
class FieldPicture:
    """How likely, how bad: every vote a dot, the median a ring, an arrow from the round before."""

    points: tuple[FieldPoint, ...]
    across: tuple[str, ...]
    up: tuple[str, ...]
    across_label: str
    up_label: str


Picture = BarsPicture | GroupsPicture | OverlapPicture | FieldPicture


@dataclass(frozen=True)
class Story:
    """An outcome told in the current language.

    ``lead`` is the one sentence for the wall; ``sentences`` say more; ``tables`` hold the same numbers as the
    ``picture``. ``turnout`` is the line with n, N and paper. ``discuss`` lists what to talk about first and why.
    """

    lead: str
    sentences: tuple[str, ...] = ()
    picture: Picture | None = None
    tables: tuple[Table, ...] = ()
    turnout: str = ""
    discuss: tuple[str, ...] = ()
    formula: str = ""
    scores: Mapping[str, str] = field(default_factory=dict)  # item id -> its score in words, for lists and labels
