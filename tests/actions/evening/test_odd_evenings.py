"""Evenings that go otherwise: nobody, one person, one group, everybody leaves, two press at once, the clock jumps.

Each ends in a sentence and a right count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from tests.actions.evening.test_an_evening import vote
from tests.evening import Evening, plan_evening
from workshop.actions.evening import console_view, joining, moderation, notes, on_paper, running, wall_view
from workshop.actions.evening.closing import see_closing
from workshop.actions.evening.pulse import see_pulse
from workshop.actions.people.gate import participant_by_cookie
from workshop.actions.sprints.material import see_snapshot
from workshop.domain.errors import WorkshopError
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.sessions import Round
from workshop.domain.thread.written import Written
from workshop.store import Store, rooms, schema

CARD = {"stance": ["4"], "experience": ["good"]}


def opened(store: Store, people: int, group: str = "Bewoners") -> tuple[Evening, str]:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    evening.people(people, group)
    running.open_step(store, evening.facilitator, step)
    return evening, step


def outcome_of(store: Store, step: str) -> dict[str, Any]:
    with store.read() as conn:
        found = rooms.last_round(conn, step)
    assert found is not None and found.outcome is not None
    return {"expected": found.expected, **found.outcome}


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """What each gave, or the refusal it got; they start at the same moment."""
    start = Barrier(len(actions))

    def one(action: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return action()
        except WorkshopError as refused:
            return refused.message

    with ThreadPoolExecutor(len(actions)) as hands:
        return [answer.result() for answer in [hands.submit(one, action) for action in actions]]


@pytest.mark.parametrize("people", [0, 1])
def test_an_evening_with_nobody_or_one_person_counts_right_and_tells_it(store: Store, people: int) -> None:
    evening, step = opened(store, people)
    for token in evening.tokens:
        vote(evening, step, token, stance=4, experience="good")
    evening.run(step)
    told = outcome_of(store, step)
    assert (told["n"], told["complete"], told["expected"], told["groups"]) == (people, people, people, {})
    wall = wall_view.see_wall(store, evening.facilitator, evening.session_id)
    assert wall.story is not None and wall.story.lead
    assert (
        see_closing(store, evening.session_id).presence.total,
        see_closing(store, evening.session_id).presence.groups,
    ) == (
        people,
        {},
    )


def test_everybody_in_one_group_is_shown_as_that_group(store: Store) -> None:
    evening, step = opened(store, 8, "Jongeren")
    for token in evening.tokens:
        vote(evening, step, token, stance=2, experience="neutral")
    evening.run(step)
    told = outcome_of(store, step)
    assert (told["n"], told["expected"], told["groups"]) == (8, 8, {"Jongeren": 8})
    assert see_closing(store, evening.session_id).presence.groups == {"Jongeren": 8}


def test_when_everybody_leaves_what_was_given_stays_and_the_count_is_true(store: Store) -> None:
    evening, step = opened(store, 6)
    for token in evening.tokens[:4]:
        vote(evening, step, token, stance=4, experience="good")
    for token in evening.tokens:
        joining.leave(store, participant_by_cookie(store, token, evening.session_id))
    pulse = see_pulse(store, evening.session_id)
    assert (pulse.done, pulse.present) == (4, 4), "never more done than people"
    assert console_view.see_console(store, evening.facilitator, evening.session_id).present == 0
    evening.run(step)
    told = outcome_of(store, step)
    assert (told["n"], told["complete"], told["expected"]) == (4, 4, 4)
    running.close_room(store, evening.facilitator, evening.session_id)
    [held] = see_snapshot(store, evening.facilitator, evening.wijkplan_id).sessions
    assert (held.total, held.participants) == (6, {"Bewoners": 6})


def test_two_facilitators_who_open_at_once_open_one_round(store: Store) -> None:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    evening.people(5)
    answers = at_once(*[lambda: running.open_step(store, evening.facilitator, step)] * 2)
    assert sorted(map(str, answers))[1:] == ["None"], answers
    refused = next(a for a in answers if a is not None)
    assert refused.endswith(".")
    with store.read() as conn:
        assert [r.number for r in rooms.rounds_of(conn, step)] == [1]


def test_two_facilitators_who_stop_or_show_at_once_get_the_same_answer(store: Store) -> None:
    evening, step = opened(store, 5)
    for token in evening.tokens:
        vote(evening, step, token, stance=4, experience="good")
    for action, state in ((running.stop_step, StepState.STOPPED), (running.show_outcome, StepState.SHOWN)):
        assert at_once(*[lambda act=action: act(store, evening.facilitator, step)] * 2) == [None, None]
        assert console_view.see_console(store, evening.facilitator, evening.session_id).steps[0].state is state
    told = outcome_of(store, step)
    assert (told["n"], told["expected"], told["groups"]) == (5, 5, {"Bewoners": 5})


def test_one_stops_while_the_other_enters_a_card_and_the_card_is_counted_once(store: Store) -> None:
    evening, step = opened(store, 5)
    round_id = evening.round_id(step)
    at_once(
        lambda: running.stop_step(store, evening.facilitator, step),
        lambda: on_paper.enter_paper_ballot(store, evening.facilitator, round_id, group_id=None, form=CARD),
    )
    told = outcome_of(store, step)
    assert (told["n"], told["paper"], told["expected"]) == (1, 1, 6)
    presence = see_closing(store, evening.session_id).presence
    assert (presence.total, presence.on_paper) == (5, 1)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_jumps_an_hour_changes_no_count_and_invents_no_time(sqlite_store: Store, hours: int) -> None:
    evening, step = opened(sqlite_store, 5)
    real = sqlite_store.clock
    sqlite_store.clock = lambda: real() + timedelta(hours=hours)
    for token in evening.tokens:
        vote(evening, step, token, stance=4, experience="good")
    view = console_view.see_console(sqlite_store, evening.facilitator, evening.session_id)
    assert view.now is not None
    assert (view.now.minutes_used, view.minutes_left) == ((0, 20) if hours < 0 else (60, 20 - 60))
    assert view.minutes_ahead <= 0
    evening.run(step)
    assert outcome_of(sqlite_store, step)["n"] == 5
    [held] = see_snapshot(sqlite_store, evening.facilitator, evening.wijkplan_id).sessions
    assert held.total == 5


# -- what comes in between stopping and showing ------------------------------------------------------------------------


def shown(store: Store, step: str) -> dict[str, Any]:
    """What is kept of a round at showing: the outcome, and whether the journal names the hash of just that."""
    kept = outcome_of(store, step)
    expected = kept.pop("expected")
    digest = hashlib.sha256(json.dumps(kept, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    return {**kept, "expected": expected, "is_in_journal": line_of(store, "step.show") == {"round": 1, "tally": digest}}


def line_of(store: Store, action: str) -> dict[str, Any]:
    """The details of the one line of this action in the journal."""
    with store.read() as conn:
        found = conn.execute(select(schema.journal.c.details).where(schema.journal.c.action == action)).scalar_one()
    return dict(found)


def with_cards_after_the_stop(store: Store) -> dict[str, Any]:
    """Six on a phone; two cards on paper after the stop, of which one was a mistake."""
    evening, step = opened(store, 6)
    for n, token in enumerate(evening.tokens):
        vote(evening, step, token, stance=4, experience="good", ballot_id=f"b{n}")
    running.stop_step(store, evening.facilitator, step)
    at_the_stop = line_of(store, "step.stop")
    assert (at_the_stop["round"], at_the_stop["ballots"]) == (1, 6)
    round_id, group = evening.round_id(step), evening.groups["Bewoners"]
    card = {"stance": ["1"], "experience": ["disappointed"]}
    mistake, _right = (
        on_paper.enter_paper_ballot(store, evening.facilitator, round_id, group_id=group, form=card) for _n in range(2)
    )
    on_paper.remove_paper_ballot(store, evening.facilitator, round_id, mistake)
    running.show_outcome(store, evening.facilitator, step)
    told = shown(store, step)
    return {name: told[name] for name in ("stance", "paper", "expected", "is_in_journal")}


def with_a_note_after_the_stop(store: Store) -> dict[str, Any]:
    """Two notes, of which one was let through after the stop."""
    evening = plan_evening(store)
    step = evening.step("environments")
    evening.open_room()
    (token,) = evening.people(1)
    running.open_step(store, evening.facilitator, step)
    written = Written("", "finding", environments=["social"], tone="bad", moment="now")
    before, after = (
        notes.write_note(store, notes.Note(token, step, text, replace(written, text=text))).item.id
        for text in ("een", "twee")
    )
    moderation.release(store, evening.facilitator, [before])
    running.stop_step(store, evening.facilitator, step)
    assert outcome_of(store, step)["n"] == 1
    moderation.release(store, evening.facilitator, [after])
    running.show_outcome(store, evening.facilitator, step)
    told = shown(store, step)
    return {name: told[name] for name in ("n", "is_in_journal")}


ALL_CARDS = {"stance": [1, 0, 0, 6, 0], "paper": 1, "expected": 7, "is_in_journal": True}


def test_showing_counts_what_came_in_after_the_stop(store: Store) -> None:
    assert with_cards_after_the_stop(store) == ALL_CARDS


def test_showing_a_step_of_notes_keeps_what_was_let_through_after_the_stop(store: Store) -> None:
    assert with_a_note_after_the_stop(store) == {"n": 2, "is_in_journal": True}


def show_the_count_of_the_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    count = running.count_round

    def of_the_stop(conn: Any, session: Any, step: Any, round_: Round) -> tuple[Any, Any]:
        if round_.outcome is not None:
            return round_.outcome, round_.tally_hash
        return count(conn, session, step, round_)

    monkeypatch.setattr(running, "count_round", of_the_stop)


def test_twin_showing_the_count_of_the_stop_leaves_out_the_note(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    show_the_count_of_the_stop(monkeypatch)
    assert with_a_note_after_the_stop(store) == {"n": 1, "is_in_journal": True}


def test_twin_cards_are_counted_when_entered_and_at_showing_and_without_both_they_are_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_paper, "_count_again", lambda *_args, **_by: None)
    show_the_count_of_the_stop(monkeypatch)
    assert with_cards_after_the_stop(store) == {
        "stance": [0, 0, 0, 6, 0], "paper": 0, "expected": 6, "is_in_journal": True,
    }  # fmt: skip


def test_twin_a_card_that_is_not_counted_when_entered_leaves_the_number_of_people_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_paper, "_count_again", lambda *_args, **_by: None)
    assert with_cards_after_the_stop(store) == {**ALL_CARDS, "expected": 6}
