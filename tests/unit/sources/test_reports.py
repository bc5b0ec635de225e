"""A report as passages: Markdown and Windows text, points of a list, long paragraphs; no file that is no text."""

from __future__ import annotations

import pytest

from workshop.domain.errors import WorkshopError
from workshop.domain.thread.items import LONGEST_TEXT
from workshop.sources.reports import Passage, read_report

SCAN = """---
title: "Gebiedsscan Noord"
layout: x
---
# Noord
![](/plaatje.png)

Er is **weinig** te doen voor *jongeren* in deze buurt.
Dat zeggen ook [de wijkagenten](https://voorbeeld.nl) zelf.

* Het plein is na acht uur verlaten en donker
* Kort
1. Ouderen durven er niet meer te lopen

| Kenmerk | Aantal |
|-----|----|
| Inwoners | 2.875 |
---
\\* Achter de percentages staan de gemiddelden.
"""


def test_paragraphs_and_points_are_passages_under_their_heading() -> None:
    report = read_report(SCAN.encode())
    assert (report.title, report.left_out) == ("Gebiedsscan Noord", 2)
    assert report.passages == tuple(
        Passage("Noord", text)
        for text in (
            "Er is weinig te doen voor jongeren in deze buurt. Dat zeggen ook de wijkagenten zelf.",
            "Het plein is na acht uur verlaten en donker",
            "Ouderen durven er niet meer te lopen",
            "* Achter de percentages staan de gemiddelden.",
        )
    )


def test_plain_text_of_windows_is_read_with_its_accents() -> None:
    report = read_report("Cafés zorgen voor overlast.\r\nVooral op vrijdag.\r\n".encode("cp1252"))
    assert [p.text for p in report.passages] == ["Cafés zorgen voor overlast. Vooral op vrijdag."]
    assert report.title == ""


def test_a_long_paragraph_is_cut_between_sentences_and_nothing_is_lost() -> None:
    sentences = [f"Dit is zin {n} over de buurt." for n in range(300)]
    parts = [p.text for p in read_report(" ".join(sentences).encode()).passages]
    assert max(map(len, parts)) <= LONGEST_TEXT
    assert " ".join(parts) == " ".join(sentences)


def test_a_word_without_end_is_cut_all_the_same() -> None:
    told = "".join(chr(ord("a") + n % 26) for n in range(4_500))
    assert "".join(p.text for p in read_report(told.encode()).passages) == told


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04rest", "geen tekstbestand"),
        (b"%PDF-1.7", "geen tekstbestand"),
        (b"a\x00b", "geen tekstbestand"),
        (b"", "geen zinnen"),
        (b"kort", "geen zinnen"),
        (b"x" * 1_000_001, "te groot"),
    ],
)
def test_what_is_no_report_is_refused_in_a_sentence(content: bytes, why: str) -> None:
    with pytest.raises(WorkshopError, match=why):
        read_report(content)
