"""Reading every download back with its own reader, as whoever receives it would."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook

from tools.programs import LIBREOFFICE

Rows = list[list[Any]]


def read_xlsx(data: bytes) -> dict[str, Rows]:
    """Sheet title -> rows, heading first."""
    book = load_workbook(io.BytesIO(data))
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}


def read_csv_zip(data: bytes) -> dict[str, list[list[str]]]:
    """File name without ending -> rows of text, heading first."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {
            name.removesuffix(".csv"): list(
                csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""), delimiter=";")
            )
            for name in archive.namelist()
        }


def read_json(data: bytes) -> Any:
    return json.loads(data)


def read_docx_tables(data: bytes) -> list[Rows]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(io.BytesIO(data)).tables]


def docx_text(data: bytes) -> str:
    """All paragraphs and cells, in no particular order."""
    document = Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def xml_parts(data: bytes) -> dict[str, str]:
    """Every XML part of an office file as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith((".xml", ".rels"))
        }


def opened_by_libreoffice(data: bytes, ending: str, target: str, folder: Path) -> bytes:
    """The file converted by LibreOffice, which is brought when it is not there."""
    source = folder / f"file.{ending}"
    source.write_bytes(data)
    # A profile of its own: another LibreOffice that is open would otherwise take the work over.
    alone = [LIBREOFFICE.bring(), f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"]
    subprocess.run(
        [*alone, "--headless", "--convert-to", target, "--outdir", folder, source],
        check=True,
        capture_output=True,
        timeout=90,
    )
    return (folder / f"file.{target.split(':')[0]}").read_bytes()
