"""Blocks know their language, a picture its words, and a sheet names its columns for programs."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.exports.evenings import AS_OF, full_evening
from tests.exports.readers import xml_parts
from workshop.documents.blocks import Document, Picture, Points, Table, Text
from workshop.documents.material import figures_of
from workshop.documents.report import report_of
from workshop.documents.sheets.book import sheets_of
from workshop.exports.docx import write_docx
from workshop.locale import in_language

SNAPSHOT = full_evening()
SHEETS = sheets_of(SNAPSHOT, figures_of(SNAPSHOT))


def test_blocks_are_told_in_the_language_they_say() -> None:
    with in_language("en"):
        document = report_of(SNAPSHOT, ())
    assert document.language == "en" and {block.language for block in document.blocks} == {"en"}


def languages_of_runs(document: Document) -> dict[str, str | None]:
    """Text of every run in the body -> the language it is marked with."""
    body = xml_parts(write_docx(document))["word/document.xml"]
    found: dict[str, str | None] = {}
    for run in re.findall(r"<w:r>.*?</w:r>", body, re.DOTALL):
        marked = re.search(r'<w:lang w:val="([^"]+)"', run)
        for text in re.findall(r"<w:t(?: [^>]*)?>([^<]+)</w:t>", run):
            found[text] = marked[1] if marked else None
    return found


def test_a_block_in_another_language_is_marked_so_that_it_is_read_out_rightly() -> None:
    own, other = Text("Wat speelt er?", language="nl"), Points(("What matters?",), language="en")
    table = Table("", ("Word",), (("street",),), language="en")
    document = Document("Plan", "Baarn", AS_OF, "voet", "nl", (own, other, table, replace(own, text="Daarna")))

    assert languages_of_runs(document) == {
        "Wat speelt er?": None, "What matters?": "en-GB", "Word": "en-GB", "street": "en-GB", "Daarna": None,
    }  # fmt: skip


def test_every_picture_says_the_sentence_of_its_outcome_and_what_it_shows() -> None:
    pictures = [block for block in report_of(SNAPSHOT, ()).blocks if isinstance(block, Picture)]

    assert len(pictures) == 6
    assert all(len(block.alternative) > 60 and block.instead for block in pictures)


def test_keys_of_sheets_and_columns_are_names_for_programs_and_each_is_there_once() -> None:
    name = re.compile(r"[a-z][a-z_]*")
    keys = [sheet.key for sheet in SHEETS]

    assert len(set(keys)) == len(keys) and all(name.fullmatch(key) for key in keys)
    for sheet in SHEETS:
        columns = [column.key for column in sheet.columns]
        assert len(set(columns)) == len(columns) and all(name.fullmatch(key) for key in columns), sheet.key
        assert {len(row) for row in sheet.rows} <= {len(columns)}, sheet.key


def test_keys_do_not_depend_on_the_language() -> None:
    with in_language("en"):
        english = sheets_of(SNAPSHOT, ())

    def keys(sheets: object) -> list[tuple[str, list[str]]]:
        return [(sheet.key, [column.key for column in sheet.columns]) for sheet in sheets]  # type: ignore[attr-defined]

    assert keys(english) == keys(sheets_of(SNAPSHOT, ()))


def test_the_last_sheet_names_every_column_of_the_others() -> None:
    *others, columns = SHEETS

    assert columns.key == "columns"
    assert [(row[0], row[2], row[3]) for row in columns.rows] == [
        (sheet.key, column.key, column.heading) for sheet in others for column in sheet.columns
    ]
