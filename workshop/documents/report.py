"""The report: what the room said, what it decided and where that came from, for whoever was not there."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.actions.sprints.material import Snapshot
from workshop.documents import evenings, figures, items, opening, results, written
from workshop.documents.blocks import Document
from workshop.documents.words import moment_of
from workshop.domain.evening.moves import SessionState
from workshop.locale import current_language
from workshop.sources.figure import Figure


def report_of(snapshot: Snapshot, known: Sequence[Figure]) -> Document:
    """The whole report in the current language, with the ``known`` figures of its areas."""
    held = [session for session in snapshot.sessions if session.state != SessionState.PLANNED]
    return Document(
        title=snapshot.wijkplan.title,
        author=snapshot.wijkplan.municipality_name,
        as_of=snapshot.as_of,
        footer=f"{snapshot.wijkplan.title} · {moment_of(snapshot)}",
        language=current_language(),
        blocks=(
            *opening.tell_opening(snapshot),
            *written.tell_programme(snapshot),
            *opening.tell_in_short(snapshot),
            *opening.tell_agreed(snapshot),
            *(block for session in held for block in evenings.tell_evening(snapshot, session)),
            *items.tell_decisions(snapshot),
            *items.tell_loose_items(snapshot),
            *written.tell_sprint_records(snapshot),
            *written.tell_koppelvlakken(snapshot),
            *written.tell_key_factors(snapshot),
            *written.tell_approvals(snapshot),
            *evenings.tell_to_come(snapshot),
            *results.tell_results(snapshot),
            *figures.tell_figures(known),
            *opening.tell_account(snapshot),
        ),
    )
