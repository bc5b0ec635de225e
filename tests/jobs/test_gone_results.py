"""A text that is taken away is gone from what was made with it, too: results go, and what is being made begins again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests import full_note
from tests.evening import plan_evening
from tests.full_note import SECOND, TEXT, Told, where_words_stand
from workshop.actions.documents.asking import ask_for_file
from workshop.actions.evening import moderation, notes
from workshop.actions.wijkplan.retention import apply_retention
from workshop.domain.jobs import JobKind, JobState
from workshop.store import Store, jobs

EVENING, AFTERWARDS = datetime(2026, 11, 24, 20, tzinfo=UTC), datetime(2027, 5, 25, 9, tzinfo=UTC)


def withdraw(told: Told) -> None:
    notes.withdraw_note(told.evening.store, told.token, told.ids[0])


def hide(told: Told) -> None:
    moderation.hide(told.evening.store, told.evening.facilitator, told.ids[:1])


def blacken(told: Told) -> None:
    moderation.blacken(told.evening.store, told.evening.facilitator, told.ids[0], [TEXT])


def retain(told: Told) -> None:
    told.evening.run(told.step)
    told.evening.store.clock = lambda: AFTERWARDS
    assert apply_retention(told.evening.store) == 1


WAYS = pytest.mark.parametrize("take_away", [withdraw, hide, blacken, retain])


def made_and_being_made(store: Store) -> tuple[Told, str, str]:
    """A wijkplan with a result that holds the words of a note, and a job that has read them; their ids."""
    store.clock = lambda: EVENING
    told = full_note.tell(plan_evening(store))
    who, plan = told.evening.facilitator, told.evening.wijkplan_id
    done = ask_for_file(store, who, plan, JobKind.REPORT)
    attempt = take(store)
    with store.write() as conn:
        assert jobs.add_part(conn, done, attempt, 0, f"{TEXT} {SECOND}".encode())
        assert jobs.finish(conn, done, attempt, store.now(), "text/plain", "")
    assert where_words_stand(store)["job_part.data"] == {TEXT, SECOND}
    running = ask_for_file(store, who, plan, JobKind.WORKBOOK)
    return told, done, running


def take(store: Store) -> str:
    with store.write() as conn:
        taken = jobs.take(conn, store.now(), asked_before=store.now())
    assert taken is not None
    return taken[1]


@WAYS
def test_what_was_made_with_it_is_gone(store: Store, take_away: Callable[[Told], None]) -> None:
    told, done, _running = made_and_being_made(store)

    take_away(told)

    assert "job_part.data" not in where_words_stand(store)
    with store.read() as conn:
        assert jobs.job(conn, done) is None
        assert jobs.result(conn, done, EVENING) is None


@WAYS
def test_what_is_being_made_with_it_begins_again_and_who_was_at_it_stores_nothing(
    store: Store, take_away: Callable[[Told], None]
) -> None:
    told, _done, running = made_and_being_made(store)
    attempt = take(store)

    take_away(told)

    with store.write() as conn:
        found = jobs.job(conn, running)
        assert found is not None and found.state is JobState.WAITING
        assert not jobs.add_part(conn, running, attempt, 0, TEXT.encode())
        assert not jobs.finish(conn, running, attempt, store.now(), "text/plain", "")


@WAYS
def test_twin_who_forgets_the_results_leaves_the_words_there(
    sqlite_store: Store, take_away: Callable[[Told], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "forget_results", lambda *_args: None)
    told, _done, _running = made_and_being_made(sqlite_store)
    take_away(told)
    assert where_words_stand(sqlite_store)["job_part.data"] == {TEXT, SECOND}


def test_results_of_another_wijkplan_stay(store: Store) -> None:
    told, done, _running = made_and_being_made(store)
    with store.write() as conn:
        jobs.forget_results(conn, "0" * 32)
    with store.read() as conn:
        found: Any = jobs.result(conn, done, EVENING)
    assert told.evening.wijkplan_id and found.data == f"{TEXT} {SECOND}".encode()
