"""What the activities with notes share: notes per part, in no order of writing, and none lost."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.werkvormen import room
from workshop.domain.evening.stories import Bar, BarsPicture, Table
from workshop.domain.thread.details import Details
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

MAP = werkvorm("empathy_map")


def test_notes_stand_by_the_alphabet_under_the_part_that_asked_for_them() -> None:
    around = room.context(
        MAP, notes=room.notes(MAP, {"thinks": ["Zo gaat het altijd", "Alweer"], "pain": ["Geen plek"]})
    )
    story = room.told(MAP, around, [])
    assert story.lead == "3 kaartjes in beeld."
    assert story.sentences == ("Nog leeg: Hoort; Ziet; Zegt; Doet; Winst.",)
    assert story.tables[1:] == (
        Table("Denkt", ("Kaartje",), (("Alweer",), ("Zo gaat het altijd",))),
        Table("Pijn", ("Kaartje",), (("Geen plek",),)),
    )
    assert story.scores == {"thinks1": "Denkt", "thinks2": "Denkt", "pain1": "Pijn"}


def test_a_note_without_a_part_goes_by_its_kind_or_is_shown_apart() -> None:
    sent = room.notes(MAP, {"pain": ["Geen plek"], "sees": ["Hekken"]})
    loose = [replace(note, details=Details()) for note in sent]
    strange = replace(loose[0], id="x", kind=ItemKind.ACTION, text="Bel de gemeente")
    outcome = MAP.outcome(room.context(MAP, notes=[*loose, strange]), [])
    assert outcome["n"] == 3
    assert {key: n for key, n in outcome["parts"].items() if n} == {"pain": 1, "other": 2}
    story = MAP.story(room.context(MAP, notes=[*loose, strange]), outcome)
    assert isinstance(story.picture, BarsPicture)
    assert story.picture.bars[-1] == Bar("Nog niet ingedeeld", 2)


def test_what_was_written_beside_a_note_stands_beside_it() -> None:
    sabotage = werkvorm("sabotage")
    story = room.told(sabotage, room.context(sabotage, notes=room.notes(sabotage, {"failure": ["Sleutel kwijt"]})), [])
    assert story.tables[1:] == (Table("Zo mislukt het", ("Kaartje", "Erbij geschreven"), (("Sleutel kwijt", "Les"),)),)
    assert story.picture is None
