"""In which order the sprints may be done: which may come early, how early, and why.

The chain rule stands (every result is the input of the next sprint; CCV): a sprint may be opened for preparation early,
its result is not fixed before the previous one is fixed or left out ("Gate rules", domain paper 1.1, our reading). Two
sprints may change places, because the ontwerpbrief hands over inventing, testing and developing as one task and what
exists already may be widened (CCV, domain paper 1 and 1.1): what runs already can be tried before it is worked out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workshop.locale import _

#: The seven sprints of the method, by number.
SPRINTS = range(1, 8)


class Mark(StrEnum):
    """Where a name or a way of working comes from (domain paper, section 0)."""

    OFFICIAL = "official"  # so named by the CCV
    HEADING = "heading"  # a heading in the CCV's text, not known as a title
    SOURCED = "sourced"  # described by the CCV, restated in our words
    WORKING_TITLE = "working_title"  # ours, as long as the official title is not known here
    OURS = "ours"  # our reading


class Early(StrEnum):
    """How a sprint comes before its turn."""

    PREPARE = "prepare"  # sessions, items and parts already; its result is fixed in its turn
    CHANGE_PLACES = "change_places"  # done and fixed before the sprint that stands before it


@dataclass(frozen=True)
class EarlyRule:
    """What is allowed for one sprint, and whose reading that is."""

    ways: tuple[Early, ...]
    mark: Mark


#: Per sprint how it may come early. The first never can, and the hard gate (the approved ontwerpbrief) never moves.
MAY_COME_EARLY: Mapping[int, EarlyRule] = {
    1: EarlyRule((), Mark.OURS),
    2: EarlyRule((Early.PREPARE,), Mark.OURS),
    3: EarlyRule((Early.PREPARE,), Mark.OURS),
    4: EarlyRule((Early.PREPARE,), Mark.OURS),
    5: EarlyRule((Early.PREPARE,), Mark.OURS),
    6: EarlyRule((Early.PREPARE, Early.CHANGE_PLACES), Mark.OURS),
    7: EarlyRule((Early.PREPARE,), Mark.OURS),
}


@dataclass(frozen=True)
class EarlyChoice:
    """A sprint that was taken up before its turn, with the reason."""

    how: Early
    reason: str


class OrderChange(StrEnum):
    """What can be chosen about one sprint of the order."""

    SKIPPED = "skipped"
    EARLY = "early"


@dataclass(frozen=True)
class OrderChoice:
    """One choice about the order of the sprints, as it was made then; an empty ``reason`` took it back.

    Choices about the same sprint and the same change have versions from 1. ``chosen_by`` is a display name.
    """

    sprint: int
    how: Early | None  # None: left out
    reason: str
    version: int
    chosen_at: datetime
    chosen_by: str

    @property
    def what(self) -> OrderChange:
        """Whether it is about leaving the sprint out or about taking it up early."""
        return OrderChange.SKIPPED if self.how is None else OrderChange.EARLY


def way_words(how: Early, before: int) -> str:
    """What somebody chooses; ``before`` is the sprint that stands before it."""
    return {
        Early.PREPARE: _("Alvast voorbereiden. Vastleggen kan pas na sprint {n}.").format(n=before),
        Early.CHANGE_PLACES: _("Omwisselen met sprint {n}. Dan mag je deze eerst vastleggen.").format(n=before),
    }[how]


def early_words(how: Early, before: int) -> str:
    """The same on the path, short."""
    return {
        Early.PREPARE: _("alvast voorbereid"),
        Early.CHANGE_PLACES: _("omgewisseld met sprint {n}").format(n=before),
    }[how]


def order_of(early: Mapping[int, EarlyChoice]) -> tuple[int, ...]:
    """The seven sprints in the order in which their results build on each other."""
    order = list(range(1, 8))
    for sprint, choice in early.items():
        if choice.how is Early.CHANGE_PLACES:
            at = order.index(sprint)
            order[at - 1], order[at] = order[at], order[at - 1]
    return tuple(order)


def before_it(sprint: int, order: Sequence[int], skipped: Collection[int]) -> int:
    """The sprint whose result this one builds on: the nearest before it that was not left out; 0 for none."""
    return next((n for n in reversed(order[: order.index(sprint)]) if n not in skipped), 0)
