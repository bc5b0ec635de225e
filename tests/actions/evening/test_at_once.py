"""Votes on SQLite: one statement that asks and stores, and a count of an open step that follows without reading again."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from tests.actions.evening.test_heads import CARD, leave
from tests.evening import Evening, plan_evening, session_in
from tests.proofs import cases
from workshop.actions.evening import on_paper, running, wall_view
from workshop.actions.evening.pulse import see_pulse, see_tally
from workshop.actions.evening.votes import live_count as kept_count
from workshop.actions.evening.votes.at_once import AtOnce, live_count
from workshop.actions.evening.votes.door import Cast, News, Receipt, cast_ballots
from workshop.actions.evening.votes.door import cast as cast_at_the_door
from workshop.actions.evening.votes.heads import ballot_key
from workshop.actions.people.gate import token_hash
from workshop.domain.errors import WorkshopError
from workshop.store import Change, Store, rooms, schema, vote_path


def hall(store: Store, people: int, *, is_secret: bool, beside: Evening | None = None) -> tuple[Evening, str]:
    """An evening with an open step; returns it with the id of its round. ``beside``: in the same wijkplan as that one."""
    if beside is None:
        evening = plan_evening(store)
    else:
        evening = session_in(store, beside.facilitator, beside.wijkplan_id, title="Ernaast", sprint=2)
    step = evening.step("commitment", is_secret=is_secret)
    evening.open_room()
    evening.people(people - people // 3)
    evening.people(people // 3, "Ondernemers")
    running.open_step(store, evening.facilitator, step)
    return evening, evening.round_id(step)


def cast(token: str, round_id: str, stance: int = 4, *, change: int = 1, experience: str = "good") -> Cast:
    return Cast(token, round_id, {"stance": [str(stance)], "experience": [experience]}, f"b{change}", change)


def sent(evening: Evening, token: str, round_id: str, *, session_id: str = "", change: int = 1) -> vote_path.Sent:
    return vote_path.Sent(
        session_id or evening.session_id,
        token_hash(token),
        round_id,
        ballot_key(token, round_id),
        False,
        '{"experience":"good","stance":4}',
        True,
        "b",
        change,
    )


def stored(store: Store, round_id: str) -> int:
    with store.read() as conn:
        return vote_path.count_running(conn, round_id).all


def refused_at_once(store: Store, wishes: list[vote_path.Sent]) -> list[bool]:
    """For each whether the statement left it alone; each in a transaction of its own."""
    found = []
    for wish in wishes:
        with store.write_by_hand() as conn:
            found.append(vote_path.put_at_once(conn, [wish]) is None)
    return found


def wishes_that_may_not(store: Store) -> tuple[str, list[vote_path.Sent]]:
    """A round with one ballot, and ballots that the statement has to leave alone, each for a reason of its own."""
    evening, round_id = hall(store, 6, is_secret=True)
    voted, removed, away, fine = evening.tokens[:4]
    other, elsewhere = hall(store, 3, is_secret=True, beside=evening)
    running.stop_step(store, other.facilitator, other_step(store, elsewhere))
    cast_ballots(store, [cast(voted, round_id, change=2)])
    with store.write() as conn:
        of_removed = schema.participant.c.token_hash == token_hash(removed)
        conn.execute(schema.participant.update().where(of_removed).values(removed_at=store.now()))
    leave(evening, away)
    return round_id, [
        sent(evening, voted, round_id, change=1),
        sent(evening, removed, round_id),
        sent(evening, away, round_id),
        sent(evening, "no such cookie", round_id),
        sent(evening, fine, round_id, session_id=other.session_id),
        sent(other, other.tokens[0], elsewhere),
    ]


def other_step(store: Store, round_id: str) -> str:
    with store.read() as conn:
        found = rooms.round_(conn, round_id)
    assert found is not None
    return found.step_id


def test_the_statement_stores_nothing_that_is_late_old_or_from_somebody_who_is_not_there(sqlite_store: Store) -> None:
    round_id, wishes = wishes_that_may_not(sqlite_store)
    assert refused_at_once(sqlite_store, wishes) == [True] * 6
    assert stored(sqlite_store, round_id) == 1


@pytest.mark.parametrize(
    ("condition", "lets_in"),
    [
        (" AND round.state = 'open'", [5]),
        (" AND participant.left_at IS NULL", [2]),
        (" AND participant.removed_at IS NULL", [1]),
        ("participant.session_id = v.session_id AND ", [4]),
        (f" WHERE {vote_path._NEWER}", [0]),
    ],
)
def test_without_one_of_its_questions_the_statement_stores_what_it_should_not(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, condition: str, lets_in: list[int]
) -> None:
    _round_id, wishes = wishes_that_may_not(sqlite_store)
    asked = vote_path._at_once(1)
    assert asked.count(condition) == 1
    monkeypatch.setattr(vote_path, "_at_once", lambda rows: asked.replace(condition, ""))
    left_alone = refused_at_once(sqlite_store, wishes)
    assert [place for place, is_left in enumerate(left_alone) if not is_left] == lets_in


def test_one_refusal_in_a_batch_leaves_the_others_stored_once(store: Store) -> None:
    evening, round_id = hall(store, 6, is_secret=True)
    batch = [cast(token, round_id) for token in evening.tokens[:4]]
    answers = cast_ballots(store, [*batch[:2], cast("no such cookie", round_id), *batch[2:], batch[0]])
    told = [a.kind if isinstance(a, WorkshopError) else (a.change, a.values) for a in answers]
    fine = (1, {"stance": "4", "experience": "good"})
    assert told == [fine, fine, "not_found", fine, fine, fine]
    assert stored(store, round_id) == 4


@pytest.mark.parametrize("is_secret", [True, False])
def test_both_ways_of_storing_leave_the_same_rows(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, is_secret: bool
) -> None:
    evening, round_id = hall(sqlite_store, 9, is_secret=is_secret)
    with sqlite_store.write() as conn:
        of_police = schema.participant.c.token_hash == token_hash(evening.tokens[-1])
        conn.execute(schema.participant.update().where(of_police).values(organisation="Politie"))
    rows = []
    for change in (1, 2):
        if change == 2:
            monkeypatch.setattr(AtOnce, "store", lambda self, conn, read: False)
        cast_ballots(
            sqlite_store, [cast(token, round_id, n % 5 + 1, change=change) for n, token in enumerate(evening.tokens)]
        )
        with sqlite_store.write_by_hand() as hand:
            rows.append(vote_path.kinds(hand, round_id))
    assert rows[0] == rows[1] and len(rows[0]) == 9
    assert {kind.organisation for kind in rows[0].values()} == ({""} if is_secret else {"", "Politie"})


# -- the count of an open step ---------------------------------------------------------------------------------------


def an_evening_of_votes(store: Store, seed: int) -> tuple[int, list[tuple[Any, Any]]]:
    """People vote, change and repeat, cards come in and go out, people leave. Returns how many batches brought a tally
    along, and every tally that is not what the database says.
    """
    evening, round_id = hall(store, 12, is_secret=False)
    chance = random.Random(seed)
    changes = dict.fromkeys(evening.tokens, 0)
    told, wrong = 0, []
    cards: list[str] = []
    for _turn in range(40):
        batch = []
        for token in chance.sample(evening.tokens, chance.randint(1, 4)):
            changes[token] += chance.random() < 0.9
            form = {"stance": [str(chance.randint(1, 5))]} | (
                {"experience": [chance.choice(["good", "bad"])]} if chance.random() < 0.8 else {}
            )
            batch.append(Cast(token, round_id, form, f"b{changes[token]}", max(1, changes[token])))
        news = cast_at_the_door(store, batch)[1]
        counted = see_tally(store, round_id)
        for each in news:
            assert (each.count.all, each.count.complete, each.count.paper) == tuple(
                counted[name] for name in ("n", "complete", "paper")
            ) or each.tally is not None
            if each.tally is not None:
                told += 1
                if each.tally != counted:
                    wrong.append((each.tally, counted))
        match chance.randint(0, 9):
            case 0:
                group = evening.groups["Bewoners"]
                cards.append(
                    on_paper.enter_paper_ballot(store, evening.facilitator, round_id, group_id=group, form=CARD)
                )
            case 1 if cards:
                on_paper.remove_paper_ballot(store, evening.facilitator, round_id, cards.pop())
            case 2:
                leave(evening, chance.choice(evening.tokens))
    return told, wrong


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(cases(5, whole=200)))
def test_the_tally_that_comes_with_the_votes_is_what_the_database_says(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(kept_count, "AGAIN_SECONDS", 0.0)
    told, wrong = an_evening_of_votes(sqlite_store, seed)
    assert wrong == [] and told >= 10


def test_without_asking_whether_others_wrote_the_tally_goes_wrong(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vote_path, "version", lambda conn: 1)
    _told, wrong = an_evening_of_votes(sqlite_store, 0)
    assert wrong


def test_when_others_write_all_the_time_a_reader_counts_and_the_session_is_told(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(kept_count, "monotonic", lambda: now[0])
    evening, round_id = hall(sqlite_store, 6, is_secret=False)
    heard: list[Change] = []
    sqlite_store.listen(heard.append)
    _answers, (first,) = cast_at_the_door(sqlite_store, [cast(evening.tokens[0], round_id)])
    assert first.tally is not None and heard == []
    on_paper.enter_paper_ballot(
        sqlite_store, evening.facilitator, round_id, group_id=evening.groups["Bewoners"], form=CARD
    )
    heard.clear()
    _answers, (second,) = cast_at_the_door(sqlite_store, [cast(evening.tokens[1], round_id)])
    assert (second.tally, second.count) == (None, vote_path.Count(3, 3, 1))
    assert heard == [Change(evening.session_id, "ballots")]
    # A while later all is read again, and the tally comes with the vote as before.
    now[0] += kept_count.AGAIN_SECONDS
    heard.clear()
    _answers, (third,) = cast_at_the_door(sqlite_store, [cast(evening.tokens[2], round_id)])
    assert third.tally is not None and third.tally["n"] == 4
    assert heard == []


def test_beside_somebody_who_is_refused_the_others_are_told_of_as_well(sqlite_store: Store) -> None:
    evening, round_id = hall(sqlite_store, 6, is_secret=False)
    heard: list[Change] = []
    sqlite_store.listen(heard.append)
    batch = [cast(evening.tokens[0], round_id), cast("no such cookie", round_id)]
    (fine, refused), (news,) = cast_at_the_door(sqlite_store, batch)
    assert isinstance(fine, Receipt) and isinstance(refused, WorkshopError)
    assert (news.count, news.tally) == (vote_path.Count(1, 1, 0), None)
    assert heard == [Change(evening.session_id, "ballots")]


def test_more_different_ballots_than_are_counted_at_once_are_left_to_a_reader(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_count, "MOST_DIFFERENT", 2)
    evening, round_id = hall(sqlite_store, 6, is_secret=False)
    heard: list[Change] = []
    sqlite_store.listen(heard.append)
    tallies = []
    for stance in (1, 2, 3):
        _answers, (told,) = cast_at_the_door(sqlite_store, [cast(evening.tokens[stance], round_id, stance)])
        assert told.count == vote_path.Count(stance, stance, 0)
        tallies.append(told.tally is not None)
    assert (tallies, heard) == ([True, True, False], [Change(evening.session_id, "ballots")])


def test_nothing_is_kept_of_a_secret_round(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def kinds(conn: object, round_id: str) -> dict[bytes, vote_path.Kind]:
        read.append(round_id)
        return {}

    monkeypatch.setattr(vote_path, "kinds", kinds)
    evening, round_id = hall(sqlite_store, 6, is_secret=True)
    answers, news = cast_at_the_door(sqlite_store, [cast(token, round_id) for token in evening.tokens])
    assert [type(answer) for answer in answers] == [Receipt] * 6
    assert news == [News(evening.session_id, round_id, vote_path.Count(6, 6, 0))]
    assert (read, live_count(sqlite_store, round_id)._kind_of) == ([], {})


def test_the_wall_draws_the_tally_it_was_sent_and_counts_only_without_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening, round_id = hall(store, 6, is_secret=False)
    cast_ballots(store, [cast(token, round_id, n % 5 + 1) for n, token in enumerate(evening.tokens[:4])])
    pulse = see_pulse(store, evening.session_id)
    counted = wall_view.see_wall(store, evening.facilitator, evening.session_id)
    asked: list[str] = []

    def ballots_now(conn: object, round_id: str) -> list[Any]:
        asked.append(round_id)
        return []

    monkeypatch.setattr(wall_view, "ballots_now", ballots_now)
    drawn = wall_view.see_wall(store, evening.facilitator, evening.session_id, pulse=pulse)
    assert drawn == counted and drawn.live_story is not None and asked == []
    # A pulse of another round is no tally of this one.
    other = replace(pulse, round_id="0" * 32)
    again = wall_view.see_wall(store, evening.facilitator, evening.session_id, pulse=other)
    assert asked == [round_id] and again.live_story != counted.live_story


@pytest.mark.parametrize("is_secret", [True, False])
def test_votes_that_did_not_come_through_the_reception_make_the_screens_look(store: Store, is_secret: bool) -> None:
    """Those of a practice, say: nobody else has the news of them."""
    evening, round_id = hall(store, 3, is_secret=is_secret)
    heard: list[Change] = []
    store.listen(heard.append)
    cast_ballots(store, [cast(evening.tokens[0], round_id)])
    assert set(heard) == {Change(evening.session_id, "ballots")}
