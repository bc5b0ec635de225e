"""A ballot that stands for several people counts as the list written out would: every werkvorm, random halls."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from random import Random
from typing import Any

import pytest

from tests.proofs import cases
from tests.unit.werkvormen import room
from workshop.domain.errors import WorkshopError
from workshop.domain.evening.ballots import Ballot
from workshop.werkvormen import StepContext, Werkvorm, all_werkvormen, werkvorm

VOTING = [activity for activity in all_werkvormen() if activity.asks_ballot]
every_vote = pytest.mark.parametrize("activity", VOTING, ids=lambda activity: activity.key)

#: Halls per werkvorm, secret ones and open ones each.
HALLS = cases(25, whole=500)
Outcome = Callable[[StepContext, Sequence[Ballot]], Mapping[str, Any]]


def values_per_field(activity: Werkvorm, around: StepContext) -> dict[str, list[str]]:
    """What each field of the form takes when it is the only one filled in; all likely values when it takes none alone."""
    likely: dict[str, dict[str, None]] = {}
    for n in range(6):
        for question in activity.questions(around):
            for name in question.fields:
                likely.setdefault(name, dict.fromkeys(str(digit) for digit in range(1, 6)))
        for name, (value,) in room.form(activity, around, n).items():
            likely[name][value] = None

    def takes(name: str, value: str) -> bool:
        try:
            activity.accept(around, {name: [value]})
        except WorkshopError:
            return False
        return True

    return {name: [v for v in values if takes(name, v)] or list(values) for name, values in likely.items()}


def any_ballot(activity: Werkvorm, around: StepContext, values: Mapping[str, Sequence[str]], chance: Random) -> Ballot:
    """A ballot that was accepted, whole or with parts left empty, of somebody in one of a few groups."""
    for _try in range(1_000):
        filled_in = chance.choice((0.4, 0.8, 1))
        form = {name: [chance.choice(allowed)] for name, allowed in values.items() if chance.random() < filled_in}
        try:
            answers, is_complete = activity.accept(around, form)
        except WorkshopError:
            continue
        organisation = None if around.is_secret else chance.choice((None, "Gemeente", "Politie"))
        group = chance.choice(("Bewoners", "Bewoners", "Jongeren", "Ondernemers", "overig", None))
        return Ballot(answers, is_complete, group, organisation, is_paper=chance.random() < 0.3)
    raise AssertionError(f"{activity.key} takes no ballot made of {values}")


def any_hall(activity: Werkvorm, around: StepContext, chance: Random) -> list[Ballot]:
    """One ballot per person; many are alike, next to each other and further on."""
    values = values_per_field(activity, around)
    different = [any_ballot(activity, around, values, chance) for _each in range(chance.randint(1, 7))]
    return [
        ballot for _run in range(chance.randint(0, 9)) for ballot in [chance.choice(different)] * chance.randint(1, 6)
    ]


def put_together(written_out: Sequence[Ballot]) -> list[Ballot]:
    """Neighbours that are alike as one ballot, so that the order stays."""
    return [replace(ballot, times=len(list(run))) for ballot, run in groupby(written_out)]


def check_counted_alike(activity: Werkvorm, outcome: Outcome) -> None:
    chance = Random(f"counting {activity.key}")
    together, people = 0, 0
    for is_secret in (True, False):
        around = room.context(activity, is_secret=is_secret)
        for _hall in range(HALLS):
            hall = any_hall(activity, around, chance)
            counted = outcome(around, put_together(hall))
            assert counted == outcome(around, hall)
            assert json.dumps(counted) == json.dumps(outcome(around, hall)), "the same to the letter, order included"
            assert counted["n"] == len(hall)
            together, people = together + len(put_together(hall)), people + len(hall)
    assert people > 2 * together > 0, "the halls are of people who choose alike"


@pytest.mark.proof
@every_vote
def test_ballots_that_stand_for_several_people_count_as_the_list_written_out(activity: Werkvorm) -> None:
    check_counted_alike(activity, activity.outcome)


@every_vote
def test_the_halls_hold_whole_and_half_ballots_paper_and_every_group(activity: Werkvorm) -> None:
    chance = Random(f"halls {activity.key}")
    around = room.context(activity, is_secret=False)
    seen = [ballot for _hall in range(HALLS * 2) for ballot in any_hall(activity, around, chance)]
    assert {b.group for b in seen} == {"Bewoners", "Jongeren", "Ondernemers", "overig", None}
    assert {b.organisation for b in seen} == {None, "Gemeente", "Politie"}
    assert {b.is_paper for b in seen} == {True, False}
    alone = [
        activity.accept(around, {name: [v]}) for name, vs in values_per_field(activity, around).items() for v in vs
    ]
    assert {b.is_complete for b in seen} == {True, *(is_complete for _answers, is_complete in alone)}
    assert len({json.dumps(b.answers) for b in seen}) >= 3


@every_vote
def test_the_cost_is_that_of_the_different_ballots(activity: Werkvorm) -> None:
    check_read_as_often(activity, activity.outcome)


def check_read_as_often(activity: Werkvorm, outcome: Outcome) -> None:
    """Of a secret step nothing is told per person, so a full hall is read as often as a small one."""

    def times_read(times: int) -> int:
        reads = 0

        class Answers(dict[str, Any]):
            def get(self, *asked: Any) -> Any:
                nonlocal reads
                reads += 1
                return super().get(*asked)

        around = room.context(activity)
        cast = room.cast(activity, around, {"Bewoners": 3, "Jongeren": 2})
        outcome(around, [replace(ballot, answers=Answers(ballot.answers), times=times) for ballot in cast])
        return reads

    assert times_read(5) == times_read(500) > 0


class TestTheChecksThemselves:
    """A check that finds nothing proves something only when it can find: each planted fault is found."""

    @every_vote
    def test_an_outcome_that_counts_every_ballot_once(self, activity: Werkvorm) -> None:
        with pytest.raises(AssertionError):
            check_counted_alike(
                activity, lambda around, given: activity.outcome(around, [replace(b, times=1) for b in given])
            )

    @pytest.mark.parametrize(
        ("key", "name", "wrong"),
        [
            ("commitment", "count_answers", lambda given, key: Counter(b.answers.get(key) for b in given)),
            ("risk_dots", "people", lambda given: len(list(given))),
            ("risk_field", "one_by_one", lambda given: given),
        ],
    )
    def test_one_sum_of_an_outcome_that_counts_every_ballot_once(
        self, monkeypatch: pytest.MonkeyPatch, key: str, name: str, wrong: Any
    ) -> None:
        activity = werkvorm(key)
        monkeypatch.setattr(f"workshop.werkvormen.{key}.{name}", wrong)
        with pytest.raises(AssertionError):
            check_counted_alike(activity, activity.outcome)

    @every_vote
    def test_an_outcome_that_writes_the_list_out(self, activity: Werkvorm) -> None:
        def written_out(around: StepContext, given: Sequence[Ballot]) -> Mapping[str, Any]:
            return activity.outcome(around, [replace(b, times=1) for b in given for _person in range(b.times)])

        check_counted_alike(activity, written_out)
        with pytest.raises(AssertionError):
            check_read_as_often(activity, written_out)
