"""Small groups: they stand on no ballot, and nothing that is shown makes a choice certain. Source: house ruling 4."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import combinations_with_replacement, product
from typing import Any

import pytest
from sqlalchemy import select

from tests.evening import plan_evening
from workshop.actions.evening import running
from workshop.actions.evening.votes.door import Cast, cast_ballots
from workshop.domain.evening import groups as folding_rule
from workshop.domain.evening.ballots import Ballot
from workshop.domain.evening.groups import K
from workshop.domain.thread.items import Item, ItemKind, ItemState
from workshop.store import Store, ballots, schema
from workshop.werkvormen import StepContext, contract, werkvorm


@pytest.mark.parametrize(
    ("at_opening", "later", "voting_people"),
    [
        ({"Bewoners": 6, "Ondernemers": 1}, {}, None),
        ({"Bewoners": 6, "Ondernemers": 2, "Jongeren": 1}, {}, None),
        ({"Bewoners": 6}, {"Ondernemers": 1}, None),
        ({"Bewoners": 5, "Ondernemers": 5}, {"Jongeren": 1}, None),
        ({"Bewoners": 6, "Ondernemers": 6}, {}, {"Bewoners": 6, "Ondernemers": 1}),
        ({"Bewoners": 1}, {"Ondernemers": 1}, None),
    ],
)
def test_a_small_group_never_stands_on_a_kept_ballot(
    store: Store, at_opening: dict[str, int], later: dict[str, int], voting_people: dict[str, int] | None
) -> None:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    people = {group: evening.people(n, group) for group, n in at_opening.items()}
    running.open_step(store, evening.facilitator, step)
    for group, n in later.items():
        people[group] = evening.people(n, group)
    for group, tokens in people.items():
        for token in tokens[: (voting_people or {}).get(group)]:
            form = {"stance": ["4"], "experience": ["good"]}
            cast_ballots(store, [Cast(token, evening.round_id(step), form, "b")])
    running.stop_step(store, evening.facilitator, step)
    with store.read() as conn:
        labels = folding_rule.count(b.group for b in ballots.final(conn, evening.round_id(step)))
        outcome = conn.execute(select(schema.round.c.outcome)).scalar_one()
    voted = sum(labels.values())
    assert all(n >= K for n in labels.values()) or labels == {"overig": voted}, labels
    assert outcome["n"] == voted and all(n >= K for n in outcome["groups"].values())


def outcome_of(key: str, per_group: Mapping[str, Sequence[dict[str, Any]]]) -> str:
    """Everything that is published of a secret round, as text: the outcome in JSON."""
    given = [Ballot(answers, True, group) for group, some in per_group.items() for answers in some]
    return json.dumps(werkvorm(key).outcome(CONTEXT, given), sort_keys=True)


CONTEXT = StepContext(
    settings={"budget": 2, "cap": 2},
    items=[
        Item(id=name, wijkplan_id="w", kind=ItemKind.RISK, state=ItemState.RELEASED, text=name) for name in ("a", "b")
    ],
)


BALLOTS = {
    "commitment": [{"stance": s, "experience": "good"} for s in (1, 3, 5)],
    "risk_dots": [{"dots": d} for d in ({"a": 2}, {"b": 2}, {"a": 1, "b": 1}, {"a": 1})],
}


def sure_choices(key: str, sizes: Mapping[str, int]) -> list[tuple[str, str]]:
    """Groups whose members' choice is certain to a reader of the outcome, although the room's own total leaves it open.

    Within a group people are exchangeable, so a choice is certain exactly when in every room that fits what was
    published that whole group chose it. The attacker knows the size of every group.
    """
    rooms_by_outcome: dict[str, list[dict[str, tuple[int, ...]]]] = {}
    rooms_by_total: dict[tuple[int, ...], list[dict[str, tuple[int, ...]]]] = {}
    options = range(len(BALLOTS[key]))
    for chosen in product(*(combinations_with_replacement(options, n) for n in sizes.values())):
        room = dict(zip(sizes, chosen, strict=True))
        told = outcome_of(key, {g: [BALLOTS[key][o] for o in some] for g, some in room.items()})
        rooms_by_outcome.setdefault(told, []).append(room)
        rooms_by_total.setdefault(tuple(sorted(o for some in chosen for o in some)), []).append(room)

    def certain(fitting: list[dict[str, tuple[int, ...]]], group: str) -> bool:
        return len({frozenset(room[group]) for room in fitting}) == 1 and len(set(fitting[0][group])) == 1

    found = []
    for told, fitting in rooms_by_outcome.items():
        for group in sizes:
            totals = {tuple(sorted(o for some in room.values() for o in some)) for room in fitting}
            given_away = all(certain(rooms_by_total[total], group) for total in totals)
            if certain(fitting, group) and not given_away:
                found.append((group, told))
    return found


SMALL_ROOMS = [
    {name: n for name, n in zip("ABC", sizes, strict=False)}
    for people in range(2, 9)
    for parts in (2, 3)
    for sizes in combinations_with_replacement(range(1, people), parts)
    if sum(sizes) == people
]


@pytest.mark.parametrize("key", ["commitment", "risk_dots"])
def test_in_rooms_of_two_to_eight_nobodys_choice_follows_from_what_is_shown(key: str) -> None:
    assert {str(sizes): sure_choices(key, sizes) for sizes in SMALL_ROOMS if sure_choices(key, sizes)} == {}


@pytest.mark.parametrize("key", ["commitment", "risk_dots"])
def test_twin_without_folding_choices_follow(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = folding_rule.fold
    monkeypatch.setattr(contract, "fold", lambda counts, k=1: real(counts, k=1))
    monkeypatch.setattr(contract, "K", 0)  # else a room of four says nothing, folded or not
    assert any(sure_choices(key, sizes) for sizes in SMALL_ROOMS[:6])


def test_a_group_of_five_of_one_mind_is_told_and_that_is_all_that_is_sure_in_larger_rooms() -> None:
    """The limit of k = 5: what a whole shown group chose is known of its members. Said on the page about secrecy."""
    for sizes in ({"A": 5, "B": 5}, {"A": 5, "B": 6}, {"A": 6, "B": 3}, {"A": 9, "B": 1}):
        for group, told in sure_choices("commitment", sizes):
            counted = json.loads(told)["stance_per_group"]
            assert group in counted and max(counted[group]) == sum(counted[group]) >= K
