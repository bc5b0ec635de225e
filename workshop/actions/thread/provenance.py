"""Where an item arose, as a label: step, sprint, date, and the score of the decision that sent it on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol

from workshop.domain.thread.items import Item, Provenance
from workshop.locale import _, format_date
from workshop.store import Conn, evenings, items
from workshop.store.items import Decided


class Meeting(Protocol):
    """What the thread knows of a session (bijeenkomst)."""

    @property
    def id(self) -> str: ...
    @property
    def held_on(self) -> date: ...
    @property
    def is_practice(self) -> bool: ...


class Part(Protocol):
    """What the thread knows of a step (onderdeel)."""

    @property
    def id(self) -> str: ...
    @property
    def werkvorm(self) -> str: ...
    @property
    def title(self) -> str: ...


def provenances(conn: Conn, found: Collection[Item]) -> dict[str, Provenance]:
    """Where each item arose: step, sprint and date, with the score of the decision that sent it on; three statements
    for the items of one wijkplan, however many.
    """
    steps = evenings.steps_by_id(conn, {item.step_id for item in found if item.step_id})
    sessions = evenings.sessions_by_id(conn, {item.session_id for item in found if item.session_id})
    decided: dict[str, Decided] = {}
    for wijkplan_id in {item.wijkplan_id for item in found}:
        decided.update(items.latest_decisions(conn, wijkplan_id))
    return {item.id: provenance(item, sessions, steps, decided) for item in found}


def provenance(
    item: Item, sessions: Mapping[str, Meeting], steps: Mapping[str, Part], decided: Mapping[str, Decided]
) -> Provenance:
    """Where one item arose, from what was read before: by id the sessions, the steps and what holds of each item."""
    session, step = sessions.get(item.session_id or ""), steps.get(item.step_id or "")
    decision = decided.get(item.id)
    return Provenance(
        item_id=item.id,
        werkvorm=step.werkvorm if step else "",
        step_title=step.title if step else "",
        sprint=item.sprint or 0,
        held_on=session.held_on if session else None,
        score=decision.score if decision and decision.score else None,
    )


def provenance_line(provenance: Provenance) -> str:
    """The label in words: "uit: Nulmeting, stap 1, 21 november 2026 (5 stippen)"."""
    parts = [
        provenance.step_title or _("aan het bureau toegevoegd"),
        _("sprint {n}").format(n=provenance.sprint) if provenance.sprint else "",
        format_date(provenance.held_on) if provenance.held_on else "",
    ]
    line = _("uit: {where}").format(where=", ".join(p for p in parts if p))
    return f"{line} ({provenance.score})" if provenance.score else line
