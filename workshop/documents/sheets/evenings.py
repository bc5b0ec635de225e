"""The sheets about evenings: sessions, steps, turn-out, outcomes as told and as counted."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.actions.sprints.material import Snapshot, SnapshotRound
from workshop.documents.audience import Chapter
from workshop.documents.blocks import Column, Sheet, chapter
from workshop.documents.material import numbers_in, shown_rounds
from workshop.documents.words import per_group, session_state_name, step_state_name
from workshop.locale import _


@chapter(Chapter.EVENINGS)
def sheet_sessions(snapshot: Snapshot) -> Iterator[Sheet]:
    yield Sheet(
        "sessions",
        _("Bijeenkomsten"),
        (
            Column("session_id", _("Bijeenkomst-id")),
            Column("sprint", _("Sprint")),
            Column("title", _("Titel")),
            Column("held_on", _("Datum")),
            Column("place", _("Plaats")),
            Column("state", _("Stand")),
            Column("participants", _("Deelnemers")),
        ),
        tuple(
            (s.id, s.sprint, s.title, s.held_on, s.place, session_state_name(s.state), s.total)
            for s in snapshot.sessions
        ),
    )


@chapter(Chapter.EVENINGS)
def sheet_steps(snapshot: Snapshot) -> Iterator[Sheet]:
    yield Sheet(
        "steps",
        _("Onderdelen"),
        (
            Column("step_id", _("Onderdeel-id")),
            Column("session_id", _("Bijeenkomst-id")),
            Column("position", _("Nummer")),
            Column("werkvorm", _("Werkvorm")),
            Column("title", _("Titel")),
            Column("minutes", _("Minuten")),
            Column("state", _("Stand")),
            Column("is_secret", _("Geheim of open")),
            Column("skip_reason", _("Overgeslagen omdat")),
        ),
        tuple(
            (
                step.id, session.id, step.position, step.werkvorm, step.title, step.minutes,
                step_state_name(step.state), _("geheim") if step.is_secret else _("open"), step.skip_reason,
            )
            for session in snapshot.sessions
            for step in session.steps
        ),
    )  # fmt: skip


def _round_columns() -> tuple[Column, ...]:
    return Column("round_id", _("Ronde-id")), Column("step_id", _("Onderdeel-id")), Column("round", _("Ronde"))


@chapter(Chapter.TURNOUT)
def sheet_turnout(snapshot: Snapshot) -> Iterator[Sheet]:
    yield Sheet(
        "turnout",
        _("Opkomst"),
        (
            *_round_columns(),
            Column("shown_on", _("Getoond op")),
            Column("group", _("Groep")),
            Column("ballots", _("Stemmen")),
            Column("on_paper", _("Waarvan op papier")),
            Column("present", _("Aanwezigen")),
        ),
        tuple(
            (
                shown.id, step.id, shown.number, shown.shown_on, group, n,
                # Paper and presence are known for everybody together only.
                shown.paper if is_total else None, shown.expected if is_total else None,
            )
            for step, shown in shown_rounds(snapshot)
            for group, n, is_total in _with_total(shown)
        ),
    )  # fmt: skip


def _with_total(shown: SnapshotRound) -> list[tuple[str, int, bool]]:
    rows = per_group(shown.groups, shown.ballots)
    return [(group, n, place == len(rows)) for place, (group, n) in enumerate(rows, start=1)]


@chapter(Chapter.OUTCOMES)
def sheets_outcomes(snapshot: Snapshot) -> Iterator[Sheet]:
    """Every cell of every table that was told, and every number that was counted."""
    yield Sheet(
        "outcomes",
        _("Uitslagen"),
        (
            *_round_columns(),
            Column("table", _("Tabel")),
            Column("line", _("Regel")),
            Column("row", _("Rij")),
            Column("column", _("Kolom")),
            Column("value", _("Waarde")),
        ),
        tuple(
            (shown.id, step.id, shown.number, table.caption, number, row[0], heading, cell)
            for step, shown in shown_rounds(snapshot)
            for table in shown.story.tables
            for number, row in enumerate(table.rows, start=1)
            for heading, cell in zip(table.header[1:], row[1:], strict=True)
        ),
    )
    yield Sheet(
        "numbers",
        _("Getallen"),
        (*_round_columns(), Column("field", _("Veld")), Column("number", _("Getal"))),
        tuple(
            (shown.id, step.id, shown.number, path, number)
            for step, shown in shown_rounds(snapshot)
            for path, number in numbers_in(shown.outcome)
        ),
    )
