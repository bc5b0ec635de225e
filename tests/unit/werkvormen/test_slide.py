"""The slide: per group, with the movement since the time before."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.evening.ballots import Ballot
from workshop.domain.evening.stories import GroupRow, GroupsPicture
from workshop.werkvormen import werkvorm
from workshop.werkvormen.slide import slide_words

SLIDE = werkvorm("slide")


def _ballots(**places: list[int]) -> list[Ballot]:
    return [Ballot({"place": place}, group=group) for group, given in places.items() for place in given]


def test_movement_shows_per_group() -> None:
    march = SLIDE.outcome(room.context(SLIDE), _ballots(Bewoners=[1, 1, 2, 2, 2], Jongeren=[1, 1, 1, 1, 3]))
    may = room.context(SLIDE, previous=march)
    story = room.told(SLIDE, may, _ballots(Bewoners=[2, 2, 3, 3, 3, 3], Jongeren=[1, 1, 1, 2, 3]))
    assert story.picture == GroupsPicture(
        (
            GroupRow("Iedereen samen", (3, 3, 5), (6, 3, 1)),
            GroupRow("Bewoners", (0, 2, 4), (2, 3, 0)),
            GroupRow("Jongeren", (3, 1, 1), (4, 0, 1)),
        ),
        slide_words(),
    )
    assert story.lead == (
        "Iedereen samen: 5 van de 11 willen nu iets doen, 3 zien geen uitweg, 3 hebben er geen last van. "
        "De vorige keer wilde 1 van de 10 iets doen (deels andere mensen)."
    )


def test_groups_too_small_to_stand_apart_are_shown_as_one_room() -> None:
    story = room.told(SLIDE, room.context(SLIDE), _ballots(Bewoners=[1, 2, 2], Jongeren=[3, 3]))
    assert story.picture == GroupsPicture((GroupRow("Iedereen samen", (1, 2, 2)),), slide_words())
    assert story.sentences == ()
    assert story.lead == "Iedereen samen: 2 van de 5 willen nu iets doen, 2 zien geen uitweg, 1 heeft er geen last van."
