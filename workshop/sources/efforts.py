"""Pairs of running efforts that somebody should look at: perhaps the same, perhaps against each other.

A pair is proposed for what can be seen in the words: the same place, theme or target group, texts that are alike (the
clustering of notes), or one text that undoes what the other does. Whether it is so, a person says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from workshop.domain.sprints.records import RunningEffort
from workshop.sources.clustering import suggest_clusters, words_of


class Why(StrEnum):
    """What makes a pair worth a look."""

    SAME_PLACE_AND_THEME = "same_place_and_theme"
    SAME_THEME_AND_GROUP = "same_theme_and_group"
    ALIKE = "alike"
    OPPOSITE = "opposite"


@dataclass(frozen=True)
class Pair:
    """Two efforts by their place in the list, the first one first, and why they are proposed."""

    first: int
    second: int
    why: tuple[Why, ...]

    @property
    def may_clash(self) -> bool:
        return Why.OPPOSITE in self.why


#: Words of which one undoes the other; every word counts in the forms people write. [our list]
_UNDOES: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("weghalen weg verwijderen verwijdert haalt", "plaatsen plaatst neerzetten bijplaatsen bij ophangen"),
        ("sluiten sluit dicht dichtdoen afsluiten", "openen opent open langer openstellen"),
        ("verbieden verbiedt verbod verboden", "toestaan mag mogen uitnodigen stimuleren"),
        ("minder verminderen weren weert ontmoedigen", "meer uitbreiden aantrekken lokken stimuleren"),
        ("wegsturen verjagen", "uitnodigen ontvangen verwelkomen"),
        ("donker doven uitzetten dimmen", "verlichten verlichting licht lantaarns"),
    )
)


def suggest_pairs(efforts: Sequence[RunningEffort]) -> list[Pair]:
    """Pairs of efforts of different partners that seem to be double or against each other.

    Left out is what somebody already judged: when one names the other under double, clash or apart (see
    :func:`effort_name`).

    Returns:
        what may clash first, then by most reasons, then by place in the list.
    """
    alike = _alike(efforts)
    found = []
    for (first, one), (second, other) in combinations(enumerate(efforts), 2):
        if _flat(one.partner) == _flat(other.partner) or _is_judged(one, other):
            continue
        same = {
            name: bool(_flat(getattr(one, name))) and _flat(getattr(one, name)) == _flat(getattr(other, name))
            for name in ("place", "theme", "target_group")
        }
        meets = same["place"] or same["theme"] or same["target_group"]
        why = (
            *([Why.OPPOSITE] if meets and _undoes(one.effort, other.effort) else []),
            *([Why.SAME_PLACE_AND_THEME] if same["place"] and same["theme"] else []),
            *([Why.SAME_THEME_AND_GROUP] if same["theme"] and same["target_group"] else []),
            *([Why.ALIKE] if (first, second) in alike else []),
        )
        if why:
            found.append(Pair(first, second, why))
    return sorted(found, key=lambda pair: (not pair.may_clash, -len(pair.why), pair.first, pair.second))


def effort_name(effort: RunningEffort) -> str:
    """How one effort names another: the partner and what it does, short enough for a list."""
    told = " ".join(effort.effort.split())
    return f"{effort.partner}: {told if len(told) <= 60 else told[:59] + '…'}"


def _is_judged(one: RunningEffort, other: RunningEffort) -> bool:
    return any(
        effort_name(there) in getattr(here, column)
        for here, there in ((one, other), (other, one))
        for column in ("doubles_with", "clashes_with", "apart_from")
    )


def _alike(efforts: Sequence[RunningEffort]) -> set[tuple[int, int]]:
    clusters = suggest_clusters([effort.effort for effort in efforts])
    return {pair for cluster in clusters for pair in combinations(cluster.members, 2)}


def _undoes(one: str, other: str) -> bool:
    a, b = set(words_of(one)), set(words_of(other))
    # A word that both say is about the same thing, not against it.
    return any(((a - b) & x and (b - a) & y) or ((a - b) & y and (b - a) & x) for x, y in _UNDOES)


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()
