"""Who was there beside who lives there: in words, without a precision that nobody has."""

from __future__ import annotations

from workshop.documents.presence import presence_lines
from workshop.domain.evening.groups import OTHERS

BUURT = ["BU03080100"]
CHOSE = "Mensen kozen zelf om te komen. De uitslag zegt wat deze groep vindt, niet wat de hele wijk vindt."


def test_a_room_is_laid_beside_its_neighbourhood() -> None:
    assert presence_lines(40, {"Bewoners": 34, "Jongeren": 6}, BUURT) == [
        "Er waren 40 deelnemers.",
        "In Componistenwijk wonen ongeveer 1.050 mensen (CBS, 2024).",
        "Jongeren: er waren er meer dan je in deze wijk verwacht.",
        CHOSE,
    ]
    assert "Jongeren: er waren er ongeveer zoveel als je in deze wijk verwacht." in presence_lines(
        60, {"Bewoners": 55, "Jongeren": 5}, BUURT
    )
    assert "Jongeren: er waren er minder dan je in deze wijk verwacht." in presence_lines(
        200, {"Bewoners": 195, "Jongeren": 5}, BUURT
    )


def test_of_a_group_that_is_folded_nothing_is_said() -> None:
    assert presence_lines(9, {"Bewoners": 5, OTHERS: 4}, BUURT) == [
        "Er waren 9 deelnemers.",
        "In Componistenwijk wonen ongeveer 1.050 mensen (CBS, 2024).",
        CHOSE,
    ]


def test_an_area_nobody_knows_is_told_so_and_nobody_is_nobody() -> None:
    assert presence_lines(1, {}, ["BU99999999"]) == [
        "Er was 1 deelnemer.",
        "Hoeveel mensen er in de wijk wonen, weten we niet.",
        CHOSE,
    ]
    assert presence_lines(0, {}, BUURT) == ["Er was niemand."]


def test_when_cards_could_turn_the_sentence_round_it_is_not_said() -> None:
    sure = presence_lines(25, {"Bewoners": 19, "Jongeren": 6}, BUURT, on_paper=9)
    assert "Jongeren: er waren er meer dan je in deze wijk verwacht." in sure
    unsure = presence_lines(60, {"Bewoners": 55, "Jongeren": 5}, BUURT, on_paper=9)
    assert not [line for line in unsure if line.startswith("Jongeren")]


def test_people_without_a_phone_were_there_too() -> None:
    told = presence_lines(25, {"Bewoners": 25}, BUURT, on_paper=9)
    assert told[0] == "Er waren 25 deelnemers met een telefoon, en 9 op papier."
    assert presence_lines(0, {}, BUURT, on_paper=9)[0] == "Er waren 0 deelnemers met een telefoon, en 9 op papier."
