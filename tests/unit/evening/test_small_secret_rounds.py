"""A secret round with fewer than five ballots has no outcome, whatever the werkvorm (house ruling 4)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.unit.werkvormen import room
from workshop.domain.evening.ballots import Ballot
from workshop.werkvormen import Werkvorm, all_werkvormen, contract

WITH_BALLOT = [activity for activity in all_werkvormen() if activity.asks_ballot]
each = pytest.mark.parametrize("activity", WITH_BALLOT, ids=lambda activity: activity.key)


def rooms_of(activity: Werkvorm, people: int) -> list[list[Ballot]]:
    """Rooms of as many people that all answered otherwise."""
    around = room.context(activity)
    one = [Ballot(*activity.accept(around, room.form(activity, around, n)), group="Bewoners") for n in range(2)]
    return [[ballot] * people for ballot in one]


def _check_nothing_is_told(activity: Werkvorm, people: int) -> None:
    around = room.context(activity)
    told = []
    for ballots in rooms_of(activity, people):
        outcome = activity.outcome(around, ballots)
        assert outcome == {"n": people, "complete": people, "paper": 0, "groups": {}, "is_closed": True}
        story = activity.story(around, outcome)
        assert (story.picture, story.tables, story.scores, story.discuss) == (None, (), {}, ())
        told.append(story)
    assert all(one == other for one, other in pairwise(told))


@each
@pytest.mark.parametrize("people", [1, 4])
def test_who_counted_four_cannot_be_told_from_who_counted_four_others(activity: Werkvorm, people: int) -> None:
    _check_nothing_is_told(activity, people)


@each
def test_five_are_told(activity: Werkvorm) -> None:
    around = room.context(activity)
    outcomes = [activity.outcome(around, ballots) for ballots in rooms_of(activity, 5)]
    assert outcomes[0] != outcomes[1]
    assert not any("is_closed" in outcome for outcome in outcomes)


@each
def test_an_open_round_of_one_is_told(activity: Werkvorm) -> None:
    around = room.context(activity, is_secret=False)
    assert "is_closed" not in activity.outcome(around, rooms_of(activity, 1)[0])


def test_the_sentence_says_how_many_and_why() -> None:
    (activity, *_rest) = WITH_BALLOT
    around = room.context(activity)
    one, four = (activity.story(around, activity.outcome(around, rooms_of(activity, n)[0])) for n in (1, 4))
    assert one.lead == "1 mens heeft geantwoord. Dat is te weinig om een uitslag te laten zien."
    assert four.lead == "4 mensen hebben geantwoord. Dat is te weinig om een uitslag te laten zien."
    assert four.sentences == (
        "Met minder dan 5 antwoorden is te raden wie wat koos. Daarom ziet niemand deze uitslag.",
    )


@each
def test_a_round_that_was_not_told_is_no_earlier_measurement(activity: Werkvorm) -> None:
    closed = activity.outcome(room.context(activity), rooms_of(activity, 4)[0])
    ballots = rooms_of(activity, 6)[1]
    assert room.told(activity, room.context(activity, previous=closed), ballots) == room.told(
        activity, room.context(activity), ballots
    )


@each
def test_without_the_rule_a_round_of_four_is_read_from_its_outcome(
    activity: Werkvorm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin."""
    monkeypatch.setattr(contract, "K", 0)
    with pytest.raises(AssertionError):
        _check_nothing_is_told(activity, 4)
