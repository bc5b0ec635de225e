"""Where an item arose, as a label: step, sprint, date, and the score of the decision that sent it on."""

from __future__ import annotations

from workshop.domain.thread.items import Item, Provenance
from workshop.locale import _, format_date
from workshop.store import Conn, items, rooms


def provenances(conn: Conn, found: list[Item]) -> dict[str, Provenance]:
    """Where each item arose: step, sprint and date, with the score of the decision that sent it on."""
    steps = {}
    sessions = {}
    scores: dict[str, str] = {}
    labels: dict[str, Provenance] = {}
    for wijkplan_id in {item.wijkplan_id for item in found}:
        scores.update({i: d.score for i, d in items.latest_decisions(conn, wijkplan_id).items() if d.score})
    for item in found:
        if item.step_id and item.step_id not in steps:
            steps[item.step_id] = rooms.step(conn, item.step_id)
        if item.session_id and item.session_id not in sessions:
            sessions[item.session_id] = rooms.session(conn, item.session_id)
        step, session = steps.get(item.step_id or ""), sessions.get(item.session_id or "")
        labels[item.id] = Provenance(
            item_id=item.id,
            werkvorm=step.werkvorm if step else "",
            step_title=step.title if step else "",
            sprint=item.sprint or 0,
            held_on=session.held_on if session else None,
            score=scores.get(item.id),
        )
    return labels


def provenance_line(provenance: Provenance) -> str:
    """The label in words: "uit: Nulmeting, stap 1, 21 november 2026 (5 stippen)"."""
    parts = [
        provenance.step_title or _("aan het bureau toegevoegd"),
        _("sprint {n}").format(n=provenance.sprint) if provenance.sprint else "",
        format_date(provenance.held_on) if provenance.held_on else "",
    ]
    line = _("uit: {where}").format(where=", ".join(p for p in parts if p))
    return f"{line} ({provenance.score})" if provenance.score else line
