"""Words, numbers and dates in the language of whoever looks."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from workshop import locale
from workshop.locale import _, n_

POLISH = """
msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "Open de stemming"
msgstr "Otwórz głosowanie"

msgid "Stop de stemming"
msgstr ""

msgid "{n} stem"
msgid_plural "{n} stemmen"
msgstr[0] "{n} głos"
msgstr[1] "{n} głosy"
msgstr[2] "{n} głosów"
"""


@pytest.fixture(autouse=True)
def back_to_dutch() -> Iterator[None]:
    with locale.in_language("nl"):
        yield


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A third language, added the way anybody would: by a folder."""
    folder = tmp_path / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "koppelvlak.po").write_text(POLISH, encoding="utf-8")
    monkeypatch.setattr(locale, "_FOLDER", tmp_path)
    locale._languages.cache_clear()
    locale._catalogue.cache_clear()
    yield
    locale._languages.cache_clear()
    locale._catalogue.cache_clear()


def test_numbers_are_written_the_dutch_way() -> None:
    assert [locale.format_number(value) for value in (0, 7, 1234, 1234567.5, -3.25, 0.12345)] == [
        "0",
        "7",
        "1.234",
        "1.234.567,5",
        "-3,25",
        "0,123",
    ]


def test_decimals_asked_for_are_shown_even_when_zero() -> None:
    assert [locale.format_number(3, 1), locale.format_number(2.45, 1), locale.format_number(2.5, 0)] == [
        "3,0",
        "2,5",
        "3",
    ]


def test_halves_go_up_as_people_learned_it_at_school() -> None:
    assert [locale.format_percent(share) for share in (0, 0.125, 0.135, 0.5, 1)] == ["0%", "13%", "14%", "50%", "100%"]
    assert locale.format_percent(0.1235, 1) == "12,4%"


def test_days_and_hours_are_written_the_dutch_way() -> None:
    day = date(2026, 11, 21)
    assert [locale.format_date(day, style) for style in ("short", "medium", "long", "full")] == [
        "21-11-2026",
        "21 nov 2026",
        "21 november 2026",
        "zaterdag 21 november 2026",
    ]
    assert locale.format_time(time(9, 5)) == "09:05"


def test_a_moment_keeps_the_hour_it_carries() -> None:
    assert locale.format_time(datetime(2026, 11, 21, 19, 30, 59, tzinfo=UTC)) == "19:30"


def test_english_is_written_the_european_way() -> None:
    assert locale.use_language("en") == "en"
    assert locale.format_number(1234567.5) == "1,234,567.5"
    assert locale.format_percent(0.1235, 1) == "12.4%"
    assert locale.format_date(date(2026, 11, 21), "full") == "Saturday, 21 November 2026"
    assert locale.format_time(time(19, 30)) == "19:30"


@pytest.mark.parametrize("code", [None, "", "xx", "../../etc", "nl-BE", "nl_NL", "\x00"])
def test_whatever_a_cookie_holds_the_language_is_one_we_have(code: str | None) -> None:
    assert locale.use_language(code) == "nl"
    assert locale.current_language() == "nl"


def test_a_regional_code_finds_its_language() -> None:
    assert locale.use_language("en-GB") == "en"


def test_languages_are_named_in_themselves_dutch_first() -> None:
    assert list(locale.languages().items()) == [("nl", "Nederlands"), ("en", "English")]


def test_a_message_without_translation_shows_its_dutch_text() -> None:
    locale.use_language("en")
    assert _("Deze zin staat in geen enkele catalogus.") == "Deze zin staat in geen enkele catalogus."
    assert n_("{n} zonderling", "{n} zonderlingen", 2) == "{n} zonderlingen"


def test_an_empty_message_is_not_the_catalogue_header() -> None:
    assert _("") == ""


def test_a_language_is_added_by_adding_a_folder(polish: None) -> None:
    assert locale.languages() == {"nl": "Nederlands", "pl": "Polski"}
    locale.use_language("pl")
    assert _("Open de stemming") == "Otwórz głosowanie"
    assert _("Stop de stemming") == "Stop de stemming"
    assert [n_("{n} stem", "{n} stemmen", n).format(n=n) for n in (1, 2, 5, 22)] == [
        "1 głos",
        "2 głosy",
        "5 głosów",
        "22 głosy",
    ]


def test_two_people_in_one_process_keep_their_own_language(polish: None) -> None:
    def in_a_thread_of_its_own(code: str) -> str:
        locale.use_language(code)
        return _("Open de stemming")

    with ThreadPoolExecutor(max_workers=1) as pool:
        assert pool.submit(in_a_thread_of_its_own, "pl").result() == "Otwórz głosowanie"
    assert _("Open de stemming") == "Open de stemming"


def test_a_block_in_another_language_ends_where_it_ends(polish: None) -> None:
    def ends_halfway() -> None:
        with locale.in_language("pl"):
            assert _("Open de stemming") == "Otwórz głosowanie"
            raise ValueError("halverwege")

    with pytest.raises(ValueError, match="halverwege"):
        ends_halfway()
    assert locale.current_language() == "nl"
