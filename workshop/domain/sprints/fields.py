"""What a field of a record may hold: a number between bounds, one line, or the id of an item of some kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from workshop.domain.thread.items import ItemKind


@dataclass(frozen=True)
class Between:
    """A whole number from ``low`` to ``high``, both included."""

    low: int
    high: int


@dataclass(frozen=True)
class Refers:
    """The id of an item of one of these kinds."""

    kinds: tuple[ItemKind, ...]


@dataclass(frozen=True)
class Short:
    """One line instead of a paragraph."""


Line = Annotated[str, Short()]


FiveSteps = Annotated[int | None, Between(1, 5)]


AnInitiative = Annotated[str, Refers((ItemKind.INITIATIVE,))]


AnIdea = Annotated[str, Refers((ItemKind.IDEA,))]


AnIntervention = Annotated[str, Refers((ItemKind.INTERVENTION, ItemKind.IDEA))]


AnAction = Annotated[str, Refers((ItemKind.ACTION,))]


#: The parts that stand in every sprint's record and come last.
IN_EVERY_SPRINT = ("links", "structures", "agreements")
