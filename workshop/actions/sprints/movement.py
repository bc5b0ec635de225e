"""How people moved on a scale over all its measurements: the slide and commitment, for everybody and per group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workshop.actions.sprints.material import Snapshot
from workshop.domain.evening.ballots import is_closed
from workshop.domain.words import group_name
from workshop.werkvormen.commitment import stance_words
from workshop.werkvormen.slide import slide_words


@dataclass(frozen=True)
class Measured:
    """One shown measurement: how many people on each step, for everybody and per group as it may be shown."""

    held_on: date
    sprint: int
    number: int  # of the round
    everybody: tuple[int, ...]
    groups: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Movement:
    """All measurements of one scale, oldest first; often partly other people."""

    words: tuple[str, ...]
    measured: tuple[Measured, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """Every group that was ever measured, in order of the alphabet."""
        return tuple(sorted({group for each in self.measured for group in each.groups}))


def slide_movement(snapshot: Snapshot) -> Movement:
    """*De glijbaan* over all its measurements (domain paper 1.2)."""
    return Movement(slide_words(), tuple(_measurements(snapshot, "slide", "places")))


def commitment_movement(snapshot: Snapshot) -> Movement:
    """Commitment, key factor 1, over all its measurements."""
    return Movement(stance_words(), tuple(_measurements(snapshot, "commitment", "stance")))


def _measurements(snapshot: Snapshot, werkvorm: str, key: str) -> Iterable[Measured]:
    for session in sorted(snapshot.sessions, key=lambda s: (s.held_on, s.sprint)):
        for step in session.steps:
            if step.werkvorm != werkvorm:
                continue
            for shown in step.rounds:
                if is_closed(shown.outcome):
                    continue
                groups = shown.outcome.get(f"{key}_per_group", {}) if shown.groups else {}
                yield Measured(
                    held_on=session.held_on,
                    sprint=session.sprint,
                    number=shown.number,
                    everybody=tuple(shown.outcome[key]),
                    groups={group_name(label): tuple(counts) for label, counts in groups.items()},
                )
