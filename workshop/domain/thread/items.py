"""What the room produces that can live on: an item, its state, and the environments it touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import combinations

from workshop.domain.thread.details import Details


class Environment(StrEnum):
    """The four environments (omgevingen) of the design-led neighbourhood approach.

    Source: CCV, six key factors, factor 4 (domain paper, section 1.4).
    """

    SOCIAL = "social"
    PHYSICAL = "physical"
    INSTITUTIONAL = "institutional"
    CRIMINAL = "criminal"


#: Longest text of an item that staff add, rewrite, translate or merge, in characters (issue 5, bad input). A note from a
#: phone or a card is shorter: what one person says in a few lines, see :class:`workshop.domain.evening.questions.NoteForm`.
LONGEST_TEXT = 2_000

Koppelvlak = tuple[Environment, Environment]

#: The six overlaps of two environments, each pair in the order of the enumeration.
KOPPELVLAKKEN: tuple[Koppelvlak, ...] = tuple(combinations(Environment, 2))


class Tone(StrEnum):
    """Whether a note says that something goes well or not."""

    GOOD = "good"
    BAD = "bad"


class Moment(StrEnum):
    """The time a note speaks of."""

    PAST = "past"
    NOW = "now"
    FUTURE = "future"


class ItemKind(StrEnum):
    """What an item is. The kind decides which werkvorm can take it over."""

    CONDITION = "condition"  # voorwaarde: "wat zou je laten meedoen?"
    INITIATIVE = "initiative"  # eerder initiatief, with its lesson
    CONCLUSION = "conclusion"  # conclusie van de groep
    FINDING = "finding"  # bevinding: a note on the map of environments
    RISK = "risk"  # risico
    PAIN = "pain"  # pijnpunt
    NEED = "need"  # behoefte
    CAUSE = "cause"  # oorzaak
    WISH = "wish"  # wijkwens
    IDEA = "idea"  # idee
    INTERVENTION = "intervention"  # interventie
    ASSUMPTION = "assumption"  # aanname
    FEEDBACK = "feedback"  # terugkoppeling
    ACTION = "action"  # actie
    PARKED = "parked"  # parkeerplaats


class ItemState(StrEnum):
    """Where an item is on its way to the room's eyes.

    Only ``RELEASED`` items may be seen by participants and on the wall; every other state stays with staff.
    """

    WAITING = "waiting"  # sent in, not yet looked at by the facilitator
    RELEASED = "released"
    HIDDEN = "hidden"
    MERGED = "merged"  # lives on in another item
    WITHDRAWN = "withdrawn"  # its writer took it back: a tombstone without text


@dataclass(frozen=True)
class Item:
    """One thing the room made.

    ``text`` is what may be shown (blackened words are already blackened). ``origin`` names the items it came from, nearest first.
    ``group`` is the label that may be shown: folded when the step was secret and the group small.
    """

    id: str
    wijkplan_id: str
    kind: ItemKind
    text: str
    state: ItemState = ItemState.RELEASED
    environments: frozenset[Environment] = frozenset()
    tone: Tone | None = None
    moment: Moment | None = None
    details: Details = field(default_factory=Details)
    group: str | None = None
    source: str = "room"
    sprint: int | None = None
    session_id: str | None = None
    step_id: str | None = None
    round_id: str | None = None
    merged_into: str | None = None
    origin: tuple[str, ...] = ()
    created_at: datetime | None = None
    version: int = 1


def koppelvlakken_of(environments: frozenset[Environment]) -> tuple[Koppelvlak, ...]:
    """The overlaps where an item with these environments appears; empty for fewer than two."""
    return tuple(pair for pair in KOPPELVLAKKEN if set(pair) <= environments)


@dataclass(frozen=True)
class EnvironmentCount:
    """How many items touch each environment and each koppelvlak, and which of the six are empty."""

    per_environment: Mapping[Environment, int]
    per_koppelvlak: Mapping[Koppelvlak, int]
    empty: tuple[Koppelvlak, ...]
    total: int


def count_environments(items: Sequence[Item]) -> EnvironmentCount:
    """Count items per environment and per koppelvlak; an item in two environments counts in both and where they meet."""
    per_environment = {e: sum(e in i.environments for i in items) for e in Environment}
    per_koppelvlak = {pair: sum(set(pair) <= i.environments for i in items) for pair in KOPPELVLAKKEN}
    empty = tuple(pair for pair, n in per_koppelvlak.items() if n == 0)
    return EnvironmentCount(per_environment, per_koppelvlak, empty, len(items))


@dataclass(frozen=True)
class Provenance:
    """Where an item came from, for the label that stands with it on every later screen."""

    item_id: str
    werkvorm: str
    step_title: str
    sprint: int
    held_on: date | None
    score: str | None = None
