"""How many phones are within reach: the streams know, the facilitator must know before a round is stopped.

Which phones is known to nobody; only their number is passed on. Source: issue "an evening with real people", point 7.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workshop.actions.evening.pulse import see_pulse
from workshop.actions.evening.steps import session_for
from workshop.domain.roles import Actor, Role
from workshop.store import Store

_count: Callable[[str], int | None] | None = None


def count_phones_with(count: Callable[[str], int | None] | None) -> None:
    """From now on ``count(session_id)`` tells how many phones are connected; None when nothing is known of them."""
    global _count
    _count = count


@dataclass(frozen=True)
class Reach:
    """``phones`` within reach (None: not known here), and how many that still matter are ``away``."""

    phones: int | None
    away: int


def see_reach(store: Store, actor: Actor, session_id: str) -> Reach:
    """What stopping now would cut off; for a facilitator. A practice has no phones, so nobody is away there."""
    with store.read() as conn:
        _staff, session = session_for(conn, actor, session_id, Role.FACILITATOR)
    phones = _count(session_id) if _count is not None else None
    if phones is None or session.is_practice:
        return Reach(phones, 0)
    pulse = see_pulse(store, session_id)
    return Reach(phones, people_away(pulse.present, pulse.paper + pulse.left, pulse.done, phones))


def people_away(present: int, paper: int, done: int, phones: int) -> int:
    """Phones that are not reached (``paper``: who counts without one).

    No more than there are people who are not done: who sent an answer may sleep.
    """
    return max(0, min(present - paper - phones, present - done))
