"""A score per item: how many gave a 4 or 5, and the middle."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.evening.ballots import Ballot
from workshop.domain.evening.stories import Table
from workshop.werkvormen import werkvorm

SCALE = werkvorm("scale_items")


def test_the_bar_counts_people_who_gave_a_four_or_five() -> None:
    around = room.context(SCALE, items=room.items(SCALE, ("Buurtkamer", "Hekwerk")), is_secret=False)
    ballots = [Ballot({"answer": {"i1": a, "i2": b}}) for a, b in (("5", "1"), ("4", "2"), ("2", "5"))]
    story = room.told(SCALE, around, ballots)
    assert story.lead == "Het vaakst een 4 of 5: Buurtkamer (2); Hekwerk (1)."
    assert story.scores == {
        "i1": "2 van de 3 gaven een 4 of 5, midden 4",
        "i2": "1 van de 3 gaven een 4 of 5, midden 2",
    }
    assert story.tables[0] == Table(
        "Antwoorden per onderwerp",
        (
            "Plaats", "Onderwerp", "1 – Helemaal niet", "2 – Een beetje", "3 – Redelijk", "4 – Goed",
            "5 – Heel goed",
            "4 – Goed + 5 – Heel goed", "Samen",
        ),
        ((1, "Buurtkamer", 0, 1, 0, 1, 1, 2, 3), (2, "Hekwerk", 1, 1, 0, 0, 1, 1, 3)),
    )  # fmt: skip


def test_an_item_without_scores_says_so() -> None:
    around = room.context(SCALE, items=room.items(SCALE, ("Buurtkamer", "Hekwerk")), is_secret=False)
    assert room.told(SCALE, around, [Ballot({"answer": {"i1": "3"}})]).scores["i2"] == "nog geen cijfers"
