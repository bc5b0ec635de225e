"""What was written at the desk per sprint: the parts of the record, koppelvlakken, key factors, approvals, the programme.

Approvals leave with organisation and function, not with the name of the person: no file points to a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workshop.actions.sprints.material import Snapshot
from workshop.documents.audience import Chapter
from workshop.documents.blocks import Block, Cell, Facts, Heading, Pairs, Points, Table, Text, Weight, chapter
from workshop.domain.sprints.approvals import approval_words
from workshop.domain.sprints.keyfactors import status_words
from workshop.domain.sprints.koppelvlakken import matrix_table
from workshop.domain.sprints.records import Link
from workshop.domain.sprints.rules import Part, cell_words, is_empty, labelled, part_of, parts_of, read_record
from workshop.domain.wijkplan.order import SPRINTS, early_words
from workshop.domain.words import local_day
from workshop.locale import _, format_date

#: The part of the plan in which its actions stand.
PLAN, PROGRAMME = 7, "embedding"


@dataclass(frozen=True)
class Written:
    """A part somebody wrote, as it stands now. ``content`` is ``{"text": …}`` or ``{"rows": […]}``."""

    sprint: int
    part: Part
    version: int
    content: Mapping[str, Any]


def written_parts(snapshot: Snapshot) -> Iterator[Written]:
    """Every part somebody wrote, by sprint and in reading order."""
    known = {(p.sprint, p.part): p for p in snapshot.parts if not is_empty(p.content)}
    for sprint in sorted({sprint for sprint, _part in known}):
        for part in parts_of(sprint):
            if found := known.get((sprint, part.key)):
                yield Written(sprint, part, found.version, found.content)


def links_of(snapshot: Snapshot) -> tuple[tuple[int, Link], ...]:
    """Every koppelvlak with the sprint it was written in, in the order of the sprints."""
    return tuple(
        (sprint, link)
        for sprint in SPRINTS
        for link in read_record(sprint, snapshot.contents(sprint)).links  # type: ignore[union-attr]
    )


@chapter(Chapter.PROGRAMME)
def tell_programme(snapshot: Snapshot) -> Iterator[Block]:
    """The actions of the plan on its first page: what, who, by when, how one sees it, and where it came from."""
    content = snapshot.contents(PLAN).get(PROGRAMME)
    if content is None or is_empty(content):
        return
    part = part_of(PLAN, PROGRAMME)
    items = {item.id: item for item in snapshot.items}
    names = {item_id: item.text for item_id, item in items.items()}
    yield Heading(_("De acties van dit plan"), 1)
    for row in content["rows"]:
        (_column, action), *rest = [
            (column, words) for column in part.columns if (words := cell_words(column, row.get(column.key), names))
        ]
        yield Heading(action, 3)
        yield Facts(tuple(labelled(column.label, words) for column, words in rest))
        if row.get("action") in items:
            yield Text(_("Herkomst: {line}").format(line=items[row["action"]].origin_line), Weight.QUIET)


@chapter(Chapter.SPRINT_RECORDS)
def tell_sprint_records(snapshot: Snapshot) -> Iterator[Block]:
    """What stands in the records, and what was chosen about their order; nothing when nobody wrote anything."""
    if not (snapshot.parts or snapshot.choices or snapshot.looks or snapshot.approvals):
        return
    names = {item.id: item.text for item in snapshot.items}
    yield Heading(_("Per sprint opgeschreven"), 1, begins_page=True)
    now = -1
    for written in written_parts(snapshot):
        if written.sprint != now:
            now = written.sprint
            yield Heading(_("Sprint {n}").format(n=now) if now else _("Startcheck"), 2)
        yield from _part(written, names)
    for number, reason in sorted(snapshot.skipped.items()):
        yield Text(_("Sprint {n} is overgeslagen, omdat: {reason}").format(n=number, reason=reason))
    for number, choice in sorted(snapshot.early.items()):
        how = early_words(choice.how, number - 1)
        yield Text(_("Sprint {n} is {how}, omdat: {reason}").format(n=number, how=how, reason=choice.reason))


def _part(written: Written, names: Mapping[str, str]) -> Iterator[Block]:
    part = written.part
    if not part.columns:
        yield Pairs(((part.label, written.content["text"]),))
        return
    yield Heading(part.label, 3)
    yield Points(
        tuple(
            " · ".join(
                labelled(column.label, words)
                for column in part.columns
                if (words := cell_words(column, row.get(column.key), names))
            )
            for row in written.content["rows"]
        )
    )


@chapter(Chapter.KOPPELVLAKKEN)
def tell_koppelvlakken(snapshot: Snapshot) -> Iterator[Block]:
    if links := [link for _sprint, link in links_of(snapshot)]:
        matrix = matrix_table(links)
        yield Table(matrix.caption, matrix.header, matrix.rows)


@chapter(Chapter.KEY_FACTORS)
def tell_key_factors(snapshot: Snapshot) -> Iterator[Block]:
    if snapshot.looks:
        yield Table(_("Sleutelfactoren"), tuple(look_headings().values()), look_rows(snapshot))


def look_headings() -> dict[str, str]:
    """What is told of a look at a key factor: a key that never changes, and its words."""
    return {
        "sprint": _("Sprint"),
        "factor": _("Sleutelfactor"),
        "status": _("Status"),
        "note": _("Notitie"),
        "owner": _("Eigenaar"),
        "looked_on": _("Bekeken op"),
    }


def look_rows(snapshot: Snapshot) -> tuple[tuple[Cell, ...], ...]:
    """Every look at a key factor, oldest first, in the order of :func:`look_headings`."""
    return tuple(
        (
            look.sprint,
            look.factor,
            status_words(look.status),
            look.note,
            look.owner,
            format_date(local_day(look.looked_at)),
        )
        for look in snapshot.looks
    )


@chapter(Chapter.APPROVALS)
def tell_approvals(snapshot: Snapshot) -> Iterator[Block]:
    if snapshot.approvals:
        rows = tuple(
            (version, who, _("ja") if important else _("nee"), *rest)
            for version, who, important, *rest in approval_rows(snapshot)
        )
        yield Table(_("Akkoord op de ontwerpbrief"), tuple(approval_headings().values()), rows)


def approval_headings() -> dict[str, str]:
    """What is told of a request for approval: a key that never changes, and its words."""
    return {
        "version": _("Versie"),
        "organisation": _("Organisatie"),
        "is_important": _("Belangrijk"),
        "decision": _("Antwoord"),
        "remark": _("Voorwaarde of reden"),
        "role": _("Functie"),
        "decided_on": _("Datum"),
    }


def approval_rows(snapshot: Snapshot) -> tuple[tuple[Cell, ...], ...]:
    """Every request, in the order of :func:`approval_headings`."""
    return tuple(
        (
            asked.version,
            asked.organisation,
            asked.is_important,
            approval_words(asked.decision),
            asked.remark,
            asked.role,
            format_date(local_day(asked.decided_at)) if asked.decided_at else None,
        )
        for asked in snapshot.approvals
    )
