"""The join code: assurance list J, as far as reading and showing goes."""

from __future__ import annotations

import secrets
import string

import pytest

from workshop.domain.errors import WorkshopError
from workshop.domain.evening.joincode import ALPHABET, new_code, read_code, show_code

LOOK_ALIKE_HINT = "Er zit geen nul, letter O, één, I of L in een code."


def test_the_alphabet_is_31_symbols_without_look_alikes() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 31
    assert set(string.digits + string.ascii_uppercase) - set(ALPHABET) == set("01ILO")


def test_a_new_code_asks_for_each_symbol_and_is_read_back_as_shown() -> None:
    asked: list[str] = []

    def choose(symbols: str) -> str:
        asked.append(symbols)
        return secrets.choice(symbols)

    code = new_code(choose)
    assert asked == [ALPHABET] * 8
    assert read_code(show_code(code)) == code


def test_a_code_is_shown_in_two_halves() -> None:
    assert show_code("ABCDEFGH") == "ABCD-EFGH"


@pytest.mark.parametrize(
    "typed",
    [
        "ABCD-EFGH",
        "abcd-efgh",
        "ABCDEFGH",
        "  ABCD-EFGH\n",
        "ABCD–EFGH",
        "ABCD—EFGH",
        "ABCD\u2011EFGH",
        "ABCD\u2212EFGH",
        "ABCD\u00a0EFGH",
        "ABCD EFGH",
        "ＡＢＣＤ－ＥＦＧＨ",
        "A-B-C-D-E-F-G-H",
        "Code: ABCD-EFGH.",
        "code abcd efgh",
        "CODE:ABCDEFGH",
    ],
)
def test_a_code_typed_by_hand_is_forgiven_its_form(typed: str) -> None:
    assert read_code(typed) == "ABCDEFGH"


@pytest.mark.parametrize("typed", ["ABCD-EFG0", "ABCD-EFG1", "ABCD-EFGI", "ABCD-EFGL", "abcd-efgo", "abcd-efgl"])
def test_a_look_alike_is_refused_with_the_reason(typed: str) -> None:
    with pytest.raises(WorkshopError) as refusal:
        read_code(typed)
    assert refusal.value.message == (
        f"Deze code klopt niet. Typ de acht tekens over die op het scherm staan. {LOOK_ALIKE_HINT}"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "ABCD-EFGHJ",
        "ABCD-EFG",
        "АВСD-EFGH",  # Cyrillic А В С
        "\u202eHGFE-DCBA",
        "ABCD\x00EFGH",
        "ABCD\u200bEFGH",
        "ABCD-EFGH' OR '1'='1",
        'ABCD-EFGH"; DROP TABLE workshop;--',
        "../../ABCDEFGH",
        "<script>alert(1)</script>",
        "ABCD-EFGH" * 1_000,
        "A" * 10_000_000,
        "🙂🙂🙂🙂🙂🙂🙂🙂",
        "A\u0301BCD-EFGH",
        "ABCDEFß",  # upper case would make it eight
        "ABCDEF\u0660\u0661",  # Arabic digits
        12345678,
        True,
        None,
        ["ABCD-EFGH"],
        {"code": "ABCD-EFGH"},
        b"ABCD-EFGH",
    ],
    ids=lambda typed: ascii(typed)[:40],
)
def test_anything_else_is_refused_in_dutch_and_not_repeated(typed: object) -> None:
    with pytest.raises(WorkshopError) as refusal:
        read_code(typed)
    assert refusal.value.message == "Deze code klopt niet. Typ de acht tekens over die op het scherm staan."
    assert (refusal.value.kind, refusal.value.field) == ("refused", "code")


@pytest.mark.parametrize("typed", ["", " ", "---", "Code:", "\n\t"])
def test_nothing_typed_asks_for_the_code(typed: str) -> None:
    with pytest.raises(WorkshopError) as refusal:
        read_code(typed)
    assert refusal.value.message == "Vul de code in die op het scherm staat."
