"""Median and spread of people on the steps of a scale are those of the scores written out."""

from __future__ import annotations

from random import Random
from statistics import fmean, median, median_low

import pytest

from tests.proofs import cases
from workshop.domain.evening.scoring import middle, spread, typical


@pytest.mark.proof
def test_the_middle_and_the_spread_are_those_of_the_scores_written_out() -> None:
    chance = Random("scoring")
    for _each in range(cases(500, whole=50_000)):
        people = [chance.choice((0, 0, 1, 2, 7, 400)) for _step in range(chance.randint(1, 7))]
        scores = [step for step, n in enumerate(people, start=1) for _person in range(n)]
        if not scores:
            assert (middle(people), typical(people), spread(people)) == (None, None, None)
            continue
        mid = median(scores)
        assert (middle(people), typical(people)) == (mid, median_low(scores))
        assert spread(people) == fmean(abs(score - mid) for score in scores)


def test_two_people_far_apart_meet_in_the_middle() -> None:
    assert (middle([1, 0, 0, 0, 1]), typical([1, 0, 0, 0, 1]), spread([1, 0, 0, 0, 1])) == (3.0, 1, 2.0)
    assert (middle([]), typical([0, 0]), spread([0])) == (None, None, None)
