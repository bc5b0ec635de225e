"""The six key factors, looked at in every sprint: a status, a note, an owner; every look is kept.

Source: CCV, *zes sleutelfactoren* (domain paper 1.3); the three statuses and the warning are our reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workshop.locale import _

FACTORS = range(1, 7)


class FactorStatus(StrEnum):
    UNSEEN = "unseen"
    ATTENTION = "attention"
    IN_ORDER = "in_order"


def status_words(status: FactorStatus) -> str:
    return {
        FactorStatus.UNSEEN: _("niet bekeken"),
        FactorStatus.ATTENTION: _("aandacht nodig"),
        FactorStatus.IN_ORDER: _("op orde"),
    }[status]


@dataclass(frozen=True)
class FactorLook:
    """One look at one factor in one sprint. ``looked_by`` is a display name."""

    sprint: int
    factor: int
    status: FactorStatus
    note: str
    owner: str
    looked_at: datetime
    looked_by: str


def strip(looks: Iterable[FactorLook], sprint: int) -> dict[int, FactorLook | None]:
    """The latest look at each of the six factors in one sprint; None while nobody looked."""
    latest: dict[int, FactorLook | None] = dict.fromkeys(FACTORS)
    for look in looks:
        if look.sprint == sprint:
            latest[look.factor] = look
    return latest


def unseen(looks: Iterable[FactorLook], sprint: int) -> tuple[int, ...]:
    """The factors nobody looked at in this sprint, or that were put back to *niet bekeken*."""
    found = strip(looks, sprint)
    return tuple(n for n, look in found.items() if look is None or look.status is FactorStatus.UNSEEN)


def history(looks: Iterable[FactorLook], factor: int) -> tuple[FactorLook, ...]:
    """Every look at one factor over all sprints, oldest first."""
    return tuple(look for look in looks if look.factor == factor)
