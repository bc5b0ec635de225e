"""Which downloads there are, what each contains, and making one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from workshop.documents.audience import Audience
from workshop.documents.blocks import book_for, document_for
from workshop.documents.data import data_of
from workshop.documents.material import Snapshot, figures_of
from workshop.documents.report import report_of
from workshop.documents.sheets.book import book_of
from workshop.domain.errors import NotFound
from workshop.domain.words import local_day
from workshop.exports.names import content_disposition, file_name, friendly_name
from workshop.locale import _


@dataclass(frozen=True)
class Download:
    """One kind of file. ``title`` stands on its link, ``contents`` says what is in it."""

    kind: str
    title: str
    contents: str


@dataclass(frozen=True)
class File:
    """A made file, whole in memory: nobody is ever offered half of one."""

    data: bytes
    media_type: str
    disposition: str


def downloads() -> tuple[Download, ...]:
    """The kinds of files, in the order in which they are offered."""
    return (
        Download(
            "docx",
            _("Rapport (Word)"),
            _("Het verhaal: opgave, uitslagen met tabellen en afbeeldingen, opkomst, herkomst en cijfers."),
        ),
        Download("xlsx", _("Werkmap (Excel)"), _("Alle gegevens, één blad per soort, met vaste nummers.")),
        Download("csv", _("Tabellen (CSV)"), _("Dezelfde tabellen als losse bestanden, samen in één zip.")),
        Download("json", _("Gegevens (JSON)"), _("Alles in één bestand voor een ander programma.")),
    )


def make_file(kind: str, snapshot: Snapshot) -> File:
    """Make one download from ``snapshot``, with the figures of its areas, for people with a role in the wijkplan.

    Raises:
        NotFound: there is no such kind.
    """
    # Loaded at the first download: drawing and office libraries cost memory that an evening does not need.
    from workshop.exports import csv_zip, docx, json_file, xlsx  # noqa: PLC0415

    known = figures_of(snapshot)
    match kind:
        case "docx":
            report = document_for(Audience.INTERNAL, report_of(snapshot, known))
            data, media_type, ending = docx.write_docx(report), docx.MEDIA_TYPE, docx.ENDING
        case "xlsx":
            book = book_for(Audience.INTERNAL, book_of(snapshot, known))
            data, media_type, ending = xlsx.write_xlsx(book), xlsx.MEDIA_TYPE, xlsx.ENDING
        case "csv":
            book = book_for(Audience.INTERNAL, book_of(snapshot, known))
            data, media_type, ending = csv_zip.write_csv_zip(book), csv_zip.MEDIA_TYPE, csv_zip.ENDING
        case "json":
            told = data_of(snapshot, known)
            data, media_type, ending = json_file.write_json(told), json_file.MEDIA_TYPE, json_file.ENDING
        case _:
            raise NotFound()
    day = local_day(snapshot.as_of)
    name = file_name(snapshot.wijkplan.title, ending, secrets.token_hex(4))
    return File(data, media_type, content_disposition(name, friendly_name(snapshot.wijkplan.title, ending, day)))
