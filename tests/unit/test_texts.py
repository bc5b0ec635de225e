"""Cleaning, escaping, comparing and blackening of texts: assurance list V, T23 and T26."""

from __future__ import annotations

import json
import random
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest

from tests.proofs import cases
from workshop.domain.errors import WorkshopError
from workshop.domain.texts import BLACK, blacken, clean_text, escape_markdown, same_text

MARKDOWN = json.loads((Path(__file__).parent / "inputs" / "markdown.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "x" * 2_000,
        "w" * 300,
        "ﬁets ²",
        "<b>x & y</b>",
        "<script>window.PWN=1</script>",
        "![x](http://127.0.0.1:8699/p.png)",
        "[klik](javascript:alert(1))",
        ":red[rood] :material/delete: :smile: `:streamlit:`",
        "$\\frac{1}{0}$",
        "&lt;b&gt; &#x3C;script&#x3E; &nbsp;",
        "{{7*7}} {% for x in y %} ${7*7} #{7*7} %s %n %x",
        "+31 zegt…",
        "-2 graden",
        "@school",
        "＝1+1",
        "../../etc/passwd",
        "C:\\x \\\\evil\\share",
        "regel een\nregel twee\n\nalinea",
        "👩‍👩‍👧 gezin 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣",
        "العربية",
        "Şükrü, Zoë en Renée",
    ],
    ids=lambda text: ascii(text)[:40],
)
def test_what_people_write_is_kept_as_it_is(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\x1bb", "ab"),
        ("a\x0bb", "ab"),
        ("a\x7fb", "ab"),
        ("a\x85b", "ab"),
        ("a\x00b", "ab"),
        ("a\ufffeb\uffffc\U0001fffed\ufdd0", "abcd"),
        ("a\ud800b\udfff", "ab"),
        ("a\u202eb\u2066c\u2069\u202c", "abc"),
        ("e\u0301en", "\u00e9en"),
        ("\t=1+1", "=1+1"),
        ("a\tb", "a b"),
        ("\r\n2026-11-21 INFO ok", "2026-11-21 INFO ok"),
        ("a\rb\r\nc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("a   \nb \u00a0\n\n\n\n\nc  ", "a\nb\n\nc"),
        ("Z" + "\u0338" * 50 + "a", "Z" + "\u0338" * 4 + "a"),
    ],
    ids=ascii,
)
def test_what_breaks_exports_or_turns_the_page_around_is_taken_out(raw: str, cleaned: str) -> None:
    assert clean_text(raw) == cleaned


def test_one_line_fields_lose_their_newlines() -> None:
    assert clean_text("  Wijk\r\n aan  zee\n", multiline=False) == "Wijk aan zee"


@pytest.mark.parametrize(
    "raw",
    ["", "   ", "\n\n", "\u200b" * 500, "\u2060\ufeff", "\u3164\u2800", "\x00\x1b", None, "\u0301", "\u202e"],
    ids=ascii,
)
def test_nothing_to_see_counts_as_empty(raw: str | None) -> None:
    with pytest.raises(WorkshopError) as refusal:
        clean_text(raw)
    assert refusal.value.message == "Vul iets in."


@pytest.mark.parametrize("raw", [3, True, ["a"], {"a": 1}, b"a", 1.5], ids=repr)
def test_what_is_no_text_is_refused(raw: object) -> None:
    with pytest.raises(WorkshopError) as refusal:
        clean_text(raw)
    assert refusal.value.message == "Dit is geen tekst. Typ het opnieuw."


@pytest.mark.parametrize(
    ("raw", "limit", "message"),
    [
        ("x" * 2_001, 2_000, "Je tekst is 2.001 tekens. Kort hem in tot 2.000."),
        ("x" * 2_014, 2_000, "Je tekst is 2.014 tekens. Kort hem in tot 2.000."),
        ("x" * 1_000_000, 2_000, "Je tekst is 1.000.000 tekens. Kort hem in tot 2.000."),
        ("x" * 81, 80, "Je tekst is 81 tekens. Kort hem in tot 80."),
    ],
    ids=["one too many", "fourteen", "a million", "short field"],
)
def test_too_long_tells_the_length_and_the_limit(raw: str, limit: int, message: str) -> None:
    with pytest.raises(WorkshopError) as refusal:
        clean_text(raw, limit=limit)
    assert refusal.value.message == message


def test_the_limit_counts_characters_after_composing_them() -> None:
    assert clean_text("e\u0301" * 2_000) == "é" * 2_000


