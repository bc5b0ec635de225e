"""Folding of small groups: the one function through which every screen, wall and export passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: Smallest group that is shown by itself. Source: house ruling 4 (k = 5 everywhere).
K = 5

#: The label under which small groups stand together. Translated only where it is drawn.
OTHERS = "overig"


@dataclass(frozen=True)
class Folding:
    """How labels are shown. ``label_of[x]`` is what ``x`` is called; when ``total_only`` no label may be shown at all."""

    label_of: Mapping[str, str]
    counts: Mapping[str, int]
    folded: tuple[str, ...]
    total_only: bool

    def label(self, group: str | None) -> str:
        """The label that may be shown for ``group``; a group that was not there at folding goes to the others."""
        return self.label_of.get(group or OTHERS, OTHERS)


def fold(counts: Mapping[str, int], *, k: int = K) -> Folding:
    """Fold groups with fewer than ``k`` people into the others.

    When the others together are still fewer than ``k`` they could be computed by subtraction, so then only the
    total may be shown. Groups with nobody in them need no protection and are left out.

    Args:
        counts: people (or ballots) per group label; the label ``overig`` may already be among them.
        k: smallest number shown.
    """
    present = {group: n for group, n in counts.items() if n > 0}
    small = [group for group, n in present.items() if n < k or group == OTHERS]
    label_of = {group: (OTHERS if group in small else group) for group in present}
    folded_counts: dict[str, int] = {}
    for group, n in present.items():
        folded_counts[label_of[group]] = folded_counts.get(label_of[group], 0) + n
    total_only = 0 < folded_counts.get(OTHERS, 0) < k
    return Folding(label_of, folded_counts, tuple(g for g in small if g != OTHERS), total_only)


def labels_to_keep(labels: Iterable[str | None], *, k: int = K) -> dict[str | None, str]:
    """Under which label each of these may be kept with a secret ballot: small groups as others, all of them as others
    when the others would still be fewer than ``k``.
    """
    listed = list(labels)
    folding = fold(count(listed), k=k)
    return {label: OTHERS if folding.total_only else folding.label(label) for label in set(listed)}


def count(labels: Iterable[str | None]) -> dict[str, int]:
    """Count labels; a missing one counts with the others."""
    return add_up((label, 1) for label in labels)


def add_up(people: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    """People per label from pairs of a label and how many; a missing label counts with the others."""
    result: dict[str, int] = {}
    for label, n in people:
        result[label or OTHERS] = result.get(label or OTHERS, 0) + n
    return result
