"""In which order the sprints of a wijkplan are done, as it was chosen; the rules are in ``domain.sprint_order``."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.domain.wijkplan.order import Early, EarlyChoice, order_of
from workshop.store import Conn, sprints
from workshop.store.sprints import EARLY, SprintPart


def early_choices(latest: Iterable[SprintPart]) -> dict[int, EarlyChoice]:
    """The sprints that were taken up before their turn, in the order in which that was chosen."""
    found = [p for p in latest if p.part == EARLY and p.content.get("text")]
    return {
        p.sprint: EarlyChoice(Early(p.content["how"]), p.content["text"])
        for p in sorted(found, key=lambda p: p.written_at)
    }


def read_order(conn: Conn, wijkplan_id: str) -> tuple[int, ...]:
    """The order of the sprints of a wijkplan, inside an open transaction."""
    return order_of(early_choices(sprints.latest(sprints.parts(conn, wijkplan_id, part=EARLY))))
