"""Details of an item: everything people wrote in them can be said otherwise, and no field is forgotten."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import pytest

from tests.full_note import texts_in
from workshop.domain.thread import details as module
from workshop.domain.thread.basis import ReportBasis
from workshop.domain.thread.details import Authority, Details, fields_with_words

WORD = "merkwoord"
#: What holds no words of people: a key of a form, a choice out of three, what was published.
NO_WORDS = {"form", "authority", "basis"}

FULL = Details(
    form="initiative",
    lesson=f"lesson {WORD}",
    fields={"organisation": f"fields {WORD}", "year": 2019, "domain": WORD},
    translation=f"translation {WORD}",
    authority=Authority.COUNCIL,
    authority_note=f"authority_note {WORD}",
    basis=ReportBasis("Scan", "gemeente", "2013"),
    others={"later": {"more": [f"others {WORD}"]}},
)


def silence(text: str) -> str:
    return text.replace(WORD, "█")


def texts(details: Details, name: str) -> str:
    return " ".join(texts_in(getattr(details, name)))


def test_a_full_one_fills_every_field() -> None:
    assert [each.name for each in fields(Details) if getattr(FULL, each.name) == getattr(Details(), each.name)] == []


def test_every_field_holds_words_or_is_named_as_one_that_does_not() -> None:
    names = {each.name for each in fields(Details)}
    assert set(fields_with_words(Details)) == names - NO_WORDS
    assert {name for name in names if WORD in texts(FULL, name)} == names - NO_WORDS


def test_what_people_wrote_is_said_otherwise_in_every_field_and_the_rest_stays() -> None:
    told = FULL.reworded(silence, choices={"domain"})
    assert told.fields == {"organisation": "fields █", "year": 2019, "domain": WORD}
    without_choice = replace(told, fields={"organisation": told.fields["organisation"]})
    assert [each.name for each in fields(Details) if WORD in texts(without_choice, each.name)] == []
    assert [each.name for each in fields(Details) if getattr(told, each.name) == getattr(FULL, each.name)] == [
        "form", "authority", "basis"
    ]  # fmt: skip
    assert list(told.fields) == list(FULL.fields), "in the order in which it was asked"


def test_a_key_that_looks_like_a_choice_elsewhere_is_no_choice() -> None:
    assert Details(others={"domain": WORD}).reworded(silence, choices={"domain"}).others == {"domain": "█"}


@pytest.mark.parametrize("forgotten", ["lesson", "translation", "authority_note", "others"])
def test_twin_a_forgotten_field_keeps_its_word(forgotten: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = tuple(name for name in fields_with_words(Details) if name != forgotten)
    monkeypatch.setattr(module, "fields_with_words", lambda _kind: known)
    told = FULL.reworded(silence)
    assert [each.name for each in fields(Details) if WORD in texts(told, each.name)] == [forgotten]


def test_twin_a_new_field_that_does_not_say_whether_it_holds_words_is_refused() -> None:
    @dataclass(frozen=True)
    class Later(Details):
        remark: str = ""

    with pytest.raises(KeyError):
        fields_with_words(Later)
