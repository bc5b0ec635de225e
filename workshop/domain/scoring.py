"""Small sums the room can follow: median, spread, and who takes part."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median_low


def middle(scores: Sequence[int]) -> float | None:
    """The median of scores on a scale; with an even number the mean of the two in the middle. None without scores."""
    if not scores:
        return None
    ordered = sorted(scores)
    half, odd = divmod(len(ordered), 2)
    return float(ordered[half]) if odd else (ordered[half - 1] + ordered[half]) / 2


def spread(scores: Sequence[int]) -> float | None:
    """How far scores lie from their median on average: mean absolute deviation, in points of the scale.

    Formula: ``sum(|score - median|) / n``. On a scale of 1 to 5 it runs from 0 (all the same) to 2 (half 1, half 5).
    Chosen because it can be explained in one sentence in the room; see docs/adr.
    """
    mid = middle(scores)
    return None if mid is None else fmean(abs(score - mid) for score in scores)


def typical(scores: Sequence[int]) -> int | None:
    """The lower median: always a score somebody could have given."""
    return median_low(scores) if scores else None


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
