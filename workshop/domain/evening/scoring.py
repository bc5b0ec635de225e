"""Small sums the room can follow: median, spread, and who takes part.

A scale is given as the number of people on each step: ``people[0]`` on step 1, ``people[1]`` on step 2 and so on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate


def middle(people: Sequence[int]) -> float | None:
    """The median step; with an even number of people the mean of the two in the middle. None without people."""
    n = sum(people)
    return (_step_of((n - 1) // 2, people) + _step_of(n // 2, people)) / 2 if n else None


def spread(people: Sequence[int]) -> float | None:
    """How far scores lie from their median on average: mean absolute deviation, in points of the scale.

    Formula: ``sum(|score - median|) / n``. On a scale of 1 to 5 it runs from 0 (all the same) to 2 (half 1, half 5).
    Chosen because it can be explained in one sentence in the room; see docs/adr.
    """
    mid = middle(people)
    if mid is None:
        return None
    return sum(n * abs(step - mid) for step, n in enumerate(people, start=1)) / sum(people)


def typical(people: Sequence[int]) -> int | None:
    """The lower median: always a step somebody could have chosen."""
    n = sum(people)
    return _step_of((n - 1) // 2, people) if n else None


def _step_of(place: int, people: Sequence[int]) -> int:
    """The step of one person when all stand in line from low to high; the first in line has place 0."""
    return bisect_right(list(accumulate(people)), place) + 1


def in_order(totals: dict[str, int]) -> list[tuple[int, str, int]]:
    """Keys by falling total with their rank; equal totals share a rank (1, 2, 2, 4).

    Returns:
        ``[(rank, key, total), …]``; within a tie the order of ``totals`` is kept.
    """
    ranked: list[tuple[int, str, int]] = []
    for place, (key, total) in enumerate(sorted(totals.items(), key=lambda pair: -pair[1]), start=1):
        tie = bool(ranked) and ranked[-1][2] == total
        ranked.append((ranked[-1][0] if tie else place, key, total))
    return ranked