@pytest.mark.proof
def test_cleaning_twice_changes_nothing() -> None:
    dice = random.Random(20261121)
    pool = (
        "ab \n\t\r\u0301\u0323\u0338\u0344\u200b\u202e\ufffe\u1100\u1161\u11a8\uac00éﬁ\U0001f469\u200d\u2028\x85\u00a0-"
    )
    for _turn in range(cases(3_000, whole=200_000)):
        raw = "x" + "".join(dice.choices(pool, k=dice.randint(1, 40)))
        once = clean_text(raw)
        assert (clean_text(once), unicodedata.normalize("NFC", once)) == (once, once)


def test_long_runs_of_marks_are_cleaned_or_refused() -> None:
    for raw in ("a" + "\u0301\u0323" * 59_000, "\u0301" * 100_000, " " * 100_000 + "a", "a \n" * 39_000):
        with suppress(WorkshopError):
            once = clean_text(raw)
            assert clean_text(once) == once


# --- Markdown. Looked at in Chromium with Streamlit 1.67: the 62 texts of markdown.json as st.markdown and as a label
# were shown as typed, without a link, a tag or a request to another host.

JOINER = "\u2060"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("gewoon, met komma's; en (haakjes)?", "gewoon, met komma's; en \\(haakjes\\)?"),
        ("**vet** _cur_ `code` ~~weg~~", "\\*\\*vet\\*\\* \\_cur\\_ \\`code\\` \\~\\~weg\\~\\~"),
        ("![x](p.png)", "\\!\\[x\\]\\(p.png\\)"),
        ("<b>&amp;</b>", "\\<b\\>\\&amp;\\</b\\>"),
        ("$x$ | y", "\\$x\\$ \\| y"),
        (":red[rood]", "\\:red\\[rood\\]"),
        (":smile:", f"\\:{JOINER}smile\\:"),
        (":material/delete:", f"\\:{JOINER}material/delete\\:"),
        ("http://evil.example", f"http{JOINER}\\://evil.example"),
        ("www.evil.example", f"www{JOINER}.evil.example"),
        ("jan@voorbeeld.nl", f"jan@{JOINER}voorbeeld.nl"),
        ("a -> b", f"a -{JOINER}\\> b"),
        ("- punt", "\\- punt"),
        ("+ punt", "\\+ punt"),
        ("1. een\n2) twee", "1\\. een  \n2\\) twee"),
        ("kop\n===", "kop  \n\\==="),
        ("een\ntwee\n\ndrie", "een  \ntwee\n\ndrie"),
        ("    blok", "\u00a0\u00a0\u00a0\u00a0blok"),
        ("om 12:30 uur", "om 12\\:30 uur"),
        ("C:\\x", "C\\:\\\\x"),
    ],
    ids=ascii,
)
def test_markdown_is_shown_as_it_was_typed(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@pytest.mark.parametrize("text", MARKDOWN, ids=lambda text: ascii(text)[:40])
def test_escaping_loses_nothing_that_can_be_seen(text: str) -> None:
    shown = escape_markdown(text).replace(JOINER, "").replace("\u00a0", " ").replace("  \n", "\n")
    unescaped, escaped = [], False
    for character in shown:
        if character == "\\" and not escaped:
            escaped = True
            continue
        unescaped.append(character)
        escaped = False
    assert "".join(unescaped) == text


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Café", "cafe\u0301", True),
        ("Te  donker\nbij het station ", "te donker bij het station", True),
        ("STRASSE", "straße", True),
        ("te donker", "te licht", False),
        ("te donker", "tedonker", False),
    ],
)
def test_duplicates_are_seen_through_case_blanks_and_composition(a: str, b: str, same: bool) -> None:
    assert same_text(a, b) is same


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Piet slaat Piet", ["piet"], f"{BLACK} slaat {BLACK}"),
        ("Bartholomeus en Jo", ["Bartholomeus", "Jo"], f"{BLACK} en {BLACK}"),
        ("Bartholomeus Jo Klaas", ["Bartholomeus", "Jo"], f"{BLACK} Klaas"),
        ("Jan  de\nVries was er", ["jan de vries"], f"{BLACK} was er"),
        ("Janneke en Jan's hond", ["Jan"], f"Janneke en {BLACK}'s hond"),
        ("mail a.b@c.nl (nu)", ["a.b@c.nl"], f"mail {BLACK} (nu)"),
        ("Rene\u0301e".replace("e\u0301", "é"), ["Rene\u0301e"], BLACK),
        ("niets", ["", "  "], "niets"),
        ("a.c abc", ["a.c"], f"{BLACK} abc"),
    ],
)
def test_blackened_words_betray_neither_length_nor_number(text: str, words: list[str], shown: str) -> None:
    assert blacken(text, words) == shown
