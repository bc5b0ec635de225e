"""What was written at the desk per sprint, as rows for files: the parts of the record, key factors, approvals.

Approvals leave with organisation and function, not with the name of the person: no file points to a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any

from workshop.actions.sprints.material import Snapshot
from workshop.domain.sprints.approvals import approval_words
from workshop.domain.sprints.keyfactors import status_words
from workshop.domain.sprints.koppelvlakken import matrix_table
from workshop.domain.sprints.records import Link
from workshop.domain.sprints.rules import Part, cell_words, is_empty, labelled, part_of, parts_of, read_record
from workshop.domain.sprints.words import choice_words, column_words
from workshop.domain.wijkplan.order import SPRINTS, early_words
from workshop.domain.words import local_day
from workshop.exports.paper import Paper
from workshop.locale import _, format_date
from workshop.store.sprints import ABOUT_ORDER, EARLY, SKIPPED, SprintPart

#: The part of the plan in which its actions stand.
PLAN, PROGRAMME = 7, "embedding"

Row = tuple[str | int | bool | None, ...]


def written_parts(snapshot: Snapshot) -> Iterator[tuple[Part, SprintPart]]:
    """Every part somebody wrote, by sprint and in reading order."""
    known = {(p.sprint, p.part): p for p in snapshot.parts if p.part not in ABOUT_ORDER and not is_empty(p.content)}
    for sprint in sorted({sprint for sprint, _part in known}):
        for part in parts_of(sprint):
            if (sprint, part.key) in known:
                yield part, known[sprint, part.key]


def record_rows(snapshot: Snapshot) -> tuple[Row, ...]:
    """One row per filled cell: sprint, part, version, number of the row, column, words."""
    names = {item.id: item.text for item in snapshot.items}
    rows: list[Row] = []
    for part, written in written_parts(snapshot):
        if not part.columns:
            rows.append((written.sprint, part.label, written.version, None, None, written.content["text"]))
            continue
        for number, row in enumerate(written.content["rows"], start=1):
            rows += [
                (written.sprint, part.label, written.version, number, column.label, words)
                for column in part.columns
                if (words := cell_words(column, row.get(column.key), names))
            ]
    return (*rows, *order_rows(snapshot))


def links_of(snapshot: Snapshot) -> tuple[tuple[int, Link], ...]:
    """Every koppelvlak with the sprint it was written in, in the order of the sprints."""
    return tuple(
        (sprint, link)
        for sprint in SPRINTS
        for link in read_record(sprint, snapshot.contents(sprint)).links  # type: ignore[union-attr]
    )


def link_rows(snapshot: Snapshot) -> tuple[Row, ...]:
    """Sprint, from, to, how, direction, evidence, knob, when."""
    return tuple(
        (
            sprint, choice_words(link.source), choice_words(link.target), link.mechanism, choice_words(link.direction),
            choice_words(link.evidence), link.knob, choice_words(link.moment),
        )
        for sprint, link in links_of(snapshot)
    )  # fmt: skip


def link_header() -> tuple[str, ...]:
    names = [f.name for f in fields(Link)]
    return _("Sprint"), *(column_words(f"{Link.__name__}.{name}") for name in names)


def order_rows(snapshot: Snapshot) -> tuple[Row, ...]:
    """What was chosen about the order of the sprints, in the same columns: left out, or taken up early, and why."""
    versions = {(p.sprint, p.part): p.version for p in snapshot.parts}
    return (
        *(
            (sprint, _("Overgeslagen, omdat"), versions[sprint, SKIPPED], None, None, reason)
            for sprint, reason in sorted(snapshot.skipped.items())
        ),
        *(
            (sprint, _("Eerder gedaan, omdat"), versions[sprint, EARLY], None, early_words(choice.how, sprint - 1),
             choice.reason)
            for sprint, choice in sorted(snapshot.early.items())
        ),
    )  # fmt: skip


def look_rows(snapshot: Snapshot) -> tuple[Row, ...]:
    """Every look at a key factor, oldest first: sprint, factor, status, note, owner, day."""
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


def approval_rows(snapshot: Snapshot) -> tuple[Row, ...]:
    """Every request: version of the brief, organisation, important, answer, condition or reason, function, day."""
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


def sprints_as_json(snapshot: Snapshot) -> dict[str, Any]:
    """The same for JSON, with the values as they are stored."""
    return {
        "sprint_parts": [
            {
                "sprint": written.sprint,
                "part": written.part,
                "version": written.version,
                "content": written.content,
                "written_on": local_day(written.written_at),
            }
            for _part, written in written_parts(snapshot)
        ],
        "sprints_left_out": [{"sprint": n, "reason": reason} for n, reason in sorted(snapshot.skipped.items())],
        "sprints_taken_up_early": [
            {"sprint": n, "how": choice.how, "reason": choice.reason} for n, choice in sorted(snapshot.early.items())
        ],
        "key_factors": [
            {
                **{k: v for k, v in asdict(look).items() if k not in ("looked_at", "looked_by")},
                "looked_on": local_day(look.looked_at),
            }
            for look in snapshot.looks
        ],
        "approvals": [
            {
                "sprint": asked.sprint,
                "version": asked.version,
                "organisation": asked.organisation,
                "is_important": asked.is_important,
                "decision": asked.decision,
                "role": asked.role,
                "remark": asked.remark,
                "decided_on": local_day(asked.decided_at) if asked.decided_at else None,
            }
            for asked in snapshot.approvals
        ],
    }


def write_sprints(paper: Paper, snapshot: Snapshot) -> None:
    """The chapter of the report; nothing when nobody wrote anything."""
    if not (snapshot.parts or snapshot.looks or snapshot.approvals):
        return
    names = {item.id: item.text for item in snapshot.items}
    paper.heading(_("Per sprint opgeschreven"), 1, new_page=True)
    now = -1
    for part, written in written_parts(snapshot):
        if written.sprint != now:
            now = written.sprint
            paper.heading(_("Sprint {n}").format(n=now) if now else _("Startcheck"), 2)
        if not part.columns:
            paper.pair(part.label, written.content["text"])
            continue
        paper.heading(part.label, 3)
        paper.bullets(
            [
                " · ".join(
                    labelled(column.label, words)
                    for column in part.columns
                    if (words := cell_words(column, row.get(column.key), names))
                )
                for row in written.content["rows"]
            ],
            numbered=False,
        )
    for number, reason in sorted(snapshot.skipped.items()):
        paper.text(_("Sprint {n} is overgeslagen, omdat: {reason}").format(n=number, reason=reason))
    for number, choice in sorted(snapshot.early.items()):
        paper.text(
            _("Sprint {n} is {how}, omdat: {reason}").format(
                n=number, how=early_words(choice.how, number - 1), reason=choice.reason
            )
        )
    if links := [link for _sprint, link in links_of(snapshot)]:
        matrix = matrix_table(links)
        paper.table(matrix.caption, matrix.header, matrix.rows)
    if snapshot.looks:
        paper.table(_("Sleutelfactoren"), look_header(), look_rows(snapshot))
    if snapshot.approvals:
        rows = [
            (version, who, _("ja") if important else _("nee"), *rest)
            for version, who, important, *rest in approval_rows(snapshot)
        ]
        paper.table(_("Akkoord op de ontwerpbrief"), approval_header(), rows)


def write_programme(paper: Paper, snapshot: Snapshot) -> None:
    """The actions of the plan on its first page: what, who, by when, how one sees it, and where it came from."""
    content = snapshot.contents(PLAN).get(PROGRAMME)
    if is_empty(content):
        return
    assert content is not None
    part = part_of(PLAN, PROGRAMME)
    items = {item.id: item for item in snapshot.items}
    names = {item_id: item.text for item_id, item in items.items()}
    paper.heading(_("De acties van dit plan"), 1)
    for row in content["rows"]:
        (_column, action), *rest = [
            (column, words) for column in part.columns if (words := cell_words(column, row.get(column.key), names))
        ]
        paper.heading(action, 3)
        paper.text(" · ".join(labelled(column.label, words) for column, words in rest))
        if row.get("action") in items:
            paper.small(_("Herkomst: {line}").format(line=items[row["action"]].origin_line))


def record_header() -> tuple[str, ...]:
    return _("Sprint"), _("Onderdeel"), _("Versie"), _("Regel"), _("Kolom"), _("Tekst")


def look_header() -> tuple[str, ...]:
    return _("Sprint"), _("Sleutelfactor"), _("Status"), _("Notitie"), _("Eigenaar"), _("Bekeken op")


def approval_header() -> tuple[str, ...]:
    return (
        _("Versie"), _("Organisatie"), _("Belangrijk"), _("Antwoord"), _("Voorwaarde of reden"), _("Functie"),
        _("Datum"),
    )  # fmt: skip
