"""Ranking: points by place, also for real ballots."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.replay.pabulib import read_pb
from tests.unit.werkvormen import room
from workshop.domain.errors import WorkshopError
from workshop.domain.evening.ballots import Ballot
from workshop.domain.evening.stories import Table
from workshop.domain.thread.items import Item, ItemKind
from workshop.werkvormen import StepContext, werkvorm

RANKING = werkvorm("ranking")


def test_place_one_is_worth_as_many_points_as_there_are_places() -> None:
    around = room.context(RANKING, settings={"places": 2}, is_secret=False)
    ballots = [Ballot({"order": {"i1": 1, "i2": 2}}), Ballot({"order": {"i2": 1}})]
    story = room.told(RANKING, around, ballots)
    assert story.lead == f"Bovenaan staat: {room.TEXTS[1]} (3); {room.TEXTS[0]} (2)."
    assert story.tables[0] == Table(
        "Punten per onderwerp",
        ("Plaats", "Onderwerp", "Punten", "Keer op 1", "Aantal mensen"),
        ((1, room.TEXTS[1], 3, 1, 2), (2, room.TEXTS[0], 2, 1, 1), (3, room.TEXTS[2], 0, 0, 0)),
    )
    assert story.formula == "Plaats 1 geeft 2 punten, elke plaats lager één punt minder. Geen plaats geeft geen punten."


def test_the_same_place_twice_is_refused_and_a_gap_is_kept_as_unfinished() -> None:
    around = room.context(RANKING, settings={"places": 3})
    with pytest.raises(WorkshopError, match="Plaats 1 staat er twee keer"):
        RANKING.accept(around, {"order.i1": ["1"], "order.i2": ["1"]})
    assert RANKING.accept(around, {"order.i1": ["1"], "order.i2": ["3"]}) == ({"order": {"i1": 1, "i2": 3}}, False)


def test_there_are_never_more_places_than_items() -> None:
    around = room.context(RANKING, settings={"places": 20})
    with pytest.raises(WorkshopError, match="1 tot en met 3"):
        RANKING.accept(around, {"order.i1": ["4"]})
    assert RANKING.accept(around, {"order.i1": ["3"], "order.i2": ["1"], "order.i3": ["2"]})[1] is True


def test_zurich_s5r_gives_the_published_votes_and_scores(shared: Path) -> None:
    """180 people put five of 24 projects in order; 179 named five, one named one.

    The published score counts from the length of somebody's own list, so that single first place is worth 1 there; here
    place 1 is worth the same for everybody. On every other ballot the two are the same.
    """
    election = read_pb(shared / "data/real/stemmen/Switzerland_Zurich_S5R.pb")
    around = StepContext(
        settings={"places": 5}, items=[Item(p.id, "w", ItemKind.IDEA, p.name) for p in election.projects]
    )
    ballots, unfinished = [], []
    for vote in election.votes:
        sent = {f"order.{choice}": [str(place)] for place, choice in enumerate(vote.choices, start=1)}
        answers, is_complete = RANKING.accept(around, sent)
        ballots.append(Ballot(answers, is_complete))
        unfinished += [] if is_complete else [vote.choices]
    outcome = RANKING.outcome(around, ballots)
    assert (outcome["n"], outcome["complete"], len(unfinished)) == (180, 179, 1)
    assert outcome["named"] == election.published_votes
    ((only,),) = unfinished
    assert outcome["points"] == {**election.published_scores, only: election.published_scores[only] + 4}
