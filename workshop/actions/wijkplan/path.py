"""In which order the sprints of a wijkplan are done, as it was chosen; the rules are in ``domain.wijkplan.order``."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.domain.wijkplan.order import EarlyChoice, OrderChoice, order_of
from workshop.store import Conn, sprints


def choices_now(choices: Iterable[OrderChoice]) -> tuple[OrderChoice, ...]:
    """The choices that hold now, of ``choices`` in the order of their versions: the last of each that was not taken back."""
    latest = {(choice.sprint, choice.what): choice for choice in choices}
    return tuple(choice for choice in latest.values() if choice.reason)


def early_choices(choices: Iterable[OrderChoice]) -> dict[int, EarlyChoice]:
    """The sprints that were taken up before their turn, in the order in which that was chosen."""
    chosen = sorted(choices_now(choices), key=lambda c: c.chosen_at)
    return {c.sprint: EarlyChoice(c.how, c.reason) for c in chosen if c.how is not None}


def skipped_sprints(choices: Iterable[OrderChoice]) -> dict[int, str]:
    """The sprints that were left out, with the reason."""
    return {c.sprint: c.reason for c in choices_now(choices) if c.how is None}


def read_order(conn: Conn, wijkplan_id: str) -> tuple[int, ...]:
    """The order of the sprints of a wijkplan, inside an open transaction."""
    return order_of(early_choices(sprints.order_choices(conn, wijkplan_id)))
