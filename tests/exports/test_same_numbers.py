"""All downloads hold the numbers of the snapshot, read back with their own readers; none holds what is blind."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document

from tests.exports.evenings import empty_plan, full_evening
from tests.exports.readers import (
    docx_text,
    opened_by_libreoffice,
    read_csv_zip,
    read_docx_tables,
    read_json,
    read_xlsx,
    xml_parts,
)
from workshop.documents.blocks import Cell
from workshop.documents.material import numbers_in, shown_rounds
from workshop.documents.sheets.book import sheets_of
from workshop.documents.words import per_group
from workshop.domain.errors import NotFound
from workshop.exports.shelf import downloads, make_file
from workshop.locale import format_number
from workshop.sources.figure import value_text
from workshop.sources.figures import figures_for

SNAPSHOT = full_evening()
FIGURES = figures_for([area.code for area in SNAPSHOT.wijkplan.areas])
SHEETS = sheets_of(SNAPSHOT, FIGURES)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {download.kind: make_file(download.kind, SNAPSHOT).data for download in downloads()}


def test_the_workbook_holds_every_table_value_for_value(files: dict[str, bytes]) -> None:
    found = read_xlsx(files["xlsx"])

    assert list(found) == [sheet.title for sheet in SHEETS]
    for sheet in SHEETS:
        assert found[sheet.title][0] == list(sheet.header)
        # The writer keeps sixteen digits of a number, Python seventeen.
        for written, row in zip(found[sheet.title][1:], sheet.rows, strict=True):
            assert written == [pytest.approx(_in_workbook(v)) if isinstance(v, float) else _in_workbook(v) for v in row]


def _in_workbook(value: Cell) -> object:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return None if value == "" else value


def test_the_csv_files_hold_the_same_tables(files: dict[str, bytes]) -> None:
    found = read_csv_zip(files["csv"])

    assert list(found) == [sheet.key for sheet in SHEETS]
    for sheet in SHEETS:
        assert found[sheet.key][0] == list(sheet.header)
        for written, row in zip(found[sheet.key][1:], sheet.rows, strict=True):
            for field, value in zip(written, row, strict=True):
                if isinstance(value, int | float) and not isinstance(value, bool):
                    assert float(field.replace(",", ".")) == value


def test_json_holds_every_count_of_every_shown_round(files: dict[str, bytes]) -> None:
    told = read_json(files["json"])
    rounds = {
        found["id"]: found for session in told["sessions"] for step in session["steps"] for found in step["rounds"]
    }

    expected = {shown.id: shown for _step, shown in shown_rounds(SNAPSHOT)}
    assert rounds.keys() == expected.keys()
    for round_id, shown in expected.items():
        found = rounds[round_id]
        assert (found["ballots"], found["on_paper"], found["present"]) == (shown.ballots, shown.paper, shown.expected)
        assert found["turnout"] == dict(shown.groups)
        assert sorted(numbers_in(found["outcome"])) == sorted(numbers_in(shown.outcome))
        assert [table["rows"] for table in found["tables"]] == [
            [list(row) for row in table.rows] for table in shown.story.tables
        ]
    assert [item["id"] for item in told["items"]] != []
    assert {item["id"] for item in told["items"]} == {item.id for item in SNAPSHOT.items}
    assert [figure["value"] for figure in told["figures"]] == [figure.value for figure in FIGURES]


def test_the_report_holds_every_number_of_every_table(files: dict[str, bytes]) -> None:
    printed = Counter(tuple(row) for table in read_docx_tables(files["docx"]) for row in table)

    wanted: Counter[tuple[str, ...]] = Counter()
    for _step, shown in shown_rounds(SNAPSHOT):
        for table in shown.story.tables:
            wanted.update(tuple(_printed(cell) for cell in row) for row in table.rows)
        if shown.groups:
            wanted.update((group, str(n)) for group, n in per_group(shown.groups, shown.ballots))
    assert wanted - printed == Counter()
    values = Counter(row[2] for row in printed.elements() if len(row) == 5)
    assert Counter(value_text(figure) for figure in FIGURES) - values == Counter()


def _printed(cell: object) -> str:
    return format_number(cell) if isinstance(cell, int | float) else str(cell or "")


def test_every_download_states_the_moment_it_speaks_of(files: dict[str, bytes]) -> None:
    moment = "21 november 2026, 22:31 uur"

    assert moment in docx_text(files["docx"])
    assert ["Stand van", moment] in read_xlsx(files["xlsx"])["Over dit bestand"]
    assert ["Stand van", moment] in read_csv_zip(files["csv"])["about"]
    assert read_json(files["json"])["as_of"] == "2026-11-21T21:31:12+00:00"


def test_no_time_finer_than_a_day_stands_beside_a_text(files: dict[str, bytes]) -> None:
    sheets = [text for name, text in xml_parts(files["xlsx"]).items() if not name.startswith("docProps/")]
    rest = read_json(files["json"])
    del rest["as_of"]

    clock = re.compile(r"\d{2}:\d{2}")
    assert {hit for text in sheets for hit in clock.findall(text)} == {"22:31"}  # the moment of the download itself
    assert clock.findall(json.dumps(rest)) == []


def test_items_stand_in_an_order_that_does_not_follow_the_evening() -> None:
    backwards = dataclasses.replace(SNAPSHOT, items=tuple(reversed(SNAPSHOT.items)))

    assert sheets_of(backwards, FIGURES) == SHEETS
    assert make_file("json", backwards).data == make_file("json", SNAPSHOT).data


def test_the_same_snapshot_gives_the_same_report() -> None:
    assert read_docx_tables(make_file("docx", SNAPSHOT).data) == read_docx_tables(make_file("docx", SNAPSHOT).data)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "csv", "json"])
def test_an_empty_plan_is_a_whole_file_too(kind: str) -> None:
    data = make_file(kind, empty_plan()).data

    match kind:
        case "docx":
            assert "De groep schreef nog geen gezamenlijke opgave." in docx_text(data)
        case "xlsx":
            assert len(read_xlsx(data)["Bijeenkomsten"]) == 1
        case "csv":
            assert len(read_csv_zip(data)["sessions"]) == 1
        case "json":
            assert read_json(data)["sessions"] == []


def test_an_unknown_kind_is_not_there() -> None:
    with pytest.raises(NotFound):
        make_file("exe", SNAPSHOT)


def test_four_hundred_items_all_stand_in_the_report() -> None:
    many = tuple(
        dataclasses.replace(SNAPSHOT.items[2], id=f"{n:032d}", text=f"Kaartje {n} over de straat") for n in range(400)
    )
    plan = dataclasses.replace(SNAPSHOT, items=many)

    rows = sum(len(table) for table in read_docx_tables(make_file("docx", plan).data))
    assert rows > 400


def test_libreoffice_opens_the_workbook(files: dict[str, bytes], tmp_path: Path) -> None:
    as_csv = opened_by_libreoffice(files["xlsx"], "xlsx", "csv", tmp_path).decode("utf-8")
    assert "Wijkplan Baarn-Noord" in as_csv


def test_the_report_opens_in_libreoffice_with_its_pictures(files: dict[str, bytes], tmp_path: Path) -> None:
    pdf = opened_by_libreoffice(files["docx"], "docx", "pdf", tmp_path)
    assert pdf.startswith(b"%PDF")
    assert len(Document(io.BytesIO(files["docx"])).inline_shapes) == 6
