"""Before a round is stopped the console knows how many phones cannot be reached, and never which."""

from __future__ import annotations

import json

from tests.room.hall import Hall
from tests.room.test_the_stream import stream, until, wall
from workshop.actions import practice, reach, running, voting
from workshop.actions.reach import people_away


def test_a_phone_that_goes_and_comes_back_is_counted(sqlite_hall: Hall) -> None:
    evening = sqlite_hall.evening
    store, who, session_id = evening.store, evening.facilitator, evening.session_id
    first, second = sqlite_hall.inside(), sqlite_hall.inside()
    round_id = evening.round_id(sqlite_hall.open("commitment"))
    with wall(sqlite_hall) as screen:
        with stream(first, sqlite_hall) as live, stream(first, sqlite_hall), stream(second, sqlite_hall):
            live.receive_text()
            told = until(screen, lambda told: told.get("phones") == 2)
            assert told["round_id"] == round_id
            assert reach.see_reach(store, who, session_id) == reach.Reach(2, 0)
        until(screen, lambda told: told.get("phones") == 0)
        assert reach.see_reach(store, who, session_id) == reach.Reach(0, 2)
        first.vote(round_id, stance="4", experience="good")
        assert reach.see_reach(store, who, session_id) == reach.Reach(0, 1), "who sent an answer may sleep"
        for phone in (first, second):
            phone.http.get(f"{phone.base}/stand")
        assert reach.see_reach(store, who, session_id) == reach.Reach(2, 0), "asking is being there"
        voting.enter_paper_ballot(store, who, round_id, group_id=None, form={"stance": ["2"], "experience": ["good"]})
        assert reach.see_reach(store, who, session_id) == reach.Reach(2, 0), "a card on paper is no phone"


def test_nobody_is_away_in_a_practice_or_where_the_streams_are_not_known(sqlite_hall: Hall) -> None:
    evening = sqlite_hall.evening
    store, who = evening.store, evening.facilitator
    rehearsal = practice.practise(store, who, evening.session_id, held_on=evening.store.now().date())
    running.open_room(store, who, rehearsal)
    practice.send_people(store, who, rehearsal, 5)
    assert reach.see_reach(store, who, rehearsal) == reach.Reach(0, 0)
    evening.people(3)
    reach.count_phones_with(None)
    assert reach.see_reach(store, who, evening.session_id) == reach.Reach(None, 0)


def test_with_more_processes_no_number_is_made_up(the_hall: Hall) -> None:
    phone = the_hall.inside()
    with wall(the_hall) as screen, stream(phone, the_hall):
        told = json.loads(screen.receive_text())
        assert told["phones"] is None or the_hall.evening.store.is_sqlite


def test_away_is_never_more_than_who_is_not_done_and_never_less_than_nobody() -> None:
    cases = {(20, 2, 5, 15): 3, (20, 2, 19, 10): 1, (20, 0, 0, 20): 0, (5, 0, 2, 9): 0, (0, 0, 0, 0): 0}
    assert {case: people_away(*case) for case in cases} == cases
