"""A worker over a real database: from asked to done, and what is left when something goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest

from tests.jobs.odd_kinds import PRIVATE
from tests.jobs.world import Desk
from workshop.actions.evening import running
from workshop.domain.jobs import Failure, JobState, Progress, how_far
from workshop.jobs import worker as worker_module
from workshop.jobs.limits import Limits
from workshop.jobs.worker import Worker
from workshop.store import Store
from workshop.store import jobs as rows


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def test_a_job_is_done_and_its_result_can_be_fetched(desk: Desk) -> None:
    job_id = desk.ask("echo")
    assert (desk.job(job_id).state, desk.result(job_id)) == (JobState.WAITING, None)

    assert desk.worker.work_once()

    assert desk.job(job_id).state is JobState.DONE
    assert desk.result(job_id) == PRIVATE.encode()
    assert not desk.worker.work_once()


def test_a_large_result_is_stored_in_parts_and_comes_back_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "PART", 5)
    job_id = desk.ask("echo")
    desk.worker.work_once()
    assert desk.result(job_id) == PRIVATE.encode()


@pytest.mark.parametrize(
    ("kind", "limits", "failure"),
    [
        ("crash", Limits(), Failure.CRASHED),
        ("die", Limits(), Failure.CRASHED),
        ("unread", Limits(), Failure.CRASHED),
        ("grow", Limits(memory=400 << 20), Failure.TOO_LARGE),
        ("hang", Limits(seconds=2), Failure.TOO_SLOW),
    ],
)
def test_a_job_that_goes_wrong_fails_with_a_sentence_and_may_be_asked_again(
    sqlite_store: Store, kind: str, limits: Limits, failure: Failure
) -> None:
    desk = Desk(sqlite_store, limits)
    job_id = desk.ask(kind)

    desk.worker.work_once()

    job = desk.job(job_id)
    assert (job.state, job.failure, desk.result(job_id)) == (JobState.FAILED, failure, None)
    assert how_far(job).startswith("Het maken van het bestand is mislukt")
    again = desk.ask(kind)
    assert again != job_id
    assert desk.job(again).state is JobState.WAITING


def test_an_error_of_ours_is_logged_by_its_place_and_not_by_its_words(
    sqlite_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(sqlite_store)
    desk.ask("unread")
    desk.worker.work_once()
    assert "KeyError in odd_kinds.py" in caplog.text
    assert PRIVATE not in caplog.text


def test_twin_an_error_told_whole_holds_the_words(
    sqlite_store: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "where_it_failed", repr)
    desk = Desk(sqlite_store)
    desk.ask("unread")
    desk.worker.work_once()
    assert PRIVATE in caplog.text


# -- asked twice -----------------------------------------------------------------------------------------------------


def ask_at_once(desk: Desk, times: int = 8) -> set[str]:
    found: list[str] = []
    threads = [Thread(target=lambda: found.append(desk.ask("echo"))) for _time in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == times
    return set(found)


def test_the_same_asked_at_once_is_one_job(desk: Desk) -> None:
    (job_id,) = ask_at_once(desk)
    taken = desk.take()
    assert taken is not None
    assert ask_at_once(desk) == {job_id}, "also while it runs"
    assert desk.ask("echo", "en") != job_id, "another language is another file"


def test_twin_without_the_rule_in_the_database_it_is_as_many_jobs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = rows.json.dumps
    numbers = iter(range(100))
    monkeypatch.setattr(rows.json, "dumps", lambda *a, **k: real(*a, **k) + str(next(numbers)))
    assert len(ask_at_once(desk)) == 8


def take_at_once(desk: Desk, times: int) -> list[str]:
    found: list[str] = []

    def take() -> None:
        taken = desk.take()
        if taken is not None:
            found.append(taken[0].id)

    threads = [Thread(target=take) for _time in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_one_job_is_taken_by_one(desk: Desk) -> None:
    jobs = {desk.ask(kind) for kind in ("echo", "say", "speak")}
    taken = take_at_once(desk, 8)
    assert len(taken) == len(set(taken)) <= 3
    while (more := desk.take()) is not None:
        taken.append(more[0].id)
    assert sorted(taken) == sorted(jobs)


# -- an hour, and no longer ------------------------------------------------------------------------------------------


def test_a_result_expires_after_an_hour_and_is_deleted(desk: Desk) -> None:
    job_id = desk.ask("echo")
    desk.worker.work_once()
    desk.later(minutes=59)
    assert desk.result(job_id) is not None

    desk.later(minutes=1)

    assert desk.result(job_id) is None, "before anybody cleaned up"
    desk.worker.work_once()
    assert desk.see(job_id) is None
    with desk.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM job_part").scalar() == 0


def test_twin_a_result_that_never_expires_is_still_there_the_next_day(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "KEPT", rows.KEPT * 1000)
    job_id = desk.ask("echo")
    desk.worker.work_once()
    desk.later(days=1)
    desk.worker.work_once()
    assert desk.result(job_id) is not None


# -- servers that go -------------------------------------------------------------------------------------------------


def test_a_server_that_starts_leaves_no_job_hanging(sqlite_store: Store) -> None:
    desk = Desk(sqlite_store)
    job_id = desk.ask("echo")
    desk.take()  # and the server is killed

    Worker(desk.store, kinds=desk.kinds).take_over()
    assert desk.job(job_id).state is JobState.WAITING
    desk.take()  # and again
    Worker(desk.store, kinds=desk.kinds).take_over()

    job = desk.job(job_id)
    assert (job.state, job.failure) == (JobState.FAILED, Failure.INTERRUPTED)
    assert desk.ask("echo") != job_id


def test_another_server_takes_over_once_nobody_says_that_it_works_on_it(desk: Desk) -> None:
    job_id = desk.ask("echo")
    taken = desk.take()
    assert taken is not None
    desk.later(seconds=50)
    with desk.store.write() as conn:
        assert rows.hold(conn, job_id, taken[1], desk.now, Progress.MAKING)
    desk.later(seconds=50)
    assert not desk.worker.work_once(), "it was held in between"

    desk.later(seconds=20)

    assert desk.worker.work_once()
    assert desk.result(job_id) == PRIVATE.encode()


def test_twin_without_freeing_it_runs_for_ever(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "free_hanging", lambda *_args, **_more: None)
    job_id = desk.ask("echo")
    desk.take()
    desk.later(days=1)
    desk.worker.work_once()
    assert desk.job(job_id).state is JobState.RUNNING


def test_who_lost_a_job_can_no_longer_finish_it(desk: Desk) -> None:
    job_id = desk.ask("echo")
    taken = desk.take()
    assert taken is not None
    desk.later(minutes=5)
    with desk.store.write() as conn:
        rows.free_hanging(conn, desk.now)
    second = desk.take()
    assert second is not None

    with desk.store.write() as conn:
        assert not rows.hold(conn, job_id, taken[1], desk.now, Progress.STORING)
        assert not rows.add_part(conn, job_id, taken[1], 0, b"old")
        assert not rows.finish(conn, job_id, taken[1], desk.now, "text/plain", "")
        rows.fail(conn, job_id, taken[1], desk.now, Failure.CRASHED)
    assert desk.job(job_id).state is JobState.RUNNING


def test_a_server_that_stops_ends_its_child_and_gives_the_job_back(
    sqlite_store: Store, new_sqlite_url: Callable[[], str]
) -> None:
    desk = Desk(sqlite_store)
    job_id = desk.ask("hang")
    desk.worker.start()
    while desk.job(job_id).progress is not Progress.MAKING:
        desk.worker.call()

    desk.worker.stop()

    assert desk.job(job_id).state is JobState.WAITING
    assert not desk.worker._thread.is_alive()


# -- votes go first --------------------------------------------------------------------------------------------------


def test_a_job_waits_while_a_room_votes_but_no_longer_than_two_minutes(desk: Desk) -> None:
    step = desk.evening.step("commitment")
    desk.evening.open_room()
    running.open_step(desk.store, desk.evening.facilitator, step)
    job_id = desk.ask("echo")

    assert not desk.worker.work_once()
    desk.later(seconds=119)
    assert not desk.worker.work_once()
    desk.later(seconds=1)
    assert desk.worker.work_once()
    assert desk.result(job_id) is not None


def test_a_job_goes_on_as_soon_as_the_room_is_done(desk: Desk) -> None:
    step = desk.evening.step("commitment")
    desk.evening.open_room()
    running.open_step(desk.store, desk.evening.facilitator, step)
    desk.ask("echo")
    assert not desk.worker.work_once()

    running.stop_step(desk.store, desk.evening.facilitator, step)

    assert desk.worker.work_once()


def test_twin_who_does_not_look_at_the_room_begins_while_it_votes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    step = desk.evening.step("commitment")
    desk.evening.open_room()
    running.open_step(desk.store, desk.evening.facilitator, step)
    desk.ask("echo")
    monkeypatch.setattr(rows, "open_werkvormen", lambda _conn: [])
    assert desk.worker.work_once()


def test_notes_that_are_written_at_leisure_hold_nothing_up(desk: Desk) -> None:
    step = desk.evening.step("brainstorm")
    desk.evening.open_room()
    running.open_step(desk.store, desk.evening.facilitator, step)
    desk.ask("echo")
    assert desk.worker.work_once()
