"""All sheets together, and those about the wijkplan as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from workshop.actions.sprints.material import Snapshot
from workshop.documents.audience import Chapter
from workshop.documents.blocks import Book, Cell, Column, Sheet, chapter
from workshop.documents.opening import definition_rows
from workshop.documents.sheets import desk, evenings, items
from workshop.documents.words import level_name
from workshop.domain.words import local_day
from workshop.locale import _, current_language
from workshop.moments import local
from workshop.sources.attribution import attributions
from workshop.sources.figure import Figure


def book_of(snapshot: Snapshot, known: Sequence[Figure]) -> Book:
    """All sheets in the current language, with the ``known`` figures of its areas."""
    plan = snapshot.wijkplan
    return Book(plan.title, plan.municipality_name, snapshot.as_of, current_language(), sheets_of(snapshot, known))


def sheets_of(snapshot: Snapshot, known: Sequence[Figure]) -> tuple[Sheet, ...]:
    """All sheets, the same for every format. Kinds of items that do not occur have no sheet."""
    found = tuple(
        chain(
            sheet_about(snapshot),
            sheet_joint_tasks(snapshot),
            evenings.sheet_sessions(snapshot),
            evenings.sheet_steps(snapshot),
            evenings.sheet_turnout(snapshot),
            evenings.sheets_outcomes(snapshot),
            items.sheets_items(snapshot),
            items.sheet_origins(snapshot),
            items.sheet_decisions(snapshot),
            desk.sheet_sprint_record(snapshot),
            desk.sheet_koppelvlakken(snapshot),
            desk.sheet_key_factors(snapshot),
            desk.sheet_approvals(snapshot),
            desk.sheet_results(snapshot),
            sheet_figures(known),
        )
    )
    return (*found, *sheet_columns(found))


@chapter(Chapter.AGREED)
def sheet_about(snapshot: Snapshot) -> Iterator[Sheet]:
    """What the file is about; with the agreement in it, so it is for the same eyes."""
    plan = snapshot.wijkplan
    rows: list[tuple[Cell, ...]] = [
        (_("Wijkplan"), plan.title),
        (_("Nummer van het wijkplan"), plan.id),
        (_("Gemeente"), f"{plan.municipality_name} ({plan.municipality_code})"),
        (_("Thema"), plan.theme),
        *((_("Gebied"), f"{area.name} ({level_name(area.level)}, {area.code})") for area in plan.areas),
        *((_("Partner"), partner.name) for partner in plan.open_partners),
        *definition_rows(snapshot),
        (_("Gezamenlijke opgave"), snapshot.joint_task),
        (_("Stand van"), local(snapshot.as_of)),
        (_("Wat er niet in staat"), _("Uitslagen die nog niet getoond zijn, en alles wat naar een persoon wijst.")),
        *((_("Bron"), line) for line in attributions()),
    ]
    if plan.is_demo:
        rows.insert(0, (_("Let op"), _("Dit is een verzonnen voorbeeld, geen echte wijk.")))
    columns = (Column("what", _("Wat")), Column("content", _("Inhoud")))
    yield Sheet("about", _("Over dit bestand"), columns, tuple(rows))


@chapter(Chapter.OPENING)
def sheet_joint_tasks(snapshot: Snapshot) -> Iterator[Sheet]:
    yield Sheet(
        "joint_tasks",
        _("Gezamenlijke opgave"),
        (Column("version", _("Versie")), Column("text", _("Tekst")), Column("written_on", _("Geschreven op"))),
        tuple((task.version, task.text, local_day(task.written_at)) for task in snapshot.joint_tasks),
    )


@chapter(Chapter.FIGURES)
def sheet_figures(known: Sequence[Figure]) -> Iterator[Sheet]:
    yield Sheet(
        "figures",
        _("Cijfers over de wijk"),
        (
            Column("indicator", _("Cijfer")),
            Column("label", _("Naam")),
            Column("area_code", _("Gebiedscode")),
            Column("area_name", _("Gebied")),
            Column("level", _("Niveau")),
            Column("period", _("Jaar")),
            Column("value", _("Waarde")),
            Column("unit", _("Eenheid")),
            Column("is_small_count", _("Minder dan 5")),
            Column("reference_municipality", _("Gemeente")),
            Column("reference_country", _("Nederland")),
            Column("source", _("Bron")),
            Column("table", _("Tabel")),
            Column("licence", _("Licentie")),
            Column("note", _("Toelichting")),
        ),
        tuple(
            (
                f.indicator, f.label_nl, f.area_code, f.area_name, level_name(f.level), f.period, f.value, f.unit,
                f.is_small_count, _reference(f, "gemeente"), _reference(f, "land"), f.source, f.table, f.licence,
                f.note,
            )
            for f in known
        ),
    )  # fmt: skip


def _reference(figure: Figure, level: str) -> float | None:
    return next((value for at, _name, value in figure.reference if at == level), None)


@chapter(Chapter.ACCOUNT)
def sheet_columns(sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """Which columns there are: a program looks them up by key, because headings follow the language of the download."""
    yield Sheet(
        "columns",
        _("Kolommen"),
        (
            Column("sheet", _("Bestand")),
            Column("title", _("Blad")),
            Column("column", _("Kolom")),
            Column("heading", _("Opschrift")),
        ),
        tuple((sheet.key, sheet.title, column.key, column.heading) for sheet in sheets for column in sheet.columns),
    )
