"""In which order the sprints of a wijkplan are done, as it was chosen; the rules are in ``domain.sprint_order``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workshop.domain.wijkplan.order import Early, EarlyChoice, order_of
from workshop.store import Conn, sprints
from workshop.store.sprints import EARLY, SKIPPED, SprintPart


@dataclass(frozen=True)
class OrderChoice:
    """A sprint that was left out (``how`` is None) or taken up before its turn; a choice has versions as a part has."""

    sprint: int
    version: int
    how: Early | None
    reason: str


def early_choices(latest: Iterable[SprintPart]) -> dict[int, EarlyChoice]:
    """The sprints that were taken up before their turn, in the order in which that was chosen."""
    found = [p for p in latest if p.part == EARLY and p.content.get("text")]
    return {
        p.sprint: EarlyChoice(Early(p.content["how"]), p.content["text"])
        for p in sorted(found, key=lambda p: p.written_at)
    }


def order_choices(latest: Iterable[SprintPart]) -> tuple[OrderChoice, ...]:
    """What was chosen about the order: what was left out by sprint, then what was taken up early by sprint."""
    chosen = sorted((p for p in latest if p.content.get("text")), key=lambda p: p.sprint)
    return (
        *(OrderChoice(p.sprint, p.version, None, p.content["text"]) for p in chosen if p.part == SKIPPED),
        *(
            OrderChoice(p.sprint, p.version, Early(p.content["how"]), p.content["text"])
            for p in chosen
            if p.part == EARLY
        ),
    )


def skipped_sprints(latest: Iterable[SprintPart]) -> dict[int, str]:
    """The sprints that were left out, with the reason."""
    return {p.sprint: p.content["text"] for p in latest if p.part == SKIPPED and p.content.get("text")}


def read_order(conn: Conn, wijkplan_id: str) -> tuple[int, ...]:
    """The order of the sprints of a wijkplan, inside an open transaction."""
    return order_of(early_choices(sprints.latest(sprints.parts(conn, wijkplan_id, part=EARLY))))
