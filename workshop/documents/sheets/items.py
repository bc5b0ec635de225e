"""The sheets about items: one per kind, their origins, and what each sprint decided."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.actions.sprints.material import Snapshot, SnapshotItem
from workshop.documents.audience import Chapter
from workshop.documents.blocks import Cell, Column, Sheet, chapter
from workshop.documents.words import decision_name, in_no_order, moment_word, source_name, tone_word
from workshop.domain.thread.items import ItemKind
from workshop.domain.words import environment_names, group_name, kind_name
from workshop.locale import _


@chapter(Chapter.ITEMS)
def sheets_items(snapshot: Snapshot) -> Iterator[Sheet]:
    """One sheet per kind that occurs, with what was decided last."""
    columns = (
        Column("item_id", _("Item-id")),
        Column("text", _("Tekst")),
        Column("lesson", _("Les")),
        Column("environments", _("Omgevingen")),
        Column("tone", _("Gaat goed of niet")),
        Column("moment", _("Wanneer")),
        Column("group", _("Groep")),
        Column("source", _("Ingebracht")),
        Column("sprint", _("Sprint")),
        Column("session_id", _("Bijeenkomst-id")),
        Column("step_id", _("Onderdeel-id")),
        Column("made_on", _("Dag")),
        Column("decision", _("Besluit")),
        Column("reason", _("Reden")),
        Column("score", _("Uitkomst")),
        Column("came_from", _("Herkomst")),
    )
    for kind in ItemKind:
        if chosen := in_no_order([item for item in snapshot.items if item.kind == kind]):
            yield Sheet(kind.value, kind_name(kind), columns, tuple(_row(item) for item in chosen))


def _row(item: SnapshotItem) -> tuple[Cell, ...]:
    return (
        item.id, item.text, item.lesson, environment_names(item.environments), tone_word(item.tone),
        moment_word(item.moment), group_name(item.group) if item.group else None, source_name(item.source), item.sprint,
        item.session_id, item.step_id, item.made_on, decision_name(item), item.reason, item.score, item.origin_line,
    )  # fmt: skip


@chapter(Chapter.ORIGINS)
def sheet_origins(snapshot: Snapshot) -> Iterator[Sheet]:
    yield Sheet(
        "origins",
        _("Herkomst"),
        (Column("item_id", _("Item-id")), Column("origin_id", _("Komt uit item-id"))),
        tuple((item.id, origin) for item in in_no_order(snapshot.items) for origin in item.origin),
    )


@chapter(Chapter.DECISIONS)
def sheet_decisions(snapshot: Snapshot) -> Iterator[Sheet]:
    """What each sprint decided: the sheets per kind only hold what was decided last."""
    yield Sheet(
        "decisions",
        _("Besluiten per sprint"),
        (
            Column("item_id", _("Item-id")),
            Column("sprint", _("Sprint")),
            Column("decision", _("Besluit")),
            Column("reason", _("Reden")),
            Column("score", _("Uitkomst")),
        ),
        tuple(
            (item.id, sprint, decision_name(item.in_sprint(sprint)), one.reason, one.score)
            for item in in_no_order(snapshot.items)
            for sprint, one in item.decided.items()
        ),
    )
