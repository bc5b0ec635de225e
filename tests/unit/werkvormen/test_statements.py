"""Agree, disagree or pass: what is counted, what is told, and a real consultation counted again."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.unit.werkvormen import room
from workshop.domain.evening.ballots import Ballot
from workshop.domain.evening.stories import Bar, BarsPicture, Table
from workshop.domain.thread.items import Item, ItemKind
from workshop.werkvormen import StepContext, werkvorm

STATEMENTS = werkvorm("statements")
WORD = {"1": "agree", "-1": "disagree", "0": "pass"}


def _ballots(*answers: tuple[str, ...]) -> list[Ballot]:
    return [
        Ballot({"answer": {f"i{n}": a for n, a in enumerate(given, start=1)}}, group="Bewoners") for given in answers
    ]


def test_the_statement_most_people_agree_with_stands_first() -> None:
    around = room.context(STATEMENTS, items=room.items(STATEMENTS, ("Meer licht", "Meer groen")), is_secret=False)
    story = room.told(
        STATEMENTS,
        around,
        _ballots(("disagree", "agree"), ("disagree", "agree"), ("agree", "pass"), ("agree", "agree")),
    )
    assert story.lead == "De meeste mensen zijn het eens met: Meer groen (3); Meer licht (2)."
    assert story.picture == BarsPicture(
        (
            Bar("Meer groen", 3, "3 eens, 0 oneens, 1 pas", "i2"),
            Bar("Meer licht", 2, "2 eens, 2 oneens, 0 pas", "i1"),
        ),
        "mensen eens",
    )
    assert story.tables[0] == Table(
        "Antwoorden per onderwerp",
        ("Plaats", "Onderwerp", "Eens", "Oneens", "Pas", "Samen"),
        ((1, "Meer groen", 3, 0, 1, 4), (2, "Meer licht", 2, 2, 0, 4)),
    )
    assert story.discuss == ("Meer licht: de meningen zijn verdeeld (2 eens, 2 oneens).",)


def test_who_agrees_with_nothing_is_told() -> None:
    around = room.context(STATEMENTS, items=room.items(STATEMENTS, ("Meer licht",)), is_secret=False)
    assert room.told(STATEMENTS, around, _ballots(("disagree",))).lead == "Niemand is het ergens mee eens."


def test_london_youth_policing_gives_the_totals_of_the_participant_matrix(shared: Path) -> None:
    folder = shared / "data/real/polis/london.youth.policing"
    with (folder / "participants-votes.csv").open(newline="", encoding="utf-8") as source:
        matrix = list(csv.DictReader(source))
    with (folder / "comments.csv").open(newline="", encoding="utf-8") as source:
        body = {row["comment-id"]: row["comment-body"] for row in csv.DictReader(source) if row["moderated"] != "-1"}
    asked = [name for name in matrix[0] if name.isdigit()]
    assert (len(matrix), len(asked), len(body)) == (26, 36, 36)
    assert set(asked) == set(body)

    last: dict[str, dict[str, str]] = {row["participant"]: {} for row in matrix}
    with (folder / "votes.csv").open(newline="", encoding="utf-8") as source:
        for row in sorted(csv.DictReader(source), key=lambda row: int(row["timestamp"])):
            if row["comment-id"] in body:
                last[row["voter-id"]][row["comment-id"]] = row["vote"]

    around = StepContext(items=[Item(key, "w", ItemKind.FINDING, body[key]) for key in asked], is_secret=False)
    ballots = []
    for row in matrix:
        answers, _complete = STATEMENTS.accept(
            around, {f"answer.{key}": [WORD[vote]] for key, vote in last[row["participant"]].items()}
        )
        ballots.append(Ballot(answers, group=f"Groep {row['group-id']}"))
    outcome = STATEMENTS.outcome(around, ballots)

    def totals(group: str | None) -> dict[str, dict[str, int]]:
        rows = [row for row in matrix if group in (None, f"Groep {row['group-id']}")]
        return {key: {word: sum(row[key] == vote for row in rows) for vote, word in WORD.items()} for key in asked}

    assert outcome["n"] == 26
    assert outcome["counts"] == totals(None)
    assert set(outcome["counts_per_group"]) == {f"Groep {n}" for n in {row["group-id"] for row in matrix}}
    assert outcome["counts_per_group"] == {group: totals(group) for group in outcome["counts_per_group"]}
    assert sum(outcome["groups"].values()) == 26
    story = STATEMENTS.story(around, outcome)
    assert len(story.tables[0].rows) == 36
    secret = STATEMENTS.outcome(StepContext(items=around.items, is_secret=True), ballots)
    assert secret["counts"] == totals(None)
