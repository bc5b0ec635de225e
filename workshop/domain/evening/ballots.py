"""A ballot as it is counted, and the sums that every count is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: The mark of an outcome that holds nothing but how many answered.
CLOSED = "is_closed"


@dataclass(frozen=True)
class Ballot:
    """One ballot as it is counted: never with a key, a time or a person.

    ``group`` is the folded label of a secret step or the real group of an open one; ``organisation`` only in open steps.
    ``is_paper`` tells that somebody else typed it in. ``times`` is how many people gave exactly this ballot: in a full hall
    many are alike, so what counts ballots adds up ``times`` and gives what it would give for the list written out.
    """

    answers: Mapping[str, Any]
    is_complete: bool = True
    group: str | None = None
    organisation: str | None = None
    is_paper: bool = False
    times: int = 1


def people(ballots: Iterable[Ballot]) -> int:
    """How many people these ballots stand for."""
    return sum(ballot.times for ballot in ballots)


def count_answers(ballots: Iterable[Ballot], question: str) -> dict[Any, int]:
    """People per answer to a question that has one answer (a choice, a step). Who gave none is not in it."""
    counts: dict[Any, int] = {}
    for ballot in ballots:
        if (answer := ballot.answers.get(question)) is not None:
            counts[answer] = counts.get(answer, 0) + ballot.times
    return counts


def one_by_one(ballots: Iterable[Ballot]) -> Iterator[Ballot]:
    """A ballot for every single person; only for what is told per person, the positions of an open step."""
    for ballot in ballots:
        for _person in range(ballot.times):
            yield ballot


def closed_outcome(ballots: Iterable[Ballot]) -> dict[str, Any]:
    """All that is known of a secret round with fewer ballots than may be told: how many there were (house ruling 4)."""
    given = list(ballots)
    return {
        "n": people(given),
        "complete": people(ballot for ballot in given if ballot.is_complete),
        "paper": people(ballot for ballot in given if ballot.is_paper),
        "groups": {},
        CLOSED: True,
    }


def is_closed(outcome: Mapping[str, Any]) -> bool:
    """Whether nothing but the number of ballots is known of this round."""
    return bool(outcome.get(CLOSED))
