"""The report as a document people with a screen reader can use, and that says whose it is."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tests.exports.evenings import TASK, full_evening
from tests.exports.readers import docx_text, read_docx_tables, xml_parts
from workshop.actions.sprints.material import Snapshot
from workshop.documents import items
from workshop.documents.alternatives import describe
from workshop.documents.material import shown_rounds
from workshop.domain.evening.stories import BarsPicture, FieldPicture, GroupsPicture, OverlapPicture
from workshop.exports.pictures import draw
from workshop.exports.shelf import make_file
from workshop.locale import in_language

SNAPSHOT = full_evening()


@pytest.fixture(scope="module")
def report() -> bytes:
    return make_file("docx", SNAPSHOT).data


def test_every_part_is_well_formed(report: bytes) -> None:
    for name, text in xml_parts(report).items():
        parse_xml(text.encode())
        assert "\x00" not in text, name


def test_headings_are_real_and_skip_no_level(report: bytes) -> None:
    levels = [
        int(style.removeprefix("Heading "))
        for paragraph in Document(io.BytesIO(report)).paragraphs
        if (style := paragraph.style.name).startswith("Heading ")
    ]

    assert levels[0] == 1
    assert all(now - before <= 1 for before, now in pairwise(levels))


def test_the_joint_task_heads_the_report(report: bytes) -> None:
    styles = [(p.style.name, p.text) for p in Document(io.BytesIO(report)).paragraphs[:4]]

    assert styles == [
        ("Title", "Wijkplan Baarn-Noord"),
        ("Subtitle", "Gemeente Baarn · Centrum, Schoonoordpark"),
        ("Kader kop", "Gezamenlijke opgave"),
        ("Kader", TASK),
    ]


@pytest.mark.parametrize(("language", "tag"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_the_document_says_its_language(language: str, tag: str) -> None:
    with in_language(language):
        parts = xml_parts(make_file("docx", SNAPSHOT).data)

    assert set(re.findall(r'<w:lang [^>]*w:val="([^"]+)"', parts["word/styles.xml"])) == {tag}
    assert f"<dc:language>{tag}</dc:language>" in parts["docProps/core.xml"]


def test_every_table_has_a_heading_row_that_repeats_and_rows_that_stay_whole(report: bytes) -> None:
    tables = Document(io.BytesIO(report)).tables

    assert len(tables) > 10
    for table in tables:
        first, *rest = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in rest)


def test_every_picture_has_a_text_that_tells_what_it_shows(report: bytes) -> None:
    shapes = Document(io.BytesIO(report)).inline_shapes
    told = [shape._inline.docPr.get("descr") for shape in shapes]

    stories = [shown.story for _step, shown in shown_rounds(SNAPSHOT)]
    assert told == [f"{story.lead} {describe(story.picture)}" for story in stories if story.picture]


def test_the_only_name_in_the_properties_is_that_of_the_municipality(report: bytes) -> None:
    parts = xml_parts(report)
    told = Document(io.BytesIO(report)).core_properties

    assert (told.author, told.last_modified_by, told.comments, told.keywords) == ("Baarn", "Baarn", "", "")
    assert told.created.isoformat() == "2026-11-21T21:31:12+00:00"
    assert "python-docx" not in parts["docProps/core.xml"]
    assert "Sanne" not in parts["docProps/core.xml"] + parts["docProps/app.xml"]
    assert "word/comments.xml" not in parts or "<w:comment " not in parts["word/comments.xml"]


def test_nothing_points_outside_the_file(report: bytes) -> None:
    assert all('TargetMode="External"' not in text for text in xml_parts(report).values())


def test_every_item_has_a_line_about_where_it_came_from(report: bytes) -> None:
    tables = Document(io.BytesIO(report)).tables
    origins = {
        row.cells[0].text: row.cells[2].text
        for table in tables
        if [cell.text for cell in table.rows[0].cells][:3] == ["Tekst", "Waar en wat", "Herkomst"]
        for row in table.rows[1:]
    }

    for item in SNAPSHOT.items:
        text = f"{item.text}\nLes: {item.lesson}" if item.lesson else item.text
        assert origins[text] == item.origin_line


def told_why(snapshot: Snapshot) -> dict[str, str]:
    """What the report says under *Reden* of everything that stays, by its text."""
    return {
        row[0]: row[3]
        for table in read_docx_tables(make_file("docx", snapshot).data)
        if table[0][0] == "Wat" and table[0][3] == "Reden"
        for row in table[1:]
    }


def something_scored_that_stays() -> tuple[Snapshot, str]:
    scored = next(item for item in SNAPSHOT.items if item.goes_on is False)
    both = replace(scored, score="3 stippen")
    return replace(SNAPSHOT, items=tuple(both if item is scored else item for item in SNAPSHOT.items)), scored.text


def test_what_stays_is_told_with_its_reason_also_when_it_has_a_score() -> None:
    snapshot, text = something_scored_that_stays()
    assert told_why(snapshot) == {text: "Loopt al bij verkeer: snelheidsmeting in januari"}


def test_twin_a_report_that_takes_the_score_first_loses_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot, text = something_scored_that_stays()
    monkeypatch.setattr(items, "_why_it_stays", lambda item: item.score or item.reason)
    assert told_why(snapshot) == {text: "3 stippen"}


def test_figures_stand_with_year_source_and_level_and_sources_are_named(report: bytes) -> None:
    text = docx_text(report)

    assert "Schoonoordpark (buurt)" in text
    assert "2024, CBS" in text
    assert "licentie CC BY 4.0" in text


def test_each_kind_of_picture_is_drawn_and_the_same_one_gives_the_same_bytes() -> None:
    pictures = [shown.story.picture for _step, shown in shown_rounds(SNAPSHOT) if shown.story.picture]

    assert {type(picture) for picture in pictures} == {BarsPicture, GroupsPicture, OverlapPicture, FieldPicture}
    for picture in pictures:
        drawn = draw(picture)
        assert drawn.png.startswith(b"\x89PNG")
        assert drawn == draw(picture)
