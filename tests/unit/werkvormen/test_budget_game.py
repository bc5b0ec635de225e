"""The budget game counts money: notes times the value of one."""

from __future__ import annotations

import pytest

from tests.unit.werkvormen import room
from workshop.domain.errors import WorkshopError
from workshop.domain.evening.ballots import Ballot
from workshop.domain.evening.stories import Bar, BarsPicture
from workshop.werkvormen import werkvorm

BUDGET = werkvorm("budget_game")


def test_notes_become_euros() -> None:
    around = room.context(BUDGET, settings={"notes": 10, "euros": 2_500, "cap": 10}, is_secret=False)
    assert BUDGET.questions(around)[0].prompt.endswith("Eén stip is één briefje van 2.500 euro.")
    ballots = [Ballot({"money": {"i1": 4, "i3": 6}}), Ballot({"money": {"i3": 10}})]
    story = room.told(BUDGET, around, ballots)
    assert story.lead == f"Het meeste geld gaat naar: {room.TEXTS[2]} (40.000 euro); {room.TEXTS[0]} (10.000 euro)."
    assert story.picture == BarsPicture(
        (
            Bar(room.TEXTS[2], 40_000, item_id="i3"),
            Bar(room.TEXTS[0], 10_000, item_id="i1"),
            Bar(room.TEXTS[1], 0, item_id="i2"),
        ),
        "euro",
    )
    assert story.scores["i3"] == "40.000 euro"


def test_more_than_the_purse_is_refused() -> None:
    around = room.context(BUDGET)
    with pytest.raises(WorkshopError, match="11 stippen gebruikt en er zijn er 10"):
        BUDGET.accept(around, {"money.i1": ["6"], "money.i2": ["5"]})
