"""«22 van de 25» stays true when people leave, and nothing that is kept says who did."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.actions.evening.test_an_evening import vote
from tests.evening import Evening, plan_evening
from workshop.actions.evening import console_view, joining, on_paper, running, wall_view
from workshop.actions.evening.pulse import see_pulse
from workshop.actions.evening.reach import people_away
from workshop.actions.evening.votes.door import Cast, Receipt, cast_ballots
from workshop.actions.people.gate import token_hash
from workshop.domain.errors import NotFound
from workshop.domain.roles import Participant, Stranger
from workshop.store import Store, rooms

CARD = {"stance": ["2"], "experience": ["good"]}


def leave(evening: Evening, token: str) -> None:
    with evening.store.read() as conn:
        seat = rooms.participant(conn, evening.session_id, token_hash(token))
    joining.leave(evening.store, Participant(seat.id, evening.session_id, evening.wijkplan_id, token))


def come_in(evening: Evening, token: str) -> None:
    joining.join(evening.store, evening.code, group_id=evening.groups["Bewoners"], token=token)


def told(evening: Evening) -> tuple[int, int]:
    """(done, present), the same on the stream and on the wall."""
    pulse = see_pulse(evening.store, evening.session_id)
    wall = wall_view.see_wall(evening.store, evening.facilitator, evening.session_id)
    console = console_view.see_console(evening.store, evening.facilitator, evening.session_id)
    assert (pulse.done, pulse.present) == (wall.done, wall.present) == (console.wall.done, console.wall.present)
    return pulse.done, pulse.present


def asked(store: Store, people: int) -> tuple[Evening, str]:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    evening.people(people)
    running.open_step(store, evening.facilitator, step)
    return evening, step


def test_who_voted_and_left_stays_in_the_count_and_who_only_left_does_not(store: Store) -> None:
    evening, step = asked(store, 5)
    for token in evening.tokens[:3]:
        vote(evening, step, token, stance=4, experience="good")
    assert told(evening) == (3, 5)
    leave(evening, evening.tokens[0])
    assert told(evening) == (3, 5)
    leave(evening, evening.tokens[4])
    assert told(evening) == (3, 4)
    in_the_room = console_view.see_console(store, evening.facilitator, evening.session_id).present
    pulse = see_pulse(store, evening.session_id)
    assert (in_the_room, pulse.left) == (3, 1)
    # Three phones are connected: nobody is out of reach, who left has no phone here anymore.
    assert people_away(pulse.present, pulse.paper + pulse.left, pulse.done, 3) == 0
    on_paper.enter_paper_ballot(store, evening.facilitator, evening.round_id(step), group_id=None, form=CARD)
    assert told(evening) == (4, 5)
    running.stop_step(store, evening.facilitator, step)
    with store.read() as conn:
        stopped = rooms.last_round(conn, step)
    assert stopped is not None and (stopped.expected, stopped.left_after_voting) == (5, 1)


def test_leaving_twice_is_leaving_once_and_coming_back_is_being_here_again(store: Store) -> None:
    evening, step = asked(store, 3)
    voter, other, _third = evening.tokens
    vote(evening, step, voter, stance=4, experience="good")
    for _ in range(2):
        leave(evening, voter)
    leave(evening, other)
    assert told(evening) == (1, 2)
    for _ in range(2):
        come_in(evening, voter)
    assert told(evening) == (1, 2)
    leave(evening, voter)
    vote(evening, step, voter, stance=2, experience="good", change=2)
    assert told(evening) == (1, 2)
    vote(evening, step, other, stance=2, experience="good")
    assert told(evening) == (2, 3)
    leave(evening, other)
    come_in(evening, other)
    assert told(evening) == (2, 3)
    assert see_pulse(store, evening.session_id).left == 0


def test_a_ballot_that_is_not_complete_keeps_nobody_in_the_count(store: Store) -> None:
    evening, step = asked(store, 2)
    token = evening.tokens[0]
    cast = Cast(token, evening.round_id(step), {"stance": ["4"]}, "half")
    (answer,) = cast_ballots(store, [cast])
    assert isinstance(answer, Receipt) and not answer.is_complete
    leave(evening, token)
    assert told(evening) == (0, 1)
    come_in(evening, token)
    assert told(evening) == (0, 2)


def test_the_next_round_begins_with_who_is_here(store: Store) -> None:
    evening, step = asked(store, 4)
    for token in evening.tokens[:2]:
        vote(evening, step, token, stance=4, experience="good")
    leave(evening, evening.tokens[0])
    running.stop_step(store, evening.facilitator, step)
    running.again(store, evening.facilitator, step)
    assert told(evening) == (0, 3)
    come_in(evening, evening.tokens[0])
    assert told(evening) == (0, 4)


def test_what_is_kept_of_leaving_after_a_vote_is_a_number(store: Store) -> None:
    """The seat of who voted and left differs in nothing from the seat of who left without a vote."""
    evening, step = asked(store, 2)
    voter, other = evening.tokens
    vote(evening, step, voter, stance=4, experience="good")
    with store.read() as conn:
        seats = [dict(rooms.participant(conn, evening.session_id, token_hash(t))._mapping) for t in (voter, other)]
    leave(evening, voter)
    leave(evening, other)
    with store.read() as conn:
        gone = [dict(rooms.participant(conn, evening.session_id, token_hash(t))._mapping) for t in (voter, other)]
    changed = [{k for k in after if after[k] != before[k]} for before, after in zip(seats, gone, strict=True)]
    assert changed == [{"left_at"}, {"left_at"}]


def test_many_who_leave_and_come_back_at_once_are_counted_right(store: Store) -> None:
    evening, step = asked(store, 12)
    for token in evening.tokens:
        vote(evening, step, token, stance=4, experience="good")

    def restless(token: str, stays_away: bool) -> None:
        for n in range(3):
            leave(evening, token)
            if n % 2:
                come_in(evening, token)
            else:
                vote(evening, step, token, stance=4, experience="good", change=n + 2)
        if stays_away:
            leave(evening, token)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(restless, evening.tokens, [n % 3 == 0 for n in range(12)]))
    assert (told(evening), see_pulse(store, evening.session_id).left) == ((12, 12), 4)


def test_only_somebody_of_the_room_can_leave(store: Store) -> None:
    evening, _step = asked(store, 1)
    for nobody in (Stranger(), Participant("0" * 32, evening.session_id, evening.wijkplan_id, "x")):
        with pytest.raises(NotFound):
            joining.leave(store, nobody)
