"""What people brought in, with where it came from, and what the group decided about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop.actions.sprints.material import Snapshot, SnapshotItem
from workshop.documents.audience import Chapter
from workshop.documents.blocks import Block, Heading, Table, Text, chapter
from workshop.documents.words import decision_name, in_no_order, moment_word, tone_word, unreadable
from workshop.domain.thread.items import ItemKind
from workshop.domain.words import environment_names, group_name, kind_name
from workshop.locale import _


@chapter(Chapter.ITEMS)
def tell_made_here(snapshot: Snapshot, sprint: int, step_id: str) -> Iterator[Block]:
    """What was made in one step, with what its own sprint decided; nothing when nothing was made."""
    made = [item.in_sprint(sprint) for item in snapshot.items if item.step_id == step_id]
    yield from _table_of(_("Wat hier is ingebracht"), in_no_order(made))


@chapter(Chapter.ITEMS)
def tell_loose_items(snapshot: Snapshot) -> Iterator[Block]:
    """What was added outside a step: it would otherwise be in the workbook and not in the report."""
    steps = {step.id for session in snapshot.sessions for step in session.steps}
    loose = [item for item in snapshot.items if item.step_id not in steps]
    if not loose:
        return
    yield Heading(_("Buiten een bijeenkomst toegevoegd"), 1)
    for kind in ItemKind:
        yield from _table_of(kind_name(kind), in_no_order([item for item in loose if item.kind == kind]))


def _table_of(caption: str, items: Sequence[SnapshotItem]) -> Iterator[Block]:
    if items:
        header = (_("Tekst"), _("Waar en wat"), _("Herkomst"), _("Besluit"))
        yield Table(caption, header, tuple(_row(item) for item in items), (0.33, 0.16, 0.31, 0.2))


def _row(item: SnapshotItem) -> tuple[str, ...]:
    try:
        return item_text(item), _place(item), item.origin_line, _decision(item)
    except Exception:  # noqa: BLE001 - one broken item must not cost the others (assurance T26)
        return unreadable(), "", "", ""


def item_text(item: SnapshotItem) -> str:
    return f"{item.text}\n{_('Les')}: {item.lesson}" if item.lesson else item.text


def _place(item: SnapshotItem) -> str:
    parts = (
        environment_names(item.environments),
        tone_word(item.tone),
        moment_word(item.moment),
        group_name(item.group) if item.group else "",
    )
    known = ", ".join(part for part in parts if part)
    return f"{kind_name(item.kind)}\n{known}" if known else kind_name(item.kind)


def _decision(item: SnapshotItem) -> str:
    parts = (decision_name(item) if item.goes_on is not None else "", item.score, item.reason)
    return "\n".join(part for part in parts if part)


@chapter(Chapter.DECISIONS)
def tell_decisions(snapshot: Snapshot) -> Iterator[Block]:
    """What goes on with its outcome, and what stays with the reason; nothing while nothing was decided."""
    decided = [item for item in snapshot.items if item.goes_on is not None]
    if not decided:
        return
    yield Heading(_("Wat gaat mee, en wat blijft liggen"), 1, begins_page=True)
    for goes_on, heading, empty, last in (
        (True, _("Dit gaat mee naar de volgende stap"), _("Nog niets."), _("Uitkomst")),
        (False, _("Dit blijft hier, met de reden"), _("Niets."), _("Reden")),
    ):
        yield Heading(heading, 2)
        chosen = in_no_order([item for item in decided if item.goes_on is goes_on])
        if not chosen:
            yield Text(empty)
            continue
        rows = tuple(
            (item_text(i), kind_name(i.kind), i.origin_line, i.score if goes_on else _why_it_stays(i)) for i in chosen
        )
        yield Table("", (_("Wat"), _("Soort"), _("Herkomst"), last), rows, (0.32, 0.14, 0.36, 0.18))


def _why_it_stays(item: SnapshotItem) -> str:
    return item.reason or item.score
