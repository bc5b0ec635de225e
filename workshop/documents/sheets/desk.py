"""The sheets about what was written at the desk, approved and recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from workshop.actions.sprints.material import Snapshot
from workshop.actions.wijkplan.path import choices_now
from workshop.documents.audience import Chapter
from workshop.documents.blocks import Cell, Column, Sheet, chapter
from workshop.documents.written import (
    approval_headings,
    approval_rows,
    links_of,
    look_headings,
    look_rows,
    written_parts,
)
from workshop.domain.sprints.records import Link
from workshop.domain.sprints.rules import cell_words
from workshop.domain.sprints.words import choice_words, column_words
from workshop.domain.wijkplan.order import early_words
from workshop.domain.words import local_day
from workshop.locale import _


@chapter(Chapter.SPRINT_RECORDS)
def sheet_sprint_record(snapshot: Snapshot) -> Iterator[Sheet]:
    """One row per filled cell, then what was chosen about the order of the sprints in the same columns."""
    yield Sheet(
        "sprint_record",
        _("Per sprint opgeschreven"),
        (
            Column("sprint", _("Sprint")),
            Column("part", _("Onderdeel")),
            Column("version", _("Versie")),
            Column("line", _("Regel")),
            Column("column", _("Kolom")),
            Column("text", _("Tekst")),
        ),
        (*_record_rows(snapshot), *_order_rows(snapshot)),
    )


def _record_rows(snapshot: Snapshot) -> Iterator[tuple[Cell, ...]]:
    names = {item.id: item.text for item in snapshot.items}
    for written in written_parts(snapshot):
        part, head = written.part, (written.sprint, written.part.label, written.version)
        if not part.columns:
            yield (*head, None, None, written.content["text"])
            continue
        for number, row in enumerate(written.content["rows"], start=1):
            for column in part.columns:
                if words := cell_words(column, row.get(column.key), names):
                    yield (*head, number, column.label, words)


def _order_rows(snapshot: Snapshot) -> Iterator[tuple[Cell, ...]]:
    for choice in sorted(choices_now(snapshot.choices), key=lambda c: (c.how is not None, c.sprint)):
        if choice.how is None:
            yield choice.sprint, _("Overgeslagen, omdat"), choice.version, None, None, choice.reason
        else:
            how = early_words(choice.how, choice.sprint - 1)
            yield choice.sprint, _("Eerder gedaan, omdat"), choice.version, None, how, choice.reason


@chapter(Chapter.KOPPELVLAKKEN)
def sheet_koppelvlakken(snapshot: Snapshot) -> Iterator[Sheet]:
    yield Sheet(
        "koppelvlakken",
        _("Koppelvlakken"),
        (
            Column("sprint", _("Sprint")),
            *(Column(f.name, column_words(f"{Link.__name__}.{f.name}")) for f in fields(Link)),
        ),
        tuple(
            (
                sprint, choice_words(link.source), choice_words(link.target), link.mechanism,
                choice_words(link.direction), choice_words(link.evidence), link.knob, choice_words(link.moment),
            )
            for sprint, link in links_of(snapshot)
        ),
    )  # fmt: skip


def _columns(headings: Mapping[str, str]) -> tuple[Column, ...]:
    return tuple(Column(key, heading) for key, heading in headings.items())


@chapter(Chapter.KEY_FACTORS)
def sheet_key_factors(snapshot: Snapshot) -> Iterator[Sheet]:
    yield Sheet("key_factors", _("Sleutelfactoren"), _columns(look_headings()), look_rows(snapshot))


@chapter(Chapter.APPROVALS)
def sheet_approvals(snapshot: Snapshot) -> Iterator[Sheet]:
    yield Sheet("approvals", _("Akkoord"), _columns(approval_headings()), approval_rows(snapshot))


@chapter(Chapter.RESULTS)
def sheet_results(snapshot: Snapshot) -> Iterator[Sheet]:
    yield Sheet(
        "results",
        _("Vastgelegd"),
        (
            Column("sprint", _("Sprint")),
            Column("version", _("Versie")),
            Column("fixed_on", _("Vastgelegd op")),
            Column("fixed_by", _("Vastgelegd door")),
            Column("is_stale", _("Mogelijk verouderd")),
            Column("digest", _("Vingerafdruk (SHA-256)")),
        ),
        tuple(
            (result.sprint, result.version, local_day(result.fixed_at), result.fixed_by, result.is_stale, result.digest)
            for result in snapshot.results
        ),
    )
