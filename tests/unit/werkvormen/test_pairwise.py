"""Pairwise choice: every pair once, and what beats everything else."""

from __future__ import annotations

import pytest

from tests.unit.werkvormen import room
from workshop.domain.errors import WorkshopError
from workshop.domain.evening.ballots import Ballot
from workshop.werkvormen import werkvorm

PAIRWISE = werkvorm("pairwise")


def _ballot(*won: str) -> Ballot:
    return Ballot(dict(zip(("pair.i1.i2", "pair.i1.i3", "pair.i2.i3"), won, strict=True)), group="Bewoners")


def test_what_wins_every_pair_is_named() -> None:
    around = room.context(PAIRWISE, is_secret=False)
    ballots = [_ballot("i1", "i1", "i2"), _ballot("i1", "i3", "i2"), _ballot("i2", "i1", "i3")]
    outcome = PAIRWISE.outcome(around, ballots)
    assert outcome["wins"] == {"i1": 4, "i2": 3, "i3": 2}
    assert outcome["duels"] == [
        {"items": ["i1", "i2"], "won": [2, 1]},
        {"items": ["i1", "i3"], "won": [2, 1]},
        {"items": ["i2", "i3"], "won": [2, 1]},
    ]
    assert PAIRWISE.story(around, outcome).sentences == (f"{room.TEXTS[0]} wint van elk ander onderwerp.",)


def test_a_circle_has_no_winner_of_all() -> None:
    around = room.context(PAIRWISE, is_secret=False)
    assert room.told(PAIRWISE, around, [_ballot("i1", "i3", "i2")]).sentences == ()


@pytest.mark.parametrize("n", [1, 8])
def test_one_item_or_too_many_do_not_open(n: int) -> None:
    around = room.context(PAIRWISE, items=room.items(PAIRWISE, [f"Onderwerp {i}" for i in range(n)]))
    with pytest.raises(WorkshopError, match="twee tot en met 7"):
        PAIRWISE.is_ready(around)
