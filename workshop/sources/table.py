"""A text file as people bring it: which encoding, which delimiter, which header."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass

from workshop.domain.errors import WorkshopError
from workshop.locale import _, format_number

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 400
MAX_CELL = 1_000_000
MAX_HEADER = 200

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_NUMBER = re.compile(r"^\s*-?\d+([.,]\d+)*\s*$")
_CODE = re.compile(r"^\s*(NL|GM|WK|BU)\d[0-9A-Z]*\s*$")


@dataclass(frozen=True)
class Table:
    """Header and rows as text; ``rows[0]`` stands on line ``first_row`` of the file."""

    header: tuple[str, ...]
    rows: list[list[str]]
    first_row: int = 2


def read_table(data: bytes) -> Table:
    """Read CSV (``;``, ``,`` or tab; UTF-8, UTF-16 or Windows-1252) or an OData JSON answer.

    Raises ``WorkshopError`` for anything else, for an empty file, for a missing
    or double header, and above 20 MB, 50,000 rows or 400 columns.
    """
    if len(data) > MAX_BYTES:
        raise WorkshopError(
            _("Dit bestand is te groot (meer dan {size} MB). Kies bij de bron minder gebieden of onderwerpen.").format(
                size=MAX_BYTES // 1_000_000
            )
        )
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise WorkshopError(
            _("Dit is een Excel-bestand of een ingepakt bestand. Sla het op als CSV en kies het dan opnieuw.")
        )
    text = _decoded(data)
    if not text.strip():
        raise WorkshopError(_("Dit bestand is leeg. Download het opnieuw bij de bron."))
    table = _odata(text) if text.lstrip()[:1] in ("{", "[") else _separated(text)
    _check_header(table)
    return table


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data[1:200:2].count(0) > len(data[1:200:2]) // 2:
        encodings = ["utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise WorkshopError(_("Dit is geen tekstbestand. Kies een CSV-bestand, bijvoorbeeld een download van StatLine."))


def _odata(text: str) -> Table:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None
    records = content.get("value") if isinstance(content, dict) else None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise WorkshopError(
            _("Dit JSON-bestand kennen we niet. Kies een antwoord van CBS of politie, of een CSV-bestand.")
        )
    if len(records) > MAX_ROWS:
        raise _too_many_rows()
    keys = tuple(dict.fromkeys(str(key) for record in records for key in record))
    rows = [["" if record.get(key) is None else str(record[key]) for key in keys] for record in records]
    return Table(tuple(key[:MAX_HEADER] for key in keys), rows, first_row=1)


def _separated(text: str) -> Table:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    counts = Counter(sign for sign in re.sub(r'"[^"]*"', "", first) if sign in ";,\t|")
    if not counts:
        raise WorkshopError(
            _("Dit bestand heeft maar één kolom. Kies bij het downloaden CSV met puntkomma's of komma's.")
        )
    delimiter = counts.most_common(1)[0][0]
    before = csv.field_size_limit(MAX_CELL)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) > MAX_ROWS + 1:
                raise _too_many_rows()
    except csv.Error as error:
        raise WorkshopError(
            _("Dit bestand is niet goed te lezen rond regel {row}. Download het opnieuw bij de bron.").format(
                row=len(rows) + 1
            )
        ) from error
    finally:
        csv.field_size_limit(before)
    return Table(tuple(cell.strip()[:MAX_HEADER] for cell in rows[0]), rows[1:])


def _too_many_rows() -> WorkshopError:
    return WorkshopError(
        _("Dit bestand heeft meer dan {n} rijen. Kies bij de bron minder gebieden of jaren.").format(
            n=format_number(MAX_ROWS, 0)
        )
    )


def _check_header(table: Table) -> None:
    if len(table.header) > MAX_COLUMNS:
        raise WorkshopError(
            _("Dit bestand heeft meer dan {n} kolommen. Kies bij de bron minder onderwerpen.").format(n=MAX_COLUMNS)
        )
    named = [name for name in table.header if name]
    if not named or any(_CODE.match(name) or _NUMBER.match(name) for name in named):
        raise WorkshopError(
            _("Dit bestand heeft geen kopregel: op de eerste regel staan al gegevens. Download het met kopregel.")
        )
    twice = [name for name, count in Counter(named).items() if count > 1]
    if twice:
        raise WorkshopError(
            _("Twee kolommen hebben dezelfde naam: {name}. Geef elke kolom een eigen naam.").format(name=twice[0][:60])
        )
    if not table.rows:
        raise WorkshopError(
            _("Dit bestand heeft wel een kopregel maar geen gegevens. Download het opnieuw bij de bron.")
        )
