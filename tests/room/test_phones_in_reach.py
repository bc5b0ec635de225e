"""Before a round is stopped the console knows how many phones cannot be reached, and never which."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.room.hall import Hall, hall
from tests.room.test_the_stream import stream, until, wall
from workshop.actions.evening import on_paper, practice, reach, running
from workshop.actions.evening.reach import people_away
from workshop.store import open_store, phones


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
        on_paper.enter_paper_ballot(store, who, round_id, group_id=None, form={"stance": ["2"], "experience": ["good"]})
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


@pytest.fixture
def quick_beat(monkeypatch: pytest.MonkeyPatch) -> float:
    """Numbers are said every half second instead of every five."""
    monkeypatch.setattr(phones, "BEAT", 0.5)
    return 0.5


def test_phones_of_another_process_count_until_it_is_killed(
    new_postgres_url: Callable[[], str], quick_beat: float
) -> None:
    url = new_postgres_url()
    store = open_store(url)
    with hall(store) as here:
        evening, who = here.evening, here.evening.facilitator
        phone, _asleep = here.inside(), here.inside()
        here.open("commitment")
        with wall(here) as screen, stream(phone, here):
            until(screen, lambda told: told.get("phones") == 1)
            assert reach.see_reach(store, who, evening.session_id) == reach.Reach(1, 1)
            other = subprocess.Popen([sys.executable, "-c", _OTHER, url, evening.session_id, str(quick_beat)])
            try:
                until(screen, lambda told: told.get("phones") == 8)
                assert reach.see_reach(store, who, evening.session_id) == reach.Reach(8, 0)
            finally:
                other.kill()
                other.wait()
            until(screen, lambda told: told.get("phones") == 1)
    store.close()


_OTHER = """
import sys, time
from workshop.store.phones import PhonesElsewhere
url, session_id, beat = sys.argv[1:]
PhonesElsewhere(url, "other", lambda: {session_id: 7}, lambda _session: None, beat=float(beat))
time.sleep(60)
"""


def test_two_processes_tell_each_other_and_a_stop_takes_the_number_away(
    new_postgres_url: Callable[[], str], quick_beat: float
) -> None:
    url, here, there = new_postgres_url(), {"s": 3}, {"s": 2, "t": 1}
    first = phones.PhonesElsewhere(url, "a", lambda: here, lambda _session: None, beat=quick_beat)
    second = phones.PhonesElsewhere(url, "b", lambda: there, lambda _session: None, beat=quick_beat)
    try:
        assert first.elsewhere("s") is None, "nothing is made up before the others had time to speak"
        eventually(lambda: (first.elsewhere("s"), first.elsewhere("t"), second.elsewhere("s")), (2, 1, 3))
        there["s"] = 9
        eventually(lambda: first.elsewhere("s"), 9)
    finally:
        second.stop()
    eventually(lambda: first.elsewhere("s"), 0)
    first.stop()


def test_without_forgetting_a_killed_process_would_count_for_ever(
    new_postgres_url: Callable[[], str], quick_beat: float
) -> None:
    url = new_postgres_url()
    never = phones.PhonesElsewhere(url, "a", dict, lambda _session: None, beat=quick_beat)
    never._beat = 1000.0  # the twin: what is heard never grows old
    other = subprocess.Popen([sys.executable, "-c", _OTHER, url, "s", str(quick_beat)])
    try:
        eventually(lambda: never._heard.get("s", {}).get("other", (0, 0.0))[0], 7)
    finally:
        other.kill()
        other.wait()
    time.sleep(4 * quick_beat)
    assert never._heard["s"]["other"][0] == 7
    never._beat = quick_beat
    eventually(lambda: never.elsewhere("s"), 0)
    never.stop()


def eventually(seen: Callable[[], Any], wanted: Any) -> None:
    """Wait until ``seen()`` is ``wanted``, for at most a minute of looking."""
    for _look in range(1200):
        if seen() == wanted:
            return
        time.sleep(0.05)
    assert seen() == wanted


def test_away_is_never_more_than_who_is_not_done_and_never_less_than_nobody() -> None:
    cases = {(20, 2, 5, 15): 3, (20, 2, 19, 10): 1, (20, 0, 0, 20): 0, (5, 0, 2, 9): 0, (0, 0, 0, 0): 0}
    assert {case: people_away(*case) for case in cases} == cases
