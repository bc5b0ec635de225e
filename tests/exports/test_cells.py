"""Text on its way into a file, and names made by us."""

from __future__ import annotations

from datetime import date

import pytest

from workshop.documents.words import unreadable
from workshop.exports.cells import CELL_LIMIT, csv_value, file_text, sheet_value
from workshop.exports.names import content_disposition, file_name, friendly_name, sheet_titles, slug


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("gewoon", "gewoon"),
        ("a\x00b\x1bc\x0bd\x7fe\x85f", "abcdef"),
        ("a\ufffeb\uffffc\U0001fffed", "abcd"),
        ("a\ud800b", "ab"),
        ("a\u202eb\u2066c", "abc"),
        ("een\r\ntwee\rdrie\u2028vier", "een\ntwee\ndrie\nvier"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 4),
        ("", ""),
        (None, ""),
        ("\x00\x1b", "[tekst kon niet worden weergegeven]"),
        ("مرحبا 😀 żółw", "مرحبا 😀 żółw"),
    ],
)
def test_a_text_loses_what_no_file_can_hold_and_nothing_else(raw: str | None, kept: str) -> None:
    assert file_text(raw) == kept


@pytest.mark.parametrize("start", [*"=+-@\t\r；＝＋－＠−", " =", "\n="])
def test_a_csv_field_that_looks_like_a_formula_is_guarded(start: str) -> None:
    field = csv_value(f"{start}1+1")

    assert field[0] == "'" or field[0].isdigit()


def test_numbers_stay_numbers_in_a_csv_field() -> None:
    assert [csv_value(value) for value in (-2, 3.5, True, None, float("nan"))] == ["-2", "3,5", "ja", "", ""]


def test_a_text_that_looks_like_a_number_stays_text() -> None:
    assert [sheet_value(text) for text in ("3,5", "007", "1e5")] == ["3,5", "007", "1e5"]


def test_a_text_longer_than_a_cell_is_cut_with_a_note() -> None:
    short, long, emoji = "a" * CELL_LIMIT, "a" * 40_000, "😀" * 40_000

    assert sheet_value(short) == short
    for text in (long, emoji):
        cut = sheet_value(text)
        assert isinstance(cut, str)
        assert cut.endswith(" [ingekort: deze tekst past niet in één cel]")
        assert CELL_LIMIT - 2 <= len(cut.encode("utf-16-le")) // 2 <= CELL_LIMIT


def test_what_a_spreadsheet_would_decode_is_escaped() -> None:
    assert sheet_value("a_x0041_b") == "a_x005F_x0041_b"


def test_the_placeholder_is_a_sentence_part_people_can_read() -> None:
    assert unreadable() == "[tekst kon niet worden weergegeven]"


HOSTILE = ['Wijk "é"\r\nSet-Cookie: x=1', "../../etc/passwd", "C:\\x", "n" * 300, "日本", "", "a;b%0d%0a"]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_file_name_is_one_line_of_ascii_without_a_path(title: str) -> None:
    name = file_name(title, "docx", "1a2b3c4d")
    friendly = friendly_name(title, "docx", date(2026, 11, 21))
    header = content_disposition(name, friendly)

    assert name == f"koppelvlak-{slug(title)}-1a2b3c4d.docx"
    assert set(slug(title)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 1 <= len(slug(title)) <= 40
    assert header.isascii() and header.isprintable()
    assert not set(friendly) & set('/\\"\r\n:;%') and ".." not in friendly
    assert friendly.endswith(" 2026-11-21.docx")


def test_sheet_titles_are_valid_and_different() -> None:
    wanted = ["a" * 40, "a" * 35, "Risico's: [x]/*?\\", "risico's x", "'", "History", "\x00"]

    titles = sheet_titles(wanted)

    assert titles == [
        "a" * 31,
        "a" * 29 + " 2",
        "Risico's x",
        "risico's x 2",
        "Blad",
        "History 2",
        "tekst kon niet worden weergegev",
    ]
