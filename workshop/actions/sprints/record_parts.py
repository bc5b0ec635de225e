"""The parts of a sprint's record inside an open write: what holds now, the next version, one more row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.domain.errors import Refused
from workshop.domain.sprints.rules import MOST_ROWS, checked_content
from workshop.locale import _
from workshop.screening.free_text import check_free_text
from workshop.store import sprints
from workshop.store.sprints import SprintPart
from workshop.store.writing import Write


def part_now(write: Write, wijkplan_id: str, sprint: int, part: str) -> SprintPart | None:
    """The version of a part that holds now; None when nobody wrote it."""
    return sprints.part_now(write.conn, wijkplan_id, sprint, part)


def put_version(write: Write, wijkplan_id: str, sprint: int, part: str, content: dict[str, Any], version: int) -> int:
    """Keep a part as its next version and write that in the journal. Returns the version."""
    sprints.add_part(
        write.conn,
        wijkplan_id=wijkplan_id,
        sprint=sprint,
        part=part,
        version=version,
        content=content,
        written_at=write.now,
        written_by=write.actor,
    )
    write.journal("part.write", wijkplan_id, details={"sprint": sprint, "part": part, "version": version})
    return version


def add_row(
    write: Write, wijkplan_id: str, sprint: int, part: str, row: Mapping[str, Any], *, confirmed: bool = False
) -> int:
    """Put one more row under a part inside an open write; the rows that stand there stay as they are. Returns the version.

    The caller checked who may. For what is taken over from elsewhere by one click, so that nobody types it again.

    Raises:
        WorkshopError: a cell is missing or cannot be, or the part is full.
        PersonalData: a text seems to hold data about a person.
    """

    def clean(text: str, limit: int) -> str:
        return check_free_text(text, confirmed=confirmed, limit=limit, field=part)

    added = checked_content(sprint, part, [row], clean)["rows"]
    now = part_now(write, wijkplan_id, sprint, part)
    rows = [*(now.content["rows"] if now else ()), *added]
    if len(rows) > MOST_ROWS:
        raise Refused(
            _("Hier passen {most} regels en ze zijn vol. Voeg eerst regels samen.").format(most=MOST_ROWS), field=part
        )
    return put_version(write, wijkplan_id, sprint, part, {"rows": rows}, (now.version if now else 0) + 1)
