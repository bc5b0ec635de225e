"""Dots on ideas are counted like dots on risks."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

DOTS = werkvorm("idea_dots")


def test_ideas_get_the_ballot_of_risks_with_a_question_of_their_own() -> None:
    around = room.context(DOTS)
    assert [q.prompt for q in DOTS.questions(around)] == ["Wat wil jij uitwerken?"]
    ballots = room.cast(DOTS, around, {"Bewoners": 4})
    assert DOTS.outcome(around, ballots) == werkvorm("risk_dots").outcome(around, ballots)
    assert DOTS.takes == {ItemKind.IDEA, ItemKind.WISH, ItemKind.INTERVENTION}
