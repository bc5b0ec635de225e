"""Assumption analysis: held, refuted, or still to be measured."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.evening.ballots import Ballot
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

ASSUMPTIONS = werkvorm("assumptions")


def test_what_nobody_knows_yet_is_what_to_keep_measuring() -> None:
    around = room.context(
        ASSUMPTIONS, items=room.items(ASSUMPTIONS, ("Jongeren komen", "Licht helpt")), is_secret=False
    )
    ballots = [
        Ballot({"answer": {"i1": a, "i2": b}}) for a, b in (("open", "held"), ("open", "held"), ("refuted", "held"))
    ]
    story = room.told(ASSUMPTIONS, around, ballots)
    assert story.lead == "Dit klopte het vaakst: Licht helpt (3)."
    assert story.discuss == ("Jongeren komen: 2 keer “weten we nog niet”. Spreek af hoe je dit blijft meten.",)
    assert story.scores["i1"] == "0 klopte, 1 klopte niet, 2 weten we nog niet"


def test_only_assumptions_are_judged() -> None:
    assert ASSUMPTIONS.takes == {ItemKind.ASSUMPTION}
